//! The contract that every place for sessions keeps: SQLite, MariaDB and Redis.

use super::*;
use crate::php_sessions::SessionServer;
use crate::redis_server::RedisServer;
use crate::redis_server::testing::{OwnServer, keys};
use crate::testing::{TestDatabase, each_engine};
use domain::sign_in_mode::SignInMode;
use std::time::Duration;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn stored(id_hash: &str, admin: AdminId, created: i64) -> StoredSession {
    StoredSession {
        id_hash: id_hash.repeat(64 / id_hash.len()),
        session: Session {
            admin,
            mode: SignInMode::Commerce,
            epoch: 3,
            created_at: at(created),
            last_seen_at: at(created),
            ended: None,
        },
        origin: Origin {
            ip: "192.0.2.7".to_owned(),
            user_agent: "Mozilla/5.0 (ü)".to_owned(),
        },
    }
}

fn on(server: &OwnServer, instance: &str) -> SessionStore {
    let location = Location::Redis(SessionServer::new(server.server()));
    SessionStore::at(&location, instance)
}

/// Runs a test on each place for sessions.
async fn each_store(test: impl AsyncFn(&SessionStore, &TestDatabase)) {
    each_engine(async |database| test(&SessionStore::Sql, database).await).await;
    let server = OwnServer::start().await;
    test(&on(&server, "shop"), &TestDatabase::sqlite().await).await;
}

async fn keep(store: &SessionStore, database: &TestDatabase, session: &StoredSession) {
    let connection = &mut database.connection().await;
    let forget_at = session.session.created_at + jiff::SignedDuration::from_secs(1000);
    store
        .create(connection, session, forget_at, None)
        .await
        .unwrap();
}

async fn digests(store: &SessionStore, database: &TestDatabase, whose: Whose<'_>) -> Vec<String> {
    let connection = &mut database.connection().await;
    let list = store.list(connection, whose).await.unwrap();
    list.into_iter().map(|stored| stored.id_hash).collect()
}

