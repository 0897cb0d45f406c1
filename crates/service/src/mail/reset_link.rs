//! The mail with a link to set a password, in Commerce's own form: PHP Commerce honours a link
//! made here, since the token stands in `rp_token` as it would have put it there.

use super::Mailer;
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use crate::switch::disable;
use crate::switch::receipt::{AdminProspect, Notified};
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};
use store::{admins, audit_events, reset_tokens};

/// Sends a link to everybody among `prospects` who must set a password. A mail that does not
/// leave is told; it keeps nobody else from theirs.
pub async fn send_to_all(
    app: &App,
    prospects: &[AdminProspect],
) -> Result<Vec<Notified>, ServiceError> {
    let settings = app.configuration().await?;
    let base_url = settings.base_url()?;
    let front_name = app.front_name()?;
    let mailer = Mailer::new(&settings, app.instance().root())?;
    let mut notified = Vec::new();
    for prospect in prospects
        .iter()
        .filter(|prospect| disable::needs_link(prospect))
    {
        let mut connection = app.database().connection().await?;
        let admin = admins::find_by_username(&mut connection, &prospect.username).await?;
        drop(connection);
        let Some(admin) = admin else { continue };
        let token = issue(app, &admin).await?;
        let link = format!(
            "{base_url}{front_name}/admin/auth/resetpassword/?id={}&token={}",
            admin.id,
            token.expose_secret()
        );
        let sent = send(&mailer, &admin, &link).await;
        notified.push(Notified {
            username: prospect.username.clone(),
            sent: sent.is_ok(),
            why: sent.err(),
        });
    }
    Ok(notified)
}

/// Makes a new token for `admin`, in place of any earlier one.
async fn issue(app: &App, admin: &Admin) -> Result<SecretString, ServiceError> {
    let token = SecretString::from(random::text(32, random::ALPHANUMERIC)?);
    let encrypted = app
        .keyring()
        .encrypt(token.expose_secret().as_bytes(), random::bytes()?);
    let now = app.now();
    let mut transaction = app.database().begin().await?;
    reset_tokens::set(&mut transaction, admin.id, &encrypted, now).await?;
    let kind = Kind::ResetLinkIssued { admin: admin.id };
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind,
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    Ok(token)
}

async fn send(mailer: &Mailer, admin: &Admin, link: &str) -> Result<(), String> {
    let name = admin.full_name();
    let email = admin.reachable_email().unwrap_or_default();
    let address = email.parse().map_err(|why| format!("{email}: {why}"))?;
    let mailbox = Mailbox::new(Some(name.clone()), address);
    let text = format!(
        "Hello {name},\n\n\
         signing in to the Admin with an Adobe ID has been switched off. You have no Commerce \
         password yet; please set one here:\n\n{link}\n\n\
         The link works once, and only for a short time. After that, use \"Forgot your \
         password?\" on the sign-in page.\n"
    );
    let html = format!(
        "<!doctype html><html lang=\"en\"><body><p>Hello {},</p>\
         <p>signing in to the Admin with an Adobe ID has been switched off. You have no Commerce \
         password yet; please set one here:</p><p><a href=\"{link}\">Set your password</a></p>\
         <p>The link works once, and only for a short time. After that, use &ldquo;Forgot your \
         password?&rdquo; on the sign-in page.</p></body></html>",
        escaped(&name),
        link = escaped(link),
    );
    mailer
        .send(mailbox, "Set your password for the Admin", text, html)
        .await
        .map_err(|failure| failure.to_string())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
