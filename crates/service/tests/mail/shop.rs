//! A shop with people who get mail: an instance of a test's own, on either engine.

use crate::smtp_server::SmtpServer;
use domain::admin::AdminId;
use domain::clock::Clock;
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use service::app::{App, Setting};
use service::mail::sender;
use service::setup::install::{self, MySqlOptions, Options};
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::admins::Profile;
use store::database::{Settings, Value};
use store::instance::Instance;
use store::sign_in_mode;
use store::testing::TestDatabase;
use tempfile::TempDir;

struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A new instance with the front name `back`, gone when it is dropped.
pub(crate) struct Shop {
    folder: TempDir,
    _database: Option<TestDatabase>,
    clock: Arc<TestClock>,
    pub(crate) app: App,
}

impl Shop {
    /// On SQLite.
    pub(crate) async fn open() -> Self {
        Self::on(None).await
    }

    /// On MariaDB.
    pub(crate) async fn on_mariadb() -> Self {
        Self::on(Some(TestDatabase::mariadb_empty("mg_").await)).await
    }

    async fn on(database: Option<TestDatabase>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mysql = database.as_ref().map(|database| match database.settings() {
            Settings::MySql(settings) => MySqlOptions {
                settings: settings.clone(),
                host: settings.address.to_string(),
                init_statements: String::new(),
                driver_options: Vec::new(),
            },
            Settings::Sqlite { .. } => panic!("SQLite needs no server"),
        });
        let options = Options {
            front_name: Some("back".to_owned()),
            key: None,
            prefix: mysql.as_ref().map_or("", |_| "mg_").to_owned(),
            mysql,
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
        let app = opened(&folder, &clock).await;
        let shop = Self {
            folder,
            _database: database,
            clock,
            app,
        };
        shop.configure("web/secure/base_url", "https://shop.test/")
            .await;
        shop.configure("system/smtp/transport", "smtp").await;
        shop.configure("system/smtp/host", "127.0.0.1").await;
        shop
    }

    /// The instance's folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The same instance, as another server has it open.
    pub(crate) async fn opened_again(&self) -> App {
        opened(&self.folder, &self.clock).await
    }

    /// Lets mail leave by a server.
    pub(crate) async fn mails_by(&self, server: &SmtpServer) {
        self.configure("system/smtp/port", &server.port.to_string())
            .await;
    }

    pub(crate) async fn configure(&self, path: &str, value: &str) {
        let sql = "DELETE FROM #core_config_data WHERE path = ?";
        self.execute(sql, vec![path.into()]).await;
        let sql = "INSERT INTO #core_config_data (scope, scope_id, path, value) \
                   VALUES ('default', 0, ?, ?)";
        self.execute(sql, vec![path.into(), value.into()]).await;
    }

    /// Switches the integration on, as far as the mode alone tells.
    pub(crate) async fn integrate(&self) {
        let mut connection = self.app.database().connection().await.unwrap();
        let record = sign_in_mode::find(&mut connection).await.unwrap().unwrap();
        let next = record.switched_to(SignInMode::AdobeIms, None, self.app.now(), "test");
        let replaced = sign_in_mode::replace(&mut connection, &next, record.epoch).await;
        assert!(replaced.unwrap());
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, span: SignedDuration) {
        *self.clock.0.lock().unwrap() += span;
    }

    /// Makes an admin called Ann Smith & <Sons>.
    pub(crate) async fn admin(&self, username: &str, email: &str) -> AdminId {
        self.admin_with(username, email, "Sommer-2024!").await
    }

    /// The same with a password, or gives it to one who is there.
    pub(crate) async fn admin_with(&self, username: &str, email: &str, password: &str) -> AdminId {
        let profile = Profile {
            username: username.to_owned(),
            email: email.to_owned(),
            first_name: "Ann".to_owned(),
            last_name: "Smith & <Sons>".to_owned(),
        };
        let password = SecretString::from(password);
        service::admin::create::create(&self.app, &profile, &password)
            .await
            .unwrap()
    }

    /// Everything that is due is tried once.
    pub(crate) async fn send(&self) {
        sender::send_due(&self.app).await.unwrap();
    }

    pub(crate) async fn execute(&self, sql: &str, arguments: Vec<Value>) {
        let mut connection = self.app.database().connection().await.unwrap();
        connection.execute(sql, arguments).await.unwrap();
    }

    /// The first column of a query's rows.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let mut connection = self.app.database().connection().await.unwrap();
        let rows = connection.fetch_all(sql, Vec::new()).await.unwrap();
        rows.iter()
            .map(|row| row.optional_text(0).unwrap().unwrap_or_default())
            .collect()
    }

    /// The one number that a query gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.texts(sql).await[0].parse().unwrap()
    }
}

async fn opened(folder: &TempDir, clock: &Arc<TestClock>) -> App {
    let setting = Setting {
        instance: Instance::at(folder.path()).unwrap(),
        environment: Default::default(),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        actor: "test".to_owned(),
        connections: 4,
    };
    App::open(setting).await.unwrap()
}
