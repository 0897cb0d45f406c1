//! The name that keys are bound to: fixed when an instance is made or adopted, and not changed once
//! anybody has a key, since a key is good for the name that it was made for and no other.

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use commerce::configuration::PASSKEY_RP_ID;
use commerce::second_factor::UserConfig;
use store::configuration_rows;
use store::second_factors::user_configs;
use webauthn::check_id;

/// Where PHP Commerce names another domain for the keys of its web API.
const OF_COMMERCE: &str = "twofactorauth/u2fkey/webapi_challenge_domain";

/// Binds keys to the host of the shop's address, which is what PHP Commerce binds them to, unless they
/// are bound. Returns the name where it was bound now; none where the shop has no address yet, or one
/// in numbers.
pub(crate) async fn bind(app: &App) -> Result<Option<String>, ServiceError> {
    let settings = app.configuration().await?;
    if bound_name(&settings)?.is_some() {
        return Ok(None);
    }
    let address = settings.set_base_url()?;
    let parsed = address.and_then(|address| url::Url::parse(&address).ok());
    let host = parsed.and_then(|url| url.host_str().map(str::to_owned));
    let name = match host {
        Some(host) => Some(host),
        None => settings.text(OF_COMMERCE)?,
    };
    let Some(name) = name.filter(|name| check_id(name).is_ok()) else {
        return Ok(None);
    };
    let mut connection = app.database().connection().await?;
    configuration_rows::set(&mut connection, "default", 0, PASSKEY_RP_ID, &name).await?;
    app.forget_configuration();
    Ok(Some(name))
}

/// The name that keys are bound to.
pub(crate) fn bound_name(settings: &Settings) -> Result<Option<String>, ServiceError> {
    let name = settings.text(PASSKEY_RP_ID)?;
    Ok(name.filter(|name| !name.is_empty()))
}

/// How many keys there are, of everybody whose list can be read.
pub(crate) async fn count_keys(app: &App) -> Result<usize, ServiceError> {
    let mut connection = app.database().connection().await?;
    if !user_configs::has_table(&mut connection).await? {
        return Ok(0);
    }
    let stored = user_configs::list(&mut connection).await?;
    let count = |stored: &String| {
        let config = UserConfig::open(app.keyring(), stored).unwrap_or_default();
        config.security_keys().map_or(0, |keys| keys.len())
    };
    Ok(stored.iter().map(|(_, stored)| count(stored)).sum())
}
