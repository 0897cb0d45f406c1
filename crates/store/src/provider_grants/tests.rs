use super::*;
use crate::testing::each_engine;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn stored(session: &str, identity: &str, provider_session: Option<&str>) -> StoredGrant {
    StoredGrant {
        session_hash: session.to_owned(),
        admin: 1,
        epoch: 2,
        identity_hash: identity.to_owned(),
        issuer: "https://id.test".to_owned(),
        subject: "ann".to_owned(),
        provider_session_hash: provider_session.map(str::to_owned),
        tokens: StoredTokens {
            access: "0:3:access".to_owned(),
            expires_at: Some(at(3600)),
            refresh: None,
            id: None,
        },
        grant: Grant {
            confirmed_at: at(0),
            unreachable_since: None,
        },
    }
}

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
async fn an_answer_ends_the_time_without_one_and_brings_new_tokens() {
    each_engine(async |database| {
        let mut connection = database.connection().await;
        create(&mut connection, &stored("one", "ann", None), at(600))
            .await
            .unwrap();
        for second in [600, 630] {
            note_unreachable(&mut connection, "one", at(second))
                .await
                .unwrap();
        }
        let grant = |found: Option<StoredGrant>| found.unwrap().grant;
        let found = find(&mut connection, "one").await.unwrap();
        assert_eq!(grant(found).unreachable_since, Some(at(600)));
        assert_eq!(
            count_unreachable(&mut connection).await.unwrap(),
            (1, Some(at(600)))
        );
        let tokens = StoredTokens {
            access: "0:3:new".to_owned(),
            expires_at: None,
            refresh: Some("0:3:refresh".to_owned()),
            id: Some("0:3:id".to_owned()),
        };
        confirm(&mut connection, "one", Some(&tokens), at(660), at(1260))
            .await
            .unwrap();
        let found = find(&mut connection, "one").await.unwrap().unwrap();
        assert!(found.tokens == tokens);
        let answered = Grant {
            confirmed_at: at(660),
            unreachable_since: None,
        };
        assert_eq!(found.grant, answered);
        assert_eq!(count_unreachable(&mut connection).await.unwrap(), (0, None));
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
