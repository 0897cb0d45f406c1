//! Admin tokens of the web API, in Commerce's own form. Where a second factor is asked for, a token
//! is made after it and not before: a right password alone opens nothing, and forgives no failures.

use super::password::{self, Attempt, SignInRefused};
use super::verified::Verified;
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::link::{self, Sent};
use crate::second_factor::pending::{self, PendingId};
use crate::second_factor::prove::{self, Proof};
use crate::second_factor::{FactorRefused, rules, security_key};
use crate::switch;
use commerce::admin_token::{self, AdminClaims};
use domain::audit::Door;
use domain::second_factor::{Demand, Provider};
use secrecy::SecretString;
use store::admin_tokens;

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenRefused {
    /// The password was not enough for anybody.
    Password(SignInRefused),
    /// The password was right, and one of these is to be shown with it.
    FactorNeeded(Vec<Provider>),
    /// The password was right, and nothing is set up: a link to set up one of these was mailed, now
    /// or a short while ago.
    LinkSent(Vec<Provider>),
    /// The same, and there is nowhere to send a link to.
    NoAddress,
    /// The shop does not take this provider.
    ProviderNotAllowed,
    /// The person has not set this provider up.
    ProviderNotSetUp,
    /// The second factor was not taken.
    Factor(FactorRefused),
}

/// What a program sends to get a token.
pub struct Credentials {
    /// User name as typed.
    pub username: String,
    /// Password as typed.
    pub password: SecretString,
    /// The sender's address, as far as it is to be believed; empty where there is none.
    pub ip: String,
}

impl Credentials {
    fn attempt(&self) -> Attempt {
        Attempt {
            username: self.username.clone(),
            password: self.password.clone(),
            door: Door::Api,
            ip: self.ip.clone(),
            browser: None,
            answer: None,
        }
    }
}

/// Issues a token to who knows the password, where that is all that is asked for. Who fails too
/// often is throttled by Commerce's `oauth_token_request_log`, since a program solves no puzzles.
pub async fn create(
    app: &App,
    credentials: &Credentials,
) -> Result<Result<SecretString, TokenRefused>, ServiceError> {
    match password::check(app, credentials.attempt()).await? {
        Ok(verified) => issue(app, &verified).await,
        Err(SignInRefused::FactorNeeded(id)) => {
            let refused = what_is_needed(app, &id).await?;
            pending::abandon(app, &id).await?;
            Ok(Err(refused))
        }
        Err(refused) => Ok(Err(TokenRefused::Password(refused))),
    }
}

/// Issues a token to who knows the password and shows a second factor of theirs.
pub async fn create_with(
    app: &App,
    credentials: &Credentials,
    provider: Provider,
    proof: &Proof,
) -> Result<Result<SecretString, TokenRefused>, ServiceError> {
    let id = match password::check(app, credentials.attempt()).await? {
        // Nobody is asked for one at this moment.
        Ok(verified) => return issue(app, &verified).await,
        Err(SignInRefused::FactorNeeded(id)) => id,
        Err(refused) => return Ok(Err(TokenRefused::Password(refused))),
    };
    match show(app, &id, &credentials.ip, provider, proof).await? {
        Ok(verified) => issue(app, &verified).await,
        Err(refused) => abandon(app, &id, refused).await.map(Err),
    }
}

/// What the browser is to ask a security key of who knows the password, as JSON. The answer comes
/// with the password once more, to [`create_with`].
pub async fn ask_key(
    app: &App,
    credentials: &Credentials,
) -> Result<Result<String, TokenRefused>, ServiceError> {
    let id = match password::check(app, credentials.attempt()).await? {
        // Nobody is asked for one at this moment, and nobody has been asked for anything.
        Ok(_) => return Ok(Err(TokenRefused::ProviderNotAllowed)),
        Err(SignInRefused::FactorNeeded(id)) => id,
        Err(refused) => return Ok(Err(TokenRefused::Password(refused))),
    };
    let found = find(app, &id, Provider::U2fKey).await?;
    let asked = match found {
        Ok(()) => security_key::ask_by_api(app, &id).await?,
        Err(refused) => return abandon(app, &id, refused).await.map(Err),
    };
    pending::abandon(app, &id).await?;
    Ok(asked.map_err(TokenRefused::Factor))
}

