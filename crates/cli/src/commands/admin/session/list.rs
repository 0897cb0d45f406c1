//! `admin:session:list`.

use crate::commands::format::Format;
use crate::console::columns;
use crate::context::Context;
use crate::failure::Failure;
use jiff::Timestamp;
use service::session::{self, AdminSession};

/// List who is signed in
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Lists the open sessions of Postern's own front door, newest first, in UTC. \
Sessions of PHP Commerce are not among them."
)]
pub struct Arguments {
    /// Only the sessions of this admin username
    #[arg(long, value_name = "USERNAME")]
    user: Option<String>,
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let sessions = session::list_all(&app, arguments.user.as_deref()).await?;
    app.database().close().await;
    if arguments.format == Format::Json {
        return arguments.format.print(&sessions, &context.output);
    }
    if sessions.is_empty() {
        context.output.note("There is no open session.");
        return Ok(());
    }
    let headings = ["Id", "User", "Started", "Last seen", "Address", "Browser"];
    let mut rows = vec![headings.map(str::to_owned)];
    rows.extend(sessions.into_iter().map(row));
    for line in columns(&rows) {
        context.output.result(line);
    }
    Ok(())
}

fn row(session: AdminSession) -> [String; 6] {
    [
        session.id,
        session.username,
        minute(session.started_at),
        minute(session.last_seen_at),
        session.address,
        session.browser.unwrap_or_default(),
    ]
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}
