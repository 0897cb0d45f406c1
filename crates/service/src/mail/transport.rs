//! How mail leaves: SMTP, the system's `sendmail`, or files in a folder for trying out. Which one
//! `system/smtp/transport` says; Commerce's own default is `sendmail`.

use super::letter::one_line;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::{sendmail, smtp};
use lettre::{
    AsyncFileTransport, AsyncSendmailTransport, AsyncSmtpTransport, AsyncTransport, Message,
    Tokio1Executor,
};
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A server that does not take a connection in this time is unreachable.
const TIMEOUT: Duration = Duration::from_secs(10);

/// One that does not take a mail in this time is unreachable, too.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a mail did not leave, in the words of the server or of the address's grammar. Nothing that
/// stands in the mail is among them.
#[derive(Debug, thiserror::Error)]
pub enum MailFailure {
    /// The server will never take this mail.
    #[error("{0}")]
    Refused(String),
    /// Not now; other mail may fare better.
    #[error("{0}")]
    Later(String),
    /// There is no way out for any mail.
    #[error("{0}")]
    Unreachable(String),
}

/// One mail.
pub struct Outgoing<'mail> {
    /// The same for every attempt at the same mail, so that a mailbox can tell a repetition.
    pub id: String,
    /// The mail address.
    pub address: &'mail str,
    /// The person's name.
    pub name: &'mail str,
    /// The subject.
    pub subject: &'mail str,
    /// The body as text.
    pub text: &'mail str,
    /// The body as HTML.
    pub html: &'mail str,
}

/// A way for mail to leave.
pub struct Mailer {
    transport: Transport,
    sender: Mailbox,
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Sendmail(AsyncSendmailTransport<Tokio1Executor>),
    Files(AsyncFileTransport<Tokio1Executor>, PathBuf),
}

impl Mailer {
    /// The transport and sender that the configuration names. `root` is the instance's folder, for
    /// mail that goes to files below it.
    pub fn new(settings: &Settings, root: &Path) -> Result<Self, ServiceError> {
        let text = |path: &str| settings.text(path);
        let transport = match text("system/smtp/transport")?.as_deref() {
            Some("smtp") => Transport::Smtp(smtp_transport(settings)?),
            Some("file") => {
                let folder = root.join("var/mail");
                std::fs::create_dir_all(&folder).map_err(|why| {
                    ServiceError::Refused(format!("{} cannot be made: {why}", folder.display()))
                })?;
                Transport::Files(AsyncFileTransport::new(&folder), folder)
            }
            _ => Transport::Sendmail(AsyncSendmailTransport::new()),
        };
        let identity = text("admin/emails/forgot_email_identity")?;
        let identity = identity.unwrap_or_else(|| "general".to_owned());
        let address = text(&format!("trans_email/ident_{identity}/email"))?;
        let name = text(&format!("trans_email/ident_{identity}/name"))?;
        let address = address.unwrap_or_else(|| "owner@example.com".to_owned());
        let address = address.parse().map_err(|why| {
            ServiceError::Refused(format!("trans_email/ident_{identity}/email: {why}"))
        })?;
        Ok(Self {
            transport,
            sender: Mailbox::new(name.map(|name| one_line(&name)), address),
        })
    }

    /// Sends one mail, as text and HTML.
    pub async fn send(&self, mail: &Outgoing<'_>) -> Result<(), MailFailure> {
        let message = self.message(mail).map_err(MailFailure::Refused)?;
        match tokio::time::timeout(PATIENCE, self.hand_over(message, mail.text)).await {
            Ok(sent) => sent,
            Err(_) => Err(MailFailure::Unreachable(format!(
                "no answer in {} s",
                PATIENCE.as_secs()
            ))),
        }
    }

