//! Precedence of configuration values, and the list of places the switch cleans.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use commerce::configuration::{
    ADMIN_ENABLED, CLIENT_SECRET, ConfigFile, Configuration, DeploymentConfig, Location, Row,
    Scope, Source,
};
use commerce::php_array::{PhpFile, PhpString, Value};

#[derive(Default)]
struct Instance<'a> {
    config_php: &'a str,
    env_php: &'a str,
    rows: &'a [(&'a str, u32, &'a str, &'a str)],
    variables: &'a [(&'a str, &'a str)],
}

impl Instance<'_> {
    fn load(&self) -> Configuration {
        let file = |entries: &str| {
            let source = format!("<?php\nreturn [\n{entries}\n];\n");
            (!entries.is_empty()).then(|| PhpFile::parse(source.into()).unwrap())
        };
        let environment = self.variables.iter().copied().collect();
        let deployment =
            DeploymentConfig::load(file(self.config_php), file(self.env_php), &environment);
        let rows = self.rows.iter().map(|(scope, scope_id, path, value)| Row {
            scope: (*scope).to_owned(),
            scope_id: *scope_id,
            code: match (*scope, scope_id) {
                ("websites", 1) => Some("base".to_owned()),
                ("stores", 1) => Some("de".to_owned()),
                _ => None,
            },
            path: (*path).to_owned(),
            value: Some(PhpString::from(*value)),
        });
        Configuration::new(
            deployment,
            rows.collect(),
            [("de".to_owned(), "base".to_owned())],
        )
    }

    fn value(&self, scope: &Scope, path: &str) -> Option<(String, Source)> {
        let found = self.load().effective(scope, path).unwrap()?;
        Some((found.value.to_str().unwrap().to_owned(), found.source))
    }
}

fn variable(name: &str) -> Source {
    Source::Variable(name.to_owned())
}

fn row(scope: &str, scope_id: u32) -> Source {
    Source::Row {
        scope: scope.to_owned(),
        scope_id,
    }
}

const SYSTEM: &str = "'system' => ['default' => ['a' => ['b' => ['c' => 'file']]]],";

#[test]
fn each_source_beats_the_ones_below_it() {
    let mut instance = Instance::default();
    let path = ADMIN_ENABLED;
    let at = |instance: &Instance<'_>| instance.value(&Scope::Default, path).unwrap();
    assert_eq!(at(&instance), ("0".to_owned(), Source::Default));
    instance.rows = &[("default", 0, ADMIN_ENABLED, "1")];
    assert_eq!(at(&instance), ("1".to_owned(), row("default", 0)));
    let locked = "'system' => ['default' => ['adobe_ims' => ['integration' =>\n['admin_enabled' => true]]]],";
    instance.config_php = locked;
    assert_eq!(
        at(&instance).1,
        Source::File {
            file: ConfigFile::Config,
            line: 4
        }
    );
    let unlocked = locked.replace("true", "0");
    instance.env_php = &unlocked;
    let in_env = Source::File {
        file: ConfigFile::Env,
        line: 4,
    };
    assert_eq!(at(&instance), ("0".to_owned(), in_env));
    instance.variables = &[(
        "CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__ADMIN_ENABLED",
        "2",
    )];
    assert_eq!(
        at(&instance).1,
        variable("CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__ADMIN_ENABLED")
    );
}

#[test]
fn a_narrower_scope_beats_a_stronger_source() {
    let instance = Instance {
        env_php: SYSTEM,
        rows: &[
            ("websites", 1, "a/b/c", "website"),
            ("websites", 2, "a/b/c", "gone"),
        ],
        ..Instance::default()
    };
    let store = Scope::Store("de".to_owned());
    assert_eq!(
        instance.value(&store, "a/b/c").unwrap(),
        ("website".into(), row("websites", 1))
    );
    let elsewhere = Scope::Store("unknown".to_owned());
    assert_eq!(instance.value(&elsewhere, "a/b/c").unwrap().0, "file");
    assert_eq!(instance.value(&Scope::Default, "a/b/c").unwrap().0, "file");
    assert_eq!(instance.value(&Scope::Default, "a/b/d"), None);
}

#[test]
fn stored_credentials_are_encrypted_and_those_of_variables_are_not() {
    let mut instance = Instance {
        rows: &[("default", 0, CLIENT_SECRET, "0:3:abc")],
        ..Instance::default()
    };
    let is_encrypted = |instance: &Instance<'_>| {
        instance
            .load()
            .effective(&Scope::Default, CLIENT_SECRET)
            .unwrap()
            .unwrap()
            .is_encrypted
    };
    assert!(is_encrypted(&instance));
    instance.variables = &[(
        "CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__PRIVATE_KEY",
        "plain",
    )];
    assert!(!is_encrypted(&instance));
}

#[test]
fn php_code_is_refused_only_when_nothing_stronger_answers() {
    let mut instance = Instance {
        config_php: "'system' => ['default' => ['a' => ['b' => ['c' => getenv('C')]]]],",
        ..Instance::default()
    };
    let refused = instance
        .load()
        .effective(&Scope::Default, "a/b/c")
        .unwrap_err();
    assert_eq!(refused.file, ConfigFile::Config);
    assert_eq!(
        (refused.reason.line, refused.reason.path.as_str()),
        (3, "system/default/a/b/c")
    );
    assert!(instance.load().places("a/b/c").is_err());
    assert!(instance.load().places("a/b/d").unwrap().is_empty());
    instance.env_php = SYSTEM;
    assert_eq!(instance.value(&Scope::Default, "a/b/c").unwrap().0, "file");
    instance.variables = &[("CONFIG__DEFAULT__A__B__C", "v")];
    assert_eq!(instance.value(&Scope::Default, "a/b/c").unwrap().0, "v");
}

