use super::testing::{at, stored};
use super::*;
use crate::testing::each_engine;

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
