//! Sentinels, who know which of several servers is the master just now. They are asked anew for every
//! connection, and can be behind: where it is wished for, the server itself must say that it is.

use super::{PATIENCE, RedisServer, open};
use redis::aio::MultiplexedConnection;
use redis::{ConnectionAddr, ErrorKind, RedisError, RedisResult};
use secrecy::SecretString;
use std::time::Duration;

/// How long a server may need to become what its sentinels already call it, each time it is asked.
const PROMOTION: Duration = Duration::from_millis(100);

#[derive(Clone, Debug)]
pub(super) struct Sentinels {
    /// What they call the group of servers.
    pub(super) master: String,
    pub(super) addresses: Vec<ConnectionAddr>,
    pub(super) password: Option<SecretString>,
    /// How often a server that is not the master is looked for again; without it none is asked.
    pub(super) verification: Option<u32>,
}

impl Sentinels {
    /// A connection to the master, as `server` is to be spoken to.
    pub(super) async fn connect(&self, server: &RedisServer) -> RedisResult<MultiplexedConnection> {
        let mut connection = server.connect_to(self.master_address().await?).await?;
        let Some(retries) = self.verification else {
            return Ok(connection);
        };
        for _ in 0..retries {
            if is_master(&mut connection).await? {
                return Ok(connection);
            }
            tokio::time::sleep(PROMOTION).await;
            connection = server.connect_to(self.master_address().await?).await?;
        }
        match is_master(&mut connection).await? {
            true => Ok(connection),
            false => Err((
                ErrorKind::Server(redis::ServerErrorKind::ReadOnly),
                "the server that the sentinels name is not the master",
            )
                .into()),
        }
    }

    /// Asks one after another; the first that knows the master is believed. One that is silent leaves
    /// time for the others.
    async fn master_address(&self) -> RedisResult<ConnectionAddr> {
        let shares = u32::try_from(self.addresses.len()).map_or(u32::MAX, |count| count + 1);
        let mut last = RedisError::from((ErrorKind::EmptySentinelList, "no sentinel is named"));
        for sentinel in &self.addresses {
            let asked = tokio::time::timeout(PATIENCE / shares, self.ask(sentinel));
            last = match asked.await {
                Ok(Ok(Some((host, port)))) => return Ok(ConnectionAddr::Tcp(host, port)),
                Ok(Ok(None)) => (
                    ErrorKind::MasterNameNotFoundBySentinel,
                    "the sentinel does not know this master",
                )
                    .into(),
                Ok(Err(error)) => error,
                Err(_) => (ErrorKind::Io, "no sentinel answered in time").into(),
            };
        }
        Err(last)
    }

    async fn ask(&self, sentinel: &ConnectionAddr) -> RedisResult<Option<(String, u16)>> {
        let mut connection = open(sentinel.clone(), 0, None, self.password.as_ref()).await?;
        redis::cmd("SENTINEL")
            .arg("get-master-addr-by-name")
            .arg(&self.master)
            .query_async(&mut connection)
            .await
    }
}

/// `ROLE` answers with a list that begins with a word.
async fn is_master(connection: &mut MultiplexedConnection) -> RedisResult<bool> {
    let answer: Vec<redis::Value> = redis::cmd("ROLE").query_async(connection).await?;
    let role = answer.into_iter().next().unwrap_or(redis::Value::Nil);
    Ok(redis::from_redis_value::<String>(role)? == "master")
}
