//! Questions at a real terminal: what is hidden stays hidden, and the terminal comes back.

use std::process::{Command, Stdio};

use crate::driver::{Session, at_a_terminal};
use crate::fake::programs;

const ID: &str = "Please enter your Client ID: ";
const SECRET: &str = "Please enter your Client Secret: ";
const SURE: &str = "Sure? (yes/no): ";

fn ask(steps: &[(&str, &str)]) -> Session {
    let folder = programs();
    let program = folder.path().join("postern");
    at_a_terminal(&[program.to_str().unwrap(), "_ask"], &[], steps)
}

#[test]
fn a_hidden_answer_never_appears_on_the_screen() {
    let session = ask(&[(ID, "client\n"), (SECRET, "s3cret-typed\r"), (SURE, "y\n")]);
    assert!(
        session.screen.contains("answers: client, 12 bytes, true"),
        "{session:?}"
    );
    assert!(!session.screen.contains("s3cret"), "{session:?}");
    assert!(session.echo, "{session:?}");
    assert_eq!(session.status, 0, "{session:?}");
}

#[test]
fn keys_that_edit_work_in_a_hidden_answer() {
    let typed = "wrong\x15é\x7fab\x1b[Dc\x08d\x1bOA\r";
    let session = ask(&[(ID, "client\n"), (SECRET, typed), (SURE, "\n")]);
    assert!(
        session.screen.contains("answers: client, 3 bytes, false"),
        "{session:?}"
    );
}

#[test]
fn control_c_in_a_hidden_answer_ends_the_program_and_restores_the_terminal() {
    let session = ask(&[(ID, "client\n"), (SECRET, "s3cr\x03")]);
    assert_eq!(session.status, -2, "ended by SIGINT: {session:?}");
    assert!(session.echo, "{session:?}");
    assert!(!session.screen.contains("s3cr"), "{session:?}");
}

#[test]
fn control_z_asks_again_and_forgets_what_was_typed() {
    let steps = [
        (ID, "client\n"),
        (SECRET, "s3cr\x1a"),
        (SECRET, "abc\r"),
        (SURE, "\n"),
    ];
    let session = ask(&steps);
    assert!(
        session.screen.contains("answers: client, 3 bytes, false"),
        "{session:?}"
    );
    assert!(
        session.echo && !session.screen.contains("s3cr"),
        "{session:?}"
    );
}

#[test]
fn control_d_is_the_end_of_the_input() {
    let session = ask(&[(ID, "client\n"), (SECRET, "\x04"), (SURE, "\x04")]);
    let expected = "error: the client secret is missing: the input ended before an answer";
    assert!(session.screen.contains(expected), "{session:?}");
    assert!(session.echo, "{session:?}");
}

#[test]
fn answers_pasted_at_once_reach_their_questions() {
    let session = ask(&[(ID, "client\ns3cret\nyes\n")]);
    assert!(
        session.screen.contains("answers: client, 6 bytes, true"),
        "{session:?}"
    );
    assert!(session.echo, "{session:?}");
}

#[test]
fn a_closed_standard_input_is_an_error_and_no_loop() {
    let folder = programs();
    let asked = Command::new("sh")
        .args(["-c", "exec ./postern _ask <&-"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let stderr = String::from_utf8(asked.stderr).unwrap();
    let expected = "error: the client ID is missing: the input ended before an answer";
    assert!(stderr.contains(expected), "{stderr}");
}
