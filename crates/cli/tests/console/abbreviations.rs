//! Names, abbreviations and global options, wherever they stand on the line.

use std::ffi::OsString;

use postern::console::{self, Verbosity};
use proptest::prelude::*;

use crate::fake::{argv, model, run};

fn resolved(line: &str) -> Vec<String> {
    let arguments = console::resolve(&argv(line), &model()).unwrap();
    arguments
        .into_iter()
        .map(|word| word.into_string().unwrap())
        .collect()
}

fn command(line: &str) -> String {
    resolved(line).remove(1)
}

#[test]
fn every_part_may_be_shortened_to_a_unique_prefix() {
    assert_eq!(command("a:a:d"), "admin:adobe-ims:disable");
    assert_eq!(command("a:a:e"), "admin:adobe-ims:enable");
    assert_eq!(command("a:a:s"), "admin:adobe-ims:status");
    assert_eq!(command("a:a:i"), "admin:adobe-ims:info");
    assert_eq!(command("a:u:c"), "admin:user:create");
    assert_eq!(command("a:u:u"), "admin:user:unlock");
    assert_eq!(command("c:c"), "cache:clean");
    assert_eq!(command("admin:adobe-ims:disabl"), "admin:adobe-ims:disable");
    assert_eq!(command("A:A:D"), "admin:adobe-ims:disable");
    assert_eq!(command("l"), "list");
}

#[test]
fn no_command_is_the_list() {
    assert_eq!(resolved(""), ["postern", "list"]);
    assert_eq!(resolved("-n --root /x"), ["postern", "list"]);
}

#[test]
fn global_options_stand_anywhere_before_two_dashes() {
    for line in [
        "-n -q --root /shop config:set a b",
        "config:set -nq a --root=/shop b",
        "config:set a b --no-interaction --quiet --root /shop",
        "--root /shop -qn -- config:set a b",
    ] {
        let invocation = console::read(&argv(line), &model());
        assert!(
            invocation.globals.no_interaction && !invocation.globals.interactive(),
            "{line}"
        );
        assert_eq!(invocation.globals.verbosity, Verbosity::Quiet, "{line}");
        assert_eq!(
            invocation.globals.root.as_deref().unwrap().to_str(),
            Some("/shop"),
            "{line}"
        );
        let words = invocation.arguments.unwrap();
        let own: Vec<_> = words.iter().filter(|word| *word != "--").collect();
        assert_eq!(own, ["postern", "config:set", "a", "b"], "{line}");
    }
    let invocation = console::read(&argv("config:set -- -q --root=/x"), &model());
    assert_eq!(invocation.globals, console::Globals::default());
    assert_eq!(
        invocation.arguments.unwrap()[2..],
        ["--", "-q", "--root=/x"]
    );
}

#[test]
fn verbosity_counts_its_letters() {
    let verbosity = |line| console::read(&argv(line), &model()).globals.verbosity;
    assert_eq!(verbosity("list -v"), Verbosity::Verbose);
    assert_eq!(verbosity("-vv list"), Verbosity::VeryVerbose);
    assert_eq!(verbosity("list -vvv"), Verbosity::Debug);
    assert_eq!(verbosity("list -v -v --verbose -v"), Verbosity::Debug);
    assert_eq!(verbosity("list -vq"), Verbosity::Quiet);
    assert_eq!(verbosity("list -qv"), Verbosity::Quiet);
}

#[test]
fn switches_and_options_of_the_command_share_a_dash_with_global_ones() {
    assert_eq!(resolved("config:set -nev a b")[2..], ["-e", "a", "b"]);
    assert_eq!(resolved("a:a:e -no ORG")[2..], ["-o", "ORG"]);
    assert_eq!(resolved("a:a:e -onq")[2..], ["-onq"]);
}

#[test]
fn a_dash_alone_is_a_value_and_an_option_is_none() {
    let said = run("a:u:c --admin-user -");
    assert!(said.stdout.contains("admin_user: Some(\"-\")"), "{said:?}");
    let said = run("a:u:c --admin-user -q");
    assert_eq!(said.code, 2);
    assert!(
        said.stderr
            .contains("The \"--admin-user\" option requires a value."),
        "{said:?}"
    );
}

#[test]
fn the_last_of_repeated_options_counts_unless_several_are_allowed() {
    let said = run("a:u:c --admin-user one --admin-user=two");
    assert!(
        said.stdout.contains("admin_user: Some(\"two\")"),
        "{said:?}"
    );
    let said = run("config:set a b --tag x --tag=y");
    assert!(said.stdout.contains("tag: [\"x\", \"y\"]"), "{said:?}");
}

#[test]
fn what_php_needs_at_its_start_is_accepted_where_commerce_accepts_it() {
    assert_eq!(run("cache:clean --bootstrap=x config").code, 0);
    assert_eq!(
        run("a:u:c --magento-init-params=MAGE_MODE=developer").code,
        0
    );
    assert_eq!(run("a:a:d --bootstrap=x").code, 2);
}

#[test]
fn help_wins_over_whatever_is_missing_and_names_the_command_in_full() {
    assert_eq!(
        resolved("a:u:u -h"),
        ["postern", "help", "admin:user:unlock"]
    );
    assert_eq!(
        resolved("-h a:u:u --bogus -x"),
        ["postern", "help", "admin:user:unlock"]
    );
    assert_eq!(resolved("--help"), ["postern", "help", "list"]);
    assert_eq!(resolved("help a:u:u"), ["postern", "help", "a:u:u"]);
    assert!(console::read(&argv("a:u:u -V"), &model()).globals.version);
}

#[test]
fn hidden_commands_are_found_by_their_full_name_only() {
    assert_eq!(command("_complete fish -- x"), "_complete");
    assert_eq!(run("_comp").code, 2);
    assert!(!run("list").stdout.contains("_complete"));
}

#[test]
fn a_folder_need_not_be_unicode() {
    use std::os::unix::ffi::OsStringExt;
    let root = OsString::from_vec(b"--root=/\xff".to_vec());
    let argv = [OsString::from("postern"), root, "list".into()];
    let invocation = console::read(&argv, &model());
    assert_eq!(
        invocation.globals.root.unwrap().into_os_string().into_vec(),
        b"/\xff"
    );
    assert!(invocation.arguments.is_ok());
}

proptest! {
    #[test]
    fn a_full_name_is_always_found_with_any_unique_prefixes(
        index in 0_usize..12,
        cuts in prop::collection::vec(1_usize..20, 3),
    ) {
        let commands: Vec<_> =
            console::commands_of(&model()).into_iter().filter(|one| !one.hidden).collect();
        let name = &commands[index % commands.len()].name;
        let parts = name.split(':').zip(&cuts);
        let short: Vec<&str> = parts.map(|(part, cut)| &part[..part.len().min(*cut)]).collect();
        let typed = short.join(":");
        match console::resolve(&argv(&typed), &model()) {
            Ok(words) => prop_assert_eq!(words[1].to_str(), Some(name.as_str())),
            Err(error) => prop_assert!(error.message().contains("ambiguous"), "{}", error),
        }
    }

    #[test]
    fn no_line_makes_the_reader_stumble(
        words in prop::collection::vec("[-a-z:= é]{0,8}|--root|--|-[a-zV]{1,4}", 0..6),
    ) {
        let mut argv = vec![OsString::from("postern")];
        argv.extend(words.into_iter().map(OsString::from));
        let said = crate::fake::run_words(&argv, &console::Terminal::default());
        prop_assert!(said.code == 0 || !said.stderr.is_empty());
    }
}
