//! What must be written cannot be: no right to, or no room left.

use std::process::Command;

use crate::invocation::Invocation;
use crate::run::Run;
use crate::shop::Shop;

/// A shop whose `env.php` holds what a switch must remove.
fn locked_in_env_php() -> Shop {
    let shop = Shop::new().enabled();
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        "'system' => ['default' => ['adobe_ims' => ['integration' => [\n        \
         'api_key' => 'sandbox-client'\n    ]]]],\n    'install' =>",
    );
    // Everybody may use the database, so that the file alone stands in the way.
    shop.set_mode("data", 0o777);
    shop.set_mode("data/postern.sqlite", 0o666);
    shop
}

fn disabling(shop: &Shop) -> Run {
    shop.postern(&["admin:adobe-ims:disable"])
        .by_nobody()
        .refused()
}

#[test]
fn the_folder_of_env_php_is_not_writable() {
    let shop = locked_in_env_php();
    shop.set_mode("app/etc/env.php", 0o666);
    shop.set_mode("app/etc", 0o555);
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be written: the folder SHOP/app/etc is not writable for this user (the file is, but a file can be replaced safely only through its folder)
    ");
}

#[test]
fn env_php_belongs_to_somebody_else() {
    if !rustix::process::geteuid().is_root() {
        // An ordinary user can make no file that belongs to somebody else.
        return;
    }
    let shop = locked_in_env_php();
    shop.set_mode("app/etc/env.php", 0o444);
    shop.set_mode("app/etc", 0o777);
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be written: SHOP/app/etc/env.php belongs to another user, who would lose access to it; run the command as that user
    ");
}

#[test]
fn env_php_cannot_be_replaced_by_anybody_or_only_by_its_owner() {
    if !rustix::process::geteuid().is_root() {
        // Only root can mark a file, or mount one.
        return;
    }
    let refused = |shop: &Shop, before: &str, after: &str| {
        let script = format!("{before} app/etc/env.php && \"$0\" a:a:d 2>&1; {after}");
        let command = ["--mount", "sh", "-c", &script];
        let mut unshare = Command::new("unshare");
        unshare.args(command).arg(env!("CARGO_BIN_EXE_postern"));
        let output = unshare.current_dir(shop.path("")).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let shop = locked_in_env_php();
    let before = shop.fingerprint();
    let marked = refused(&shop, "chattr +i", "chattr -i app/etc/env.php");
    assert!(marked.contains("is marked as unchangeable"), "{marked}");
    let mounted = refused(&shop, "mount --bind app/etc/env.php", "true");
    assert!(mounted.contains("is mounted there by itself"), "{mounted}");
    shop.set_mode("app/etc/env.php", 0o444);
    shop.set_mode("app/etc", 0o1777);
    let sticky = disabling(&shop).stderr;
    assert!(sticky.contains("only that user can replace it"), "{sticky}");
    shop.set_mode("app/etc", 0o755);
    shop.set_mode("app/etc/env.php", 0o640);
    assert_eq!(
        before.differences(&shop.fingerprint()),
        Vec::<String>::new()
    );
}

#[test]
fn a_value_cannot_be_locked_in_env_php() {
    let shop = locked_in_env_php();
    shop.set_mode("app/etc/env.php", 0o444);
    shop.set_mode("app/etc", 0o555);
    let path = "general/locale/code";
    let run = shop
        .postern(&["config:set", "--lock-env", path, "nl_NL"])
        .by_nobody()
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be written: Permission denied (os error 13); run the command as the owner of the instance's files
    ");
    let run = shop
        .postern(&["config:set", "--lock-config", path, "nl_NL"])
        .by_nobody()
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      app/etc/config.php cannot be written: Permission denied (os error 13); run the command as the owner of the instance's files
    ");
}

#[test]
fn an_instance_cannot_be_made_where_nothing_may_be_written() {
    let shop = Shop::empty();
    std::fs::set_permissions(
        shop.root(),
        std::os::unix::fs::PermissionsExt::from_mode(0o555),
    )
    .unwrap();
    insta::assert_snapshot!(shop.postern(&["setup:install"]).by_nobody().refused(), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      SHOP/app/etc cannot be made (Permission denied (os error 13)): let this user write there, or make room
    ");
}

/// No file may grow at all, and the signal about it is ignored: what a full disk looks like.
fn without_room(invocation: Invocation<'_>) -> Invocation<'_> {
    let limit = "trap '' XFSZ; exec prlimit --fsize=0 \"$0\" \"$@\"";
    invocation.through(&["sh", "-c", limit])
}

#[test]
fn there_is_no_room_for_the_change_in_the_database() {
    let shop = Shop::new().enabled();
    let run = without_room(shop.postern(&["admin:adobe-ims:disable"])).refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      The disk that holds the database refused to read or write (disk I/O error): see whether it is full or failing, and run the command again
    ");
}

#[test]
fn there_is_no_room_for_a_configuration_file() {
    let shop = Shop::adopted();
    let lock = shop.postern(&["config:set", "--lock-env", "general/locale/code", "nl_NL"]);
    insta::assert_snapshot!(without_room(lock).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be written: File too large (os error 27); make room on its disk and run the command again
    ");
}

#[test]
fn there_is_no_room_for_a_new_instance() {
    let shop = Shop::empty();
    let run = without_room(shop.postern(&["setup:install"])).refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      Database connection failure. the disk that holds the database refused to read or write (disk I/O error): see whether it is full or failing, and run the command again
    ");
}

/// A disk of its own, 2 MB, for root alone; unmounted when it is dropped.
struct SmallDisk<'shop>(&'shop Shop);

impl<'shop> SmallDisk<'shop> {
    /// Nothing where this system lets nobody mount.
    fn under(shop: &'shop Shop) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(shop.root())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(shop))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.root()).status();
    }
}

#[test]
fn a_full_disk_leaves_everything_as_it_was_and_room_is_all_it_takes() {
    let (original, shop) = (Shop::new().enabled(), Shop::empty());
    let Some(_disk) = SmallDisk::under(&shop) else {
        // Whoever may not mount has seen the same above, where no file may grow.
        return;
    };
    let copied = Command::new("cp")
        .arg("-aT")
        .arg(original.root())
        .arg(shop.root())
        .status();
    assert!(copied.unwrap().success());
    let filler = shop.path("var/filler");
    let filled = Command::new("sh")
        .args([
            "-c",
            "cat /dev/zero > \"$0\" 2>/dev/null",
            &filler.display().to_string(),
        ])
        .status();
    assert!(!filled.unwrap().success(), "the disk is full");
    let run = shop.run(["admin:adobe-ims:disable"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run}");
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      The disk that holds the database refused to read or write (disk I/O error): see whether it is full or failing, and run the command again
    ");
    std::fs::remove_file(filler).unwrap();
    assert!(
        shop.run(["admin:adobe-ims:status"])
            .stdout
            .ends_with("is enabled\n")
    );
    shop.run(["admin:adobe-ims:disable"]).succeeded();
}
