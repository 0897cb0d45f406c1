//! What an attempt comes to, in one transaction that holds the account: the state is read again
//! there, so that attempts made at once are judged one after the other, and none of them is looked
//! at under a lock that another has brought about.

use super::entrance::Entrance;
use super::known_browser::{self, Introduction, Recognised};
use super::password::Attempt;
use super::policy::SignInPolicy;
use super::throttle::Sending;
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::pending::{self, PendingId};
use crate::second_factor::rules;
use crate::switch;
use domain::admin::{Admin, AdminId};
use domain::audit::{Door, Event, Kind};
use domain::lockout::Lockout;
use domain::session::EndReason;
use domain::sign_in::{Evidence, Refusal, judge};
use domain::username::Username;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use store::database::{Connection, DatabaseError};
use store::sessions::Whose;
use store::{admin_tokens, admins, audit_events, sessions};
use store::{token_request_log, user_expirations};

/// The id of no account: unknown names get the same statements as others, which then find nothing.
const NOBODY: AdminId = 0;

/// An attempt whose password was looked at.
pub(super) struct Checked<'a> {
    pub(super) attempt: &'a Attempt,
    pub(super) username: &'a Username,
    pub(super) policy: &'a SignInPolicy,
    /// The account as it was when its password was compared.
    pub(super) admin: Option<&'a Admin>,
    pub(super) is_right: bool,
    pub(super) now: Timestamp,
}

/// What a right password leads to.
pub(super) enum Conclusion {
    /// Nothing else is asked for.
    Entered(Box<Entrant>),
    /// A second factor is: the id that this browser goes on with.
    Pending(PendingId),
    /// Passwords are not good any more: the integration was switched on meanwhile.
    SwitchedOn,
}

/// Somebody who is let in.
pub(super) struct Entrant {
    /// As they were before this sign-in.
    pub(super) admin: Admin,
    /// At the page's door.
    pub(super) introduction: Option<Introduction>,
    /// The epoch in which they are let in.
    pub(super) epoch: i64,
}

/// Judges, and writes down what follows. `seen` is the epoch in which the password was asked for.
pub(super) async fn conclude(
    app: &App,
    checked: &Checked<'_>,
    seen: i64,
) -> Result<Result<Conclusion, Refusal>, ServiceError> {
    let Checked { attempt, now, .. } = *checked;
    let id = checked.admin.map_or(NOBODY, |admin| admin.id);
    let asks = rules::load(app).await?.is_required();
    let mut transaction = app.database().begin().await?;
    let Some(epoch) = switch::hold_for_password(&mut transaction, seen).await? else {
        return Ok(Ok(Conclusion::SwitchedOn));
    };
    let admin = admins::lock(&mut transaction, id).await?;
    let browser_id = attempt.browser.as_ref();
    let browser = known_browser::recognise(app, &mut transaction, browser_id, id, now).await?;
    let verdict = judge(
        Evidence {
            admin: admin.as_ref(),
            is_right: checked.is_right && is_unchanged(checked.admin, admin.as_ref()),
            lockout: lockout(admin.as_ref(), browser.as_ref()),
            expires_at: user_expirations::find(&mut transaction, id).await?,
            is_throttled: checked.is_throttled(&mut transaction).await?,
        },
        now,
    );
    let concluded = match verdict {
        Ok(admin) if asks => {
            let (door, ip) = (attempt.door, attempt.ip.as_str());
            let begun = pending::begin(app, &mut transaction, admin, epoch, (door, ip), now);
            Ok(Conclusion::Pending(begun.await?))
        }
        Ok(admin) => {
            let entrance = Entrance {
                door: attempt.door,
                factor: None,
                actor: checked.actor(),
                sending: checked.sending(),
                browser_id,
                now,
            };
            let introduction = entrance
                .let_in(app, &mut transaction, admin, browser)
                .await?;
            Ok(Conclusion::Entered(Box::new(Entrant {
                admin: admin.clone(),
                introduction,
                epoch,
            })))
        }
        Err(refusal) => {
            let lockout = lockout(admin.as_ref(), browser.as_ref());
            let counted = (lockout, browser.as_ref());
            checked
                .refuse(&mut transaction, id, counted, refusal)
                .await?;
            Err(refusal)
        }
    };
    transaction.commit().await?;
    Ok(concluded)
}

