//! Signing out, here and at the provider. Here comes first and never depends on anybody else; what
//! the provider did then is told as it was. Tokens that could not be revoked at once are revoked by
//! [`super::check`] when the provider is back.

use super::grant::open_tokens;
use super::{digest, end};
use crate::app::App;
use crate::error::ServiceError;
use crate::provider;
use openid::{Provider, Tokens};
use secrecy::SecretString;
use std::time::Duration;
use store::provider_grants::{self, StoredGrant, as_read};

/// How long the provider has for everything together.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where somebody is signed out now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedOut {
    /// Here; no provider had a part in the session.
    Here,
    /// Here and at the provider.
    Both,
    /// Here; at the provider the person may still be signed in.
    HereOnly(WhyHereOnly),
    /// Here; the browser has to go to this address to be signed out at the provider as well.
    GoOn(String),
}

/// Why somebody may still be signed in at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyHereOnly {
    /// It gave no answer.
    Outage,
    /// It did not do as it was asked.
    Refused,
    /// It has no place to sign out at.
    NotOffered,
}

/// Signs out the session behind a cookie, in whatever mode and epoch it is. `state` comes back with
/// a browser that the provider is to sign out: letters, digits and dots.
pub async fn sign_out(
    app: &App,
    id: &SecretString,
    state: &str,
) -> Result<SignedOut, ServiceError> {
    let id_hash = digest(app, id);
    let mut connection = app.database().connection().await?;
    let grant = provider_grants::find(&mut connection, &id_hash).await?;
    drop(connection);
    end(app, id).await?;
    let Some(grant) = grant else {
        return Ok(SignedOut::Here);
    };
    let (provider, settings) = match provider::current(app).await {
        Ok(Some(current)) => current,
        Ok(None) => return Ok(SignedOut::Here),
        Err(error) => {
            // Whoever is signed out here must not read of a fault.
            tracing::error!(%error, "nobody can be signed out at the provider");
            return Ok(SignedOut::HereOnly(WhyHereOnly::Refused));
        }
    };
    let tokens = open_tokens(app, &grant.tokens).filter(|_| provider.issuer() == grant.issuer);
    let Some(tokens) = tokens else {
        return Ok(SignedOut::HereOnly(WhyHereOnly::Refused));
    };
    let configuration = app.configuration().await?;
    let back_to = configuration.signed_out_uri(&app.front_name()?)?;
    let is_adobe = settings.issuer.is_none();
    let at_provider = sign_out_there(&provider, &tokens, &back_to, is_adobe);
    let (is_done, outcome) = match tokio::time::timeout(PATIENCE, at_provider).await {
        Ok(there) => there,
        Err(_) => (false, SignedOut::HereOnly(WhyHereOnly::Outage)),
    };
    leave_behind(app, &grant, is_done).await?;
    Ok(match outcome {
        SignedOut::GoOn(url) => SignedOut::GoOn(with_state(&url, state)),
        other => other,
    })
}

/// Whether the tokens are done with, and what came of it all. Revoking and asking for the address
/// go on at once: they share the time.
async fn sign_out_there(
    provider: &Provider,
    tokens: &Tokens,
    back_to: &str,
    is_adobe: bool,
) -> (bool, SignedOut) {
    let revoking = provider.revoke(tokens);
    let asking = provider.end_session_url(tokens, back_to);
    let (revoked, address) = tokio::join!(revoking, asking);
    let is_done = !matches!(&revoked, Err(failure) if failure.is_outage());
    if let Err(failure) = &revoked {
        tracing::info!(%failure, "tokens were not revoked at sign-out");
    }
    let outcome = match (address, revoked) {
        (Ok(Some(url)), _) => SignedOut::GoOn(url.into()),
        (_, Ok(())) if is_adobe => SignedOut::Both,
        (Ok(None), Err(failure)) | (Err(failure), _) if failure.is_outage() => {
            SignedOut::HereOnly(WhyHereOnly::Outage)
        }
        (Ok(None), _) if !is_adobe => SignedOut::HereOnly(WhyHereOnly::NotOffered),
        _ => SignedOut::HereOnly(WhyHereOnly::Refused),
    };
    (is_done, outcome)
}

/// Forgets the grant; where its tokens could not be revoked, it is left for the check.
async fn leave_behind(app: &App, grant: &StoredGrant, is_done: bool) -> Result<(), ServiceError> {
    let mut connection = app.database().connection().await?;
    if is_done {
        as_read::delete(&mut connection, grant).await?;
    } else {
        as_read::put_off(&mut connection, grant, app.now()).await?;
    }
    Ok(())
}

/// `state` of RP-Initiated Logout 1.0, section 2.
fn with_state(url: &str, state: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}state={state}")
}
