//! Whose account somebody's identity at the provider opens. An identity is the provider and the
//! person's lasting name there; a mail address serves only once, to find the account that the
//! identity is then linked to. Whoever gets the address later gets no account with it (V12, A9).
//!
//! ```text
//!  linked ──────────────────────────────────────────────▶ that account
//!  not linked ── verified address ── one active account ─▶ linked to it, unless it is another's
//!                                 ├─ none ───────────────▶ provisioned, where that is allowed
//!                                 └─ several ────────────▶ refused
//! ```

use crate::admin::{Admin, AdminId};

/// What is known when somebody comes back from the provider.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The account that the identity is linked to, if it is.
    pub linked: Option<&'a Admin>,
    /// The address, where the provider has verified it.
    pub verified_email: Option<&'a str>,
    /// The accounts whose address might be that one.
    pub candidates: &'a [Admin],
    /// Those among them that are linked to another identity of the same provider.
    pub taken: &'a [AdminId],
    /// Whether an account is made for who has none.
    pub is_provisioning: bool,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The identity is this account's.
    Linked(AdminId),
    /// Link it to this account.
    Link(AdminId),
    /// Make an account.
    Provision,
}

/// Why an identity opens no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonRefused {
    /// The provider has not verified the address, or named none, and the identity is not linked.
    EmailUnverified,
    /// No active account has the address.
    NoAccount,
    /// Several active accounts have it.
    Ambiguous,
    /// The account with the address is linked to another identity already.
    LinkedToAnother,
    /// The account exists and is switched off.
    Inactive,
    /// The account has come to its end.
    Expired,
    /// The account has no role.
    NoRole,
    /// Claims decide about the role, and none of theirs stands for one.
    NoMappedRole,
}

impl PersonRefused {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::EmailUnverified => "person.email_unverified",
            Self::NoAccount => "person.no_account",
            Self::Ambiguous => "person.ambiguous",
            Self::LinkedToAnother => "person.linked_to_another",
            Self::Inactive => "person.inactive",
            Self::Expired => "person.expired",
            Self::NoRole => "person.no_role",
            Self::NoMappedRole => "person.no_mapped_role",
        }
    }
}

/// Decides.
pub fn resolve(findings: Findings<'_>) -> Result<Resolution, PersonRefused> {
    if let Some(admin) = findings.linked {
        return match admin.is_active {
            true => Ok(Resolution::Linked(admin.id)),
            false => Err(PersonRefused::Inactive),
        };
    }
    let Some(email) = findings.verified_email else {
        return Err(PersonRefused::EmailUnverified);
    };
    let is_theirs = |admin: &&Admin| admin.email.as_deref().is_some_and(|own| same(own, email));
    let mut all = findings.candidates.iter().filter(is_theirs).peekable();
    if all.peek().is_none() {
        return match findings.is_provisioning {
            true => Ok(Resolution::Provision),
            false => Err(PersonRefused::NoAccount),
        };
    }
    let mut active = all.filter(|admin| admin.is_active);
    match (active.next(), active.next()) {
        (None, _) => Err(PersonRefused::Inactive),
        (Some(_), Some(_)) => Err(PersonRefused::Ambiguous),
        (Some(admin), None) if findings.taken.contains(&admin.id) => {
            Err(PersonRefused::LinkedToAnother)
        }
        (Some(admin), None) => Ok(Resolution::Link(admin.id)),
    }
}

/// Whether two addresses are one: in any case of the letters a to z, and in nothing else. A
/// database's collation takes accents for nothing, and the small letter of the Kelvin sign is a
/// plain k: either would give one person another's account.
fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::Role;
    use crate::lockout::Lockout;

    fn admin(id: AdminId, email: &str) -> Admin {
        Admin {
            id,
            username: format!("boss{id}"),
            email: Some(email.to_owned()),
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

    fn switched_off(admin: Admin) -> Admin {
        Admin {
            is_active: false,
            ..admin
        }
    }

    fn by_email<'a>(email: &'a str, candidates: &'a [Admin]) -> Findings<'a> {
        Findings {
            linked: None,
            verified_email: Some(email),
            candidates,
            taken: &[],
            is_provisioning: false,
        }
    }

    #[test]
    fn v12_a_linked_identity_opens_its_account_whatever_the_address_is_now() {
        let (ann, bob) = (admin(1, "ann@shop.test"), admin(2, "bob@shop.test"));
        let candidates = [bob];
        let findings = Findings {
            linked: Some(&ann),
            ..by_email("bob@shop.test", &candidates)
        };
        assert_eq!(resolve(findings), Ok(Resolution::Linked(1)));
        let off = switched_off(ann.clone());
        let findings = Findings {
            linked: Some(&off),
            ..by_email("bob@shop.test", &candidates)
        };
        assert_eq!(resolve(findings), Err(PersonRefused::Inactive));
    }

    #[test]
    fn a09_the_address_finds_the_account_whatever_its_user_name() {
        let candidates = [admin(1, "Ann@Shop.test")];
        let found = resolve(by_email("ann@shop.TEST", &candidates));
        assert_eq!(found, Ok(Resolution::Link(1)));
    }

    #[test]
    fn v04_an_address_that_only_looks_alike_is_another_one() {
        let candidates = [
            admin(1, "ann@shop.test"),
            admin(2, "änn@shop.test"),
            admin(3, "frank@shop.test"),
        ];
        for other in [
            "fran\u{212a}@shop.test",
            "ánn@shop.test",
            "ann@shop.test.evil.test",
            "a@ann@shop.test",
        ] {
            let found = resolve(by_email(other, &candidates));
            assert_eq!(found, Err(PersonRefused::NoAccount), "{other}");
        }
    }

    #[test]
    fn whoever_is_not_one_known_person_is_refused_with_the_reason() {
        let several = [admin(1, "ann@shop.test"), admin(2, "ANN@shop.test")];
        let off = [switched_off(admin(1, "ann@shop.test"))];
        let one_off = [several[0].clone(), switched_off(several[1].clone())];
        let ann = "ann@shop.test";
        let unverified = Findings {
            verified_email: None,
            ..by_email(ann, &several)
        };
        let taken = Findings {
            taken: &[1],
            ..by_email(ann, &one_off)
        };
        let unknown = Findings {
            is_provisioning: true,
            ..by_email("eve@shop.test", &several)
        };
        let cases = [
            (by_email(ann, &several), Err(PersonRefused::Ambiguous)),
            (by_email(ann, &off), Err(PersonRefused::Inactive)),
            (by_email(ann, &one_off), Ok(Resolution::Link(1))),
            (
                by_email("eve@shop.test", &several),
                Err(PersonRefused::NoAccount),
            ),
            (unverified, Err(PersonRefused::EmailUnverified)),
            (taken, Err(PersonRefused::LinkedToAnother)),
            (unknown, Ok(Resolution::Provision)),
        ];
        for (findings, expected) in cases {
            assert_eq!(resolve(findings), expected, "{findings:?}");
        }
    }
}
