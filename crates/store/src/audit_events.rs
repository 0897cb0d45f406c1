//! The record of who did what, `postern_audit_event`: only ever appended to.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::audit::Event;
use domain::readiness::Period;

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

/// When the integration was on, by the record of the switches, oldest first.
pub async fn list_integration_periods(
    connection: &mut Connection,
) -> Result<Vec<Period>, DatabaseError> {
    let sql = "SELECT kind, happened_at FROM #postern_audit_event \
               WHERE kind IN ('integration_enabled', 'integration_disabled') ORDER BY id";
    let mut periods: Vec<Period> = Vec::new();
    for row in connection.fetch_all(sql, Vec::new()).await? {
        let at = time::required(&row, 1)?;
        let open = periods.last_mut().filter(|period| period.until.is_none());
        match (row.text(0)?.as_str(), open) {
            ("integration_disabled", Some(period)) => period.until = Some(at),
            // Enabling once more, with another secret say, begins nothing new.
            ("integration_enabled", None) => periods.push(Period {
                from: at,
                until: None,
            }),
            _ => {}
        }
    }
    Ok(periods)
}
