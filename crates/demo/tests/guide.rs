//! The demo by hand: what it prints to type works in a second terminal, the demo notices, and
//! Ctrl-C leaves nothing behind.
#![cfg(test)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

fn start(temporary: &std::path::Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_postern-demo"))
        .env("TMPDIR", temporary)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn interrupt(child: &Child) {
    let status = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn the_command_it_prints_works_in_a_second_terminal_and_the_demo_notices() {
    let temporary = tempfile::tempdir().unwrap();
    let mut demo = start(temporary.path());
    let mut lines = BufReader::new(demo.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let command = lines
        .find(|line| line.ends_with("admin:adobe-ims:disable"))
        .unwrap();
    let output = Command::new("sh")
        .args(["-c", command.trim()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{command}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(stdout, "Admin Adobe IMS integration is disabled.\n");
    assert!(lines.any(|line| line.contains("Commerce passwords hold again")));
    interrupt(&demo);
    let last = lines.last().unwrap();
    assert!(
        last.contains("The end: ") && last.ends_with(" is removed."),
        "{last}"
    );
    assert_eq!(demo.wait().unwrap().code(), Some(0));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}

#[test]
fn an_early_ctrl_c_leaves_nothing_behind_either() {
    let temporary = tempfile::tempdir().unwrap();
    let mut demo = start(temporary.path());
    let mut lines = BufReader::new(demo.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    assert!(lines.any(|line| line.contains("A throwaway shop")));
    interrupt(&demo);
    drop(lines);
    demo.wait().unwrap();
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
