//! `admin:session:end`.

use crate::console::UsageError;
use crate::context::Context;
use crate::failure::Failure;
use service::session::{self, Selection};

/// End sessions of admins
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Ends the sessions with these ids (see admin:session:list), or those of one admin, \
or all of them. Their browsers are told that the operator did it. With --user and --all the \
sessions of PHP Commerce end as well."
)]
pub struct Arguments {
    /// The ids of the sessions
    ids: Vec<String>,
    /// End all sessions of this admin username
    #[arg(long, value_name = "USERNAME")]
    user: Option<String>,
    /// End all sessions of everybody
    #[arg(long)]
    all: bool,
}

/// Runs the command. Where one of the ids is unknown, none is ended.
pub async fn run(arguments: Arguments, context: &Context) -> Result<(), Failure> {
    let selection = selection(arguments)?;
    let app = context.app().await?;
    let ended = session::end_selected(&app, &selection).await?;
    app.database().close().await;
    let output = &context.output;
    output.result(sentence(ended.own, "session"));
    if ended.commerce > 0 {
        output.result(sentence(ended.commerce, "session of PHP Commerce"));
    }
    Ok(())
}

fn selection(arguments: Arguments) -> Result<Selection, UsageError> {
    match (arguments.ids, arguments.user, arguments.all) {
        (ids, None, false) if !ids.is_empty() => Ok(Selection::Ids(ids)),
        (ids, Some(user), false) if ids.is_empty() => Ok(Selection::User(user)),
        (ids, None, true) if ids.is_empty() => Ok(Selection::All),
        _ => Err(UsageError::new(
            "Name either ids, or --user, or --all, and only one of these.",
        )),
    }
}

fn sentence(count: u64, what: &str) -> String {
    let (count, what) = match count {
        0 => ("No".to_owned(), what.to_owned()),
        1 => ("1".to_owned(), what.to_owned()),
        more => (more.to_string(), what.replacen("session", "sessions", 1)),
    };
    format!("{count} {what} ended.")
}
