use super::*;
use crate::php_sessions::testing::*;
use crate::redis_server::testing::{OwnServer, keys};

async fn server() -> (SessionServer, MultiplexedConnection, OwnServer) {
    let own = OwnServer::start().await;
    let server = own.server().with_database(2);
    let connection = server.connect().await.unwrap();
    (SessionServer::new(server), connection, own)
}

async fn write(connection: &mut MultiplexedConnection, id: &str, data: &[u8]) {
    let mut command = redis::cmd("HSET");
    command
        .arg(format!("sess_{id}"))
        .arg("data")
        .arg(data)
        .arg("lock")
        .arg(0);
    command.query_async::<()>(connection).await.unwrap();
}

#[tokio::test]
async fn only_sessions_with_an_adobe_token_are_found_and_removed() {
    let (sessions, mut connection, _own) = server().await;
    write(&mut connection, "adobe", &adobe_session()).await;
    write(&mut connection, "packed", &compressed_adobe_session()).await;
    write(&mut connection, "native", &native_session()).await;
    write(&mut connection, "customer", &customer_session()).await;
    let _: () = redis::cmd("SET")
        .arg("sess_text")
        .arg("x")
        .query_async(&mut connection)
        .await
        .unwrap();
    let search = sessions.find_adobe().await;
    assert_eq!(tokens(&search), [TOKEN, TOKEN]);
    assert_eq!(search.searched, 4);
    assert_eq!(search.not_searched.len(), 1);
    for found in &search.found {
        assert_eq!(sessions.remove(found).await, Removal::Removed);
        assert_eq!(sessions.remove(found).await, Removal::NothingToRemove);
    }
    assert_eq!(
        keys(&mut connection).await,
        ["sess_customer", "sess_native", "sess_text"]
    );
    assert!(!format!("{search:?}").contains(TOKEN));
    assert!(!format!("{search:?}").contains("sess_adobe"));
}

#[tokio::test]
async fn a_session_that_meanwhile_became_another_is_left_alone() {
    let (sessions, mut connection, _own) = server().await;
    write(&mut connection, "a", &adobe_session()).await;
    let search = sessions.find_adobe().await;
    write(&mut connection, "a", &native_session()).await;
    assert_eq!(
        sessions.remove(&search.found[0]).await,
        Removal::NothingToRemove
    );
    assert_eq!(keys(&mut connection).await, ["sess_a"]);
}

#[tokio::test]
async fn a_session_written_while_it_is_looked_at_is_not_deleted() {
    let (sessions, mut request, _own) = server().await;
    let mut ours = sessions.server.connect().await.unwrap();
    write(&mut request, "a", &adobe_session()).await;
    assert!(watch("sess_a", &mut ours).await.unwrap().is_some());
    write(&mut request, "a", &native_session()).await;
    assert!(!delete_watched("sess_a", &mut ours).await.unwrap());
    assert_eq!(keys(&mut request).await, ["sess_a"]);
    assert!(watch("sess_a", &mut ours).await.unwrap().is_some());
    assert!(delete_watched("sess_a", &mut ours).await.unwrap());
    assert!(keys(&mut request).await.is_empty());
}

#[tokio::test]
async fn many_sessions_are_all_visited_decompressed() {
    let (sessions, mut connection, _own) = server().await;
    for number in 0..1500 {
        write(&mut connection, &format!("{number}secretid"), b"x|i:1;").await;
    }
    write(&mut connection, "packed", &compressed_adobe_session()).await;
    let mut seen = std::collections::BTreeMap::<Vec<u8>, u32>::new();
    let gaps = sessions
        .for_each_entry(&mut |place, data| {
            assert!(!place.contains("secretid"));
            *seen.entry(data.to_vec()).or_default() += 1;
        })
        .await;
    assert_eq!(gaps, []);
    assert!(seen[b"x|i:1;".as_slice()] >= 1500);
    assert!(seen.contains_key(&adobe_session()));
}

#[tokio::test]
async fn a_server_that_is_down_is_a_gap_and_not_an_error() {
    let sessions = SessionServer::new(RedisServer::direct("127.0.0.1", Some(1)));
    let search = sessions.find_adobe().await;
    assert_eq!(search.not_searched.len(), 1);
    assert_eq!(search.not_searched[0].place, "Redis 127.0.0.1:1 database 0");
    let found = Found {
        id: "sess_a".to_owned().into(),
        tokens: Default::default(),
    };
    assert!(matches!(
        sessions.remove(&found).await,
        Removal::Failed { .. }
    ));
}
