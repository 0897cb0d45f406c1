//! When a form asks for a puzzle. Commerce shows a picture after failures for one login or from
//! one address; the conditions are the same here, from the same settings and the same counts
//! (`captcha_log`), and what is asked for is work of the browser: see [`crate::puzzle`].

use jiff::{SignedDuration, Timestamp};

/// A form that can ask for a puzzle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// User name and password.
    SignIn,
    /// "Forgot your password?"
    ForgotPassword,
}

impl Form {
    /// Commerce's name of the form, in `admin/captcha/forms`.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIn => "backend_login",
            Self::ForgotPassword => "backend_forgotpassword",
        }
    }
}

/// After this a count is forgotten: half an hour, as Commerce's hourly work does.
pub const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// A row of `captcha_log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many there were.
    pub count: u32,
    /// When the last of them was.
    pub updated_at: Timestamp,
}

impl Attempts {
    /// How many of them still count.
    pub fn counted(attempts: Option<Self>, now: Timestamp) -> u32 {
        attempts
            .filter(|attempts| now.duration_since(attempts.updated_at) <= FORGOTTEN_AFTER)
            .map_or(0, |attempts| attempts.count)
    }
}

/// The settings `admin/captcha/*`, for one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThrottlePolicy {
    /// `enable`, and the form is among `forms`.
    pub is_on: bool,
    /// `mode` is `always`, or the form is one of `always_for`.
    pub is_always: bool,
    /// `failed_attempts_login`; nought asks always.
    pub attempts_by_login: u32,
    /// `failed_attempts_ip`.
    pub attempts_by_address: u32,
    /// `timeout`: how long a puzzle may be answered.
    pub puzzle_life: SignedDuration,
}

impl ThrottlePolicy {
    /// Whether a puzzle is asked for, after so many attempts on a login and from an address.
    pub fn asks(&self, by_login: u32, by_address: u32) -> bool {
        let is_over = self.attempts_by_login == 0
            || by_login >= self.attempts_by_login
            || by_address >= self.attempts_by_address;
        self.is_on && (self.is_always || is_over)
    }
}

/// The settings of the web API's own throttle, `oauth/authentication_lock/*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenThrottle {
    /// `max_failures_count`.
    pub failures: u32,
    /// `timeout`.
    pub timeout: SignedDuration,
}

/// A row of `oauth_token_request_log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRequests {
    /// Failures so far.
    pub failures: u32,
    /// Until when they shut the door, where there are too many.
    pub locked_until: Timestamp,
}

impl TokenThrottle {
    /// Whether even the right password gets no token.
    pub fn refuses(&self, requests: Option<TokenRequests>, now: Timestamp) -> bool {
        requests.is_some_and(|requests| {
            requests.failures >= self.failures && requests.locked_until > now
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_puzzle_is_asked_for_as_commerce_asks_for_its_picture() {
        let usual = ThrottlePolicy {
            is_on: true,
            is_always: false,
            attempts_by_login: 3,
            attempts_by_address: 1000,
            puzzle_life: SignedDuration::from_mins(7),
        };
        let off = ThrottlePolicy {
            is_on: false,
            is_always: true,
            ..usual
        };
        let always = ThrottlePolicy {
            is_always: true,
            ..usual
        };
        let nought = ThrottlePolicy {
            attempts_by_login: 0,
            ..usual
        };
        let cases = [
            (usual, 0, 0, false),
            (usual, 2, 999, false),
            (usual, 3, 0, true),
            (usual, 0, 1000, true),
            (always, 0, 0, true),
            (nought, 0, 0, true),
            (off, 9, 9999, false),
        ];
        for (policy, login, address, expected) in cases {
            assert_eq!(policy.asks(login, address), expected, "{policy:?} {login}");
        }
    }

    #[test]
    fn attempts_count_for_half_an_hour_after_the_last() {
        let attempts = Some(Attempts {
            count: 5,
            updated_at: at(0),
        });
        assert_eq!(Attempts::counted(attempts, at(1800)), 5);
        assert_eq!(Attempts::counted(attempts, at(1801)), 0);
        assert_eq!(Attempts::counted(None, at(0)), 0);
    }

    #[test]
    fn the_web_api_refuses_from_the_limit_until_the_time_is_up() {
        let throttle = TokenThrottle {
            failures: 6,
            timeout: SignedDuration::from_secs(1800),
        };
        let after = |failures| {
            Some(TokenRequests {
                failures,
                locked_until: at(1800),
            })
        };
        let cases = [
            (None, 0, false),
            (after(5), 0, false),
            (after(6), 1799, true),
            (after(6), 1800, false),
        ];
        for (requests, second, refused) in cases {
            assert_eq!(throttle.refuses(requests, at(second)), refused);
        }
    }
}
