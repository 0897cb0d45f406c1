//! Telling Adobe to forget the tokens that were stored here. The tokens are gone from here in any
//! case; a provider that does not answer is not waited for.

use super::receipt::Revoked;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// How long Adobe has for all of them together.
const DEADLINE: Duration = Duration::from_secs(3);

/// What is needed to speak to Adobe, taken from the configuration before it was removed.
pub(super) struct Client {
    pub(super) endpoints: openid::ims::Endpoints,
    pub(super) client_id: SecretString,
    pub(super) client_secret: SecretString,
}

/// Revokes `tokens`; nothing where there are none or where the client is not known.
pub(super) async fn revoke(client: Option<&Client>, tokens: Vec<SecretString>) -> Option<Revoked> {
    let client = client.filter(|_| !tokens.is_empty())?;
    let report = openid::ims::revoke(
        &openid::Client::new(openid::Limits::default()),
        &client.endpoints,
        client.client_id.expose_secret(),
        &client.client_secret,
        tokens,
        DEADLINE,
    )
    .await;
    Some(Revoked {
        revoked: report.revoked,
        refused: report.refused,
        unreached: report.unreached,
    })
}
