//! Links that let a person set up a second factor who has none, with a token as Commerce makes it:
//! a link made here is good there and the reverse. By itself it opens nothing: whoever follows it
//! must show their password as well.

use super::pending::Pending;
use super::{OperatorRefused, overview, rules};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::{Letterhead, letters, queue};
use commerce::second_factor as token;
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::second_factor::code_limit::{Admission, CodeLimit};
use domain::second_factor::{Demand, Enrolled};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use store::database::Connection;
use store::second_factors::{code_failures, people};
use store::{admins, audit_events};

/// Where a link leads, below the front name, before its token.
const PATH: &str = "tfa/tfa/index/?tfat=";

/// How often a person is written to: whoever knows the password could fill their mailbox. Each pause
/// is twice as long as the one before, until an hour has gone by without a mail.
const LIMIT: CodeLimit = CodeLimit {
    failures: 1,
    lock: SignedDuration::from_mins(1),
    forgotten_after: Some(SignedDuration::from_hours(1)),
};

/// Whether a link was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It waits to leave.
    Queued,
    /// One was sent a short while ago, and the next may be asked for then.
    Recently(Timestamp),
    /// The person has no mail address that could be reached.
    NoAddress,
}

/// Mails a link to who is signing in and has nothing set up.
pub async fn send(app: &App, pending: &Pending) -> Result<Sent, ServiceError> {
    let now = app.now();
    let admin = &pending.admin;
    let Some(to) = queue::Recipient::of(admin) else {
        return Ok(Sent::NoAddress);
    };
    let head = Letterhead::load(app).await?;
    let mut transaction = app.database().begin().await?;
    admins::hold(&mut transaction, admin.id).await?;
    if let Some(until) = pause(app, &mut transaction, admin, now).await? {
        return Ok(Sent::Recently(until));
    }
    let token = issue(app, &mut transaction, admin, now).await?;
    let letter = letters::enrolment_link::write(&head, admin, address(&head, &token));
    let give_up_at = now + SignedDuration::from_secs(token::LIFETIME);
    queue::append_until(app, &mut transaction, to, &letter, give_up_at, now).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Sent::Queued)
}

/// Counts a mail to a person, or says until when there is none, in a transaction that holds the
/// account.
pub(super) async fn pause(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    now: Timestamp,
) -> Result<Option<Timestamp>, ServiceError> {
    let subject = format!("enrolment links for {}", admin.id);
    let subject = app.keyring().keyed_digest(subject.as_bytes());
    let sent = code_failures::find(connection, &subject).await?;
    if let Admission::Locked(until) = sent.admission(LIMIT, now) {
        return Ok(Some(until));
    }
    let sent = sent.after_failure(LIMIT, now);
    code_failures::save(connection, &subject, Some(admin.id), sent).await?;
    Ok(None)
}

/// A link for the operator to hand to `admin`.
pub async fn make(app: &App, admin: &Admin) -> Result<SecretString, ServiceError> {
    let head = Letterhead::load(app).await?;
    let mut transaction = app.database().begin().await?;
    let token = issue(app, &mut transaction, admin, app.now()).await?;
    transaction.commit().await?;
    Ok(SecretString::from(address(&head, &token)))
}

/// The same for the admin of a user name, if a link is of use to them.
pub async fn make_for(app: &App, username: &str) -> Result<SecretString, ServiceError> {
    let admin = super::named(app, username).await?;
    if !rules::load(app).await?.is_required() {
        return Err(OperatorRefused::NotAsked.into());
    }
    let overview = overview::of(app, &admin).await?;
    if overview.enrolled != Enrolled::default() {
        return Err(OperatorRefused::AlreadySetUp(admin.username).into());
    }
    make(app, &admin).await
}

/// The same for somebody who was just made; nothing where nobody is asked for a second factor.
pub async fn make_for_newcomer(
    app: &App,
    username: &str,
) -> Result<Option<SecretString>, ServiceError> {
    match rules::load(app).await?.is_required() {
        true => make_for(app, username).await.map(Some),
        false => Ok(None),
    }
}

/// Whether an admin must set something up at their next sign-in with a password.
pub async fn is_needed_by(app: &App, username: &str) -> Result<bool, ServiceError> {
    let admin = super::named(app, username).await?;
    let rules = rules::load(app).await?;
    let enrolled = overview::of(app, &admin).await?.enrolled;
    Ok(rules.demand(enrolled) == Demand::Enrolment)
}

/// Whether a token lets `admin` set up a factor.
pub(super) async fn is_good(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    token: &SecretString,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let text = token.expose_secret();
    let Some(issued_at) = token::verify(app.keyring(), text, admin.id, now.as_second()) else {
        return Ok(false);
    };
    let void_until = people::tokens_void_until(connection, admin.id).await?;
    Ok(void_until.is_none_or(|second| issued_at > second))
}

async fn issue(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    now: Timestamp,
) -> Result<SecretString, ServiceError> {
    issue_by(app, connection, admin, (app.actor(), now)).await
}

/// A token for `admin`, made by `actor`.
pub(super) async fn issue_by(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    (actor, now): (&str, Timestamp),
) -> Result<SecretString, ServiceError> {
    let void_until = people::tokens_void_until(connection, admin.id).await?;
    let after = void_until.map_or(i64::MIN, |second| second.saturating_add(1));
    let token = token::issue(app.keyring(), admin.id, now.as_second().max(after));
    let event = Event {
        at: now,
        actor: actor.to_owned(),
        kind: Kind::EnrolmentLinkIssued { admin: admin.id },
    };
    audit_events::append(connection, &event).await?;
    Ok(token)
}

pub(super) fn address(head: &Letterhead, token: &SecretString) -> String {
    let query: String =
        url::form_urlencoded::byte_serialize(token.expose_secret().as_bytes()).collect();
    head.page(&format!("{PATH}{query}"))
}
