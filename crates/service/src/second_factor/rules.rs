//! What the shop asks for, read anew at each question: whether Commerce's module for second factors
//! is on, and its settings `twofactorauth/*`.

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use domain::second_factor::Rules;
use domain::second_factor::code_limit::CodeLimit;
use domain::second_factor::totp::Window;
use serde::Serialize;
use store::second_factors::user_configs;

/// Where `config.php` says whether the module is on.
const MODULE: &str = "modules/Magento_TwoFactorAuth";

const LEEWAY: &str = "twofactorauth/google/leeway";
const OTP_WINDOW: &str = "twofactorauth/google/otp_window";

/// Commerce's module for second factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Module {
    /// It is there and asks.
    On,
    /// `config.php` switches it off.
    SwitchedOff,
    /// There is no such module, so that nobody could have set anything up.
    Missing,
}

/// What is asked of everybody at this moment.
pub async fn load(app: &App) -> Result<Rules, ServiceError> {
    let settings = app.configuration().await?;
    Ok(by(app, &settings).await?.0)
}

/// What `settings` ask of everybody, and how it is with Commerce's module.
pub(super) async fn by(app: &App, settings: &Settings) -> Result<(Rules, Module), ServiceError> {
    let forced = settings.text("twofactorauth/general/force_providers")?;
    let module = module(app, settings).await?;
    let rules = Rules::new(module == Module::On, &forced.unwrap_or_default());
    Ok((rules, module))
}

/// Whether Commerce asks for second factors, and why not.
async fn module(app: &App, settings: &Settings) -> Result<Module, ServiceError> {
    let deployment = settings.configuration().deployment();
    match deployment.text(MODULE)?.as_deref() {
        Some("0") => return Ok(Module::SwitchedOff),
        Some(_) => return Ok(Module::On),
        None => {}
    }
    let mut connection = app.database().connection().await?;
    Ok(match user_configs::has_table(&mut connection).await? {
        true => Module::On,
        false => Module::Missing,
    })
}

/// Whose code is still, or already, good.
pub(super) fn window(settings: &Settings) -> Result<Window, ServiceError> {
    let is_set = |path: &str| Ok::<_, ServiceError>(!settings.places(path)?.is_empty());
    // Before its 2.4.7 Commerce had only the one, and since then only the other.
    let is_old = is_set(OTP_WINDOW)? && !is_set(LEEWAY)?;
    Ok(match is_old {
        true => Window::new(None, settings.integer(OTP_WINDOW)?),
        false => Window::new(settings.integer(LEEWAY)?, None),
    })
}

/// How often a person may guess.
pub(super) fn limit(settings: &Settings) -> Result<CodeLimit, ServiceError> {
    let number = |path: &str| settings.integer(path);
    Ok(CodeLimit::of_person(
        number("twofactorauth/general/twofactorauth_retry")?.unwrap_or(10),
        number("twofactorauth/general/auth_lock_expire")?.unwrap_or(300),
    ))
}
