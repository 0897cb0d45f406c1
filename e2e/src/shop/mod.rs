//! An instance as PHP Commerce leaves it, that can be put back as it was any number of times.
//!
//! Settings of the integration stand in the database, in `config.php` and in `env.php`, tokens of
//! Adobe's in tables and in a stored session. Which mode it is in says [`Start`].

mod keep;
mod seed;
mod values;

pub use values::{
    CRYPT_KEY, Credentials, GIVEN, PASSWORD, STALE, STALE_PROVIDER, TOKENS, USERNAME,
};

use crate::dump::{self, Dump};
use crate::php::{self, Reader, Settings};
use crate::program::{self, Run};
use domain::clock::SystemClock;
use ims_sandbox::{Options, Person, Sandbox};
use keep::Place;
use serde_json::{Value, json};
use service::app::{App, Setting};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::database::{Database, Settings as DatabaseSettings};
use store::instance::Instance;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Which SQL engine holds the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database, without a table prefix.
    Sqlite,
    /// The server on this machine, with a table prefix.
    MariaDb,
}

/// The mode in which an instance begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The integration is off; leftovers of an earlier one, with other values, stand everywhere.
    Commerce,
    /// The integration is on, and what it is set up with was dumped into the files too.
    AdobeIms,
}

/// Where PHP keeps sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    /// In `var/session`.
    Files,
    /// In the table `session`.
    Database,
    /// In database 0 of the Redis server at this port.
    Redis(u16),
}

/// The instance.
pub struct Shop {
    engine: Engine,
    place: Place,
    folder: TempDir,
    runtime: Runtime,
    reader: Reader,
    sandbox: Sandbox,
    /// PHP's stored sessions by name: `customer`, `passwordadmin` and `adobeadmin`.
    pub sessions: BTreeMap<String, Vec<u8>>,
}

