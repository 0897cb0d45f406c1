//! Which providers there are, for whom, and which comes first. Commerce stores the preferences and
//! asks nobody for them; so do we, since a program may read them back.

use super::{ProgramRefused, linked};
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::others::RIGHT;
use crate::second_factor::{rules, user_config};
use crate::switch;
use domain::admin::AdminId;
use domain::audit::{Event, Kind};
use domain::second_factor::{Enrolled, Provider, Rules};
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;
use store::database::{Connection, Transaction};
use store::second_factors::preferences;
use store::{admins, audit_events};

/// The providers of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists {
    /// What they may use.
    pub usable: Vec<Provider>,
    /// What they are still to set up.
    pub to_activate: Vec<Provider>,
}

impl Lists {
    fn new(rules: &Rules, enrolled: Enrolled) -> Self {
        Self {
            usable: rules.allowed(),
            to_activate: rules.missing(enrolled),
        }
    }
}

/// Those of the person of a link.
pub async fn of_link(
    app: &App,
    token: &SecretString,
) -> Result<Result<Lists, ProgramRefused>, ServiceError> {
    let linked = linked(app, token, app.now()).await?;
    Ok(linked.map(|linked| Lists::new(&linked.rules, linked.enrolled)))
}

/// Whether `caller` may know which providers there are at all.
pub async fn installed(
    app: &App,
    caller: AdminId,
) -> Result<Result<(), ProgramRefused>, ServiceError> {
    Ok(admit(app, caller).await?.map(|_| ()))
}

/// What everybody must have set up.
pub async fn forced(
    app: &App,
    caller: AdminId,
) -> Result<Result<Vec<Provider>, ProgramRefused>, ServiceError> {
    if let Err(refused) = installed(app, caller).await? {
        return Ok(Err(refused));
    }
    Ok(Ok(rules::load(app).await?.forced().to_vec()))
}

/// Those of an admin.
pub async fn of(
    app: &App,
    caller: AdminId,
    who: AdminId,
) -> Result<Result<Lists, ProgramRefused>, ServiceError> {
    let rules = rules::load(app).await?;
    let mut connection = match admit(app, caller).await? {
        Ok(connection) => connection,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(admin) = admins::find_by_id(&mut connection, who).await? else {
        return Ok(Err(ProgramRefused::NoSuchAdmin(who)));
    };
    let config = user_config::load(app, &mut connection, &admin).await?;
    let enrolled = user_config::enrolled(app, &admin, &config)?;
    Ok(Ok(Lists::new(&rules, enrolled)))
}

/// The code of the provider that comes first for an admin; empty where none was chosen.
pub async fn default(
    app: &App,
    caller: AdminId,
    who: AdminId,
) -> Result<Result<String, ProgramRefused>, ServiceError> {
    let mut connection = match admit(app, caller).await? {
        Ok(connection) => connection,
        Err(refused) => return Ok(Err(refused)),
    };
    if admins::find_by_id(&mut connection, who).await?.is_none() {
        return Ok(Err(ProgramRefused::NoSuchAdmin(who)));
    }
    let code = preferences::find_default(&mut connection, who).await?;
    Ok(Ok(code.unwrap_or_default()))
}

/// Keeps which provider comes first for an admin.
pub async fn set_default(
    app: &App,
    caller: AdminId,
    who: AdminId,
    code: &str,
) -> Result<Result<(), ProgramRefused>, ServiceError> {
    let mut transaction = match hold(app, caller, who, &[code]).await? {
        Ok(transaction) => transaction,
        Err(refused) => return Ok(Err(refused)),
    };
    preferences::set_default(&mut transaction, who, code).await?;
    finish(app, transaction, caller, who).await.map(Ok)
}

/// Keeps the list of an admin's providers, their codes with commas between them.
pub async fn set_list(
    app: &App,
    caller: AdminId,
    who: AdminId,
    codes: &str,
) -> Result<Result<(), ProgramRefused>, ServiceError> {
    let codes: Vec<&str> = codes.split(',').map(str::trim).collect();
    let mut transaction = match hold(app, caller, who, &codes).await? {
        Ok(transaction) => transaction,
        Err(refused) => return Ok(Err(refused)),
    };
    let json =
        serde_json::to_string(&codes).map_err(|error| ServiceError::Fault(error.to_string()))?;
    preferences::set_list(&mut transaction, who, &json).await?;
    finish(app, transaction, caller, who).await.map(Ok)
}

/// A connection for `caller`, who may look after the second factors of others.
async fn admit(
    app: &App,
    caller: AdminId,
) -> Result<Result<Connection, ProgramRefused>, ServiceError> {
    if is_integrated(app).await? {
        return Ok(Err(ProgramRefused::Denied));
    }
    let mut connection = app.database().connection().await?;
    let is_allowed = admins::is_allowed(&mut connection, caller, RIGHT).await?;
    Ok(is_allowed
        .then_some(connection)
        .ok_or(ProgramRefused::Denied))
}

/// Whether the integration is on: then there is nothing to look after, whatever the role. It takes a
/// connection of its own, so it is asked by who holds none.
async fn is_integrated(app: &App) -> Result<bool, ServiceError> {
    Ok(switch::current(app).await?.1 == SignInMode::AdobeIms)
}

/// A transaction that holds the account of somebody who may use all of `codes`.
async fn hold(
    app: &App,
    caller: AdminId,
    who: AdminId,
    codes: &[&str],
) -> Result<Result<Transaction, ProgramRefused>, ServiceError> {
    if is_integrated(app).await? {
        return Ok(Err(ProgramRefused::Denied));
    }
    let usable = rules::load(app).await?.allowed();
    let mut transaction = app.database().begin().await?;
    // First: what a transaction has read before may be older.
    admins::hold(&mut transaction, who).await?;
    if !admins::is_allowed(&mut transaction, caller, RIGHT).await? {
        return Ok(Err(ProgramRefused::Denied));
    }
    if admins::find_by_id(&mut transaction, who).await?.is_none() {
        return Ok(Err(ProgramRefused::NoSuchAdmin(who)));
    }
    let is_usable = |code: &str| usable.iter().any(|provider| provider.code() == code);
    Ok(match codes.iter().find(|code| !is_usable(code)) {
        Some(unknown) => Err(ProgramRefused::UnknownProvider((*unknown).to_owned())),
        None => Ok(transaction),
    })
}

/// Writes it down with its author, and makes it hold.
async fn finish(
    app: &App,
    mut transaction: Transaction,
    caller: AdminId,
    who: AdminId,
) -> Result<(), ServiceError> {
    let author = admins::find_by_id(&mut transaction, caller).await?;
    let event = Event {
        at: app.now(),
        actor: author.map(|admin| admin.username).unwrap_or_default(),
        kind: Kind::SecondFactorPreferred { admin: who },
    };
    audit_events::append(&mut transaction, &event).await?;
    Ok(transaction.commit().await?)
}
