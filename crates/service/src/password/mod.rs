//! Taking a new password: the one place that judges it, wherever it is typed. A
//! [`ChosenPassword`] can only be had for a password that was judged; the rules are in
//! `domain::password_policy`, the settings they follow in [`settings`].

mod own_words;
pub mod settings;

use crate::app::App;
use crate::error::ServiceError;
use crate::session::Current;
use domain::admin::{Admin, AdminId};
use domain::password_lifetime::PasswordAge;
use domain::password_policy::{self, PasswordPolicy, PasswordProblem, is_remembered};
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use settings::PasswordSettings;
use store::admins::{self, EarlierPassword, Profile};
use store::database::{Connection, DatabaseError};

/// The most passwords of a history that are compared, each at the cost of a sign-in.
const LONGEST_HISTORY: u32 = 24;

/// Whose password it is to be.
pub struct Owner<'a> {
    admin: Option<&'a Admin>,
    names: Vec<&'a str>,
}

impl<'a> Owner<'a> {
    /// Somebody who has an account.
    pub fn of(admin: &'a Admin) -> Self {
        let email = admin.email.as_deref().unwrap_or_default();
        Self {
            admin: Some(admin),
            names: vec![&admin.username, email, &admin.first_name, &admin.last_name],
        }
    }

    /// Somebody who gets an account of this profile, or has the one named.
    pub fn of_profile(profile: &'a Profile, admin: Option<&'a Admin>) -> Self {
        let names: [&'a str; 4] = [
            &profile.username,
            &profile.email,
            &profile.first_name,
            &profile.last_name,
        ];
        Self {
            admin,
            names: names.into(),
        }
    }
}

/// A password that may be set, hashed.
pub struct ChosenPassword {
    hash: SecretString,
    outlived: Vec<u32>,
}

impl ChosenPassword {
    /// The hash to store with a new account.
    pub fn hash(&self) -> &SecretString {
        &self.hash
    }

    /// Makes it the password of an account. Forgets the earlier ones that need not be remembered.
    pub async fn store(
        &self,
        connection: &mut Connection,
        admin: AdminId,
        now: Timestamp,
    ) -> Result<(), DatabaseError> {
        for id in &self.outlived {
            admins::forget_password(connection, *id).await?;
        }
        admins::set_password(connection, admin, &self.hash, now).await
    }
}

/// What a new password must be at this moment, to be told before it is chosen.
pub async fn policy(app: &App) -> Result<PasswordPolicy, ServiceError> {
    Ok(PasswordSettings::read(&app.configuration().await?)?.policy)
}

/// What the age of a person's password asks of them in this session. As in Commerce it is the age
/// at sign-in that counts: nobody is interrupted, and who has changed it is free at once. Who came
/// in with Adobe ID uses no password, and could not change it.
pub async fn age(app: &App, current: &Current) -> Result<PasswordAge, ServiceError> {
    if current.session.mode == SignInMode::AdobeIms {
        return Ok(PasswordAge::Fresh);
    }
    let lifetime = PasswordSettings::read(&app.configuration().await?)?.lifetime;
    Ok(lifetime.age(current.admin.password_set_at, current.session.created_at))
}

/// Judges a password for its owner, and hashes it where nothing is wrong with it. Otherwise
/// everything that is wrong is told at once; whether it was used before, when nothing else is.
pub async fn choose(
    app: &App,
    owner: &Owner<'_>,
    password: &SecretString,
    confirmation: Option<&SecretString>,
) -> Result<Result<ChosenPassword, Vec<PasswordProblem>>, ServiceError> {
    let now = app.now();
    let configuration = app.configuration().await?;
    let rules = PasswordSettings::read(&configuration)?;
    let own_words = own_words::list(&owner.names, &configuration)?;
    let place = app.passwords().reserve_for_known()?;
    let problems = place.run({
        let (password, confirmation) = (password.clone(), confirmation.cloned());
        move |_| {
            let own_words: Vec<&str> = own_words.iter().map(String::as_str).collect();
            let confirmation = confirmation.as_ref().map(ExposeSecret::expose_secret);
            let password = password.expose_secret();
            password_policy::problems(rules.policy, password, confirmation, &own_words)
        }
    });
    let problems = problems.await?;
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let mut outlived = Vec::new();
    if let Some(admin) = owner.admin {
        let (remembered, others) = history(app, admin.id, &rules, now).await?;
        let hashes = remembered.into_iter().map(|earlier| earlier.hash);
        for hash in hashes.chain([admin.password_hash.clone()]) {
            if app.verify_password(hash, password.clone()).await? {
                return Ok(Err(vec![PasswordProblem::UsedBefore]));
            }
        }
        outlived = others.iter().map(|earlier| earlier.id).collect();
    }
    let hash = app.hash_password(password.clone()).await?;
    Ok(Ok(ChosenPassword { hash, outlived }))
}

/// The earlier passwords that are remembered, and those that need not be any more.
async fn history(
    app: &App,
    admin: AdminId,
    rules: &PasswordSettings,
    now: Timestamp,
) -> Result<(Vec<EarlierPassword>, Vec<EarlierPassword>), ServiceError> {
    let mut connection = app.database().connection().await?;
    let history = admins::list_password_history(&mut connection, admin, LONGEST_HISTORY).await?;
    let lifetime = rules.lifetime.lifetime;
    let (remembered, others): (Vec<_>, Vec<_>) = history
        .into_iter()
        .enumerate()
        .partition(|(position, earlier)| is_remembered(*position, earlier.set_at, lifetime, now));
    let passwords = |numbered: Vec<(usize, EarlierPassword)>| {
        numbered.into_iter().map(|(_, earlier)| earlier).collect()
    };
    Ok((passwords(remembered), passwords(others)))
}

#[cfg(test)]
mod tests;
