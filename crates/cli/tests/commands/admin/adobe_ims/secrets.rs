//! The ways to give the client secret to `admin:adobe-ims:enable`.

use crate::invocation::{Invocation, PROGRAM};
use crate::shop::Shop;
use crate::terminal::at_a_terminal;

const GIVEN: [&str; 4] = [
    "admin:adobe-ims:enable",
    "-o0123456789ABCDEF01234567",
    "-csandbox-client",
    "-ty",
];

fn enabling<'shop>(shop: &'shop Shop, more: &[&str]) -> Invocation<'shop> {
    shop.postern(&[&GIVEN, more].concat())
}

#[test]
fn from_a_file() {
    let shop = Shop::new().with_provider();
    let run = shop.enabling(&[]).run().succeeded();
    assert!(
        !run.stderr.contains("A secret on the command line"),
        "{run}"
    );
}

#[test]
fn from_standard_input() {
    let shop = Shop::new().with_provider();
    let run = enabling(&shop, &["--client-secret", "-"])
        .input("sandbox-secret\n")
        .run();
    assert!(
        !run.succeeded()
            .stderr
            .contains("A secret on the command line")
    );
}

#[test]
fn on_the_command_line_with_a_warning() {
    let shop = Shop::new().with_provider();
    let run = enabling(&shop, &["--client-secret=sandbox-secret"])
        .run()
        .succeeded();
    let warning = "A secret on the command line is seen by every user of this machine";
    assert!(run.stderr.starts_with(warning), "{run}");
    assert_eq!(run.stdout, "Admin Adobe IMS integration is enabled\n");
}

#[test]
fn from_a_pipe_that_answers_every_question() {
    let shop = Shop::new().with_provider();
    let answers = "0123456789ABCDEF01234567\nsandbox-client\nsandbox-secret\nyes\n";
    let run = shop
        .postern(&["admin:adobe-ims:enable"])
        .input(answers)
        .run();
    assert_eq!(
        run.stdout, "Admin Adobe IMS integration is enabled\n",
        "{run}"
    );
}

#[test]
fn at_a_hidden_prompt_after_commerces_questions() {
    let shop = Shop::new().with_provider();
    let root = format!("--root={}", shop.root().display());
    let session = at_a_terminal(
        &[PROGRAM, &root, "admin:adobe-ims:enable"],
        &[],
        &[
            (
                "Please enter your Organization ID:",
                "0123456789ABCDEF01234567\n",
            ),
            ("Please enter your Client ID:", "sandbox-client\n"),
            ("Please enter your Client Secret:", "sandbox-secret\n"),
            (
                "Is 2FA enabled for Organization in Adobe Admin Console? (yes/no):",
                "yes\n",
            ),
        ],
    );
    assert_eq!(
        (session.missed.as_deref(), session.status),
        (None, 0),
        "{}",
        session.screen
    );
    assert!(
        session
            .screen
            .contains("Admin Adobe IMS integration is enabled")
    );
    assert!(
        !session.screen.contains("sandbox-secret"),
        "{}",
        session.screen
    );
    assert!(session.echo);
}
