//! What programs do about second factors, at Commerce's addresses below `/V1/tfa`: setting one up
//! with the token of a link, and asking which there are. Getting a token of the web API with one is
//! in [`crate::sign_in::admin_token`].

mod providers;
mod set_up;

pub use providers::{Lists, default, forced, installed, of, of_link, set_default, set_list};
pub use set_up::{Offer, activate_app, activate_key, configure_app, configure_key};

use super::{FactorRefused, link, rules, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::switch;
use commerce::second_factor as token;
use domain::admin::{Admin, AdminId};
use domain::second_factor::{Enrolled, Rules};
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::database::Transaction;
use store::{admins, user_expirations};

/// Why a program did not get what it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramRefused {
    /// The integration is on: nothing of Commerce's own sign-in is looked at.
    IntegrationIsOn,
    /// The token of the link is none, too old, used, or of an account that may not sign in.
    InvalidLink,
    /// The caller's role does not allow it, or nothing of the kind is looked after at present.
    Denied,
    /// There is no admin with this id.
    NoSuchAdmin(AdminId),
    /// The shop does not take this provider, or a link is of no use to this person.
    NotAllowed,
    /// It is set up already.
    AlreadySetUp,
    /// It is none of the providers that the person may use; as it was named.
    UnknownProvider(String),
    /// The code was not taken.
    Factor(FactorRefused),
}

/// Somebody with the token of a link, in a transaction that holds their account.
struct Linked {
    transaction: Transaction,
    admin: Admin,
    rules: Rules,
    enrolled: Enrolled,
}

/// The person of a link. Nothing is said about anybody before the token was found good.
async fn linked(
    app: &App,
    token: &SecretString,
    now: Timestamp,
) -> Result<Result<Linked, ProgramRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(ProgramRefused::IntegrationIsOn));
    }
    let opened = token::open(app.keyring(), token.expose_secret(), now.as_second());
    let Some((id, _)) = opened else {
        return Ok(Err(ProgramRefused::InvalidLink));
    };
    let rules = rules::load(app).await?;
    let mut transaction = app.database().begin().await?;
    let found = admins::lock(&mut transaction, id).await?;
    let expires_at = user_expirations::find(&mut transaction, id).await?;
    let is_expired = expires_at.is_some_and(|end| end <= now);
    let may_sign_in = |admin: &Admin| admin.is_active && admin.role.is_some() && !is_expired;
    let Some(admin) = found.filter(may_sign_in) else {
        return Ok(Err(ProgramRefused::InvalidLink));
    };
    if !link::is_good(app, &mut transaction, &admin, token, now).await? {
        return Ok(Err(ProgramRefused::InvalidLink));
    }
    let config = user_config::load(app, &mut transaction, &admin).await?;
    let enrolled = user_config::enrolled(app, &admin, &config)?;
    Ok(Ok(Linked {
        transaction,
        admin,
        rules,
        enrolled,
    }))
}
