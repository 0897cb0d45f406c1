//! Taking back a browser that comes from the provider. Every check that does not need the provider
//! is made before it is asked; a way is used up by its first return, whatever comes of it.

use super::attempt::{self, Errand, LIFETIME};
use super::refusal::ProviderRefused;
use super::{confirm, enter};
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::ProviderSettings;
use crate::session::Current;
use crate::sign_in::verified::Verified;
use crate::{provider, switch};
use domain::audit::{Door, Event, Kind};
use domain::sign_in_mode::{ModeRecord, SignInMode};
use jiff::Timestamp;
use openid::{Provider, Redemption, SignedIn};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use store::audit_events;
use store::provider_attempts::{self, ProviderAttempt};

/// The longest state and code that are looked at, in bytes.
const LONGEST_STATE: usize = 64;
const LONGEST_CODE: usize = 4096;

/// What came back, as it came.
#[derive(Default)]
pub struct Returned {
    /// Whether it came back where confirmations do.
    pub is_confirmation: bool,
    /// `state`.
    pub state: Option<String>,
    /// `code`.
    pub code: Option<SecretString>,
    /// `error`.
    pub error: Option<String>,
    /// `iss` (RFC 9207).
    pub issuer: Option<String>,
    /// What the browser kept, of the cookie.
    pub browser: Option<SecretString>,
    /// The id by which the browser is known from earlier sign-ins.
    pub known_browser: Option<SecretString>,
    /// The session that the browser is in.
    pub current: Option<Current>,
}

/// Where a way has led.
pub enum Finished {
    /// Somebody is let in.
    SignedIn {
        /// Who.
        verified: Box<Verified>,
        /// Where they wanted to go.
        back: Option<String>,
        /// What they had typed, sealed.
        kept: Option<String>,
    },
    /// The person of the session has shown once more who they are.
    Confirmed {
        /// The id of the confirmation, for the action to use up.
        confirmation: SecretString,
        /// What they had typed, sealed.
        kept: Option<String>,
    },
}

/// A way whose return is as it should be, before the provider is asked.
pub(super) struct Way {
    pub(super) provider: Provider,
    pub(super) settings: Arc<ProviderSettings>,
    pub(super) attempt: ProviderAttempt,
    pub(super) errand: Errand,
    pub(super) now: Timestamp,
    state: String,
    browser: SecretString,
}

/// Ends a way. What refuses one that was begun here is written down with its code.
pub async fn finish(
    app: &App,
    returned: Returned,
) -> Result<Result<Finished, ProviderRefused>, ServiceError> {
    let now = app.now();
    let is_sign_in = !returned.is_confirmation;
    let mut known = Who::default();
    let refused = match check(app, &returned, now).await? {
        Ok(way) => match go_on(app, way, returned, &mut known).await? {
            Ok(finished) => {
                measure(app, is_sign_in, None);
                return Ok(Ok(finished));
            }
            Err(refused) => refused,
        },
        Err(refused) => refused,
    };
    measure(app, is_sign_in, Some(&refused));
    note(app, known, &refused, now).await?;
    Ok(Err(refused))
}

fn measure(app: &App, is_sign_in: bool, refused: Option<&ProviderRefused>) {
    let metrics = app.metrics();
    match refused {
        None => metrics.set_provider_reachable(true),
        Some(ProviderRefused::Failure(failure)) if failure.is_outage() => {
            metrics.set_provider_reachable(false);
        }
        Some(_) => {}
    }
    if is_sign_in {
        metrics.count_sign_in(Door::Provider, refused.map(ProviderRefused::code));
    }
}

/// Whom the provider vouched for, as far as it came to that.
#[derive(Default)]
struct Who {
    issuer: String,
    subject: String,
}

