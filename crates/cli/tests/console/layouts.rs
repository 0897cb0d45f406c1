//! The layouts of help and list, for people and for programs.

use postern::console::{Device, Terminal};
use serde_json::Value;

use crate::fake::{argv, run, run_words};

fn shown(line: &str) -> String {
    let said = run(line);
    assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{said:?}");
    said.stdout
}

/// Symfony's own but for the first line under `Options:`.
const WITHOUT_OPTIONS: &str = "\
Description:
  Disable Adobe IMS Module

Usage:
  admin:adobe-ims:disable

Options:
      --root=ROOT       The Commerce instance's folder
  -h, --help            Display help for the given command. When no command is given display help for the list command
  -q, --quiet           Do not output any message
  -V, --version         Display this application version
      --ansi|--no-ansi  Force (or disable --no-ansi) ANSI output
  -n, --no-interaction  Do not ask any interactive question
  -v|vv|vvv, --verbose  Increase the verbosity of messages: 1 for normal output, 2 for more verbose output and 3 for debug
";

#[test]
fn help_of_a_command_without_options() {
    assert_eq!(shown("help admin:adobe-ims:disable"), WITHOUT_OPTIONS);
    assert_eq!(shown("help a:a:d"), WITHOUT_OPTIONS);
    assert_eq!(shown("a:a:d --help"), WITHOUT_OPTIONS);
    assert_eq!(shown("-h a:a:d"), WITHOUT_OPTIONS);
}

#[test]
fn help_of_a_command_with_arguments_and_options() {
    let expected = "\
Usage:
  config:set [options] [--] <path> <value>

Arguments:
  path                  Configuration path
  value                 Value

Options:
      --scope[=SCOPE]   Scope [default: \"default\"]
  -e, --lock-env        Lock
      --tag=TAG         Tags (multiple values allowed)
      --root=ROOT       The Commerce instance's folder
  -h, --help            Display";
    let help = shown("help config:set");
    assert!(help.contains(expected), "{help}");
}

#[test]
fn a_long_option_widens_the_column_and_its_second_line_stands_below_the_first() {
    let expected = "
      --admin-user=ADMIN-USER                    (Required) Admin user
      --magento-init-params=MAGENTO-INIT-PARAMS  Add to any command to customize Magento initialization parameters
                                                 For example: \"MAGE_MODE=developer&MAGE_DIRS[base]";
    let help = shown("help a:u:c");
    assert!(help.contains(expected), "{help}");
}

#[test]
fn the_longer_text_stands_at_the_end() {
    let expected = "

Help:
  This command unlocks an admin account by its username.
  To unlock:
        postern admin:user:unlock username
";
    let help = shown("help a:u:u");
    assert!(help.ends_with(expected), "{help}");
    assert!(help.contains("Arguments:\n  username              The admin username to unlock\n"));
}

#[test]
fn the_list_groups_by_namespace() {
    let expected = "

Available commands:
  completion               Dump the shell completion script
  help                     Display help for a command
  list                     List commands
  serve                    Serve the door
 admin
  admin:adobe-ims:disable  Disable Adobe IMS Module
  admin:adobe-ims:enable   Enable Adobe IMS Module.
  admin:adobe-ims:info     Information of Adobe IMS Module configuration
  admin:adobe-ims:status   Status of Adobe IMS Module
  admin:user:create        Creates an administrator
  admin:user:unlock        Unlock Admin Account
 cache
  cache:clean              Cleans cache type(s)
  cache:flush              Flushes cache storage used by cache type(s)
 config
  config:set               Change system configuration
  config:show              Shows configuration value for given path.
 setup
  setup:install            Installs the Magento application
";
    let list = shown("");
    let start = format!(
        "Postern {}\n\nUsage:\n  command [options] [arguments]\n\nOptions:\n      --root=ROOT ",
        env!("CARGO_PKG_VERSION")
    );
    assert!(list.starts_with(&start), "{list}");
    assert!(list.ends_with(expected), "{list}");
}

#[test]
fn the_list_of_one_namespace() {
    let expected = "
Available commands for the \"cache\" namespace:
  cache:clean  Cleans cache type(s)
  cache:flush  Flushes cache storage used by cache type(s)
";
    assert!(shown("list cache").ends_with(expected));
    assert!(shown("list ca").ends_with(expected));
    let raw = "\
cache:clean   Cleans cache type(s)
cache:flush   Flushes cache storage used by cache type(s)
";
    assert_eq!(shown("list --raw cache"), raw);
}

#[test]
fn json_has_the_fields_of_symfony() {
    let value: Value = serde_json::from_str(&shown("help a:u:u --format=json")).unwrap();
    assert_eq!(value["name"], "admin:user:unlock");
    assert_eq!(value["usage"][0], "admin:user:unlock <username>");
    assert_eq!(
        value["definition"]["arguments"]["username"]["is_required"],
        true
    );
    assert_eq!(
        value["definition"]["options"]["verbose"]["shortcut"],
        "-v|-vv|-vvv"
    );
    assert_eq!(
        value["definition"]["options"]["no-ansi"]["description"],
        "Negate the \"--ansi\" option"
    );

    let value: Value = serde_json::from_str(&shown("list --format json")).unwrap();
    assert_eq!(value["application"]["name"], "Postern");
    assert_eq!(value["namespaces"][0]["id"], "_global");
    assert_eq!(value["namespaces"][2]["commands"][1], "cache:flush");
    assert_eq!(value["commands"].as_array().unwrap().len(), 15);

    let value: Value = serde_json::from_str(&shown("list cache --format=json")).unwrap();
    assert_eq!(value["namespace"], "cache");
    assert_eq!(value["commands"].as_array().unwrap().len(), 2);
}

#[test]
fn markdown_is_the_page_of_the_reference() {
    let markdown = shown("help a:u:u --format=md");
    assert!(
        markdown.starts_with("# `admin:user:unlock`\n\nUnlock Admin Account\n"),
        "{markdown}"
    );
}

#[test]
fn colours_stand_on_a_terminal_as_symfony_sets_them() {
    let device = Device {
        is_terminal: true,
        colours: true,
        width: Some(80),
    };
    let terminal = Terminal {
        stdout: device,
        stderr: device,
    };
    let help = run_words(&argv("help config:set"), &terminal).stdout;
    for piece in [
        "\x1b[33mDescription:\x1b[39m\n  Change system configuration\n",
        "  \x1b[32mpath\x1b[39m                  Configuration path\n",
        "  \x1b[32m    --scope[=SCOPE]\x1b[39m   Scope\x1b[33m [default: \"default\"]\x1b[39m\n",
        "display help for the \x1b[32mlist\x1b[39m command\n",
    ] {
        assert!(help.contains(piece), "{piece:?} in {help}");
    }
    let plain = run_words(&argv("help config:set --no-ansi"), &terminal).stdout;
    assert!(!plain.contains('\x1b'), "{plain}");
    let list = run_words(&argv("list --ansi"), &Terminal::default()).stdout;
    assert!(
        list.contains("\n \x1b[33mcache\x1b[39m\n  \x1b[32mcache:clean\x1b[39m  "),
        "{list}"
    );
}

#[test]
fn quiet_help_says_nothing() {
    assert_eq!(shown("help a:u:u -q"), "");
}
