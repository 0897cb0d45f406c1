//! What a session that was opened at the provider rests on: its tokens, sealed, and when the
//! provider last stood by it. Without a grant such a session is as good as none.

use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use crate::sign_in::NewGrant;
use domain::grant::{CHECK_INTERVAL, Grant};
use openid::Tokens;
use secrecy::{ExposeSecret, SecretString};
use store::database::Connection;
use store::linked_identities::Identity;
use store::provider_grants::{self, StoredGrant, StoredTokens};
use store::sessions::StoredSession;

/// Keeps the grant of a session that is being opened.
pub(super) async fn keep(
    app: &App,
    transaction: &mut Connection,
    session: &StoredSession,
    grant: &NewGrant,
) -> Result<(), ServiceError> {
    let NewGrant {
        issuer,
        subject,
        provider_session,
        tokens,
        confirmed_at,
        role_by_id_token,
    } = grant;
    let stored = StoredGrant {
        session_hash: session.id_hash.clone(),
        admin: session.session.admin,
        epoch: session.session.epoch,
        identity_hash: Identity { issuer, subject }.hash(),
        issuer: issuer.clone(),
        subject: subject.clone(),
        provider_session_hash: provider_session
            .as_deref()
            .map(|name| provider_session_hash(app, issuer, name)),
        tokens: seal_tokens(app, tokens)?,
        grant: Grant {
            confirmed_at: *confirmed_at,
            unreachable_since: None,
        },
        role_by_id_token: *role_by_id_token,
        rights_changed: false,
    };
    let next_check_at = *confirmed_at + CHECK_INTERVAL;
    Ok(provider_grants::create(transaction, &stored, next_check_at).await?)
}

/// What the provider's name for its own session is found by.
pub(super) fn provider_session_hash(app: &App, issuer: &str, name: &str) -> String {
    app.keyring()
        .keyed_digest(format!("provider-session:{issuer}\0{name}").as_bytes())
}

/// Tokens as they are stored.
pub(crate) fn seal_tokens(app: &App, tokens: &Tokens) -> Result<StoredTokens, ServiceError> {
    let seal = |token: &SecretString| -> Result<String, ServiceError> {
        let nonce = random::bytes()?;
        Ok(app
            .keyring()
            .encrypt(token.expose_secret().as_bytes(), nonce))
    };
    Ok(StoredTokens {
        access: seal(&tokens.access)?,
        expires_at: tokens.expires_at,
        refresh: tokens.refresh.as_ref().map(seal).transpose()?,
        id: tokens.id.as_ref().map(seal).transpose()?,
    })
}

/// Tokens as they are used; nothing where no key opens them.
pub(super) fn open_tokens(app: &App, stored: &StoredTokens) -> Option<Tokens> {
    let open = |token: &String| app.keyring().decrypt_text(token).ok();
    Some(Tokens {
        access: open(&stored.access)?,
        expires_at: stored.expires_at,
        refresh: stored.refresh.as_ref().and_then(open),
        id: stored.id.as_ref().and_then(open),
    })
}
