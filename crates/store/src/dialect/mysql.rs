//! MySQL 8, MariaDB and what speaks their protocol.

use crate::database::{DatabaseError, MySqlAddress, MySqlSettings};
use secrecy::ExposeSecret;
use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlPoolOptions, MySqlSslMode};
use sqlx::{ConnectOptions, MySqlPool};
use std::time::Duration;

/// A server that does not answer in this time counts as unreachable.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

pub(crate) async fn open(
    settings: &MySqlSettings,
    connections: u32,
) -> Result<MySqlPool, DatabaseError> {
    let mut options = MySqlConnectOptions::new()
        .database(&settings.database)
        .username(&settings.username);
    // To the driver an empty password is a password, which servers refuse where none is set.
    if !settings.password.expose_secret().is_empty() {
        options = options.password(settings.password.expose_secret());
    }
    options = match &settings.address {
        MySqlAddress::Host { host, port } => options.host(host).port(*port),
        MySqlAddress::Socket(path) => options.socket(path),
    };
    options = match (&settings.tls_authority, settings.tls_verify) {
        (Some(file), true) => options.ssl_mode(MySqlSslMode::VerifyIdentity).ssl_ca(file),
        (Some(file), false) => options.ssl_mode(MySqlSslMode::VerifyCa).ssl_ca(file),
        (None, _) => options.ssl_mode(MySqlSslMode::Preferred),
    };
    if let Some((certificate, key)) = &settings.tls_client {
        options = options.ssl_client_cert(certificate).ssl_client_key(key);
    }
    let refused = |why: String| DatabaseError::Unreachable(format!("{why} ({})", settings.address));
    // A pool tries again until its time is up, and then knows no reason; one attempt knows it.
    match tokio::time::timeout(CONNECT_TIMEOUT, options.connect()).await {
        Ok(Ok(probe)) => sqlx::Connection::close(probe).await?,
        Ok(Err(sqlx::Error::Io(why))) => return Err(refused(why.to_string())),
        Ok(Err(other)) => return Err(other.into()),
        Err(_) => {
            return Err(refused(format!(
                "no answer in {} s",
                CONNECT_TIMEOUT.as_secs()
            )));
        }
    }
    Ok(MySqlPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(CONNECT_TIMEOUT)
        .connect_with(options)
        .await?)
}

/// Error numbers as the MySQL and MariaDB manuals list them.
pub(crate) fn classify(error: &dyn sqlx::error::DatabaseError) -> Option<DatabaseError> {
    let error = error.try_downcast_ref::<MySqlDatabaseError>()?;
    Some(match error.number() {
        1142 | 1143 | 1227 | 1290 | 1792 | 1836 => DatabaseError::ReadOnly,
        1045 | 1698 => DatabaseError::AccessDenied,
        1044 | 1049 => DatabaseError::NoSuchDatabase,
        1054 | 1146 => DatabaseError::MissingTable(error.message().to_owned()),
        1062 => DatabaseError::Duplicate,
        1021 | 1114 => DatabaseError::DiskFull,
        // 1205: lock wait timeout (what NOWAIT gives on MariaDB); 3572: NOWAIT on MySQL 8.
        1205 | 1213 | 3572 => DatabaseError::Busy,
        1040 | 1053 | 1129 | 1130 | 1203 | 1226 => {
            DatabaseError::Unreachable(error.message().to_owned())
        }
        _ => return None,
    })
}
