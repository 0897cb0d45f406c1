//! A person on the command line: `email=ann@shop.test,first=Ann,group=admins`.

use std::str::FromStr;

use serde_json::json;

use crate::person::Person;

/// Why a description of a person could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// There is no `email=` in it.
    #[error("a person needs email=ADDRESS")]
    NoEmail,
    /// A part is not one of those that there are.
    #[error(
        "`{0}` is none of email=, first=, last=, member=yes|no, verified=yes|no, organization=, \
         group=, claim.NAME="
    )]
    UnknownPart(String),
}

impl FromStr for Person {
    type Err = PersonError;

    fn from_str(description: &str) -> Result<Self, PersonError> {
        let mut person = Self::with_email("");
        for part in description.split(',') {
            let unknown = || PersonError::UnknownPart(part.to_owned());
            let (name, value) = part.split_once('=').ok_or_else(unknown)?;
            match name {
                "email" => person.email = value.to_owned(),
                "first" => person.first_name = value.to_owned(),
                "last" => person.last_name = value.to_owned(),
                "member" => person.member = read_answer(value).ok_or_else(unknown)?,
                "verified" => person.email_verified = read_answer(value).ok_or_else(unknown)?,
                "organization" => person.organizations.push(value.to_owned()),
                "group" => person.groups.push(value.to_owned()),
                _ => {
                    let claim = name.strip_prefix("claim.").ok_or_else(unknown)?;
                    person.claims.insert(claim.to_owned(), json!(value));
                }
            }
        }
        if person.email.is_empty() {
            Err(PersonError::NoEmail)
        } else {
            Ok(person)
        }
    }
}

fn read_answer(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_from_named_parts() {
        let description = "email=eve@shop.test,first=Eve,last=Vendor,member=no,verified=no,\
                           organization=FEDCBA,group=a,group=b,claim.plan=gold";
        let person: Person = description.parse().unwrap();
        let expected = Person {
            email: "eve@shop.test".into(),
            first_name: "Eve".into(),
            last_name: "Vendor".into(),
            member: false,
            email_verified: false,
            organizations: vec!["FEDCBA".into()],
            groups: vec!["a".into(), "b".into()],
            claims: [("plan".to_owned(), json!("gold"))].into_iter().collect(),
        };
        assert_eq!(person, expected);
    }

    #[test]
    fn a_person_without_an_address_or_with_an_unknown_part_is_refused() {
        assert_eq!("first=Eve".parse::<Person>(), Err(PersonError::NoEmail));
        for part in ["age=7", "member=maybe", "claim=7", "member"] {
            let description = format!("email=a@b.test,{part}");
            assert_eq!(
                description.parse::<Person>(),
                Err(PersonError::UnknownPart(part.into()))
            );
        }
    }
}
