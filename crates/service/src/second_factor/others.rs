//! The second factors of other admins, for who has Commerce's right to look after them: seeing who
//! has what, taking away what somebody has lost, and mailing a link to who has nothing. The right
//! is asked for at each step, and once more in the transaction of what is done.

use super::{link, own, recovery, remove, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::{Letterhead, letters, queue};
use crate::session::{self, Current};
use crate::sign_in::identity::{self, IdentityRefused, Proof};
use commerce::second_factor::LIFETIME;
use domain::admin::{Admin, AdminId};
use domain::identity::Action;
use domain::second_factor::{Enrolled, Provider};
use domain::session::EndReason;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use store::admins;
use store::database::Connection;
use store::sessions::Whose;

/// Commerce's name of the right.
pub(super) const RIGHT: &str = "Magento_TwoFactorAuth::tfa";

/// The most people that are listed at once.
pub const LONGEST_LIST: usize = 50;

/// Somebody with an account, and what they have.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub admin: Admin,
    /// What they have set up; nothing where it cannot be read, which keeps them out.
    pub enrolled: Option<Enrolled>,
    /// How many security keys.
    pub keys: usize,
    /// How many recovery codes are left.
    pub codes_left: u32,
}

/// Who is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// A part of the name, the user name or the mail address; everybody where it is empty.
    pub name: String,
    /// Only who has nothing set up.
    pub only_without: bool,
}

/// Who was found.
#[derive(Clone, Debug)]
pub struct Listed {
    /// In the order of their accounts.
    pub people: Vec<Person>,
    /// Whether there are more.
    pub is_cut: bool,
}

/// Why nothing was done for somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OthersRefused {
    /// The integration is on, or no second factor is asked for.
    NotAsked,
    /// The role does not allow it.
    Denied,
    /// One's own factors are looked after elsewhere.
    Oneself,
    /// There is no such person, or their account is off.
    NoSuchPerson,
    /// They have nothing of the kind.
    Nothing,
    /// They have something: a link is for who has nothing.
    AlreadySetUp,
    /// They have no mail address that could be reached.
    NoAddress,
    /// They were sent a link a short while ago, and the next may be asked for then.
    Recently(Timestamp),
    /// Nobody was confirmed.
    Identity(IdentityRefused),
}

impl OthersRefused {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "factors.not_asked",
            Self::Denied => "factors.denied",
            Self::Oneself => "factors.oneself",
            Self::NoSuchPerson => "factors.no_such_person",
            Self::Nothing => "factors.nothing",
            Self::AlreadySetUp => "factors.already_set_up",
            Self::NoAddress => "factors.no_address",
            Self::Recently(_) => "factors.recently",
            Self::Identity(refused) => refused.code(),
        }
    }
}

/// Whether the person of a session may look after others.
pub async fn is_allowed(app: &App, current: &Current) -> Result<bool, ServiceError> {
    Ok(admit(app, current).await?.is_ok())
}

/// Whose account is on and who is wanted, with what they have, the first [`LONGEST_LIST`] of them.
pub async fn list(
    app: &App,
    current: &Current,
    wanted: &Wanted,
) -> Result<Result<Listed, OthersRefused>, ServiceError> {
    if let Err(refused) = admit(app, current).await? {
        return Ok(Err(refused));
    }
    let mut connection = app.database().connection().await?;
    let mut people = Vec::new();
    for admin in admins::list(&mut connection).await? {
        if !admin.is_active || !wanted.is_named_by(&admin) {
            continue;
        }
        let person = person(app, &mut connection, admin).await?;
        if wanted.only_without && !person.has_nothing() {
            continue;
        }
        if people.len() == LONGEST_LIST {
            let is_cut = true;
            return Ok(Ok(Listed { people, is_cut }));
        }
        people.push(person);
    }
    let is_cut = false;
    Ok(Ok(Listed { people, is_cut }))
}

/// Somebody else, by the id of their account.
pub async fn find(
    app: &App,
    current: &Current,
    who: AdminId,
) -> Result<Result<Person, OthersRefused>, ServiceError> {
    if let Err(refused) = admit(app, current).await? {
        return Ok(Err(refused));
    }
    if who == current.admin.id {
        return Ok(Err(OthersRefused::Oneself));
    }
    let mut connection = app.database().connection().await?;
    look(app, &mut connection, who).await
}

/// Takes away what somebody else has set up with a provider, or everything. Returns the new id of
/// the session in which it was done.
pub async fn take_away(
    app: &App,
    current: &Current,
    session_id: &SecretString,
    (who, provider): (AdminId, Option<Provider>),
    proof: Proof,
) -> Result<Result<Option<SecretString>, OthersRefused>, ServiceError> {
    let person = match find(app, current, who).await? {
        Ok(person) => person,
        Err(refused) => return Ok(Err(refused)),
    };
    let action = Action::ResetSecondFactor;
    let id = match identity::confirm(app, current, action, proof).await? {
        Ok(id) => id,
        Err(refused) => return Ok(Err(OthersRefused::Identity(refused))),
    };
    let providers = person.providers(provider);
    if providers.is_empty() {
        return Ok(Err(OthersRefused::Nothing));
    }
    let (head, now) = (Letterhead::load(app).await?, app.now());
    let by = (current.admin.username.as_str(), now);
    let ended = session::end_all(app, Whose::Of(who), EndReason::SecondFactorChanged, by).await?;
    let mut transaction = ended.0;
    admins::hold(&mut transaction, who).await?;
    if !admins::is_allowed(&mut transaction, current.admin.id, RIGHT).await? {
        return Ok(Err(OthersRefused::Denied));
    }
    if let Err(refused) = identity::take(app, &mut transaction, current, action, &id, now).await? {
        return Ok(Err(OthersRefused::Identity(refused)));
    }
    for provider in providers {
        remove::reset_in(app, &mut transaction, &head, &person.admin, provider, by).await?;
    }
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Ok(session::rotate(app, session_id).await?))
}

