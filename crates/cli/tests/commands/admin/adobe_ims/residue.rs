//! `admin:adobe-ims:residue`.

use crate::shop::Shop;

#[test]
fn it_finds_nothing_of_what_was_disabled() {
    let shop = Shop::new().enabled();
    shop.run(["a:a:d"]).succeeded();
    let run = shop
        .postern(&["admin:adobe-ims:residue", "--stdin"])
        .input("sandbox-secret\n")
        .run();
    assert!(run.stderr.contains("nothing of it is left"), "{run}");
    assert_eq!(run.code, 0);
}

#[test]
fn it_names_every_place_of_a_value_and_never_the_value() {
    let shop = Shop::new().enabled();
    std::fs::write(
        shop.path("var/log/debug.log"),
        "client sandbox-secret said\n",
    )
    .unwrap();
    let run = shop
        .postern(&["admin:adobe-ims:residue", "--stdin"])
        .input("sandbox-secret\n")
        .run();
    assert!(
        !format!("{}{}", run.stdout, run.stderr).contains("sandbox-secret"),
        "{run}"
    );
    assert!(run.stderr.contains("var/log/debug.log"), "{run}");
    assert!(run.stderr.contains("core_config_data"), "{run}");
    assert_eq!(run.code, 1);
}

#[test]
fn a_script_gets_the_places_as_json() {
    let shop = Shop::new();
    let run = shop
        .postern(&["admin:adobe-ims:residue", "--stdin", "--format=json"])
        .input("a-value-of-long-ago\n")
        .run()
        .succeeded();
    assert_eq!(run.json()["found"], serde_json::json!([]));
}

#[test]
fn a_place_with_values_that_no_key_opens_is_not_called_searched_through() {
    let shop = Shop::new();
    // In today's cipher, under a key that this instance never had.
    let sealed = format!("0:3:{}", "QUJD".repeat(20));
    let told = |times: usize| {
        let log = format!("{sealed}\n").repeat(times);
        std::fs::write(shop.path("var/log/debug.log"), log).unwrap();
        let run = shop.postern(&["admin:adobe-ims:residue", "--stdin"]);
        run.input("a-value-of-long-ago\n").run().stderr
    };
    let one = "not searched: var/log: an encrypted value that no key opens";
    assert!(told(1).contains(one), "{}", told(1));
    let two = "var/log: 2 encrypted values that no key opens";
    assert!(told(2).contains(two), "{}", told(2));
}
