//! The page after its owner was elsewhere: signed in again, or has shown at the provider who they
//! are. What they had typed comes along in the address, sealed and for them alone.

use super::Fields;
use crate::Door;
use crate::front::Front;
use crate::kept::Kept;
use crate::problem::Problem;
use data_encoding::BASE64URL_NOPAD;
use domain::admin::AdminId;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// The beginnings of the query.
const KEPT: &str = "kept=";
const CONFIRMED: &str = "confirmed=";

/// Longer than any form of ours, sealed; longer addresses are not made.
const LONGEST: usize = 4096;

/// What comes along.
pub(super) struct Resumed {
    pub(super) fields: Fields,
    /// That the person has shown who they are.
    pub(super) confirmation: Option<SecretString>,
}

#[derive(Deserialize, Serialize)]
struct Confirmed {
    fields: Fields,
    id: String,
}

impl Resumed {
    /// Reads a query, if what it carries is this person's.
    pub(super) fn of_query(door: &Door, owner: AdminId, query: Option<&str>) -> Option<Self> {
        let query = query?;
        if let Some(sealed) = query.strip_prefix(KEPT) {
            return Some(Self {
                fields: Kept::open(door, owner, &decode(sealed)?)?,
                confirmation: None,
            });
        }
        let sealed = decode(query.strip_prefix(CONFIRMED)?)?;
        let Confirmed { fields, id } = Kept::open(door, owner, &sealed)?;
        Some(Self {
            fields,
            confirmation: Some(id.into()),
        })
    }
}

/// The address that brings back what was kept of a form; nothing where it is not this person's.
pub(super) fn kept_address(
    front: &Front,
    door: &Door,
    owner: AdminId,
    sealed: &str,
) -> Option<String> {
    Kept::<Fields>::open(door, owner, sealed)?;
    address(front, KEPT, sealed)
}

/// The same for who has shown at the provider who they are; without what they had typed where
/// that is not theirs or too much.
pub(super) fn confirmed_address(
    front: &Front,
    door: &Door,
    owner: AdminId,
    fields: Fields,
    confirmation: &SecretString,
) -> Result<String, Problem> {
    let id = confirmation.expose_secret().to_owned();
    let sealed = Kept::seal(door, owner, Confirmed { fields, id })?;
    Ok(address(front, CONFIRMED, &sealed).unwrap_or_else(|| front.account()))
}

fn address(front: &Front, query: &str, sealed: &str) -> Option<String> {
    (sealed.len() <= LONGEST).then(|| {
        let sealed = BASE64URL_NOPAD.encode(sealed.as_bytes());
        format!("{}?{query}{sealed}", front.account())
    })
}

fn decode(sealed: &str) -> Option<String> {
    String::from_utf8(BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?).ok()
}
