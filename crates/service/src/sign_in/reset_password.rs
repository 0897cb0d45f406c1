//! Setting a password with the link of a mail. Looking at the link changes nothing; the form uses
//! it up, once, and with it every session and token of the account.

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::{Letterhead, notice, reset_link};
use crate::password::{self, ChosenPassword, Owner};
use crate::session;
use crate::switch;
use domain::admin::{Admin, AdminId};
use domain::audit::{Event, Kind};
use domain::lockout::Lockout;
use domain::password_policy::PasswordProblem;
use domain::session::EndReason;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::reset_tokens::{self, ResetToken};
use store::sessions::Whose;
use store::{admin_tokens, admins, audit_events, known_browsers, sign_in_mode};

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
    /// The password cannot be set for these reasons.
    Password(Vec<PasswordProblem>),
}

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
    let usable = match find(app, link).await? {
        Ok(usable) => usable,
        Err(refused) => return Ok(Err(refused)),
    };
    let owner = Owner::of(&usable.admin);
    match password::choose(app, &owner, &password, Some(confirmation)).await? {
        Ok(chosen) => set(app, &usable, &chosen).await,
        Err(problems) => Ok(Err(ResetRefused::Password(problems))),
    }
}

/// A link that holds: whose it is, and in which epoch it was looked at.
struct Usable {
    admin: Admin,
    stored: ResetToken,
    epoch: i64,
}

async fn find(app: &App, link: &Link) -> Result<Result<Usable, ResetRefused>, ServiceError> {
    let (record, mode) = switch::current(app).await?;
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
        Ok(Ok(Usable {
            admin,
            stored,
            epoch: record.epoch,
        }))
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

/// Uses the link up and sets the password, in one transaction: of two requests with one link only
/// one gets here, and none for whom the mode was switched while the password was hashed.
async fn set(
    app: &App,
    usable: &Usable,
    chosen: &ChosenPassword,
) -> Result<Result<(), ResetRefused>, ServiceError> {
    let now = app.now();
    let Usable {
        admin,
        stored,
        epoch,
    } = usable;
    let head = Letterhead::load(app).await?;
    let by = (admin.username.as_str(), now);
    let reason = EndReason::PasswordChanged;
    let (mut transaction, _) = session::end_all(app, Whose::Of(admin.id), reason, by).await?;
    let record = sign_in_mode::find(&mut transaction).await?;
    if record.is_none_or(|record| record.epoch != *epoch) {
        return Ok(Err(ResetRefused::IntegrationIsOn));
    }
    if !reset_tokens::consume(&mut transaction, admin.id, &stored.encrypted).await? {
        return Ok(Err(ResetRefused::LinkExpired));
    }
    chosen.store(&mut transaction, admin.id, now).await?;
    admins::set_lockout(&mut transaction, admin.id, Lockout::default()).await?;
    known_browsers::unlock_of(&mut transaction, admin.id).await?;
    admin_tokens::void_of(&mut transaction, admin.id, now).await?;
    notice::password_changed(app, &mut transaction, &head, admin, now).await?;
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