impl Shop {
    /// Makes it and keeps a copy to go back to.
    pub fn make(engine: Engine, start: Start, sessions: Sessions) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.expect("a runtime");
        let sandbox = Sandbox::start(Options {
            organization_id: GIVEN.organization_id.to_owned(),
            client_id: GIVEN.client_id.to_owned(),
            client_secret: GIVEN.client_secret.into(),
            // Anna is the one with an account; ann has only tokens.
            people: ["anna@shop.test", "ann@shop.test"]
                .map(Person::with_email)
                .to_vec(),
            ..Options::default()
        })
        .expect("the provider's stand-in");
        let place = Place::new(engine, &runtime);
        let mut shop = Self {
            engine,
            place,
            folder,
            runtime,
            reader: Reader::start(),
            sandbox,
            sessions: BTreeMap::new(),
        };
        shop.install();
        let made = shop.write_files(start, sessions);
        shop.seed(start, sessions, &made);
        shop.keep();
        shop
    }

    /// The instance's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    /// Where a copy of the folder is put to be looked at, so that looking changes nothing.
    fn copy(&self) -> PathBuf {
        self.folder.path().join("copy")
    }

    /// The file that holds the client secret to enable the integration with.
    pub fn secret_file(&self) -> PathBuf {
        self.folder.path().join("client-secret")
    }

    fn install(&self) {
        std::fs::write(self.secret_file(), GIVEN.client_secret).expect("a file");
        let mut arguments = vec![
            "setup:install".to_owned(),
            format!("--root={}", self.root().display()),
            format!("--key={CRYPT_KEY}"),
            "--backend-frontname=backstage".to_owned(),
        ];
        arguments.extend(self.place.install_options());
        let run = program::run(&arguments, "");
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    /// Lets PHP write the files; where the integration is to be on, it is switched on first.
    fn write_files(&mut self, start: Start, sessions: Sessions) -> Value {
        self.runtime
            .block_on(seed::first_rows(&self.live(), &self.sandbox.url()));
        if start == Start::AdobeIms {
            let run = self.run(&self.enable());
            assert_eq!(run.code, 0, "{}", run.stderr);
        }
        let (flag, credentials) = match start {
            Start::Commerce => ("0", STALE),
            Start::AdobeIms => ("1", GIVEN),
        };
        let session = match sessions {
            Sessions::Files => json!({"save": "files"}),
            Sessions::Database => json!({"save": "db"}),
            Sessions::Redis(port) => json!({"save": "redis", "redis": {
                "host": "127.0.0.1", "port": port.to_string(), "database": "0",
            }}),
        };
        php::make_shop(&json!({
            "root": self.root(),
            "crypt_key": CRYPT_KEY,
            "prefix": self.place.prefix(),
            "connection": self.place.php_connection(),
            "session": session,
            "flag": flag,
            "organization_id": credentials.organization_id,
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret,
            "session_token": TOKENS[3],
            "tokens": TOKENS[..3],
            "password": PASSWORD,
        }))
    }

    fn seed(&mut self, start: Start, sessions: Sessions, made: &Value) {
        let stored = made["sessions"].as_object().expect("sessions").iter();
        let decode = |text: &Value| {
            let text = text.as_str().expect("base64").as_bytes();
            data_encoding::BASE64.decode(text).expect("base64")
        };
        self.sessions = stored
            .map(|(name, text)| (name.clone(), decode(text)))
            .collect();
        let live = self.live();
        self.runtime.block_on(async {
            seed::admins(&live, made).await;
            seed::adobe(&live, start, made).await;
            seed::everybody_else(&live).await;
            if sessions == Sessions::Database {
                seed::stored_sessions(&live, &self.sessions).await;
            }
            live.close().await;
        });
        for token in TOKENS {
            assert!(
                self.sandbox.admit_token(token, "ann@shop.test"),
                "the stand-in knows ann"
            );
        }
    }

    /// The database of the instance, as another process opens it.
    fn live(&self) -> Database {
        self.open(&self.root())
    }

    fn open(&self, root: &Path) -> Database {
        let settings: DatabaseSettings = self.place.settings(root);
        self.runtime
            .block_on(Database::open(&settings, 1))
            .expect("the database opens")
    }

    /// A command with its options, as [`Self::run`] takes them.
    pub fn disable(&self) -> Vec<String> {
        vec![
            "admin:adobe-ims:disable".to_owned(),
            format!("--root={}", self.root().display()),
            "--no-interaction".to_owned(),
        ]
    }

    /// See [`Self::disable`].
    pub fn enable(&self) -> Vec<String> {
        vec![
            "admin:adobe-ims:enable".to_owned(),
            format!("--root={}", self.root().display()),
            "--no-interaction".to_owned(),
            format!("--organization-id={}", GIVEN.organization_id),
            format!("--client-id={}", GIVEN.client_id),
            format!("--client-secret-file={}", self.secret_file().display()),
            "--2fa=y".to_owned(),
        ]
    }

    /// Runs a command as anybody would.
    pub fn run(&self, arguments: &[String]) -> Run {
        program::run(arguments, "")
    }

    /// Everything in the database, read without touching it.
    pub fn dump(&self) -> Dump {
        self.dump_of(&self.place_to_look())
    }

    fn dump_of(&self, root: &Path) -> Dump {
        let database = self.open(root);
        self.runtime.block_on(async {
            let dump = dump::take(&database).await;
            database.close().await;
            dump
        })
    }

    /// The instance's folder, or a copy of it where the database is a file in it.
    pub fn place_to_look(&self) -> PathBuf {
        if self.engine == Engine::MariaDb {
            return self.root();
        }
        keep::copy_folder(&self.root(), &self.copy());
        self.copy()
    }

    /// Runs `work` on the instance in `root`, opened as a command opens it.
    pub fn with_app<T>(&self, root: &Path, work: impl AsyncFnOnce(&App) -> T) -> T {
        self.runtime.block_on(async {
            let setting = Setting {
                instance: Instance::at(root).expect("an instance"),
                environment: std::iter::empty::<(String, Vec<u8>)>().collect(),
                clock: Arc::new(SystemClock),
                actor: "tester@here".to_owned(),
                connections: 2,
            };
            let app = App::open(setting).await.expect("the instance opens");
            let answer = work(&app).await;
            app.database().close().await;
            answer
        })
    }

    /// The settings of the integration as PHP Commerce has them.
    pub fn php_view(&mut self, root: &Path) -> Settings {
        let dump = self.dump_of(root);
        let rows = dump["core_config_data"]
            .iter()
            .filter(|row| row["scope"] == "default");
        let rows = rows
            .map(|row| (row["path"].clone(), row["value"].clone()))
            .collect();
        self.reader.settings(root, &rows)
    }

    /// Values that the instance's key opens, as PHP opens them.
    pub fn open_sealed(&mut self, sealed: &[String]) -> Vec<String> {
        self.reader.open(CRYPT_KEY, sealed)
    }

    /// Every file of the instance.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        keep::files(&self.root())
    }

    /// A folder with everything that somebody who copies the instance takes along: its own, or a
    /// copy of it with a dump of the server's database in it.
    pub fn all_bytes(&self) -> PathBuf {
        let Some(dump) = self.place.server_dump() else {
            return self.root();
        };
        let folder = self.copy();
        keep::copy_folder(&self.root(), &folder);
        std::fs::write(folder.join("database.sql"), dump).expect("the dump");
        folder
    }

    fn keep(&self) {
        keep::copy_folder(&self.root(), &self.folder.path().join("kept"));
        self.runtime.block_on(self.place.keep());
    }

    /// Puts everything back as it was made.
    pub fn restore(&self) {
        keep::copy_folder(&self.folder.path().join("kept"), &self.root());
        self.runtime.block_on(self.place.restore());
    }

    /// Waits until the database has taken notice that a killed program is gone.
    pub fn wait_for_the_database(&self) {
        self.runtime.block_on(self.place.wait_until_alone());
    }
}
