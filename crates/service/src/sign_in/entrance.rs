//! Letting somebody in whose password was right and who has shown what else was asked for: the
//! sign-in is noted, counts that are theirs are cleared, and the browser is remembered.

use super::known_browser::{self, Introduction, Recognised};
use super::throttle::{self, Sending};
use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::lockout::Lockout;
use domain::second_factor::Factor;
use jiff::Timestamp;
use secrecy::SecretString;
use store::database::Connection;
use store::{admins, audit_events, token_request_log};

/// The way somebody comes in.
pub(crate) struct Entrance<'a> {
    /// Page or web API.
    pub(crate) door: Door,
    /// What was shown besides the password.
    pub(crate) factor: Option<Factor>,
    /// The name for the record.
    pub(crate) actor: String,
    /// What attempts on the name were counted under.
    pub(crate) sending: Sending<'a>,
    /// The browser's cookie of an earlier sign-in.
    pub(crate) browser_id: Option<&'a SecretString>,
    /// The moment.
    pub(crate) now: Timestamp,
}

impl Entrance<'_> {
    /// Writes the sign-in down, in a transaction that holds the account. At the page's door the
    /// browser is remembered.
    pub(crate) async fn let_in(
        self,
        app: &App,
        connection: &mut Connection,
        admin: &Admin,
        browser: Option<Recognised>,
    ) -> Result<Option<Introduction>, ServiceError> {
        let (id, now) = (admin.id, self.now);
        admins::record_sign_in(connection, id, now).await?;
        // Strangers' failures stay counted: else each sign-in of the owner would be worth six
        // guesses to them. A passkey says nothing of who guesses at the password either.
        if browser.is_none() && self.factor != Some(Factor::Passkey) {
            admins::set_lockout(connection, id, Lockout::default()).await?;
        }
        let introduction = if self.door == Door::Page {
            throttle::forgive(connection, self.sending).await?;
            let cookie = self.browser_id;
            Some(known_browser::remember(app, connection, browser, cookie, id, now).await?)
        } else {
            token_request_log::delete(connection, self.sending.subject).await?;
            None
        };
        let event = Event {
            at: now,
            actor: self.actor,
            kind: Kind::SignedIn {
                admin: id,
                door: self.door,
                factor: self.factor.map(Factor::code),
            },
        };
        audit_events::append(connection, &event).await?;
        Ok(introduction)
    }
}
