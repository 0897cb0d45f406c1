//! What a PHP Commerce that shares the instance keeps for itself: stored sessions and caches, in
//! the places that `env.php` names.

use crate::app::{self, App};
use crate::error::ServiceError;
use commerce::configuration::DeploymentConfig;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use store::database::{Connection, DatabaseError};
use store::instance::Instance;
use store::not_searched::NotSearched;
use store::php_cache::{Cache, Frontend};
use store::php_sessions::{Found, Location, Removal};

/// How often stored sessions are looked through: a PHP request that is under way writes its session
/// back when it ends, even after it was removed from Redis.
const PASSES: usize = 3;

/// Stored PHP sessions.
pub struct PhpSessions {
    location: Location,
    /// Whether `env.php` names a folder for files, or keeps sessions elsewhere.
    is_named: bool,
    app: App,
}

impl App {
    /// The stored PHP sessions of the instance.
    pub fn php_sessions(&self) -> Result<PhpSessions, ServiceError> {
        Ok(self.sessions_by(&*self.deployment()?))
    }

    /// The stored PHP sessions and the cache front end that holds everything but pages, by one
    /// reading of the files.
    pub fn php_sessions_and_cache(&self) -> Result<(PhpSessions, Cache), ServiceError> {
        let deployment = self.deployment()?;
        let cache = self.cache_by(&deployment, Frontend::Default);
        Ok((self.sessions_by(&deployment), cache))
    }

    /// The cache front end that holds everything but pages.
    pub fn php_cache(&self) -> Result<Cache, ServiceError> {
        self.cache_of(Frontend::Default)
    }

    /// A cache front end.
    pub fn cache_of(&self, frontend: Frontend) -> Result<Cache, ServiceError> {
        Ok(self.cache_by(&*self.deployment()?, frontend))
    }

    fn sessions_by(&self, deployment: &DeploymentConfig) -> PhpSessions {
        let location = session_location(self.instance(), deployment);
        let is_named = !matches!(location, Location::Files(_))
            || values(deployment, "session")("save_path").is_some();
        PhpSessions {
            location,
            is_named,
            app: self.clone(),
        }
    }

    fn cache_by(&self, deployment: &DeploymentConfig, frontend: Frontend) -> Cache {
        let values = values(deployment, frontend.settings_path());
        Cache::from_values(self.instance().root(), frontend, &values)
    }
}

/// Where `env.php` has PHP keep sessions.
pub(crate) fn session_location(instance: &Instance, deployment: &DeploymentConfig) -> Location {
    Location::from_values(instance.root(), &values(deployment, "session"))
}

/// A look-up of values below `section`; what cannot be read counts as not set, as a cache or
/// session setting must not keep anybody from switching.
fn values(
    deployment: &DeploymentConfig,
    section: &'static str,
) -> impl Fn(&str) -> Option<SecretString> {
    move |path| {
        app::secret(deployment, &format!("{section}/{path}"))
            .ok()
            .flatten()
    }
}

impl PhpSessions {
    /// Ends those with an Adobe token that are kept in the database, within a transaction.
    /// Returns the tokens of those that are gone; what a request writes meanwhile is left to
    /// [`Self::end_stored`].
    pub async fn end_stored_in(
        &self,
        connection: &mut Connection,
    ) -> Result<Vec<SecretString>, DatabaseError> {
        if !matches!(self.location, Location::Database) {
            return Ok(Vec::new());
        }
        let mut removed = Vec::new();
        for session in self.location.find_adobe(connection).await?.found {
            if self.location.remove(&session, connection).await? == Removal::Removed {
                removed.push(session);
            }
        }
        Ok(tokens(&removed))
    }

    /// Ends those with an Adobe token, wherever they are kept. Returns their tokens, and what
    /// could not be done and is worth another attempt.
    pub async fn end_stored(&self) -> Result<(Vec<SecretString>, Vec<String>), DatabaseError> {
        if matches!(self.location, Location::Elsewhere(_)) {
            return Ok((Vec::new(), Vec::new()));
        }
        let mut connection = self.app.database().connection().await?;
        let mut found = Vec::new();
        for _ in 0..PASSES {
            let search = self.location.find_adobe(&mut connection).await?;
            let mut failures: Vec<String> = search.not_searched.iter().map(not_searched).collect();
            for session in &search.found {
                let removal = self.location.remove(session, &mut connection).await?;
                if let Removal::Failed { why } = removal {
                    failures.push(format!(
                        "a PHP session with an Adobe token is still there: {why}"
                    ));
                }
            }
            found.extend(tokens(&search.found));
            if search.found.is_empty() || !failures.is_empty() {
                return Ok((found, failures));
            }
        }
        Ok((found, Vec::new()))
    }

    /// How many hold an Adobe token.
    pub async fn count(&self) -> Result<u64, DatabaseError> {
        let mut connection = self.app.database().connection().await?;
        Ok(self.location.find_adobe(&mut connection).await?.found.len() as u64)
    }

    /// Whether php.ini may have a PHP Commerce keep sessions in a folder that nobody here knows of.
    /// With an embedded database there is no PHP Commerce.
    pub fn may_be_where_php_has_them(&self) -> bool {
        !self.is_named && self.app.database().is_server()
    }

    /// Where they are.
    pub fn location(&self) -> &Location {
        &self.location
    }
}

fn not_searched(gap: &NotSearched) -> String {
    format!(
        "PHP sessions in {} were not looked into: {}",
        gap.place, gap.why
    )
}

fn tokens(sessions: &[Found]) -> Vec<SecretString> {
    sessions
        .iter()
        .flat_map(|session| {
            let tokens = session.tokens();
            [&tokens.access, &tokens.reauthentication]
                .into_iter()
                .flatten()
        })
        .filter_map(text)
        .collect()
}

/// A token is ASCII; anything else is none that Adobe would know.
fn text(token: &SecretSlice<u8>) -> Option<SecretString> {
    std::str::from_utf8(token.expose_secret())
        .ok()
        .map(SecretString::from)
}
