//! Making an admin, or giving an existing one a new password: `admin:user:create`. The shop is told
//! of the one by mail, the account's owner of the other. While the integration is on, a password is
//! set all the same: it is the one to sign in with afterwards.

use super::AdminRefused;
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::account_changed::Change;
use crate::mail::{Letterhead, notice};
use crate::password::{self, Owner};
use crate::switch;
use commerce::email_address::email_problems;
use domain::admin::{ADMINISTRATORS_ROLE, Admin, AdminId};
use domain::audit::{Event, Kind};
use domain::password_policy::PasswordProblem;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::admins::{self, Profile};
use store::audit_events;
use store::database::Connection;

/// Makes the admin, or updates the one with the same user name and address. Returns its id.
pub async fn create(
    app: &App,
    profile: &Profile,
    password: &SecretString,
) -> Result<AdminId, ServiceError> {
    let admin = {
        let mut connection = app.database().connection().await?;
        admins::find_by_username(&mut connection, &profile.username).await?
    };
    let owner = Owner::of_profile(profile, admin.as_ref());
    let chosen = password::choose(app, &owner, password, None).await?;
    let problems = chosen.as_ref().err().map_or(&[][..], Vec::as_slice);
    let messages = broken_rules(profile, problems);
    let chosen = match chosen {
        Ok(chosen) if messages.is_empty() => chosen,
        _ => return Err(AdminRefused::Invalid(messages).into()),
    };
    let now = app.now();
    let head = Letterhead::load(app).await?;
    let (_, mode) = switch::current(app).await?;
    let mut transaction = app.database().begin().await?;
    let id = match existing(&mut transaction, profile).await? {
        Some(_) if is_username(profile, password) => {
            return Err(AdminRefused::PasswordIsUsername.into());
        }
        Some(before) => {
            let changes = changes(&before, profile);
            notice::account_changed(app, &mut transaction, &head, &before, &changes, now).await?;
            update(&mut transaction, before.id, profile, chosen.hash(), now).await?
        }
        None => {
            notice::admin_created(app, &mut transaction, &head, profile, now).await?;
            let (hash, role) = (chosen.hash(), ADMINISTRATORS_ROLE);
            let id = admins::create(&mut transaction, profile, hash, role, now).await?;
            if mode == SignInMode::AdobeIms {
                welcome(app, &mut transaction, &head, id, now).await?;
            }
            id
        }
    };
    let id = id.ok_or(AdminRefused::NoAdministratorsRole)?;
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind: Kind::AdminSaved { admin: id },
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(id)
}

async fn welcome(
    app: &App,
    connection: &mut Connection,
    head: &Letterhead,
    id: Option<AdminId>,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let Some(id) = id else { return Ok(()) };
    if let Some(admin) = admins::find_by_id(connection, id).await? {
        notice::welcome(app, connection, head, &admin, now).await?;
    }
    Ok(())
}

/// Nothing where the role is missing.
async fn update(
    connection: &mut Connection,
    id: AdminId,
    profile: &Profile,
    hash: &SecretString,
    now: Timestamp,
) -> Result<Option<AdminId>, ServiceError> {
    admins::update(connection, id, profile, hash, now).await?;
    let role = ADMINISTRATORS_ROLE;
    let has_role = admins::ensure_role(connection, id, &profile.username, role).await?;
    Ok(has_role.then_some(id))
}

fn is_username(profile: &Profile, password: &SecretString) -> bool {
    profile
        .username
        .eq_ignore_ascii_case(password.expose_secret())
}

fn changes(before: &Admin, profile: &Profile) -> Vec<Change> {
    let email = before.email.as_deref().unwrap_or_default();
    let email = (!same(email, &profile.email)).then_some(Change::Email);
    email.into_iter().chain([Change::Password]).collect()
}

/// Every rule that the input breaks, in Commerce's order and words.
pub fn broken_rules(profile: &Profile, password: &[PasswordProblem]) -> Vec<String> {
    let required = [
        ("User Name", &profile.username),
        ("First Name", &profile.first_name),
        ("Last Name", &profile.last_name),
    ];
    let mut messages: Vec<String> = required
        .iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(label, _)| format!("\"{label}\" is required. Enter and try again."))
        .collect();
    messages.extend(
        email_problems(Some(&profile.email))
            .iter()
            .flat_map(|problem| problem.texts()),
    );
    messages.extend(password.iter().map(|problem| problem.text()));
    messages
}

async fn existing(
    connection: &mut Connection,
    profile: &Profile,
) -> Result<Option<Admin>, ServiceError> {
    let by_username = admins::find_by_username(connection, &profile.username).await?;
    let by_email = admins::find_by_email(connection, &profile.email).await?;
    match (by_username, by_email) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(AdminRefused::EmailTaken.into()),
        (Some(admin), Some(other)) if admin.id != other.id => Err(AdminRefused::EmailTaken.into()),
        (Some(admin), _) => match admin.reachable_email() {
            Some(email) if !same(email, &profile.email) => Err(AdminRefused::UsernameTaken.into()),
            // Who has no address that mail could reach is given one: the operator's last way to
            // let somebody in again.
            _ => Ok(Some(admin)),
        },
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
