//! What an attempt to sign in with a password comes to. Whatever an outsider could learn from
//! (unknown name, wrong password, locked, inactive, expired) is told as one refusal; that a role
//! is missing is told only to who knew the password.

use crate::admin::Admin;
use crate::lockout::Lockout;
use jiff::Timestamp;

/// What is known of an attempt once the password was looked at.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The account of the name, if there is one.
    pub admin: Option<&'a Admin>,
    /// Whether the password is the account's.
    pub is_right: bool,
    /// The lock on the way they came: the account's, or that of a browser known to it.
    pub lockout: Lockout,
    /// When the account ends, if it does: `admin_user_expiration`.
    pub expires_at: Option<Timestamp>,
    /// Whether the web API's throttle has shut its door on the name.
    pub is_throttled: bool,
}

/// Why nobody was signed in, for the record; the words of a refusal tell less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The web API takes no attempt on this name for now.
    Throttled,
    /// There is no such account.
    UnknownUsername,
    /// The account has come to its end, and is made inactive.
    Expired,
    /// The password is another one.
    WrongPassword,
    /// The way they came is locked, whatever the password.
    Locked,
    /// The account is switched off.
    Inactive,
    /// The account may do nothing.
    NoRole,
}

impl Refusal {
    /// The stable word for the audit record.
    pub fn code(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::UnknownUsername => "unknown_username",
            Self::Expired => "expired",
            Self::WrongPassword => "wrong_password",
            Self::Locked => "locked",
            Self::Inactive => "inactive",
            Self::NoRole => "no_role",
        }
    }
}

/// The verdict, in Commerce's order of checks.
pub fn judge(evidence: Evidence<'_>, now: Timestamp) -> Result<&Admin, Refusal> {
    if evidence.is_throttled {
        return Err(Refusal::Throttled);
    }
    let Some(admin) = evidence.admin else {
        return Err(Refusal::UnknownUsername);
    };
    if evidence.expires_at.is_some_and(|end| end <= now) {
        Err(Refusal::Expired)
    } else if !evidence.is_right {
        Err(Refusal::WrongPassword)
    } else if evidence.lockout.is_locked(now) {
        Err(Refusal::Locked)
    } else if !admin.is_active {
        Err(Refusal::Inactive)
    } else if admin.role.is_none() {
        Err(Refusal::NoRole)
    } else {
        Ok(admin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::Role;
    use jiff::SignedDuration;

    fn ann() -> Admin {
        Admin {
            id: 1,
            username: "ann".to_owned(),
            email: None,
            first_name: String::new(),
            last_name: String::new(),
            password_hash: String::new().into(),
            is_active: true,
            created_at: None,
            password_set_at: None,
            last_sign_in: None,
            lockout: Lockout::default(),
            locale: "en_US".to_owned(),
            role: Some(Role {
                name: "Administrators".to_owned(),
                has_full_rights: true,
                has_any_rights: true,
            }),
        }
    }

    #[test]
    fn the_first_thing_that_stands_in_the_way_is_the_reason() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let later = now + SignedDuration::from_secs(1);
        let ann = ann();
        let inactive = Admin {
            is_active: false,
            ..ann.clone()
        };
        let powerless = Admin {
            role: None,
            ..ann.clone()
        };
        let locked = Lockout {
            locked_until: Some(later),
            ..Lockout::default()
        };
        let right = Evidence {
            admin: Some(&ann),
            is_right: true,
            lockout: Lockout::default(),
            expires_at: Some(later),
            is_throttled: false,
        };
        let of = |admin| Evidence {
            admin: Some(admin),
            ..right
        };
        let wrong = |evidence| Evidence {
            is_right: false,
            ..evidence
        };
        let lock = |evidence| Evidence {
            lockout: locked,
            ..evidence
        };
        let expired = Evidence {
            expires_at: Some(now),
            ..right
        };
        let unknown = Evidence {
            admin: None,
            ..right
        };
        let throttled = Evidence {
            is_throttled: true,
            ..right
        };
        let cases = [
            (right, None),
            (throttled, Some(Refusal::Throttled)),
            (unknown, Some(Refusal::UnknownUsername)),
            (expired, Some(Refusal::Expired)),
            (wrong(expired), Some(Refusal::Expired)),
            (wrong(lock(right)), Some(Refusal::WrongPassword)),
            (wrong(of(&inactive)), Some(Refusal::WrongPassword)),
            (wrong(of(&powerless)), Some(Refusal::WrongPassword)),
            (lock(of(&inactive)), Some(Refusal::Locked)),
            (of(&inactive), Some(Refusal::Inactive)),
            (of(&powerless), Some(Refusal::NoRole)),
        ];
        for (evidence, expected) in cases {
            assert_eq!(judge(evidence, now).err(), expected, "{evidence:?}");
        }
    }
}
