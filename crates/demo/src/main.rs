//! The demo: a throwaway instance, the stand-in for Adobe IMS and the server in one process, to
//! try by hand or, with `--story`, told from beginning to end. It also carries the command line:
//! called by the name `postern`, it is `postern`, so that what it prints to type can be typed.

mod browser;
mod cast;
mod command_line;
mod expectation;
mod front_door;
mod guide;
mod lines;
mod narrator;
mod php_commerce;
mod screen;
mod shop;
mod stage;
mod state;
mod story;
mod traces;

use crate::narrator::Narrator;
use crate::screen::Screen;
use clap::Parser;
use postern::surroundings::Surroundings;
use std::path::Path;
use std::process::ExitCode;

/// A throwaway shop whose single sign-on has just failed, and the way back in.
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
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            narrator.line(&format!("The demo cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let told = if arguments.story {
        runtime.block_on(Box::pin(story::tell(&surroundings, &mut narrator)))
    } else {
        runtime.block_on(Box::pin(guide::lead(&surroundings, &mut narrator)))
    };
    if told.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether the instance's launcher called, by way of the link that [`shop`] made.
fn is_called_postern(surroundings: &Surroundings) -> bool {
    let called = surroundings.arguments.first().map(Path::new);
    called
        .and_then(Path::file_name)
        .is_some_and(|name| name == shop::PROGRAM)
}
