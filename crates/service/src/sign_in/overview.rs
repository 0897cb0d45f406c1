//! How people sign in at present, and the policies that hold, for an admin to read. Nothing can be
//! changed here: the switch is the command line's alone. The client's ID and secret stay where they
//! are kept; of them it is only told whether they are there.

use super::forgot_password;
use super::policy::SignInPolicy;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::reset_link;
use crate::password::settings::PasswordSettings;
use crate::session::Current;
use crate::switch;
use domain::lockout::LockoutPolicy;
use domain::reset_limit::{Protection, ResetLimits};
use domain::session::Limits;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::ExposeSecret;

/// The person may not see the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPermission;

impl NoPermission {
    /// The stable code.
    pub fn code(self) -> &'static str {
        "configuration.no_permission"
    }
}

/// What holds at present.
pub struct Overview {
    /// How people sign in.
    pub mode: SignInMode,
    /// When it was last switched.
    pub since: Timestamp,
    /// Who switched it.
    pub changed_by: String,
    /// Until when somebody with full rights must have signed in, lest it is switched off again.
    pub trial_until: Option<Timestamp>,
    /// How the integration is set up, while it is on.
    pub integration: Option<Integration>,
    /// What holds for passwords and sessions.
    pub policies: Policies,
}

/// The settings of the integration that may be shown.
pub struct Integration {
    /// The address of an OpenID provider; nothing for Adobe.
    pub issuer: Option<String>,
    /// What stands for the organization; empty where nothing does.
    pub organization: String,
    /// Whether both the client's ID and its secret are there.
    pub has_credentials: bool,
}

/// The policies in force.
pub struct Policies {
    /// What a password must be, and how old it may get.
    pub password: PasswordSettings,
    /// When wrong passwords lock an account.
    pub lockout: LockoutPolicy,
    /// Whether the case of letters matters in user names.
    pub is_case_sensitive: bool,
    /// How many hours a link to set a password holds.
    pub link_hours: i64,
    /// How many of them can be asked for.
    pub resets: ResetLimits,
    /// Whose requests are counted together.
    pub protection: Protection,
    /// How long sessions last.
    pub sessions: Limits,
    /// Whether one account may be signed in twice.
    pub is_shared: bool,
}

/// Looks, for a person with full rights.
pub async fn overview(
    app: &App,
    current: &Current,
) -> Result<Result<Overview, NoPermission>, ServiceError> {
    if !current.admin.has_full_rights() {
        return Ok(Err(NoPermission));
    }
    let (record, mode) = switch::current(app).await?;
    let settings = app.configuration().await?;
    let integration = match mode {
        SignInMode::AdobeIms => Some(integration(&settings)?),
        SignInMode::Commerce => None,
    };
    Ok(Ok(Overview {
        mode,
        since: record.changed_at,
        changed_by: record.changed_by,
        trial_until: record.trial_until,
        integration,
        policies: policies(&settings)?,
    }))
}

fn integration(settings: &Settings) -> Result<Integration, ServiceError> {
    let text = |path: &str| settings.text(path);
    let is_set = |path: &str| -> Result<bool, ServiceError> {
        let value = settings.secret(path)?;
        Ok(value.is_some_and(|value| !value.expose_secret().is_empty()))
    };
    Ok(Integration {
        issuer: text("postern/openid/issuer")?.filter(|issuer| !issuer.is_empty()),
        organization: text("adobe_ims/integration/organization_id")?.unwrap_or_default(),
        has_credentials: is_set("adobe_ims/integration/api_key")?
            && is_set("adobe_ims/integration/private_key")?,
    })
}

fn policies(settings: &Settings) -> Result<Policies, ServiceError> {
    let sign_in = SignInPolicy::read(settings)?;
    let (resets, protection) = forgot_password::limits(settings)?;
    let idle = settings.integer("admin/security/session_lifetime")?;
    let absolute = settings.integer("postern/security/session_absolute_lifetime")?;
    Ok(Policies {
        password: PasswordSettings::read(settings)?,
        lockout: sign_in.lockout,
        is_case_sensitive: sign_in.is_case_sensitive,
        link_hours: reset_link::hours(settings)?,
        resets,
        protection,
        sessions: Limits::new(idle.unwrap_or(900), absolute.unwrap_or(43_200)),
        is_shared: settings.flag("admin/security/admin_account_sharing")?,
    })
}
