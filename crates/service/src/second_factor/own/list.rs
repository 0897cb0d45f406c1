//! What somebody has, for themselves to see.

use super::is_open;
use super::judge::{Aim, Holdings, judge};
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::{recovery, rules, user_config};
use crate::session::Current;
use commerce::second_factor::StoredKey;
use domain::second_factor::{Enrolled, Factor, Provider};
use jiff::Timestamp;
use store::second_factors::security_keys::{self, StoredSecurityKey};

/// So many recovery codes are few.
const FEW_CODES: u32 = 3;

/// What one has set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Which kinds.
    pub enrolled: Enrolled,
    /// Whether the app may be removed: there is one, and something besides.
    pub is_app_removable: bool,
    /// The security keys, in the order in which they were set up.
    pub keys: Vec<OwnKey>,
    /// How many recovery codes are left.
    pub codes_left: u32,
    /// What may be set up.
    pub allowed: Vec<Provider>,
    /// What the shop wants set up besides.
    pub missing: Vec<Provider>,
}

/// A security key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnKey {
    /// The digest of its id, by which it is named to us.
    pub digest: String,
    /// What is known of it here; nothing of one that PHP set up and that was not used since.
    pub known: Option<KnownKey>,
    /// Whether it may be removed: it is not all there is.
    pub is_removable: bool,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// What its owner calls it.
    pub name: String,
    /// When it was set up.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// What the person of a session has.
pub async fn list(app: &App, current: &Current) -> Result<Own, ServiceError> {
    let admin = &current.admin;
    let rules = rules::load(app).await?;
    let mut connection = app.database().connection().await?;
    let config = user_config::load(app, &mut connection, admin).await?;
    let enrolled = user_config::enrolled(app, admin, &config)?;
    let stored = security_keys::list_of(&mut connection, admin.id).await?;
    let keys = user_config::keys(admin, &config)?;
    let holdings = Holdings {
        enrolled,
        keys: keys.iter().map(StoredKey::digest).collect(),
    };
    let may = |aim: Aim<'_>| judge(aim, &holdings, &rules).is_ok();
    let keys = holdings.keys.iter().map(|digest| OwnKey {
        known: known(&stored, digest),
        is_removable: may(Aim::RemoveKey(digest)),
        digest: digest.clone(),
    });
    Ok(Own {
        enrolled,
        is_app_removable: may(Aim::RemoveApp),
        keys: keys.collect(),
        codes_left: recovery::count_left(app, &mut connection, admin).await?,
        allowed: rules.allowed(),
        missing: rules.missing(enrolled),
    })
}

/// What our own table knows of a key.
fn known(stored: &[StoredSecurityKey], digest: &str) -> Option<KnownKey> {
    let mut ours = stored.iter();
    let found = ours.find(|ours| ours.credential_hash == digest)?;
    Some(KnownKey {
        name: found.name.clone(),
        added_at: found.created_at,
        last_used_at: found.last_used_at,
    })
}

/// How many recovery codes the person of a session has left, where there is reason to tell: they are
/// few, or the person has just used one up.
pub async fn few_codes_left(app: &App, current: &Current) -> Result<Option<u32>, ServiceError> {
    if !is_open(app, current).await? {
        return Ok(None);
    }
    let mut connection = app.database().connection().await?;
    let left = recovery::count_left(app, &mut connection, &current.admin).await?;
    let came_with_one = current.factor.map(|shown| shown.factor) == Some(Factor::RecoveryCode);
    Ok((left <= FEW_CODES || came_with_one).then_some(left))
}
