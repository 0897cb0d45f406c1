//! Who calls the web API. While the integration is on, those who bring a token of the provider's;
//! while it is off, those who bring one of Commerce's own. Rule guarded here: a token says whose it
//! is, and nothing more; whether that account may do anything is looked up at every call.

mod adobe_token;
pub(crate) mod checks;
mod commerce_token;

use crate::app::App;
use crate::error::ServiceError;
use domain::admin::{Admin, AdminId, Role};
use domain::linking::PersonRefused;
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use openid::Failure;
use secrecy::SecretString;
use store::{admins, user_expirations};

/// No honest token is longer, in bytes.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Somebody who may use the web API.
#[derive(Clone, Debug)]
pub struct ApiCaller {
    /// The account, as the database has it at this call.
    pub admin: Admin,
    /// What it may do.
    pub role: Role,
}

/// Why a call is nobody's. To the client all of them are one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiRefused {
    /// The header is not there, or is no bearer's.
    NoBearer,
    /// Nobody can tell which tokens hold, since the database cannot be asked.
    ModeUnknown,
    /// The integration is on and lacks its settings.
    NotConfigured,
    /// Not a token that holds, or one from before the last switch.
    Void,
    /// Its time is over, by the token or by the shop's own bound.
    Expired,
    /// The provider says no.
    ByProvider(&'static str),
    /// The provider gives no answer, and the time of grace is over.
    Unreachable,
    /// The provider vouches for somebody who has no account, or another one.
    Person(&'static str),
}

impl ApiRefused {
    /// The stable code, for the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoBearer => "api.no_bearer",
            Self::ModeUnknown => "api.mode_unknown",
            Self::NotConfigured => "api.not_configured",
            Self::Void => "api.void",
            Self::Expired => "api.expired",
            Self::Unreachable => "provider.unreachable",
            Self::ByProvider(code) | Self::Person(code) => code,
        }
    }
}

impl From<PersonRefused> for ApiRefused {
    fn from(refused: PersonRefused) -> Self {
        Self::Person(refused.code())
    }
}

impl From<Failure> for ApiRefused {
    fn from(failure: Failure) -> Self {
        match failure.is_outage() {
            true => Self::Unreachable,
            false => Self::ByProvider(failure.code()),
        }
    }
}

/// Who a request is from, by its `Authorization` header and what is known of the mode.
pub async fn authenticate(
    app: &App,
    authorization: Option<&str>,
    known: KnownMode,
) -> Result<Result<ApiCaller, ApiRefused>, ServiceError> {
    let KnownMode::Leased { mode, epoch } = known else {
        return Ok(Err(ApiRefused::ModeUnknown));
    };
    let Some(token) = authorization.and_then(bearer) else {
        return Ok(Err(ApiRefused::NoBearer));
    };
    let now = app.now();
    let owner = match mode {
        SignInMode::AdobeIms => adobe_token::owner(app, token, epoch, now).await?,
        SignInMode::Commerce => commerce_token::owner(app, &token, now).await?,
    };
    let caller = match owner {
        Ok(admin) => admit(app, admin, now).await?,
        Err(refused) => Err(refused),
    };
    if let Err(refused) = &caller {
        tracing::info!(reason = refused.code(), "a call of the web API was refused");
    }
    Ok(caller)
}

/// The token of a header of exactly two parts, of which the first is `Bearer` in whatever case.
fn bearer(authorization: &str) -> Option<SecretString> {
    let (scheme, token) = authorization.split_once(' ')?;
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    let fits = is_token && token.len() <= LONGEST_TOKEN;
    (scheme.eq_ignore_ascii_case("bearer") && fits).then(|| token.to_owned().into())
}

/// The account of a token that holds, if it may be used. A lock that was earned with passwords does
/// not count here (A16), so that guessing at a password does not stop the programs of its owner.
async fn admit(
    app: &App,
    id: AdminId,
    now: Timestamp,
) -> Result<Result<ApiCaller, ApiRefused>, ServiceError> {
    let mut connection = app.database().connection().await?;
    let expires_at = user_expirations::find(&mut connection, id).await?;
    let Some(admin) = admins::find_by_id(&mut connection, id).await? else {
        return Ok(Err(PersonRefused::NoAccount.into()));
    };
    if expires_at.is_some_and(|end| end <= now) {
        return Ok(Err(PersonRefused::Expired.into()));
    }
    if !admin.is_active {
        return Ok(Err(PersonRefused::Inactive.into()));
    }
    Ok(match admin.role.clone() {
        Some(role) => Ok(ApiCaller { admin, role }),
        None => Err(PersonRefused::NoRole.into()),
    })
}

/// The age at which the shop takes no token any more, whatever the token says of itself; nothing
/// where it sets no bound.
async fn longest_age(app: &App) -> Result<Option<SignedDuration>, ServiceError> {
    let configuration = app.configuration().await?;
    let hours = configuration.integer("oauth/access_token_lifetime/admin")?;
    Ok(hours
        .filter(|hours| *hours > 0)
        .and_then(SignedDuration::try_from_hours))
}

#[cfg(test)]
mod tests;
