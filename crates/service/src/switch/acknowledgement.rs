//! Waiting until no server can honour what the switch has ended.
//!
//! A server trusts its knowledge of the mode for [`LEASE`], counted from before it asked. So once
//! every server seen lately has noted the new epoch, or a lease has passed since the commit,
//! nobody acts on the old mode any more, be it for a lost connection or a stopped process.

use super::receipt::NodeNotice;
use std::time::{Duration, Instant};
use store::database::{Database, DatabaseError};
use store::nodes;

/// How long a server may trust what it last read.
pub const LEASE: Duration = Duration::from_secs(1);

/// How often the nodes are asked for; each question is one small query.
const POLL: Duration = Duration::from_millis(15);

/// Returns when every live node knows `epoch`, or a lease after `committed`. Where the nodes cannot
/// be asked, that is no reason to return early: their leases run out all the same.
pub(super) async fn wait(database: &Database, epoch: i64, committed: Instant) -> Vec<NodeNotice> {
    match ask(database, epoch, committed).await {
        Ok(nodes) => nodes,
        Err(error) => {
            tracing::warn!(%error, "the servers could not be asked whether they know of the switch");
            tokio::time::sleep(LEASE.saturating_sub(committed.elapsed())).await;
            Vec::new()
        }
    }
}

async fn ask(
    database: &Database,
    epoch: i64,
    committed: Instant,
) -> Result<Vec<NodeNotice>, DatabaseError> {
    let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let mut connection = database.connection().await?;
    loop {
        let nodes = nodes::list_seen_within(&mut connection, lease).await?;
        let all_know = nodes.iter().all(|node| node.acknowledged_epoch >= epoch);
        if all_know || committed.elapsed() >= LEASE {
            return Ok(nodes
                .into_iter()
                .map(|node| NodeNotice {
                    acknowledged: node.acknowledged_epoch >= epoch,
                    name: node.name,
                })
                .collect());
        }
        tokio::time::sleep(POLL).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::database::Settings;

    #[tokio::test]
    async fn a_database_that_is_gone_is_no_reason_to_return_before_the_lease_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("commerce.sqlite");
        Database::create_sqlite(&file).await.unwrap();
        let settings = Settings::Sqlite {
            file,
            prefix: String::new(),
        };
        let database = Database::open(&settings, 1).await.unwrap();
        database.close().await;
        let committed = Instant::now();
        assert!(wait(&database, 2, committed).await.is_empty());
        assert!(committed.elapsed() >= LEASE);
    }
}
