//! The policies in force in words, each with the paths that it is set by.

use crate::pages::password_rules;
use domain::password_policy::PasswordPolicy;
use domain::reset_limit::Protection;
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;
use service::sign_in::overview::Policies;
use service::words::Words;

/// Policies about one thing.
pub(super) struct Group {
    pub(super) title: String,
    /// When they hold, where that is not now.
    pub(super) note: Option<String>,
    pub(super) policies: Vec<Policy>,
}

/// One policy.
pub(super) struct Policy {
    pub(super) path: &'static str,
    pub(super) text: String,
}

impl Policy {
    /// The path in the parts between which a narrow window may break it.
    pub(super) fn path_in_parts(&self) -> impl Iterator<Item = &'static str> {
        self.path.split_inclusive(['/', '_'])
    }
}

/// All that there are.
pub(super) fn list(words: Words, mode: SignInMode, policies: &Policies) -> Vec<Group> {
    let is_on = mode == SignInMode::AdobeIms;
    vec![
        Group {
            title: words.say("configuration-passwords"),
            note: is_on.then(|| words.say("configuration-passwords_later")),
            policies: vec![
                rules(words, policies),
                lifetime(words, policies),
                lockout(words, policies),
                case(words, policies),
                links(words, policies),
                requests(words, policies),
            ],
        },
        Group {
            title: words.say("configuration-sessions"),
            note: None,
            policies: vec![
                idle(words, policies),
                absolute(words, policies),
                sharing(words, policies),
            ],
        },
    ]
}

fn rules(words: Words, policies: &Policies) -> Policy {
    let path = match policies.password.policy {
        PasswordPolicy::Commerce { .. } => "admin/security/minimum_password_length",
        PasswordPolicy::Modern => "postern/security/password_policy",
    };
    Policy {
        path,
        text: password_rules::hint(words, policies.password.policy),
    }
}

fn lifetime(words: Words, policies: &Policies) -> Policy {
    let lifetime = policies.password.lifetime;
    let days = lifetime.lifetime.as_hours() / 24;
    let key = match (days, lifetime.is_forced) {
        (0, _) => "configuration-lifetime_none",
        (_, true) => "configuration-lifetime_forced",
        (_, false) => "configuration-lifetime_recommended",
    };
    Policy {
        path: "admin/security/password_lifetime",
        text: words.tell(key, &[("days", days.into())]),
    }
}

fn lockout(words: Words, policies: &Policies) -> Policy {
    let lockout = policies.lockout;
    let key = match lockout.failures == 0 || lockout.threshold.is_zero() {
        true => "configuration-lockout_none",
        false => "configuration-lockout",
    };
    let values = [
        ("failures", lockout.failures.into()),
        ("time", time(words, lockout.threshold).into()),
    ];
    Policy {
        path: "admin/security/lockout_*",
        text: words.tell(key, &values),
    }
}

fn case(words: Words, policies: &Policies) -> Policy {
    let key = match policies.is_case_sensitive {
        true => "configuration-case_matters",
        false => "configuration-case_free",
    };
    Policy {
        path: "admin/security/use_case_sensitive_login",
        text: words.say(key),
    }
}

fn links(words: Words, policies: &Policies) -> Policy {
    let lasts = time(words, SignedDuration::from_hours(policies.link_hours));
    Policy {
        path: "admin/security/password_reset_link_expiration_period",
        text: words.tell("configuration-link_lasts", &[("time", lasts.into())]),
    }
}

fn requests(words: Words, policies: &Policies) -> Policy {
    let resets = policies.resets;
    let is_limited = policies.protection != Protection::Off;
    let most = resets.most > 0 && is_limited;
    let pause = !resets.least_between.is_zero() && is_limited;
    let key = match (most, pause) {
        (false, false) => "configuration-requests_free",
        (true, false) => "configuration-requests_most",
        (false, true) => "configuration-requests_pause",
        (true, true) => "configuration-requests",
    };
    let values = [
        ("most", resets.most.into()),
        ("time", time(words, resets.least_between).into()),
    ];
    Policy {
        path: "admin/security/*_password_reset_requests",
        text: words.tell(key, &values),
    }
}

fn idle(words: Words, policies: &Policies) -> Policy {
    let lasts = time(words, policies.sessions.idle());
    Policy {
        path: "admin/security/session_lifetime",
        text: words.tell("configuration-session_idle", &[("time", lasts.into())]),
    }
}

fn absolute(words: Words, policies: &Policies) -> Policy {
    let path = "postern/security/session_absolute_lifetime";
    let text = match policies.sessions.absolute() {
        Some(limit) => {
            let lasts = time(words, limit);
            words.tell("configuration-session_absolute", &[("time", lasts.into())])
        }
        None => words.say("configuration-session_endless"),
    };
    Policy { path, text }
}

fn sharing(words: Words, policies: &Policies) -> Policy {
    let key = match policies.is_shared {
        true => "configuration-session_shared",
        false => "configuration-session_alone",
    };
    Policy {
        path: "admin/security/admin_account_sharing",
        text: words.say(key),
    }
}

/// A span in the largest unit of which it is a whole number.
fn time(words: Words, span: SignedDuration) -> String {
    let seconds = span.as_secs();
    let (key, count) = match (seconds % 3600, seconds % 60) {
        (0, _) => ("hours", seconds / 3600),
        (_, 0) => ("minutes", seconds / 60),
        _ => ("seconds", seconds),
    };
    words.tell(key, &[("count", count.into())])
}
