//! One's own security keys, named by the digests of their ids. Commerce's list says which there
//! are; our own table knows more about those that were set up here.

use super::change::{Change, Changed, Wish};
use super::judge::Aim;
use super::{OwnProblem, OwnRefused};
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::user_config;
use crate::session::Current;
use domain::audit::Kind;
use domain::second_factor::Provider;
use store::second_factors::security_keys;

/// The longest name of a key, in characters.
pub const NAME_LENGTH: usize = 64;

/// Gives a key another name. One that was set up in PHP and never used here has none to change.
pub async fn rename_key(
    app: &App,
    current: &Current,
    wish: Wish<'_>,
    key: &str,
    name: &str,
) -> Result<Result<Changed, OwnRefused>, ServiceError> {
    let mut change = match Change::begin(app, current, wish, Aim::RenameKey(key)).await? {
        Ok(change) => change,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(name) = key_name(name) else {
        return Ok(Err(change.refuse(OwnProblem::InvalidName)));
    };
    let admin = change.admin.id;
    if !security_keys::rename(&mut change.transaction, admin, key, name).await? {
        return Ok(Err(change.refuse(OwnProblem::Gone)));
    }
    change.note(Kind::SecurityKeyRenamed { admin }).await?;
    change.finish(Vec::new()).await.map(Ok)
}

/// A name as it is kept; none where it is none.
pub(in crate::second_factor) fn key_name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    let is_good = (1..=NAME_LENGTH).contains(&name.chars().count());
    (is_good && !name.chars().any(char::is_control)).then_some(name)
}

/// Takes a key away, unless it is all there is: from Commerce's list and from ours.
pub async fn remove_key(
    app: &App,
    current: &Current,
    wish: Wish<'_>,
    key: &str,
) -> Result<Result<Changed, OwnRefused>, ServiceError> {
    let mut change = match Change::begin(app, current, wish, Aim::RemoveKey(key)).await? {
        Ok(change) => change,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut keys = user_config::keys(change.admin, &change.config)?;
    keys.retain(|stored| stored.digest() != key);
    change.config.set_security_keys(&keys);
    change.save().await?;
    security_keys::delete(&mut change.transaction, change.admin.id, key).await?;
    change.note_removal(Provider::U2fKey).await?;
    change.finish(Vec::new()).await.map(Ok)
}
