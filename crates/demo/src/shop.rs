//! A throwaway instance in a temporary folder: its files, its embedded database, and a
//! `bin/magento` that works from any terminal as long as the demo runs. Dropping it removes it.

use crate::cast::{FRONT_NAME, Person};
use crate::command_line::CommandLine;
use crate::expectation::Mismatch;
use commerce::configuration::{
    CLIENT_ID, CLIENT_SECRET, ConfigFile, Environment, ORGANIZATION_ID, Scope,
};
use domain::clock::{Clock, SystemClock};
use domain::sign_in_mode::ModeRecord;
use jiff::{SignedDuration, Timestamp};
use postern::surroundings::Surroundings;
use secrecy::SecretString;
use service::app::{App, Setting};
use service::config::set::{self, Target};
use service::setup::install::{self, Options};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::admins::Profile;
use store::instance::{FILES, Instance};
use store::sessions::{self, SessionCount};
use store::{adobe_tokens, configuration_rows, sign_in_mode};
use tempfile::TempDir;

/// The name under which this program is the command line of Postern.
pub(crate) const PROGRAM: &str = "postern";

/// Connections to the database, shared by the server and the story.
const CONNECTIONS: u32 = 8;

/// How long ago the instance was made: its admins are older than the integration.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Who acts, for the audit record.
const ACTOR: &str = "demo";

/// The instance.
pub(crate) struct Shop {
    /// The opened instance.
    pub(crate) app: App,
    /// Its command line.
    pub(crate) command_line: CommandLine,
    folder: TempDir,
}

/// A clock that has stopped.
struct Stopped(Timestamp);

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Everything a switch may change.
#[derive(PartialEq)]
pub(crate) struct State {
    files: Vec<Option<Vec<u8>>>,
    rows: Vec<(String, u32, String, Option<String>)>,
    record: Option<ModeRecord>,
    sessions: SessionCount,
    tokens: Vec<String>,
}

impl Shop {
    /// Makes it.
    pub(crate) async fn open(surroundings: &Surroundings) -> Result<Self, Mismatch> {
        let folder = tempfile::Builder::new().prefix("postern-demo-").tempdir()?;
        let root = folder.path().canonicalize()?;
        let program = link_program(&root, &surroundings.program)?;
        let options = Options {
            front_name: Some(FRONT_NAME.to_owned()),
            key: None,
            mysql: None,
            prefix: String::new(),
            session: Vec::new(),
            admin: None,
            use_security_key: true,
        };
        install::install(&root, &program, options, long_ago(), ACTOR).await?;
        let app = open(&root, Arc::new(SystemClock), CONNECTIONS).await?;
        let search_path = surroundings.variable("PATH").unwrap_or("/usr/bin:/bin");
        let command_line = CommandLine::new(root.join("bin/magento"), search_path);
        Ok(Self {
            app,
            command_line,
            folder,
        })
    }

    /// The instance's folder.
    pub(crate) fn root(&self) -> &Path {
        self.app.instance().root()
    }

    /// Gives somebody an account with a password, as of when the shop was made.
    pub(crate) async fn hire(&self, person: &Person) -> Result<(), Mismatch> {
        let app = open(self.root(), Arc::new(Stopped(long_ago())), 1).await?;
        let password = SecretString::from(person.password);
        service::admin::create::create(&app, &profile(person), &password).await?;
        app.database().close().await;
        Ok(())
    }

    /// Sets configuration values in the database.
    pub(crate) async fn configure(&self, values: &[(&str, &str)]) -> Result<(), Mismatch> {
        for (path, value) in values {
            set::set(&self.app, &Scope::Default, path, value, Target::Database).await?;
        }
        Ok(())
    }

    /// Everything a switch may change, as it stands now.
    pub(crate) async fn state(&self) -> Result<State, Mismatch> {
        let mut connection = self.app.database().connection().await?;
        let rows = configuration_rows::list(&mut connection).await?;
        Ok(State {
            files: FILES.iter().map(|file| self.content(*file)).collect(),
            rows: rows
                .into_iter()
                .map(|row| (row.scope, row.scope_id, row.path, row.value))
                .collect(),
            record: sign_in_mode::find(&mut connection).await?,
            sessions: sessions::count_open(&mut connection).await?,
            tokens: adobe_tokens::list(&mut connection).await?,
        })
    }

    /// Whether nothing of the integration's settings is stored in the database.
    pub(crate) async fn has_no_credentials(&self) -> Result<bool, Mismatch> {
        let mut connection = self.app.database().connection().await?;
        let rows = configuration_rows::list(&mut connection).await?;
        let credentials = [ORGANIZATION_ID, CLIENT_ID, CLIENT_SECRET];
        Ok(!rows
            .iter()
            .any(|row| credentials.contains(&row.path.as_str())))
    }

    fn content(&self, file: ConfigFile) -> Option<Vec<u8>> {
        std::fs::read(self.app.instance().path_of(file)).ok()
    }

    /// Closes the database and removes the folder.
    pub(crate) async fn remove(self) -> std::io::Result<()> {
        self.app.database().close().await;
        self.folder.close()
    }
}

impl State {
    /// Nothing must differ from `now`.
    pub(crate) fn expect_unchanged(&self, now: &Self) -> Result<(), Mismatch> {
        let same = [
            ("app/etc/env.php and config.php", self.files == now.files),
            ("core_config_data", self.rows == now.rows),
            ("the mode", self.record == now.record),
            ("sessions", self.sessions == now.sessions),
            ("stored Adobe tokens", self.tokens == now.tokens),
        ];
        let changed: Vec<&str> = same
            .iter()
            .filter(|(_, is_same)| !is_same)
            .map(|(name, _)| *name)
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        Err(Mismatch::new(
            "nothing is changed",
            format!("changed: {}", changed.join(", ")),
        ))
    }
}

/// An admin as the command line knows one.
pub(crate) fn profile(person: &Person) -> Profile {
    Profile {
        username: person.username.to_owned(),
        email: person.email.to_owned(),
        first_name: person.first_name.to_owned(),
        last_name: person.last_name.to_owned(),
    }
}

fn long_ago() -> Timestamp {
    let now = SystemClock.now();
    now.checked_sub(AGE).unwrap_or(now)
}

/// A link by which this program is called as `postern`.
fn link_program(root: &Path, this_program: &Path) -> Result<PathBuf, Mismatch> {
    std::fs::create_dir_all(root.join("bin"))?;
    let link = root.join("bin").join(PROGRAM);
    std::os::unix::fs::symlink(this_program, &link)?;
    Ok(link)
}

async fn open(root: &Path, clock: Arc<dyn Clock>, connections: u32) -> Result<App, Mismatch> {
    let setting = Setting {
        instance: Instance::at(root)?,
        environment: Environment::default(),
        clock,
        actor: ACTOR.to_owned(),
        connections,
    };
    Ok(App::open(setting).await?)
}
