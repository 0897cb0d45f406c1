//! Notices of what happened to an account, each to be queued in the transaction of what it tells
//! of. They go to the address that was stored before, and nowhere where there is none. The
//! letterhead is taken before the transaction begins: it asks the database itself.

use super::letters::account_changed::Change;
use super::letters::second_factor::Happening;
use super::queue::{self, Recipient};
use super::{Letter, Letterhead, letters};
use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;
use jiff::Timestamp;
use store::admins::Profile;
use store::database::Connection;

/// The password of `admin` was changed, which ended its sessions.
pub async fn password_changed(
    app: &App,
    transaction: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let letter = letters::password_changed::write(head, admin, now);
    to_admin(app, transaction, admin, &letter, now).await
}

/// Something of an account was changed. `before` is the account as it was, and its address is the
/// one that is told.
pub async fn account_changed(
    app: &App,
    transaction: &mut Connection,
    head: &Letterhead,
    before: &Admin,
    changes: &[Change],
    now: Timestamp,
) -> Result<(), ServiceError> {
    let letter = letters::account_changed::write(head, before, changes, now);
    to_admin(app, transaction, before, &letter, now).await
}

/// `admin` signed in from the network address `ip` with a browser that had not been used for the
/// account. `browser` is what a person would call it.
pub async fn new_browser(
    app: &App,
    transaction: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    ip: &str,
    browser: &str,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let letter = letters::new_browser::write(head, admin, ip, browser, now);
    to_admin(app, transaction, admin, &letter, now).await
}

/// Something happened with the second factor of `admin`.
pub async fn second_factor(
    app: &App,
    connection: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    happening: Happening,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let letter = letters::second_factor::write(head, admin, happening, now);
    to_admin(app, connection, admin, &letter, now).await
}

/// There is a new admin: told, as Commerce does, to the shop's general address and to
/// `user_admin_email` of `env.php`.
pub async fn admin_created(
    app: &App,
    transaction: &mut Connection,
    head: &Letterhead,
    admin: &Profile,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let letter = letters::admin_created::write(head, admin, now);
    for to in head.mailboxes() {
        queue::append(app, transaction, to.clone(), &letter, now).await?;
    }
    Ok(())
}

/// There is a new admin, while the integration is on: welcomed, as Commerce does, in addition to
/// [`admin_created`].
pub async fn welcome(
    app: &App,
    transaction: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let letter = letters::welcome::write(head, admin);
    to_admin(app, transaction, admin, &letter, now).await
}

async fn to_admin(
    app: &App,
    transaction: &mut Connection,
    admin: &Admin,
    letter: &Letter,
    now: Timestamp,
) -> Result<(), ServiceError> {
    match Recipient::of(admin) {
        Some(to) => queue::append(app, transaction, to, letter, now).await,
        None => Ok(()),
    }
}
