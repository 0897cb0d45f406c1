//! A set of commands with Commerce's names, and ways to run it: in process, and as a program that
//! shells can call.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use postern::commands::{complete, completion, help, list};
use postern::console::{
    self, BootstrapOption, Globals, InitializationOption, Output, Questions, Terminal,
};

#[derive(Subcommand, Debug)]
pub(crate) enum Fake {
    #[command(name = "admin:adobe-ims:enable")]
    Enable(Enable),
    #[command(name = "admin:adobe-ims:disable")]
    Disable(Nothing),
    #[command(name = "admin:adobe-ims:status")]
    Status(Status),
    #[command(name = "admin:adobe-ims:info")]
    Info(Information),
    #[command(name = "admin:user:create")]
    Create(Create),
    #[command(name = "admin:user:unlock")]
    Unlock(Unlock),
    #[command(name = "cache:clean")]
    Clean(Clean),
    #[command(name = "cache:flush")]
    Flush(Flush),
    #[command(name = "config:set")]
    Set(Set),
    #[command(name = "config:show")]
    Show(Show),
    #[command(name = "setup:install")]
    Install(Install),
    Serve(Serve),
    List(list::Arguments),
    Help(help::Arguments),
    Completion(completion::Arguments),
    #[command(name = "_complete", hide = true)]
    Complete(complete::Arguments),
    /// Asks what the environment names, for the tests of questions
    #[command(name = "_ask", hide = true)]
    Ask,
}

/// Enable Adobe IMS Module.
#[derive(Args, Debug)]
#[command(about = "Enable Adobe IMS Module.")]
pub(crate) struct Enable {
    /// Set Organization ID for Adobe IMS configuration. Required when enabling the module
    #[arg(short = 'o', long, num_args = 0..=1)]
    organization_id: Option<String>,
    /// Set the client ID
    #[arg(short, long, num_args = 0..=1)]
    client_id: Option<String>,
    /// Revert by itself
    #[arg(long = "try", value_parser = minutes, conflicts_with = "client_id")]
    trial: Option<u32>,
}

fn minutes(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| "write a duration such as 15m".to_owned())
}

/// Disable Adobe IMS Module
#[derive(Args, Debug)]
pub(crate) struct Nothing {}

/// Status of Adobe IMS Module
#[derive(Args, Debug)]
pub(crate) struct Status {
    /// The output format
    #[arg(long, value_parser = ["txt", "json"], default_value = "txt")]
    format: String,
}

/// Information of Adobe IMS Module configuration
#[derive(Args, Debug)]
pub(crate) struct Information {}

/// Creates an administrator
#[derive(Args, Debug)]
pub(crate) struct Create {
    /// (Required) Admin user
    #[arg(long)]
    admin_user: Option<String>,
    #[command(flatten)]
    initialization: InitializationOption,
}

/// Unlock Admin Account
#[derive(Args, Debug)]
#[command(after_help = "\
This command unlocks an admin account by its username.
To unlock:
      <comment>%command.full_name% username</comment>")]
pub(crate) struct Unlock {
    /// The admin username to unlock
    username: String,
}

/// Cleans cache type(s)
#[derive(Args, Debug)]
pub(crate) struct Clean {
    /// Space-separated list of cache types or omit to apply to all cache types.
    #[arg(help = "Space-separated list of cache types or omit to apply to all cache types.")]
    #[arg(value_parser = ["config", "full_page", "layout"])]
    types: Vec<String>,
    #[command(flatten)]
    bootstrap: BootstrapOption,
}

/// Flushes cache storage used by cache type(s)
#[derive(Args, Debug)]
pub(crate) struct Flush {
    /// Types
    types: Vec<String>,
    #[command(flatten)]
    bootstrap: BootstrapOption,
}

/// Change system configuration
#[derive(Args, Debug)]
pub(crate) struct Set {
    /// Configuration path
    pub(crate) path: String,
    /// Value
    pub(crate) value: String,
    /// Scope
    #[arg(long, num_args = 0..=1, default_value = "default")]
    scope: String,
    /// Lock
    #[arg(long, short = 'e')]
    pub(crate) lock_env: bool,
    /// Tags
    #[arg(long)]
    pub(crate) tag: Vec<String>,
}

/// Shows configuration value for given path
#[derive(Args, Debug)]
#[command(about = "Shows configuration value for given path.")]
pub(crate) struct Show {
    /// Configuration path
    path: Option<String>,
}

