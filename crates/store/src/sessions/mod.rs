//! Where browser sessions of Postern's own are kept, by the keyed digest of their id: in
//! `postern_session`, or in the Redis or Valkey that `session/save` of `env.php` names. Both keep
//! the same contract (see the tests), and neither knows when a session ends: callers say until when
//! an entry is kept. PHP Commerce's sessions are in [`commerce`].
//!
//! What changes sessions and must be written down runs on a [`Change`]: in the database one
//! transaction does both; in Redis the sessions come first, and the transaction is begun after them.

mod change;
pub mod commerce;
mod redis;
mod sql;

use crate::database::{Connection, Database, DatabaseError};
use crate::php_sessions::Location;
pub use change::Change;
use domain::admin::AdminId;
use domain::session::{EndReason, Session};
use jiff::Timestamp;

/// Where sessions are kept. Cheap to clone.
#[derive(Clone, Debug)]
pub enum SessionStore {
    /// The table `postern_session` of the instance's database.
    Sql,
    /// A Redis or Valkey server.
    Redis(redis::RedisSessions),
}

/// Why the store did not answer.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The database did not.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The session server did not.
    #[error(
        "the sessions cannot be reached: {0}; see whether the server runs, and whether session/redis \
         in app/etc/env.php leads to it"
    )]
    Unreachable(String),
    /// The session server answered what nobody of ours wrote.
    #[error("the session server answered something unexpected: {0}")]
    Unexpected(String),
}

/// Where a session was opened from, for its owner to recognise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Address of the browser.
    pub ip: String,
    /// Its `User-Agent`, shortened to 255 characters.
    pub user_agent: String,
}

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// The keyed digest of its id.
    pub id_hash: String,
    /// The session.
    pub session: Session,
    /// Where it was opened from.
    pub origin: Origin,
}

/// A number of admin sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionCount {
    /// Postern's own.
    pub own: u64,
    /// Rows of `admin_user_session` that PHP Commerce held open.
    pub commerce: u64,
}

/// Which sessions are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// One admin's.
    Of(AdminId),
    /// One admin's but the one with this digest.
    OthersOf(AdminId, &'a str),
    /// Everybody's.
    Everybody,
}

impl SessionStore {
    /// The store for an instance whose PHP sessions are at `location`. `instance` is a word that
    /// no other instance has: several may share one Redis.
    pub fn at(location: &Location, instance: &str) -> Self {
        match location {
            Location::Redis(server) => {
                Self::Redis(redis::RedisSessions::new(server.server().clone(), instance))
            }
            Location::Files(_) | Location::Database | Location::Elsewhere(_) => Self::Sql,
        }
    }

    /// Begins what changes sessions and is to be written down.
    pub async fn begin(&self, database: &Database) -> Result<Change, DatabaseError> {
        match self {
            Self::Sql => Ok(Change::InTransaction(database.begin().await?)),
            Self::Redis(_) => Ok(Change::BeforeTransaction(database.connection().await?)),
        }
    }

    /// Keeps a new session, until `forget_at` unless it is used. Where a reason is given, the
    /// admin's others are ended with it in the same step, so that of several who open at once one
    /// stays. Returns how many were.
    pub async fn create(
        &self,
        connection: &mut Connection,
        stored: &StoredSession,
        forget_at: Timestamp,
        end_others: Option<EndReason>,
    ) -> Result<u64, SessionError> {
        match self {
            Self::Sql => Ok(sql::create(connection, stored, forget_at, end_others).await?),
            Self::Redis(redis) => redis.create(stored, forget_at, end_others).await,
        }
    }

    /// The session under a digest, ended or not.
    pub async fn find(
        &self,
        connection: &mut Connection,
        id_hash: &str,
    ) -> Result<Option<StoredSession>, SessionError> {
        match self {
            Self::Sql => Ok(sql::find(connection, id_hash).await?),
            Self::Redis(redis) => redis.find(id_hash).await,
        }
    }

    /// Notes that a session was used. One that was ended meanwhile stays so.
    pub async fn touch(
        &self,
        connection: &mut Connection,
        id_hash: &str,
        now: Timestamp,
        forget_at: Timestamp,
    ) -> Result<(), SessionError> {
        match self {
            Self::Sql => Ok(sql::touch(connection, id_hash, now, forget_at).await?),
            Self::Redis(redis) => redis.touch(id_hash, now, forget_at).await,
        }
    }

