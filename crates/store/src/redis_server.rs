//! A Redis or Valkey server as PHP Commerce's configuration names one: directly, by a socket, or
//! through Sentinel. Everything here ends: connecting and each answer take two seconds at most,
//! since a server that is down must never hold up the switch.

mod address;
mod scan;
mod sentinel;

pub(crate) use scan::{Scan, escape_pattern};

use address::parse_address;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, ConnectionAddr, IntoConnectionInfo, RedisError, RedisResult};
use secrecy::{ExposeSecret as _, SecretString};
use sentinel::Sentinels;
use std::time::Duration;

/// The longest wait for a connection, and for each answer.
pub const PATIENCE: Duration = Duration::from_secs(2);
const DEFAULT_PORT: u16 = 6379;
const DEFAULT_SENTINEL_PORT: u16 = 26379;

/// Where a server is and how to sign in to it.
#[derive(Clone, Debug)]
pub struct RedisServer {
    location: Location,
    /// Number of the database within the server.
    database: i64,
    username: Option<String>,
    password: Option<SecretString>,
    patience: Duration,
}

#[derive(Clone, Debug)]
enum Location {
    Direct(ConnectionAddr),
    Behind(Sentinels),
}

impl RedisServer {
    /// A server by its address: `host`, `tcp://host:port`, `tls://host`, or the path of a socket.
    /// A port in the address wins over `port`; without either it is 6379.
    pub fn direct(address: &str, port: Option<u16>) -> Self {
        Self::at(Location::Direct(parse_address(
            address,
            port.unwrap_or(DEFAULT_PORT),
        )))
    }

    /// The server that the sentinels at `addresses` (separated by commas) call `master`.
    pub fn behind_sentinel(addresses: &str, master: &str, password: Option<SecretString>) -> Self {
        let addresses = addresses
            .split(',')
            .map(str::trim)
            .filter(|address| !address.is_empty())
            .map(|address| parse_address(address, DEFAULT_SENTINEL_PORT))
            .collect();
        Self::at(Location::Behind(Sentinels {
            master: master.to_owned(),
            addresses,
            password,
            verification: None,
        }))
    }

    /// The same server, which must itself say that it is the master; where it does not, it is looked
    /// for again, so many times at most. Without sentinels this is nothing.
    #[must_use]
    pub fn with_verified_master(mut self, retries: u32) -> Self {
        if let Location::Behind(sentinels) = &mut self.location {
            sentinels.verification = Some(retries);
        }
        self
    }

    fn at(location: Location) -> Self {
        Self {
            location,
            database: 0,
            username: None,
            password: None,
            patience: PATIENCE,
        }
    }

    /// The same server, given up after `patience` where that is shorter than [`PATIENCE`].
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience.min(PATIENCE);
        self
    }

    /// The longest wait for the server.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    /// The same server with another database number; 0 unless this is called.
    #[must_use]
    pub fn with_database(mut self, database: i64) -> Self {
        self.database = database;
        self
    }

    /// The same server, signing in with these.
    #[must_use]
    pub fn with_credentials(
        mut self,
        username: Option<String>,
        password: Option<SecretString>,
    ) -> Self {
        self.username = username;
        self.password = password;
        self
    }

    /// How reports name it: address and database number, nothing secret.
    pub fn name(&self) -> String {
        match &self.location {
            Location::Direct(address) => format!("Redis {address} database {}", self.database),
            Location::Behind(Sentinels { master, .. }) => {
                format!("Redis {master} (sentinel) database {}", self.database)
            }
        }
    }

    /// A connection of its own, so that `WATCH` on it is nobody else's.
    pub(crate) async fn connect(&self) -> RedisResult<MultiplexedConnection> {
        match &self.location {
            Location::Direct(address) => self.connect_to(address.clone()).await,
            Location::Behind(sentinels) => sentinels.connect(self).await,
        }
    }

    async fn connect_to(&self, address: ConnectionAddr) -> RedisResult<MultiplexedConnection> {
        let username = self.username.as_deref();
        open(address, self.database, username, self.password.as_ref()).await
    }
}

async fn open(
    address: ConnectionAddr,
    database: i64,
    username: Option<&str>,
    password: Option<&SecretString>,
) -> RedisResult<MultiplexedConnection> {
    let info = address.into_connection_info()?;
    let mut settings = info.redis_settings().clone().set_db(database);
    if let Some(username) = username {
        settings = settings.set_username(username);
    }
    if let Some(password) = password {
        settings = settings.set_password(password.expose_secret());
    }
    let limits = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    redis::Client::open(info.set_redis_settings(settings))?
        .get_multiplexed_async_connection_with_config(&limits)
        .await
}

/// Whether the server is lost, rather than one key not what it should be.
pub(crate) fn is_lost(error: &RedisError) -> bool {
    error.is_timeout() || error.is_unrecoverable_error()
}

#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
