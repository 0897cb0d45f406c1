//! How mail leaves: SMTP, the system's `sendmail`, or files in a folder for trying out. Which one
//! `system/smtp/transport` says; Commerce's own default is `sendmail`.

use crate::config::settings::Settings;
use crate::error::ServiceError;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{
    AsyncFileTransport, AsyncSendmailTransport, AsyncSmtpTransport, AsyncTransport, Message,
    Tokio1Executor,
};
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A server that takes longer than this is told as unreachable.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why a mail did not leave; the words of the server or of the address's grammar.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct MailFailure(String);

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
            Some("smtp") => Transport::Smtp(smtp(settings)?),
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
            sender: Mailbox::new(name, address),
        })
    }

    /// Sends one mail, as text and HTML.
    pub async fn send(
        &self,
        to: Mailbox,
        subject: &str,
        text: String,
        html: String,
    ) -> Result<(), MailFailure> {
        let part = |kind, body| SinglePart::builder().header(kind).body(body);
        let body = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, text))
            .singlepart(part(ContentType::TEXT_HTML, html));
        let message = Message::builder()
            .from(self.sender.clone())
            .to(to)
            .subject(subject)
            .multipart(body)
            .map_err(|error| MailFailure(error.to_string()))?;
        let failure = |error: String| MailFailure(error);
        match &self.transport {
            Transport::Smtp(smtp) => smtp
                .send(message)
                .await
                .map(|_| ())
                .map_err(|error| failure(error.to_string())),
            Transport::Sendmail(sendmail) => sendmail
                .send(message)
                .await
                .map_err(|error| failure(error.to_string())),
            Transport::Files(files, folder) => files
                .send(message)
                .await
                .map(|_| ())
                .map_err(|error| failure(format!("{}: {error}", folder.display()))),
        }
    }
}

fn smtp(settings: &Settings) -> Result<AsyncSmtpTransport<Tokio1Executor>, ServiceError> {
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
