//! Wrong usage: exit code 2, and how the command is used.

use crate::shop::Shop;

#[test]
fn an_unknown_command_is_answered_with_suggestions() {
    let shop = Shop::new();
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disabel"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Command "admin:adobe-ims:disabel" is not defined.
      Did you mean one of these?
          admin:adobe-ims:disable
          admin:adobe-ims:enable
          admin:adobe-ims:info
          admin:adobe-ims:residue
          admin:adobe-ims:status
    "#);
    insta::assert_snapshot!(shop.postern(&["nope"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Command "nope" is not defined.
    "#);
    insta::assert_snapshot!(shop.postern(&["nope:x"]).misused(), @r#"
    exit code 2
    --- stderr ---
      There are no commands defined in the "nope" namespace.
    "#);
}

#[test]
fn an_ambiguous_abbreviation_is_answered_with_what_it_could_be() {
    let shop = Shop::new();
    insta::assert_snapshot!(shop.postern(&["a:a"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The namespace "a" is ambiguous.
      Did you mean one of these?
          admin
          admin:adobe-ims
          admin:identity
          admin:session
          admin:user.
    "#);
    insta::assert_snapshot!(shop.postern(&["c:s"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Command "c:s" is ambiguous.
      Did you mean one of these?
          config:sensitive:set Set sensitive configuration values
          config:set           Change system configuration
          config:show          Shows configuration value for given path. If path is not specified, all saved values will be shown.
    "#);
}

#[test]
fn an_unknown_option_is_named() {
    let shop = Shop::new();
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable", "--bogus"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The "--bogus" option does not exist.
    admin:adobe-ims:disable [--dry-run] [--notify] [--discard-unreadable] [--format FORMAT]
    "#);
    insta::assert_snapshot!(shop.postern(&["-x"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The "-x" option does not exist.
    list [--raw] [--format FORMAT] [--] [<namespace>]
    "#);
}

#[test]
fn an_argument_too_many_is_named() {
    let run = Shop::new()
        .postern(&["admin:adobe-ims:disable", "extra"])
        .misused();
    insta::assert_snapshot!(run, @r#"
    exit code 2
    --- stderr ---
      No arguments expected for "admin:adobe-ims:disable" command, got "extra".
    admin:adobe-ims:disable [--dry-run] [--notify] [--discard-unreadable] [--format FORMAT]
    "#);
}

#[test]
fn an_argument_too_few_is_named() {
    insta::assert_snapshot!(Shop::new().postern(&["config:set", "a/b/c"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Not enough arguments (missing: "value").
    config:set [--scope SCOPE] [--scope-code SCOPE-CODE] [-e|--lock-env] [-c|--lock-config] [-l|--lock] [--] <path> <value>
    "#);
}

#[test]
fn an_option_without_its_value_or_with_a_wrong_one_is_named() {
    let shop = Shop::new();
    insta::assert_snapshot!(shop.postern(&["cache:clean", "--bootstrap"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The "--bootstrap" option requires a value.
    cache:clean [--bootstrap BOOTSTRAP] [--] [<types>...]
    "#);
    insta::assert_snapshot!(shop.postern(&["a:a:s", "--format=xml"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Unsupported format "xml"; supported formats: txt, json.
    admin:adobe-ims:status [--format FORMAT]
    "#);
    insta::assert_snapshot!(shop.postern(&["a:a:d", "--root"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The "--root" option requires a value.
    admin:adobe-ims:disable [--dry-run] [--notify] [--discard-unreadable] [--format FORMAT]
    "#);
}

#[test]
fn an_argument_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let output = std::process::Command::new(crate::invocation::PROGRAM)
        .args(["admin:user:unlock"])
        .arg(std::ffi::OsStr::from_bytes(b"an\xffn"))
        .current_dir(Shop::new().folder())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
