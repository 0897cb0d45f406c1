//! Servers that are up, and which epoch each of them knows. All times are the database's own, so
//! that the nodes' clocks do not matter.

use crate::database::{Connection, DatabaseError};

/// A server that was seen lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Host name and process id, for an operator to recognise.
    pub name: String,
    /// How long ago it renewed its lease, in milliseconds.
    pub age_milliseconds: i64,
    /// The last epoch it has taken notice of.
    pub acknowledged_epoch: i64,
}

/// Notes that the node `id` is up and knows `epoch`.
pub async fn renew(
    connection: &mut Connection,
    id: &str,
    name: &str,
    epoch: i64,
) -> Result<(), DatabaseError> {
    let now = connection.dialect().now_milliseconds();
    let update =
        format!("UPDATE #postern_node SET seen_at = {now}, acknowledged_epoch = ? WHERE id = ?");
    if connection
        .execute(&update, vec![epoch.into(), id.into()])
        .await?
        == 0
    {
        let insert = format!(
            "INSERT INTO #postern_node (id, name, seen_at, acknowledged_epoch) \
             VALUES (?, ?, {now}, ?)"
        );
        connection
            .execute(&insert, vec![id.into(), name.into(), epoch.into()])
            .await?;
        // Nodes that never came back from a restart under this id.
        let forget = format!("DELETE FROM #postern_node WHERE seen_at < {now} - 86400000");
        connection.execute(&forget, Vec::new()).await?;
    }
    Ok(())
}

/// Takes the node off the list when it stops.
pub async fn delete(connection: &mut Connection, id: &str) -> Result<(), DatabaseError> {
    connection
        .execute("DELETE FROM #postern_node WHERE id = ?", vec![id.into()])
        .await
        .map(|_| ())
}

/// The nodes seen within the last `milliseconds`.
pub async fn list_seen_within(
    connection: &mut Connection,
    milliseconds: i64,
) -> Result<Vec<Node>, DatabaseError> {
    let now = connection.dialect().now_milliseconds();
    let sql = format!(
        "SELECT name, {now} - seen_at, acknowledged_epoch FROM #postern_node \
         WHERE {now} - seen_at <= ? ORDER BY name"
    );
    connection
        .fetch_all(&sql, vec![milliseconds.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(Node {
                name: row.text(0)?,
                age_milliseconds: row.integer(1)?,
                acknowledged_epoch: row.integer(2)?,
            })
        })
        .collect()
}
