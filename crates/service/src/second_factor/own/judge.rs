//! What a person may do with their own factors, as a rule: they are never left without one.

use super::{MOST_KEYS, OwnProblem};
use crate::second_factor::FactorRefused;
use crate::second_factor::security_key::set_up::TOO_MANY;
use domain::second_factor::{Enrolled, Provider, Rules};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim<'a> {
    SetApp,
    RemoveApp,
    AddKey,
    RenameKey(&'a str),
    RemoveKey(&'a str),
    RenewCodes,
}

/// What somebody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Holdings {
    pub(super) enrolled: Enrolled,
    /// The digests of the keys that count.
    pub(super) keys: Vec<String>,
}

pub(super) fn judge(aim: Aim<'_>, holdings: &Holdings, rules: &Rules) -> Result<(), OwnProblem> {
    let has_key = |digest: &str| holdings.keys.iter().any(|key| key == digest);
    let enrolled = holdings.enrolled;
    match aim {
        Aim::SetApp if rules.allowed().contains(&Provider::Google) => Ok(()),
        Aim::SetApp => Err(OwnProblem::App(FactorRefused::NotAllowed)),
        Aim::AddKey if !rules.allowed().contains(&Provider::U2fKey) => {
            Err(OwnProblem::Key(FactorRefused::NotAllowed))
        }
        Aim::AddKey if holdings.keys.len() >= MOST_KEYS => Err(OwnProblem::Key(TOO_MANY)),
        Aim::RemoveApp if !enrolled.google => Err(OwnProblem::Gone),
        Aim::RemoveApp if !enrolled.u2fkey => Err(OwnProblem::LastOne),
        Aim::RemoveKey(key) if !has_key(key) => Err(OwnProblem::Gone),
        Aim::RemoveKey(_) if holdings.keys.len() == 1 && !enrolled.google => {
            Err(OwnProblem::LastOne)
        }
        Aim::RenameKey(key) if !has_key(key) => Err(OwnProblem::Gone),
        // Codes stand in for a factor, and there is none.
        Aim::RenewCodes if enrolled.providers().is_empty() => Err(OwnProblem::Gone),
        Aim::RemoveApp | Aim::AddKey | Aim::RemoveKey(_) | Aim::RenameKey(_) | Aim::RenewCodes => {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Aim::{RemoveApp, RemoveKey, RenameKey, RenewCodes, SetApp};

    fn holdings(google: bool, keys: &[&str]) -> Holdings {
        let enrolled = Enrolled {
            google,
            u2fkey: !keys.is_empty(),
        };
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        Holdings { enrolled, keys }
    }

    #[test]
    fn nobody_is_left_without_a_factor() {
        let rules = Rules::new(true, "");
        let gone = Err(OwnProblem::Gone);
        let last = Err(OwnProblem::LastOne);
        for (google, keys, aim, expected) in [
            (true, vec![], RemoveApp, last.clone()),
            (true, vec!["a"], RemoveApp, Ok(())),
            (false, vec!["a"], RemoveApp, gone.clone()),
            (false, vec!["a"], RemoveKey("a"), last),
            (true, vec!["a"], RemoveKey("a"), Ok(())),
            (false, vec!["a", "b"], RemoveKey("a"), Ok(())),
            (true, vec!["a"], RemoveKey("b"), gone.clone()),
            (false, vec!["a"], RenameKey("a"), Ok(())),
            (false, vec!["a"], RenameKey("b"), gone.clone()),
            (false, vec!["a"], RenewCodes, Ok(())),
            (false, vec![], RenewCodes, gone),
        ] {
            let answer = judge(aim, &holdings(google, &keys), &rules);
            assert_eq!(answer, expected, "{google} {keys:?} {aim:?}");
        }
    }

    #[test]
    fn an_app_is_set_up_only_where_the_shop_takes_its_codes() {
        let nothing = Holdings::default();
        for (forced, expected) in [("", true), ("google", true), ("u2fkey", false)] {
            let answer = judge(SetApp, &nothing, &Rules::new(true, forced));
            assert_eq!(answer.is_ok(), expected, "{forced}");
        }
    }

    #[test]
    fn a_key_is_added_only_where_the_shop_takes_keys_and_up_to_twenty() {
        let some = ["a"; MOST_KEYS];
        for (forced, keys, expected) in [
            ("", 0, Ok(())),
            ("u2fkey", 19, Ok(())),
            ("", 20, Err(OwnProblem::Key(TOO_MANY))),
            ("google", 0, Err(OwnProblem::Key(FactorRefused::NotAllowed))),
        ] {
            let holdings = holdings(true, &some[..keys]);
            let answer = judge(Aim::AddKey, &holdings, &Rules::new(true, forced));
            assert_eq!(answer, expected, "{forced} {keys}");
        }
    }
}
