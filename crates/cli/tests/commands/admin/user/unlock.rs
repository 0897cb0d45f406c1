//! `admin:user:unlock`.

use crate::shop::Shop;

#[test]
fn it_takes_the_lock_off_an_account() {
    let shop = Shop::new();
    shop.sql("UPDATE #admin_user SET failures_num = 6, lock_expires = '2999-01-01 00:00:00'");
    let run = shop.run(["admin:user:unlock", "ann"]).succeeded();
    assert_eq!(run.stdout, "The user account \"ann\" has been unlocked\n");
    let sql = "SELECT failures_num, lock_expires FROM #admin_user";
    assert_eq!(shop.rows(sql), ["0|NULL"]);
}

#[test]
fn an_account_that_is_not_locked_stays_as_it_is() {
    let shop = Shop::new();
    let before = shop.fingerprint();
    let run = shop.run(["a:u:u", "ann"]).succeeded();
    let expected = "The user account \"ann\" was not locked or could not be unlocked\n";
    assert_eq!(run.stdout, expected);
    assert_eq!(
        before.differences(&shop.fingerprint()),
        Vec::<String>::new()
    );
}

#[test]
fn a_name_that_nobody_has_is_refused() {
    insta::assert_snapshot!(Shop::new().postern(&["admin:user:unlock", "zoe"]).refused(), @r#"
    exit code 1
    --- stderr ---
      Couldn't find the user account "zoe"
    "#);
}

#[test]
fn without_a_name_it_is_wrong_usage() {
    insta::assert_snapshot!(Shop::new().postern(&["admin:user:unlock"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Not enough arguments (missing: "username").
    admin:user:unlock <username>
    "#);
}
