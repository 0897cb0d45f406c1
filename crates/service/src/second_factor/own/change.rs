//! What all changes begin and end with.

use super::judge::{Aim, Holdings, judge};
use super::{OwnProblem, OwnRefused, is_asked};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::Letterhead;
use crate::mail::letters::second_factor::Happening;
use crate::mail::notice;
use crate::second_factor::{rules, user_config};
use crate::session::{self, Current};
use crate::sign_in::identity::{self, IdentityRefused, Proof};
use crate::switch;
use commerce::second_factor::UserConfig;
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::identity::Action;
use domain::second_factor::{Factor, Provider, Rules};
use domain::session::EndReason;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::SecretString;
use store::database::{Connection, Transaction};
use store::second_factors::session_factors;
use store::sessions::Whose;
use store::{admin_tokens, admins, audit_events};

/// What comes with every change.
pub struct Wish<'a> {
    /// The id of the session.
    pub session_id: &'a SecretString,
    /// What shows who sits there.
    pub proof: Proof,
    /// Whether the person's other sessions are to end with it.
    pub ends_others: bool,
}

/// What was changed.
#[derive(Debug)]
pub struct Changed {
    /// The session's new id; none where the session was over by then.
    pub session_id: Option<SecretString>,
    /// New recovery codes, to be shown once; empty where there are none.
    pub recovery_codes: Vec<SecretString>,
}

/// A change under way: its owner was confirmed, and the account is held.
pub(super) struct Change<'a> {
    pub(super) app: &'a App,
    pub(super) admin: &'a Admin,
    pub(super) transaction: Transaction,
    pub(super) head: Letterhead,
    pub(super) config: UserConfig,
    pub(super) now: Timestamp,
    current: &'a Current,
    shown: Factor,
    session_id: &'a SecretString,
    confirmation: SecretString,
}

impl<'a> Change<'a> {
    /// Begins what `aim` says, as far as it may be.
    pub(super) async fn begin(
        app: &'a App,
        current: &'a Current,
        wish: Wish<'a>,
        aim: Aim<'_>,
    ) -> Result<Result<Self, OwnRefused>, ServiceError> {
        let action = Action::ChangeSecondFactor;
        let (rules, id) = match confirm(app, current, wish.proof).await? {
            Ok(confirmed) => confirmed,
            Err(refused) => return Ok(Err(refused)),
        };
        let admin = &current.admin;
        // Before anything is done that no transaction takes back: sessions may be in Redis.
        let mut connection = app.database().connection().await?;
        let judged = look(app, &mut connection, admin, aim, &rules).await?;
        drop(connection);
        if let Err(problem) = judged {
            return Ok(Err(refuse(problem, id)));
        }
        let (head, now) = (Letterhead::load(app).await?, app.now());
        let mut transaction = open(app, current, wish.ends_others, now).await?;
        // First: what a transaction has read before may be older.
        admins::hold(&mut transaction, admin.id).await?;
        let shown = session_factors::find(&mut transaction, current.id_hash(), admin.id).await?;
        let Some(shown) = shown else {
            return Ok(Err(OwnRefused::NotAsked));
        };
        if let Err(refused) =
            identity::take(app, &mut transaction, current, action, &id, now).await?
        {
            return Ok(Err(OwnRefused::Identity(refused)));
        }
        let config = match look(app, &mut transaction, admin, aim, &rules).await? {
            Ok(config) => config,
            Err(problem) => return Ok(Err(refuse(problem, id))),
        };
        Ok(Ok(Self {
            app,
            admin,
            transaction,
            head,
            config,
            now,
            current,
            shown: shown.factor,
            session_id: wish.session_id,
            confirmation: id,
        }))
    }

    /// Gives it up.
    pub(super) fn refuse(self, problem: OwnProblem) -> OwnRefused {
        refuse(problem, self.confirmation)
    }

