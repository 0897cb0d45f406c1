//! Holding the mode for as long as a transaction takes. Whatever the provider vouched for is
//! written within such a transaction: a switch that has returned finds no token, link or account
//! come after it.

use store::database::{Connection, DatabaseError};
use store::sign_in_mode;

/// Keeps the mode as it is until the transaction ends; false where it is not that of `epoch` any
/// more. Must come first in its transaction.
pub(crate) async fn hold(transaction: &mut Connection, epoch: i64) -> Result<bool, DatabaseError> {
    let record = sign_in_mode::hold(transaction).await?;
    Ok(record.is_some_and(|record| record.epoch == epoch))
}
