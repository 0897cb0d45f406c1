//! `setup:db:status`.

use crate::console::{InitializationOption, Style, Text};
use crate::context::Context;
use crate::failure::Failure;
use service::setup::db_status;

/// Checks if DB schema or data requires upgrade
#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    _initialization: InitializationOption,
}

/// Runs the command. Exit code 1 says that `setup:upgrade` is needed.
pub async fn run(_: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.open(1).await?;
    let report = db_status::db_status(app.database()).await?;
    app.database().close().await;
    let missing = db_status::missing_of_commerce(&report);
    for what in &missing {
        context
            .output
            .result(format!("Missing in Commerce's tables: {what}"));
    }
    let pending = &report.missing_migrations;
    if !pending.is_empty() {
        context.output.result(format!(
            "Postern's tables: {} to be added or changed",
            pending.len()
        ));
    }
    let lost: Vec<_> = match pending.is_empty() {
        true => report.lost().collect(),
        false => Vec::new(),
    };
    for name in &lost {
        context
            .output
            .result(format!("Missing in Postern's tables: table {name}"));
    }
    if missing.is_empty() && pending.is_empty() && lost.is_empty() {
        context
            .output
            .result(Text::new().styled(Style::Info, "All modules are up to date."));
        return Ok(());
    }
    Err(Failure::Refused(if missing.is_empty() {
        "Run 'setup:upgrade' to update your DB schema and data.".to_owned()
    } else {
        "The database is not one of Commerce's, or of a version that is not known: see \
         db/connection/default/dbname and db/table_prefix in app/etc/env.php."
            .to_owned()
    }))
}
