//! What must hold after a fault, whatever it was and wherever it befell the command.

use crate::scenario::{Command, Scenario};
use crate::sign_in;
use crate::states::{Side, settled, side, state};
use e2e::dump::difference;
use e2e::program::Run;
use e2e::residue;
use e2e::shop::{Engine, GIVEN, STALE, STALE_PROVIDER, TOKENS};
use e2e::tracer::{self, End, Injection, Place, Trace};
use e2e::{php::Settings, program};
use std::path::Path;

/// Whether a fault was met.
pub(crate) enum Tried {
    /// It was, and everything held.
    Injected,
    /// The command made fewer calls than that.
    NotReached,
}

/// What the command says where the mode has changed and something was left that it could not remove:
/// a stored session of Adobe's, or what rows that are deleted held, in a database file on a disk that
/// fails. Nobody honours it any more, and whoever comes next removes it.
const LEFT: [&str; 2] = ["is still there", "deleted rows may still stand in"];

/// What the name of a file has that is being written beside the one that it will replace.
const TEMPORARY: &str = ".postern-";

/// The one place that the product cannot look into, and says so: a server's own files.
const ONLY_THE_OPERATOR: &str = "only the operator of the server can look there";

type Checked<T = ()> = Result<T, String>;

/// Lets the fault befall the command, and checks everything that must hold then.
pub(crate) fn after_fault(scenario: &mut Scenario, injection: Injection) -> Checked<Tried> {
    scenario.shop.restore();
    let trace = tracer::run(program::path(), &scenario.arguments, Some(injection));
    scenario.shop.wait_for_the_database();
    if !trace.injected {
        return Ok(Tried::NotReached);
    }
    let now = state(&mut scenario.shop);
    let side = side(&scenario.before, &scenario.after, &now)
        .map_err(|why| format!("{why}\n{}", trace.stderr))?;
    let is_on = (side == Side::After) == (scenario.command == Command::Enable);
    is_answer_clear(scenario, &trace, injection, side)?;
    let place = scenario.shop.place_to_look();
    signs_in(scenario, &place, is_on)?;
    let is_left = LEFT.iter().any(|told| trace.stderr.contains(told));
    if trace.end == End::Exited(0) && !is_left {
        is_complete(scenario, is_on)?;
    }
    // On the server there is no copy to look at: every other time the second run is the first to
    // see what the fault left.
    if scenario.engine == Engine::Sqlite || injection.at.is_multiple_of(2) {
        a_further_command_brings_agreement(scenario, &place, is_on)?;
    }
    completes(scenario, &scenario.shop.run(&scenario.arguments))?;
    let last = settled(state(&mut scenario.shop));
    if let Some(told) = difference(&settled(scenario.after.clone()), &last) {
        return Err(format!(
            "after the second run the database differs:\n{told}"
        ));
    }
    let is_on = scenario.command == Command::Enable;
    is_complete(scenario, is_on)?;
    if side == Side::Before {
        let root = scenario.shop.root();
        signs_in(scenario, &root, is_on)?;
    }
    if is_on {
        let run = scenario.shop.run(&scenario.shop.disable());
        if run.code != 0 {
            return Err(format!("it cannot be disabled: {}", run.stderr));
        }
        is_complete(scenario, false)?;
    }
    Ok(Tried::Injected)
}

/// A command that was not killed says in clear words what has become of it.
fn is_answer_clear(
    scenario: &Scenario,
    trace: &Trace,
    injection: Injection,
    side: Side,
) -> Checked {
    let End::Exited(code) = trace.end else {
        return Ok(());
    };
    let told = format!("exit {code}, said: {}{}", trace.stdout, trace.stderr);
    // Who cannot be spoken to is told by the exit code alone.
    let was_mute = trace.calls[injection.at - 1].place == Place::Console;
    let everything = format!("{}{}", trace.stdout, trace.stderr);
    let secrets = GIVEN
        .values()
        .into_iter()
        .chain(STALE.values())
        .chain(TOKENS);
    if everything.contains("panicked") || everything.contains("RUST_BACKTRACE") {
        return Err(format!("a panic: {told}"));
    }
    if secrets
        .into_iter()
        .any(|secret| everything.contains(secret))
    {
        return Err(format!("a secret is told: {told}"));
    }
    match code {
        0 if side == Side::Before => Err(format!("it claims to be done: {told}")),
        0 if !trace.stdout.starts_with(done(scenario.command)) => Err(format!("no result: {told}")),
        0 => Ok(()),
        1 | 70 if trace.stderr.trim().is_empty() && !was_mute => Err(format!("mute: {told}")),
        1 | 70 if side == Side::After && !was_mute && !tells_of_the_switch(&trace.stderr) => {
            Err(format!("it does not tell that the switch is made: {told}"))
        }
        1 | 70 => Ok(()),
        _ => Err(format!("a wrong exit code: {told}")),
    }
}

