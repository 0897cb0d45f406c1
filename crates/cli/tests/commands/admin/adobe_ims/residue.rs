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