#[tokio::test]
async fn what_is_kept_is_found_until_it_is_deleted_once() {
    each_store(async |store, database| {
        let ann = stored("a", 1, 0);
        keep(store, database, &ann).await;
        let connection = &mut database.connection().await;
        let found = store.find(connection, &ann.id_hash).await.unwrap();
        assert_eq!(found.as_ref(), Some(&ann));
        let unknown = store.find(connection, &"0".repeat(64)).await.unwrap();
        assert_eq!(unknown, None);
        assert!(store.delete(connection, &ann.id_hash).await.unwrap());
        assert!(!store.delete(connection, &ann.id_hash).await.unwrap());
        assert_eq!(store.find(connection, &ann.id_hash).await.unwrap(), None);
        assert_eq!(store.count(connection).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_use_is_noted_and_brings_back_nothing_that_is_over() {
    each_store(async |store, database| {
        let (ann, bob) = (stored("a", 1, 0), stored("b", 2, 0));
        keep(store, database, &ann).await;
        keep(store, database, &bob).await;
        let connection = &mut database.connection().await;
        store
            .touch(connection, &ann.id_hash, at(5), at(2000))
            .await
            .unwrap();
        let found = store.find(connection, &ann.id_hash).await.unwrap();
        assert_eq!(found.unwrap().session.last_seen_at, at(5));

        let reason = EndReason::EndedByOperator;
        assert!(store.end(connection, &ann.id_hash, reason).await.unwrap());
        store
            .touch(connection, &ann.id_hash, at(9), at(3000))
            .await
            .unwrap();
        let found = store.find(connection, &ann.id_hash).await.unwrap();
        let session = found.unwrap().session;
        assert_eq!((session.last_seen_at, session.ended), (at(5), Some(reason)));

        store.delete(connection, &bob.id_hash).await.unwrap();
        store
            .touch(connection, &bob.id_hash, at(9), at(3000))
            .await
            .unwrap();
        assert_eq!(store.find(connection, &bob.id_hash).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_first_reason_stays_and_who_is_ended_is_listed_no_longer() {
    each_store(async |store, database| {
        let (first, second) = (stored("a", 1, 0), stored("b", 1, 10));
        let (third, other) = (stored("c", 1, 20), stored("d", 2, 5));
        for session in [&first, &second, &third, &other] {
            keep(store, database, session).await;
        }
        let connection = &mut database.connection().await;
        let others = Whose::OthersOf(1, &second.id_hash);
        let elsewhere = EndReason::SignedInElsewhere;
        let ended = store.end_all(connection, others, elsewhere).await.unwrap();
        assert_eq!(ended, 2);
        let again = EndReason::PasswordChanged;
        assert!(!store.end(connection, &first.id_hash, again).await.unwrap());
        let found = store.find(connection, &first.id_hash).await.unwrap();
        assert_eq!(found.unwrap().session.ended, Some(elsewhere));

        let second = second.id_hash;
        assert_eq!(
            digests(store, database, Whose::Of(1)).await,
            std::slice::from_ref(&second)
        );
        let everybody = digests(store, database, Whose::Everybody).await;
        assert_eq!(everybody, [second, other.id_hash]);
        assert_eq!(store.count(connection).await.unwrap(), 2);
        let ended = store.end_all(connection, Whose::Everybody, again).await;
        assert_eq!(ended.unwrap(), 2);
        assert_eq!(store.count(connection).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn of_several_who_open_a_session_for_one_admin_at_once_one_stays() {
    each_store(async |store, database| {
        // Waiting for each other needs a row to hold.
        let admin = database
            .seed_admin(&crate::testing::AdminSeed::default())
            .await;
        keep(store, database, &stored("9", admin + 1, 0)).await;
        let opened = ["a", "b", "c", "d"].map(|id_hash| {
            let (store, database) = (store.clone(), database.database().clone());
            tokio::spawn(async move {
                let mut change = store.begin(&database).await.unwrap();
                let reason = Some(EndReason::SignedInElsewhere);
                let session = stored(id_hash, admin, 0);
                let ended = store.create(&mut change, &session, at(1000), reason).await;
                let transaction = change.transaction(&database).await.unwrap();
                transaction.commit().await.unwrap();
                ended.unwrap()
            })
        });
        let mut ended = 0;
        for opened in opened {
            ended += opened.await.unwrap();
        }
        assert_eq!(ended, 3);
        for whose in [Whose::Of(admin), Whose::Of(admin + 1)] {
            assert_eq!(digests(store, database, whose).await.len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn v13_of_several_who_rotate_at_once_only_one_wins() {
    each_store(async |store, database| {
        let ann = stored("a", 1, 0);
        keep(store, database, &ann).await;
        let rotations = ["b", "c", "d", "e"].map(|new| {
            let (new, old) = (new.repeat(64), ann.id_hash.clone());
            let (store, database) = (store.clone(), database.database().clone());
            tokio::spawn(async move {
                let connection = &mut database.connection().await.unwrap();
                let won = store.rotate(connection, &old, &new).await.unwrap();
                won.then_some(new)
            })
        });
        let mut winners = Vec::new();
        for rotation in rotations {
            winners.extend(rotation.await.unwrap());
        }
        assert_eq!(winners.len(), 1, "{winners:?}");
        assert_eq!(digests(store, database, Whose::Of(1)).await, winners);

        let connection = &mut database.connection().await;
        assert_eq!(store.find(connection, &ann.id_hash).await.unwrap(), None);
        let found = store.find(connection, &winners[0]).await.unwrap().unwrap();
        assert_eq!(found.session, ann.session);
        let ended = EndReason::EndedByOwner;
        store.end(connection, &winners[0], ended).await.unwrap();
        let too_late = store.rotate(connection, &winners[0], &"f".repeat(64)).await;
        assert!(!too_late.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_no_longer_is_forgotten_in_small_batches() {
    each_store(async |store, database| {
        for (id_hash, created) in [("a", 0), ("b", 1), ("c", 2), ("d", 5000)] {
            keep(store, database, &stored(id_hash, 1, created)).await;
        }
        let connection = &mut database.connection().await;
        assert_eq!(store.forget(connection, at(999), 2).await.unwrap(), 0);
        assert_eq!(store.forget(connection, at(1500), 2).await.unwrap(), 2);
        assert_eq!(store.forget(connection, at(1500), 2).await.unwrap(), 1);
        assert_eq!(store.forget(connection, at(1500), 2).await.unwrap(), 0);
        let left = digests(store, database, Whose::Of(1)).await;
        assert_eq!(left, ["d".repeat(64)]);
    })
    .await;
}

#[tokio::test]
async fn a_switch_leaves_none_in_the_database_at_once_and_none_in_redis_afterwards() {
    each_store(async |store, database| {
        let (earlier, mut later) = (stored("a", 1, 0), stored("b", 1, 1));
        later.session.epoch = 4;
        keep(store, database, &earlier).await;
        let connection = &mut database.connection().await;
        let in_database = store.delete_all_in(connection).await.unwrap();
        keep(store, database, &later).await;
        let in_redis = store.delete_earlier(4).await.unwrap();
        assert_eq!(in_database + in_redis, 1);
        let left = digests(store, database, Whose::Everybody).await;
        assert_eq!(left, [later.id_hash]);
    })
    .await;
}

#[tokio::test]
async fn sessions_of_php_commerce_end_with_the_status_that_says_why() {
    each_engine(async |database| {
        let admin = database
            .seed_admin(&crate::testing::AdminSeed::default())
            .await;
        let statuses = "SELECT CAST(status AS CHAR) FROM #admin_user_session ORDER BY id";
        for (reason, status) in [
            (EndReason::SignedInElsewhere, "2"),
            (EndReason::EndedByOwner, "3"),
            (EndReason::PasswordChanged, "0"),
        ] {
            database
                .execute("DELETE FROM #admin_user_session", vec![])
                .await;
            let insert = "INSERT INTO #admin_user_session (user_id, status, ip) \
                          VALUES (?, 1, '192.0.2.1')";
            database.execute(insert, vec![admin.into()]).await;
            let connection = &mut database.connection().await;
            let nobodys = commerce::end_all(connection, Whose::Of(admin + 1), reason).await;
            assert_eq!(nobodys.unwrap(), 0);
            assert_eq!(commerce::count(connection).await.unwrap(), 1);
            let ended = commerce::end_all(connection, Whose::Of(admin), reason).await;
            assert_eq!(ended.unwrap(), 1);
            assert_eq!(database.texts(statuses).await, [status]);
        }
    })
    .await;
}

#[tokio::test]
async fn in_redis_every_key_ends_by_itself_and_instances_do_not_meet() {
    let server = OwnServer::start().await;
    let database = TestDatabase::sqlite().await;
    let (ours, theirs) = (on(&server, "ours"), on(&server, "theirs"));
    keep(&ours, &database, &stored("a", 1, 0)).await;
    keep(&theirs, &database, &stored("b", 1, 0)).await;
    assert_eq!(
        digests(&ours, &database, Whose::Everybody).await,
        ["a".repeat(64)]
    );

    let mut connection = server.connect().await;
    for key in keys(&mut connection).await {
        let left: i64 = ::redis::cmd("TTL")
            .arg(&key)
            .query_async(&mut connection)
            .await
            .unwrap();
        assert!((990..=1000).contains(&left), "{key}: {left}");
    }
}

#[tokio::test]
async fn a_redis_that_went_and_came_back_is_used_again_at_once() {
    let mut server = OwnServer::start().await;
    let database = TestDatabase::sqlite().await;
    let store = on(&server, "shop");
    keep(&store, &database, &stored("a", 1, 0)).await;
    server.stop();
    let start = std::time::Instant::now();
    let connection = &mut database.connection().await;
    let lost = store.find(connection, &"a".repeat(64)).await;
    assert!(
        matches!(lost, Err(SessionError::Unreachable(_))),
        "{lost:?}"
    );
    assert!(start.elapsed() < crate::redis_server::PATIENCE);
    server.resume().await;
    assert_eq!(store.find(connection, &"a".repeat(64)).await.unwrap(), None);
    keep(&store, &database, &stored("a", 1, 0)).await;
    assert_eq!(store.count(connection).await.unwrap(), 1);
}

#[tokio::test]
async fn a_redis_that_never_answers_holds_up_nobody_longer_than_its_patience() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let server = crate::redis_server::RedisServer::direct("127.0.0.1", Some(port))
        .with_patience(std::time::Duration::from_millis(200));
    let store = SessionStore::at(&Location::Redis(SessionServer::new(server)), "shop");
    let database = TestDatabase::sqlite().await;
    let start = std::time::Instant::now();
    // All of them wait for one connection, and all of them are let go at the same time.
    let asked = (0..4).map(|_| async {
        let connection = &mut database.connection().await;
        store.find(connection, "a").await
    });
    for answer in futures_util::future::join_all(asked).await {
        assert!(matches!(answer, Err(SessionError::Unreachable(_))));
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn sessions_outlive_the_master_where_sentinels_name_another() {
    let mut master = OwnServer::start_with(&[], "repl-diskless-sync-delay 0\n").await;
    let copy = format!("replicaof 127.0.0.1 {}\n", master.port);
    let replica = OwnServer::start_with(&[], &copy).await;
    let watch = format!(
        "sentinel monitor shop 127.0.0.1 {} 1\nsentinel down-after-milliseconds shop 300\n\
         sentinel failover-timeout shop 2000\n",
        master.port
    );
    let sentinel = OwnServer::start_with(&["--sentinel"], &watch).await;
    let address = format!("127.0.0.1:{}", sentinel.port);
    let server = RedisServer::behind_sentinel(&address, "shop", None).with_verified_master(5);
    let store = SessionStore::at(&Location::Redis(SessionServer::new(server)), "shop");
    let database = TestDatabase::sqlite().await;
    until_sentinel_knows_the_replica(&sentinel).await;
    let ann = stored("a", 1, 0);
    keep(&store, &database, &ann).await;
    let mut copied = replica.connect().await;
    let everything = keys(&mut master.connect().await).await;
    assert_eq!(everything.len(), 3);
    eventually(async || keys(&mut copied).await == everything).await;
    master.stop();
    let connection = &mut database.connection().await;
    let mut found = None;
    eventually(async || match store.find(connection, &ann.id_hash).await {
        Ok(answer) => {
            found = answer;
            true
        }
        Err(SessionError::Unreachable(_)) => false,
        Err(other) => panic!("{other}"),
    })
    .await;
    assert_eq!(found.as_ref(), Some(&ann));
    let reason = EndReason::EndedByOperator;
    let ended = store.end(connection, &ann.id_hash, reason).await;
    assert!(ended.unwrap());
    assert_eq!(keys(&mut replica.connect().await).await.len(), 1);
}

/// It asks the master for its replicas every second at least.
async fn until_sentinel_knows_the_replica(sentinel: &OwnServer) {
    let mut connection = sentinel.connect().await;
    let mut ask = ::redis::cmd("SENTINEL");
    ask.arg("replicas").arg("shop");
    let known = async || {
        let replicas: Vec<::redis::Value> = ask.query_async(&mut connection).await.unwrap();
        !replicas.is_empty()
    };
    eventually(known).await;
}

async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
    waited.unwrap();
}
