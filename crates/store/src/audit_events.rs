//! The record of who did what, `postern_audit_event`: only ever appended to.

use crate::database::{Connection, DatabaseError};
use domain::audit::Event;

/// Appends one event; to be called in the transaction of the change it tells of.
pub async fn append(connection: &mut Connection, event: &Event) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_audit_event (happened_at, kind, actor, detail) \
               VALUES (?, ?, ?, ?)";
    let detail = serde_json::to_string(&event.kind)
        .map_err(|error| DatabaseError::Other(error.to_string()))?;
    let arguments = vec![
        event.at.as_second().into(),
        event.kind.name().into(),
        event.actor.as_str().into(),
        detail.into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}
