//! Sends what is queued. Every running server does: a row is claimed before it is worked on, so
//! that each mail leaves once, whoever takes it. A server that is killed between the mail server's
//! yes and the removal of the row sends it once more, under the same `Message-ID`: at least once.
//!
//! ```text
//!  queued ──claim──▶ claimed ──sent──▶ gone
//!    ▲                  │ ├── refused for good, or no longer worth sending ──▶ given up
//!    └── later ─────────┘ └── the node dies: the claim runs out ──▶ queued
//! ```

use super::queue;
use super::reset_link;
use super::transport::{MailFailure, Mailer, Outgoing};
use crate::app::App;
use crate::error::ServiceError;
use domain::audit::{Event, Kind};
use domain::mail_retry;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use std::time::Duration;
use store::audit_events;
use store::mail_queue::{self, MailKind, QueuedMail};
use tokio::sync::watch;

/// How often to look for what another process queued, or what is due again.
const PAUSE: Duration = Duration::from_secs(3);

/// How long a claim holds: longer than any attempt takes, with room for clocks that differ.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);

/// How many rows are looked at together.
const BATCH: u32 = 20;

/// Who acts when a mail is given up, in the audit record.
const ACTOR: &str = "mail";

/// Sends until `stopped` says so; a mail that is on its way then is finished first.
pub async fn run(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        if let Err(error) = send_due(&app).await
            && !error.is_unavailable()
        {
            tracing::error!(%error, "queued mail cannot be sent");
        }
        tokio::select! {
            _ = stopped.changed() => break,
            () = app.mail_was_queued() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Sends everything that is due. Where the mail server cannot be reached the rest is left for
/// another time, rather than waiting for it once for each mail.
pub async fn send_due(app: &App) -> Result<(), ServiceError> {
    loop {
        let mut connection = app.database().connection().await?;
        let due = mail_queue::list_due(&mut connection, app.now(), BATCH).await?;
        drop(connection);
        if due.is_empty() {
            return Ok(());
        }
        for mail in due {
            let mut connection = app.database().connection().await?;
            let until = app.now() + CLAIM;
            let claimed = mail_queue::claim(&mut connection, mail, until).await?;
            drop(connection);
            let Some(mail) = claimed else { continue };
            if let Err(failure) = work_on(app, &mail).await {
                put_off_or_give_up(app, &mail, &failure).await?;
                if matches!(failure, MailFailure::Unreachable(_)) {
                    return Ok(());
                }
            }
        }
    }
}

async fn work_on(app: &App, mail: &QueuedMail) -> Result<(), MailFailure> {
    let later = |error: ServiceError| MailFailure::Later(error.to_string());
    match mail.mail.kind {
        MailKind::ResetRequest => reset_link::answer(app, &mail.mail.recipient)
            .await
            .map_err(later),
        MailKind::Letter => {
            send(app, mail).await?;
            remove(app, mail.id).await.map_err(later)?;
            tracing::info!(mail = mail.id, "a mail has left");
            Ok(())
        }
    }
}

async fn send(app: &App, queued: &QueuedMail) -> Result<(), MailFailure> {
    let later = |error: ServiceError| MailFailure::Later(error.to_string());
    let settings = app.configuration().await.map_err(later)?;
    let mailer = Mailer::new(&settings, app.instance().root()).map_err(later)?;
    let mail = &queued.mail;
    let text = queue::open(app, mail.text.as_deref()).map_err(later)?;
    let html = queue::open(app, mail.html.as_deref()).map_err(later)?;
    let name = format!("mail:{}:{}", queued.id, queued.created_at);
    let outgoing = Outgoing {
        id: app.keyring().keyed_digest(name.as_bytes()),
        address: &mail.recipient,
        name: &mail.recipient_name,
        subject: &mail.subject,
        text: text.expose_secret(),
        html: html.expose_secret(),
    };
    mailer.send(&outgoing).await
}

async fn remove(app: &App, id: i64) -> Result<(), ServiceError> {
    let mut connection = app.database().connection().await?;
    mail_queue::delete(&mut connection, id).await?;
    Ok(())
}

async fn put_off_or_give_up(
    app: &App,
    mail: &QueuedMail,
    failure: &MailFailure,
) -> Result<(), ServiceError> {
    let now = app.now();
    let next = match failure {
        MailFailure::Refused(_) => None,
        MailFailure::Later(_) | MailFailure::Unreachable(_) => {
            mail_retry::next_attempt(mail.attempts, mail.mail.give_up_at, now)
        }
    };
    let why = failure.to_string();
    if let Some(next) = next {
        tracing::warn!(mail = mail.id, why, %next, "a mail did not leave yet");
        let mut connection = app.database().connection().await?;
        mail_queue::postpone(&mut connection, mail, next, &why).await?;
        return Ok(());
    }
    tracing::error!(mail = mail.id, why, "a mail is given up");
    let mut transaction = app.database().begin().await?;
    if mail_queue::delete(&mut transaction, mail.id).await? {
        let kind = Kind::MailGivenUp {
            recipient: mail.mail.recipient.clone(),
            subject: mail.mail.subject.clone(),
            attempts: mail.attempts,
            why,
        };
        let event = Event {
            at: now,
            actor: ACTOR.to_owned(),
            kind,
        };
        audit_events::append(&mut transaction, &event).await?;
        transaction.commit().await?;
    }
    Ok(())
}
