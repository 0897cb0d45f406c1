//! Connections to one SQLite file, as many at a time as were asked for, opened when first needed.
//! The engine lets one write at a time. Writers of this process line up for that here, without a
//! connection: those who only read find one free, and nobody is overtaken again and again, as
//! SQLite's own waiting would let it happen.

use super::connect;
use crate::database::DatabaseError;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a free connection, or the turn to write, is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The connections; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    file: PathBuf,
    permits: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Pool {
    /// Opens `file` with at most `connections`; the first is opened at once.
    pub(crate) fn open(file: &Path, connections: u32) -> Result<Self, DatabaseError> {
        let first = connect(file)?;
        Ok(Self {
            file: file.to_owned(),
            permits: Arc::new(Semaphore::new(connections.max(1) as usize)),
            turns: Arc::new(Semaphore::new(1)),
            idle: Arc::new(Mutex::new(vec![first])),
        })
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// A connection, when one is free.
    pub(crate) async fn acquire(&self) -> Result<Guard, DatabaseError> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        let unavailable = || {
            DatabaseError::Unreachable("no connection to the file became free in time".to_owned())
        };
        let permit = match tokio::time::timeout(PATIENCE, permit).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) | Err(_) => return Err(unavailable()),
        };
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.file)?,
        };
        Ok(Guard {
            connection: Some(connection),
            pool: self.clone(),
            _permit: permit,
            turn: None,
        })
    }

    /// A connection with the turn to write, until it is given back.
    pub(crate) async fn acquire_to_write(&self) -> Result<Guard, DatabaseError> {
        let turn = self.turn().await?;
        let mut guard = self.acquire().await?;
        guard.turn = Some(turn);
        Ok(guard)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, DatabaseError> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(DatabaseError::Busy),
        }
    }

    /// Closes every idle connection, and those in use as soon as they are given back.
    pub(crate) fn close(&self) {
        self.permits.close();
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn give_back(&self, connection: Connection) {
        if !self.permits.is_closed() {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
    }
}

/// A connection in use. Dropped within a transaction it rolls that back.
#[derive(Debug)]
pub(crate) struct Guard {
    connection: Option<Connection>,
    pool: Pool,
    _permit: OwnedSemaphorePermit,
    turn: Option<OwnedSemaphorePermit>,
}

impl Guard {
    pub(crate) fn connection(&self) -> Result<&Connection, DatabaseError> {
        let gone = || DatabaseError::Other("the connection was given back".to_owned());
        self.connection.as_ref().ok_or_else(gone)
    }

    /// The turn for a statement that may write; nothing where the connection has it already.
    pub(crate) async fn turn(&mut self) -> Result<Option<OwnedSemaphorePermit>, DatabaseError> {
        match self.turn {
            Some(_) => Ok(None),
            None => self.pool.turn().await.map(Some),
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        // One that cannot even roll back is closed instead, which does so as well.
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            self.pool.give_back(connection);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::sqlite::create;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn who_only_reads_finds_a_connection_while_writers_wait_for_their_turn() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.sqlite");
        create(&file).unwrap();
        let pool = Pool::open(&file, 2).unwrap();
        let writing = pool.acquire_to_write().await.unwrap();
        let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(pool.acquire_to_write())).collect();
        for writer in &mut waiting {
            assert!(writer.now_or_never().is_none(), "two write at once");
        }
        let mut reading = pool.acquire().await.unwrap();
        assert!(reading.turn().now_or_never().is_none());
        drop((writing, waiting));
        assert!(reading.turn().await.unwrap().is_some());
    }
}
