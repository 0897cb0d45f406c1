//! A throwaway instance in a temporary folder: its files, its embedded database, and a
//! `bin/magento` that works from any terminal as long as the demo runs. Dropping it removes it.

use crate::cast::{FRONT_NAME, Person};
use crate::command_line::CommandLine;
use crate::expectation::Mismatch;
use commerce::configuration::{CLIENT_ID, CLIENT_SECRET, Environment, ORGANIZATION_ID, Scope};
use domain::clock::{Clock, SystemClock};
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use postern::surroundings::Surroundings;
use secrecy::{ExposeSecret, SecretString};
use service::app::{App, Setting};
use service::config::set::{self, Target};
use service::setup::install::{self, Options};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::admins::Profile;
use store::instance::Instance;
use store::{adobe_tokens, configuration_rows, sign_in_mode};
use tempfile::TempDir;

/// The name under which this program is the command line of Postern.
pub(crate) const PROGRAM: &str = "postern";

/// Connections to the database, shared by the server and the story.
const CONNECTIONS: u32 = 8;

/// How long ago the instance was made: its admins are older than the integration.
const AGE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How long an interrupted step may take to let go of the folder, and how often that is tried.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

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
            base_url: None,
            base_url_secure: None,
            passkey_domain: None,
            disabled_modules: vec!["Magento_TwoFactorAuth".to_owned()],
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

    /// The tokens of Adobe's that are stored: as they are used, and as they are kept.
    pub(crate) async fn stored_tokens(&self) -> Result<(Vec<String>, Vec<String>), Mismatch> {
        let mut connection = self.app.database().connection().await?;
        let kept = adobe_tokens::list(&mut connection).await?;
        let mut used = Vec::new();
        for token in &kept {
            let token = self.app.keyring().decrypt_text(token)?;
            used.push(token.expose_secret().to_owned());
        }
        Ok((used, kept))
    }

    /// Has every session that Adobe opened looked at now, instead of ten minutes after the last time.
    pub(crate) async fn make_checks_due(&self) -> Result<(), Mismatch> {
        let mut connection = self.app.database().connection().await?;
        let sql = "UPDATE #postern_provider_grant SET next_check_at = 0";
        connection.execute(sql, Vec::new()).await?;
        Ok(())
    }

    /// Whether the mode is Commerce's own, nothing of the integration's settings is stored in the
    /// database, and everything has followed the switch.
    pub(crate) async fn is_cleared(&self) -> Result<bool, Mismatch> {
        let mut connection = self.app.database().connection().await?;
        let record = sign_in_mode::find(&mut connection).await?;
        let has_followed = record
            .is_some_and(|record| record.mode == SignInMode::Commerce && !record.cleanup_pending);
        let rows = configuration_rows::list(&mut connection).await?;
        let credentials = [ORGANIZATION_ID, CLIENT_ID, CLIENT_SECRET];
        Ok(has_followed
            && !rows
                .iter()
                .any(|row| credentials.contains(&row.path.as_str())))
    }

    /// Closes the database and removes the folder. Whatever an interrupted step was just writing
    /// there may still appear while the folder is emptied, so that is tried for a while.
    pub(crate) async fn remove(self) -> std::io::Result<()> {
        self.app.database().close().await;
        let root = self.folder.keep();
        let begun = Instant::now();
        loop {
            match std::fs::remove_dir_all(&root) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
                Err(_) if begun.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
                result => return result,
            }
        }
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
