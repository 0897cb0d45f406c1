//! The settings that a sign-in follows, read anew for each attempt, so that a change holds at
//! once.

use super::throttle;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::password::settings::PasswordSettings;
use domain::lockout::LockoutPolicy;
use domain::password_lifetime::PasswordLifetime;
use domain::throttle::{Form, ThrottlePolicy, TokenThrottle};
use jiff::SignedDuration;

/// A year, the longest of any wait.
const LONGEST_MINUTES: i64 = 525_600;

pub(crate) struct SignInPolicy {
    pub(crate) is_case_sensitive: bool,
    pub(crate) lockout: LockoutPolicy,
    pub(crate) lifetime: PasswordLifetime,
    pub(crate) throttle: ThrottlePolicy,
    pub(crate) tokens: TokenThrottle,
}

impl SignInPolicy {
    pub(crate) fn read(settings: &Settings) -> Result<Self, ServiceError> {
        let number = |path: &str| -> Result<i64, ServiceError> {
            Ok(settings.integer(path)?.unwrap_or(0).max(0))
        };
        Ok(Self {
            is_case_sensitive: settings.flag("admin/security/use_case_sensitive_login")?,
            lockout: LockoutPolicy {
                failures: u16::try_from(number("admin/security/lockout_failures")?)
                    .unwrap_or(u16::MAX),
                threshold: SignedDuration::from_mins(
                    number("admin/security/lockout_threshold")?.min(LONGEST_MINUTES),
                ),
            },
            lifetime: PasswordSettings::read(settings)?.lifetime,
            throttle: throttle::policy(settings, Form::SignIn)?,
            tokens: TokenThrottle {
                failures: u32::try_from(number("oauth/authentication_lock/max_failures_count")?)
                    .unwrap_or(u32::MAX),
                timeout: SignedDuration::from_secs(
                    number("oauth/authentication_lock/timeout")?.min(LONGEST_MINUTES * 60),
                ),
            },
        })
    }
}
