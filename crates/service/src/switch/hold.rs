//! Holding the mode for as long as a transaction takes. Whoever signs in is let in within such a
//! transaction. Whatever the provider vouched for is written before a switch away from it, or not
//! at all: a switch that has returned finds no token, link or account come after it. And no
//! password lets anybody in after a switch to the provider, whose trial that would pass.

use domain::sign_in_mode::SignInMode;
use store::database::{Connection, DatabaseError};
use store::sign_in_mode;

/// Keeps the mode as it is until the transaction ends; false where it is not that of `epoch` any
/// more. Must come first in its transaction.
pub(crate) async fn hold(transaction: &mut Connection, epoch: i64) -> Result<bool, DatabaseError> {
    let record = sign_in_mode::hold(transaction).await?;
    Ok(record.is_some_and(|record| record.epoch == epoch))
}

/// Keeps the mode as it is until the transaction ends, and returns its epoch; nothing where the
/// integration was switched on after `seen`, the epoch in which passwords were good. Must come
/// first in its transaction.
pub(crate) async fn hold_for_password(
    transaction: &mut Connection,
    seen: i64,
) -> Result<Option<i64>, DatabaseError> {
    let record = sign_in_mode::hold(transaction).await?;
    // The record of a trial that has failed says so only when somebody has settled it.
    let is_for_passwords = |mode, epoch| mode == SignInMode::Commerce || epoch == seen;
    Ok(record
        .filter(|record| is_for_passwords(record.mode, record.epoch))
        .map(|record| record.epoch))
}
