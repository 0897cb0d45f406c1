//! Slowing down who tries again and again: counts attempts in Commerce's `captcha_log`, and asks
//! for a puzzle where Commerce would show a picture. Counted before the password is looked at, so
//! that attempts made at once do not all find the count of none.

use super::network;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::random;
use domain::puzzle::{self, Answer, Proof};
use domain::throttle::{Attempts, FORGOTTEN_AFTER, Form, ThrottlePolicy};
use jiff::{SignedDuration, Timestamp};
use store::captcha_log::{self, Counted};
use store::database::{Connection, DatabaseError};
use store::used_puzzles;

/// A form that was sent.
#[derive(Clone, Copy, Debug)]
pub struct Sending<'a> {
    /// Which form.
    pub form: Form,
    /// What it is about: the key of a user name, or a mail address.
    pub subject: &'a str,
    /// The sender's address; empty where there is none.
    pub ip: &'a str,
}

impl Sending<'_> {
    /// What is counted as the sender's address.
    fn network(self) -> String {
        network::of(self.ip)
    }
}

/// A puzzle for the browser; see `domain::puzzle` for what solves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its text, to be sent back with the form.
    pub puzzle: String,
    /// Leading zero bits that a solution must reach.
    pub bits: u32,
    /// After this it is taken without a solution.
    pub wait: SignedDuration,
}

/// The settings `admin/captcha/*` for a form.
pub fn policy(settings: &Settings, form: Form) -> Result<ThrottlePolicy, ServiceError> {
    let number = |path: &str| -> Result<u32, ServiceError> {
        let number = settings.integer(path)?.unwrap_or(0).max(0);
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    };
    let forms = settings.text("admin/captcha/forms")?.unwrap_or_default();
    let is_listed = forms.split(',').any(|listed| listed.trim() == form.code());
    let mode = settings.text("admin/captcha/mode")?;
    let always_for = format!("admin/captcha/always_for/{}", form.code());
    Ok(ThrottlePolicy {
        is_on: settings.flag("admin/captcha/enable")? && is_listed,
        is_always: mode.as_deref() == Some("always") || settings.flag(&always_for)?,
        attempts_by_login: number("admin/captcha/failed_attempts_login")?,
        attempts_by_address: number("admin/captcha/failed_attempts_ip")?,
        puzzle_life: SignedDuration::from_mins(
            i64::from(number("admin/captcha/timeout")?).clamp(1, 1440),
        ),
    })
}

/// A new puzzle for a form about `subject`.
pub fn challenge(
    app: &App,
    form: Form,
    subject: &str,
    now: Timestamp,
) -> Result<Challenge, ServiceError> {
    let nonce = random::bytes()?;
    Ok(Challenge {
        puzzle: puzzle::issue(app.keyring(), form, subject, nonce, now),
        bits: puzzle::BITS,
        wait: puzzle::WAIT,
    })
}

/// Lets a form through and counts it, or asks for a puzzle and counts nothing.
pub async fn admit(
    app: &App,
    policy: &ThrottlePolicy,
    sending: Sending<'_>,
    answer: Option<&Answer>,
    now: Timestamp,
) -> Result<Result<(), Challenge>, ServiceError> {
    if !policy.is_on {
        return Ok(Ok(()));
    }
    let mut transaction = app.database().begin().await?;
    let since = now - FORGOTTEN_AFTER;
    // The login first, always: two transactions that count the same two never wait for each other.
    let login = Counted::Login(sending.subject);
    captcha_log::count(&mut transaction, login, since, now).await?;
    let by_login = attempts_before(&mut transaction, login, now).await?;
    let mut by_address = 0;
    if !sending.ip.is_empty() {
        let network = sending.network();
        let address = Counted::Address(&network);
        captcha_log::count(&mut transaction, address, since, now).await?;
        by_address = attempts_before(&mut transaction, address, now).await?;
    }
    if policy.asks(by_login, by_address) {
        let proof = answer.and_then(|answer| {
            let (form, subject, life) = (sending.form, sending.subject, policy.puzzle_life);
            let proof = puzzle::judge(app.keyring(), form, subject, answer, life, now)?;
            Some((answer, proof))
        });
        let is_taken = match proof {
            Some((answer, proof)) => {
                use_up(app, &mut transaction, sending, answer, proof, now).await?
            }
            None => false,
        };
        if !is_taken {
            drop(transaction);
            return challenge(app, sending.form, sending.subject, now).map(Err);
        }
    }
    transaction.commit().await?;
    Ok(Ok(()))
}

/// The puzzle that the next sending of a form will be asked for, so that the form can carry it from
/// the start. Counts nothing.
pub async fn foresee(
    app: &App,
    policy: &ThrottlePolicy,
    sending: Sending<'_>,
    now: Timestamp,
) -> Result<Option<Challenge>, ServiceError> {
    let mut connection = app.database().connection().await?;
    let login = captcha_log::find(&mut connection, Counted::Login(sending.subject)).await?;
    let network = sending.network();
    let address = captcha_log::find(&mut connection, Counted::Address(&network)).await?;
    drop(connection);
    let (by_login, by_address) = (
        Attempts::counted(login, now),
        Attempts::counted(address, now),
    );
    match policy.asks(by_login, by_address) {
        true => challenge(app, sending.form, sending.subject, now).map(Some),
        false => Ok(None),
    }
}

/// How many attempts there were before the one that was just counted.
async fn attempts_before(
    connection: &mut Connection,
    counted: Counted<'_>,
    now: Timestamp,
) -> Result<u32, DatabaseError> {
    let attempts = captcha_log::find(connection, counted).await?;
    Ok(Attempts::counted(attempts, now).saturating_sub(1))
}

/// Whether the answer still counts for something. Who waits takes turns with everybody else that
/// waits at their address: a heap of puzzles that ripen together is worth one.
async fn use_up(
    app: &App,
    connection: &mut Connection,
    sending: Sending<'_>,
    answer: &Answer,
    proof: Proof,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let digest = |kind: &str, text: &str| {
        let message = format!("{kind}:{}:{text}", sending.form.code());
        app.keyring().keyed_digest(message.as_bytes())
    };
    let used = digest("used puzzle", &answer.puzzle);
    match proof {
        Proof::Solved { expires_at } => {
            used_puzzles::use_once(connection, &used, now, expires_at).await
        }
        Proof::Waited { since, expires_at } => {
            let waiting = digest("waited puzzle", &sending.network());
            Ok(
                used_puzzles::use_once(connection, &used, now, expires_at).await?
                    && used_puzzles::take_turn(connection, &waiting, since, now, expires_at)
                        .await?,
            )
        }
    }
}

/// Forgets the attempts of who has got through.
pub async fn forgive(
    connection: &mut Connection,
    sending: Sending<'_>,
) -> Result<(), DatabaseError> {
    captcha_log::delete(connection, Counted::Login(sending.subject)).await?;
    captcha_log::delete(connection, Counted::Address(&sending.network())).await
}
