//! An account for a person whom only the provider knows: with a user name from their address, a
//! role without rights, and a password that nobody knows. Off unless the operator wants it (A10).

use crate::app::App;
use crate::error::ServiceError;
use crate::mail::{Letterhead, notice};
use crate::random;
use domain::admin::{AdminId, PROVISIONED_ROLE};
use domain::audit::{Event, Kind};
use jiff::Timestamp;
use openid::VerifiedIdentity;
use secrecy::SecretString;
use store::admins::{self, Profile};
use store::audit_events;
use store::database::Connection;

/// The characters of Commerce's own unknown passwords, and how many there are.
const PASSWORD_CHARACTERS: &[u8] =
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-";
const PASSWORD_LENGTH: usize = 100;

/// `admin_user` holds no more characters of an address, a user name, and a name than these.
const LONGEST_EMAIL: usize = 128;
const LONGEST_USERNAME: usize = 40;
const LONGEST_NAME: usize = 32;

/// How many user names are tried before it is given up.
const MOST_NAMES: u32 = 50;

/// What an account would be made of.
pub struct Newcomer {
    profile: Profile,
    password_hash: SecretString,
    head: Letterhead,
}

impl Newcomer {
    /// Nothing for who has no verified address, or one for which an account has no room.
    pub(super) async fn prepare(
        app: &App,
        person: &VerifiedIdentity,
    ) -> Result<Option<Self>, ServiceError> {
        let email = person.verified_email.as_ref();
        let Some(email) = email.filter(|email| email.chars().count() <= LONGEST_EMAIL) else {
            return Ok(None);
        };
        let local = email.split('@').next().unwrap_or_default().to_lowercase();
        let name = |name: &str| {
            let name = if name.trim().is_empty() { &local } else { name };
            let plain = name.chars().filter(|c| !c.is_control());
            plain.take(LONGEST_NAME).collect()
        };
        let password = random::text(PASSWORD_LENGTH, PASSWORD_CHARACTERS)?;
        Ok(Some(Self {
            profile: Profile {
                email: email.clone(),
                first_name: name(&person.first_name),
                last_name: name(&person.last_name),
                username: local,
            },
            password_hash: app.hash_password(password.into()).await?,
            head: Letterhead::load(app).await?,
        }))
    }
}

/// Makes the account, and welcomes its owner by mail as Commerce does.
pub(super) async fn provision(
    app: &App,
    transaction: &mut Connection,
    newcomer: &Newcomer,
    now: Timestamp,
) -> Result<AdminId, ServiceError> {
    let profile = Profile {
        username: free_username(transaction, &newcomer.profile.username).await?,
        ..newcomer.profile.clone()
    };
    admins::ensure_role_exists(transaction, PROVISIONED_ROLE).await?;
    let hash = &newcomer.password_hash;
    let made = admins::create(transaction, &profile, hash, PROVISIONED_ROLE, now).await?;
    let admin =
        made.ok_or_else(|| ServiceError::Fault("the role of new members is not there".to_owned()))?;
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind: Kind::AdminProvisioned { admin },
    };
    audit_events::append(transaction, &event).await?;
    if let Some(made) = admins::find_by_id(transaction, admin).await? {
        notice::welcome(app, transaction, &newcomer.head, &made, now).await?;
    }
    Ok(admin)
}

/// The name itself, or with the first number behind it that makes it a new one.
async fn free_username(transaction: &mut Connection, wanted: &str) -> Result<String, ServiceError> {
    for number in 1..=MOST_NAMES {
        let suffix = match number {
            1 => String::new(),
            number => format!("-{number}"),
        };
        let room = LONGEST_USERNAME - suffix.len();
        let name: String = wanted.chars().take(room).collect();
        let name = format!("{name}{suffix}");
        if admins::find_by_username(transaction, &name)
            .await?
            .is_none()
        {
            return Ok(name);
        }
    }
    let sentence = format!("no user name like {wanted} is free");
    Err(ServiceError::Refused(sentence))
}
