//! What a PHP Commerce that shares the instance leaves behind when somebody signs in with an Adobe
//! ID, and when its `app:config:dump` is run: the rows and files are its own, to the letter.

use crate::browser::Browser;
use crate::cast::Person;
use crate::expectation::Mismatch;
use crate::shop::{Shop, profile};
use commerce::configuration::{ConfigFile, SWITCH_PATHS, Scope};
use commerce::php_array::{self, Key, Value};
use domain::admin::{AdminId, PROVISIONED_ROLE};
use domain::session::Session;
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use service::random;
use std::path::PathBuf;
use store::database::Value as SqlValue;
use store::sessions::{Origin, StoredSession};
use store::{admins, atomic_file, configuration_rows};

/// Somebody who is signed in with an Adobe ID.
pub(crate) struct AdobeVisit {
    /// The token in the PHP session.
    pub(crate) session_token: String,
    /// The token that the web API has checked and kept.
    pub(crate) web_api_token: String,
    /// The id in the cookie of the session at this server.
    pub(crate) session_id: SecretString,
    admin: AdminId,
    session_file: PathBuf,
}

/// `person` comes in with an Adobe ID for the first time: an account, sessions, stored tokens.
pub(crate) async fn sign_in(shop: &Shop, person: &Person) -> Result<AdobeVisit, Mismatch> {
    let admin = provision(shop, person).await?;
    let [session_token, web_api_token] = [token()?, token()?];
    remember_session(shop, admin).await?;
    remember_web_api_token(shop, admin, &web_api_token).await?;
    let session_file = store_session(shop, admin, &session_token)?;
    let session_id = open_session(shop, admin).await?;
    Ok(AdobeVisit {
        session_token,
        web_api_token,
        session_id,
        admin,
        session_file,
    })
}

impl AdobeVisit {
    /// What is left of it: open sessions by PHP Commerce's table, stored tokens, the session file.
    pub(crate) async fn remains(&self, shop: &Shop) -> Result<Vec<&'static str>, Mismatch> {
        let mut connection = shop.app.database().connection().await?;
        let rows = [
            (
                "an open row of admin_user_session",
                "SELECT 1 FROM #admin_user_session WHERE user_id = ? AND status = 1",
            ),
            (
                "a row of admin_adobe_ims_webapi",
                "SELECT 1 FROM #admin_adobe_ims_webapi WHERE admin_user_id = ?",
            ),
        ];
        let mut remains = Vec::new();
        for (name, sql) in rows {
            if connection
                .fetch_optional(sql, vec![self.admin.into()])
                .await?
                .is_some()
            {
                remains.push(name);
            }
        }
        if self.session_file.exists() {
            remains.push("the stored PHP session");
        }
        Ok(remains)
    }
}

/// `app:config:dump`: `adobe_ims/*` is not declared sensitive, so it all goes into `config.php`.
/// And as operators do by hand, the same values go into `env.php`.
pub(crate) async fn dump_configuration(shop: &Shop) -> Result<Vec<String>, Mismatch> {
    let mut connection = shop.app.database().connection().await?;
    let rows = configuration_rows::list(&mut connection).await?;
    drop(connection);
    let values: Vec<(&str, String)> = SWITCH_PATHS
        .into_iter()
        .filter_map(|path| {
            let row = rows.iter().find(|row| row.path == path)?;
            Some((path, row.value.clone()?))
        })
        .collect();
    let modules = Value::Array(vec![(Key::String("Magento_Store".into()), Value::Int(1))]);
    let config = Value::Array(vec![(Key::String("modules".into()), modules)]);
    let instance = shop.app.instance();
    let config_php = instance.path_of(ConfigFile::Config);
    atomic_file::create(&config_php, &php_array::write(&config), 0o640)?;
    for file in [ConfigFile::Config, ConfigFile::Env] {
        let mut php = instance
            .read(file)?
            .ok_or_else(|| Mismatch::new(file.to_string(), "none"))?;
        for (path, value) in &values {
            php.set(
                &Scope::Default.keys_in_file(path),
                &Value::string(value.as_str()),
            )?;
        }
        atomic_file::replace(&instance.path_of(file), php.source())?;
    }
    Ok(values
        .into_iter()
        .map(|(_, value)| value)
        .filter(|value| value.len() > 1)
        .collect())
}

