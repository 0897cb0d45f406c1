//! Actors for the tests of routes: a shop with an instance of its own, and browsers that come to
//! its door. A test reads as a story: who there is, what they do, what they then see.

mod answer;
mod browser;
pub(crate) mod provider;
pub(crate) mod second_factor;
pub(crate) mod security_key;

pub(crate) use answer::Answer;
pub(crate) use browser::Browser;

use crate::{Door, TrustedProxies};
use domain::admin::Admin;
use domain::clock::Clock;
use domain::session::{KnownMode, Session};
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use service::app::{App, Setting};
use service::node::Node;
use service::random;
use service::session::{self, Origin};
use service::setup::install::{self, Options};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::admins::{self, Profile};
use store::instance::Instance;
use store::sessions::StoredSession;
use store::sign_in_mode;
use tempfile::TempDir;

/// The password of everybody in the tests.
pub(crate) const PASSWORD: &str = "Sommer-2024!";

struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A new instance with the front name `back`, gone when it is dropped.
pub(crate) struct Shop {
    folder: TempDir,
    clock: Arc<TestClock>,
    pub(crate) app: App,
    node: Arc<Node>,
    secure_cookies: bool,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let options = Options {
            front_name: Some("back".to_owned()),
            key: None,
            mysql: None,
            prefix: String::new(),
            session: Vec::new(),
            admin: None,
            use_security_key: true,
            base_url: None,
            base_url_secure: None,
            passkey_domain: None,
            disabled_modules: vec!["Magento_TwoFactorAuth".to_owned()],
        };
        let program = Path::new("/usr/bin/postern");
        install::install(folder.path(), program, options, now, "test")
            .await
            .unwrap();
        let clock = Arc::new(TestClock(Mutex::new(now)));
        let setting = Setting {
            instance: Instance::at(folder.path()).unwrap(),
            environment: Default::default(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            actor: "test".to_owned(),
            connections: 4,
        };
        let app = App::open(setting).await.unwrap();
        let node = Arc::new(Node::new("test".to_owned()).unwrap());
        Self {
            folder,
            clock,
            app,
            node,
            secure_cookies: true,
        }
    }

    pub(crate) fn with_insecure_cookies(mut self) -> Self {
        self.secure_cookies = false;
        self
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, span: SignedDuration) {
        *self.clock.0.lock().unwrap() += span;
    }

    /// Makes the admin `ann`.
    pub(crate) async fn ann(&self) -> u32 {
        self.admin("ann").await
    }

    /// Makes an admin with an address of the same name.
    pub(crate) async fn admin(&self, username: &str) -> u32 {
        let profile = Profile {
            username: username.to_owned(),
            email: format!("{username}@shop.test"),
            first_name: "Ann".to_owned(),
            last_name: "Smith & <Sons>".to_owned(),
        };
        let password = SecretString::from(PASSWORD);
        service::admin::create::create(&self.app, &profile, &password)
            .await
            .unwrap()
    }

    /// A link such as a mail carries, for an admin.
    pub(crate) async fn reset_link(&self, admin: u32) -> String {
        let token = "Zu3Vb1kQ9sLr0aWnEJc7uMDh5gG2oXyT";
        let keyring = self.app.keyring();
        let encrypted = keyring.encrypt(token.as_bytes(), [7; 12]);
        let mut connection = self.app.database().connection().await.unwrap();
        let now = self.app.now();
        store::reset_tokens::set(&mut connection, admin, &encrypted, now)
            .await
            .unwrap();
        format!("/back/admin/auth/resetpassword/?id={admin}&token={token}")
    }

    /// Runs a statement on the instance's database.
    pub(crate) async fn execute(&self, sql: &str) {
        let mut connection = self.app.database().connection().await.unwrap();
        connection.execute(sql, Vec::new()).await.unwrap();
    }

    /// Sets a path of the configuration for the whole shop.
    pub(crate) async fn set(&self, path: &str, value: &str) {
        self.execute(&format!(
            "INSERT INTO #core_config_data (scope, scope_id, path, value) \
             VALUES ('default', 0, '{path}', '{value}')"
        ))
        .await;
    }

    /// The same for a value that is kept encrypted.
    pub(crate) async fn set_secret(&self, path: &str, value: &str) {
        let sealed = self.app.keyring().encrypt(value.as_bytes(), [7; 12]);
        self.set(path, &sealed).await;
    }

    /// How many letters wait for an address.
    pub(crate) async fn mail_for(&self, address: &str) -> i64 {
        self.number(&format!(
            "SELECT COUNT(*) FROM #postern_mail WHERE recipient = '{address}' \
             AND subject LIKE 'New %'"
        ))
        .await
    }

    /// How many failures are counted in the browsers that an admin is known by.
    pub(crate) async fn failures_in_browsers_of(&self, admin: u32) -> u16 {
        let sql = "SELECT COALESCE(SUM(failures), 0) FROM #postern_known_browser WHERE user_id = ";
        let count = self.number(&format!("{sql}{admin}")).await;
        u16::try_from(count).unwrap()
    }

