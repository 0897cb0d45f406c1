//! Somebody who can sign in at the stand-in.
//!
//! People exist only as given at the start; whoever is named first signs in when nobody is asked for.

use std::str::FromStr;

/// A person with an Adobe ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Mail address, as the profile answers it.
    pub email: String,
    /// Given name in the profile.
    pub first_name: String,
    /// Family name in the profile.
    pub last_name: String,
    /// Whether the person belongs to the organization; the membership path answers this.
    pub member: bool,
}

/// Why a description of a person could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonError {
    /// There is no `email=` in it.
    #[error("a person needs email=ADDRESS")]
    NoEmail,
    /// A part is not one of `email`, `first`, `last`, `member=yes|no`.
    #[error("`{0}` is none of email=, first=, last=, member=yes|no")]
    UnknownPart(String),
}

impl Person {
    /// A member of the organization with this mail address.
    pub fn with_email(email: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            first_name: "Sandbox".to_owned(),
            last_name: "Person".to_owned(),
            member: true,
        }
    }

    /// The lasting identifier of the person at the provider: the same for the same mail address.
    pub(crate) fn user_id(&self) -> String {
        let digest = crate::request_log::sha256_hex(&self.email.to_ascii_lowercase());
        let digits: String = digest.chars().take(24).collect();
        format!("{}@AdobeID", digits.to_uppercase())
    }
}

impl FromStr for Person {
    type Err = PersonError;

    fn from_str(description: &str) -> Result<Self, PersonError> {
        let mut person = Self::with_email("");
        for part in description.split(',') {
            match part.split_once('=') {
                Some(("email", value)) => person.email = value.to_owned(),
                Some(("first", value)) => person.first_name = value.to_owned(),
                Some(("last", value)) => person.last_name = value.to_owned(),
                Some(("member", "yes")) => person.member = true,
                Some(("member", "no")) => person.member = false,
                _ => return Err(PersonError::UnknownPart(part.to_owned())),
            }
        }
        if person.email.is_empty() {
            Err(PersonError::NoEmail)
        } else {
            Ok(person)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_from_named_parts() {
        let person: Person = "email=eve@shop.test,first=Eve,last=Vendor,member=no"
            .parse()
            .unwrap();
        assert_eq!(
            person,
            Person {
                email: "eve@shop.test".into(),
                first_name: "Eve".into(),
                last_name: "Vendor".into(),
                member: false,
            }
        );
    }

    #[test]
    fn a_person_without_an_address_or_with_an_unknown_part_is_refused() {
        assert_eq!("first=Eve".parse::<Person>(), Err(PersonError::NoEmail));
        assert_eq!(
            "email=a@b.test,age=7".parse::<Person>(),
            Err(PersonError::UnknownPart("age=7".into()))
        );
        assert_eq!(
            "email=a@b.test,member=maybe".parse::<Person>(),
            Err(PersonError::UnknownPart("member=maybe".into()))
        );
    }

    #[test]
    fn the_identifier_follows_the_address_and_not_its_case() {
        let first = Person::with_email("Ann@shop.test").user_id();
        assert_eq!(first, Person::with_email("ann@shop.test").user_id());
        assert_ne!(first, Person::with_email("eve@shop.test").user_id());
    }
}
