//! Counting wrong codes, for each person and for each network address. See
//! `domain::second_factor::code_limit` for how many there may be.

use super::FactorRefused;
use crate::app::App;
use crate::sign_in::known_browser::Recognised;
use crate::sign_in::network;
use domain::admin::AdminId;
use domain::second_factor::code_limit::{Admission, CodeFailures, CodeLimit};
use jiff::Timestamp;
use store::database::{Connection, DatabaseError};
use store::second_factors::code_failures;

/// What wrong codes of one attempt are counted under.
pub(super) struct Guard {
    admin: AdminId,
    person: String,
    address: Option<String>,
    limit: CodeLimit,
    /// Whether the account knows the browser.
    pub(super) knows_browser: bool,
}

/// What a wrong code has brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// Whether the way is locked or closed since this code.
    pub(super) is_locked: bool,
}

impl Guard {
    /// For a person in a browser that their account knows, or in any other; `limit` is what the
    /// shop allows a person.
    pub(super) fn new(
        app: &App,
        admin: AdminId,
        browser: Option<&Recognised>,
        ip: &str,
        limit: CodeLimit,
    ) -> Self {
        let digest = |text: String| app.keyring().keyed_digest(text.as_bytes());
        let knows_browser = browser.is_some();
        let browser = browser.map(Recognised::digest).unwrap_or_default();
        Self {
            admin,
            person: digest(format!("codes of {admin} in {browser}")),
            address: (!ip.is_empty()).then(|| digest(format!("codes from {}", network::of(ip)))),
            limit,
            knows_browser,
        }
    }

    /// Whether a code may be looked at that can be guessed.
    pub(super) async fn admit(
        &self,
        connection: &mut Connection,
        now: Timestamp,
    ) -> Result<Result<(), FactorRefused>, DatabaseError> {
        if let Err(refused) = self.admit_address(connection, now).await? {
            return Ok(Err(refused));
        }
        let count = code_failures::find(connection, &self.person).await?;
        Ok(admit(count, self.limit, now))
    }

    /// Whether the address may send anything: enough for codes that nobody can guess. Its count is held
    /// until the transaction ends: attempts at many accounts at once are judged one after the other.
    pub(super) async fn admit_address(
        &self,
        connection: &mut Connection,
        now: Timestamp,
    ) -> Result<Result<(), FactorRefused>, DatabaseError> {
        let Some(address) = &self.address else {
            return Ok(Ok(()));
        };
        let count = code_failures::hold(connection, address, now).await?;
        Ok(admit(count, CodeLimit::OF_ADDRESS, now))
    }

    /// Counts a wrong code that can be guessed.
    pub(super) async fn count(
        &self,
        connection: &mut Connection,
        now: Timestamp,
    ) -> Result<Counted, DatabaseError> {
        let person = code_failures::find(connection, &self.person).await?;
        let person = person.after_failure(self.limit, now);
        code_failures::save(connection, &self.person, Some(self.admin), person).await?;
        self.count_address(connection, now).await?;
        Ok(Counted {
            is_locked: person.admission(self.limit, now) != Admission::Open,
        })
    }

    /// Counts a wrong code that nobody can guess: it does not lock the ways of those that can be.
    pub(super) async fn count_address(
        &self,
        connection: &mut Connection,
        now: Timestamp,
    ) -> Result<(), DatabaseError> {
        let Some(address) = &self.address else {
            return Ok(());
        };
        let count = code_failures::hold(connection, address, now).await?;
        let count = count.after_failure(CodeLimit::OF_ADDRESS, now);
        code_failures::save(connection, address, None, count).await
    }

    /// Forgets the person's wrong codes in this kind of browser: they have shown a factor.
    pub(super) async fn clear(&self, connection: &mut Connection) -> Result<(), DatabaseError> {
        code_failures::delete(connection, &self.person).await
    }
}

fn admit(count: CodeFailures, limit: CodeLimit, now: Timestamp) -> Result<(), FactorRefused> {
    match count.admission(limit, now) {
        Admission::Open => Ok(()),
        Admission::Locked(until) => Err(FactorRefused::Locked(until)),
        Admission::Closed => Err(FactorRefused::Closed),
    }
}
