//! An opened instance: everything that use cases need, built in one place and cheap to clone.

use crate::config::kept::{Found, Kept};
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::metrics::Metrics;
use crate::password_queue::{PasswordQueue, Place};
use crate::provider::kept::KeptProvider;
use crate::web_api::checks::Checks;
use commerce::configuration::{ConfigFile, Configuration, DeploymentConfig, Environment, Row};
use commerce::encryption::Keyring;
use domain::clock::Clock;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use store::configuration_rows::{self, ConfigurationRow};
use store::database::{Database, DatabaseError};
use store::instance::Instance;
use store::sessions::SessionStore;
use store::sign_in_mode;
use tokio::sync::Notify;

/// What an instance is opened with.
pub struct Setting {
    /// The instance's folder.
    pub instance: Instance,
    /// The variables of the process, for `CONFIG__…` and `MAGENTO_DC_…`.
    pub environment: Environment,
    /// Where `now` comes from.
    pub clock: Arc<dyn Clock>,
    /// Who acts, for the audit record: `user@host`.
    pub actor: String,
    /// How many connections to the database are kept at most.
    pub connections: u32,
}

/// An opened instance.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    instance: Instance,
    environment: Environment,
    clock: Arc<dyn Clock>,
    actor: String,
    database: Database,
    keyring: Arc<Keyring>,
    passwords: PasswordQueue,
    mail_queued: Notify,
    sessions: SessionStore,
    deployment: Kept<Arc<DeploymentConfig>>,
    settings: Kept<Settings>,
    provider: KeptProvider,
    bearer_checks: Checks,
    metrics: Metrics,
}

impl App {
    /// Reads the files and connects to the database.
    pub async fn open(setting: Setting) -> Result<Self, ServiceError> {
        let Setting {
            instance,
            environment,
            clock,
            actor,
            connections,
        } = setting;
        let deployment = load_deployment(&instance, &environment)?;
        let crypt_key = secret(&deployment, "crypt/key")?
            .filter(|key| !key.expose_secret().trim().is_empty())
            .ok_or(ServiceError::NoCryptKey)?;
        let keyring = Arc::new(Keyring::parse(crypt_key.expose_secret())?);
        let settings = crate::config::database::settings(&deployment, instance.root())?;
        let database = Database::open(&settings, connections).await?;
        let sessions = session_store(&instance, &deployment, &keyring)?;
        let passwords = PasswordQueue::new();
        Ok(Self {
            inner: Arc::new(Inner {
                instance,
                environment,
                clock,
                actor,
                database,
                keyring,
                passwords,
                mail_queued: Notify::new(),
                sessions,
                deployment: Kept::default(),
                settings: Kept::default(),
                provider: KeptProvider::default(),
                bearer_checks: Checks::default(),
                metrics: Metrics::new(),
            }),
        })
    }

