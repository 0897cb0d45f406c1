//! `admin:session:list`.

use crate::shop::Shop;

/// Opens a session for Ann, a minute ago.
pub(super) fn open_session(shop: &Shop, letter: &str) {
    let id_hash = letter.repeat(64);
    shop.sql(&format!(
        "INSERT INTO #postern_session (id_hash, user_id, mode, epoch, created_at, last_seen_at, \
         ip, user_agent, forget_at) SELECT '{id_hash}', user_id, 'commerce', 1, \
         unixepoch() - 60, unixepoch() - 30, '192.0.2.7', \
         'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', \
         unixepoch() + 9000 FROM #admin_user WHERE username = 'ann'"
    ));
}

/// The ids that the list shows.
pub(super) fn ids(shop: &Shop) -> Vec<String> {
    let run = shop
        .run(["admin:session:list", "--format=json"])
        .succeeded();
    let json = run.json();
    let list = json.as_array().unwrap();
    let id = |session: &serde_json::Value| session["id"].as_str().unwrap().to_owned();
    list.iter().map(id).collect()
}

#[test]
fn it_shows_who_is_signed_in_from_where_and_with_what() {
    let shop = Shop::new();
    open_session(&shop, "a");
    let run = shop.run(["admin:session:list"]).succeeded();
    let lines: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .map(|line| line.split("  ").map(str::trim).collect())
        .map(|cells: Vec<&str>| cells.into_iter().filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(
        lines[0],
        ["Id", "User", "Started", "Last seen", "Address", "Browser"]
    );
    assert_eq!(lines[1][0], ids(&shop)[0]);
    assert_eq!(lines[1][1], "ann");
    assert_eq!(lines[1][4..], ["192.0.2.7", "Firefox on Linux"]);
    assert_eq!(lines.len(), 2);
    assert!(!run.stdout.contains(&"a".repeat(64)), "{}", run.stdout);
}

#[test]
fn expired_sessions_and_those_of_an_earlier_epoch_are_not_shown() {
    let shop = Shop::new();
    open_session(&shop, "a");
    open_session(&shop, "b");
    shop.sql(&format!(
        "UPDATE #postern_session SET last_seen_at = unixepoch() - 901 WHERE id_hash = '{}'",
        "a".repeat(64)
    ));
    assert_eq!(ids(&shop).len(), 1);
    shop.sql("UPDATE #postern_sign_in_mode SET epoch = 2");
    insta::assert_snapshot!(shop.run(["admin:session:list"]).succeeded(), @r"
    exit code 0
    --- stderr ---
    There is no open session.
    ");
}

#[test]
fn a_name_that_nobody_has_is_refused() {
    insta::assert_snapshot!(Shop::new().postern(&["admin:session:list", "--user=zoe"]).refused(), @r#"
    exit code 1
    --- stderr ---
      Couldn't find the user account "zoe"
    "#);
}
