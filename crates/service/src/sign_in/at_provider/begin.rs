//! Sending a browser to the provider.

use super::attempt::{self, Errand, LIFETIME};
use super::refusal::ProviderRefused;
use crate::app::App;
use crate::error::ServiceError;
use crate::session::Current;
use crate::sign_in::network;
use crate::{provider, switch};
use domain::sign_in_mode::SignInMode;
use openid::{AuthorizationRequest, Prompt};
use secrecy::{ExposeSecret, SecretString};
use store::provider_attempts::{self, ProviderAttempt};

/// More ways than this from one address, or one network of IPv6, are not begun before others have
/// ended: enough for an office behind one address, too few to fill a table.
const MOST_FROM_ONE_ADDRESS: u64 = 200;

/// Longer texts are not kept for the way back, in bytes: what is sealed makes no longer address.
const LONGEST_KEPT: usize = 4096;

/// Who wants to go to the provider, and what for.
pub struct Beginning<'a> {
    /// What for.
    pub errand: Errand,
    /// Whose session it is, for a confirmation.
    pub current: Option<&'a Current>,
    /// Whether to be asked for another account.
    pub other_account: bool,
    /// Where the person wanted to go.
    pub back: Option<String>,
    /// What they had typed, sealed.
    pub kept: Option<String>,
    /// What the browser has from an earlier way, of the cookie.
    pub browser: Option<SecretString>,
    /// The browser's address.
    pub ip: String,
}

/// A way that is begun.
pub struct Begun {
    /// Where to send the browser.
    pub url: String,
    /// What the browser alone is to keep until it comes back.
    pub browser: SecretString,
}

/// Begins a way. The provider may have to be asked about itself first.
pub async fn begin(
    app: &App,
    beginning: Beginning<'_>,
) -> Result<Result<Begun, ProviderRefused>, ServiceError> {
    let (record, mode) = switch::current(app).await?;
    if mode == SignInMode::Commerce {
        return Ok(Err(ProviderRefused::IntegrationIsOff));
    }
    let Some((provider, _)) = provider::current(app).await? else {
        return Ok(Err(ProviderRefused::NotConfigured));
    };
    let state = attempt::new_secret()?;
    let browser = match beginning.browser {
        Some(browser) => browser,
        None => attempt::new_secret()?,
    };
    let configuration = app.configuration().await?;
    let locale = configuration.text("general/locale/code")?;
    let verifier = attempt::verifier(app, state.expose_secret(), &browser);
    let request = AuthorizationRequest {
        redirect_uri: &super::redirect_uri(app, &configuration, beginning.errand)?,
        locale: locale.as_deref().unwrap_or("en_US"),
        state: state.expose_secret(),
        nonce: &attempt::nonce(app, state.expose_secret(), &browser),
        verifier: verifier.expose_secret(),
        prompt: prompt(beginning.errand, beginning.other_account),
        login_hint: beginning
            .current
            .and_then(|current| current.admin.email.as_deref()),
    };
    let url = match provider.authorize(&request).await {
        Ok(url) => String::from(url),
        Err(failure) => {
            if failure.is_outage() {
                app.metrics().set_provider_reachable(false);
            }
            return Ok(Err(failure.into()));
        }
    };
    let attempt = ProviderAttempt {
        browser_hash: attempt::browser_hash(app, &browser),
        epoch: record.epoch,
        purpose: beginning.errand.code().to_owned(),
        session_hash: beginning
            .current
            .map(|current| current.id_hash().to_owned()),
        back: fitting(beginning.back),
        kept: fitting(beginning.kept),
        ip: network::of(&beginning.ip),
        begun_at: app.now(),
    };
    Ok(match keep(app, &state, &attempt).await? {
        true => Ok(Begun { url, browser }),
        false => Err(ProviderRefused::TooMany),
    })
}

/// Keeps what is to be known when the browser comes back. Says whether there was room for it.
async fn keep(
    app: &App,
    state: &SecretString,
    attempt: &ProviderAttempt,
) -> Result<bool, ServiceError> {
    let mut connection = app.database().connection().await?;
    let since = attempt.begun_at - LIFETIME;
    let begun = provider_attempts::count_from(&mut connection, &attempt.ip, since).await?;
    if begun >= MOST_FROM_ONE_ADDRESS {
        return Ok(false);
    }
    let state_hash = attempt::state_hash(app, state.expose_secret());
    provider_attempts::create(&mut connection, &state_hash, attempt).await?;
    Ok(true)
}

fn fitting(text: Option<String>) -> Option<String> {
    text.filter(|text| text.len() <= LONGEST_KEPT)
}

fn prompt(errand: Errand, other_account: bool) -> Prompt {
    match errand {
        Errand::Confirm(_) => Prompt::SignInAnew,
        Errand::SignIn if other_account => Prompt::OtherAccount,
        Errand::SignIn => Prompt::SignIn,
    }
}