async fn check(
    app: &App,
    returned: &Returned,
    now: Timestamp,
) -> Result<Result<Way, ProviderRefused>, ServiceError> {
    let (record, mode) = switch::current(app).await?;
    if mode == SignInMode::Commerce {
        return Ok(Err(ProviderRefused::IntegrationIsOff));
    }
    let state = returned.state.as_deref().unwrap_or_default();
    let code = returned
        .code
        .as_ref()
        .map_or(0, |code| code.expose_secret().len());
    if state.is_empty() || state.len() > LONGEST_STATE || code > LONGEST_CODE {
        return Ok(Err(ProviderRefused::Malformed));
    }
    let mut connection = app.database().connection().await?;
    let state_hash = attempt::state_hash(app, state);
    let Some(attempt) = provider_attempts::take(&mut connection, &state_hash).await? else {
        return Ok(Err(ProviderRefused::UnknownState));
    };
    drop(connection);
    let (errand, browser) = match belongs(app, &attempt, returned, &record, now) {
        Ok(belongs) => belongs,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some((provider, settings)) = provider::current(app).await? else {
        return Ok(Err(ProviderRefused::NotConfigured));
    };
    Ok(Ok(Way {
        provider,
        settings,
        attempt,
        errand,
        now,
        state: state.to_owned(),
        browser,
    }))
}

/// Whether a way is this browser's, of this epoch, in time, and back at the right address.
fn belongs(
    app: &App,
    attempt: &ProviderAttempt,
    returned: &Returned,
    record: &ModeRecord,
    now: Timestamp,
) -> Result<(Errand, SecretString), ProviderRefused> {
    let is_its =
        |browser: &SecretString| attempt::browser_hash(app, browser) == attempt.browser_hash;
    let browser = returned.browser.clone().filter(is_its);
    let browser = browser.ok_or(ProviderRefused::OtherBrowser)?;
    if attempt.epoch != record.epoch || now.duration_since(attempt.begun_at) > LIFETIME {
        return Err(ProviderRefused::Stale);
    }
    let errand = Errand::from_code(&attempt.purpose).ok_or(ProviderRefused::OtherPurpose)?;
    let is_confirmation = matches!(errand, Errand::Confirm(_));
    if is_confirmation != returned.is_confirmation {
        return Err(ProviderRefused::OtherPurpose);
    }
    Ok((errand, browser))
}

/// From the callback to the person, and on to what they came for.
async fn go_on(
    app: &App,
    way: Way,
    returned: Returned,
    known: &mut Who,
) -> Result<Result<Finished, ProviderRefused>, ServiceError> {
    if let Errand::Confirm(_) = way.errand
        && let Err(refused) = confirm::still_wanted(&way, returned.current.as_ref())
    {
        return Ok(Err(refused));
    }
    let signed_in = match redeem(app, &way, &returned).await? {
        Ok(signed_in) => signed_in,
        Err(refused) => return Ok(Err(refused)),
    };
    known.issuer.clone_from(&signed_in.person.issuer);
    known.subject.clone_from(&signed_in.person.subject);
    match (way.errand, returned.current) {
        (Errand::Confirm(action), Some(current)) => {
            confirm::confirm(app, way, &current, action, signed_in).await
        }
        (Errand::Confirm(_), None) => Ok(Err(ProviderRefused::SessionOver)),
        (Errand::SignIn, _) => {
            let known_browser = returned.known_browser.as_ref();
            enter::enter(app, way, signed_in, known_browser).await
        }
    }
}

async fn redeem(
    app: &App,
    way: &Way,
    returned: &Returned,
) -> Result<Result<SignedIn, ProviderRefused>, ServiceError> {
    let named = returned.issuer.as_deref();
    if let Err(failure) = way.provider.check_callback_issuer(named).await {
        return Ok(Err(failure.into()));
    }
    let code = match (&returned.error, &returned.code) {
        (Some(error), _) if error == "access_denied" => return Ok(Err(ProviderRefused::Denied)),
        (Some(_), _) => return Ok(Err(ProviderRefused::ErrorByProvider)),
        (None, None) => return Ok(Err(ProviderRefused::NoCode)),
        (None, Some(code)) => code,
    };
    let configuration = app.configuration().await?;
    let is_anew = matches!(way.errand, Errand::Confirm(_));
    let verifier = attempt::verifier(app, &way.state, &way.browser);
    let redemption = Redemption {
        code,
        redirect_uri: &super::redirect_uri(app, &configuration, way.errand)?,
        nonce: &attempt::nonce(app, &way.state, &way.browser),
        verifier: verifier.expose_secret(),
        signed_in_since: is_anew.then_some(way.attempt.begun_at),
    };
    let redeemed = way.provider.redeem(&redemption, way.now).await;
    Ok(redeemed.map_err(ProviderRefused::from))
}

async fn note(
    app: &App,
    known: Who,
    refused: &ProviderRefused,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let reason = refused.code();
    if let ProviderRefused::Failure(failure) = refused {
        tracing::warn!(reason, %failure, "a sign-in at the provider failed");
    } else {
        let Who { issuer, subject } = &known;
        tracing::info!(
            reason,
            issuer,
            subject,
            "a sign-in at the provider was refused"
        );
    }
    if refused.is_anybodys() {
        return Ok(());
    }
    let event = Event {
        at: now,
        actor: "provider".to_owned(),
        kind: Kind::ProviderSignInRefused {
            issuer: known.issuer,
            subject: known.subject,
            reason,
        },
    };
    let mut connection = app.database().connection().await?;
    Ok(audit_events::append(&mut connection, &event).await?)
}
