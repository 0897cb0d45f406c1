//! Browser sessions. The id is 256 random bits that only the browser keeps; stored is its keyed
//! digest, so that a copy of the database opens no door.

use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use crate::sign_in::password::Verified;
use data_encoding::BASE64URL_NOPAD;
use domain::admin::Admin;
use domain::audit::{Event, Kind};
use domain::session::{self, KnownMode, Session};
use domain::sign_in_mode::SignInMode;
use secrecy::{ExposeSecret, SecretString};
use store::sessions;
use store::{admins, audit_events};

pub use store::sessions::Origin;

/// How stale `last_seen_at` may get before it is written again, in seconds.
const TOUCH_AFTER: i64 = 20;

/// A session that opens doors, and whose it is.
#[derive(Clone, Debug)]
pub struct Current {
    /// The session.
    pub session: Session,
    /// The person, as the database has it at this request.
    pub admin: Admin,
}

/// Opens a session for a person whose password was right. Returns the id for the browser's cookie.
pub async fn open(
    app: &App,
    verified: &Verified,
    origin: &Origin,
) -> Result<SecretString, ServiceError> {
    let id = SecretString::from(BASE64URL_NOPAD.encode(&random::bytes::<32>()?));
    let now = app.now();
    let session = Session {
        admin: verified.admin.id,
        mode: SignInMode::Commerce,
        epoch: verified.epoch,
        created_at: now,
        last_seen_at: now,
    };
    let mut connection = app.database().connection().await?;
    sessions::create(&mut connection, &digest(app, &id), &session, origin).await?;
    Ok(id)
}

/// The session behind a cookie, if it is honoured. `known` is what this node may rely on.
pub async fn find(
    app: &App,
    id: &SecretString,
    known: KnownMode,
) -> Result<Option<Current>, ServiceError> {
    let now = app.now();
    let id_hash = digest(app, id);
    let mut connection = app.database().connection().await?;
    let Some(session) = sessions::find(&mut connection, &id_hash).await? else {
        return Ok(None);
    };
    let lifetime = app
        .configuration()
        .await?
        .integer("admin/security/session_lifetime")?;
    if !session.is_honoured(known, session::lifetime(lifetime.unwrap_or(900)), now) {
        return Ok(None);
    }
    let admin = admins::find_by_id(&mut connection, session.admin).await?;
    let Some(admin) = admin.filter(|admin| admin.is_active) else {
        return Ok(None);
    };
    if now.duration_since(session.last_seen_at).as_secs() >= TOUCH_AFTER {
        sessions::touch(&mut connection, &id_hash, now).await?;
    }
    Ok(Some(Current { session, admin }))
}

/// Ends the session behind a cookie. Ending one that is gone already is no error.
pub async fn end(app: &App, id: &SecretString) -> Result<(), ServiceError> {
    let id_hash = digest(app, id);
    let mut transaction = app.database().begin().await?;
    if let Some(session) = sessions::find(&mut transaction, &id_hash).await? {
        sessions::delete(&mut transaction, &id_hash).await?;
        let kind = Kind::SignedOut {
            admin: session.admin,
        };
        let event = Event {
            at: app.now(),
            actor: session.admin.to_string(),
            kind,
        };
        audit_events::append(&mut transaction, &event).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// A token that only pages of this session can know, for its forms to send along.
pub fn form_token(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("form:{}", id.expose_secret()).as_bytes())
}

fn digest(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("session:{}", id.expose_secret()).as_bytes())
}
