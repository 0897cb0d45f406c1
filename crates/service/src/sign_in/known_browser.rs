//! Recognising a browser that a person has signed in with before, by the random id in its cookie,
//! of which only the keyed digest is stored. See `domain::known_browser` for what that is good for.

use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use data_encoding::BASE64URL_NOPAD;
use domain::admin::AdminId;
use domain::known_browser::KnownBrowser;
use domain::lockout::Lockout;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::database::{Connection, DatabaseError};
use store::known_browsers;

/// A browser that is known for the account that is tried.
pub(crate) struct Recognised {
    digest: String,
    known: KnownBrowser,
}

/// What a sign-in made of the browser.
#[derive(Clone, Debug)]
pub struct Introduction {
    /// The id for the browser's cookie, where it needs a new one.
    pub new_id: Option<SecretString>,
    /// Whether the person has not signed in with it before, as far as is known.
    pub is_new: bool,
}

impl Recognised {
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    pub(crate) fn lockout(&self) -> Lockout {
        self.known.lockout
    }

    pub(super) async fn set_lockout(
        &self,
        connection: &mut Connection,
        admin: AdminId,
        lockout: Lockout,
    ) -> Result<(), DatabaseError> {
        let known = KnownBrowser {
            lockout,
            ..self.known
        };
        known_browsers::save(connection, &self.digest, admin, &known).await
    }
}

/// The browser of the cookie, if the account knows it. Asks for accounts that do not exist too:
/// the work must be the same.
pub(crate) async fn recognise(
    app: &App,
    connection: &mut Connection,
    id: Option<&SecretString>,
    admin: AdminId,
    now: Timestamp,
) -> Result<Option<Recognised>, DatabaseError> {
    let Some(id) = id else {
        return Ok(None);
    };
    let digest = digest(app, id);
    let known = known_browsers::find(connection, &digest, admin).await?;
    Ok(known
        .filter(|known| known.is_known(now))
        .map(|known| Recognised { digest, known }))
}

/// Remembers the browser of a successful sign-in. An id that nobody was given is never taken over:
/// whoever slipped it into the browser would know it.
pub(super) async fn remember(
    app: &App,
    connection: &mut Connection,
    recognised: Option<Recognised>,
    id: Option<&SecretString>,
    admin: AdminId,
    now: Timestamp,
) -> Result<Introduction, ServiceError> {
    if let Some(Recognised { digest, known }) = recognised {
        let known = KnownBrowser {
            created_at: known.created_at,
            ..KnownBrowser::new(now)
        };
        known_browsers::save(connection, &digest, admin, &known).await?;
        return Ok(Introduction {
            new_id: None,
            is_new: false,
        });
    }
    let mut new_id = None;
    let digest = match id.map(|id| digest(app, id)) {
        Some(digest) if known_browsers::exists(connection, &digest).await? => digest,
        _ => {
            let id = SecretString::from(BASE64URL_NOPAD.encode(&random::bytes::<32>()?));
            digest(app, new_id.insert(id))
        }
    };
    known_browsers::save(connection, &digest, admin, &KnownBrowser::new(now)).await?;
    Ok(Introduction {
        new_id,
        is_new: true,
    })
}

fn digest(app: &App, id: &SecretString) -> String {
    app.keyring()
        .keyed_digest(format!("known-browser:{}", id.expose_secret()).as_bytes())
}
