//! Browser sessions: opened, used, renewed under another id, listed and ended, one use case a
//! file. The id is 256 random bits that only the browser keeps; stored is its keyed digest, so that
//! a copy of the store opens no door. When a session ends is decided in [`domain::session`].

pub mod back_channel;
mod backing;
mod browser;
pub mod check;
mod end;
mod find;
mod forget;
mod grant;
mod list;
mod open;
mod operator;
mod rotate;
pub mod sign_out;
mod withdraw;

pub(crate) use end::end_locked;
pub use end::{HandleUnknown, acknowledge, end, end_one, end_others};
pub use find::{Current, Found, extend, find};
pub use forget::forget;
pub(crate) use grant::seal_tokens;
pub use list::{Listed, list_of};
pub use open::{Opened, open};
pub(crate) use operator::end_of_identity;
pub use operator::{AdminSession, EndRefused, Selection, end_selected, list_all};
pub use rotate::rotate;
pub use store::sessions::Origin;
use withdraw::withdraw;

use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use data_encoding::BASE64URL_NOPAD;
use domain::audit::{Event, Kind};
use domain::session::{EndReason, Limits};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::audit_events;
use store::database::{Connection, Transaction};
use store::sessions::{self, SessionCount, Whose};

/// How many characters of a digest name a session to people.
const HANDLE_LENGTH: usize = 12;

/// A token that only pages of this session can know, for its forms to send along.
pub fn form_token(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("form:{}", id.expose_secret()).as_bytes())
}

/// Ends sessions, PHP Commerce's included, and writes it down. Returns the transaction that does
/// so, for what makes it necessary, and how many sessions were open.
pub(crate) async fn end_all(
    app: &App,
    whose: Whose<'_>,
    reason: EndReason,
    by: (&str, Timestamp),
) -> Result<(Transaction, SessionCount), ServiceError> {
    let mut change = app.sessions().begin(app.database()).await?;
    let own = app.sessions().end_all(&mut change, whose, reason).await?;
    let mut transaction = change.transaction(app.database()).await?;
    let ended = end_commerce(&mut transaction, own, whose, reason, by).await?;
    Ok((transaction, ended))
}

/// Ends PHP Commerce's sessions as well where `own` of ours were ended, and writes both down;
/// where none was open, nothing is written.
async fn end_commerce(
    transaction: &mut Connection,
    own: u64,
    whose: Whose<'_>,
    reason: EndReason,
    by: (&str, Timestamp),
) -> Result<SessionCount, ServiceError> {
    let commerce = sessions::commerce::end_all(transaction, whose, reason).await?;
    if own + commerce > 0 {
        let admin = match whose {
            Whose::Of(admin) | Whose::OthersOf(admin, _) => Some(admin),
            Whose::Everybody => None,
        };
        record(transaction, admin, own + commerce, reason, by).await?;
    }
    Ok(SessionCount { own, commerce })
}

async fn record(
    transaction: &mut Connection,
    admin: Option<u32>,
    count: u64,
    reason: EndReason,
    (actor, now): (&str, Timestamp),
) -> Result<(), ServiceError> {
    let event = Event {
        at: now,
        actor: actor.to_owned(),
        kind: Kind::SessionsEnded {
            admin,
            count,
            reason: reason.code(),
        },
    };
    Ok(audit_events::append(transaction, &event).await?)
}

/// A new id, known to nobody yet.
fn new_id() -> Result<SecretString, ServiceError> {
    Ok(BASE64URL_NOPAD.encode(&random::bytes::<32>()?).into())
}

/// What a session is kept under.
fn digest(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("session:{}", id.expose_secret()).as_bytes())
}

/// What a session is called where people see it: of no use for anything but to point at it.
fn handle(app: &App, id_hash: &str) -> String {
    let digest = app
        .keyring()
        .keyed_digest(format!("session handle:{id_hash}").as_bytes());
    digest.chars().take(HANDLE_LENGTH).collect()
}

/// How long sessions last, as configured now.
pub(crate) async fn limits(app: &App) -> Result<Limits, ServiceError> {
    let configuration = app.configuration().await?;
    let idle = configuration.integer("admin/security/session_lifetime")?;
    let absolute = configuration.integer("postern/security/session_absolute_lifetime")?;
    Ok(Limits::new(idle.unwrap_or(900), absolute.unwrap_or(43_200)))
}

#[cfg(test)]
mod tests;