    /// Stores what is left set up. Where that is not what this session has shown, it rests on what is
    /// left: who sits there has been confirmed just now.
    pub(super) async fn save(&mut self) -> Result<(), ServiceError> {
        user_config::save(self.app, &mut self.transaction, self.admin, &self.config).await?;
        let enrolled = user_config::enrolled(self.app, self.admin, &self.config)?;
        if let Some(left) = self.shown.or_left(enrolled) {
            let id_hash = self.current.id_hash();
            session_factors::rest_on(&mut self.transaction, id_hash, left).await?;
        }
        Ok(())
    }

    /// Writes down that something of a provider was taken away, and tells the owner.
    pub(super) async fn note_removal(&mut self, provider: Provider) -> Result<(), ServiceError> {
        self.note(Kind::SecondFactorRemoved {
            admin: self.admin.id,
            provider: provider.code(),
        })
        .await?;
        self.tell(Happening::Removed(provider)).await
    }

    pub(super) async fn note(&mut self, kind: Kind) -> Result<(), ServiceError> {
        let event = Event {
            at: self.now,
            actor: self.admin.username.clone(),
            kind,
        };
        Ok(audit_events::append(&mut self.transaction, &event).await?)
    }

    pub(super) async fn tell(&mut self, happening: Happening) -> Result<(), ServiceError> {
        let transaction = &mut self.transaction;
        notice::second_factor(
            self.app,
            transaction,
            &self.head,
            self.admin,
            happening,
            self.now,
        )
        .await
    }

    /// Makes it hold. The session goes on under another id.
    pub(super) async fn finish(
        self,
        recovery_codes: Vec<SecretString>,
    ) -> Result<Changed, ServiceError> {
        self.transaction.commit().await?;
        self.app.wake_mail_sender();
        Ok(Changed {
            session_id: session::rotate(self.app, self.session_id).await?,
            recovery_codes,
        })
    }
}

fn refuse(problem: OwnProblem, confirmation: SecretString) -> OwnRefused {
    OwnRefused::Problem {
        problem,
        confirmation,
    }
}

/// Whether there is anything to change here, and who wants to.
async fn confirm(
    app: &App,
    current: &Current,
    proof: Proof,
) -> Result<Result<(Rules, SecretString), OwnRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        let refused = IdentityRefused::IntegrationIsOn;
        return Ok(Err(OwnRefused::Identity(refused)));
    }
    let rules = rules::load(app).await?;
    if !rules.is_required() || !is_asked(current) {
        return Ok(Err(OwnRefused::NotAsked));
    }
    let confirmed = identity::confirm(app, current, Action::ChangeSecondFactor, proof).await?;
    Ok(confirmed
        .map(|id| (rules, id))
        .map_err(OwnRefused::Identity))
}

/// What the person has, if what they want may be done with it.
async fn look(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    aim: Aim<'_>,
    rules: &Rules,
) -> Result<Result<UserConfig, OwnProblem>, ServiceError> {
    let config = user_config::load(app, connection, admin).await?;
    let enrolled = user_config::enrolled(app, admin, &config)?;
    let keys = user_config::keys(admin, &config)?;
    let keys = keys.iter().map(|key| key.digest()).collect();
    let judged = judge(aim, &Holdings { enrolled, keys }, rules);
    Ok(judged.map(|()| config))
}

/// The transaction, in which the other sessions end where that is wanted, and tokens of programs
/// with them.
async fn open(
    app: &App,
    current: &Current,
    ends_others: bool,
    now: Timestamp,
) -> Result<Transaction, ServiceError> {
    if !ends_others {
        return Ok(app.database().begin().await?);
    }
    let admin = &current.admin;
    let whose = Whose::OthersOf(admin.id, current.id_hash());
    let by = (admin.username.as_str(), now);
    let reason = EndReason::SecondFactorChanged;
    let (mut transaction, _) = session::end_all(app, whose, reason, by).await?;
    admin_tokens::void_of(&mut transaction, admin.id, now).await?;
    Ok(transaction)
}
