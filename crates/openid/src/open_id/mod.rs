//! A provider that speaks OpenID Connect and describes itself.
//!
//! Nothing is asked before it is needed; then the description is fetched from below the issuer's
//! address, and all else follows from it. One file each: the sign-in, whether it still stands, its
//! end, API clients' tokens, and the trial of a registration.

mod bearer;
mod end;
mod metadata;
mod person;
mod sign_in;
mod standing;
mod trial;

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded::byte_serialize;

use crate::{
    answer::Answer,
    cached::Cached,
    client::{CallFailed, Client},
    failure::Failure,
    keys::Keys,
    provider::{OpenIdOptions, Registration},
    provider_url::ProviderUrl,
    refusal::Refusal,
};
use metadata::{ClientAuthentication, Metadata};

const DISCOVERY: &str = "to the request for its description";

/// An OpenID provider and our registration there.
pub(crate) struct OpenId {
    client: Client,
    issuer: ProviderUrl,
    registration: Registration,
    options: OpenIdOptions,
    metadata: Cached<Metadata>,
    keys: Keys,
}

impl OpenId {
    pub(crate) fn new(
        client: Client,
        issuer: ProviderUrl,
        registration: Registration,
        options: OpenIdOptions,
    ) -> Self {
        Self {
            keys: Keys::new(client.clone()),
            client,
            issuer,
            registration,
            options,
            metadata: Cached::new(),
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        self.issuer.as_text()
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, Failure> {
        let fetching = discover(self.client.clone(), self.issuer.clone());
        self.metadata.get(fetching).await
    }

    /// Posts a form as our client, in the way that the provider takes secrets.
    async fn post(
        &self,
        metadata: &Metadata,
        url: &ProviderUrl,
        form: &[(&str, &str)],
        place: &'static str,
    ) -> Result<Answer, CallFailed> {
        let Registration {
            client_id,
            client_secret,
        } = &self.registration;
        match metadata.authentication {
            ClientAuthentication::Basic => {
                let secret: SecretString = encoded(client_secret.expose_secret()).into();
                let user = encoded(client_id);
                self.client
                    .post_form_as(url, (&user, &secret), form, place)
                    .await
            }
            ClientAuthentication::Post => {
                let mut form = form.to_vec();
                form.push(("client_id", client_id));
                form.push(("client_secret", client_secret.expose_secret()));
                self.client.post_form(url, &form, place).await
            }
        }
    }
}

/// Both halves are encoded as forms are before they are joined (RFC 6749, section 2.3.1).
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

async fn discover(client: Client, issuer: ProviderUrl) -> Result<Metadata, Failure> {
    let base = issuer.as_text();
    if issuer.as_url().query().is_some() || issuer.as_url().fragment().is_some() {
        return Err(Refusal::MetadataIssuer.into());
    }
    let address = format!(
        "{}/.well-known/openid-configuration",
        base.trim_end_matches('/')
    );
    let url = ProviderUrl::parse(&address).map_err(|_| Refusal::MetadataIssuer)?;
    let members = client.get(&url, DISCOVERY).await?.members(DISCOVERY)?;
    Ok(Metadata::read(&members, &issuer)?)
}