/// Installs the Magento application
#[derive(Args, Debug)]
pub(crate) struct Install {}

/// Serve the door
#[derive(Args, Debug)]
pub(crate) struct Serve {}

pub(crate) fn model() -> clap::Command {
    console::model::<Fake>()
}

pub(crate) fn argv(line: &str) -> Vec<OsString> {
    std::iter::once("postern")
        .chain(line.split_whitespace())
        .map(OsString::from)
        .collect()
}

/// What a run said, and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: u8,
}

pub(crate) fn run(line: &str) -> Said {
    run_words(&argv(line), &Terminal::default())
}

pub(crate) fn run_words(argv: &[OsString], terminal: &Terminal) -> Said {
    let root = model();
    let invocation = console::read(argv, &root);
    let (output, capture) = Output::captured(&invocation.globals, terminal);
    let parsed = invocation
        .arguments
        .and_then(|arguments| console::parse::<Fake>(root.clone(), &arguments));
    let done = parsed.and_then(|command| match command {
        Fake::List(arguments) => list::run(&arguments, &root, &output),
        Fake::Help(arguments) => help::run(&arguments, &root, &output),
        Fake::Completion(arguments) => {
            completion::run(&arguments, &output);
            Ok(())
        }
        Fake::Complete(arguments) => {
            complete::run(&arguments, &root, &output);
            Ok(())
        }
        other => {
            output.result(format!("{other:?}"));
            Ok(())
        }
    });
    let code = match done {
        Ok(()) => 0,
        Err(error) => {
            output.usage_error(&error);
            2
        }
    };
    Said {
        stdout: capture.stdout(),
        stderr: capture.stderr(),
        code,
    }
}

/// A folder with programs `postern`, `magento` and `bin/magento` that run the fake commands.
pub(crate) fn programs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let program = write_program(folder.path());
    symlink(&program, folder.path().join("magento")).unwrap();
    fs::create_dir(folder.path().join("bin")).unwrap();
    symlink(&program, folder.path().join("bin/magento")).unwrap();
    folder
}

fn write_program(folder: &Path) -> PathBuf {
    let program = folder.join("postern");
    let script = format!(
        "#!/bin/sh\n\
         exec 3>&1 >/dev/null\n\
         FAKE_ARGUMENTS=$(printf '%s\\037' \"$@\" .) exec '{}' --exact fake::as_a_program --ignored \
         --nocapture\n",
        std::env::current_exe().unwrap().display()
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

/// Not a test: this executable plays the fake program when the script of [`programs`] starts it.
#[test]
#[ignore = "the fake program, started by other tests"]
#[expect(
    clippy::disallowed_methods,
    reason = "the arguments of the fake program come this way"
)]
fn as_a_program() {
    let Ok(arguments) = std::env::var("FAKE_ARGUMENTS") else {
        return;
    };
    let mut words: Vec<&str> = arguments.split('\u{1f}').collect();
    words.truncate(words.len() - 2);
    let argv: Vec<OsString> = std::iter::once("postern")
        .chain(words)
        .map(OsString::from)
        .collect();
    if argv.iter().any(|word| word == "_ask") {
        return ask();
    }
    let said = run_words(&argv, &Terminal::default());
    let mut stdout = fs::OpenOptions::new()
        .append(true)
        .open("/dev/fd/3")
        .unwrap();
    stdout.write_all(said.stdout.as_bytes()).unwrap();
}

fn ask() {
    use secrecy::ExposeSecret;

    let globals = Globals::default();
    let output = Output::standard(&globals, &Terminal::default());
    let questions = Questions::new(&output, &globals).unwrap();
    let id = questions.text("Please enter your Client ID:", "the client ID", |id| {
        Ok(id.to_owned())
    });
    let secret = questions.secret("Please enter your Client Secret:", "the client secret", Ok);
    let sure = questions.confirm("Sure? (yes/no):", "the answer", false);
    match (id, secret, sure) {
        (Ok(id), Ok(secret), Ok(sure)) => {
            let length = secret.expose_secret().len();
            output.note(format!("answers: {id}, {length} bytes, {sure}"));
        }
        (id, secret, sure) => {
            let errors = [id.err(), secret.err(), sure.err()];
            for error in errors.into_iter().flatten() {
                output.note(format!("error: {error}"));
            }
        }
    }
}
