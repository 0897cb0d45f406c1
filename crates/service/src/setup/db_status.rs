//! What the database holds against what is needed: `setup:db:status`. Reads only.

use crate::error::ServiceError;
use store::database::Database;
use store::schema::{self, SchemaReport, TableState};

/// Compares.
pub async fn db_status(database: &Database) -> Result<SchemaReport, ServiceError> {
    let mut connection = database.connection().await?;
    Ok(schema::check(&mut connection).await?)
}

/// What Commerce's tables lack, each named.
pub fn missing_of_commerce(report: &SchemaReport) -> Vec<String> {
    report
        .commerce
        .iter()
        .filter_map(|table| match &table.state {
            TableState::Missing => Some(format!("table {}", table.name)),
            TableState::LacksColumns(columns) => {
                Some(format!("columns {} of {}", columns.join(", "), table.name))
            }
            TableState::Present | TableState::NotInstalled => None,
        })
        .collect()
}
