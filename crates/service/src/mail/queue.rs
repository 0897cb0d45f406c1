//! Putting letters into the queue, and taking them out. In the database their bodies are
//! encrypted: a link in them is as good as a password.

use super::Letter;
use crate::app::App;
use crate::error::ServiceError;
use crate::{node, random};
use domain::admin::Admin;
use domain::mail_retry::WORTH_SENDING;
use jiff::Timestamp;
use secrecy::SecretString;
use store::database::Connection;
use store::mail_queue::{self, MailKind, NewMail};

/// Whom a letter goes to.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The mail address.
    pub address: String,
    /// The name.
    pub name: String,
}

impl Recipient {
    /// The person, if mail could reach the address that is stored for them.
    pub fn of(admin: &Admin) -> Option<Self> {
        let address = admin.reachable_email()?.to_owned();
        let name = admin.full_name();
        Some(Self { address, name })
    }
}

/// Queues a letter; to be called in the transaction of what it tells of. Once that is committed,
/// [`App::wake_mail_sender`] lets it leave at once.
pub async fn append(
    app: &App,
    transaction: &mut Connection,
    to: Recipient,
    letter: &Letter,
    now: Timestamp,
) -> Result<(), ServiceError> {
    append_until(app, transaction, to, letter, now + WORTH_SENDING, now).await
}

/// The same for a letter that nobody would want after `give_up_at`.
pub async fn append_until(
    app: &App,
    transaction: &mut Connection,
    to: Recipient,
    letter: &Letter,
    give_up_at: Timestamp,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let seal = |body: String| -> Result<String, ServiceError> {
        Ok(app.keyring().encrypt(body.as_bytes(), random::bytes()?))
    };
    let mail = NewMail {
        kind: MailKind::Letter,
        recipient: to.address,
        recipient_name: to.name,
        locale: letter.locale().to_owned(),
        subject: letter.subject(),
        text: Some(seal(letter.text()?)?),
        html: Some(seal(letter.html()?)?),
        give_up_at,
    };
    mail_queue::append(transaction, &mail, now).await?;
    Ok(())
}

/// Whether there is mail that nobody will send, since no server runs.
pub async fn waits_for_a_server(app: &App) -> Result<bool, ServiceError> {
    let mut connection = app.database().connection().await?;
    let is_empty = mail_queue::is_empty(&mut connection).await?;
    drop(connection);
    Ok(!is_empty && !node::is_any_running(app).await?)
}

/// Opens a body.
pub(super) fn open(app: &App, sealed: Option<&str>) -> Result<SecretString, ServiceError> {
    app.keyring()
        .decrypt_text(sealed.unwrap_or_default())
        .map_err(|why| {
            ServiceError::Refused(format!(
                "the mail cannot be decrypted with the keys in app/etc/env.php: {why}"
            ))
        })
}
