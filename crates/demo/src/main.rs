//! The demo: a throwaway instance, the stand-in for Adobe IMS and the server in one process, to
//! try by hand or, with `--story`, told from beginning to end. It also carries the command line:
//! called by the name `postern`, it is `postern`, so that what it prints to type can be typed.

mod browser;
mod cast;
mod command_line;
mod expectation;
mod front_door;
mod guide;
mod interruption;
mod lines;
mod narrator;
mod php_commerce;
mod screen;
mod shop;
mod stage;
mod state;
mod story;
mod traces;

use crate::interruption::Interruption;
use crate::narrator::{Narrator, Stopped};
use crate::screen::Screen;
use clap::Parser;
use postern::surroundings::Surroundings;
use std::path::Path;
use std::process::ExitCode;

/// A throwaway shop that signs in with Adobe ID until that fails, and the way back in.
#[derive(Parser)]
#[command(name = "postern-demo", version)]
struct Arguments {
    /// Play the whole story, check every step, and exit 0 only if all came out as told
    #[arg(long)]
    story: bool,
}

fn main() -> ExitCode {
    let surroundings = Surroundings::of_this_process();
    if is_called_postern(&surroundings) {
        return ExitCode::from(postern::run());
    }
    let arguments = Arguments::parse_from(&surroundings.arguments);
    let mut narrator = Narrator::new(Screen::standard(&surroundings));
    let told = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(Box::pin(run(&arguments, &surroundings, &mut narrator))),
        Err(error) => Err(cannot_start(&mut narrator, &error)),
    };
    if told.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn run(
    arguments: &Arguments,
    surroundings: &Surroundings,
    narrator: &mut Narrator,
) -> Result<(), Stopped> {
    let interruption = Interruption::listen().map_err(|error| cannot_start(narrator, &error))?;
    if arguments.story {
        story::tell(surroundings, narrator, interruption).await
    } else {
        guide::lead(surroundings, narrator, interruption).await
    }
}

fn cannot_start(narrator: &mut Narrator, error: &std::io::Error) -> Stopped {
    narrator.line(&format!("The demo cannot start: {error}"));
    Stopped
}

/// Whether the instance's launcher called, by way of the link that [`shop`] made.
fn is_called_postern(surroundings: &Surroundings) -> bool {
    let called = surroundings.arguments.first().map(Path::new);
    called
        .and_then(Path::file_name)
        .is_some_and(|name| name == shop::PROGRAM)
}
