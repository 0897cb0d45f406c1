//! `admin:identity:list`.

use crate::commands::format::Format;
use crate::console::columns;
use crate::context::Context;
use crate::failure::Failure;
use service::sign_in::identities::{self, AdminIdentity};

/// List which identity at a provider is linked to which admin
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Lists who signs in as whom, those at former providers included, in UTC. An \
identity is linked on the first sign-in, by its verified address, and from then on opens the account \
whatever its address is."
)]
pub struct Arguments {
    /// Only the identities of this admin username
    username: Option<String>,
    /// The output format (txt or json)
    #[arg(long, default_value = "txt")]
    format: Format,
}

/// Runs the command.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let app = context.app().await?;
    let list = identities::list(&app, arguments.username.as_deref()).await?;
    app.database().close().await;
    if arguments.format == Format::Json {
        return arguments.format.print(&list, &context.output);
    }
    if list.is_empty() {
        context.output.note("There is no linked identity.");
        return Ok(());
    }
    let headings = ["User", "Linked", "Provider", "Identity"];
    let mut rows = vec![headings.map(str::to_owned)];
    rows.extend(list.into_iter().map(row));
    for line in columns(&rows) {
        context.output.result(line);
    }
    Ok(())
}

fn row(linked: AdminIdentity) -> [String; 4] {
    [
        linked.username,
        linked.linked_at.strftime("%Y-%m-%d %H:%M").to_string(),
        linked.issuer,
        linked.subject,
    ]
}
