//! Setting a password with the link of a mail. Looking at the link changes nothing; the form uses
//! it up, once, and with it every session and token of the account.

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::letters::password_changed;
use crate::mail::queue::{self, Recipient};
use crate::mail::{Letterhead, reset_link};
use crate::session;
use crate::switch;
use commerce::password_rules::{DEFAULT_MINIMUM_LENGTH, PasswordViolation, password_violations};
use domain::admin::{Admin, AdminId};
use domain::audit::{Event, Kind};
use domain::lockout::Lockout;
use domain::session::EndReason;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::reset_tokens::{self, ResetToken};
use store::sessions::Whose;
use store::{admin_tokens, admins, audit_events};

/// A link as it stands in the mail.
pub struct Link {
    /// `id` of the address.
    pub admin: AdminId,
    /// `token` of the address.
    pub token: SecretString,
}

/// Why no password was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResetRefused {
    /// Used up, replaced by a newer one, too old, or never issued: which of these is not told.
    LinkExpired,
    /// The integration is on: there are no passwords.
    IntegrationIsOn,
    /// The password breaks these rules.
    Password(Vec<PasswordViolation>),
    /// It is the present one, or one of the last four.
    UsedBefore,
}

/// How many earlier passwords are not taken again.
const HISTORY: u32 = 4;

/// Whether the form behind a link may be shown.
pub async fn check(app: &App, link: &Link) -> Result<Result<(), ResetRefused>, ServiceError> {
    Ok(find(app, link).await?.map(|_| ()))
}

/// Sets the password that the form was sent with.
pub async fn reset(
    app: &App,
    link: &Link,
    password: SecretString,
    confirmation: &SecretString,
) -> Result<Result<(), ResetRefused>, ServiceError> {
    let (admin, stored) = match find(app, link).await? {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    let settings = app.configuration().await?;
    let minimum = settings.integer("admin/security/minimum_password_length")?;
    let minimum = minimum.and_then(|length| usize::try_from(length).ok());
    let violations = password_violations(
        password.expose_secret(),
        Some(confirmation.expose_secret()),
        minimum.unwrap_or(DEFAULT_MINIMUM_LENGTH),
    );
    if !violations.is_empty() {
        return Ok(Err(ResetRefused::Password(violations)));
    }
    if was_used(app, &admin, &password).await? {
        return Ok(Err(ResetRefused::UsedBefore));
    }
    let hash = app.hash_password(password).await?;
    set(app, &settings, &admin, &stored, &hash).await
}

/// The admin and the stored token that a link belongs to, while it holds.
async fn find(
    app: &App,
    link: &Link,
) -> Result<Result<(Admin, ResetToken), ResetRefused>, ServiceError> {
    let (_, mode) = switch::current(app).await?;
    if mode == SignInMode::AdobeIms {
        return Ok(Err(ResetRefused::IntegrationIsOn));
    }
    let settings = app.configuration().await?;
    let mut connection = app.database().connection().await?;
    let stored = reset_tokens::find(&mut connection, link.admin).await?;
    let admin = admins::find_by_id(&mut connection, link.admin).await?;
    let (Some(stored), Some(admin)) = (stored, admin) else {
        return Ok(Err(ResetRefused::LinkExpired));
    };
    let is_same = app
        .keyring()
        .decrypt_text(&stored.encrypted)
        .is_ok_and(|token| {
            // Comparing digests takes the same time however much of the two texts is alike.
            let digest = app.keyring().keyed_digest(token.expose_secret().as_bytes());
            app.keyring()
                .is_keyed_digest(&digest, link.token.expose_secret().as_bytes())
        });
    if is_same && admin.is_active && !is_expired(&settings, stored.created_at, app.now())? {
        Ok(Ok((admin, stored)))
    } else {
        Ok(Err(ResetRefused::LinkExpired))
    }
}

/// Commerce counts whole hours; a link from the future is expired as well.
fn is_expired(
    settings: &Settings,
    created_at: Timestamp,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let age = now.duration_since(created_at);
    Ok(age.is_negative() || age.as_hours() >= reset_link::hours(settings)?)
}

async fn was_used(app: &App, admin: &Admin, password: &SecretString) -> Result<bool, ServiceError> {
    let mut connection = app.database().connection().await?;
    let mut hashes = admins::list_password_history(&mut connection, admin.id, HISTORY).await?;
    drop(connection);
    hashes.push(admin.password_hash.clone());
    for hash in hashes {
        if app.verify_password(hash, password.clone()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Uses the link up and sets the password, in one transaction: of two requests with one link only
/// one gets here.
async fn set(
    app: &App,
    settings: &Settings,
    admin: &Admin,
    stored: &ResetToken,
    hash: &SecretString,
) -> Result<Result<(), ResetRefused>, ServiceError> {
    let now = app.now();
    let letter = password_changed::write(&Letterhead::new(app, settings)?, admin, now);
    let mut transaction = app.database().begin().await?;
    if !reset_tokens::consume(&mut transaction, admin.id, &stored.encrypted).await? {
        return Ok(Err(ResetRefused::LinkExpired));
    }
    admins::set_password(&mut transaction, admin.id, hash, now).await?;
    admins::set_lockout(&mut transaction, admin.id, Lockout::default()).await?;
    let by = (admin.username.as_str(), now);
    let reason = EndReason::PasswordChanged;
    session::end_all_in(app, &mut transaction, Whose::Of(admin.id), reason, by).await?;
    admin_tokens::void_of(&mut transaction, admin.id, now).await?;
    if let Some(to) = Recipient::of(admin) {
        queue::append(app, &mut transaction, to, &letter, now).await?;
    }
    let kind = Kind::PasswordReset { admin: admin.id };
    audit_events::append(
        &mut transaction,
        &Event {
            at: now,
            actor: admin.username.clone(),
            kind,
        },
    )
    .await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Ok(()))
}
