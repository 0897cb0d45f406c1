//! What a session rests on besides its own times: a second factor where one is asked for, or the
//! word of the provider that opened it. It is asked for at every request, so that a session from
//! before is worth no more than one of today.

use crate::app::App;
use crate::error::ServiceError;
use crate::provider;
use crate::second_factor::{rules, user_config};
use domain::admin::Admin;
use domain::grant::GrantStanding;
use domain::second_factor::Rules;
use domain::session::{EndReason, Session};
use domain::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};
use store::database::{Connection, DatabaseError};
use store::provider_grants::{self, StoredGrant};
use store::second_factors::session_factors::{self, SessionFactor};

/// What is asked of sessions now.
pub(super) struct Asked {
    rules: Rules,
    grace: SignedDuration,
}

/// What there is to know of what a session rests on.
#[derive(Default)]
pub(super) struct Backing {
    /// Until when it goes on at the most, while the provider gives no answer.
    pub(super) grace_until: Option<Timestamp>,
    /// Whether what the person may do has changed since the session was given its id.
    pub(super) rights_changed: bool,
    /// What was shown in it besides the password, where anything is asked for.
    pub(super) factor: Option<SessionFactor>,
}

/// Why a session rests on nothing any more, with the provider's grant that it had.
pub(super) type Over = (EndReason, Option<StoredGrant>);

impl Asked {
    /// As configured now. Before a connection is taken: who holds one must not wait for another.
    pub(super) async fn read(app: &App) -> Result<Self, ServiceError> {
        Ok(Self {
            rules: rules::load(app).await?,
            grace: provider::grace(&app.configuration().await?)?,
        })
    }

    /// What a session rests on, or the reason for its end.
    pub(super) async fn backing(
        &self,
        app: &App,
        connection: &mut Connection,
        (session, admin): (&Session, &Admin),
        id_hash: &str,
        now: Timestamp,
    ) -> Result<Result<Backing, Over>, ServiceError> {
        match session.mode {
            SignInMode::Commerce => self.factor(app, connection, admin, id_hash).await,
            SignInMode::AdobeIms => Ok(self.grant(connection, id_hash, now).await?),
        }
    }

    /// A session may have been opened before a second factor was asked for, or its factor taken
    /// away, in PHP Commerce too.
    async fn factor(
        &self,
        app: &App,
        connection: &mut Connection,
        admin: &Admin,
        id_hash: &str,
    ) -> Result<Result<Backing, Over>, ServiceError> {
        if !self.rules.is_required() {
            return Ok(Ok(Backing::default()));
        }
        let factor = session_factors::find(connection, id_hash, admin.id).await?;
        let Some(shown) = factor else {
            return Ok(Err((EndReason::SecondFactorNeeded, None)));
        };
        let enrolled = user_config::enrolled_now(app, connection, admin).await?;
        if !self.rules.are_met_by(Some(shown.factor), enrolled) {
            return Ok(Err((EndReason::SecondFactorChanged, None)));
        }
        Ok(Ok(Backing {
            factor,
            ..Backing::default()
        }))
    }

    /// Nobody is asked here: see [`super::check`].
    async fn grant(
        &self,
        connection: &mut Connection,
        id_hash: &str,
        now: Timestamp,
    ) -> Result<Result<Backing, Over>, DatabaseError> {
        let Some(stored) = provider_grants::find(connection, id_hash).await? else {
            return Ok(Err((EndReason::RevokedByProvider, None)));
        };
        let grace_until = match stored.grant.standing(self.grace, now) {
            GrantStanding::Fresh => None,
            GrantStanding::InGrace(until) => Some(until),
            GrantStanding::Over => {
                return Ok(Err((EndReason::ProviderUnreachable, Some(stored))));
            }
        };
        Ok(Ok(Backing {
            grace_until,
            rights_changed: stored.rights_changed,
            ..Backing::default()
        }))
    }
}