    /// Puts a session that is not ended under another digest. Returns false where it is gone from
    /// the old one, so that of several callers only one wins.
    pub async fn rotate(
        &self,
        connection: &mut Connection,
        old: &str,
        new: &str,
    ) -> Result<bool, SessionError> {
        match self {
            Self::Sql => Ok(sql::rotate(connection, old, new).await?),
            Self::Redis(redis) => redis.rotate(old, new).await,
        }
    }

    /// Ends a session and remembers why. Returns false where it was over already.
    pub async fn end(
        &self,
        connection: &mut Connection,
        id_hash: &str,
        reason: EndReason,
    ) -> Result<bool, SessionError> {
        match self {
            Self::Sql => Ok(sql::end(connection, id_hash, reason).await?),
            Self::Redis(redis) => redis.end(id_hash, reason).await,
        }
    }

    /// Ends several sessions and remembers why. Returns how many were not over yet.
    pub async fn end_all(
        &self,
        connection: &mut Connection,
        whose: Whose<'_>,
        reason: EndReason,
    ) -> Result<u64, SessionError> {
        match self {
            Self::Sql => Ok(sql::end_all(connection, whose, reason).await?),
            Self::Redis(redis) => redis.end_all(whose, reason).await,
        }
    }

    /// Removes a session, whose browser is told nothing any more. Returns false where it was gone,
    /// so that of several callers only one wins.
    pub async fn delete(
        &self,
        connection: &mut Connection,
        id_hash: &str,
    ) -> Result<bool, SessionError> {
        match self {
            Self::Sql => Ok(sql::delete(connection, id_hash).await?),
            Self::Redis(redis) => redis.delete(id_hash).await,
        }
    }

    /// The sessions that nobody has ended, newest first; expired ones and those of earlier epochs
    /// may be among them.
    pub async fn list(
        &self,
        connection: &mut Connection,
        whose: Whose<'_>,
    ) -> Result<Vec<StoredSession>, SessionError> {
        let mut list = match self {
            Self::Sql => sql::list(connection, whose).await?,
            Self::Redis(redis) => redis.list(whose).await?,
        };
        list.sort_by(|one, other| {
            let key = |stored: &StoredSession| (stored.session.created_at, stored.id_hash.clone());
            key(other).cmp(&key(one))
        });
        Ok(list)
    }

    /// Forgets at most `limit` sessions that are kept no longer. Returns how many there were.
    pub async fn forget(
        &self,
        connection: &mut Connection,
        now: Timestamp,
        limit: u32,
    ) -> Result<u64, SessionError> {
        match self {
            Self::Sql => Ok(sql::forget(connection, now, limit).await?),
            Self::Redis(redis) => redis.forget(now, limit).await,
        }
    }

    /// Removes every session within the transaction of a switch. Those in Redis are void by their
    /// epoch from its commit on, and a switch must not depend on Redis: see
    /// [`Self::delete_earlier`].
    pub async fn delete_all_in(&self, connection: &mut Connection) -> Result<u64, DatabaseError> {
        sql::delete_all(connection).await
    }

    /// Removes what a switch left outside the database: sessions of epochs before `epoch`.
    /// Returns how many there were.
    pub async fn delete_earlier(&self, epoch: i64) -> Result<u64, SessionError> {
        match self {
            Self::Sql => Ok(0),
            Self::Redis(redis) => redis.delete_earlier(epoch).await,
        }
    }

    /// How many sessions are kept that nobody has ended.
    pub async fn count(&self, connection: &mut Connection) -> Result<u64, SessionError> {
        match self {
            Self::Sql => Ok(sql::count(connection).await?),
            Self::Redis(redis) => Ok(redis.list(Whose::Everybody).await?.len() as u64),
        }
    }

    /// How reports name the place.
    pub fn name(&self) -> String {
        match self {
            Self::Sql => "postern_session".to_owned(),
            Self::Redis(redis) => redis.name(),
        }
    }
}

#[cfg(test)]
mod tests;
