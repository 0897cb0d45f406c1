//! What a person has set up, read from and written to where Commerce keeps it.

use super::recovery;
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use commerce::second_factor::{InvalidUserConfig, Provider, StoredKey, UserConfig};
use domain::admin::Admin;
use domain::second_factor::Enrolled;
use store::database::Connection;
use store::second_factors::user_configs;

/// What `admin` has set up. A row that cannot be read is an error that names what to do: taking it
/// for nothing would let whoever knows the password set up a factor of their own.
pub(super) async fn load(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<UserConfig, ServiceError> {
    let stored = user_configs::find(connection, admin.id).await?;
    UserConfig::open(app.keyring(), &stored.unwrap_or_default()).map_err(|why| damaged(admin, why))
}

/// Stores what `admin` has set up, in a transaction that holds the account. Every change made here
/// goes through this, and recovery codes follow it.
pub(super) async fn save(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    config: &UserConfig,
) -> Result<(), ServiceError> {
    recovery::follow(app, connection, admin, config).await?;
    let sealed = config.seal(app.keyring(), random::bytes()?);
    Ok(user_configs::save(connection, admin.id, &sealed).await?)
}

/// Which providers are set up to the end, with something behind them.
pub(super) fn enrolled(
    app: &App,
    admin: &Admin,
    config: &UserConfig,
) -> Result<Enrolled, ServiceError> {
    let secret = config.totp_secret(app.keyring());
    Ok(Enrolled {
        google: config.is_active(Provider::Google)
            && secret.map_err(|why| damaged(admin, why))?.is_some(),
        u2fkey: !keys(admin, config)?.is_empty(),
    })
}

/// Which providers `admin` has set up at this moment. A row that cannot be read is none of them:
/// the session that asks rests on nothing that could be seen.
pub(crate) async fn enrolled_now(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
) -> Result<Enrolled, ServiceError> {
    let config = match load(app, connection, admin).await {
        Err(ServiceError::Refused(_)) => UserConfig::default(),
        loaded => loaded?,
    };
    Ok(enrolled(app, admin, &config).unwrap_or_default())
}

/// The security keys that count: none where the provider was not set up to the end.
pub(super) fn keys(admin: &Admin, config: &UserConfig) -> Result<Vec<StoredKey>, ServiceError> {
    let keys = config.security_keys().map_err(|why| damaged(admin, why))?;
    Ok(match config.is_active(Provider::U2fKey) {
        true => keys,
        false => Vec::new(),
    })
}

pub(super) fn damaged(admin: &Admin, why: InvalidUserConfig) -> ServiceError {
    ServiceError::Refused(format!(
        "the second factors of {name} in tfa_user_config cannot be used: {why}; restore the row or \
         the key it was encrypted with, or take them away with bin/magento security:tfa:reset \
         {name} google (and u2fkey)",
        name = admin.username
    ))
}
