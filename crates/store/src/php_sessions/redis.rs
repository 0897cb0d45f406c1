//! Sessions in Redis, as `Cm\RedisSession` keeps them: hash `sess_<id>` with the session in `data`,
//! possibly compressed.
//!
//! A session is removed only in the state in which it was looked at (`WATCH`). A request that
//! holds the session meanwhile writes it again at its end, whether it is there or not; so callers
//! search once more until nothing is found.

use super::{Found, Removal, Search, is_adobe, tokens_in};
use crate::not_searched::{Gaps, NotSearched};
use crate::redis_server::{RedisServer, Scan, is_lost};
use commerce::redis_session::{self, DATA_FIELD, KEY_PREFIX};
use redis::aio::MultiplexedConnection;
use redis::{RedisResult, Value};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

/// How often a removal is tried again while requests keep touching the session.
const ATTEMPTS: u32 = 10;

/// A Redis database in which PHP keeps sessions.
#[derive(Clone, Debug)]
pub struct SessionServer {
    server: RedisServer,
}

impl SessionServer {
    pub(crate) fn new(server: RedisServer) -> Self {
        Self { server }
    }

    /// The server itself.
    pub(crate) fn server(&self) -> &RedisServer {
        &self.server
    }

    /// How reports name it: address and database number.
    pub fn name(&self) -> String {
        self.server.name()
    }

    pub(super) async fn find_adobe(&self) -> Search {
        let mut search = Search::default();
        let (mut gaps, mut unreadable) = (Gaps::default(), Gaps::default());
        let walked = self
            .for_each_session(&mut gaps, &mut |key, data| {
                search.searched += 1;
                match tokens_in(data) {
                    Ok(Some(tokens)) => search.found.push(Found {
                        id: SecretString::from(key),
                        tokens,
                    }),
                    Ok(None) => {}
                    Err(error) => unreadable.add(error),
                }
            })
            .await;
        search.not_searched = self.gaps(gaps, walked);
        let unreadable = unreadable.in_place(&self.name(), "sessions");
        search.not_searched.extend(unreadable);
        search
    }

    pub(super) async fn remove(&self, found: &Found) -> Removal {
        match self.try_remove(found.id.expose_secret()).await {
            Ok(removal) => removal,
            Err(error) => Removal::Failed {
                why: error.to_string(),
            },
        }
    }

    pub(super) async fn for_each_entry(
        &self,
        visit: &mut (dyn FnMut(&str, &[u8]) + Send),
    ) -> Vec<NotSearched> {
        let mut gaps = Gaps::default();
        let place = self.name();
        let walked = self
            .for_each_session(&mut gaps, &mut |_, data| visit(&place, data))
            .await;
        self.gaps(gaps, walked)
    }

    async fn for_each_session(
        &self,
        gaps: &mut Gaps,
        visit: &mut (dyn FnMut(&str, &[u8]) + Send),
    ) -> RedisResult<()> {
        let mut connection = self.server.connect().await?;
        let mut scan = Scan::new(format!("{KEY_PREFIX}*"));
        while let Some(keys) = scan.next(&mut connection).await? {
            for key in keys {
                let Ok(key) = String::from_utf8(key) else {
                    gaps.add("its name is no text");
                    continue;
                };
                match read(&key, &mut connection).await {
                    Ok(None) => {}
                    Ok(Some(stored)) => match redis_session::decode(&stored) {
                        Ok(data) => visit(&key, &data),
                        Err(why) => gaps.add(why),
                    },
                    Err(error) if is_lost(&error) => return Err(error),
                    Err(error) => gaps.add(error),
                }
            }
        }
        Ok(())
    }

    async fn try_remove(&self, key: &str) -> RedisResult<Removal> {
        let mut connection = self.server.connect().await?;
        for _ in 0..ATTEMPTS {
            let stored = watch(key, &mut connection).await?;
            let session = stored.and_then(|stored| redis_session::decode(&stored).ok());
            if !session.is_some_and(|session| is_adobe(&session)) {
                return Ok(Removal::NothingToRemove);
            }
            if delete_watched(key, &mut connection).await? {
                return Ok(Removal::Removed);
            }
        }
        Ok(Removal::Failed {
            why: "requests keep writing this session".to_owned(),
        })
    }

    fn gaps(&self, gaps: Gaps, walked: RedisResult<()>) -> Vec<NotSearched> {
        let mut not_searched = gaps.in_place(&self.name(), "sessions");
        not_searched.extend(
            walked
                .err()
                .map(|error| NotSearched::new(self.name(), error)),
        );
        not_searched
    }
}

/// Reads a session such that [`delete_watched`] on the same connection knows of any change since.
async fn watch(
    key: &str,
    connection: &mut MultiplexedConnection,
) -> RedisResult<Option<Zeroizing<Vec<u8>>>> {
    redis::cmd("WATCH")
        .arg(key)
        .query_async::<()>(connection)
        .await?;
    read(key, connection).await
}

/// Deletes a watched session unless somebody touched it; returns whether it did.
async fn delete_watched(key: &str, connection: &mut MultiplexedConnection) -> RedisResult<bool> {
    let result: Value = redis::pipe()
        .atomic()
        .cmd("DEL")
        .arg(key)
        .query_async(connection)
        .await?;
    Ok(result != Value::Nil)
}

async fn read(
    key: &str,
    connection: &mut MultiplexedConnection,
) -> RedisResult<Option<Zeroizing<Vec<u8>>>> {
    let data: Option<Vec<u8>> = redis::cmd("HGET")
        .arg(key)
        .arg(DATA_FIELD)
        .query_async(connection)
        .await?;
    Ok(data.map(Zeroizing::new))
}

#[cfg(test)]
mod tests;
