//! One connection for all requests of a process, made when it is first needed and again after it
//! was lost. Everything ends within the server's patience, waiting for others included, so that a
//! server that is down costs a request two seconds at most.

use crate::redis_server::RedisServer;
use crate::sessions::SessionError;
use redis::aio::MultiplexedConnection;
use redis::{Cmd, FromRedisValue, RedisError};
use tokio::sync::Mutex;

#[derive(Debug)]
pub(super) struct Link {
    server: RedisServer,
    connection: Mutex<Option<Numbered>>,
}

/// A connection, and which one in a row it is.
#[derive(Clone)]
struct Numbered {
    number: u64,
    connection: MultiplexedConnection,
}

impl std::fmt::Debug for Numbered {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Numbered({})", self.number)
    }
}

impl Link {
    pub(super) fn new(server: RedisServer) -> Self {
        Self {
            server,
            connection: Mutex::new(None),
        }
    }

    pub(super) fn name(&self) -> String {
        self.server.name()
    }

    /// The answer to a command. One that fails on a connection of before is sent once more on a new
    /// one: the server may have been restarted meanwhile, or be no longer the master.
    pub(super) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, SessionError> {
        let asked = tokio::time::timeout(self.server.patience(), async {
            let (used, is_new) = self.connection(0).await?;
            let number = used.number;
            match self.send(used, command).await {
                Err(error) if !is_new && !error.is_timeout() => {
                    let (fresh, _) = self.connection(number).await?;
                    self.send(fresh, command).await
                }
                answered => answered,
            }
        });
        match asked.await {
            Ok(answered) => answered.map_err(|error| self.unreachable(&error)),
            Err(_) => {
                let why = format!("no answer in time ({})", self.server.name());
                Err(SessionError::Unreachable(why))
            }
        }
    }

    /// The connection, and whether it was made just now. Where it is still the one `lost`, or one
    /// before that, it is replaced.
    async fn connection(&self, lost: u64) -> Result<(Numbered, bool), RedisError> {
        let mut held = self.connection.lock().await;
        let last = held.as_ref().map_or(0, |held| held.number).max(lost);
        if let Some(held) = held.as_ref().filter(|held| held.number > lost) {
            return Ok((held.clone(), false));
        }
        let made = Numbered {
            number: last + 1,
            connection: self.server.connect().await?,
        };
        *held = Some(made.clone());
        Ok((made, true))
    }

    async fn send<T: FromRedisValue>(
        &self,
        mut used: Numbered,
        command: &Cmd,
    ) -> Result<T, RedisError> {
        command.query_async(&mut used.connection).await
    }

    fn unreachable(&self, error: &RedisError) -> SessionError {
        SessionError::Unreachable(format!("{error} ({})", self.server.name()))
    }
}
