//! Promise 4, immediate: when `admin:adobe-ims:disable` returns, no server honours a session that
//! Adobe ID opened, be the server well, stopped or cut off from the database.

use crate::server::{Proxy, Server, disable};
use commerce::encryption::Keyring;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::database::Settings;
use store::testing::{AdminSeed, TestDatabase, server_address};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const COOKIE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const TIMES: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_refuse_adobe_sessions_as_soon_as_the_command_returns() {
    let shop = Shop::new().await;
    let nodes = [Server::start(&shop.root), Server::start(&shop.root)];
    let mut worst = Duration::ZERO;
    for _ in 0..TIMES {
        shop.open_adobe_session(&nodes).await;
        let begun = Instant::now();
        disable(&shop.root);
        worst = worst.max(begun.elapsed());
        for node in &nodes {
            assert!(!node.honours(COOKIE), "a server still honours the session");
        }
    }
    println!("two servers, {TIMES} times: the slowest command took {worst:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_refuses_when_it_wakes_up() {
    let shop = Shop::new().await;
    let nodes = [Server::start(&shop.root)];
    shop.open_adobe_session(&nodes).await;
    nodes[0].signal("STOP");
    let begun = Instant::now();
    disable(&shop.root);
    let waited = begun.elapsed();
    nodes[0].signal("CONT");
    assert!(!nodes[0].honours(COOKIE));
    assert!(
        waited >= Duration::from_millis(500),
        "the lease was not waited for: {waited:?}"
    );
    assert!(
        waited < Duration::from_secs(5),
        "more than the lease was waited for: {waited:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_on_another_machine_removes_what_its_own_files_lock() {
    let shop = Shop::new().await;
    let elsewhere = tempfile::tempdir().unwrap();
    write_env_php(elsewhere.path(), &server_address(), &shop.name, "mg_");
    let file = elsewhere.path().join("app/etc/config.php");
    let locked = "<?php return ['system' => ['default' => ['adobe_ims' => ['integration' => [\
                  'private_key' => 'locked-secret']]]]];";
    let nodes = [Server::start(elsewhere.path())];
    shop.open_adobe_session(&nodes).await;
    std::fs::write(&file, locked).unwrap();
    disable(&shop.root);
    let deadline = Instant::now() + Duration::from_secs(60);
    while std::fs::read_to_string(&file).unwrap().contains("locked") {
        assert!(
            Instant::now() < deadline,
            "the other machine does not follow"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_cut_off_from_the_database_honours_nothing_and_recovers_by_itself() {
    let shop = Shop::new().await;
    let proxy = Proxy::start();
    let elsewhere = tempfile::tempdir().unwrap();
    write_env_php(elsewhere.path(), &proxy.address, &shop.name, "mg_");
    let nodes = [Server::start(elsewhere.path())];
    shop.open_adobe_session(&nodes).await;
    proxy.cut();
    disable(&shop.root);
    assert!(!nodes[0].honours(COOKIE));
    assert_eq!(
        nodes[0].get(COOKIE).0,
        503,
        "an outage is no refusal and no sign-in page"
    );
    proxy.mend();
    let deadline = Instant::now() + Duration::from_secs(60);
    while nodes[0].get(COOKIE).0 == 503 {
        assert!(Instant::now() < deadline, "the server did not recover");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!nodes[0].honours(COOKIE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_that_nobody_passes_reverts_without_the_one_who_began_it() {
    let shop = Shop::new().await;
    let nodes = [Server::start(&shop.root)];
    shop.open_adobe_session(&nodes).await;
    shop.database
        .execute(
            "UPDATE `#postern_sign_in_mode` SET trial_until = changed_at + 1",
            vec![],
        )
        .await;
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let mode = shop
            .database
            .texts("SELECT mode FROM `#postern_sign_in_mode`")
            .await;
        if mode == ["commerce"] {
            break;
        }
        assert!(Instant::now() < deadline, "the trial did not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(!nodes[0].honours(COOKIE));
    let events = shop
        .database
        .texts("SELECT detail FROM `#postern_audit_event`")
        .await;
    assert!(
        events
            .iter()
            .any(|event| event.contains(r#""by_trial":true"#)),
        "{events:?}"
    );
}

/// A shop on MariaDB with one admin.
struct Shop {
    database: TestDatabase,
    name: String,
    root: PathBuf,
    admin: u32,
    _folder: tempfile::TempDir,
}

impl Shop {
    async fn new() -> Self {
        let database = TestDatabase::mariadb("mg_").await;
        let admin = database.seed_admin(&AdminSeed::default()).await;
        let name = match database.settings() {
            Settings::MySql(mysql) => mysql.database.clone(),
            Settings::Sqlite { .. } => unreachable!("the database is MariaDB's"),
        };
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        write_env_php(&root, &server_address(), &name, "mg_");
        crate::server::postern(&root, &["setup:upgrade"]);
        Self {
            database,
            name,
            root,
            admin,
            _folder: folder,
        }
    }

    /// The integration is on, a session is open, and every server honours it.
    async fn open_adobe_session(&self, nodes: &[Server]) {
        self.database
            .execute(
                "UPDATE `#postern_sign_in_mode` SET mode = 'adobe_ims', epoch = epoch + 1, \
                 changed_at = UNIX_TIMESTAMP(), cleanup_pending = 0",
                vec![],
            )
            .await;
        let keyring = Keyring::parse(KEY).unwrap();
        let digest = keyring.keyed_digest(format!("session:{COOKIE}").as_bytes());
        self.database
            .execute(
                "INSERT INTO `#postern_session` SELECT ?, ?, mode, epoch, UNIX_TIMESTAMP(), \
                 UNIX_TIMESTAMP(), '127.0.0.1', 'test', NULL, UNIX_TIMESTAMP() + 86400 \
                 FROM `#postern_sign_in_mode`",
                vec![digest.into(), self.admin.into()],
            )
            .await;
        self.database
            .execute(
                "INSERT INTO `#postern_provider_grant` (session_hash, user_id, epoch, \
                 identity_hash, issuer, subject, access_token, confirmed_at, next_check_at) \
                 SELECT id_hash, user_id, epoch, '', '', '', '', created_at, created_at + 600 \
                 FROM `#postern_session`",
                vec![],
            )
            .await;
        let deadline = Instant::now() + Duration::from_secs(60);
        while !nodes.iter().all(|node| node.honours(COOKIE)) {
            assert!(Instant::now() < deadline, "the session was never honoured");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn write_env_php(root: &Path, host: &str, database: &str, prefix: &str) {
    std::fs::create_dir_all(root.join("app/etc")).unwrap();
    let php = format!(
        "<?php\nreturn [\n    'backend' => ['frontName' => 'backstage'],\n    \
         'crypt' => ['key' => '{KEY}'],\n    'db' => ['table_prefix' => '{prefix}', 'connection' => \
         ['default' => ['host' => '{host}', 'dbname' => '{database}', 'username' => 'root', \
         'password' => '']]],\n    'session' => ['save' => 'db'],\n    \
         'install' => ['date' => 'Thu, 20 Nov 2025 20:48:00 +0000'],\n];\n"
    );
    std::fs::write(root.join("app/etc/env.php"), php).unwrap();
}
