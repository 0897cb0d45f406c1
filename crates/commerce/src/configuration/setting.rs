//! What may be set by whom, and how values of a path are kept.
//! Rule guarded here: the credentials, the provider and the flag of the integration change by the
//! switch alone; `config:set` and its neighbours are told so. The words for it belong to the caller.

use super::defaults::default_value;

/// The flag of the integration.
pub const ADMIN_ENABLED: &str = "adobe_ims/integration/admin_enabled";
/// The organization that may sign in; encrypted.
pub const ORGANIZATION_ID: &str = "adobe_ims/integration/organization_id";
/// The client ID; encrypted.
pub const CLIENT_ID: &str = "adobe_ims/integration/api_key";
/// The client secret; encrypted.
pub const CLIENT_SECRET: &str = "adobe_ims/integration/private_key";

/// The OpenID provider, where it is not Adobe.
pub const OPENID_ISSUER: &str = "postern/openid/issuer";
/// What an OpenID provider is asked for, with blanks in between.
pub const OPENID_SCOPES: &str = "postern/openid/scopes";
/// The claim that stands for belonging to the organization.
pub const OPENID_ORGANIZATION_CLAIM: &str = "postern/openid/organization_claim";
/// What shows that somebody has proved themself at an OpenID provider with a second factor.
pub const OPENID_SECOND_FACTOR: &str = "postern/openid/second_factor";
/// Whether an OpenID provider is shown the ID token of whoever signs out.
pub const OPENID_ID_TOKEN_HINT: &str = "postern/openid/id_token_hint";
/// The claim that names somebody's role.
pub const OPENID_ROLE_CLAIM: &str = "postern/openid/role_claim";
/// Which value of that claim is which role, as a JSON object.
pub const OPENID_ROLES: &str = "postern/openid/roles";
/// Whether unknown members get an account; a policy that may change while the integration is on.
pub const OPENID_PROVISIONING: &str = "postern/openid/provisioning";
/// Seconds that a session outlives the provider's last answer; a policy that the switch leaves.
pub const OPENID_GRACE: &str = "postern/openid/grace";

/// The domain that security keys and passkeys are bound to, for ever.
pub const PASSKEY_RP_ID: &str = "postern/passkey/rp_id";
/// The models of authenticators that may be set up, by AAGUID with commas in between; all where it is
/// empty.
pub const PASSKEY_AAGUIDS: &str = "postern/passkey/aaguids";
/// The file of the certificates that vouch for those models, in PEM; relative to the root.
pub const PASSKEY_ROOTS: &str = "postern/passkey/attestation_roots";

/// What the switch writes and removes: the flag and the credentials, in the order Commerce writes
/// them, and what is set up about the provider.
pub const SWITCH_PATHS: [&str; 12] = [
    ADMIN_ENABLED,
    ORGANIZATION_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    OPENID_ISSUER,
    OPENID_SCOPES,
    OPENID_ORGANIZATION_CLAIM,
    OPENID_SECOND_FACTOR,
    OPENID_ID_TOKEN_HINT,
    OPENID_ROLE_CLAIM,
    OPENID_ROLES,
    OPENID_PROVISIONING,
];

/// Paths that are kept encrypted, whatever they are read from but a `CONFIG__…` variable.
const ENCRYPTED: [&str; 9] = [
    ORGANIZATION_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    "recaptcha_backend/type_recaptcha/private_key",
    "recaptcha_backend/type_recaptcha_v3/private_key",
    "system/smtp/password",
    "twofactorauth/authy/api_key",
    "twofactorauth/duo/integration_key",
    "twofactorauth/duo/secret_key",
];

/// Known paths without a default.
const WITHOUT_DEFAULT: [&str; 33] = [
    "admin/security/minimum_password_length",
    "admin/url/custom_path",
    "contact/email/recipient_email",
    "general/locale/code",
    "general/locale/timezone",
    "general/store_information/name",
    "oauth/consumer/enable_integration_as_bearer",
    PASSKEY_AAGUIDS,
    PASSKEY_ROOTS,
    PASSKEY_RP_ID,
    "recaptcha_backend/type_for/user_forgot_password",
    "recaptcha_backend/type_for/user_login",
    "recaptcha_backend/type_recaptcha/private_key",
    "recaptcha_backend/type_recaptcha_v3/private_key",
    "system/smtp/host",
    "system/smtp/password",
    "system/smtp/port",
    "system/smtp/ssl",
    "system/smtp/transport",
    "system/smtp/username",
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

/// Sensitive for `config:sensitive:set`: kept in `env.php`, never in `config.php`.
const SENSITIVE: [&str; 6] = [
    "admin/url/custom",
    "admin/url/custom_path",
    "twofactorauth/authy/api_key",
    "twofactorauth/duo/api_hostname",
    "twofactorauth/duo/integration_key",
    "twofactorauth/duo/secret_key",
];

/// Whether a path may be set with `config:set`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settable {
    /// Yes.
    Yes,
    /// Only `admin:adobe-ims:enable` and `:disable` change it.
    BySwitchOnly,
    /// There is no such path.
    Unknown,
}

/// The rule for a path.
#[must_use]
pub fn settable(path: &str) -> Settable {
    if SWITCH_PATHS.contains(&path) && path != OPENID_PROVISIONING {
        Settable::BySwitchOnly
    } else if default_value(path).is_some() || WITHOUT_DEFAULT.contains(&path) {
        Settable::Yes
    } else {
        Settable::Unknown
    }
}

/// Whether values of a path are kept encrypted in the database and in files.
#[must_use]
pub fn is_encrypted(path: &str) -> bool {
    ENCRYPTED.contains(&path)
}

/// Whether `config:sensitive:set` takes a path.
#[must_use]
pub fn is_sensitive(path: &str) -> bool {
    SENSITIVE.contains(&path) || path.starts_with("trans_email/") && settable(path) == Settable::Yes
}

/// The path a field of the Admin's forms is stored under; almost always its own.
#[must_use]
pub fn stored_path(path: &str) -> &str {
    match path {
        "dev/debug/admin_adobe_ims_logging" => "adobe_ims/integration/logging_enabled",
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_alone_sets_flag_credentials_and_provider() {
        for path in SWITCH_PATHS {
            let expected = match path {
                OPENID_PROVISIONING => Settable::Yes,
                _ => Settable::BySwitchOnly,
            };
            assert_eq!(settable(path), expected, "{path}");
        }
    }

    #[test]
    fn the_grace_is_a_policy_that_the_switch_leaves() {
        assert_eq!(settable(OPENID_GRACE), Settable::Yes);
        assert!(!SWITCH_PATHS.contains(&OPENID_GRACE));
    }

    #[test]
    fn addresses_of_the_provider_can_be_set() {
        for name in [
            "imsUrl",
            "token_url",
            "profile_url",
            "certificateUrl",
            "admin_logout_url",
        ] {
            assert_eq!(
                settable(&format!("adobe_ims/integration/{name}")),
                Settable::Yes
            );
        }
        assert_eq!(settable("adobe_ims/integration/imsurl"), Settable::Unknown);
    }

    #[test]
    fn everything_encrypted_or_sensitive_is_a_known_path() {
        for path in ENCRYPTED.iter().chain(&SENSITIVE) {
            assert_ne!(settable(path), Settable::Unknown, "{path}");
        }
        assert!(!is_encrypted(ADMIN_ENABLED));
        assert!(is_sensitive("trans_email/ident_general/email"));
        assert!(!is_sensitive("trans_email/nothing/here"));
    }
}
