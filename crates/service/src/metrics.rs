//! What this process counts and measures, for Prometheus. Each process has its own; what all share
//! is read from the database when it is asked for. Labels are stable words, never names, addresses
//! or ids: whoever reads metrics learns nothing about a person.

use crate::app::App;
use domain::audit::Door;
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Duration;
use store::provider_grants;

/// The upper ends of the classes of request durations, in seconds.
const DURATIONS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0];

/// How long the database may take to tell what all share.
const PATIENCE: Duration = Duration::from_secs(1);

/// A gauge that is not there until something is known.
type NoLabels = [(&'static str, &'static str); 0];

/// Counters and gauges; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    mode: Family<ModeLabel, Gauge>,
    provider_reachable: Family<NoLabels, Gauge>,
    sessions_in_grace: Family<NoLabels, Gauge>,
    checks: Family<CheckLabel, Counter>,
    sign_ins: Family<SignInLabel, Counter>,
    requests: Family<RequestLabel, Histogram, fn() -> Histogram>,
}

/// How a check of a session with the provider ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// The provider stands by the session.
    Confirmed,
    /// It does not.
    Revoked,
    /// It gave no answer.
    Unreachable,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ModeLabel {
    mode: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CheckLabel {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SignInLabel {
    door: &'static str,
    outcome: &'static str,
}

/// A request, by what is the same for all of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct RequestLabel {
    /// The pattern of the route, such as `/{front}/admin`.
    pub route: String,
    /// `GET`, `POST`, `HEAD`, or `other`.
    pub method: &'static str,
    /// The status code.
    pub status: u16,
}

impl CheckOutcome {
    fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Revoked => "revoked",
            Self::Unreachable => "unreachable",
        }
    }
}

impl Metrics {
    /// Nothing is counted yet.
    pub(crate) fn new() -> Self {
        let mode = Family::default();
        let provider_reachable = Family::default();
        let sessions_in_grace = Family::default();
        let checks = Family::default();
        let sign_ins = Family::default();
        let histogram: fn() -> Histogram = || Histogram::new(DURATIONS);
        let requests = Family::new_with_constructor(histogram);
        let mut registry = Registry::with_prefix("postern");
        registry.register(
            "mode",
            "How admins sign in, as this node knows it",
            mode.clone(),
        );
        registry.register(
            "provider_reachable",
            "Whether the provider answered this node the last time",
            provider_reachable.clone(),
        );
        registry.register(
            "sessions_in_grace",
            "Sessions that go on while the provider gives no answer",
            sessions_in_grace.clone(),
        );
        registry.register(
            "provider_checks",
            "Sessions that the provider was asked about",
            checks.clone(),
        );
        registry.register(
            "sign_ins",
            "Attempts to sign in, by their end",
            sign_ins.clone(),
        );
        registry.register_with_unit(
            "request_duration",
            "How long requests took",
            Unit::Seconds,
            requests.clone(),
        );
        Self {
            registry: Arc::new(registry),
            mode,
            provider_reachable,
            sessions_in_grace,
            checks,
            sign_ins,
            requests,
        }
    }

    /// Counts an attempt to sign in; `refused` is the stable code of why nobody was.
    pub fn count_sign_in(&self, door: Door, refused: Option<&'static str>) {
        let door = match door {
            Door::Page => "page",
            Door::Api => "api",
            Door::Provider => "provider",
        };
        let outcome = refused.unwrap_or("signed_in");
        let label = SignInLabel { door, outcome };
        self.sign_ins.get_or_create(&label).inc();
    }

    pub(crate) fn count_check(&self, outcome: CheckOutcome) {
        let outcome = outcome.word();
        self.checks.get_or_create(&CheckLabel { outcome }).inc();
    }

    pub(crate) fn set_provider_reachable(&self, is_reachable: bool) {
        let gauge = self.provider_reachable.get_or_create(&[]);
        gauge.set(i64::from(is_reachable));
    }

    /// Measures a request.
    pub fn measure_request(&self, label: &RequestLabel, took: Duration) {
        self.requests
            .get_or_create(label)
            .observe(took.as_secs_f64());
    }
}

/// Everything in the text format of OpenMetrics. What the database does not tell in time is left
/// out.
///
/// # Errors
/// Never, unless the memory is full.
pub async fn read(app: &App, known: KnownMode) -> Result<String, std::fmt::Error> {
    let metrics = app.metrics();
    let now = match known {
        KnownMode::Leased { mode, .. } => mode.code(),
        KnownMode::Unknown => "unknown",
    };
    let modes = [SignInMode::Commerce, SignInMode::AdobeIms].map(SignInMode::code);
    for mode in modes.into_iter().chain(["unknown"]) {
        let gauge = metrics.mode.get_or_create(&ModeLabel { mode });
        gauge.set(i64::from(mode == now));
    }
    match tokio::time::timeout(PATIENCE, count_in_grace(app)).await {
        Ok(Some(count)) => {
            metrics.sessions_in_grace.get_or_create(&[]).set(count);
        }
        Ok(None) | Err(_) => metrics.sessions_in_grace.clear(),
    }
    let mut text = String::new();
    text::encode(&mut text, &metrics.registry)?;
    Ok(text)
}

async fn count_in_grace(app: &App) -> Option<i64> {
    let mut connection = app.database().connection().await.ok()?;
    let (count, _) = provider_grants::count_unreachable(&mut connection)
        .await
        .ok()?;
    i64::try_from(count).ok()
}
