//! The second factor: what is asked of a person besides the password, and whether a session has
//! it. It is decided anew at each question from the rules and from what is set up; what a session
//! keeps is only what was shown in it.
//!
//! ```text
//!                     ┌── nothing set up ──▶ enrolment, by a mailed or printed link ──┐
//!  password is right ─┤                                                               ├──▶ in
//!                     └── something set up ──▶ proof with any of it ──────────────────┘
//! ```

pub mod code_limit;
pub mod recovery_code;
pub mod totp;

pub use commerce::second_factor::Provider;

/// What was shown besides a password, or in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A code of an authenticator app.
    App,
    /// A security key, after a password.
    SecurityKey,
    /// A passkey that verified its user, without a password.
    Passkey,
    /// A recovery code.
    RecoveryCode,
}

impl Factor {
    const ALL: [Self; 4] = [
        Self::App,
        Self::SecurityKey,
        Self::Passkey,
        Self::RecoveryCode,
    ];

    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::SecurityKey => "security_key",
            Self::Passkey => "passkey",
            Self::RecoveryCode => "recovery_code",
        }
    }

    /// Reads [`Self::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.code() == code)
    }

    /// Itself as long as it is set up, or else what is: nothing where nothing is left.
    pub fn or_left(self, enrolled: Enrolled) -> Option<Self> {
        [self, Self::App, Self::SecurityKey]
            .into_iter()
            .find(|factor| factor.is_of(enrolled))
    }

    /// Whether it is still among what is set up. A recovery code stands in for any of it.
    pub fn is_of(self, enrolled: Enrolled) -> bool {
        match self {
            Self::App => enrolled.google,
            Self::SecurityKey | Self::Passkey => enrolled.u2fkey,
            Self::RecoveryCode => enrolled.google || enrolled.u2fkey,
        }
    }
}

/// What is asked of everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    is_required: bool,
    forced: Vec<Provider>,
    foreign: Vec<String>,
}

/// What a person has set up to the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Enrolled {
    /// An authenticator app.
    pub google: bool,
    /// At least one security key.
    pub u2fkey: bool,
}

/// What is asked of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: the shop asks nobody.
    Nothing,
    /// One of these.
    Proof(Vec<Provider>),
    /// To set one up first.
    Enrolment,
}

impl Rules {
    /// From whether the shop asks for a second factor at all, and from
    /// `twofactorauth/general/force_providers`. Providers that are not here are passed over; where
    /// none is left, the person chooses: a shop that relied on another provider is not locked out,
    /// and asks for no less.
    pub fn new(is_required: bool, force_providers: &str) -> Self {
        let named = || force_providers.split(',').map(str::trim);
        let is_named = |provider: &Provider| named().any(|name| name == provider.code());
        let is_foreign = |name: &&str| !name.is_empty() && Provider::from_code(name).is_none();
        Self {
            is_required,
            forced: Provider::ALL.into_iter().filter(is_named).collect(),
            foreign: named().filter(is_foreign).map(str::to_owned).collect(),
        }
    }

    /// Whether anybody is asked.
    pub fn is_required(&self) -> bool {
        self.is_required
    }

    /// What everybody must have set up; where it is empty, any one.
    pub fn forced(&self) -> &[Provider] {
        &self.forced
    }

    /// What the shop names besides, and what is not here.
    pub fn foreign(&self) -> &[String] {
        &self.foreign
    }

    /// What may be set up.
    pub fn allowed(&self) -> Vec<Provider> {
        match self.forced.is_empty() {
            true => Provider::ALL.to_vec(),
            false => self.forced.clone(),
        }
    }

    /// What is asked of a person after the password. Whatever was set up is asked for, even where
    /// the shop has come to force another provider: who only has the password must not get to set
    /// up another.
    pub fn demand(&self, enrolled: Enrolled) -> Demand {
        let active = enrolled.providers();
        match (self.is_required, active.is_empty()) {
            (false, _) => Demand::Nothing,
            (true, false) => Demand::Proof(active),
            (true, true) => Demand::Enrolment,
        }
    }

