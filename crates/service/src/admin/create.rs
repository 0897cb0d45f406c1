//! Making an admin, or giving an existing one a new password: `admin:user:create`. The shop is told
//! of the one by mail, the account's owner of the other.

use super::AdminRefused;
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::account_changed::Change;
use crate::mail::{Letterhead, notice};
use commerce::email_address::email_problems;
use commerce::password_rules::password_violations;
use domain::admin::{ADMINISTRATORS_ROLE, Admin, AdminId};
use domain::audit::{Event, Kind};
use secrecy::{ExposeSecret, SecretString};
use store::admins::{self, Profile};
use store::audit_events;
use store::database::Connection;

/// Commerce's shortest password where `admin/security/minimum_password_length` says nothing.
const MINIMUM_LENGTH: i64 = 7;

/// Makes the admin, or updates the one with the same user name and address. Returns its id.
pub async fn create(
    app: &App,
    profile: &Profile,
    password: &SecretString,
) -> Result<AdminId, ServiceError> {
    let minimum = app
        .configuration()
        .await?
        .integer("admin/security/minimum_password_length")?;
    let messages = broken_rules(profile, password, minimum.unwrap_or(MINIMUM_LENGTH));
    if !messages.is_empty() {
        return Err(AdminRefused::Invalid(messages).into());
    }
    let hash = app.hash_password(password.clone()).await?;
    let now = app.now();
    let head = Letterhead::load(app).await?;
    let mut transaction = app.database().begin().await?;
    let id = match existing(&mut transaction, profile).await? {
        Some(before) => {
            let id = before.id;
            let same = profile
                .username
                .eq_ignore_ascii_case(password.expose_secret());
            if same {
                return Err(AdminRefused::PasswordIsUsername.into());
            }
            admins::update(&mut transaction, id, profile, &hash, now).await?;
            let changes = changes(&before, profile);
            notice::account_changed(app, &mut transaction, &head, &before, &changes, now).await?;
            admins::ensure_role(&mut transaction, id, &profile.username, ADMINISTRATORS_ROLE)
                .await?
                .then_some(id)
        }
        None => {
            notice::admin_created(app, &mut transaction, &head, profile, now).await?;
            admins::create(&mut transaction, profile, &hash, ADMINISTRATORS_ROLE, now).await?
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

fn changes(before: &Admin, profile: &Profile) -> Vec<Change> {
    let email = before.email.as_deref().unwrap_or_default();
    let email = (!same(email, &profile.email)).then_some(Change::Email);
    email.into_iter().chain([Change::Password]).collect()
}

/// Every rule that the input breaks, in Commerce's order and words.
pub fn broken_rules(profile: &Profile, password: &SecretString, minimum: i64) -> Vec<String> {
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
    let minimum = usize::try_from(minimum).unwrap_or(0);
    let violations = password_violations(password.expose_secret(), None, minimum);
    messages.extend(violations.into_iter().map(|violation| violation.text()));
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
