//! What a PHP Commerce that shares the instance leaves behind: an account that an import left
//! incomplete, tokens of somebody's Adobe ID in places of its own, and what its `app:config:dump`
//! copies. The rows and files are its own, to the letter.

use crate::cast::Person;
use crate::expectation::Mismatch;
use crate::shop::Shop;
use commerce::configuration::{ConfigFile, SWITCH_PATHS, Scope};
use commerce::php_array::Value;
use domain::admin::AdminId;
use service::random;
use std::path::PathBuf;
use store::database::Value as SqlValue;
use store::{admins, atomic_file, configuration_rows};

/// Somebody who uses the PHP Commerce with an Adobe ID.
pub(crate) struct AdobeVisit {
    /// The token in the PHP session.
    pub(crate) session_token: String,
    /// The token that its web API has checked and kept.
    pub(crate) web_api_token: String,
    admin: AdminId,
    session_file: PathBuf,
}

/// `person` goes on there, as whom Postern has let in: a session, and stored tokens.
pub(crate) async fn visit(shop: &Shop, person: &Person) -> Result<AdobeVisit, Mismatch> {
    let mut connection = shop.app.database().connection().await?;
    let admin = admins::find_by_username(&mut connection, person.username).await?;
    drop(connection);
    let admin = admin.ok_or_else(|| Mismatch::new(person.username, "no such account"))?;
    let [session_token, web_api_token] = [token()?, token()?];
    remember_session(shop, admin.id).await?;
    remember_web_api_token(shop, admin.id, &web_api_token).await?;
    let session_file = store_session(shop, admin.id, &session_token)?;
    Ok(AdobeVisit {
        session_token,
        web_api_token,
        admin: admin.id,
        session_file,
    })
}

/// An import that knew no last names has made the account of `person`.
pub(crate) async fn forget_last_name(shop: &Shop, person: &Person) -> Result<(), Mismatch> {
    let sql = "UPDATE #admin_user SET lastname = NULL WHERE username = ?";
    execute(shop, sql, vec![person.username.into()]).await
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
    let instance = shop.app.instance();
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

fn token() -> Result<String, Mismatch> {
    Ok(format!("eyJ{}", random::text(64, random::ALPHANUMERIC)?))
}
