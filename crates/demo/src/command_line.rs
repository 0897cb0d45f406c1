//! The instance's command line, run as a person would: by its launcher, in a process of its own;
//! and the system's tools in the same way.
//! Nothing of this process's environment reaches it but the search path of its shell.

use crate::expectation::{Mismatch, expect_equal};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// The launcher of an instance.
#[derive(Clone, Debug)]
pub(crate) struct CommandLine {
    launcher: PathBuf,
    search_path: String,
}

/// A command that has run.
#[derive(Debug)]
pub(crate) struct Run {
    /// As a person would have typed it in the instance's folder.
    pub(crate) typed: String,
    /// The exit code; nothing where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Its results.
    pub(crate) stdout: String,
    /// What it said to the person.
    pub(crate) stderr: String,
}

impl CommandLine {
    /// The launcher at `launcher`.
    pub(crate) fn new(launcher: PathBuf, search_path: &str) -> Self {
        Self {
            launcher,
            search_path: search_path.to_owned(),
        }
    }

    /// Where the launcher is.
    pub(crate) fn launcher(&self) -> String {
        self.launcher.display().to_string()
    }

    /// Runs a command; `input` is what it finds on standard input.
    pub(crate) async fn run(&self, arguments: &[&str], input: &str) -> Result<Run, Mismatch> {
        let mut command = Command::new(&self.launcher);
        command.args(arguments);
        let typed = format!("bin/magento {}", arguments.join(" "));
        self.finish(command, typed, input).await
    }

    /// Runs a tool of the system in `folder`.
    pub(crate) async fn run_tool(
        &self,
        folder: &Path,
        tool: &str,
        arguments: &[&str],
        input: &str,
    ) -> Result<Run, Mismatch> {
        let mut command = Command::new(tool);
        command.args(arguments).current_dir(folder);
        let typed = format!("{tool} {}", arguments.join(" "));
        self.finish(command, typed, input).await
    }

    async fn finish(
        &self,
        mut command: Command,
        typed: String,
        input: &str,
    ) -> Result<Run, Mismatch> {
        let mut child = command
            .env_clear()
            .env("PATH", &self.search_path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that does not read its input may be gone before it is written.
            let _ = stdin.write_all(input.as_bytes()).await;
        }
        let output = child.wait_with_output().await?;
        Ok(Run {
            typed,
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs a command that must succeed.
    pub(crate) async fn succeed(&self, arguments: &[&str], input: &str) -> Result<Run, Mismatch> {
        let run = self.run(arguments, input).await?;
        run.expect_code(0)?;
        Ok(run)
    }
}

impl Run {
    /// The command must have ended with `code`.
    pub(crate) fn expect_code(&self, code: i32) -> Result<(), Mismatch> {
        expect_equal("the exit code", &Some(code), &self.code).map_err(|mismatch| Mismatch {
            came: self.said(&mismatch.came),
            ..mismatch
        })
    }

    /// Its standard output must be exactly this.
    pub(crate) fn expect_stdout(&self, expected: &str) -> Result<(), Mismatch> {
        expect_equal("standard output", &expected, &self.stdout.as_str())
    }

    /// Its standard output, read as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        serde_json::from_str(&self.stdout)
            .map_err(|error| Mismatch::new("a receipt in JSON", self.said(&error.to_string())))
    }

    fn said(&self, first: &str) -> String {
        let said = format!("{first}\n$ {}\n{}{}", self.typed, self.stdout, self.stderr);
        said.lines()
            .filter(|line| !line.trim().is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo() -> CommandLine {
        CommandLine::new("/bin/sh".into(), "/usr/bin:/bin")
    }

    #[tokio::test]
    async fn a_command_gets_its_input_and_nothing_of_our_environment() {
        let script = "cat; env | grep -c CARGO";
        let run = echo().run(&["-c", script], "a secret\n").await.unwrap();
        run.expect_stdout("a secret\n0\n").unwrap();
    }

    #[tokio::test]
    async fn a_wrong_exit_code_shows_what_the_command_said() {
        let failed = echo()
            .succeed(&["-c", "echo no instance here >&2; exit 1"], "")
            .await;
        let mismatch = failed.unwrap_err();
        assert_eq!(mismatch.expected, "the exit code: Some(0)");
        assert!(
            mismatch.came.starts_with("Some(1)\n$ bin/magento"),
            "{mismatch:?}"
        );
        assert!(mismatch.came.ends_with("no instance here"), "{mismatch:?}");
    }
}
