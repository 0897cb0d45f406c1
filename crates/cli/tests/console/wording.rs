//! Wrong usage: Symfony's sentences in its box, the synopsis below, exit code 2 (Symfony: 1).

use postern::console::{Device, Terminal};

use crate::fake::{argv, run, run_words};

/// Blanks at the end of a line are shown as `·`, so that they can be seen.
fn said(line: &str) -> String {
    let said = run(line);
    assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{said:?}");
    let show = |line: &str| {
        let bare = line.trim_end();
        format!("{bare}{}\n", "·".repeat(line.len() - bare.len()))
    };
    said.stderr.lines().map(show).collect()
}

#[test]
fn an_ambiguous_namespace() {
    let expected = r#"
···································
  The namespace "a" is ambiguous.··
  Did you mean one of these?·······
      admin························
      admin:adobe-ims··············
      admin:user.··················
···································

"#;
    assert_eq!(said("a:a"), expected);
}

#[test]
fn an_ambiguous_command() {
    let expected = r#"
·······················································
  Command "s" is ambiguous.····························
  Did you mean one of these?···························
      serve         Serve the door·····················
      setup:install Installs the Magento application.··
·······················································

"#;
    assert_eq!(said("s"), expected);
}

#[test]
fn an_unknown_command_with_suggestions() {
    let expected = r#"
···································
  Command "admin" is not defined.··
···································
  Did you mean one of these?·······
      admin:adobe-ims:disable······
      admin:adobe-ims:enable·······
      admin:adobe-ims:info·········
      admin:adobe-ims:status·······
      admin:user:create············
      admin:user:unlock············
···································

"#;
    assert_eq!(said("admin"), expected);
}

#[test]
fn an_unknown_command_without_suggestions() {
    let expected = r#"
··································
  Command "nope" is not defined.··
··································

"#;
    assert_eq!(said("nope"), expected);
    assert_eq!(said("help nope"), expected);
}

#[test]
fn an_unknown_namespace() {
    let sentence = "  There are no commands defined in the \"nope\" namespace.··\n";
    assert!(said("nope:x").contains(sentence));
    assert!(said("list nope").contains(sentence));
}

#[test]
fn one_suggestion_is_put_as_one() {
    let all = said("clean").replace('·', "");
    assert!(
        all.contains("Did you mean this?\n      cache:clean\n"),
        "{all}"
    );
}

#[test]
fn surplus_and_unknown_words() {
    let all = said("admin:adobe-ims:disable extra");
    let expected =
        "\n  No arguments expected for \"admin:adobe-ims:disable\" command, got \"extra\".··\n";
    assert!(all.contains(expected), "{all}");
    assert!(all.ends_with("·\n\nadmin:adobe-ims:disable\n\n"), "{all}");
    assert!(
        said("serve -- -x").contains("No arguments expected for \"serve\" command, got \"-x\".")
    );
    let all = said("a:u:u x y");
    let expected =
        "Too many arguments to \"admin:user:unlock\" command, expected arguments \"username\".";
    assert!(all.contains(expected), "{all}");
    assert!(
        all.ends_with("\n\nadmin:user:unlock <username>\n\n"),
        "{all}"
    );
}

#[test]
fn unknown_options() {
    let expected = r#"
········································
  The "--bogus" option does not exist.··
········································

admin:adobe-ims:disable

"#;
    assert_eq!(said("a:a:d --bogus"), expected);
    for (line, option) in [
        ("a:a:d --bogus=1", "--bogus"),
        ("-x", "-x"),
        ("serve -nx", "-x"),
        ("config:set -ex a b", "-x"),
        ("serve --ver", "--ver"),
    ] {
        let all = said(line);
        assert!(
            all.contains(&format!("The \"{option}\" option does not exist.")),
            "{all}"
        );
    }
}

#[test]
fn missing_arguments() {
    let expected = r#"
···············································
  Not enough arguments (missing: "username").··
···············································

admin:user:unlock <username>

"#;
    assert_eq!(said("a:u:u"), expected);
    let all = said("config:set");
    assert!(
        all.contains("Not enough arguments (missing: \"path, value\")."),
        "{all}"
    );
    let synopsis = "config:set [--scope [SCOPE]] [-e|--lock-env] [--tag TAG] [--] <path> <value>";
    assert!(all.contains(synopsis), "{all}");
}

#[test]
fn values_that_are_missing_or_too_many() {
    let all = said("cache:clean --bootstrap");
    assert!(
        all.contains("The \"--bootstrap\" option requires a value."),
        "{all}"
    );
    assert!(
        all.contains("\ncache:clean [--bootstrap BOOTSTRAP] [--] [<types>...]\n"),
        "{all}"
    );
    assert!(said("serve --root").contains("The \"--root\" option requires a value."));
    assert!(said("serve --root=").contains("The \"--root\" option requires a value."));
    assert!(said("serve --quiet=1").contains("The \"--quiet\" option does not accept a value."));
    let all = said("config:set --lock-env=3 a b");
    assert!(
        all.contains("The \"--lock-env\" option does not accept a value."),
        "{all}"
    );
}

#[test]
fn values_that_are_refused() {
    let all = said("list --format=x");
    assert!(
        all.contains("Unsupported format \"x\"; supported formats: txt, json."),
        "{all}"
    );
    let all = said("cache:clean bogus");
    assert!(
        all.contains("The value \"bogus\" of the argument \"types\" is not one of: "),
        "{all}"
    );
    let all = said("a:a:e --try soon");
    let expected = "The value of the \"--try\" option is not valid: write a duration such as 15m.";
    assert!(all.contains(expected) && !all.contains("soon"), "{all}");
    let all = said("a:a:e --try 15 --client-id x");
    let expected = "option cannot be used together with";
    assert!(all.contains(expected), "{all}");
}

#[test]
fn the_box_fits_the_screen_and_shows_no_foreign_controls() {
    let device = Device {
        is_terminal: true,
        colours: true,
        width: Some(40),
    };
    let terminal = Terminal {
        stdout: device,
        stderr: device,
    };
    let said = run_words(
        &argv("this-is-a-very-long-name-of-a-command-\x1b[2J"),
        &terminal,
    );
    assert!(said.stderr.contains("\x1b[37;41m"), "{said:?}");
    assert!(!said.stderr.contains("\x1b[2J"), "{said:?}");
    let longest = said.stderr.lines().map(|line| {
        line.replace("\x1b[37;41m", "")
            .replace("\x1b[39;49m", "")
            .chars()
            .count()
    });
    assert!(longest.max().unwrap() < 40, "{said:?}");
}