    /// What the person still has to set up.
    pub fn missing(&self, enrolled: Enrolled) -> Vec<Provider> {
        if !self.is_required || self.forced.is_empty() && !enrolled.providers().is_empty() {
            return Vec::new();
        }
        let is_missing = |provider: &Provider| !enrolled.has(*provider);
        self.allowed().into_iter().filter(is_missing).collect()
    }

    /// Whether a session in which this was shown is enough, for a person who has this set up now.
    pub fn are_met_by(&self, shown: Option<Factor>, enrolled: Enrolled) -> bool {
        !self.is_required || shown.is_some_and(|factor| factor.is_of(enrolled))
    }
}

impl Enrolled {
    /// Whether a provider is set up.
    pub fn has(self, provider: Provider) -> bool {
        match provider {
            Provider::Google => self.google,
            Provider::U2fKey => self.u2fkey,
        }
    }

    /// Everything that is set up.
    pub fn providers(self) -> Vec<Provider> {
        Provider::ALL
            .into_iter()
            .filter(|provider| self.has(*provider))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Provider::{Google, U2fKey};

    const NOTHING: Enrolled = Enrolled {
        google: false,
        u2fkey: false,
    };
    const APP: Enrolled = Enrolled {
        google: true,
        u2fkey: false,
    };
    const EVERYTHING: Enrolled = Enrolled {
        google: true,
        u2fkey: true,
    };

    #[test]
    fn who_has_set_something_up_shows_it_and_who_has_not_sets_it_up_first() {
        let rules = Rules::new(true, "");
        assert_eq!(rules.demand(NOTHING), Demand::Enrolment);
        assert_eq!(rules.demand(APP), Demand::Proof(vec![Google]));
        assert_eq!(Rules::new(false, "google").demand(APP), Demand::Nothing);
        assert_eq!(Rules::new(false, "google").missing(NOTHING), []);
    }

    #[test]
    fn a_provider_that_is_no_longer_forced_still_guards_what_it_guarded() {
        let rules = Rules::new(true, "u2fkey");
        assert_eq!(rules.demand(APP), Demand::Proof(vec![Google]));
        assert_eq!(rules.missing(APP), [U2fKey]);
    }

    #[test]
    fn any_one_is_enough_unless_the_shop_says_which() {
        for (forced, missing_of_app) in [
            ("", vec![]),
            ("duo_security", vec![]),
            ("google", vec![]),
            (" u2fkey , google", vec![U2fKey]),
        ] {
            let rules = Rules::new(true, forced);
            assert_eq!(rules.missing(APP), missing_of_app, "{forced}");
            assert!(!rules.missing(NOTHING).is_empty(), "{forced}");
        }
    }

    #[test]
    fn what_is_forced_and_not_here_is_told_by_its_name() {
        let rules = Rules::new(true, "authy, google,,duo_security");
        assert_eq!(rules.forced(), [Google]);
        assert_eq!(rules.foreign(), ["authy", "duo_security"]);
        assert!(Rules::new(true, "").foreign().is_empty());
    }

    #[test]
    fn a_session_without_a_factor_is_not_enough_once_one_is_asked_for() {
        assert!(Rules::new(false, "").are_met_by(None, NOTHING));
        assert!(!Rules::new(true, "").are_met_by(None, EVERYTHING));
        for factor in Factor::ALL {
            assert!(Rules::new(true, "").are_met_by(Some(factor), EVERYTHING));
            assert_eq!(Factor::from_code(factor.code()), Some(factor));
        }
    }

    #[test]
    fn what_was_shown_and_then_taken_away_is_not_enough_any_more() {
        let rules = Rules::new(true, "");
        for (factor, of_app) in [
            (Factor::App, true),
            (Factor::SecurityKey, false),
            (Factor::Passkey, false),
            (Factor::RecoveryCode, true),
        ] {
            assert_eq!(rules.are_met_by(Some(factor), APP), of_app, "{factor:?}");
            assert!(!rules.are_met_by(Some(factor), NOTHING), "{factor:?}");
            assert_eq!(factor.or_left(EVERYTHING), Some(factor));
            assert_eq!(factor.or_left(NOTHING), None);
        }
        assert_eq!(Factor::Passkey.or_left(APP), Some(Factor::App));
    }
}
