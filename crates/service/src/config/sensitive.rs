//! Setting a sensitive value: `config:sensitive:set`. It goes into `env.php`, never into
//! `config.php`, which is shared.

use super::ConfigRefused;
use super::set::{self, Target};
use crate::app::App;
use crate::error::ServiceError;
use commerce::configuration::{Scope, is_sensitive};
use secrecy::{ExposeSecret, SecretString};

/// The sensitive paths that are asked for one after another.
pub const PATHS: [&str; 8] = [
    "admin/url/custom",
    "admin/url/custom_path",
    "trans_email/ident_general/email",
    "trans_email/ident_general/name",
    "twofactorauth/authy/api_key",
    "twofactorauth/duo/api_hostname",
    "twofactorauth/duo/integration_key",
    "twofactorauth/duo/secret_key",
];

/// Sets the value. Returns where PHP Commerce could not be told, in words.
pub async fn set(
    app: &App,
    scope: &Scope,
    path: &str,
    value: &SecretString,
) -> Result<Vec<String>, ServiceError> {
    if !is_sensitive(path) {
        return Err(ConfigRefused::NotSensitive.into());
    }
    if value.expose_secret().is_empty() {
        return Err(ConfigRefused::Empty.into());
    }
    set::set(app, scope, path, value.expose_secret(), Target::EnvFile).await
}
