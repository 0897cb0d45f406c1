//! The search for values that are meant to be gone, place by place.

use super::receipt::Residue;
use super::taken::Taken;
use crate::app::App;
use crate::error::ServiceError;
use secrecy::SecretString;
use std::time::{Duration, Instant};
use store::residue::{self, Budget, Gap, Needle, Needles, Place, Report, Search};

/// How long the search after a switch may take: the operator is waiting to get back in. What it
/// does not reach it names, and `admin:adobe-ims:residue` searches without a limit of time.
const AFTER_SWITCH: Duration = Duration::from_secs(10);

/// The search on demand ends after this time in any case.
const ON_DEMAND: Duration = Duration::from_secs(24 * 3600);

/// How much is read at the most after a switch.
const BYTES_AFTER_SWITCH: u64 = 4 << 30;

/// What to look for, and what cannot be.
#[derive(Default)]
pub(super) struct Wanted {
    needles: Vec<Needle>,
    /// Why which value cannot be told from chance.
    too_common: Vec<String>,
}

impl Wanted {
    /// The removed values as things to look for, and what is known not to be worth it.
    pub(super) fn new(
        values: Vec<(&'static str, SecretString)>,
        tokens: &Taken,
        too_common: Vec<String>,
    ) -> Self {
        let values = values.iter().map(|(label, value)| (*label, value));
        let mut wanted = Self {
            needles: Vec::new(),
            too_common,
        };
        for (label, value) in values.chain(tokens.labelled()) {
            match Needle::text(label, value) {
                Ok(needle) => wanted.needles.push(needle),
                Err(why) => wanted.too_common.push(why.to_string()),
            }
        }
        wanted
    }
}

/// Searches for what a switch has removed; nothing where nothing was.
pub(super) async fn search_after_switch(
    app: &App,
    wanted: Wanted,
) -> Result<Option<Residue>, ServiceError> {
    if wanted.needles.is_empty() {
        let not_searched = wanted.too_common;
        let is_worth_telling = !not_searched.is_empty();
        return Ok(is_worth_telling.then(|| Residue {
            not_searched,
            ..Residue::default()
        }));
    }
    let budget = Budget::new(Instant::now() + AFTER_SWITCH, BYTES_AFTER_SWITCH);
    let mut residue = search(app, &wanted.needles, budget).await?;
    residue.not_searched.extend(wanted.too_common);
    Ok(Some(residue))
}

/// Searches for one value that somebody typed.
pub async fn search_everywhere(app: &App, value: SecretString) -> Result<Residue, ServiceError> {
    let needle =
        Needle::text("value", &value).map_err(|error| ServiceError::Refused(error.to_string()))?;
    drop(value);
    search(
        app,
        &[needle],
        Budget::new(Instant::now() + ON_DEMAND, u64::MAX),
    )
    .await
}

async fn search(app: &App, needles: &[Needle], budget: Budget) -> Result<Residue, ServiceError> {
    let needles =
        Needles::compile(needles).map_err(|error| ServiceError::Refused(error.to_string()))?;
    let mut search = Search::new(&needles, app.keyring(), budget);
    search.database(app.database()).await;
    let database_file = residue::locate_database_file(app.database());
    search.files(app.instance().root(), database_file.as_deref());
    let (sessions, cache) = app.php_sessions_and_cache()?;
    let mut visit = |place: &str, bytes: &[u8]| search.entry("PHP's cache", place, bytes);
    let mut gaps = cache.for_each_entry(&mut visit).await;
    let mut visit = |place: &str, bytes: &[u8]| search.entry("PHP's sessions", place, bytes);
    gaps.extend(sessions.location().for_each_entry(&mut visit).await);
    for gap in gaps {
        search.gap(&gap.place, Gap::Unreadable(gap.why));
    }
    if sessions.may_be_where_php_has_them() {
        search.gap(
            "PHP's session.save_path, if php.ini has one",
            Gap::OutOfReach,
        );
    }
    search.database_file(app.database().clone()).await;
    Ok(tell(&search.finish()))
}

fn tell(report: &Report) -> Residue {
    let searched = |place: &&Place| place.gap.is_none() && place.findings.is_empty();
    Residue {
        searched: report.places.iter().filter(searched).count(),
        found: report
            .found()
            .flat_map(|place| {
                place.findings.iter().map(move |finding| {
                    format!(
                        "{} in {} ({}, {})",
                        finding.label,
                        place.name,
                        finding.form,
                        finding.at.join(", ")
                    )
                })
            })
            .collect(),
        not_searched: report
            .not_searched()
            .filter_map(|place| {
                place
                    .gap
                    .as_ref()
                    .map(|gap| format!("{}: {gap}", place.name))
            })
            .chain(report.places.iter().filter_map(sealed))
            .collect(),
    }
}

/// What of a place is not known although it was searched to its end.
fn sealed(place: &Place) -> Option<String> {
    let name = &place.name;
    match place.sealed {
        0 => None,
        1 => Some(format!("{name}: an encrypted value that no key opens")),
        many => Some(format!("{name}: {many} encrypted values that no key opens")),
    }
}
