//! Codes of an authenticator app (RFC 6238): SHA-1, six digits, thirty seconds, as Commerce has
//! them. A code is good for a window around the present, and once.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Seconds of a step.
pub const PERIOD: i64 = 30;

/// Digits of a code.
pub const DIGITS: u8 = 6;

/// Letters of base32 in a secret of 128 bits.
const SHORTEST: usize = 26;

/// How far a clock is looked for that is off: ten minutes either way.
const SEARCHED: i64 = 20;

/// Whose code is still, or already, good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// So many seconds earlier or later, less than a period: `twofactorauth/google/leeway`.
    Leeway(i64),
    /// So many steps earlier or later: `twofactorauth/google/otp_window`, before Commerce 2.4.7.
    Steps(i64),
}

impl Window {
    /// From the two settings. A leeway of a period or more, at which Commerce locks everybody out,
    /// is the longest that is less; a window of steps is never wider than five minutes.
    pub fn new(leeway: Option<i64>, otp_window: Option<i64>) -> Self {
        match (leeway, otp_window) {
            (None, Some(steps)) => Self::Steps(steps.clamp(0, 10)),
            (leeway, _) => Self::Leeway(leeway.unwrap_or(0).clamp(0, PERIOD - 1)),
        }
    }

    /// The steps whose codes are good at `now`.
    fn steps(self, now: i64) -> std::ops::RangeInclusive<i64> {
        let step = |second: i64| second.div_euclid(PERIOD);
        match self {
            Self::Leeway(seconds) => {
                step(now.saturating_sub(seconds))..=step(now.saturating_add(seconds))
            }
            Self::Steps(steps) => step(now) - steps..=step(now) + steps,
        }
    }
}

/// What a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Good, of this step.
    Good(i64),
    /// Right, if the app's clock is off by so much: ahead where it is positive.
    ClockIsOff(SignedDuration),
    /// Wrong.
    Wrong,
}

/// The secret of an app.
pub struct AppSecret {
    totp: Totp,
}

impl AppSecret {
    /// Reads base32, as apps show it: in groups, in small letters, with or without padding.
    /// Nothing where it is empty or something else.
    pub fn from_base32(text: &SecretString) -> Option<Self> {
        let plain = plain(text);
        let secret = Secret::try_from_base32(plain.expose_secret()).ok()?;
        if secret.as_bytes().is_empty() {
            return None;
        }
        // Commerce takes secrets of any length, so the recommended length is not insisted on.
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(PERIOD.unsigned_abs())
            .with_secret(secret)
            .build_noncompliant();
        Some(Self { totp })
    }

    /// What a typed code is at `now`.
    pub fn find(&self, typed: &SecretString, window: Window, now: Timestamp) -> Found {
        let digits: String = typed
            .expose_secret()
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        let digits = SecretString::from(digits);
        let code = digits.expose_secret().as_bytes();
        if code.len() != usize::from(DIGITS) || !code.iter().all(u8::is_ascii_digit) {
            return Found::Wrong;
        }
        let now = now.as_second();
        let good = window.steps(now);
        // Every step is tried, so that time does not tell which one it was.
        let searched = good.start() - SEARCHED..=good.end() + SEARCHED;
        let mut found = Found::Wrong;
        for step in searched.filter(|step| self.is_of(*step, code)) {
            found = match found {
                Found::Good(_) if !good.contains(&step) => found,
                _ if good.contains(&step) => Found::Good(step),
                _ => nearer(found, step - now.div_euclid(PERIOD)),
            };
        }
        found
    }

    fn is_of(&self, step: i64, code: &[u8]) -> bool {
        let Ok(second) = u64::try_from(step.saturating_mul(PERIOD)) else {
            return false;
        };
        let expected = SecretString::from(self.totp.generate(second).to_string());
        expected.expose_secret().as_bytes().ct_eq(code).into()
    }
}

/// A secret as it is kept and as other programs read it: in capitals, without groups and padding.
/// Nothing where it is none, or one of fewer than the 128 bits that RFC 4226 demands.
pub fn strong_secret(text: &SecretString) -> Option<SecretString> {
    let plain = plain(text);
    let is_long = plain.expose_secret().len() >= SHORTEST;
    (is_long && AppSecret::from_base32(&plain).is_some()).then_some(plain)
}

fn plain(text: &SecretString) -> SecretString {
    let letters = text.expose_secret().chars();
    let plain: String = letters
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '='))
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    plain.into()
}

/// The smaller of two errors of a clock.
fn nearer(found: Found, steps: i64) -> Found {
    let off = SignedDuration::from_secs(steps * PERIOD);
    match found {
        Found::ClockIsOff(other) if other.unsigned_abs() <= off.unsigned_abs() => found,
        _ => Found::ClockIsOff(off),
    }
}

#[cfg(test)]
mod tests;
