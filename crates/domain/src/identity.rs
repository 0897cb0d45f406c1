//! Confirming who sits there, before something that a stolen session must not do: changing an
//! account, a role or a credential. A confirmation is for one person, in one session, for one
//! action; it holds for a few minutes and is used up by the action.
//!
//! ```text
//!  password typed, or a fresh sign-in at the provider
//!            │
//!            ▼
//!       confirmed ── the very action, in time ──▶ used up
//!            │
//!            └── another action, session or person, or too late ──▶ refused
//! ```

use crate::admin::AdminId;
use jiff::{SignedDuration, Timestamp};

/// How long a confirmation waits for its action.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// What can be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Changing one's own names, address, language or password.
    ChangeAccount,
    /// Setting up, renaming or taking away one's own second factors.
    ChangeSecondFactor,
    /// Taking away somebody else's second factor.
    ResetSecondFactor,
}

impl Action {
    /// The stable code under which it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::ChangeAccount => "account.change",
            Self::ChangeSecondFactor => "second_factor.change",
            Self::ResetSecondFactor => "second_factor.reset",
        }
    }

    /// Reads [`Self::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::ChangeAccount,
            Self::ChangeSecondFactor,
            Self::ResetSecondFactor,
        ]
        .into_iter()
        .find(|action| action.code() == code)
    }
}

/// That somebody has shown who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Who.
    pub admin: AdminId,
    /// In which session: the digest of its id.
    pub session: String,
    /// For which action: its code.
    pub action: String,
    /// When.
    pub confirmed_at: Timestamp,
}

impl Confirmation {
    /// Whether `action` of `admin` may be done in `session` at `now` on the strength of it.
    pub fn allows(&self, admin: AdminId, session: &str, action: Action, now: Timestamp) -> bool {
        let age = now.duration_since(self.confirmed_at);
        self.admin == admin
            && self.session == session
            && self.action == action.code()
            && !age.is_negative()
            && age < LIFETIME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_confirmation_is_for_one_person_session_and_action_and_for_five_minutes() {
        let confirmation = Confirmation {
            admin: 7,
            session: "digest".to_owned(),
            action: Action::ChangeAccount.code().to_owned(),
            confirmed_at: at(0),
        };
        let other_action = Confirmation {
            action: "role.delete".to_owned(),
            ..confirmation.clone()
        };
        let cases = [
            (&confirmation, 7, "digest", 0, true),
            (&confirmation, 7, "digest", 299, true),
            (&confirmation, 7, "digest", 300, false),
            (&confirmation, 7, "digest", -1, false),
            (&confirmation, 8, "digest", 1, false),
            (&confirmation, 7, "another", 1, false),
            (&other_action, 7, "digest", 1, false),
        ];
        for (confirmation, admin, session, second, allowed) in cases {
            let answer = confirmation.allows(admin, session, Action::ChangeAccount, at(second));
            assert_eq!(answer, allowed, "{admin} {session} {second}");
        }
    }
}
