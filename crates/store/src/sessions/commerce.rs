//! `admin_user_session`, by which PHP Commerce knows its sessions. PHP makes the rows and reads
//! its own at each request; we only ever end them.

use super::Whose;
use crate::database::{Connection, DatabaseError, Value};
use domain::session::EndReason;

/// Ends sessions of PHP Commerce. Returns how many were open. One of ours is never among them, so
/// "all but this one" means all.
pub async fn end_all(
    connection: &mut Connection,
    whose: Whose<'_>,
    reason: EndReason,
) -> Result<u64, DatabaseError> {
    let sql = "UPDATE #admin_user_session SET status = ? WHERE status = 1";
    let status = status(reason);
    match whose {
        Whose::Of(admin) | Whose::OthersOf(admin, _) => {
            let sql = format!("{sql} AND user_id = ?");
            let arguments = vec![Value::from(status), admin.into()];
            connection.execute(&sql, arguments).await
        }
        Whose::Everybody => connection.execute(sql, vec![status.into()]).await,
    }
}

/// How many sessions PHP Commerce holds open.
pub async fn count(connection: &mut Connection) -> Result<u64, DatabaseError> {
    let sql = "SELECT COUNT(*) FROM #admin_user_session WHERE status = 1";
    let row = connection.fetch_optional(sql, Vec::new()).await?;
    let count = row.ok_or(DatabaseError::Shape { column: 0 })?.integer(0)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The status that makes PHP say something like the reason: 2 "someone logged into this account",
/// 3 "terminated by another user of this account", 0 "your session has been expired".
fn status(reason: EndReason) -> u32 {
    match reason {
        EndReason::SignedInElsewhere => 2,
        EndReason::EndedByOwner => 3,
        EndReason::EndedByOperator
        | EndReason::PasswordChanged
        | EndReason::AccountDisabled
        | EndReason::RevokedByProvider
        | EndReason::ProviderUnreachable
        | EndReason::SignedOutAtProvider
        | EndReason::SecondFactorNeeded
        | EndReason::SecondFactorChanged
        | EndReason::Expired => 0,
    }
}
