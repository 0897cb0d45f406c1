//! Setting a value: `config:set`.

use super::ConfigRefused;
use super::files::edit_refused;
use super::settings::Settings;
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::LONGEST_GRACE;
use crate::random;
use crate::second_factor::security_key::binding;
use commerce::configuration::{
    ConfigFile, OPENID_GRACE, OPENID_PROVISIONING, PASSKEY_AAGUIDS, PASSKEY_RP_ID, Scope, Settable,
    is_encrypted, settable, stored_path,
};
use commerce::php_array::Value;
use store::configuration_rows;

/// Where the value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `core_config_data`.
    Database,
    /// `app/etc/env.php`, locked there.
    EnvFile,
    /// `app/etc/config.php`, locked there.
    ConfigFile,
}

/// Commerce's bounds of the session lifetime, in seconds.
const LIFETIME: &str = "admin/security/session_lifetime";

/// Sets a value. Returns where PHP Commerce could not be told, in words.
pub async fn set(
    app: &App,
    scope: &Scope,
    path: &str,
    value: &str,
    target: Target,
) -> Result<Vec<String>, ServiceError> {
    let path = stored_path(path);
    let scope_id = scope_id(app, scope).await?;
    let settings = app.configuration().await?;
    match settable(path) {
        Settable::BySwitchOnly => return Err(ConfigRefused::OfTheSwitch(path.to_owned()).into()),
        Settable::Unknown if settings.places(path)?.is_empty() => {
            return Err(ConfigRefused::UnknownPath(path.to_owned()).into());
        }
        Settable::Unknown | Settable::Yes => {}
    }
    check(path, value)?;
    if path == PASSKEY_RP_ID {
        check_domain(app, &settings, value).await?;
    }
    let keys = scope.keys_in_file(path);
    if target == Target::Database
        && settings
            .configuration()
            .deployment()
            .get(&keys.join("/"))?
            .is_some()
    {
        return Err(ConfigRefused::Locked.into());
    }
    let stored = if is_encrypted(path) && !value.is_empty() {
        app.keyring().encrypt(value.as_bytes(), random::bytes()?)
    } else {
        value.to_owned()
    };
    let file = match target {
        Target::Database => {
            let mut connection = app.database().connection().await?;
            let scope = scope.name();
            configuration_rows::set(&mut connection, scope, scope_id, path, &stored).await?;
            return crate::cache::forget_configuration(app).await;
        }
        Target::EnvFile => ConfigFile::Env,
        Target::ConfigFile => ConfigFile::Config,
    };
    app.instance().edit(file, |php| {
        php.set(&keys, &Value::string(stored.as_str()))
            .map_err(|why| edit_refused(file, &why))
    })?;
    crate::cache::forget_configuration(app).await
}

/// Keys are bound to one name: it stays while there are any.
async fn check_domain(app: &App, settings: &Settings, value: &str) -> Result<(), ServiceError> {
    webauthn::check_id(value).map_err(ConfigRefused::from)?;
    let bound = binding::bound_name(settings)?.filter(|name| name != value);
    let Some(name) = bound else {
        return Ok(());
    };
    match binding::count_keys(app).await? {
        0 => Ok(()),
        count => Err(ConfigRefused::KeysAreBound { count, name }.into()),
    }
}

/// The number of a scope in the database; refuses a code that nobody has.
pub(super) async fn scope_id(app: &App, scope: &Scope) -> Result<u32, ServiceError> {
    let Some(code) = scope.code() else {
        return Ok(0);
    };
    let mut connection = app.database().connection().await?;
    configuration_rows::find_scope_id(&mut connection, scope.name(), code)
        .await?
        .ok_or_else(|| ConfigRefused::UnknownScope(code.to_owned()).into())
}

fn check(path: &str, value: &str) -> Result<(), ConfigRefused> {
    if path == LIFETIME {
        let seconds = value.parse::<i64>().unwrap_or(0);
        if seconds < 60 {
            return Err(ConfigRefused::Lifetime(
                "The Admin session lifetime is invalid. Set the lifetime to 60 seconds or longer \
                 and try again.",
            ));
        }
        if seconds > 31_536_000 {
            return Err(ConfigRefused::Lifetime(
                "The Admin session lifetime is invalid. Set the lifetime to 31536000 seconds (one \
                 year) or shorter and try again.",
            ));
        }
    }
    let seconds = || value.parse::<u32>().ok();
    if path == OPENID_GRACE && seconds().is_none_or(|seconds| seconds > LONGEST_GRACE) {
        return Err(ConfigRefused::Grace);
    }
    if path == OPENID_PROVISIONING && !["0", "1"].contains(&value) {
        return Err(ConfigRefused::NotAFlag);
    }
    if path == PASSKEY_AAGUIDS {
        let mut models = value.split(',').filter(|model| !model.trim().is_empty());
        if let Some(wrong) = models.find(|model| webauthn::Aaguid::parse(model).is_none()) {
            return Err(ConfigRefused::NotAModel(wrong.trim().to_owned()));
        }
    }
    let name = path
        .strip_prefix("adobe_ims/integration/")
        .unwrap_or_default();
    if name.ends_with("Url") {
        openid::ProviderUrl::parse(value).map_err(|why| ConfigRefused::BadAddress {
            path: path.to_owned(),
            why: why.to_string(),
        })?;
    }
    Ok(())
}
