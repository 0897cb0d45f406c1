//! The provider that vouches for people while the integration is on: Adobe IMS, or any OpenID
//! provider, as the configuration says. Rule guarded here: what was learnt about a provider (its
//! metadata, its keys) is used for as long as it stays set up the same, and not a moment longer.
//! What is set is `settings`.

pub(crate) mod kept;
mod settings;

pub use settings::{LONGEST_GRACE, ProviderSettings};
pub(crate) use settings::{USUAL_GRACE, grace};

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use commerce::configuration::OPENID_ISSUER;
use openid::ims::Endpoints;
use openid::{Client, Limits, OpenIdOptions, Provider, ProviderUrl, Registration};
use secrecy::ExposeSecret;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The provider as configured, and what is set about it; nothing while no credentials are. It is
/// the same provider, with what it has learnt, for as long as it is set up the same.
pub async fn current(app: &App) -> Result<Option<(Provider, Arc<ProviderSettings>)>, ServiceError> {
    let configuration = app.configuration().await?;
    let Some(settings) = ProviderSettings::read(&configuration)? else {
        return Ok(None);
    };
    let fingerprint = fingerprint(app, &settings, &configuration.endpoints()?);
    let provider = app
        .kept_provider()
        .get_or_make(fingerprint, || make(&settings, &configuration))?;
    Ok(Some((provider, Arc::new(settings))))
}

/// What people call the provider: the host of an OpenID provider; nothing for Adobe, whose name
/// the words themselves have.
pub async fn name(app: &App) -> Result<Option<String>, ServiceError> {
    let issuer = app.configuration().await?.text(OPENID_ISSUER)?;
    let url = issuer.and_then(|issuer| ProviderUrl::parse(&issuer).ok());
    Ok(url.map(|url| url.host()))
}

/// A provider that nothing is known of yet.
pub(crate) fn make(
    settings: &ProviderSettings,
    configuration: &Settings,
) -> Result<Provider, ServiceError> {
    let client = Client::new(Limits::default());
    let registration = Registration {
        client_id: settings.client_id.clone(),
        client_secret: settings.client_secret.clone(),
    };
    let Some(issuer) = &settings.issuer else {
        let organization_id = settings.organization_id.clone();
        let endpoints = configuration.endpoints()?;
        return Ok(Provider::adobe(
            client,
            endpoints,
            registration,
            organization_id,
        ));
    };
    let issuer = ProviderUrl::parse(issuer).map_err(|why| {
        ServiceError::Refused(format!(
            "the address in {OPENID_ISSUER} {why}: switch the integration off and on again with \
             another --issuer"
        ))
    })?;
    let options = OpenIdOptions {
        scopes: settings.scopes.clone(),
        organization: settings.organization.clone(),
        second_factor: settings.second_factor.clone(),
        id_token_hint: settings.id_token_hint,
    };
    Ok(Provider::open_id(client, issuer, registration, options))
}

/// What tells one way to set up a provider from another, and gives nothing of it away. Policies
/// such as roles and grace are not in it: they change nothing about what was learnt.
fn fingerprint(app: &App, settings: &ProviderSettings, endpoints: &Endpoints) -> String {
    let ProviderSettings {
        issuer,
        scopes,
        organization,
        second_factor,
        id_token_hint,
        organization_id,
        client_id,
        client_secret,
        ..
    } = settings;
    let secret = client_secret.expose_secret();
    let everything = Zeroizing::new(format!(
        "{issuer:?} {endpoints:?} {scopes:?} {organization:?} {second_factor:?} {id_token_hint} \
         {organization_id:?} {client_id:?} {secret:?}"
    ));
    app.keyring().keyed_digest(everything.as_bytes())
}

#[cfg(test)]
mod tests;
