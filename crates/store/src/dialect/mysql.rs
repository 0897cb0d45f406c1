//! MySQL 8, MariaDB and what speaks their protocol.

use crate::database::{DatabaseError, MySqlAddress, MySqlSettings, Row, Value};
use futures_util::TryStreamExt;
use secrecy::ExposeSecret;
use sqlx::mysql::{
    MySqlConnectOptions, MySqlConnection, MySqlDatabaseError, MySqlPoolOptions, MySqlRow,
    MySqlSslMode,
};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, MySql, MySqlPool, Row as _, SqlSafeStr, TypeInfo,
    ValueRef,
};
use std::ops::ControlFlow;
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
    // A statement that waits for somebody else is no news to who typed a command.
    let options = options.disable_statement_logging();
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

/// Runs a statement and returns how many rows it matched.
pub(crate) async fn execute(
    connection: &mut MySqlConnection,
    sql: String,
    arguments: Vec<Value>,
) -> Result<u64, DatabaseError> {
    let query = arguments.into_iter().fold(sqlx::query(vouched(sql)), bind);
    Ok(query.execute(connection).await?.rows_affected())
}

/// Runs several statements without arguments.
pub(crate) async fn execute_script(
    connection: &mut MySqlConnection,
    sql: String,
) -> Result<(), DatabaseError> {
    sqlx::raw_sql(vouched(sql)).execute(connection).await?;
    Ok(())
}

/// Hands each row of a result to `visit` until that has seen enough.
pub(crate) async fn for_each(
    connection: &mut MySqlConnection,
    sql: String,
    arguments: Vec<Value>,
    mut visit: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), DatabaseError> {
    let query = arguments.into_iter().fold(sqlx::query(vouched(sql)), bind);
    let mut rows = query.fetch(connection);
    while let Some(row) = rows.try_next().await? {
        if visit(read(&row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// All SQL is written in this crate, values are bound, and the table prefix was validated when the
/// instance was opened.
fn vouched(sql: String) -> sqlx::SqlStr {
    AssertSqlSafe(sql).into_sql_str()
}

type Query<'q> = sqlx::query::Query<'q, MySql, sqlx::mysql::MySqlArguments>;

fn bind<'q>(query: Query<'q>, mut value: Value) -> Query<'q> {
    match &mut value {
        Value::Null => query.bind(None::<i64>),
        Value::Integer(number) => query.bind(*number),
        Value::Real(number) => query.bind(*number),
        Value::Bytes(bytes) => match String::from_utf8(std::mem::take(bytes)) {
            Ok(text) => query.bind(text),
            Err(error) => query.bind(error.into_bytes()),
        },
    }
}

fn read(row: &MySqlRow) -> Result<Row, DatabaseError> {
    let values = (0..row.len()).map(|column| {
        if row.try_get_raw(column)?.is_null() {
            return Ok(Value::Null);
        }
        Ok(match row.column(column).type_info().name() {
            "FLOAT" | "DOUBLE" => Value::Real(row.try_get_unchecked(column)?),
            name if name.contains("INT") && name.ends_with("UNSIGNED") => {
                let number: u64 = row.try_get_unchecked(column)?;
                let number = i64::try_from(number);
                Value::Integer(number.map_err(|_| DatabaseError::Shape { column })?)
            }
            name if name.contains("INT") || name == "BOOLEAN" => {
                Value::Integer(row.try_get_unchecked(column)?)
            }
            _ => Value::Bytes(row.try_get_unchecked::<Vec<u8>, _>(column)?),
        })
    });
    values.collect::<Result<_, DatabaseError>>().map(Row::new)
}

/// Error numbers as the MySQL and MariaDB manuals list them.
pub(crate) fn classify(error: &dyn sqlx::error::DatabaseError) -> Option<DatabaseError> {
    let error = error.try_downcast_ref::<MySqlDatabaseError>()?;
    Some(match error.number() {
        1142 | 1143 | 1227 | 1290 | 1792 | 1836 | 3989 => DatabaseError::ReadOnly,
        1045 | 1698 => DatabaseError::AccessDenied,
        1044 | 1049 => DatabaseError::NoSuchDatabase,
        1054 | 1146 => DatabaseError::MissingTable(error.message().to_owned()),
        1062 => DatabaseError::Duplicate,
        1021 | 1114 => DatabaseError::DiskFull,
        // 1205: lock wait timeout (what NOWAIT gives on MariaDB); 3572: NOWAIT on MySQL 8.
        1205 | 1213 | 3572 => DatabaseError::Busy,
        // The server is there, but lets nobody in, or no longer; it says why.
        1040 | 1053 | 1129 | 1130 | 1203 | 1226 | 3032 | 4031 => unreachable(error),
        // An account that is locked, has to change its password, or may not do without TLS.
        1820 | 1862 | 3118 | 3159 | 4151 => unreachable(error),
        _ => return None,
    })
}

fn unreachable(error: &MySqlDatabaseError) -> DatabaseError {
    DatabaseError::Unreachable(error.message().trim_end_matches('.').to_owned())
}
