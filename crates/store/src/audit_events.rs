//! The record of who did what, `postern_audit_event`: only ever appended to.

use crate::database::{Connection, DatabaseError, Row};
use crate::time;
use domain::admin::AdminId;
use domain::audit::Event;
use domain::readiness::{History, Period};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;

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

/// What the record tells of where passwords come from.
pub async fn history(connection: &mut Connection) -> Result<History, DatabaseError> {
    Ok(History {
        periods: list_integration_periods(connection).await?,
        by_operator: list_passwords_by_operator(connection).await?,
    })
}

/// When the integration was on, by the record of the switches, oldest first.
async fn list_integration_periods(
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

/// Who has signed in at the provider after the integration was last switched on, by the order of the
/// events and not by anybody's clock.
pub async fn list_sign_ins_after_switch(
    connection: &mut Connection,
) -> Result<Vec<AdminId>, DatabaseError> {
    let sql = "SELECT detail FROM #postern_audit_event WHERE kind = 'signed_in' AND id > \
               (SELECT MAX(id) FROM #postern_audit_event WHERE kind = 'integration_enabled')";
    let rows = connection.fetch_all(sql, Vec::new()).await?;
    let mut list = Vec::new();
    for row in rows {
        let detail = detail(&row)?;
        if detail.get("door").and_then(Value::as_str) == Some("provider") {
            list.extend(admin(&detail));
        }
    }
    Ok(list)
}

/// When the operator last gave whom a password from the command line.
async fn list_passwords_by_operator(
    connection: &mut Connection,
) -> Result<HashMap<AdminId, Timestamp>, DatabaseError> {
    let sql = "SELECT detail, happened_at FROM #postern_audit_event \
               WHERE kind = 'admin_saved' ORDER BY id";
    let mut latest = HashMap::new();
    for row in connection.fetch_all(sql, Vec::new()).await? {
        if let Some(admin) = admin(&detail(&row)?) {
            latest.insert(admin, time::required(&row, 1)?);
        }
    }
    Ok(latest)
}

fn detail(row: &Row) -> Result<Value, DatabaseError> {
    // Somebody may have scrubbed it: what is told of the past must not keep the switch from working.
    Ok(serde_json::from_str(&row.text(0)?).unwrap_or_default())
}

fn admin(detail: &Value) -> Option<AdminId> {
    AdminId::try_from(detail["admin"].as_u64()?).ok()
}
