//! The end of a sign-in, from our side and from the provider's.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{OpenId, metadata::Metadata};
use crate::{
    answer::Oddity,
    claims::{LogoutToken, subject},
    failure::Failure,
    jwt::Jwt,
    logout_token,
    provider::Tokens,
    provider_url::ProviderUrl,
    refusal::Refusal,
};

const REVOCATION: &str = "to the revocation request";

impl OpenId {
    /// The refresh token first: with it new access tokens could be had.
    pub(crate) async fn revoke(&self, tokens: &Tokens) -> Result<(), Failure> {
        let metadata = self.metadata().await?;
        let url = metadata
            .revocation
            .as_ref()
            .ok_or(Refusal::RevocationNotOffered)?;
        if let Some(refresh) = &tokens.refresh {
            self.revoke_one(&metadata, url, refresh, "refresh_token")
                .await?;
        }
        self.revoke_one(&metadata, url, &tokens.access, "access_token")
            .await
    }

    /// A token that is unknown there is answered like one that is ended (RFC 7009, section 2.2).
    async fn revoke_one(
        &self,
        metadata: &Metadata,
        url: &ProviderUrl,
        token: &SecretString,
        kind: &str,
    ) -> Result<(), Failure> {
        let form = [("token", token.expose_secret()), ("token_type_hint", kind)];
        let answer = self.post(metadata, url, &form, REVOCATION).await?;
        if answer.status == 200 {
            return Ok(());
        }
        let oddity = Oddity::Status(answer.status);
        Err(answer.unexpected(REVOCATION, oddity).into())
    }

    /// The provider is told whom to sign out by our client ID and the subject (RP-Initiated Logout
    /// 1.0, section 2). The ID token says it as well, but addresses end up in histories and logs,
    /// where a token has no place unless the operator finds that this provider needs it.
    pub(crate) async fn end_session_url(
        &self,
        tokens: &Tokens,
        post_logout_redirect_uri: &str,
    ) -> Result<Option<Url>, Failure> {
        let metadata = self.metadata().await?;
        let Some(endpoint) = &metadata.end_session else {
            return Ok(None);
        };
        let mut url = endpoint.as_url().clone();
        url.query_pairs_mut()
            .append_pair("client_id", &self.registration.client_id)
            .append_pair("post_logout_redirect_uri", post_logout_redirect_uri);
        let id_token = tokens.id.as_ref().map(ExposeSecret::expose_secret);
        if let Some(token) = id_token.filter(|_| self.options.id_token_hint) {
            url.query_pairs_mut().append_pair("id_token_hint", token);
        }
        let claims = id_token.and_then(Jwt::stored_claims);
        if let Some(subject) = claims.as_ref().and_then(subject) {
            url.query_pairs_mut().append_pair("logout_hint", subject);
        }
        Ok(Some(url))
    }

    pub(crate) async fn read_logout_token(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<LogoutToken, Failure> {
        let metadata = self.metadata().await?;
        let token = Jwt::parse(token, &metadata.algorithms)?;
        logout_token::check_kind(token.header.kind.as_deref())?;
        let claims = self.keys.verify(&metadata.keys, token).await?;
        let client_id = &self.registration.client_id;
        Ok(logout_token::read(&claims, self.issuer(), client_id, now)?)
    }
}
