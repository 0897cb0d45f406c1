//! From `db/connection/default` of `env.php` to a database.

use crate::error::ServiceError;
use commerce::configuration::DeploymentConfig;
use commerce::php_array::Value;
use secrecy::SecretString;
use std::path::{Path, PathBuf};
use store::database::{MySqlAddress, MySqlSettings, Settings};

/// PDO's numbers of its TLS options.
const TLS_KEY: &str = "1007";
const TLS_CERTIFICATE: &str = "1008";
const TLS_AUTHORITY: &str = "1009";
const TLS_VERIFY: &str = "1014";

/// Which database the instance has. `root` is its folder.
pub fn settings(deployment: &DeploymentConfig, root: &Path) -> Result<Settings, ServiceError> {
    let text = |key: &str| deployment.text(&format!("db/connection/default/{key}"));
    let required = |key: &str| -> Result<String, ServiceError> {
        text(key)?.filter(|value| !value.is_empty()).ok_or_else(|| {
            ServiceError::Refused(format!(
                "app/etc/env.php has no db/connection/default/{key}: put it there, as the database \
                 has it"
            ))
        })
    };
    let prefix = deployment.text("db/table_prefix")?.unwrap_or_default();
    if !prefix
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        return Err(ServiceError::Refused(
            "app/etc/env.php cannot be used: db/table_prefix may hold letters, digits and \
             underscores only; correct it"
                .to_owned(),
        ));
    }
    let database = required("dbname")?;
    if text("model")?.as_deref() == Some("sqlite") {
        return Ok(Settings::Sqlite {
            file: root.join(database),
            prefix,
        });
    }
    let option = |number: &str| -> Result<Option<PathBuf>, ServiceError> {
        let value = text(&format!("driver_options/{number}"))?;
        Ok(value.filter(|path| !path.is_empty()).map(PathBuf::from))
    };
    let verify = deployment.get(&format!(
        "db/connection/default/driver_options/{TLS_VERIFY}"
    ))?;
    Ok(Settings::MySql(MySqlSettings {
        address: MySqlAddress::parse(&required("host")?),
        database,
        username: text("username")?.unwrap_or_default(),
        password: SecretString::from(text("password")?.unwrap_or_default()),
        prefix,
        tls_authority: option(TLS_AUTHORITY)?,
        tls_client: option(TLS_CERTIFICATE)?.zip(option(TLS_KEY)?),
        tls_verify: verify.is_some_and(|found| Value::is_truthy(&found.value)),
    }))
}
