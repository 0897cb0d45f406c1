//! What is written down about who did what. An event is appended in the same transaction as the
//! change it tells of, and never holds a secret.

use jiff::Timestamp;
use serde::Serialize;

/// One entry of the record.
#[derive(Clone, Debug)]
pub struct Event {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it: an admin's user name, `user@host` of a shell, or a node.
    pub actor: String,
    /// What happened.
    pub kind: Kind,
}

/// What can happen, with what is worth knowing about it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The integration was switched on.
    IntegrationEnabled {
        /// The epoch that began.
        epoch: i64,
        /// Unix seconds by which somebody must have signed in, on trial.
        trial_until: Option<i64>,
    },
    /// The integration was switched off.
    IntegrationDisabled {
        /// The epoch that began.
        epoch: i64,
        /// Whether a trial ended it, rather than a person.
        by_trial: bool,
    },
    /// What an earlier integration had left behind was removed; it was off already.
    LeftoversRemoved {
        /// The epoch that stays.
        epoch: i64,
    },
    /// A trial passed: an admin with full rights signed in.
    TrialPassed {
        /// The epoch that stays.
        epoch: i64,
    },
    /// A person signed in.
    SignedIn {
        /// `admin_user.user_id`.
        admin: u32,
        /// The door.
        door: Door,
        /// What was shown besides a password, or in its place.
        #[serde(skip_serializing_if = "Option::is_none")]
        factor: Option<&'static str>,
    },
    /// A password was right, and a second factor is asked for.
    SecondFactorAsked {
        /// `admin_user.user_id`.
        admin: u32,
        /// The door.
        door: Door,
    },
    /// A second factor was not shown.
    SecondFactorRefused {
        /// `admin_user.user_id`.
        admin: u32,
        /// The stable code of the refusal.
        reason: &'static str,
        /// The door.
        door: Door,
    },
    /// A second factor was set up.
    SecondFactorEnrolled {
        /// `admin_user.user_id`.
        admin: u32,
        /// Commerce's code of the provider.
        provider: &'static str,
    },
    /// A second factor was taken away.
    SecondFactorRemoved {
        /// `admin_user.user_id`.
        admin: u32,
        /// Commerce's code of the provider.
        provider: &'static str,
    },
    /// A person gave one of their security keys another name.
    SecurityKeyRenamed {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// Which second factor comes first for somebody, or which are listed for them, was written down.
    SecondFactorPreferred {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// A link to set up a second factor was made for somebody.
    EnrolmentLinkIssued {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// Somebody got new recovery codes, and the earlier ones are void.
    RecoveryCodesIssued {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// A sign-in was refused.
    SignInRefused {
        /// What was typed as the user name, shortened.
        username: String,
        /// The stable code of the refusal.
        reason: &'static str,
        /// The door.
        door: Door,
    },
    /// Somebody came back from the provider and was not let in.
    ProviderSignInRefused {
        /// Who vouched for them; empty where nobody did.
        issuer: String,
        /// Who they are there; empty where that is not known.
        subject: String,
        /// The stable code of the refusal.
        reason: &'static str,
    },
    /// An identity at the provider was linked to an account.
    IdentityLinked {
        /// `admin_user.user_id`.
        admin: u32,
        /// Who vouches.
        issuer: String,
        /// Who it is there.
        subject: String,
    },
    /// An identity at the provider was taken from an account, for another one to be linked.
    IdentityUnlinked {
        /// `admin_user.user_id`.
        admin: u32,
        /// Who vouches.
        issuer: String,
        /// Who it is there.
        subject: String,
    },
    /// An account was made for a person whom only the provider knew.
    AdminProvisioned {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// What the provider says of a person gave them another role.
    RoleMapped {
        /// `admin_user.user_id`.
        admin: u32,
        /// The role's name.
        role: String,
    },
    /// A person signed out.
    SignedOut {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// Sessions were ended before their time.
    SessionsEnded {
        /// `admin_user.user_id`; nothing where those of everybody were.
        admin: Option<u32>,
        /// How many of Postern's own.
        count: u64,
        /// The code of the reason that their browsers are told.
        reason: &'static str,
    },
    /// An admin was made or changed from the command line.
    AdminSaved {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// A person changed their own account.
    AccountChanged {
        /// `admin_user.user_id`.
        admin: u32,
        /// What of it that others could abuse: `email`, `password`, `username`.
        changed: Vec<&'static str>,
    },
    /// A person who is signed in showed once more who they are.
    IdentityConfirmed {
        /// `admin_user.user_id`.
        admin: u32,
        /// The code of what they were about to do.
        action: &'static str,
    },
    /// Somebody in a person's session did not show that they are that person.
    IdentityRefused {
        /// `admin_user.user_id`.
        admin: u32,
        /// The code of what they were about to do.
        action: &'static str,
        /// The stable code of the refusal.
        reason: &'static str,
    },
    /// A lock was taken off an account.
    AdminUnlocked {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// Somebody asked for a link to reset a password; whether there is such an account is not told.
    PasswordResetRequested {
        /// The mail address as typed, shortened.
        email: String,
        /// The network address of the browser.
        ip: String,
    },
    /// A password reset link was made for somebody.
    ResetLinkIssued {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// An account came to its end, and was switched off with all that was open.
    AdminExpired {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// The hash of an older Commerce was replaced by one of today, of the same password.
    PasswordStrengthened {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// A password was set by the link of a mail.
    PasswordReset {
        /// `admin_user.user_id`.
        admin: u32,
    },
    /// A mail was tried for as long as it was worth sending, or refused for good.
    MailGivenUp {
        /// The mail address.
        recipient: String,
        /// What it was about.
        subject: String,
        /// How often it was tried.
        attempts: u32,
        /// What kept it from leaving, without anything that stands in the mail.
        why: String,
    },
}

/// Which way somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The sign-in page.
    Page,
    /// The token endpoint of the web API.
    Api,
    /// A sign-in at the provider.
    Provider,
}

impl Kind {
    /// The event's stable name, the same word as in its JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::IntegrationEnabled { .. } => "integration_enabled",
            Self::IntegrationDisabled { .. } => "integration_disabled",
            Self::LeftoversRemoved { .. } => "leftovers_removed",
            Self::TrialPassed { .. } => "trial_passed",
            Self::SignedIn { .. } => "signed_in",
            Self::SecondFactorAsked { .. } => "second_factor_asked",
            Self::SecondFactorRefused { .. } => "second_factor_refused",
            Self::SecondFactorEnrolled { .. } => "second_factor_enrolled",
            Self::SecondFactorRemoved { .. } => "second_factor_removed",
            Self::SecurityKeyRenamed { .. } => "security_key_renamed",
            Self::SecondFactorPreferred { .. } => "second_factor_preferred",
            Self::EnrolmentLinkIssued { .. } => "enrolment_link_issued",
            Self::RecoveryCodesIssued { .. } => "recovery_codes_issued",
            Self::SignInRefused { .. } => "sign_in_refused",
            Self::ProviderSignInRefused { .. } => "provider_sign_in_refused",
            Self::IdentityLinked { .. } => "identity_linked",
            Self::IdentityUnlinked { .. } => "identity_unlinked",
            Self::AdminProvisioned { .. } => "admin_provisioned",
            Self::RoleMapped { .. } => "role_mapped",
            Self::SignedOut { .. } => "signed_out",
            Self::SessionsEnded { .. } => "sessions_ended",
            Self::AdminSaved { .. } => "admin_saved",
            Self::AccountChanged { .. } => "account_changed",
            Self::IdentityConfirmed { .. } => "identity_confirmed",
            Self::IdentityRefused { .. } => "identity_refused",
            Self::AdminUnlocked { .. } => "admin_unlocked",
            Self::PasswordResetRequested { .. } => "password_reset_requested",
            Self::ResetLinkIssued { .. } => "reset_link_issued",
            Self::AdminExpired { .. } => "admin_expired",
            Self::PasswordStrengthened { .. } => "password_strengthened",
            Self::PasswordReset { .. } => "password_reset",
            Self::MailGivenUp { .. } => "mail_given_up",
        }
    }
}
