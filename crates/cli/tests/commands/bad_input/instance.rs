//! No instance, or one whose files cannot be used at all.

use std::fs;

use crate::shop::Shop;

#[test]
fn there_is_no_instance_here() {
    insta::assert_snapshot!(Shop::empty().postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      No Commerce instance here: SHOP has no app/etc/env.php, nor has any folder above it; go to the instance's folder or name it with --root
    ");
}

#[test]
fn the_named_folder_is_no_instance() {
    let shop = Shop::new();
    let run = shop
        .postern(&["admin:adobe-ims:disable", "--root", "var"])
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      SHOP/var is not a Commerce instance, for app/etc/env.php is missing: name the folder that has it
    ");
    let run = shop
        .postern(&["a:a:d"])
        .variable("POSTERN_ROOT", "/nonexistent")
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      /nonexistent is not a Commerce instance, for app/etc/env.php is missing: name the folder that has it
    ");
}

#[test]
fn env_php_is_missing() {
    let shop = Shop::new();
    fs::remove_file(shop.path("app/etc/env.php")).unwrap();
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      No Commerce instance here: SHOP has no app/etc/env.php, nor has any folder above it; go to the instance's folder or name it with --root
    ");
}

#[test]
fn env_php_is_a_link_to_nowhere() {
    let shop = Shop::new();
    fs::remove_file(shop.path("app/etc/env.php")).unwrap();
    std::os::unix::fs::symlink("/nonexistent", shop.path("app/etc/env.php")).unwrap();
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      No Commerce instance here: SHOP has no app/etc/env.php, nor has any folder above it; go to the instance's folder or name it with --root
    ");
}

#[test]
fn env_php_is_not_readable() {
    let shop = Shop::new();
    shop.set_mode("app/etc/env.php", 0o000);
    let run = shop
        .postern(&["admin:adobe-ims:disable"])
        .by_nobody()
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be read: Permission denied (os error 13); run the command as the owner of the instance's files
    ");
}

#[test]
fn its_folder_is_not_readable() {
    let shop = Shop::new();
    shop.set_mode("app/etc", 0o000);
    let run = shop
        .postern(&["admin:adobe-ims:disable"])
        .by_nobody()
        .refused();
    shop.set_mode("app/etc", 0o755);
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be read: Permission denied (os error 13); run the command as the owner of the instance's files
    ");
}

#[test]
fn env_php_is_a_folder() {
    let shop = Shop::new();
    fs::remove_file(shop.path("app/etc/env.php")).unwrap();
    fs::create_dir(shop.path("app/etc/env.php")).unwrap();
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be read: Is a directory (os error 21)
    ");
}

/// Every command that needs an instance says so alike.
#[test]
fn every_command_says_so() {
    let shop = Shop::empty();
    for arguments in [
        &["admin:adobe-ims:enable"][..],
        &["admin:adobe-ims:status"],
        &["admin:adobe-ims:info"],
        &["admin:adobe-ims:residue"],
        &["admin:user:create"],
        &["admin:user:unlock", "ann"],
        &["cache:clean"],
        &["cache:flush"],
        &["config:set", "general/locale/code", "nl_NL"],
        &["config:show"],
        &["config:sensitive:set"],
        &["info:adminuri"],
        &["serve"],
        &["setup:db:status"],
        &["setup:upgrade"],
    ] {
        let run = shop.postern(arguments).refused();
        assert!(
            run.stderr.contains("No Commerce instance here: "),
            "{arguments:?}\n{run}"
        );
    }
}
