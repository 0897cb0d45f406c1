//! Who has a second factor and who must set one up, for the operator to see: `security:tfa:status`,
//! and what `admin:adobe-ims:disable` tells of afterwards.

pub use super::rules::Module;

use super::recovery;
use super::rules;
use super::user_config;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::switch;
use commerce::second_factor::UserConfig;
use domain::admin::Admin;
use domain::second_factor::{Enrolled, Provider, Rules};
use domain::sign_in_mode::SignInMode;
use serde::Serialize;
use std::collections::HashMap;
use store::admins;
use store::database::Connection;
use store::second_factors::user_configs;

/// What is asked for, and what each active admin has.
#[derive(Debug, Serialize)]
pub struct Survey {
    /// Commerce's module.
    pub module: Module,
    /// Whether nobody is asked at present, since the integration is on.
    pub suspended: bool,
    /// The providers that everybody must have; with none, any one is enough.
    pub forced_providers: Vec<&'static str>,
    /// Providers that the shop forces and that are not here: they are passed over.
    pub foreign_providers: Vec<String>,
    /// Every active admin.
    pub admins: Vec<Person>,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They are asked for what they have set up.
    Enrolled,
    /// They must set something up before they get in.
    MustEnrol,
    /// What is stored cannot be read, and they do not get in.
    Unreadable,
    /// Nobody is asked.
    NotAsked,
}

/// What one admin has.
#[derive(Debug, Serialize)]
pub struct Person {
    /// User name.
    pub username: String,
    /// Where they stand.
    pub standing: Standing,
    /// Whether an authenticator app is set up.
    pub app: bool,
    /// How many security keys are set up.
    pub security_keys: usize,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
    /// What they are asked to set up besides, after a sign-in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<&'static str>,
}

/// Looks at everybody.
pub async fn take(app: &App) -> Result<Survey, ServiceError> {
    by(app, &app.configuration().await?).await
}

/// Looks at everybody, by settings that were read already.
pub(crate) async fn by(app: &App, settings: &Settings) -> Result<Survey, ServiceError> {
    let (rules, module) = rules::by(app, settings).await?;
    let suspended = switch::current(app).await?.1 == SignInMode::AdobeIms;
    let mut connection = app.database().connection().await?;
    let stored: HashMap<_, _> = match module {
        Module::Missing => HashMap::new(),
        _ => user_configs::list(&mut connection)
            .await?
            .into_iter()
            .collect(),
    };
    let mut people = Vec::new();
    for admin in admins::list(&mut connection).await? {
        if admin.is_active {
            let stored = stored.get(&admin.id).map_or("", String::as_str);
            people.push(person(app, &mut connection, &rules, &admin, stored).await?);
        }
    }
    Ok(Survey {
        module,
        suspended,
        forced_providers: codes(rules.forced()),
        foreign_providers: rules.foreign().to_vec(),
        admins: people,
    })
}

async fn person(
    app: &App,
    connection: &mut Connection,
    rules: &Rules,
    admin: &Admin,
    stored: &str,
) -> Result<Person, ServiceError> {
    let read = read(app, admin, stored);
    let (enrolled, security_keys) = read.unwrap_or_default();
    let has_any = enrolled != Enrolled::default();
    let standing = match (rules.is_required(), read) {
        (false, _) => Standing::NotAsked,
        (true, None) => Standing::Unreadable,
        (true, Some(_)) if has_any => Standing::Enrolled,
        (true, Some(_)) => Standing::MustEnrol,
    };
    let is_incomplete = standing == Standing::Enrolled;
    Ok(Person {
        username: admin.username.clone(),
        standing,
        app: enrolled.google,
        security_keys,
        recovery_codes_left: recovery::count_left(app, connection, admin).await?,
        missing: match is_incomplete {
            true => codes(&rules.missing(enrolled)),
            false => Vec::new(),
        },
    })
}

/// What is set up, and how many keys; nothing where it cannot be read.
fn read(app: &App, admin: &Admin, stored: &str) -> Option<(Enrolled, usize)> {
    let config = UserConfig::open(app.keyring(), stored).ok()?;
    let enrolled = user_config::enrolled(app, admin, &config).ok()?;
    let keys = match enrolled.u2fkey {
        true => config.security_keys().ok()?.len(),
        false => 0,
    };
    Some((enrolled, keys))
}

fn codes(providers: &[Provider]) -> Vec<&'static str> {
    providers.iter().map(|provider| provider.code()).collect()
}
