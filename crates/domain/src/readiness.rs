//! Who can sign in once the integration is off, and who would be locked out: asked before every
//! switch and told after it.

use crate::admin::{Admin, AdminId, PROVISIONED_ROLE};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use std::collections::HashMap;

/// How far apart two times may be that mean the same.
const MOMENTS: SignedDuration = SignedDuration::from_mins(1);

/// What one admin needs in order to sign in with a Commerce password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// A password set before the integration is there.
    HasPassword,
    /// There is one, but failed sign-ins have locked the account until then.
    Locked(Timestamp),
    /// Nobody knows a password for this account: "Forgot your password?" makes one.
    MustReset,
    /// Must reset, and no mail can reach the person: `admin:user:create` sets a password.
    NoReachableMail,
}

impl Readiness {
    /// The stable word for it in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::HasPassword => "has_password",
            Self::Locked(_) => "locked",
            Self::MustReset => "must_reset",
            Self::NoReachableMail => "no_reachable_mail",
        }
    }
}

/// What would keep an admin from signing in with Adobe ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// No usable mail address: an Adobe ID is matched by it.
    NoMail,
    /// Another active admin has the same address, so neither can be told apart.
    SharedMail,
}

/// One admin's prospects.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// Primary key.
    pub id: AdminId,
    /// User name.
    pub username: String,
    /// Mail address, if any.
    pub email: Option<String>,
    /// Whether the person may do everything.
    pub has_full_rights: bool,
    /// How the person signs in with a password.
    pub readiness: Readiness,
    /// What keeps the person from signing in with Adobe ID, if anything.
    pub obstacle: Option<Obstacle>,
}

/// A time during which the integration was on; without an end it still is. Accounts made in it were
/// given a random password, and nobody could set another before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// When the integration was switched on.
    pub from: Timestamp,
    /// When it was switched off.
    pub until: Option<Timestamp>,
}

/// What is on record about where passwords come from.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// When the integration was on, oldest first.
    pub periods: Vec<Period>,
    /// When the operator last gave whom a password from the command line.
    pub by_operator: HashMap<AdminId, Timestamp>,
}

impl History {
    /// Whether the operator gave the account a password, when it was made or later. The clocks of a
    /// database and of a program may differ by moments.
    fn has_password_by_operator(&self, admin: &Admin) -> bool {
        let is_before = |at: Timestamp| {
            let made = admin.created_at;
            made.is_some_and(|made| made.duration_since(at) > MOMENTS)
        };
        let at = self.by_operator.get(&admin.id);
        at.is_some_and(|at| !is_before(*at))
    }
}

impl Period {
    /// Whether the password of an account was made by Commerce in this period, and still stands.
    fn made_password_of(self, admin: &Admin) -> bool {
        let is_in = |at: Timestamp| at > self.from && self.until.is_none_or(|until| at <= until);
        let set_since = |until| admin.password_set_at.is_some_and(|set| set > until);
        admin.created_at.is_some_and(is_in) && !self.until.is_some_and(set_since)
    }
}

/// The prospects of every active admin among `admins`.
pub fn prospects(admins: &[Admin], history: &History, now: Timestamp) -> Vec<Prospect> {
    let active = || admins.iter().filter(|admin| admin.is_active);
    let mut holders: HashMap<String, usize> = HashMap::new();
    for email in active().filter_map(Admin::reachable_email) {
        *holders.entry(email.to_lowercase()).or_default() += 1;
    }
    active()
        .map(|admin| Prospect {
            id: admin.id,
            username: admin.username.clone(),
            email: admin.email.clone(),
            has_full_rights: admin.has_full_rights(),
            readiness: readiness(admin, history, now),
            obstacle: match admin.reachable_email() {
                None => Some(Obstacle::NoMail),
                Some(email) if holders.get(&email.to_lowercase()).is_some_and(|n| *n > 1) => {
                    Some(Obstacle::SharedMail)
                }
                Some(_) => None,
            },
        })
        .collect()
}

fn readiness(admin: &Admin, history: &History, now: Timestamp) -> Readiness {
    if !has_own_password(admin, history) {
        return match admin.reachable_email() {
            Some(_) => Readiness::MustReset,
            None => Readiness::NoReachableMail,
        };
    }
    match admin.lockout.locked_until {
        Some(until) if until > now => Readiness::Locked(until),
        _ => Readiness::HasPassword,
    }
}

/// Whether somebody can know this account's password: the hash is one that a password can match,
/// and it was not the random one that Commerce gives to accounts made during the integration.
fn has_own_password(admin: &Admin, history: &History) -> bool {
    let mut periods = history.periods.iter();
    let is_provisioned = periods.any(|period| period.made_password_of(admin))
        || admin
            .role
            .as_ref()
            .is_some_and(|role| role.name == PROVISIONED_ROLE)
            && !has_changed_password(admin);
    let is_unknown = is_provisioned && !history.has_password_by_operator(admin);
    !is_unknown && commerce::password_hash::is_usable(admin.password_hash.expose_secret())
}

