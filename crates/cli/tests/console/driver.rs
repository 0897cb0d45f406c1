//! Runs a program at a terminal of its own and types into it, through Python's `pty`.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// What happened at the terminal.
#[derive(Debug)]
pub(crate) struct Session {
    /// Everything that appeared on the screen.
    pub(crate) screen: String,
    /// The exit code, or minus the signal.
    pub(crate) status: i64,
    /// Whether the terminal shows what is typed, after the end.
    pub(crate) echo: bool,
    /// Which of the expected texts never came, if any.
    pub(crate) missed: Option<String>,
}

/// Starts `argv` with `environment`; for each step waits until the text appears (after the text of
/// the step before) and types the answer.
pub(crate) fn at_a_terminal(
    argv: &[&str],
    environment: &[(&str, &str)],
    steps: &[(&str, &str)],
) -> Session {
    let mut python = Command::new("python3")
        .args(["-c", include_str!("driver.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 drives the terminals in these tests");
    let environment: serde_json::Map<String, Value> = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    let order = json!({ "argv": argv, "environment": environment, "steps": steps });
    python
        .stdin
        .take()
        .unwrap()
        .write_all(order.to_string().as_bytes())
        .unwrap();
    let finished = python.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&finished.stdout).unwrap();
    Session {
        screen: report["screen"].as_str().unwrap().to_owned(),
        status: report["status"].as_i64().unwrap(),
        echo: report["echo"].as_bool().unwrap(),
        missed: report["missed"].as_str().map(str::to_owned),
    }
}
