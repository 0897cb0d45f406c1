//! PHP Commerce's stored sessions: finding and ending those that hold an Adobe token.
//!
//! Only such sessions are ever removed. Customers' sessions and admins' who signed in with a
//! password stay as they are, byte for byte. A session id is as good as a password, so ids are
//! secrets here. Where the sessions are is told by `env.php`; see `location`.

mod database;
mod files;
mod location;
mod redis;

pub use files::SessionFolder;
pub use location::Location;
pub use redis::SessionServer;

use crate::database::{Connection, DatabaseError};
use crate::not_searched::NotSearched;
use commerce::php_session::{AdobeTokens, UnreadableSession, adobe_tokens};
use secrecy::SecretString;

/// A stored session that holds an Adobe token.
#[derive(Debug)]
pub struct Found {
    /// What the place knows the session by: file name, Redis key or row id.
    id: SecretString,
    tokens: AdobeTokens,
}

impl Found {
    /// The Adobe tokens within, in clear; for revoking them and for searching for them.
    pub fn tokens(&self) -> &AdobeTokens {
        &self.tokens
    }
}

/// The Adobe tokens of a session's data, or nothing where it has none.
fn tokens_in(data: &[u8]) -> Result<Option<AdobeTokens>, UnreadableSession> {
    adobe_tokens(data).map(|tokens| tokens.is_any().then_some(tokens))
}

/// Whether a session is certainly one to remove.
fn is_adobe(data: &[u8]) -> bool {
    tokens_in(data).is_ok_and(|tokens| tokens.is_some())
}

/// What a search for sessions came to.
#[derive(Debug, Default)]
pub struct Search {
    /// The sessions that hold an Adobe token.
    pub found: Vec<Found>,
    /// How many stored sessions were looked into, of whatever kind.
    pub searched: u64,
    /// What could not be looked into.
    pub not_searched: Vec<NotSearched>,
}

/// What became of a session that was to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It is removed.
    Removed,
    /// It was gone already, or holds no Adobe token any more and so was left alone.
    NothingToRemove,
    /// It is still there.
    Failed {
        /// The reason, one lower-case clause.
        why: String,
    },
}

impl Location {
    /// All stored sessions that hold an Adobe token. `connection` is used only where sessions are
    /// in the database, and may be within a transaction.
    pub async fn find_adobe(&self, connection: &mut Connection) -> Result<Search, DatabaseError> {
        match self {
            Self::Files(folder) => Ok(folder.find_adobe()),
            Self::Redis(server) => Ok(server.find_adobe().await),
            Self::Database => database::find_adobe(connection).await,
            Self::Elsewhere(gap) => Ok(Search {
                not_searched: vec![gap.clone()],
                ..Search::default()
            }),
        }
    }

    /// Removes a session that [`Self::find_adobe`] found, if it still holds an Adobe token.
    pub async fn remove(
        &self,
        found: &Found,
        connection: &mut Connection,
    ) -> Result<Removal, DatabaseError> {
        match self {
            Self::Files(folder) => Ok(folder.remove(found)),
            Self::Redis(server) => Ok(server.remove(found).await),
            Self::Database => database::remove(found, connection).await,
            Self::Elsewhere(_) => Ok(Removal::NothingToRemove),
        }
    }

    /// Hands the content of every stored session to `visit`: its place (without the session's id)
    /// and its bytes, decompressed. Returns what could not be read. Sessions in the database are
    /// not visited, since whoever searches the database's tables has seen them.
    pub async fn for_each_entry(
        &self,
        visit: &mut (dyn FnMut(&str, &[u8]) + Send),
    ) -> Vec<NotSearched> {
        match self {
            Self::Files(folder) => folder.for_each_entry(visit),
            Self::Redis(server) => server.for_each_entry(visit).await,
            Self::Database => Vec::new(),
            Self::Elsewhere(gap) => vec![gap.clone()],
        }
    }
}

#[cfg(test)]
mod testing;