    async fn hand_over(&self, message: Message, text: &str) -> Result<(), MailFailure> {
        match &self.transport {
            Transport::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(smtp_failure(&error, text)),
            },
            Transport::Sendmail(sendmail) => sendmail
                .send(message)
                .await
                .map_err(|error| sendmail_failure(&error, text)),
            Transport::Files(files, folder) => match files.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(MailFailure::Later(format!("{}: {error}", folder.display()))),
            },
        }
    }

    fn message(&self, mail: &Outgoing<'_>) -> Result<Message, String> {
        let address = mail.address;
        let to = address.parse().map_err(|why| format!("{address}: {why}"))?;
        let name = Some(one_line(mail.name)).filter(|name| !name.trim().is_empty());
        let part = |kind, body: &str| SinglePart::builder().header(kind).body(body.to_owned());
        let body = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, mail.text))
            .singlepart(part(ContentType::TEXT_HTML, mail.html));
        Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(name, to))
            .subject(one_line(mail.subject))
            .message_id(Some(format!(
                "<{}@{}>",
                mail.id,
                self.sender.email.domain()
            )))
            .header(AutoSubmitted)
            .multipart(body)
            .map_err(|error| error.to_string())
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834 section 5): nobody's out-of-office note answers it.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// What keeps the local program from taking a mail; where there is none, what to do.
fn sendmail_failure(error: &sendmail::Error, text: &str) -> MailFailure {
    let cause = std::error::Error::source(error);
    let cause = cause.and_then(|cause| cause.downcast_ref::<std::io::Error>());
    if cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::NotFound) {
        return MailFailure::Later(
            "there is no program sendmail here: set system/smtp/transport to smtp, with \
             system/smtp/host and system/smtp/port"
                .to_owned(),
        );
    }
    MailFailure::Later(without_quotes(&error.to_string(), text))
}

/// What a reply means for the mail (RFC 5321 section 4.2.1). A refused sign-in is the operator's
/// to mend, so the mail waits; of that reply only the number is told, since the rest could quote
/// what was sent.
fn smtp_failure(error: &smtp::Error, text: &str) -> MailFailure {
    let words = || without_quotes(&error.to_string(), text);
    match error.status().map(u16::from) {
        Some(code @ 530..=538) => {
            MailFailure::Unreachable(format!("the mail server refuses the sign-in ({code})"))
        }
        Some(500..) => MailFailure::Refused(words()),
        Some(421) | None => MailFailure::Unreachable(words()),
        Some(_) => MailFailure::Later(words()),
    }
}

/// A reply without the long words that it has from the mail: filters like to quote links.
fn without_quotes(reply: &str, text: &str) -> String {
    let is_part_of_a_word = |letter: char| letter.is_alphanumeric();
    let mut told = one_line(reply);
    for word in reply.split(|letter| !is_part_of_a_word(letter)) {
        if word.len() >= 12 && text.contains(word) {
            told = told.replace(word, "…");
        }
    }
    told
}

fn smtp_transport(settings: &Settings) -> Result<AsyncSmtpTransport<Tokio1Executor>, ServiceError> {
    let host = settings
        .text("system/smtp/host")?
        .unwrap_or_else(|| "localhost".to_owned());
    let port = settings.integer("system/smtp/port")?.unwrap_or(25);
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host)
        .port(u16::try_from(port).unwrap_or(25))
        .timeout(Some(TIMEOUT));
    let parameters = || {
        TlsParameters::new(host.clone())
            .map_err(|error| ServiceError::Refused(format!("system/smtp/ssl: {error}")))
    };
    builder = match settings.text("system/smtp/ssl")?.as_deref() {
        Some("ssl") => builder.tls(Tls::Wrapper(parameters()?)),
        Some("tls") => builder.tls(Tls::Required(parameters()?)),
        _ => builder,
    };
    let username = settings.text("system/smtp/username")?;
    let password = settings.secret("system/smtp/password")?;
    if let (Some(username), Some(password)) = (username, password) {
        builder = builder.credentials(Credentials::new(
            username,
            password.expose_secret().to_owned(),
        ));
    }
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_told_without_what_it_quotes() {
        let text = "Set it here:\nhttps://shop.test/?id=7&token=Zu3Vb1kQ9sLr0aWnEJc7uMDh5gG2oXyT\n";
        let reply =
            "554 5.7.1 <https://shop.test/?id=7&token=Zu3Vb1kQ9sLr0aWnEJc7uMDh5gG2oXyT>\r\nno";
        assert_eq!(
            without_quotes(reply, text),
            "554 5.7.1 <https://shop.test/?id=7&token=…>  no"
        );
    }
}