/// Whether the switch was made cannot always be known, as when the answer to a commit is lost.
fn tells_of_the_switch(told: &str) -> bool {
    told.contains("The switch is made") || told.contains("not certain whether the switch was made")
}

/// What the command prints when it is done.
fn done(command: Command) -> &'static str {
    match command {
        Command::Enable => "Admin Adobe IMS integration is enabled\n",
        Command::Disable => "Admin Adobe IMS integration is disabled.\n",
    }
}

fn completes(scenario: &Scenario, run: &Run) -> Checked {
    if run.code == 0 && run.stdout == done(scenario.command) {
        return Ok(());
    }
    Err(format!(
        "the second run ends with {}: {}{}",
        run.code, run.stdout, run.stderr
    ))
}

/// Somebody is let in, in the way that the mode knows.
fn signs_in(scenario: &Scenario, place: &Path, is_on: bool) -> Checked {
    match is_on {
        true => sign_in::at_provider(&scenario.shop, place),
        false => sign_in::with_password(&scenario.shop, place),
    }
}

/// Any other command looks at the instance, and from then on PHP sees what Postern sees.
fn a_further_command_brings_agreement(
    scenario: &mut Scenario,
    place: &Path,
    is_on: bool,
) -> Checked {
    let unfinished = scenario
        .shop
        .with_app(place, async |app| service::switch::resume(app).await);
    match unfinished {
        Ok(warnings) if warnings.is_empty() => {}
        other => return Err(format!("a further command cannot finish it: {other:?}")),
    }
    php_agrees(scenario, place, is_on)
}

fn php_agrees(scenario: &mut Scenario, place: &Path, is_on: bool) -> Checked {
    let view = scenario.shop.php_view(place);
    let off = Settings {
        is_on: false,
        credentials: view.credentials.clone(),
    };
    if view == scenario.expected_view(is_on).unwrap_or(off) {
        return Ok(());
    }
    Err(format!(
        "PHP does not agree; it should be on: {is_on}, it sees {view:?}"
    ))
}

/// A command that says it is done has left nothing to do: PHP agrees, no temporary lies about, and
/// where the integration is off, nothing of it is left by our own search and by the product's.
fn is_complete(scenario: &mut Scenario, is_on: bool) -> Checked {
    let place = scenario.shop.place_to_look();
    php_agrees(scenario, &place, is_on)?;
    let files = scenario.shop.files().into_iter();
    let copies: Vec<String> = files
        .map(|(name, _)| name)
        .filter(|name| name.contains(TEMPORARY))
        .collect();
    if !copies.is_empty() {
        return Err(format!("a temporary is left: {copies:?}"));
    }
    if is_on {
        return Ok(());
    }
    let mut values: Vec<&str> = GIVEN.values().into_iter().chain(TOKENS).collect();
    if scenario.command == Command::Enable {
        values.extend(STALE.values());
    }
    let provider = STALE_PROVIDER.iter().map(|(_, value)| *value);
    values.extend(provider.filter(|value| value.len() > 1));
    let found = residue::find(&mut scenario.shop, &values);
    if !found.is_empty() {
        return Err(format!("something is left: {found:?}"));
    }
    let root = scenario.shop.root().display().to_string();
    let search = ["admin:adobe-ims:residue", "--root", &root, "--stdin"];
    let run = program::run(&search, GIVEN.client_secret);
    let gaps = run
        .stderr
        .lines()
        .filter(|line| line.contains("not searched"));
    if run.code == 0 && gaps.clone().all(|gap| gap.contains(ONLY_THE_OPERATOR)) {
        return Ok(());
    }
    Err(format!("the product finds something: {}", run.stderr))
}
