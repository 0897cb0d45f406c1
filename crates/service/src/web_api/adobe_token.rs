//! Tokens of the provider's. A new one is checked in full and remembered in Commerce's own table;
//! a known one holds for ten minutes, and is then asked about again.
//!
//! ```text
//!  new ── "yes" ─▶ known ── 10 min ─▶ due ── "yes" ─▶ known
//!   │                                  ├─ "no" ──────▶ forgotten, and refused
//!   └─ "no", no answer ─▶ refused      └─ no answer ─▶ known until the grace is over
//! ```

use super::checks::Turn;
use super::{ApiRefused, longest_age};
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::{self, ProviderSettings};
use crate::sign_in::person;
use crate::{random, switch};
use domain::admin::AdminId;
use domain::grant::{CHECK_INTERVAL, Grant, GrantStanding};
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use openid::{Provider, VerifiedBearer, VerifiedIdentity};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use store::adobe_ims_webapi::{self, KnownToken, NewToken};
use store::database::{Connection, DatabaseError};

/// A token, and everything that is needed to tell whose it is.
struct Bearer<'a> {
    app: &'a App,
    provider: Provider,
    settings: Arc<ProviderSettings>,
    token: SecretString,
    hash: String,
    epoch: i64,
    now: Timestamp,
}

/// Whose token it is.
pub(super) async fn owner(
    app: &App,
    token: SecretString,
    epoch: i64,
    now: Timestamp,
) -> Result<Result<AdminId, ApiRefused>, ServiceError> {
    let Some((provider, settings)) = provider::current(app).await? else {
        return Ok(Err(ApiRefused::NotConfigured));
    };
    let hash = app.keyring().keyed_digest(token.expose_secret().as_bytes());
    let bearer = Bearer {
        app,
        provider,
        settings,
        token,
        hash,
        epoch,
        now,
    };
    let known = match bearer.find().await {
        Err(ServiceError::Database(DatabaseError::MissingTable(_))) => {
            tracing::warn!(
                "no table for Adobe's tokens: Commerce's module AdminAdobeIms is missing"
            );
            return Ok(Err(ApiRefused::NotConfigured));
        }
        found => found?,
    };
    if let Some(known) = known
        && let Some(answer) = bearer.without_asking(&known).await?
    {
        return Ok(answer);
    }
    let mut turn = app.bearer_checks().turn(&bearer.hash, now).await;
    // Whoever had the turn before may have had the answer.
    match bearer.find().await? {
        Some(known) => match bearer.without_asking(&known).await? {
            Some(answer) => Ok(answer),
            None => bearer.again(known, &mut turn).await,
        },
        None => bearer.first_time(&mut turn).await,
    }
}

