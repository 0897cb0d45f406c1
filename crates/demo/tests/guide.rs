//! The demo by hand: what it prints to type works in a second terminal, the demo notices, and
//! Ctrl-C leaves nothing behind.

#![cfg(test)]

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A demo that runs, and is ended with the test however that comes out.
struct Demo {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Demo {
    fn start(temporary: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_postern-demo"))
            .env("TMPDIR", temporary)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, lines }
    }

    fn wait_for(&mut self, text: &str) -> String {
        let found = self
            .lines
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.contains(text));
        found.unwrap_or_else(|| panic!("the demo never says: {text}"))
    }

    fn interrupt(&self) {
        let id = self.process.id().to_string();
        let status = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(status.success());
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Where the test has ended it already, there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_command_it_prints_works_in_a_second_terminal_and_the_demo_notices() {
    let temporary = tempfile::tempdir().unwrap();
    let mut demo = Demo::start(temporary.path());
    let command = demo.wait_for("admin:adobe-ims:disable");
    let output = Command::new("sh")
        .args(["-c", command.trim()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command}\n{said}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(stdout, "Admin Adobe IMS integration is disabled.\n");
    demo.wait_for("Commerce passwords hold again");
    demo.interrupt();
    let last = demo.wait_for("The end: ");
    assert!(last.ends_with(" is removed."), "{last}");
    assert_eq!(demo.process.wait().unwrap().code(), Some(0));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn an_early_ctrl_c_leaves_nothing_behind_either() {
    let temporary = tempfile::tempdir().unwrap();
    let mut demo = Demo::start(temporary.path());
    demo.wait_for("A throwaway shop");
    demo.interrupt();
    assert!(demo.wait_for("The end: ").ends_with(" is removed."));
    assert_eq!(demo.process.wait().unwrap().code(), Some(0));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
