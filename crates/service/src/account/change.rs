//! Changing one's own names, address, language and password. Who sits there is asked first, before
//! anything is said about what was typed.

use super::editable::editable;
use super::problem::{AccountProblem, problems};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::account_changed::Change;
use crate::mail::{Letterhead, notice};
use crate::password::{self, ChosenPassword, Owner};
use crate::session::{self, Current};
use crate::sign_in::identity::{self, IdentityRefused, Proof};
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::identity::Action;
use domain::session::EndReason;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::admins::{self, Profile};
use store::database::{DatabaseError, Transaction};
use store::sessions::Whose;
use store::{admin_tokens, audit_events, reset_tokens};

/// The account as its owner wants it to be.
pub struct AccountChange {
    /// User name.
    pub username: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mail address.
    pub email: String,
    /// `interface_locale`, such as `nl_NL`.
    pub locale: String,
    /// The new password; empty where it stays.
    pub password: SecretString,
    /// The same once more.
    pub confirmation: SecretString,
}

/// Why nothing was changed.
#[derive(Debug)]
pub enum AccountRefused {
    /// Nobody was confirmed.
    Identity(IdentityRefused),
    /// What was typed cannot be; who the person is was confirmed, and need not be asked again.
    Invalid {
        /// Everything that is wrong.
        problems: Vec<AccountProblem>,
        /// For the form to bring back in place of the password.
        confirmation: SecretString,
    },
}

/// What was changed.
pub struct Changed {
    /// The session's new id, where something changed that a thief could have used.
    pub session_id: Option<SecretString>,
}

/// Changes the account of the person in `current`, whose session has the id `session_id`.
pub async fn change(
    app: &App,
    current: &Current,
    session_id: &SecretString,
    change: &AccountChange,
    proof: Proof,
) -> Result<Result<Changed, AccountRefused>, ServiceError> {
    let action = Action::ChangeAccount;
    let confirmation = match identity::confirm(app, current, action, proof).await? {
        Ok(confirmation) => confirmation,
        Err(refused) => return Ok(Err(AccountRefused::Identity(refused))),
    };
    let invalid = |problems| AccountRefused::Invalid {
        problems,
        confirmation: confirmation.clone(),
    };
    let change = &editable(current).put_back(&current.admin, change);
    let (chosen, problems) = judge(app, &current.admin, change).await?;
    if !problems.is_empty() {
        return Ok(Err(invalid(problems)));
    }
    let now = app.now();
    let head = Letterhead::load(app).await?;
    let mut transaction = begin(app, current, chosen.as_ref(), now).await?;
    let id = &confirmation;
    if let Err(refused) = identity::take(app, &mut transaction, current, action, id, now).await? {
        return Ok(Err(AccountRefused::Identity(refused)));
    }
    let (admin, changes) = (&current.admin, changes(&current.admin, change));
    let stored = store(&mut transaction, admin, change, &changes, now).await;
    match stored {
        Ok(()) => {}
        Err(ServiceError::Database(DatabaseError::Duplicate)) => {
            return Ok(Err(invalid(vec![AccountProblem::Taken])));
        }
        Err(error) => return Err(error),
    }
    if let Some(chosen) = &chosen {
        chosen.store(&mut transaction, admin.id, now).await?;
        admin_tokens::void_of(&mut transaction, admin.id, now).await?;
    }
    if !changes.is_empty() {
        notice::account_changed(app, &mut transaction, &head, admin, &changes, now).await?;
    }
    transaction.commit().await?;
    app.wake_mail_sender();
    let session_id = match changes.is_empty() {
        true => None,
        false => session::rotate(app, session_id).await?,
    };
    Ok(Ok(Changed { session_id }))
}

/// The new password, if there is one, and everything that is wrong.
async fn judge(
    app: &App,
    admin: &Admin,
    change: &AccountChange,
) -> Result<(Option<ChosenPassword>, Vec<AccountProblem>), ServiceError> {
    let mut problems = problems(admin, change);
    let mut chosen = None;
    let is_typed = |text: &SecretString| !text.expose_secret().is_empty();
    if is_typed(&change.password) || is_typed(&change.confirmation) {
        let owner = Owner::of(admin);
        let confirmation = Some(&change.confirmation);
        match password::choose(app, &owner, &change.password, confirmation).await? {
            Ok(password) => chosen = Some(password),
            Err(wrong) => problems.extend(wrong.into_iter().map(AccountProblem::Password)),
        }
    }
    let mut connection = app.database().connection().await?;
    let (username, email) = (&change.username, &change.email);
    if admins::is_taken(&mut connection, username, email, admin.id).await? {
        problems.push(AccountProblem::Taken);
    }
    Ok((chosen, problems))
}

/// A new password ends every other session of the person.
async fn begin(
    app: &App,
    current: &Current,
    chosen: Option<&ChosenPassword>,
    now: Timestamp,
) -> Result<Transaction, ServiceError> {
    if chosen.is_none() {
        return Ok(app.database().begin().await?);
    }
    let admin = &current.admin;
    let whose = Whose::OthersOf(admin.id, current.id_hash());
    let by = (admin.username.as_str(), now);
    let (transaction, _) = session::end_all(app, whose, EndReason::PasswordChanged, by).await?;
    Ok(transaction)
}

async fn store(
    transaction: &mut Transaction,
    before: &Admin,
    change: &AccountChange,
    changes: &[Change],
    now: Timestamp,
) -> Result<(), ServiceError> {
    let profile = Profile {
        username: change.username.clone(),
        email: change.email.clone(),
        first_name: change.first_name.clone(),
        last_name: change.last_name.clone(),
    };
    admins::set_profile(transaction, before.id, &profile, &change.locale, now).await?;
    if !changes.is_empty() {
        // A link that went to the old address, or is older than the password, is good no more.
        reset_tokens::delete(transaction, before.id).await?;
    }
    let event = Event {
        at: now,
        actor: before.username.clone(),
        kind: Kind::AccountChanged {
            admin: before.id,
            changed: changes.iter().map(|change| change.code()).collect(),
        },
    };
    Ok(audit_events::append(transaction, &event).await?)
}

/// What the owner is told of by mail.
fn changes(before: &Admin, change: &AccountChange) -> Vec<Change> {
    let email = before.email.as_deref() != Some(change.email.as_str());
    let password = !change.password.expose_secret().is_empty();
    let username = before.username != change.username;
    [
        email.then_some(Change::Email),
        password.then_some(Change::Password),
        username.then_some(Change::Username),
    ]
    .into_iter()
    .flatten()
    .collect()
}
