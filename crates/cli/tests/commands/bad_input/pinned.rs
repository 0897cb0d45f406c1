//! A variable of the environment says what the switch would have to remove or change.

use crate::run::Run;
use crate::shop::Shop;

fn switching(shop: &Shop, command: &str, variables: &[(&str, &str)]) -> Run {
    let mut invocation = match command {
        "enable" => shop.enabling(&[]),
        _ => shop.postern(&["admin:adobe-ims:disable"]),
    };
    for (name, value) in variables {
        invocation = invocation.variable(name, value);
    }
    invocation.refused()
}

#[test]
fn each_value_by_each_kind_of_variable() {
    let shop = Shop::new().enabled();
    for name in ["ADMIN_ENABLED", "ORGANIZATION_ID", "API_KEY", "PRIVATE_KEY"] {
        for prefix in [
            "CONFIG__DEFAULT__",
            "CONFIG__WEBSITES__BASE__",
            "CONFIG__STORES__DEFAULT__",
            "MAGENTO_DC_SYSTEM__DEFAULT__",
        ] {
            let variable = format!("{prefix}ADOBE_IMS__INTEGRATION__{name}");
            for command in ["disable", "enable"] {
                let run = switching(&shop, command, &[(&variable, "pinned-value")]);
                assert!(
                    run.stderr.contains(&format!("Unset {variable} wherever")),
                    "{run}"
                );
                assert!(!run.stderr.contains("pinned-value"), "{run}");
            }
        }
    }
}

#[test]
fn several_are_named_at_once() {
    let shop = Shop::new().enabled();
    let variables = [
        ("CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__API_KEY", "a"),
        (
            "CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__ADMIN_ENABLED",
            "1",
        ),
    ];
    insta::assert_snapshot!(switching(&shop, "disable", &variables), @"
    exit code 1
    --- stderr ---
      Nothing was changed: the environment pins a value that the switch must be able to remove. Unset CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__ADMIN_ENABLED, CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__API_KEY wherever PHP and Postern get it from, and run this again
    ");
}

#[test]
fn the_override_of_whole_sections() {
    let shop = Shop::new().enabled();
    let json = r#"{"system":{"default":{"adobe_ims":{"integration":{"admin_enabled":"1"}}}}}"#;
    let run = switching(&shop, "disable", &[("MAGENTO_DC__OVERRIDE", json)]);
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      Nothing was changed: the environment pins a value that the switch must be able to remove. Unset MAGENTO_DC__OVERRIDE wherever PHP and Postern get it from, and run this again
    ");
}

#[test]
fn the_preview_says_so_too() {
    let shop = Shop::new().enabled();
    let run = shop
        .postern(&["admin:adobe-ims:disable", "--dry-run"])
        .variable("CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__API_KEY", "a")
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      Nothing was changed: the environment pins a value that the switch must be able to remove. Unset CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__API_KEY wherever PHP and Postern get it from, and run this again
    ");
}
