//! The settings that passwords follow, read anew for each use, so that a change holds at once.

use crate::config::settings::Settings;
use crate::error::ServiceError;
use commerce::password_rules::DEFAULT_MINIMUM_LENGTH;
use domain::password_lifetime::PasswordLifetime;
use domain::password_policy::PasswordPolicy;
use jiff::SignedDuration;

/// The value of `postern/security/password_policy` that asks for the modern policy; every other
/// one is Commerce's.
const MODERN: &str = "modern";

/// What a password must be, and how old it may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordSettings {
    /// What a new one must be.
    pub policy: PasswordPolicy,
    /// How old one may get; under the modern policy, as old as its owner likes.
    pub lifetime: PasswordLifetime,
}

impl PasswordSettings {
    /// The settings as they stand.
    pub fn read(settings: &Settings) -> Result<Self, ServiceError> {
        if settings
            .text("postern/security/password_policy")?
            .as_deref()
            == Some(MODERN)
        {
            return Ok(Self {
                policy: PasswordPolicy::Modern,
                lifetime: PasswordLifetime::UNLIMITED,
            });
        }
        let minimum = settings.integer("admin/security/minimum_password_length")?;
        let minimum = minimum.and_then(|length| usize::try_from(length).ok());
        let days = settings.integer("admin/security/password_lifetime")?;
        Ok(Self {
            policy: PasswordPolicy::Commerce {
                minimum_length: minimum.unwrap_or(DEFAULT_MINIMUM_LENGTH),
            },
            lifetime: PasswordLifetime {
                lifetime: SignedDuration::from_hours(days.unwrap_or(0).clamp(0, 36_500) * 24),
                is_forced: settings.flag("admin/security/password_is_forced")?,
            },
        })
    }
}