#[test]
fn every_place_of_a_path_is_listed() {
    let everywhere = "'system' => [
        'default' => ['adobe_ims' => ['integration' => ['private_key' => '1']]],
        'websites' => ['base' => ['adobe_ims' => ['integration' => ['private_key' => null]]]],
        'stores' => ['de' => ['adobe_ims' => ['integration' => ['private_key' => '3']]], 'fr' => []],
    ],";
    let instance = Instance {
        config_php: everywhere,
        env_php: everywhere,
        rows: &[
            ("default", 0, CLIENT_SECRET, "a"),
            ("stores", 9, CLIENT_SECRET, "b"),
            ("default", 0, ADMIN_ENABLED, "1"),
        ],
        variables: &[
            (
                "CONFIG__STORES__DE__ADOBE_IMS__INTEGRATION__PRIVATE_KEY",
                "c",
            ),
            (
                "MAGENTO_DC_SYSTEM__DEFAULT__ADOBE_IMS__INTEGRATION__PRIVATE_KEY",
                "d",
            ),
            (
                "MAGENTO_DC__OVERRIDE",
                r#"{"system":{"default":{"adobe_ims":{"integration":{"private_key":"e"}}}}}"#,
            ),
            ("CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__API_KEY", "no"),
        ],
    };
    let places = instance.load().places(CLIENT_SECRET).unwrap();
    let described: Vec<String> = places
        .iter()
        .map(|place| place.location.describe(CLIENT_SECRET))
        .collect();
    assert_eq!(
        described,
        [
            "core_config_data, scope default 0, adobe_ims/integration/private_key",
            "core_config_data, scope stores 9, adobe_ims/integration/private_key",
            "app/etc/config.php, line 4, default/adobe_ims/integration/private_key",
            "app/etc/config.php, line 5, websites/base/adobe_ims/integration/private_key",
            "app/etc/config.php, line 6, stores/de/adobe_ims/integration/private_key",
            "app/etc/env.php, line 4, default/adobe_ims/integration/private_key",
            "app/etc/env.php, line 5, websites/base/adobe_ims/integration/private_key",
            "app/etc/env.php, line 6, stores/de/adobe_ims/integration/private_key",
            "environment variable CONFIG__STORES__DE__ADOBE_IMS__INTEGRATION__PRIVATE_KEY",
            "environment variable MAGENTO_DC_SYSTEM__DEFAULT__ADOBE_IMS__INTEGRATION__PRIVATE_KEY",
            "environment variable MAGENTO_DC__OVERRIDE",
        ]
    );
    let plain = places.iter().filter(|place| !place.is_encrypted).count();
    assert_eq!(plain, 1, "only the CONFIG__ variable is plain text");
}

/// What the switch does with the list: afterwards there is no place left, and nothing else is gone.
#[test]
fn removing_the_listed_entries_leaves_no_place() {
    let env_php = "    // keep me
    'system' => [
        'websites' => ['base' => ['adobe_ims' => ['integration' => ['private_key' => 'x']]]],
    ],
    'MAGE_MODE' => 'production'";
    let configuration = Instance {
        env_php,
        ..Instance::default()
    }
    .load();
    let places = configuration.places(CLIENT_SECRET).unwrap();
    let env_php = configuration.deployment().file(ConfigFile::Env).unwrap();
    let mut env_php = PhpFile::parse(env_php.source().to_vec()).unwrap();
    for place in places {
        let Location::File { scope, .. } = place.location else {
            continue;
        };
        assert!(env_php.remove(&scope.keys_in_file(CLIENT_SECRET)).unwrap());
    }
    let expected = "<?php\nreturn [\n    // keep me\n    'MAGE_MODE' => 'production'\n];\n";
    assert_eq!(env_php.source(), expected.as_bytes());
}

#[test]
fn a_listing_holds_what_the_scope_itself_has() {
    let instance = Instance {
        config_php: "'system' => ['default' => ['a' => ['b' => ['c' => 1, 'x' => foo()]]]],",
        env_php: "'system' => ['default' => ['a' => ['b' => ['c' => 2]]]],",
        rows: &[
            ("default", 0, "a/b/d", "row"),
            ("default", 0, "a/bc/d", "other"),
        ],
        variables: &[("CONFIG__DEFAULT__A__B__E", "variable")],
    };
    let entries = instance.load().entries(&Scope::Default, "a/b").unwrap();
    let listed: Vec<(&str, Option<&str>)> = entries
        .iter()
        .map(|entry| {
            let found = entry.found.as_ref().ok();
            (
                entry.path.as_str(),
                found.and_then(|found| found.value.to_str()),
            )
        })
        .collect();
    let expected = [
        ("a/b/c", Some("2")),
        ("a/b/d", Some("row")),
        ("a/b/e", Some("variable")),
        ("a/b/x", None),
    ];
    assert_eq!(listed, expected);
    assert_eq!(
        instance.load().entries(&Scope::Default, "").unwrap().len(),
        5
    );
}

#[test]
fn an_array_is_no_value() {
    let instance = Instance {
        env_php: SYSTEM,
        ..Instance::default()
    };
    assert_eq!(instance.value(&Scope::Default, "a/b"), None);
    let whole = instance
        .load()
        .deployment()
        .get("system/default/a")
        .unwrap()
        .unwrap();
    assert!(matches!(whole.value, Value::Array(_)));
}
