//! Asking for a link to set a new password. Nothing here depends on whether there is such an
//! account: who has the address is looked up when the queue is worked on, so that neither the
//! answer nor its time tells. The checks and their order are Commerce's.

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::reset_link;
use crate::sign_in::throttle::{self, Challenge, Sending};
use crate::switch;
use commerce::email_address;
use domain::audit::{Event, Kind};
use domain::puzzle::Answer;
use domain::reset_limit::{Protection, ResetLimits};
use domain::sign_in_mode::SignInMode;
use domain::throttle::Form;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;
use store::database::Connection;
use store::mail_queue::{MailKind, NewMail};
use store::{audit_events, mail_queue, password_reset_requests};

/// Why no link is on its way. Pages find their words by the codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForgotPasswordRefused {
    /// The integration is on: there are no passwords.
    IntegrationIsOn,
    /// Nothing was typed.
    EmailMissing,
    /// What was typed is no mail address.
    EmailInvalid,
    /// The form is to come back with this puzzle answered; nothing was counted.
    PuzzleNeeded(Challenge),
    /// Too soon after another request, or too many of them.
    TooMany {
        /// Whom to ask instead: `contact/email/recipient_email`.
        contact: String,
    },
}

impl ForgotPasswordRefused {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::IntegrationIsOn => "forgot_password.integration_is_on",
            Self::EmailMissing => "forgot_password.email_missing",
            Self::EmailInvalid => "forgot_password.email_invalid",
            Self::PuzzleNeeded(_) => "forgot_password.puzzle_needed",
            Self::TooMany { .. } => "forgot_password.too_many",
        }
    }
}

/// What the form is given out with, if it may be: the puzzle that it will be asked for, which by
/// default it always is.
pub async fn open(
    app: &App,
    ip: IpAddr,
) -> Result<Result<Option<Challenge>, ForgotPasswordRefused>, ServiceError> {
    if is_integrated(app).await? {
        return Ok(Err(ForgotPasswordRefused::IntegrationIsOn));
    }
    let policy = throttle::policy(&app.configuration().await?, Form::ForgotPassword)?;
    let ip = ip.to_string();
    let foreseen = throttle::foresee(app, &policy, sending(&ip), app.now()).await?;
    Ok(Ok(foreseen))
}

async fn is_integrated(app: &App) -> Result<bool, ServiceError> {
    Ok(switch::current(app).await?.1 == SignInMode::AdobeIms)
}

/// The address is not yet known when the form is given out: its puzzle is about none.
fn sending(ip: &str) -> Sending<'_> {
    Sending {
        form: Form::ForgotPassword,
        subject: "",
        ip,
    }
}

/// Takes a request for `email`, as it was typed, from the browser at `ip`.
pub async fn request(
    app: &App,
    email: &str,
    ip: IpAddr,
    answer: Option<&Answer>,
) -> Result<Result<(), ForgotPasswordRefused>, ServiceError> {
    let now = app.now();
    if is_integrated(app).await? {
        return Ok(Err(ForgotPasswordRefused::IntegrationIsOn));
    }
    if email.trim().is_empty() {
        return Ok(Err(ForgotPasswordRefused::EmailMissing));
    }
    if !email_address::is_valid(email) {
        return Ok(Err(ForgotPasswordRefused::EmailInvalid));
    }
    let settings = app.configuration().await?;
    let policy = throttle::policy(&settings, Form::ForgotPassword)?;
    let admitted = throttle::admit(app, &policy, sending(&ip.to_string()), answer, now).await?;
    if let Err(challenge) = admitted {
        return Ok(Err(ForgotPasswordRefused::PuzzleNeeded(challenge)));
    }
    let mut transaction = app.database().begin().await?;
    if is_too_much(&mut transaction, &settings, email, ip, now).await? {
        let contact = contact(&settings)?;
        return Ok(Err(ForgotPasswordRefused::TooMany { contact }));
    }
    password_reset_requests::append(&mut transaction, email, ip, now).await?;
    let hours = reset_link::hours(&settings)?;
    let mail = NewMail {
        kind: MailKind::ResetRequest,
        recipient: email.to_owned(),
        recipient_name: String::new(),
        locale: String::new(),
        subject: String::new(),
        text: None,
        html: None,
        give_up_at: now + SignedDuration::from_hours(hours),
    };
    mail_queue::append(&mut transaction, &mail, now).await?;
    let kind = Kind::PasswordResetRequested {
        email: email.chars().take(128).collect(),
        ip: ip.to_string(),
    };
    let event = Event {
        at: now,
        actor: ip.to_string(),
        kind,
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Ok(()))
}

async fn is_too_much(
    connection: &mut Connection,
    settings: &Settings,
    email: &str,
    ip: IpAddr,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let (limits, protection) = limits(settings)?;
    let earlier =
        password_reset_requests::find_earlier(connection, protection, email, ip, now).await?;
    Ok(limits.are_exceeded(earlier, now))
}

/// How many requests are too many, and whose are counted together.
pub(super) fn limits(settings: &Settings) -> Result<(ResetLimits, Protection), ServiceError> {
    let number = |name: &str, default: i64| -> Result<i64, ServiceError> {
        let number = settings.integer(&format!("admin/security/{name}"))?;
        Ok(number.unwrap_or(default).clamp(0, 525_600))
    };
    let minutes = number("min_time_between_password_reset_requests", 10)?;
    let most = number("max_number_password_reset_requests", 5)?;
    let limits = ResetLimits {
        least_between: SignedDuration::from_mins(minutes),
        most: u32::try_from(most).unwrap_or(u32::MAX),
    };
    let protection = Protection::from_code(number("password_reset_protection_type", 1)?);
    Ok((limits, protection))
}

/// Whom to ask: the contact address, else the one that mail comes from.
fn contact(settings: &Settings) -> Result<String, ServiceError> {
    let contact = settings.text("contact/email/recipient_email")?;
    match contact.filter(|address| !address.is_empty()) {
        Some(contact) => Ok(contact),
        None => Ok(settings
            .text("trans_email/ident_general/email")?
            .unwrap_or_default()),
    }
}
