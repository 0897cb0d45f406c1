//! An instance for the tests of use cases, on SQLite and on MariaDB, with a clock of its own and
//! somebody called Ann.

pub(crate) mod provider;

use crate::app::{App, Setting};
use crate::setup::install::{self, MySqlOptions, Options};
use crate::sign_in::Verified;
use crate::sign_in::password::{self, Attempt, SignInRefused};
use crate::sign_in::throttle::Challenge;
use commerce::configuration::ConfigFile;
use commerce::php_array::Value;
use domain::admin::{Admin, AdminId};
use domain::audit::Door;
use domain::clock::Clock;
use domain::puzzle::Answer;
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::admins::{self, Profile};
use store::database::Settings;
use store::instance::{Instance, InstanceError};
use store::redis_server::testing::OwnServer;
use store::sign_in_mode;
use store::testing::TestDatabase;
use tempfile::TempDir;
use tokio::task::JoinHandle;

/// Ann's password.
pub(crate) const PASSWORD: &str = "Sommer-2024!";

struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

pub(crate) struct Shop {
    pub(crate) app: App,
    pub(crate) ann: AdminId,
    clock: Arc<TestClock>,
    _folder: TempDir,
    _database: Option<TestDatabase>,
}

/// Runs a test on a new instance, once on each engine.
pub(crate) async fn each_engine(test: impl AsyncFn(&Shop)) {
    Box::pin(test(&Shop::sqlite().await)).await;
    Box::pin(test(&Shop::mariadb().await)).await;
}

impl Shop {
    pub(crate) async fn sqlite() -> Self {
        Self::open(None, Vec::new()).await
    }

    pub(crate) async fn mariadb() -> Self {
        Self::open(Some(TestDatabase::mariadb_empty("").await), Vec::new()).await
    }

    /// On SQLite, with the sessions in a Redis of the test's own.
    pub(crate) async fn in_redis(server: &OwnServer) -> Self {
        Self::open(None, in_redis(server)).await
    }

    async fn open(database: Option<TestDatabase>, session: Vec<(String, Value)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mysql = database.as_ref().map(|database| match database.settings() {
            Settings::MySql(settings) => MySqlOptions {
                settings: settings.clone(),
                host: settings.address.to_string(),
                init_statements: "SET NAMES utf8;".to_owned(),
                driver_options: Vec::new(),
            },
            Settings::Sqlite { .. } => panic!("a server is needed"),
        });
        let ann = Profile {
            username: "ann".to_owned(),
            email: "ann@luma.test".to_owned(),
            first_name: "Ann".to_owned(),
            last_name: "Smith".to_owned(),
        };
        let options = Options {
            front_name: None,
            key: None,
            mysql,
            prefix: String::new(),
            session,
            admin: Some((ann, SecretString::from(PASSWORD))),
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
        let app = open_app(folder.path(), &clock, 8).await;
        let mut connection = app.database().connection().await.unwrap();
        let ann = admins::find_by_username(&mut connection, "ann").await;
        drop(connection);
        Self {
            app,
            ann: ann.unwrap().unwrap().id,
            clock,
            _folder: folder,
            _database: database,
        }
    }

    /// One more process, with so many connections to the database.
    pub(crate) async fn reopened(&self, connections: u32) -> App {
        open_app(self.app.instance().root(), &self.clock, connections).await
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, span: SignedDuration) {
        *self.clock.0.lock().unwrap() += span;
    }

    pub(crate) async fn set(&self, path: &str, value: &str) {
        let mut connection = self.app.database().connection().await.unwrap();
        store::configuration_rows::set(&mut connection, "default", 0, path, value)
            .await
            .unwrap();
    }

    /// Switches the integration on, as far as the mode alone tells; nobody's session is ended.
    pub(crate) async fn integrate(&self) {
        let mut connection = self.app.database().connection().await.unwrap();
        let record = sign_in_mode::find(&mut connection).await.unwrap().unwrap();
        let next = record.switched_to(SignInMode::AdobeIms, None, self.app.now(), "test");
        let replaced = sign_in_mode::replace(&mut connection, &next, record.epoch).await;
        assert!(replaced.unwrap());
    }

    pub(crate) async fn execute(&self, sql: &str) {
        let mut connection = self.app.database().connection().await.unwrap();
        connection.execute(sql, Vec::new()).await.unwrap();
    }

    /// The first column of a query, as text.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let mut connection = self.app.database().connection().await.unwrap();
        let rows = connection.fetch_all(sql, Vec::new()).await.unwrap();
        rows.iter().map(|row| row.text(0).unwrap()).collect()
    }