/// Mails somebody who has nothing a link to set something up. It opens nothing without their
/// password. Whoever asks, they are written to at the pauses of [`link::send`].
pub async fn send_link(
    app: &App,
    current: &Current,
    who: AdminId,
) -> Result<Result<(), OthersRefused>, ServiceError> {
    if let Err(refused) = find(app, current, who).await? {
        return Ok(Err(refused));
    }
    let (head, now) = (Letterhead::load(app).await?, app.now());
    let mut transaction = app.database().begin().await?;
    // First: what a transaction has read before may be older.
    admins::hold(&mut transaction, who).await?;
    if !admins::is_allowed(&mut transaction, current.admin.id, RIGHT).await? {
        return Ok(Err(OthersRefused::Denied));
    }
    let person = match look(app, &mut transaction, who).await? {
        Ok(person) => person,
        Err(refused) => return Ok(Err(refused)),
    };
    if !person.has_nothing() {
        return Ok(Err(OthersRefused::AlreadySetUp));
    }
    let admin = &person.admin;
    let Some(to) = queue::Recipient::of(admin) else {
        return Ok(Err(OthersRefused::NoAddress));
    };
    if let Some(until) = link::pause(app, &mut transaction, admin, now).await? {
        return Ok(Err(OthersRefused::Recently(until)));
    }
    let by = (current.admin.username.as_str(), now);
    let token = link::issue_by(app, &mut transaction, admin, by).await?;
    let letter = letters::enrolment_link::write(&head, admin, link::address(&head, &token));
    let give_up_at = now + SignedDuration::from_secs(LIFETIME);
    queue::append_until(app, &mut transaction, to, &letter, give_up_at, now).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Ok(()))
}

impl Wanted {
    fn is_named_by(&self, admin: &Admin) -> bool {
        let name = self.name.trim().to_lowercase();
        let names = [
            admin.full_name(),
            admin.username.clone(),
            admin.email.clone().unwrap_or_default(),
        ];
        names.iter().any(|of| of.to_lowercase().contains(&name))
    }
}

impl Person {
    /// Whether nothing is set up, so that something must be before they get in.
    pub fn has_nothing(&self) -> bool {
        self.enrolled == Some(Enrolled::default())
    }

    /// What there is to take away. Of what cannot be read, everything there could be.
    fn providers(&self, wanted: Option<Provider>) -> Vec<Provider> {
        let Some(enrolled) = self.enrolled else {
            return Provider::ALL.to_vec();
        };
        let is_wanted = |provider: &Provider| wanted.is_none_or(|wanted| wanted == *provider);
        enrolled.providers().into_iter().filter(is_wanted).collect()
    }
}

async fn admit(app: &App, current: &Current) -> Result<Result<(), OthersRefused>, ServiceError> {
    if !own::is_open(app, current).await? {
        return Ok(Err(OthersRefused::NotAsked));
    }
    let mut connection = app.database().connection().await?;
    let is_allowed = admins::is_allowed(&mut connection, current.admin.id, RIGHT).await?;
    Ok(is_allowed.then_some(()).ok_or(OthersRefused::Denied))
}

/// Somebody whose account is on.
async fn look(
    app: &App,
    connection: &mut Connection,
    who: AdminId,
) -> Result<Result<Person, OthersRefused>, ServiceError> {
    let found = admins::find_by_id(connection, who).await?;
    match found.filter(|admin| admin.is_active) {
        Some(admin) => person(app, connection, admin).await.map(Ok),
        None => Ok(Err(OthersRefused::NoSuchPerson)),
    }
}

async fn person(
    app: &App,
    connection: &mut Connection,
    admin: Admin,
) -> Result<Person, ServiceError> {
    let codes_left = recovery::count_left(app, connection, &admin).await?;
    let read = match user_config::load(app, connection, &admin).await {
        Ok(config) => user_config::enrolled(app, &admin, &config)
            .and_then(|enrolled| Ok((enrolled, user_config::keys(&admin, &config)?.len()))),
        Err(why) => Err(why),
    };
    let (enrolled, keys) = match read {
        Ok((enrolled, keys)) => (Some(enrolled), keys),
        // One damaged row must not hide the others.
        Err(ServiceError::Refused(_)) => (None, 0),
        Err(why) => return Err(why),
    };
    Ok(Person {
        admin,
        enrolled,
        keys,
        codes_left,
    })
}

#[cfg(test)]
mod tests;