impl Bearer<'_> {
    async fn find(&self) -> Result<Option<KnownToken>, ServiceError> {
        let mut connection = self.app.database().connection().await?;
        Ok(adobe_ims_webapi::find_by_token_hash(&mut connection, &self.hash).await?)
    }

    /// The answer for a known token, unless the provider must be asked.
    async fn without_asking(
        &self,
        known: &KnownToken,
    ) -> Result<Option<Result<AdminId, ApiRefused>>, ServiceError> {
        if self.is_too_old(known.created_at).await? || known.expires_at <= self.now {
            return Ok(Some(Err(ApiRefused::Expired)));
        }
        let since = self.now.duration_since(known.last_check);
        // A check in the future is a clock that was set back, and no reason to believe for longer.
        let is_fresh = !since.is_negative() && since < CHECK_INTERVAL;
        Ok(is_fresh.then_some(Ok(known.admin)))
    }

    /// Whether the shop's own bound is passed (A13): times are typed, hours stay hours.
    async fn is_too_old(&self, issued_at: Timestamp) -> Result<bool, ServiceError> {
        let age = self.now.duration_since(issued_at);
        Ok(longest_age(self.app).await?.is_some_and(|it| age >= it))
    }

    /// A token that nobody has brought before.
    async fn first_time(
        &self,
        turn: &mut Turn,
    ) -> Result<Result<AdminId, ApiRefused>, ServiceError> {
        let _place = self.app.bearer_checks().place_for_new()?;
        let bearer = match self.ask(turn).await {
            Ok(bearer) => bearer,
            Err(refused) => return Ok(Err(refused)),
        };
        if self.is_too_old(bearer.issued_at).await? {
            return Ok(Err(ApiRefused::Expired));
        }
        let sealed = self
            .app
            .keyring()
            .encrypt(self.token.expose_secret().as_bytes(), random::bytes()?);
        let mut transaction = self.app.database().begin().await?;
        if !switch::hold(&mut transaction, self.epoch).await? {
            return Ok(Err(ApiRefused::Void));
        }
        let admin = match self.account(&mut transaction, &bearer.person).await? {
            Ok(admin) => admin,
            Err(refused) => return Ok(Err(refused)),
        };
        let new = NewToken {
            admin,
            hash: &self.hash,
            encrypted: &sealed,
            created_at: bearer.issued_at,
            now: self.now,
            expires_at: bearer.expires_at,
        };
        match adobe_ims_webapi::create(&mut transaction, new).await {
            // Another node was asked at the same time, and had the same answer.
            Ok(()) | Err(DatabaseError::Duplicate) => {}
            Err(error) => return Err(error.into()),
        }
        transaction.commit().await?;
        if self.is_switched().await? {
            self.forget().await?;
            return Ok(Err(ApiRefused::Void));
        }
        Ok(Ok(admin))
    }

    /// A known token that is due.
    async fn again(
        &self,
        known: KnownToken,
        turn: &mut Turn,
    ) -> Result<Result<AdminId, ApiRefused>, ServiceError> {
        let bearer = match self.ask(turn).await {
            Ok(bearer) => bearer,
            Err(ApiRefused::Unreachable) => return Ok(self.in_grace(&known)),
            Err(refused) => {
                self.forget().await?;
                return Ok(Err(refused));
            }
        };
        let mut transaction = self.app.database().begin().await?;
        if !switch::hold(&mut transaction, self.epoch).await? {
            return Ok(Err(ApiRefused::Void));
        }
        match self.account(&mut transaction, &bearer.person).await? {
            Ok(admin) if admin == known.admin => {}
            Ok(_) => return Ok(Err(ApiRefused::Void)),
            Err(refused) => return Ok(Err(refused)),
        }
        let is_there = adobe_ims_webapi::touch(&mut transaction, known.id, self.now).await?;
        transaction.commit().await?;
        if !is_there || self.is_switched().await? {
            return Ok(Err(ApiRefused::Void));
        }
        Ok(Ok(known.admin))
    }

    async fn ask(&self, turn: &mut Turn) -> Result<VerifiedBearer, ApiRefused> {
        if turn.is_futile(self.now) {
            return Err(ApiRefused::Unreachable);
        }
        let bearer = match self.provider.read_bearer(&self.token, self.now).await {
            Ok(bearer) => bearer,
            Err(failure) => {
                if failure.is_outage() {
                    tracing::warn!(%failure, "the provider gave no answer about a token");
                    turn.note_outage(self.now);
                }
                return Err(failure.into());
            }
        };
        match bearer.expires_at <= self.now {
            true => Err(ApiRefused::Expired),
            false => Ok(bearer),
        }
    }

    /// What a due token is worth while the provider gives no answer, as for sessions.
    fn in_grace(&self, known: &KnownToken) -> Result<AdminId, ApiRefused> {
        let grant = Grant {
            confirmed_at: known.last_check.min(self.now),
            unreachable_since: None,
        };
        match grant.standing(self.settings.grace, self.now) {
            GrantStanding::Over => Err(ApiRefused::Unreachable),
            GrantStanding::Fresh | GrantStanding::InGrace(_) => Ok(known.admin),
        }
    }

    /// The person's account. A program makes none: whoever is new signs in on the page first.
    async fn account(
        &self,
        transaction: &mut Connection,
        person: &VerifiedIdentity,
    ) -> Result<Result<AdminId, ApiRefused>, ServiceError> {
        let (app, settings) = (self.app, &*self.settings);
        let found = person::resolve(app, transaction, person, settings, &None, self.now).await?;
        Ok(found.map(|admin| admin.id).map_err(ApiRefused::from))
    }

    /// Whether the integration was switched while the provider was asked. A switch removes the
    /// rows that it finds; one that came after it would be left over.
    async fn is_switched(&self) -> Result<bool, ServiceError> {
        let (record, mode) = switch::current(self.app).await?;
        Ok(record.epoch != self.epoch || mode != SignInMode::AdobeIms)
    }

    async fn forget(&self) -> Result<(), ServiceError> {
        let mut connection = self.app.database().connection().await?;
        Ok(adobe_ims_webapi::delete(&mut connection, &self.hash).await?)
    }
}
