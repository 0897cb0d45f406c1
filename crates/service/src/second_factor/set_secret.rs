//! An authenticator app's secret from the operator's hand: for who has an app of the organization's
//! making, or none that can read a QR code. It counts at once; what was there of an app is replaced.

use super::{OperatorRefused, named, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::second_factor::Happening;
use crate::mail::{Letterhead, notice};
use crate::{random, session};
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::second_factor::{Provider, totp};
use domain::session::EndReason;
use secrecy::SecretString;
use store::database::Connection;
use store::second_factors::{code_failures, people, session_factors};
use store::sessions::Whose;
use store::{admin_tokens, admins, audit_events, pending_sign_ins};

/// Gives the app of an admin this secret. Their sessions end; their recovery codes and security
/// keys stay as they are.
pub async fn set_secret(
    app: &App,
    username: &str,
    secret: &SecretString,
) -> Result<(), ServiceError> {
    let secret = totp::strong_secret(secret).ok_or(OperatorRefused::WeakSecret)?;
    let admin = named(app, username).await?;
    let now = app.now();
    let head = Letterhead::load(app).await?;
    let by = (app.actor(), now);
    let reason = EndReason::SecondFactorChanged;
    let (mut transaction, _) = session::end_all(app, Whose::Of(admin.id), reason, by).await?;
    admins::hold(&mut transaction, admin.id).await?;
    let mut config = user_config::load(app, &mut transaction, &admin).await?;
    config.set_totp_secret(app.keyring(), &secret, random::bytes()?);
    user_config::save(app, &mut transaction, &admin, &config).await?;
    forget_the_former(&mut transaction, &admin).await?;
    people::void_tokens(&mut transaction, admin.id, now.as_second()).await?;
    admin_tokens::void_of(&mut transaction, admin.id, now).await?;
    let provider = Provider::Google;
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind: Kind::SecondFactorEnrolled {
            admin: admin.id,
            provider: provider.code(),
        },
    };
    audit_events::append(&mut transaction, &event).await?;
    let happening = Happening::Enrolled(provider);
    notice::second_factor(app, &mut transaction, &head, &admin, happening, now).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(())
}

/// What was counted and shown with the secret before.
async fn forget_the_former(connection: &mut Connection, admin: &Admin) -> Result<(), ServiceError> {
    people::forget_steps(connection, admin.id).await?;
    code_failures::delete_of(connection, admin.id).await?;
    session_factors::delete_of(connection, admin.id).await?;
    pending_sign_ins::delete_of(connection, admin.id).await?;
    Ok(())
}
