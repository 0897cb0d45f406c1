//! Being told by the provider that somebody has signed out there (OpenID Connect Back-Channel
//! Logout 1.0). A token is good once; what it names is ended here, and nothing else.

use super::grant::provider_session_hash;
use super::withdraw;
use crate::app::App;
use crate::error::ServiceError;
use crate::{provider, switch};
use domain::session::EndReason;
use domain::sign_in_mode::SignInMode;
use openid::LogoutToken;
use store::linked_identities::Identity;
use store::provider_grants::{self, StoredGrant};
use store::used_puzzles;

/// The longest token that is looked at, in bytes.
const LONGEST: usize = 16 * 1024;

/// Why nobody was signed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutRefused {
    /// The integration is off, or not set up: there is nobody to be told by.
    NobodyIsAsked,
    /// The token is not to be believed; the stable code of why.
    Token(&'static str),
    /// It could not be checked, for the provider did not answer.
    Unchecked,
}

/// The code of a token that came before.
const REPLAYED: &str = "logout_token.replayed";

/// The code of what cannot be a token.
const TOO_LONG: &str = "logout_token.too_long";

/// Ends the sessions that a logout token names. Returns how many were open.
pub async fn log_out(app: &App, token: &str) -> Result<Result<u64, LogoutRefused>, ServiceError> {
    let (_, mode) = switch::current(app).await?;
    if mode == SignInMode::Commerce {
        return Ok(Err(LogoutRefused::NobodyIsAsked));
    }
    let Some((provider, _)) = provider::current(app).await? else {
        return Ok(Err(LogoutRefused::NobodyIsAsked));
    };
    if token.len() > LONGEST {
        return Ok(Err(LogoutRefused::Token(TOO_LONG)));
    }
    let now = app.now();
    let said = match provider.read_logout_token(token, now).await {
        Ok(said) => said,
        Err(failure) if failure.is_outage() => {
            tracing::warn!(%failure, "a logout token could not be checked");
            return Ok(Err(LogoutRefused::Unchecked));
        }
        Err(failure) => return Ok(Err(LogoutRefused::Token(failure.code()))),
    };
    let issuer = provider.issuer();
    let name = format!("logout-token:{issuer}\0{}", said.id);
    let digest = app.keyring().keyed_digest(name.as_bytes());
    let mut connection = app.database().connection().await?;
    let expires_at = said.expires_at;
    if !used_puzzles::use_once(&mut connection, &digest, now, expires_at).await? {
        return Ok(Err(LogoutRefused::Token(REPLAYED)));
    }
    drop(connection);
    match end(app, issuer, &said).await {
        Ok(ended) => Ok(Ok(ended)),
        Err(error) => {
            // The provider may say it again.
            let mut connection = app.database().connection().await?;
            used_puzzles::take_back(&mut connection, &digest).await?;
            Err(error)
        }
    }
}

async fn end(app: &App, issuer: &str, said: &LogoutToken) -> Result<u64, ServiceError> {
    let mut ended = 0;
    for grant in named(app, issuer, said).await? {
        if withdraw(app, &grant, EndReason::SignedOutAtProvider).await? {
            ended += 1;
        }
    }
    Ok(ended)
}

/// The grants that a token names. Where it names somebody and one of their sessions there, those
/// of which the provider never told the session are meant as well: they may be of that one.
async fn named(
    app: &App,
    issuer: &str,
    said: &LogoutToken,
) -> Result<Vec<StoredGrant>, ServiceError> {
    let identity = said.subject.as_deref().map(|subject| {
        let identity = Identity { issuer, subject };
        identity.hash()
    });
    let session = said.session.as_deref();
    let session = session.map(|name| provider_session_hash(app, issuer, name));
    let mut connection = app.database().connection().await?;
    let list = match &identity {
        Some(identity) => provider_grants::list_of(&mut connection, Some(identity), None).await?,
        None => provider_grants::list_of(&mut connection, None, session.as_deref()).await?,
    };
    let is_meant = |grant: &StoredGrant| match (&session, &grant.provider_session_hash) {
        (Some(named), Some(known)) => named == known,
        (Some(_), None) | (None, _) => true,
    };
    Ok(list.into_iter().filter(is_meant).collect())
}