    /// Has PHP keep its sessions in the table `session`.
    pub(crate) fn keep_php_sessions_in_the_database(&self) {
        let change = |php: &mut commerce::php_array::PhpFile| {
            php.set(&["session", "save"], &Value::string("db")).unwrap();
            Ok::<(), InstanceError>(())
        };
        self.app.instance().edit(ConfigFile::Env, change).unwrap();
    }

    /// Waits until somebody waits for rows that another transaction holds; or, where the lock that is
    /// to be tested is missing, until `task` writes or is done without it. On MariaDB.
    pub(crate) async fn until_held_up<T>(&self, task: &JoinHandle<T>) {
        let waiting = "SELECT info FROM information_schema.processlist WHERE db = DATABASE() \
                       AND (info LIKE '%FOR UPDATE' OR info LIKE 'UPDATE %')";
        while !task.is_finished() && self.texts(waiting).await.is_empty() {
            tokio::task::yield_now().await;
        }
    }

    /// Has somebody come in with a password, who is overtaken by a switch to the provider: it has
    /// the mode in its hands when they ask for it. On MariaDB.
    pub(crate) async fn overtake<T: Send + 'static>(
        &self,
        entering: impl Future<Output = T> + Send + 'static,
    ) -> T {
        let mut switching = self.app.database().begin().await.unwrap();
        let held = sign_in_mode::hold(&mut switching).await.unwrap().unwrap();
        let entering = tokio::spawn(entering);
        self.until_held_up(&entering).await;
        let now = self.app.now();
        let record = held.switched_to(SignInMode::AdobeIms, None, now, "test");
        let replaced = sign_in_mode::replace(&mut switching, &record, held.epoch).await;
        assert!(replaced.unwrap());
        switching.commit().await.unwrap();
        entering.await.unwrap()
    }

    pub(crate) async fn ann(&self) -> Admin {
        let mut connection = self.app.database().connection().await.unwrap();
        let ann = admins::find_by_id(&mut connection, self.ann).await;
        ann.unwrap().unwrap()
    }

    /// An attempt from a browser that nobody knows.
    pub(crate) fn stranger(&self, username: &str, password: &str) -> Attempt {
        Attempt {
            username: username.to_owned(),
            password: SecretString::from(password),
            door: Door::Page,
            ip: "192.0.2.7".to_owned(),
            browser: None,
            answer: None,
        }
    }

    pub(crate) async fn check(&self, attempt: Attempt) -> Result<Verified, SignInRefused> {
        password::check(&self.app, attempt).await.unwrap()
    }

    /// A stranger's attempt that answers the puzzle where one is asked for.
    pub(crate) async fn sign_in(
        &self,
        username: &str,
        password: &str,
    ) -> Result<Verified, SignInRefused> {
        let attempt = || self.stranger(username, password);
        match self.check(attempt()).await {
            Err(SignInRefused::PuzzleNeeded(challenge)) => {
                let answer = Some(solved(&challenge));
                self.check(Attempt {
                    answer,
                    ..attempt()
                })
                .await
            }
            other => other,
        }
    }
}

/// What `env.php` says where sessions are in a Redis.
async fn open_app(root: &Path, clock: &Arc<TestClock>, connections: u32) -> App {
    let setting = Setting {
        instance: Instance::at(root).unwrap(),
        environment: Default::default(),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        actor: "test".to_owned(),
        connections,
    };
    App::open(setting).await.unwrap()
}

pub(crate) fn in_redis(server: &OwnServer) -> Vec<(String, Value)> {
    let redis = serde_json::json!({"host": "127.0.0.1", "port": server.port.to_string()});
    vec![
        ("save".to_owned(), serde_json::json!("redis").into()),
        ("redis".to_owned(), redis.into()),
    ]
}

/// The challenge, solved as a browser's script does.
pub(crate) fn solved(challenge: &Challenge) -> Answer {
    domain::puzzle::solve(&challenge.puzzle)
}
