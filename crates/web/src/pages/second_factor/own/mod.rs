//! A person's own second factors: what is set up, and a page for each change of it. Every change
//! asks for the password; the session goes on under another id after it.

pub(crate) mod add_key;
pub(crate) mod app;
mod change;
mod confirm;
mod draft;
pub(crate) mod list;
pub(crate) mod remove_app;
pub(crate) mod remove_key;
pub(crate) mod rename_key;
pub(crate) mod renew_codes;

use super::visit::Visit;
use crate::Door;
use crate::detour::Detour;
use crate::front::Front;
use crate::member::Purpose;
use crate::problem::Problem;
use crate::visitor::Visitor;
use service::second_factor::own::{self, OwnKey};

/// Where an app is set up, below `tfa/`.
const APP: &str = "account/app/";
/// Where it is removed.
const REMOVE_APP: &str = "account/app/remove/";
/// Where a key is set up.
const ADD_KEY: &str = "account/key/";
/// Where the browser learns what to ask it.
const ADD_KEY_OPTIONS: &str = "account/key/options/";
/// Where a key is given another name.
const RENAME_KEY: &str = "account/key/rename/";
/// Where it is removed.
const REMOVE_KEY: &str = "account/key/remove/";
/// Where one gets new recovery codes.
const RENEW_CODES: &str = "account/codes/";

/// The name of a field that says which key is meant.
const KEY: &str = "key";

/// The visit of who has factors to look after; all others are led to where they can be.
async fn require(front: Front, visitor: Visitor, door: Door) -> Result<Visit, Detour> {
    let visit = Visit::begin(front, visitor, door, Purpose::SecondFactor).await?;
    match own::is_open(&visit.door.app, &visit.current).await? {
        true => Ok(visit),
        false => Err(visit.not_asked()?.into()),
    }
}

/// The key that a query names, if it is the person's own.
async fn key_of(visit: &Visit, query: Option<&str>) -> Result<Option<OwnKey>, Problem> {
    let query = query.unwrap_or_default();
    let mut fields = url::form_urlencoded::parse(query.as_bytes());
    match fields.find(|(name, _)| name == KEY) {
        Some((_, digest)) => find_key(visit, &digest).await,
        None => Ok(None),
    }
}

/// The same by the digest of its id.
async fn find_key(visit: &Visit, digest: &str) -> Result<Option<OwnKey>, Problem> {
    let own = own::list(&visit.door.app, &visit.current).await?;
    Ok(own.keys.into_iter().find(|key| key.digest == digest))
}

/// The address of a page about one key; a digest needs no encoding.
fn key_address(front: &Front, page: &str, digest: &str) -> String {
    format!("{}?{KEY}={digest}", front.tfa(page))
}