async fn abandon(
    app: &App,
    id: &PendingId,
    refused: TokenRefused,
) -> Result<TokenRefused, ServiceError> {
    pending::abandon(app, id).await?;
    Ok(refused)
}

/// Whether the person of a sign-in has this provider.
async fn find(
    app: &App,
    id: &PendingId,
    provider: Provider,
) -> Result<Result<(), TokenRefused>, ServiceError> {
    let Some(pending) = pending::find(app, id).await? else {
        return Ok(Err(TokenRefused::Factor(FactorRefused::NotPending)));
    };
    if pending.enrolled.has(provider) {
        return Ok(Ok(()));
    }
    let is_allowed = rules::load(app).await?.allowed().contains(&provider);
    Ok(Err(match is_allowed {
        true => TokenRefused::ProviderNotSetUp,
        false => TokenRefused::ProviderNotAllowed,
    }))
}

async fn show(
    app: &App,
    id: &PendingId,
    ip: &str,
    provider: Provider,
    proof: &Proof,
) -> Result<Result<Verified, TokenRefused>, ServiceError> {
    if let Err(refused) = find(app, id, provider).await? {
        return Ok(Err(refused));
    }
    let attempt = prove::Attempt {
        id: id.clone(),
        door: Door::Api,
        ip: ip.to_owned(),
        browser: None,
    };
    let entered = prove::prove(app, &attempt, proof).await?;
    Ok(entered
        .map(|entered| entered.verified)
        .map_err(TokenRefused::Factor))
}

/// What the person of a sign-in has to do. A link is mailed to who has nothing: whoever has
/// something is asked for it, even where the shop wants more of them.
async fn what_is_needed(app: &App, id: &PendingId) -> Result<TokenRefused, ServiceError> {
    let Some(pending) = pending::find(app, id).await? else {
        return Ok(TokenRefused::Factor(FactorRefused::NotPending));
    };
    let rules = rules::load(app).await?;
    Ok(match rules.demand(pending.enrolled) {
        Demand::Enrolment => match link::send(app, &pending).await? {
            Sent::Queued | Sent::Recently(_) => TokenRefused::LinkSent(rules.allowed()),
            Sent::NoAddress => TokenRefused::NoAddress,
        },
        Demand::Proof(_) | Demand::Nothing => {
            TokenRefused::FactorNeeded(pending.enrolled.providers())
        }
    })
}

/// A token for who was verified, unless the mode was switched meanwhile. The mode is read last: a
/// switch voids the tokens issued until then, and would miss one that comes after it.
async fn issue(
    app: &App,
    verified: &Verified,
) -> Result<Result<SecretString, TokenRefused>, ServiceError> {
    let admin = &verified.admin;
    let configuration = app.configuration().await?;
    let minutes = configuration
        .integer("webapi/jwtauth/admin_expiration")?
        .unwrap_or(60);
    let lifetime = if minutes > 0 {
        minutes.min(525_600)
    } else {
        30
    } * 60;
    let mut connection = app.database().connection().await?;
    let revoked_before = admin_tokens::revoked_before(&mut connection, admin.id).await?;
    // Revocation knows whole seconds and includes its own: a token issued in the second of a
    // switch, but after it, must not be born void.
    let issued_at = app
        .now()
        .as_second()
        .max(revoked_before.map_or(i64::MIN, |second| second + 1));
    let claims = AdminClaims {
        user_id: admin.id,
        issued_at,
        expires_at: issued_at.saturating_add(lifetime),
    };
    drop(connection);
    let (record, _) = switch::current(app).await?;
    if record.epoch != verified.epoch {
        let refused = SignInRefused::IntegrationIsOn;
        return Ok(Err(TokenRefused::Password(refused)));
    }
    Ok(Ok(admin_token::issue(app.keyring(), claims)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{PASSWORD, each_engine};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn v15_a_password_that_was_right_before_a_switch_gets_no_token_after_it() {
        each_engine(async |shop| {
            let verified = shop.sign_in("ann", PASSWORD).await.unwrap();
            assert!(issue(&shop.app, &verified).await.unwrap().is_ok());
            shop.integrate().await;
            let refused = issue(&shop.app, &verified).await.unwrap().err();
            assert_eq!(
                refused,
                Some(TokenRefused::Password(SignInRefused::IntegrationIsOn))
            );
        })
        .await;
    }
}
