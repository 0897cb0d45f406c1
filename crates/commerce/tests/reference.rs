//! The committed reference of configuration paths is what the code knows.
//!
//! `UPDATE=1 cargo test -p commerce --test reference` writes it anew.
#![cfg(test)]

use commerce::configuration::{
    DEFAULTS, SWITCH_PATHS, Settable, default_value, is_encrypted, is_sensitive, settable,
};
use std::fmt::Write as _;
use std::path::Path;

const INTRODUCTION: &str = "\
# Configuration paths

Postern reads and writes the same paths as Commerce, in the same places: `core_config_data`,
`app/etc/env.php`, `app/etc/config.php` and `CONFIG__…` variables. These are the paths it knows.
`config:show` and `config:set` accept each of them, and the default holds where nothing else is set.
Paths of Duo Security and Authy are kept, and have no effect here: see
[Second factors](../operators/second-factor.md). A path of another module is left alone: Postern
neither reads nor removes it.

Within one scope a variable beats the files, and the files beat the database. A store beats its
website, and a website beats the default scope.

";

const NOTES: &str = "
## Notes

- **Encrypted**: the value is kept encrypted with the newest key of `crypt/key`, in the database and
  in the files alike. A value in a variable is plain.
- **Switch only**: `admin:adobe-ims:enable` and `admin:adobe-ims:disable` change it, and nothing else
  does.
- **Sensitive**: `config:sensitive:set` takes it, and keeps it in `app/etc/env.php`.
- **postern/…** are paths of Postern's own, which PHP Commerce does not look at.
  `postern/security/session_absolute_lifetime` is in seconds: a session ends that long after it was
  opened, however much it is used; 0 is no limit. `postern/openid/grace` is in seconds, a day at the
  most: so long a session goes on while the provider does not answer. The switch removes every
  other path of `postern/openid`.
- `postern/passkey/rp_id` is the domain that security keys and passkeys are bound to. `setup:install`
  and `setup:upgrade` write it, and `config:set` changes it as long as nobody has a key: every key
  is good for that name only. `postern/passkey/aaguids` lists the models that may be set up, with
  commas in between; `postern/passkey/attestation_roots` is the file of their makers' certificates
  in PEM, without which no such key is taken.
";

/// Known paths that have no default. What is listed here and unknown to the code fails the test.
const WITHOUT_DEFAULT: [&str; 29] = [
    "admin/security/minimum_password_length",
    "admin/url/custom_path",
    "general/locale/code",
    "general/locale/timezone",
    "general/store_information/name",
    "oauth/consumer/enable_integration_as_bearer",
    "postern/passkey/aaguids",
    "postern/passkey/attestation_roots",
    "postern/passkey/rp_id",
    "recaptcha_backend/type_for/user_forgot_password",
    "recaptcha_backend/type_for/user_login",
    "recaptcha_backend/type_recaptcha/private_key",
    "recaptcha_backend/type_recaptcha_v3/private_key",
    "system/smtp/host",
    "system/smtp/password",
    "system/smtp/port",
    "trans_email/ident_general/email",
    "trans_email/ident_general/name",
    "trans_email/ident_support/email",
    "trans_email/ident_support/name",
    "twofactorauth/authy/api_key",
    "twofactorauth/duo/api_hostname",
    "twofactorauth/duo/integration_key",
    "twofactorauth/duo/secret_key",
    "twofactorauth/general/webapi_notification_url",
    "twofactorauth/u2fkey/webapi_challenge_domain",
    "web/secure/base_url",
    "web/secure/use_in_adminhtml",
    "web/unsecure/base_url",
];

fn section(path: &str) -> &str {
    path.split('/').next().unwrap()
}

fn default_of(path: &str) -> String {
    match default_value(path) {
        None => "none".to_owned(),
        Some("") => "empty".to_owned(),
        Some(value) => format!("`{value}`"),
    }
}

fn notes_on(path: &str) -> String {
    let notes = [
        (settable(path) == Settable::BySwitchOnly, "switch only"),
        (is_encrypted(path), "encrypted"),
        (is_sensitive(path), "sensitive"),
    ];
    let held: Vec<&str> = notes
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, it)| it)
        .collect();
    held.join(", ")
}

fn reference() -> String {
    let with_default = DEFAULTS.iter().map(|(path, _)| *path);
    let mut paths: Vec<&str> = with_default
        .chain(SWITCH_PATHS)
        .chain(WITHOUT_DEFAULT)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    let mut page = INTRODUCTION.trim_end().to_owned() + "\n";
    let mut before = "";
    for path in paths {
        if section(path) != before {
            before = section(path);
            write!(
                page,
                "\n## {before}\n\n| Path | Default | Notes |\n| --- | --- | --- |\n"
            )
            .unwrap();
        }
        writeln!(
            page,
            "| `{path}` | {} | {} |",
            default_of(path),
            notes_on(path)
        )
        .unwrap();
    }
    page + NOTES
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests asks for an update this way"
)]
fn the_configuration_reference_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/configuration.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, reference()).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == reference(),
        "run with UPDATE=1 to repair {}",
        file.display()
    );
}

#[test]
fn every_path_listed_without_a_default_is_known_and_has_none() {
    for path in WITHOUT_DEFAULT {
        assert_eq!(settable(path), Settable::Yes, "{path}");
        assert_eq!(default_value(path), None, "{path}");
    }
}
