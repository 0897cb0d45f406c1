//! `config:sensitive:set`.

use crate::shop::Shop;

const PATH: &str = "twofactorauth/duo/api_hostname";

#[test]
fn a_value_is_given_asked_for_or_read() {
    let shop = Shop::new();
    let saved = "Configuration value saved in app/etc/env.php\n";
    let php = "$c['system']['default']['twofactorauth']['duo']['api_hostname']";
    let given = shop
        .run(["config:sensitive:set", PATH, "one.test"])
        .succeeded();
    assert_eq!(given.stdout, saved);
    assert_eq!(shop.php("app/etc/env.php", php), "'one.test'");
    let read = shop
        .postern(&["config:sensitive:set", PATH, "-"])
        .input("two.test\n")
        .run();
    assert_eq!(read.succeeded().stdout, saved);
    assert_eq!(shop.php("app/etc/env.php", php), "'two.test'");
    let answers = format!("{PATH}\nthree.test\n");
    let asked = shop
        .postern(&["config:sensitive:set"])
        .input(&answers)
        .run();
    assert_eq!(asked.stdout, saved);
    assert_eq!(shop.php("app/etc/env.php", php), "'three.test'");
    insta::assert_snapshot!(asked, @"
    exit code 0
    --- stdout ---
    Configuration value saved in app/etc/env.php
    --- stderr ---
    Please enter config path:
    Please enter value:
    ");
}

#[test]
fn all_are_asked_for_one_after_another() {
    let shop = Shop::new();
    let answers = "\n\nowner@shop.test\n\n\n\n\n\n";
    let run = shop
        .postern(&["config:sensitive:set", "-i"])
        .input(answers)
        .run();
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    Configuration values saved in app/etc/env.php
    --- stderr ---
    Please set configuration values or skip them by pressing [Enter]:
    admin/url/custom:
    admin/url/custom_path:
    trans_email/ident_general/email:
    trans_email/ident_general/name:
    twofactorauth/authy/api_key:
    twofactorauth/duo/api_hostname:
    twofactorauth/duo/integration_key:
    twofactorauth/duo/secret_key:
    ");
    let php = "$c['system']['default']['trans_email']['ident_general']['email']";
    assert_eq!(shop.php("app/etc/env.php", php), "'owner@shop.test'");
}

#[test]
fn what_is_not_sensitive_or_empty_is_refused() {
    let shop = Shop::new();
    let refused = |arguments: &[&str]| shop.postern(arguments).refused();
    insta::assert_snapshot!(
        refused(&["config:sensitive:set", "general/locale/code", "nl_NL"]), @"
    exit code 1
    --- stderr ---
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use - or the prompt.
      A configuration with this path does not exist or is not sensitive
    ");
    insta::assert_snapshot!(refused(&["config:sensitive:set", PATH, ""]), @"
    exit code 1
    --- stderr ---
      The value can't be empty. Enter the value and try again.
    ");
}
