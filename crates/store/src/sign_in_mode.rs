//! The authority row of the switch, `postern_sign_in_mode`.

use crate::database::{Connection, Database, DatabaseError, Row};
use crate::time;
use domain::sign_in_mode::{ModeRecord, SignInMode};

const COLUMNS: &str = "mode, epoch, changed_at, changed_by, trial_until, cleanup_pending";

/// The record, or nothing where the instance was never adopted.
pub async fn find(connection: &mut Connection) -> Result<Option<ModeRecord>, DatabaseError> {
    read(connection, "").await
}

/// The record, locked until the transaction ends. Where another switch holds it the answer is
/// [`DatabaseError::Busy`] at once.
pub async fn lock(connection: &mut Connection) -> Result<Option<ModeRecord>, DatabaseError> {
    let suffix = connection.dialect().for_update_no_wait();
    read(connection, suffix).await
}

/// The record, locked until the transaction ends, after whoever holds it: what is written for one
/// mode is written before a switch away from it, or not at all. Must come first in its transaction:
/// a switch takes this lock before any other, and what a transaction has read before may be older.
pub async fn hold(connection: &mut Connection) -> Result<Option<ModeRecord>, DatabaseError> {
    let suffix = connection.dialect().for_update();
    read(connection, suffix).await
}

async fn read(
    connection: &mut Connection,
    suffix: &str,
) -> Result<Option<ModeRecord>, DatabaseError> {
    let sql = format!("SELECT {COLUMNS} FROM #postern_sign_in_mode WHERE id = 1{suffix}");
    connection
        .fetch_optional(&sql, Vec::new())
        .await?
        .map(|row| record(&row))
        .transpose()
}

fn record(row: &Row) -> Result<ModeRecord, DatabaseError> {
    Ok(ModeRecord {
        mode: SignInMode::from_code(&row.text(0)?).ok_or(DatabaseError::Shape { column: 0 })?,
        epoch: row.integer(1)?,
        changed_at: time::required(row, 2)?,
        changed_by: row.text(3)?,
        trial_until: time::optional(row, 4)?,
        cleanup_pending: row.integer(5)? != 0,
    })
}

/// Writes the first record of an instance; one that is there already stays.
pub async fn create(connection: &mut Connection, record: &ModeRecord) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_sign_in_mode (id, mode, epoch, changed_at, changed_by, \
               trial_until, cleanup_pending) VALUES (1, ?, ?, ?, ?, ?, ?)";
    match connection.execute(sql, values(record)).await {
        Ok(_) | Err(DatabaseError::Duplicate) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Replaces the record that has epoch `previous_epoch`. Returns false where another switch came
/// first.
pub async fn replace(
    connection: &mut Connection,
    record: &ModeRecord,
    previous_epoch: i64,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_sign_in_mode SET mode = ?, epoch = ?, changed_at = ?, \
               changed_by = ?, trial_until = ?, cleanup_pending = ? WHERE id = 1 AND epoch = ?";
    let mut arguments = values(record);
    arguments.push(previous_epoch.into());
    Ok(connection.execute(sql, arguments).await? == 1)
}

fn values(record: &ModeRecord) -> Vec<crate::database::Value> {
    vec![
        record.mode.code().into(),
        record.epoch.into(),
        record.changed_at.as_second().into(),
        record.changed_by.as_str().into(),
        record.trial_until.map(jiff::Timestamp::as_second).into(),
        record.cleanup_pending.into(),
    ]
}

/// Notes that files, PHP sessions and caches have followed the switch of `epoch`. The disk is not
/// waited for: losing this note costs only a repetition of work that does nothing the second time.
pub async fn finish_cleanup(database: &Database, epoch: i64) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_sign_in_mode SET cleanup_pending = 0 WHERE id = 1 AND epoch = ?";
    database.execute_unsynced(sql, vec![epoch.into()]).await
}

/// Notes that the trial of `epoch` passed.
pub async fn end_trial(connection: &mut Connection, epoch: i64) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_sign_in_mode SET trial_until = NULL \
               WHERE id = 1 AND epoch = ? AND trial_until IS NOT NULL";
    Ok(connection.execute(sql, vec![epoch.into()]).await? == 1)
}
