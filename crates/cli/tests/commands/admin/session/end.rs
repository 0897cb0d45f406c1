//! `admin:session:end`.

use super::list::{ids, open_session};
use crate::shop::Shop;

#[test]
fn it_ends_the_sessions_with_these_ids() {
    let shop = Shop::new();
    for letter in ["a", "b", "c"] {
        open_session(&shop, letter);
    }
    let before = ids(&shop);
    let run = shop
        .run(["admin:session:end", &before[0], &before[2]])
        .succeeded();
    assert_eq!(run.stdout, "2 sessions ended.\n");
    assert_eq!(ids(&shop), before[1..2]);
    let sql = "SELECT COUNT(*) FROM #postern_audit_event WHERE kind = 'sessions_ended'";
    assert_eq!(shop.rows(sql), ["2"]);
}

#[test]
fn one_unknown_id_and_none_is_ended() {
    let shop = Shop::new();
    open_session(&shop, "a");
    let before = ids(&shop);
    let arguments = ["admin:session:end", &before[0], "000000000000"];
    insta::assert_snapshot!(shop.postern(&arguments).refused(), @r#"
    exit code 1
    --- stderr ---
      There is no open session "000000000000": see admin:session:list
    "#);
    assert_eq!(ids(&shop), before);
}

#[test]
fn of_one_admin_or_of_everybody_php_commerces_end_as_well() {
    let shop = Shop::new();
    for whose in ["--user=ann", "--all"] {
        open_session(&shop, "a");
        shop.sql(
            "INSERT INTO #admin_user_session (user_id, status, ip) \
             SELECT user_id, 1, '192.0.2.1' FROM #admin_user",
        );
        let run = shop.run(["admin:session:end", whose]).succeeded();
        let told = "1 session ended.\n1 session of PHP Commerce ended.\n";
        assert_eq!(run.stdout, told);
        let open = "SELECT COUNT(*) FROM #admin_user_session WHERE status = 1";
        assert_eq!(shop.rows(open), ["0"]);
        shop.sql("DELETE FROM #postern_session");
    }
    let run = shop.run(["admin:session:end", "--all"]).succeeded();
    assert_eq!(run.stdout, "No session ended.\n");
}

#[test]
fn nothing_named_or_two_ways_at_once_is_wrong_usage() {
    let shop = Shop::new();
    for arguments in [
        &["admin:session:end"][..],
        &["admin:session:end", "--all", "--user=ann"],
        &["admin:session:end", "000000000000", "--all"],
    ] {
        let run = shop.postern(arguments).misused();
        let told = "Name either ids, or --user, or --all, and only one of these.";
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
}
