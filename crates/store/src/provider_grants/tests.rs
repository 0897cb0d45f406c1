use super::testing::{at, stored};
use super::*;
use crate::adobe_tokens::{self, StoredToken};
use crate::testing::{TestDatabase, each_engine};

#[tokio::test]
async fn a_due_grant_is_claimed_by_one_of_several_nodes() {
    each_engine(async |database| {
        let mut connection = database.connection().await;
        for (session, due) in [("one", 600), ("two", 601)] {
            create(&mut connection, &stored(session, "ann", None), at(due))
                .await
                .unwrap();
        }
        let claims = (0..6).map(|_| async {
            let mut connection = database.connection().await;
            claim_due(&mut connection, at(600), at(630), 10)
                .await
                .unwrap()
        });
        let claimed: Vec<_> = futures_util::future::join_all(claims).await;
        let claimed: Vec<_> = claimed.into_iter().flatten().collect();
        assert!(claimed == [stored("one", "ann", None)]);
        let again = claim_due(&mut connection, at(630), at(660), 10).await;
        assert_eq!(again.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn grants_are_found_by_identity_and_by_the_providers_session() {
    each_engine(async |database| {
        let mut connection = database.connection().await;
        for (session, identity, at_provider) in [
            ("one", "ann", Some("first")),
            ("two", "ann", Some("second")),
            ("three", "bob", Some("first")),
        ] {
            let grant = stored(session, identity, at_provider);
            create(&mut connection, &grant, at(600)).await.unwrap();
        }
        for (identity, session, expected) in [
            (Some("ann"), None, vec!["one", "two"]),
            (Some("ann"), Some("first"), vec!["one"]),
            (None, Some("second"), vec!["two"]),
            (Some("eve"), Some("first"), vec![]),
            (None, None, vec![]),
        ] {
            let found = list_of(&mut connection, identity, session).await.unwrap();
            let mut found: Vec<_> = found.into_iter().map(|grant| grant.session_hash).collect();
            found.sort_unstable();
            let mut expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
            expected.sort_unstable();
            assert_eq!(found, expected, "{identity:?} {session:?}");
        }
        rotate(&mut connection, "one", "newer").await.unwrap();
        assert!(find(&mut connection, "one").await.unwrap().is_none());
        delete(&mut connection, "newer").await.unwrap();
        assert!(find(&mut connection, "newer").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn v13_a_token_that_is_renewed_during_a_switch_is_forgotten_as_it_is_or_never_stored() {
    let database = TestDatabase::mariadb("").await;
    let mut connection = database.connection().await;
    let was = stored("one", "ann", None);
    create(&mut connection, &was, at(600)).await.unwrap();
    let renewed = tokens("0:3:renewed");
    let confirmed = as_read::confirm(&mut connection, &was, Some(&renewed), at(1), at(2)).await;
    assert!(confirmed.unwrap());
    let was = find(&mut connection, "one").await.unwrap().unwrap();

    let mut switch = database.database().begin().await.unwrap();
    let erased = adobe_tokens::erase(&mut switch).await.unwrap();
    let late = tokens("0:3:late");
    let late = as_read::confirm(&mut connection, &was, Some(&late), at(3), at(4));
    let commit = async {
        let waiting = "SELECT '' FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
        while database.texts(waiting).await.is_empty() {
            tokio::task::yield_now().await;
        }
        switch.commit().await.unwrap();
    };
    let (is_stored, ()) = tokio::join!(late, commit);
    assert!(!is_stored.unwrap());
    let sealed = |token: &StoredToken| (token.sealed.clone(), token.is_id_token);
    let forgotten: Vec<_> = erased.tokens.iter().map(sealed).collect();
    let expected = [
        ("0:3:id", true),
        ("0:3:refresh", false),
        ("0:3:renewed", false),
    ];
    assert_eq!(
        forgotten,
        expected.map(|(sealed, is_id)| (sealed.to_owned(), is_id))
    );
    let issuer = Some("https://id.test".to_owned());
    assert!(erased.tokens.iter().all(|token| token.issuer == issuer));
    assert_eq!(erased.rows, 1);
    assert!(find(&mut connection, "one").await.unwrap().is_none());
}

fn tokens(access: &str) -> StoredTokens {
    StoredTokens {
        access: access.to_owned(),
        expires_at: None,
        refresh: Some("0:3:refresh".to_owned()),
        id: Some("0:3:id".to_owned()),
    }
}
