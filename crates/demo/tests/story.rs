//! The story as a person runs it: every step comes out as told, and nothing is left behind.
#![cfg(test)]

use std::process::Command;

#[test]
fn every_step_of_the_story_comes_out_as_told_and_nothing_is_left_behind() {
    let temporary = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_postern-demo"))
        .arg("--story")
        .env("TMPDIR", temporary.path())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("All 31 steps came out as told"), "{told}");
    assert!(!told.contains('✗') && !told.contains('\x1b'), "{told}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