/// The account: a random password that nobody is told, and the role without rights.
async fn provision(shop: &Shop, person: &Person) -> Result<AdminId, Mismatch> {
    let password = SecretString::from(random::text(32, random::ALPHANUMERIC)?);
    let hash = shop.app.hash_password(password).await?;
    let (profile, now) = (profile(person), shop.app.now());
    let mut transaction = shop.app.database().begin().await?;
    let made = admins::create(&mut transaction, &profile, &hash, PROVISIONED_ROLE, now).await?;
    transaction.commit().await?;
    made.ok_or_else(|| Mismatch::new("the role Adobe Ims", "no such role"))
}

async fn remember_session(shop: &Shop, admin: AdminId) -> Result<(), Mismatch> {
    let sql = "INSERT INTO #admin_user_session (user_id, status, ip) VALUES (?, 1, '127.0.0.1')";
    execute(shop, sql, vec![admin.into()]).await
}

async fn remember_web_api_token(shop: &Shop, admin: AdminId, token: &str) -> Result<(), Mismatch> {
    let keyring = shop.app.keyring();
    let sql = "INSERT INTO #admin_adobe_ims_webapi (admin_user_id, access_token_hash, \
               access_token) VALUES (?, ?, ?)";
    let arguments = vec![
        admin.into(),
        keyring.keyed_digest(token.as_bytes()).into(),
        keyring.encrypt(token.as_bytes(), random::bytes()?).into(),
    ];
    execute(shop, sql, arguments).await
}

async fn execute(shop: &Shop, sql: &str, arguments: Vec<SqlValue>) -> Result<(), Mismatch> {
    let mut connection = shop.app.database().connection().await?;
    connection.execute(sql, arguments).await?;
    Ok(())
}

/// The session as PHP's own serializer writes it.
fn store_session(shop: &Shop, admin: AdminId, token: &str) -> Result<PathBuf, Mismatch> {
    let id = random::text(26, b"abcdefghijklmnopqrstuvwxyz0123456789")?;
    let path = shop.root().join("var/session").join(format!("sess_{id}"));
    let session = format!(
        "admin|a:2:{{s:4:\"user\";a:1:{{s:7:\"user_id\";i:{admin};}}\
         s:18:\"adobe_access_token\";s:{}:\"{token}\";}}",
        token.len()
    );
    std::fs::write(&path, session)?;
    Ok(path)
}

/// The session at this server, as signing in there with an Adobe ID leaves it.
async fn open_session(shop: &Shop, admin: AdminId) -> Result<SecretString, Mismatch> {
    let (record, mode) = service::switch::current(&shop.app).await?;
    let now = shop.app.now();
    let session = Session {
        admin,
        mode,
        epoch: record.epoch,
        created_at: now,
        last_seen_at: now,
        ended: None,
    };
    let id = SecretString::from(random::text(43, random::ALPHANUMERIC)?);
    let message = format!("session:{}", id.expose_secret());
    let stored = StoredSession {
        id_hash: shop.app.keyring().keyed_digest(message.as_bytes()),
        session,
        origin: Origin::default(),
    };
    let mut connection = shop.app.database().connection().await?;
    let forget_at = now + SignedDuration::from_hours(24);
    let sessions = shop.app.sessions();
    sessions
        .create(&mut connection, &stored, forget_at, None)
        .await?;
    Ok(id)
}

fn token() -> Result<String, Mismatch> {
    Ok(format!("eyJ{}", random::text(64, random::ALPHANUMERIC)?))
}

/// The name of the session cookie where cookies may travel in plain HTTP.
const SESSION_COOKIE: &str = "postern";

/// Lets a browser be in the session of a visit.
pub(crate) fn enter(browser: &mut Browser, visit: &AdobeVisit) {
    browser.keep_cookie(SESSION_COOKIE, visit.session_id.expose_secret());
}
