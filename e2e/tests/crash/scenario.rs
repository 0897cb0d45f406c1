//! One command on one engine, tried with many faults.

use crate::checks::{self, Tried};
use crate::points::{Selection, choose};
use crate::states::state;
use e2e::dump::Dump;
use e2e::php::Settings;
use e2e::program;
use e2e::shop::{Engine, GIVEN, Sessions, Shop, Start};
use e2e::tracer::{self, Call, End, Fault, Injection};
use std::io::Write as _;
use std::time::Instant;

/// Which command is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Enable,
    Disable,
}

/// Everything that one try needs.
pub(crate) struct Scenario {
    pub(crate) command: Command,
    pub(crate) engine: Engine,
    pub(crate) shop: Shop,
    pub(crate) arguments: Vec<String>,
    /// The database as it is, and as an undisturbed run leaves it.
    pub(crate) before: Dump,
    pub(crate) after: Dump,
}

impl Scenario {
    /// Makes the instance and sees what an undisturbed run does.
    fn prepare(command: Command, engine: Engine) -> (Self, Vec<Call>) {
        let start = match command {
            Command::Enable => Start::Commerce,
            Command::Disable => Start::AdobeIms,
        };
        let mut shop = Shop::make(engine, start, Sessions::Files);
        let arguments = match command {
            Command::Enable => shop.enable(),
            Command::Disable => shop.disable(),
        };
        let before = state(&mut shop);
        let trace = tracer::run(program::path(), &arguments, None);
        assert_eq!(trace.end, End::Exited(0), "{}", trace.stderr);
        let after = state(&mut shop);
        assert_ne!(before, after);
        (
            Self {
                command,
                engine,
                shop,
                arguments,
                before,
                after,
            },
            trace.calls,
        )
    }

    /// What PHP is to find once the command has been carried out, or before it was.
    pub(crate) fn expected_view(&self, is_on: bool) -> Option<Settings> {
        let credentials = GIVEN.values().map(|value| Some(value.to_owned()));
        is_on.then_some(Settings { is_on, credentials })
    }
}

/// Tries every fault of the selection and tells of all that went wrong.
pub(crate) fn try_all(command: Command, engine: Engine, selection: Selection) {
    let begun = Instant::now();
    let (mut scenario, calls) = Scenario::prepare(command, engine);
    let mut tried = 0;
    let mut wrong = Vec::new();
    let mut attempt = |injection: Injection| -> bool {
        let outcome = checks::after_fault(&mut scenario, injection);
        let label = injection
            .at
            .checked_sub(1)
            .and_then(|index| calls.get(index));
        let label = label.map_or_else(String::new, ToString::to_string);
        match outcome {
            Ok(Tried::Injected) => tried += 1,
            Ok(Tried::NotReached) => return false,
            Err(why) => {
                tried += 1;
                wrong.push(format!(
                    "{:?} at call {} ({label}): {why}",
                    injection.fault, injection.at
                ));
            }
        }
        true
    };
    let chosen = choose(&calls, selection);
    for injection in chosen {
        attempt(injection);
    }
    // No two runs are quite alike: where this one makes more calls, those are tried too.
    let mut at = calls.len() + 1;
    while attempt(Injection {
        fault: Fault::Kill,
        at,
    }) {
        at += 1;
    }
    let told = format!(
        "{command:?} on {engine:?}: {tried} faults at {} calls that write, {} s\n",
        calls.len(),
        begun.elapsed().as_secs()
    );
    // Past the capturing of output, so that the number is always seen.
    let _ = std::io::stderr().write_all(told.as_bytes());
    assert!(
        wrong.is_empty(),
        "{} of {tried} went wrong:\n\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}
