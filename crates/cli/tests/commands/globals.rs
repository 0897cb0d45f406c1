//! What every command takes, and how an instance is found.

use std::fs;

use crate::shop::Shop;

#[test]
fn the_instance_is_named_by_an_option_a_variable_or_the_nearest_folder_upwards() {
    let shop = Shop::new();
    let expected = "\nAdmin URI: /backend\n\n";
    let elsewhere = shop.folder();
    let root = shop.root().display().to_string();
    let uri = |more: &[&str]| shop.postern(&[&["info:adminuri"], more].concat());

    assert_eq!(
        uri(&["--root", &root]).typed_in(elsewhere).run().stdout,
        expected
    );
    assert_eq!(
        uri(&["--root=shop"]).typed_in(elsewhere).run().stdout,
        expected
    );
    let by_variable = uri(&[])
        .typed_in(elsewhere)
        .variable("POSTERN_ROOT", &root)
        .run();
    assert_eq!(by_variable.stdout, expected);
    assert_eq!(
        uri(&[]).typed_in(&shop.path("var/log")).run().stdout,
        expected
    );
}

#[test]
fn the_option_wins_over_the_variable_and_the_variable_over_the_folder() {
    let (here, there) = (Shop::new(), Shop::new());
    there.edit("app/etc/env.php", "'backend'\n", "'there'\n");
    let (here_root, there_root) = (here.root(), there.root());
    let (here_root, there_root) = (here_root.to_str().unwrap(), there_root.to_str().unwrap());
    let by_variable = here
        .postern(&["info:adminuri"])
        .variable("POSTERN_ROOT", there_root)
        .run();
    assert_eq!(by_variable.stdout, "\nAdmin URI: /there\n\n");
    let option = ["info:adminuri", "--root", here_root];
    let by_option = there
        .postern(&option)
        .variable("POSTERN_ROOT", there_root)
        .run();
    assert_eq!(by_option.stdout, "\nAdmin URI: /backend\n\n");
    let empty = here
        .postern(&["info:adminuri"])
        .variable("POSTERN_ROOT", "")
        .run();
    assert_eq!(empty.stdout, "\nAdmin URI: /backend\n\n");
}

#[test]
fn list_help_and_completion_need_no_instance() {
    let shop = Shop::empty();
    for arguments in [
        &["list"][..],
        &[],
        &["help", "a:a:d"],
        &["admin:adobe-ims:disable", "--help"],
        &["completion", "bash"],
        &["completion", "zsh"],
        &["completion", "fish"],
        &["--version"],
        &["_complete", "bash", "--", "postern a:a:"],
    ] {
        let run = shop.postern(arguments).run().succeeded();
        assert!(
            !run.stdout.is_empty() && run.stderr.is_empty(),
            "{arguments:?}\n{run}"
        );
    }
}

#[test]
fn the_help_of_the_heart_begins_as_commerces_does() {
    let run = Shop::empty()
        .run(["help", "admin:adobe-ims:disable"])
        .succeeded();
    let expected = "Description:\n  Disable Adobe IMS Module\n\nUsage:\n  admin:adobe-ims:disable";
    assert!(run.stdout.starts_with(expected), "{run}");
}

#[test]
fn every_command_of_the_issue_is_listed() {
    let listed = Shop::empty().run(["list", "--raw"]).succeeded().stdout;
    let names: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    for name in [
        "admin:adobe-ims:disable",
        "admin:adobe-ims:enable",
        "admin:adobe-ims:info",
        "admin:adobe-ims:status",
        "admin:user:create",
        "admin:user:unlock",
        "cache:clean",
        "cache:flush",
        "completion",
        "config:sensitive:set",
        "config:set",
        "config:show",
        "help",
        "info:adminuri",
        "list",
        "setup:db:status",
        "setup:install",
        "setup:upgrade",
    ] {
        assert!(names.contains(&name), "{name} is missing from {names:?}");
    }
}

#[test]
fn a_result_that_nobody_could_read_is_no_success() {
    let shop = Shop::new();
    let run = shop
        .postern(&["info:adminuri"])
        .through(&["sh", "-c", "\"$0\" \"$@\" >/dev/full"]);
    insta::assert_snapshot!(run.run(), @"
    exit code 70
    --- stderr ---
    The result could not be written: No space left on device (os error 28)
    ");
}

#[test]
fn a_symbolic_link_leads_to_the_instance() {
    let shop = Shop::new();
    let link = shop.folder().join("current");
    std::os::unix::fs::symlink(shop.root(), &link).unwrap();
    let run = shop.postern(&["info:adminuri"]).typed_in(&link).run();
    assert_eq!(run.succeeded().stdout, "\nAdmin URI: /backend\n\n");
    assert!(fs::symlink_metadata(link).unwrap().is_symlink());
}
