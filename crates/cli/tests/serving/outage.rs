//! The session server or the database goes and comes back while people work: a quick 503, never
//! the sign-in page and never a hang, and the same session goes on without a restart.

use crate::server::{Proxy, Server, postern};
use std::path::Path;
use std::time::{Duration, Instant};
use store::database::Settings;
use store::redis_server::testing::OwnServer;
use store::testing::TestDatabase;

pub(crate) const PASSWORD: &str = "Sommer-2024!";

/// What nobody waits longer for.
const QUICK: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn redis_gone_and_back_signs_nobody_out_and_the_operator_ends_sessions_there() {
    let mut redis = OwnServer::start_with(&[], "appendonly yes\nappendfsync always\n").await;
    let shop = tempfile::tempdir().unwrap();
    let port = format!("--session-save-redis-port={}", redis.port);
    install(
        shop.path(),
        &[
            "--session-save=redis",
            "--session-save-redis-host=127.0.0.1",
            &port,
        ],
    );
    let nodes = [Server::start(shop.path()), Server::start(shop.path())];
    let cookie = nodes[0].sign_in("ann", PASSWORD);
    assert!(nodes.iter().all(|node| node.honours(&cookie)));

    redis.stop();
    for node in &nodes {
        assert_unavailable(node, &cookie);
        assert_form_unavailable(node);
        // A token needs no session.
        assert_eq!(node.token("ann", PASSWORD).0, 200);
    }
    redis.resume().await;
    assert!(nodes.iter().all(|node| node.honours(&cookie)));

    let list = ["admin:session:list", "--user=ann", "--format=json"];
    let listed: serde_json::Value = serde_json::from_str(&postern(shop.path(), &list)).unwrap();
    let id = listed[0]["id"].as_str().unwrap();
    let told = postern(shop.path(), &["admin:session:end", id]);
    assert_eq!(told, "1 session ended.\n");
    for node in &nodes {
        let (status, page) = node.get(&cookie);
        assert!(status == 200 && page.contains("please sign in"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_gone_and_back_signs_nobody_out() {
    let database = TestDatabase::mariadb_empty("").await;
    let Settings::MySql(settings) = database.settings() else {
        unreachable!("the database is MariaDB's");
    };
    let proxy = Proxy::start();
    let shop = tempfile::tempdir().unwrap();
    let host = format!("--db-host={}", proxy.address);
    let name = format!("--db-name={}", settings.database);
    install(shop.path(), &[&host, &name]);
    let node = Server::start(shop.path());
    let cookie = node.sign_in("ann", PASSWORD);
    assert!(node.honours(&cookie));

    proxy.cut();
    // While the lease still holds, and when it has run out.
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(1500) {
        assert_unavailable(&node, &cookie);
        assert_form_unavailable(&node);
        assert_token_unavailable(&node);
    }
    proxy.mend();
    assert_recovers(&node, &cookie).await;

    proxy.fall_silent();
    assert_form_unavailable(&node);
    assert_token_unavailable(&node);
    assert_unavailable(&node, &cookie);
    proxy.mend();
    assert_recovers(&node, &cookie).await;
    assert_eq!(node.token("ann", PASSWORD).0, 200);
    assert!(node.honours(&node.sign_in("ann", PASSWORD)));
}

/// The session from before is honoured again, and until then nobody is told to sign in.
async fn assert_recovers(node: &Server, cookie: &str) {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let (status, page) = node.get(cookie);
        if status == 200 {
            assert!(page.contains("Ada Admin"), "{page}");
            return;
        }
        assert_eq!(status, 503, "{page}");
        assert!(Instant::now() < deadline, "the server did not recover");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn assert_unavailable(node: &Server, cookie: &str) {
    let begun = Instant::now();
    let (status, page) = node.get(cookie);
    assert_eq!(status, 503, "{page}");
    assert!(begun.elapsed() < QUICK, "{:?}", begun.elapsed());
}

/// A form that was sent is not lost in silence: the page says what became of it and how to send it
/// again.
fn assert_form_unavailable(node: &Server) {
    let begun = Instant::now();
    let answer = node.send_sign_in("ann", PASSWORD);
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("\r\nretry-after: 5\r\n"), "{answer}");
    assert!(answer.contains("nothing was changed"), "{answer}");
    assert!(!answer.contains("set-cookie"), "{answer}");
    assert!(begun.elapsed() < QUICK, "{:?}", begun.elapsed());
}

fn assert_token_unavailable(node: &Server) {
    let begun = Instant::now();
    let (status, body) = node.token("ann", PASSWORD);
    assert_eq!(status, 503, "{body}");
    assert!(body.starts_with("{\"message\":\""), "{body}");
    assert!(begun.elapsed() < QUICK, "{:?}", begun.elapsed());
}

pub(crate) fn install(root: &Path, more: &[&str]) {
    let password = format!("--admin-password={PASSWORD}");
    let mut arguments = vec![
        "setup:install",
        "--backend-frontname=backstage",
        "--admin-user=ann",
        "--admin-email=ann@shop.test",
        "--admin-firstname=Ada",
        "--admin-lastname=Admin",
        "--disable-modules=Magento_TwoFactorAuth",
        &password,
    ];
    arguments.extend(more);
    postern(root, &arguments);
}
