//! Taking somebody's factor away, by the operator or by an admin who may: it is gone from Commerce's
//! storage and ours, with recovery codes and counts, and so are the person's sessions.

use super::{OperatorRefused, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::second_factor::Happening;
use crate::mail::{Letterhead, notice};
use crate::session;
use commerce::second_factor::{Provider, UserConfig};
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::session::EndReason;
use jiff::Timestamp;
use store::database::Connection;
use store::second_factors::{
    code_failures, people, recovery_codes, security_keys, session_factors,
};
use store::sessions::Whose;
use store::{admin_tokens, admins, audit_events, pending_sign_ins};

/// The same by the names that the operator types.
pub async fn reset_named(
    app: &App,
    username: &str,
    provider: &str,
) -> Result<Provider, ServiceError> {
    let admin = super::named(app, username).await?;
    let unknown = || OperatorRefused::UnknownProvider(provider.to_owned());
    let provider = Provider::from_code(provider).ok_or_else(unknown)?;
    reset(app, &admin, provider, app.actor()).await?;
    Ok(provider)
}

/// Takes what `admin` has set up with a provider away; `actor` is who does it. A row that cannot be
/// read is emptied: this is the way out of that.
pub async fn reset(
    app: &App,
    admin: &Admin,
    provider: Provider,
    actor: &str,
) -> Result<(), ServiceError> {
    let now = app.now();
    let head = Letterhead::load(app).await?;
    let whose = Whose::Of(admin.id);
    let by = (actor, now);
    let ended = session::end_all(app, whose, EndReason::SecondFactorChanged, by).await?;
    let mut transaction = ended.0;
    admins::hold(&mut transaction, admin.id).await?;
    reset_in(app, &mut transaction, &head, admin, provider, by).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(())
}

/// The same in a transaction that holds the account and ends its sessions.
pub(super) async fn reset_in(
    app: &App,
    connection: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    provider: Provider,
    (actor, now): (&str, Timestamp),
) -> Result<(), ServiceError> {
    let mut config = match user_config::load(app, connection, admin).await {
        Err(ServiceError::Refused(_)) => UserConfig::default(),
        loaded => loaded?,
    };
    config.remove(provider);
    user_config::save(app, connection, admin, &config).await?;
    forget(connection, admin, provider, &config).await?;
    people::void_tokens(connection, admin.id, now.as_second()).await?;
    admin_tokens::void_of(connection, admin.id, now).await?;
    let event = Event {
        at: now,
        actor: actor.to_owned(),
        kind: Kind::SecondFactorRemoved {
            admin: admin.id,
            provider: provider.code(),
        },
    };
    audit_events::append(connection, &event).await?;
    let happening = Happening::Removed(provider);
    notice::second_factor(app, connection, head, admin, happening, now).await
}

/// What stands beside Commerce's own row. Recovery codes stand in for the other factors, and go with
/// the last of them.
async fn forget(
    connection: &mut Connection,
    admin: &Admin,
    provider: Provider,
    left: &UserConfig,
) -> Result<(), ServiceError> {
    code_failures::delete_of(connection, admin.id).await?;
    session_factors::delete_of(connection, admin.id).await?;
    pending_sign_ins::delete_of(connection, admin.id).await?;
    match provider {
        Provider::Google => people::forget_steps(connection, admin.id).await?,
        Provider::U2fKey => {
            security_keys::delete_of(connection, admin.id).await?;
        }
    }
    if !Provider::ALL.iter().any(|other| left.is_active(*other)) {
        recovery_codes::delete_of(connection, admin.id).await?;
    }
    Ok(())
}