    /// The instance's folder and files.
    pub fn instance(&self) -> &Instance {
        &self.inner.instance
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// The encryption keys.
    pub fn keyring(&self) -> &Keyring {
        &self.inner.keyring
    }

    /// Who acts.
    pub fn actor(&self) -> &str {
        &self.inner.actor
    }

    /// The current time; to be asked once per use case.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The queue in front of all password hashing.
    pub fn passwords(&self) -> &PasswordQueue {
        &self.inner.passwords
    }

    /// Lets the mail sender of this process look at the queue at once.
    pub fn wake_mail_sender(&self) {
        self.inner.mail_queued.notify_one();
    }

    /// Done when [`Self::wake_mail_sender`] was called since the last time.
    pub async fn mail_was_queued(&self) {
        self.inner.mail_queued.notified().await;
    }

    /// What this process counts and measures.
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// The provider that was asked last.
    pub(crate) fn kept_provider(&self) -> &KeptProvider {
        &self.inner.provider
    }

    /// The questions about tokens of the web API.
    pub(crate) fn bearer_checks(&self) -> &Checks {
        &self.inner.bearer_checks
    }

    /// Where browser sessions are kept; read from `env.php` when the instance was opened.
    pub fn sessions(&self) -> &SessionStore {
        &self.inner.sessions
    }

    /// `env.php` and `config.php` as they stand now, with what the environment puts over them.
    pub fn deployment(&self) -> Result<Arc<DeploymentConfig>, ServiceError> {
        let Inner {
            instance,
            environment,
            deployment,
            ..
        } = &*self.inner;
        match deployment.find(instance) {
            Found::Held(kept) => Ok(kept),
            Found::Unread(reading) => {
                let read = Arc::new(load_deployment(instance, environment)?);
                Ok(deployment.keep(reading, read))
            }
        }
    }

    /// The effective configuration from every source, as it stands now; in a server as it stood at
    /// most a second ago.
    pub async fn configuration(&self) -> Result<Settings, ServiceError> {
        let reading = match self.inner.settings.find(&self.inner.instance) {
            Found::Held(kept) => return Ok(kept),
            Found::Unread(reading) => reading,
        };
        let mut connection = self.inner.database.connection().await?;
        let rows = configuration_rows::list(&mut connection).await?;
        let stores = configuration_rows::list_stores(&mut connection).await?;
        let are_files_behind = match sign_in_mode::find(&mut connection).await {
            Err(DatabaseError::MissingTable(_)) => false,
            record => record?.is_some_and(|record| record.cleanup_pending),
        };
        let rows = rows.into_iter().map(row).collect();
        let configuration = Configuration::new(self.deployment()?, rows, stores);
        let keyring = Arc::clone(&self.inner.keyring);
        let settings = Settings::new(configuration, keyring, are_files_behind);
        Ok(self.inner.settings.keep(reading, settings))
    }

    /// From now on reads the configuration once for all requests of a second, as a server does.
    pub fn keep_configuration(&self) {
        self.inner.deployment.turn_on();
        self.inner.settings.turn_on();
    }

    /// Has the configuration read anew by whoever asks next.
    pub fn forget_configuration(&self) {
        self.inner.deployment.forget();
        self.inner.settings.forget();
    }

    /// `backend/frontName`: the first part of every address of the Admin.
    pub fn front_name(&self) -> Result<String, ServiceError> {
        Ok(self
            .deployment()?
            .text("backend/frontName")?
            .unwrap_or_else(|| "admin".to_owned()))
    }

    /// Whether a password is the one of a stored hash, asked of somebody who is known already.
    pub async fn verify_password(
        &self,
        stored: SecretString,
        password: SecretString,
    ) -> Result<bool, ServiceError> {
        let place = self.inner.passwords.reserve_for_known()?;
        self.verify_password_at(place, stored, password).await
    }

    /// The same at a place in the queue that was taken before.
    pub async fn verify_password_at(
        &self,
        place: Place,
        stored: SecretString,
        password: SecretString,
    ) -> Result<bool, ServiceError> {
        let keyring = Arc::clone(&self.inner.keyring);
        place.verify(stored, password, keyring).await
    }

    /// The hash to store for a password, in the form that Commerce writes today.
    pub async fn hash_password(
        &self,
        password: SecretString,
    ) -> Result<SecretString, ServiceError> {
        self.inner.passwords.hash(password).await
    }
}

fn load_deployment(
    instance: &Instance,
    environment: &Environment,
) -> Result<DeploymentConfig, ServiceError> {
    let config = instance.read(ConfigFile::Config)?;
    let env = instance.read(ConfigFile::Env)?;
    Ok(DeploymentConfig::load(config, env, environment))
}

/// The store for this instance's sessions. Its name within a Redis that others use as well tells
/// nothing of the key, and differs for a copy of the instance with a database of its own.
fn session_store(
    instance: &Instance,
    deployment: &DeploymentConfig,
    keyring: &Keyring,
) -> Result<SessionStore, ServiceError> {
    let database = deployment.text("db/connection/default/dbname")?;
    let prefix = deployment.text("db/table_prefix")?;
    let name = format!("sessions of {database:?} {prefix:?}");
    let digest = keyring.keyed_digest(name.as_bytes());
    let name: String = digest.chars().take(12).collect();
    let location = crate::php_commerce::session_location(instance, deployment);
    Ok(SessionStore::at(&location, &name))
}

/// A value of the deployment configuration that must not be printed.
pub(crate) fn secret(
    deployment: &DeploymentConfig,
    path: &str,
) -> Result<Option<SecretString>, ServiceError> {
    Ok(deployment.text(path)?.map(SecretString::from))
}

fn row(row: ConfigurationRow) -> Row {
    Row {
        scope: row.scope,
        scope_id: row.scope_id,
        code: row.scope_code,
        path: row.path,
        value: row.value.map(|value| value.into_bytes().into()),
    }
}
