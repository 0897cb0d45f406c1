//! Somebody who can sign in at the stand-in.
//!
//! People exist only as given at the start; whoever is named first signs in when nobody is asked for.

use serde_json::{Map, Value, json};

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
    /// Other organizations the person belongs to, each without `@AdobeOrg`.
    pub organizations: Vec<String>,
    /// Whether the provider has made sure of the address.
    pub email_verified: bool,
    /// The `groups` claim of the plain OpenID provider.
    pub groups: Vec<String>,
    /// Further claims of the plain OpenID provider; they come last and win.
    pub claims: Map<String, Value>,
}

impl Person {
    /// A member of the organization with this mail address.
    pub fn with_email(email: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            first_name: "Sandbox".to_owned(),
            last_name: "Person".to_owned(),
            member: true,
            organizations: Vec::new(),
            email_verified: true,
            groups: Vec::new(),
            claims: Map::new(),
        }
    }

    /// The lasting identifier of the person at the provider, `userId` or `sub`: the same for the
    /// same mail address.
    pub fn user_id(&self) -> String {
        let digest = crate::request_log::sha256_hex(&self.email.to_ascii_lowercase());
        let digits: String = digest.chars().take(24).collect();
        format!("{}@AdobeID", digits.to_uppercase())
    }

    /// Given and family name.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// What an OpenID provider says of the person, without `sub`.
    pub(crate) fn to_claims(&self) -> Map<String, Value> {
        let said = [
            ("email", json!(self.email)),
            ("email_verified", json!(self.email_verified)),
            ("name", json!(self.name())),
            ("given_name", json!(self.first_name)),
            ("family_name", json!(self.last_name)),
            ("groups", json!(self.groups)),
        ];
        said.into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .chain(self.claims.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_follows_the_address_and_not_its_case() {
        let first = Person::with_email("Ann@shop.test").user_id();
        assert_eq!(first, Person::with_email("ann@shop.test").user_id());
        assert_ne!(first, Person::with_email("eve@shop.test").user_id());
    }

    #[test]
    fn a_claim_of_ones_own_wins() {
        let mut person = Person::with_email("ann@shop.test");
        person.claims.insert("groups".to_owned(), json!("all"));
        assert_eq!(person.to_claims().get("groups"), Some(&json!("all")));
    }
}
