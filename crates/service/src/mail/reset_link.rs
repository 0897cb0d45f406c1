//! Links to set a password, in Commerce's own form: PHP Commerce honours a link made here, since
//! the token stands in `rp_token` as it would have put it there. A link belongs to one account and
//! goes to the address that is stored for it, never to one that was typed.

use super::queue::{self, Recipient};
use super::transport::{Mailer, Outgoing};
use super::{Letter, Letterhead, letters};
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::random;
use crate::switch::receipt::{AdminProspect, Notified};
use crate::switch::{self, disable};
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use store::database::Connection;
use store::{admins, audit_events, mail_queue, reset_tokens};

/// How long a link holds, in whole hours, as Commerce counts them.
pub fn hours(settings: &Settings) -> Result<i64, ServiceError> {
    let path = "admin/security/password_reset_link_expiration_period";
    // The mail tells the number, and a year is as good as for ever.
    Ok(settings.integer(path)?.unwrap_or(2).clamp(1, 8760))
}

/// Queues a link for everybody whose address somebody typed at "Forgot your password?", and with
/// it answers every request that waits for the same address. Whether there is anybody is found out
/// here and not while the page waits, so that the page's answer takes the same time.
pub async fn answer(app: &App, typed: &str) -> Result<(), ServiceError> {
    let now = app.now();
    let (_, mode) = switch::current(app).await?;
    let settings = app.configuration().await?;
    let head = Letterhead::new(app, &settings)?;
    let hours = hours(&settings)?;
    let give_up_at = now + SignedDuration::from_hours(hours);
    let mut transaction = app.database().begin().await?;
    let requests = mail_queue::delete_reset_requests(&mut transaction, typed).await?;
    let mut admins = admins::list(&mut transaction).await?;
    admins.retain(|admin| admin.is_active && is_address_of(admin, typed));
    if requests == 0 || mode == SignInMode::AdobeIms {
        admins.clear();
    }
    for admin in &admins {
        let Some(to) = Recipient::of(admin) else {
            continue;
        };
        let token = issue(app, &mut transaction, admin, now).await?;
        let letter = letters::reset_link::write(&head, admin, link(&head, admin, &token), hours);
        queue::append_until(app, &mut transaction, to, &letter, give_up_at, now).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Letter case is all that may differ: to the database, other letters may be the same as well.
fn is_address_of(admin: &Admin, typed: &str) -> bool {
    admin
        .email
        .as_ref()
        .is_some_and(|email| email.to_lowercase() == typed.to_lowercase())
}

/// Sends a link to everybody among `prospects` who must set a password. A mail that does not
/// leave is told; it keeps nobody else from theirs.
pub async fn send_to_all(
    app: &App,
    prospects: &[AdminProspect],
) -> Result<Vec<Notified>, ServiceError> {
    let settings = app.configuration().await?;
    let head = Letterhead::new(app, &settings)?;
    let hours = hours(&settings)?;
    let mailer = Mailer::new(&settings, app.instance().root())?;
    let mut notified = Vec::new();
    for prospect in prospects
        .iter()
        .filter(|prospect| disable::needs_link(prospect))
    {
        let now = app.now();
        let mut transaction = app.database().begin().await?;
        let admin = admins::find_by_username(&mut transaction, &prospect.username).await?;
        let Some(admin) = admin else { continue };
        let token = issue(app, &mut transaction, &admin, now).await?;
        transaction.commit().await?;
        let link = link(&head, &admin, &token);
        let letter = letters::set_password::write(&head, &admin, link, hours);
        let sent = send(&mailer, &admin, &letter).await?;
        notified.push(Notified {
            username: prospect.username.clone(),
            sent: sent.is_ok(),
            why: sent.err(),
        });
    }
    Ok(notified)
}

fn link(head: &Letterhead, admin: &Admin, token: &SecretString) -> String {
    head.page(&format!(
        "admin/auth/resetpassword/?id={}&token={}",
        admin.id,
        token.expose_secret()
    ))
}

/// Makes a new token for `admin`, in place of any earlier one.
async fn issue(
    app: &App,
    transaction: &mut Connection,
    admin: &Admin,
    now: Timestamp,
) -> Result<SecretString, ServiceError> {
    let token = SecretString::from(random::text(32, random::ALPHANUMERIC)?);
    let encrypted = app
        .keyring()
        .encrypt(token.expose_secret().as_bytes(), random::bytes()?);
    reset_tokens::set(transaction, admin.id, &encrypted, now).await?;
    let kind = Kind::ResetLinkIssued { admin: admin.id };
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind,
    };
    audit_events::append(transaction, &event).await?;
    Ok(token)
}

async fn send(
    mailer: &Mailer,
    admin: &Admin,
    letter: &Letter,
) -> Result<Result<(), String>, ServiceError> {
    let mail = Outgoing {
        id: random::text(32, random::ALPHANUMERIC)?,
        address: admin.reachable_email().unwrap_or_default(),
        name: &admin.full_name(),
        subject: &letter.subject(),
        text: &letter.text()?,
        html: &letter.html()?,
    };
    let sent = mailer.send(&mail).await;
    Ok(sent.map_err(|failure| failure.to_string()))
}
