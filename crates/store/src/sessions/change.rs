//! A change of sessions that is written down. On SQLite a transaction holds the one lock for
//! writing, and a server must not be waited for meanwhile: who waits for the lock could be the very
//! thread that the answer needs.

use crate::database::{Connection, Database, DatabaseError, Transaction};
use std::ops::{Deref, DerefMut};

/// What the operations on sessions run on.
pub enum Change {
    /// Sessions are rows: they change with everything else, or not at all.
    InTransaction(Transaction),
    /// Sessions are elsewhere: what is done to them stands, and the transaction follows.
    BeforeTransaction(Connection),
}

impl Change {
    /// The transaction for everything else, once the sessions are as they should be.
    pub async fn transaction(self, database: &Database) -> Result<Transaction, DatabaseError> {
        match self {
            Self::InTransaction(transaction) => Ok(transaction),
            Self::BeforeTransaction(connection) => {
                drop(connection);
                database.begin().await
            }
        }
    }
}

impl Deref for Change {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Self::InTransaction(transaction) => transaction,
            Self::BeforeTransaction(connection) => connection,
        }
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Connection {
        match self {
            Self::InTransaction(transaction) => transaction,
            Self::BeforeTransaction(connection) => connection,
        }
    }
}