/// Whether the password was set again after the account was made, which writes the first one into
/// the history within moments.
fn has_changed_password(admin: &Admin) -> bool {
    let made = admin
        .created_at
        .and_then(|made| made.checked_add(MOMENTS).ok());
    matches!((admin.password_set_at, made), (Some(set), Some(made)) if set > made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::Role;
    use crate::lockout::Lockout;

    const HASH: &str = "bf9736ae340173fbbf8974f9480bc64a0849b83adc9288229214773393975697:\
                        qYxk3ZbB1vT9sLr0aWnEJc7uMDh5gG2o:3_32_2_67108864";

    fn history(period: Period) -> History {
        History {
            periods: vec![period],
            by_operator: HashMap::new(),
        }
    }

    const ON: Period = Period {
        from: Timestamp::constant(1_800_000_100, 0),
        until: None,
    };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn admin(username: &str, email: Option<&str>) -> Admin {
        Admin {
            id: 1,
            username: username.into(),
            email: email.map(Into::into),
            first_name: "Ann".into(),
            last_name: "Admin".into(),
            password_hash: HASH.to_owned().into(),
            is_active: true,
            created_at: Some(at(0)),
            password_set_at: Some(at(0)),
            last_sign_in: None,
            lockout: Lockout::default(),
            locale: "en_US".into(),
            role: Some(Role {
                name: "Administrators".into(),
                has_full_rights: true,
                has_any_rights: true,
            }),
        }
    }

    fn readiness_of(admin: Admin) -> Readiness {
        prospects(&[admin], &history(ON), at(200))
            .remove(0)
            .readiness
    }

    #[test]
    fn a_password_from_before_the_integration_signs_in() {
        assert_eq!(
            readiness_of(admin("ann", Some("ann@shop.test"))),
            Readiness::HasPassword
        );
    }

    #[test]
    fn an_account_made_during_the_integration_must_reset() {
        let made_since = Admin {
            created_at: Some(at(101)),
            ..admin("bo", Some("bo@shop.test"))
        };
        assert_eq!(readiness_of(made_since), Readiness::MustReset);
        let role = Some(Role {
            name: PROVISIONED_ROLE.into(),
            has_full_rights: false,
            has_any_rights: false,
        });
        let provisioned = Admin {
            role,
            ..admin("cy", Some("cy@shop.test"))
        };
        assert_eq!(readiness_of(provisioned), Readiness::MustReset);
    }

    #[test]
    fn an_account_made_during_the_integration_must_reset_until_it_has() {
        let over = Period {
            until: Some(at(150)),
            ..ON
        };
        let made = |created, set| Admin {
            created_at: Some(at(created)),
            password_set_at: Some(at(set)),
            ..admin("bo", Some("bo@shop.test"))
        };
        let after = |admin: Admin| {
            let all = prospects(&[admin], &history(over), at(300));
            all[0].readiness
        };
        assert_eq!(
            after(made(100, 100)),
            Readiness::HasPassword,
            "made before, in that second"
        );
        assert_eq!(after(made(120, 120)), Readiness::MustReset);
        assert_eq!(after(made(120, 160)), Readiness::HasPassword, "set since");
        assert_eq!(after(made(151, 151)), Readiness::HasPassword, "made after");
    }

    #[test]
    fn a_password_that_the_operator_gave_during_the_integration_signs_in() {
        let made = Admin {
            created_at: Some(at(120)),
            ..admin("bo", Some("bo@shop.test"))
        };
        let readiness = |given: i64| {
            let history = History {
                by_operator: HashMap::from([(made.id, at(given)), (7, at(120))]),
                ..history(ON)
            };
            prospects(std::slice::from_ref(&made), &history, at(300))[0].readiness
        };
        assert_eq!(readiness(119), Readiness::HasPassword, "by another clock");
        assert_eq!(readiness(250), Readiness::HasPassword, "given anew");
        let of_another = "the account that had this number before";
        assert_eq!(readiness(30), Readiness::MustReset, "{of_another}");
    }

    #[test]
    fn an_empty_hash_must_be_reset_and_without_mail_by_the_operator() {
        let empty = |email| Admin {
            password_hash: String::new().into(),
            ..admin("di", email)
        };
        assert_eq!(
            readiness_of(empty(Some("di@shop.test"))),
            Readiness::MustReset
        );
        assert_eq!(
            readiness_of(empty(Some("not an address"))),
            Readiness::NoReachableMail
        );
        assert_eq!(readiness_of(empty(None)), Readiness::NoReachableMail);
    }

    #[test]
    fn a_lock_is_told_only_while_it_lasts() {
        let locked = |until| Admin {
            lockout: Lockout {
                failures: 6,
                first_failure: None,
                locked_until: Some(at(until)),
            },
            ..admin("ed", Some("ed@shop.test"))
        };
        assert_eq!(readiness_of(locked(300)), Readiness::Locked(at(300)));
        assert_eq!(readiness_of(locked(200)), Readiness::HasPassword);
    }

    #[test]
    fn shared_and_missing_addresses_are_obstacles_and_inactive_admins_do_not_count() {
        let inactive = Admin {
            is_active: false,
            ..admin("old", Some("cy@shop.test"))
        };
        let admins = [
            admin("ann", Some("Ann@shop.test")),
            admin("ann2", Some("ann@shop.test")),
            admin("bo", None),
            admin("cy", Some("cy@shop.test")),
            inactive,
        ];
        let found = prospects(&admins, &History::default(), at(0));
        let obstacles: Vec<_> = found
            .iter()
            .map(|p| (p.username.as_str(), p.obstacle))
            .collect();
        assert_eq!(
            obstacles,
            [
                ("ann", Some(Obstacle::SharedMail)),
                ("ann2", Some(Obstacle::SharedMail)),
                ("bo", Some(Obstacle::NoMail)),
                ("cy", None),
            ]
        );
    }
}