/// A browser that is known has a lock of its own, and the account's does not close its way.
pub(super) fn lockout(admin: Option<&Admin>, browser: Option<&Recognised>) -> Lockout {
    let of_account = || admin.map(|admin| admin.lockout).unwrap_or_default();
    browser.map_or_else(of_account, Recognised::lockout)
}

/// Whether the account still has the password that was compared.
fn is_unchanged(compared: Option<&Admin>, present: Option<&Admin>) -> bool {
    let hash = |admin: &Admin| admin.password_hash.expose_secret().to_owned();
    compared.map(hash) == present.map(hash)
}

/// The account has come to its end: it is switched off, with everything that was open.
pub(crate) async fn expire(
    connection: &mut Connection,
    admin: AdminId,
    actor: String,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    admins::deactivate(connection, admin).await?;
    user_expirations::delete(connection, admin).await?;
    // Our own end at their next request, since the account is switched off.
    let reason = EndReason::AccountDisabled;
    sessions::commerce::end_all(connection, Whose::Of(admin), reason).await?;
    admin_tokens::void_of(connection, admin, now).await?;
    let event = Event {
        at: now,
        actor,
        kind: Kind::AdminExpired { admin },
    };
    audit_events::append(connection, &event).await
}

impl Checked<'_> {
    async fn is_throttled(&self, connection: &mut Connection) -> Result<bool, DatabaseError> {
        if self.attempt.door == Door::Page {
            return Ok(false);
        }
        let requests = token_request_log::find(connection, self.username.key()).await?;
        Ok(self.policy.tokens.refuses(requests, self.now))
    }

    /// Counts what was wrong, for the browser where it is known, and writes it down.
    async fn refuse(
        &self,
        connection: &mut Connection,
        id: AdminId,
        (lockout, browser): (Lockout, Option<&Recognised>),
        refusal: Refusal,
    ) -> Result<(), DatabaseError> {
        let failure = lockout.after_failure(self.policy.lockout, self.now);
        match (refusal, browser) {
            (Refusal::Expired, _) => expire(connection, id, self.actor(), self.now).await?,
            (Refusal::WrongPassword | Refusal::UnknownUsername, Some(browser)) => {
                browser.set_lockout(connection, id, failure).await?;
            }
            (Refusal::WrongPassword | Refusal::UnknownUsername, None) => {
                admins::set_lockout(connection, id, failure).await?;
            }
            _ => {}
        }
        self.note_refusal(connection, refusal).await
    }

    async fn note_refusal(
        &self,
        connection: &mut Connection,
        refusal: Refusal,
    ) -> Result<(), DatabaseError> {
        let is_failure = matches!(refusal, Refusal::WrongPassword | Refusal::UnknownUsername);
        if self.attempt.door == Door::Api && is_failure {
            let until = self.now + self.policy.tokens.timeout;
            token_request_log::count(connection, self.username.key(), until).await?;
        }
        let kind = Kind::SignInRefused {
            username: self.actor(),
            reason: refusal.code(),
            door: self.attempt.door,
        };
        self.append(connection, kind).await
    }

    async fn append(&self, connection: &mut Connection, kind: Kind) -> Result<(), DatabaseError> {
        let event = Event {
            at: self.now,
            actor: self.actor(),
            kind,
        };
        audit_events::append(connection, &event).await
    }

    pub(super) fn sending(&self) -> Sending<'_> {
        super::password::sending(self.username, &self.attempt.ip)
    }

    fn actor(&self) -> String {
        self.attempt.username.chars().take(40).collect()
    }
}
