use super::testing::OwnServer;
use super::*;

#[test]
fn addresses_are_understood_as_php_clients_understand_them() {
    let named = |address, port| RedisServer::direct(address, port).name();
    assert_eq!(named("cache", None), "Redis cache:6379 database 0");
    assert_eq!(named("cache", Some(6380)), "Redis cache:6380 database 0");
    assert_eq!(
        named("tcp://cache:1/shop", Some(2)),
        "Redis cache:1 database 0"
    );
    assert_eq!(
        named("tls://cache:6390", None),
        "Redis cache:6390 database 0"
    );
    assert_eq!(named("[::1]:6381", None), "Redis ::1:6381 database 0");
    assert_eq!(named("::1", None), "Redis ::1:6379 database 0");
    assert_eq!(
        named("/run/redis.sock", Some(0)),
        "Redis /run/redis.sock database 0"
    );
    assert_eq!(
        named("unix:///run/redis.sock", None),
        "Redis /run/redis.sock database 0"
    );
}

#[test]
fn debugging_shows_no_password() {
    let server = RedisServer::direct("cache", None)
        .with_credentials(Some("shop".into()), Some(SecretString::from("hunter2")));
    assert!(!format!("{server:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_password_is_needed_and_used() {
    let own = OwnServer::start_with(&[], "requirepass hunter2\n").await;
    assert!(own.server().connect().await.is_err() || ping(&own.server()).await.is_err());
    let server = own
        .server()
        .with_database(3)
        .with_credentials(None, Some(SecretString::from("hunter2")));
    assert_eq!(ping(&server).await.unwrap(), "PONG");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_soon() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let start = std::time::Instant::now();
    let server = RedisServer::direct("127.0.0.1", Some(port));
    assert!(
        server
            .connect()
            .await
            .is_err_and(|error| error.is_timeout())
    );
    assert!(start.elapsed() < PATIENCE * 2);
}

#[tokio::test]
async fn a_sentinel_is_asked_for_the_master() {
    let own = OwnServer::start().await;
    let monitor = format!("sentinel monitor shop 127.0.0.1 {} 1\n", own.port);
    let sentinel = OwnServer::start_with(&["--sentinel"], &monitor).await;
    let addresses = format!("127.0.0.1:1, 127.0.0.1:{}", sentinel.port);
    let server = RedisServer::behind_sentinel(&addresses, "shop", None);
    assert_eq!(ping(&server).await.unwrap(), "PONG");
    let unknown = RedisServer::behind_sentinel(&addresses, "other", None);
    assert!(unknown.connect().await.is_err());
}

#[tokio::test]
async fn a_silent_sentinel_leaves_time_for_the_others() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let own = OwnServer::start().await;
    let monitor = format!("sentinel monitor shop 127.0.0.1 {} 1\n", own.port);
    let sentinel = OwnServer::start_with(&["--sentinel"], &monitor).await;
    let silent = silent.local_addr().unwrap();
    let addresses = format!("{silent},{silent},127.0.0.1:{}", sentinel.port);
    let server = RedisServer::behind_sentinel(&addresses, "shop", None);
    let answered = tokio::time::timeout(PATIENCE, ping(&server)).await;
    assert_eq!(answered.unwrap().unwrap(), "PONG");
}

#[tokio::test]
async fn a_server_that_sentinels_take_for_the_master_is_asked_itself_where_that_is_wished_for() {
    let master = OwnServer::start().await;
    let copy = format!("replicaof 127.0.0.1 {}\n", master.port);
    let replica = OwnServer::start_with(&[], &copy).await;
    let monitor = format!("sentinel monitor shop 127.0.0.1 {} 1\n", replica.port);
    let sentinel = OwnServer::start_with(&["--sentinel"], &monitor).await;
    let address = format!("127.0.0.1:{}", sentinel.port);
    let believing = RedisServer::behind_sentinel(&address, "shop", None);
    assert_eq!(ping(&believing).await.unwrap(), "PONG");
    let refused = believing.clone().with_verified_master(1).connect().await;
    let refused = refused.err().unwrap().to_string();
    assert!(refused.contains("is not the master"), "{refused}");
    let patient = believing.with_verified_master(50);
    let connecting = tokio::spawn(async move { ping(&patient).await });
    let mut connection = replica.connect().await;
    let mut promote = redis::cmd("REPLICAOF");
    let promote = promote.arg("NO").arg("ONE");
    promote.query_async::<()>(&mut connection).await.unwrap();
    assert_eq!(connecting.await.unwrap().unwrap(), "PONG");
}

async fn ping(server: &RedisServer) -> RedisResult<String> {
    let mut connection = server.connect().await?;
    redis::cmd("PING").query_async(&mut connection).await
}