    /// The number that a query finds.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut connection = self.app.database().connection().await.unwrap();
        let rows = connection.fetch_all(sql, Vec::new()).await.unwrap();
        rows[0].integer(0).unwrap()
    }

    /// How many rows a table holds.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM #{table}")).await
    }

    /// How many failed sign-ins are counted for an admin.
    pub(crate) async fn failures_of(&self, admin: u32) -> u16 {
        self.admin_by_id(admin).await.lockout.failures
    }

    /// An admin as the database has them.
    pub(crate) async fn admin_by_id(&self, admin: u32) -> Admin {
        let mut connection = self.app.database().connection().await.unwrap();
        let found = admins::find_by_id(&mut connection, admin).await.unwrap();
        found.unwrap()
    }

    /// Opens a session of the mode that holds, however an admin came in. Returns its id.
    pub(crate) async fn open_session(&self, admin: u32) -> String {
        let id = random::text(43, random::ALPHANUMERIC).unwrap();
        let mut connection = self.app.database().connection().await.unwrap();
        let record = sign_in_mode::find(&mut connection).await.unwrap().unwrap();
        drop(connection);
        let digest = format!("session:{id}");
        let now = self.app.now();
        let stored = StoredSession {
            id_hash: self.app.keyring().keyed_digest(digest.as_bytes()),
            session: Session {
                admin,
                mode: record.mode,
                epoch: record.epoch,
                created_at: now,
                last_seen_at: now,
                ended: None,
            },
            origin: Origin {
                ip: "192.0.2.1".to_owned(),
                user_agent: String::new(),
            },
        };
        let sessions = self.app.sessions();
        let mut change = sessions.begin(self.app.database()).await.unwrap();
        let forget_at = now + SignedDuration::from_hours(24);
        let created = sessions.create(&mut change, &stored, forget_at, None).await;
        created.unwrap();
        let transaction = change.transaction(self.app.database()).await.unwrap();
        transaction.commit().await.unwrap();
        self.grant_all().await;
        id
    }

    /// The key of the forms of a session's pages.
    pub(crate) fn form_key_of(&self, session_id: &str) -> String {
        session::form_token(&self.app, &SecretString::from(session_id))
    }

    /// Switches as the command does, as far as a door can see it from the mode alone: sessions of
    /// the earlier epoch are left lying on purpose.
    pub(crate) async fn switch_to(&self, mode: SignInMode) {
        let mut connection = self.app.database().connection().await.unwrap();
        let record = sign_in_mode::find(&mut connection).await.unwrap().unwrap();
        let next = record.switched_to(mode, None, self.app.now(), "test");
        assert!(
            sign_in_mode::replace(&mut connection, &next, record.epoch)
                .await
                .unwrap()
        );
    }

    /// Switches the integration on, and takes whoever is signed in for signed in with Adobe ID.
    pub(crate) async fn integrate_all(&self) {
        self.switch_to(SignInMode::AdobeIms).await;
        self.execute(
            "UPDATE #postern_session SET mode = 'adobe_ims', \
             epoch = (SELECT epoch FROM #postern_sign_in_mode)",
        )
        .await;
        self.grant_all().await;
    }

    /// Gives every session of Adobe ID that has none a grant of a provider's.
    async fn grant_all(&self) {
        let now = self.app.now().as_second();
        self.execute(&format!(
            "INSERT INTO #postern_provider_grant (session_hash, user_id, epoch, identity_hash, \
             issuer, subject, access_token, confirmed_at, next_check_at) \
             SELECT id_hash, user_id, epoch, '', '', '', '', {now}, {now} \
             FROM #postern_session WHERE mode = 'adobe_ims' \
             AND id_hash NOT IN (SELECT session_hash FROM #postern_provider_grant)"
        ))
        .await;
    }

    /// Closes the database, and waits until the node no longer relies on what it knew.
    pub(crate) async fn lose_database(&self) {
        self.app.database().close().await;
        while self.node.lease().known() != KnownMode::Unknown {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Renews the lease, as a running node does five times a second.
    pub(crate) async fn renew(&self) {
        self.node.renew(&self.app).await.unwrap();
    }

    /// From where the open sessions were opened.
    pub(crate) async fn session_addresses(&self) -> Vec<String> {
        let mut connection = self.app.database().connection().await.unwrap();
        let sql = "SELECT ip FROM #postern_session WHERE ended IS NULL";
        let rows = connection.fetch_all(sql, Vec::new()).await.unwrap();
        rows.iter().map(|row| row.text(0).unwrap()).collect()
    }

    pub(crate) fn damage_env_php(&self) {
        std::fs::write(self.folder.path().join("app/etc/env.php"), "<?php return [").unwrap();
    }

    pub(crate) fn door(&self) -> Door {
        Door {
            app: self.app.clone(),
            lease: self.node.lease(),
            secure_cookies: self.secure_cookies,
            trusted_proxies: TrustedProxies::default(),
        }
    }

    /// Somebody with a browser of their own.
    pub(crate) fn browser(&self) -> Browser {
        Browser::at(self)
    }

    /// A program that asks for an admin token with this body.
    pub(crate) async fn ask_for_token(&self, body: &str) -> Answer {
        let mut program = self.browser();
        program.remove_header("sec-fetch-site");
        program
            .send_json("/rest/V1/integration/admin/token", "application/json", body)
            .await
    }
}
