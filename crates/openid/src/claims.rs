//! What a provider says about people, once it is believed.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::id_token::signed_in_at;

/// The longest subject that OpenID Connect Core, section 2, allows.
const LONGEST_SUBJECT: usize = 255;
/// The longest mail address that can be delivered to (RFC 5321, section 4.5.3.1.3).
const LONGEST_ADDRESS: usize = 254;

/// Somebody, as the provider vouches for them.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedIdentity {
    /// Who vouches.
    pub issuer: String,
    /// Who it is there, for ever.
    pub subject: String,
    /// The mail address, only where the provider has verified it.
    pub verified_email: Option<String>,
    /// Given name; may be empty.
    pub first_name: String,
    /// Family name; may be empty.
    pub last_name: String,
    /// When the person signed in at the provider, where it says so.
    pub signed_in_at: Option<Timestamp>,
    /// The provider's name for the person's session there, where it has one.
    pub session: Option<String>,
    /// Every claim that was read, for mapping them to roles.
    pub claims: Map<String, Value>,
    /// What other sources than the ID token said, where there was an ID token.
    pub(crate) beside_id_token: Option<Map<String, Value>>,
}

/// A claim that must hold a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredClaim {
    /// The name, such as `groups`; dots lead into objects, as in `realm_access.roles`.
    pub name: String,
    /// The value, or one of the list that the claim holds.
    pub value: String,
}

/// That somebody's session at the provider is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutToken {
    /// Whose, if it is about all of a person's.
    pub subject: Option<String>,
    /// Which, if it is about one.
    pub session: Option<String>,
    /// The token's own name, which must not come twice.
    pub id: String,
    /// Until when it could come again.
    pub expires_at: Timestamp,
}

/// An access token of an API client that holds.
#[derive(Clone, Debug)]
pub struct VerifiedBearer {
    /// Whose it is.
    pub person: VerifiedIdentity,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it runs out.
    pub expires_at: Timestamp,
}

impl VerifiedIdentity {
    /// Somebody from the standard claims of OpenID Connect Core, section 5.1.
    pub(crate) fn from_claims(
        issuer: &str,
        subject: &str,
        verified_email: Option<String>,
        claims: Map<String, Value>,
    ) -> Self {
        let name = |name| text(&claims, name).unwrap_or_default().to_owned();
        Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
            verified_email,
            first_name: name("given_name"),
            last_name: name("family_name"),
            signed_in_at: signed_in_at(&claims),
            session: text(&claims, "sid").map(str::to_owned),
            claims,
            beside_id_token: None,
        }
    }

    /// Whether an ID token was among what was read.
    pub fn has_id_token(&self) -> bool {
        self.beside_id_token.is_some()
    }

    /// Whether a claim was said by the ID token, and by nothing else.
    pub fn is_said_by_id_token_alone(&self, name: &str) -> bool {
        let is_silent = |others| find(others, name).is_none();
        find(&self.claims, name).is_some() && self.beside_id_token.as_ref().is_some_and(is_silent)
    }

    /// What a claim holds: its value, or each of the list; as [`RequiredClaim`] finds them.
    pub fn values_of(&self, name: &str) -> Vec<String> {
        values_of(&self.claims, name)
    }
}

impl RequiredClaim {
    /// Whether the claims hold the value.
    pub(crate) fn holds_in(&self, claims: &Map<String, Value>) -> bool {
        values_of(claims, &self.name).contains(&self.value)
    }
}

/// A claim. A name with dots is first taken as it stands, since names that are addresses
/// (`https://shop.test/groups`) have dots too.
fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let within = || {
        let mut parts = name.split('.');
        let first = claims.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    };
    claims.get(name).or_else(within)
}

/// A claim's values as texts.
fn values_of(claims: &Map<String, Value>, name: &str) -> Vec<String> {
    match find(claims, name) {
        Some(Value::Array(list)) => list.iter().filter_map(plain_text).collect(),
        Some(value) => plain_text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A claim that is a text.
pub(crate) fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// A subject that can be kept as a key.
pub(crate) fn subject(claims: &Map<String, Value>) -> Option<&str> {
    text(claims, "sub").filter(|subject| is_subject(subject))
}

pub(crate) fn is_subject(subject: &str) -> bool {
    (1..=LONGEST_SUBJECT).contains(&subject.len()) && !subject.chars().any(char::is_control)
}

/// Whom a token is for: one, or a list. A list with anything but texts in it is nobody.
pub(crate) fn audience(claims: &Map<String, Value>) -> Vec<&str> {
    match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(list)) => {
            let texts: Option<Vec<_>> = list.iter().map(Value::as_str).collect();
            texts.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The address, if the provider says in the same breath that it has verified it; Adobe and some
/// others say so in a text.
pub(crate) fn verified_address(claims: &Map<String, Value>, verified: &str) -> Option<String> {
    let is_verified = match claims.get(verified) {
        Some(Value::Bool(is_verified)) => *is_verified,
        Some(Value::String(text)) => text == "true",
        _ => false,
    };
    let plain = |address: &&str| {
        address.len() <= LONGEST_ADDRESS
            && address.matches('@').count() == 1
            && !address.chars().any(|c| c.is_control() || c.is_whitespace())
    };
    let address = text(claims, "email").filter(plain)?;
    is_verified.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn holds(name: &str, value: &str, in_claims: Value) -> bool {
        let (name, value) = (name.to_owned(), value.to_owned());
        RequiredClaim { name, value }.holds_in(&claims(in_claims))
    }

    #[test]
    fn a_claim_holds_its_value_or_each_of_its_list() {
        assert!(holds("org", "shop", json!({"org": "shop"})));
        assert!(holds("groups", "b", json!({"groups": ["a", "b"]})));
        assert!(holds("member", "true", json!({"member": true})));
        assert!(holds(
            "realm.roles",
            "r",
            json!({"realm": {"roles": ["r"]}})
        ));
        assert!(holds(
            "https://a.test/org",
            "o",
            json!({"https://a.test/org": "o"})
        ));
        assert!(!holds("groups", "b", json!({"groups": "a,b"})));
        assert!(!holds("groups", "b", json!({"groups": [["b"]]})));
        assert!(!holds("groups", "", json!({"groups": []})));
        assert!(!holds("groups", "b", json!({"realm": {"groups": "b"}})));
        assert!(!holds("realm.roles", "r", json!({"realm": "r"})));
    }

    #[test]
    fn v04_an_address_counts_only_when_it_is_one_and_verified() {
        let address = |email: Value, verified: Value| {
            let claims = claims(json!({"email": email, "email_verified": verified}));
            verified_address(&claims, "email_verified")
        };
        let good = Some("ann@shop.test".to_owned());
        assert_eq!(address(json!("ann@shop.test"), json!(true)), good);
        assert_eq!(address(json!("ann@shop.test"), json!("true")), good);
        for verified in [
            json!(false),
            json!("false"),
            json!("TRUE"),
            json!(1),
            json!(null),
        ] {
            assert_eq!(address(json!("ann@shop.test"), verified), None);
        }
        for email in [
            "ann",
            "a@evil@shop.test",
            "ann@shop.test\n",
            "ann @shop.test",
            "",
        ] {
            assert_eq!(address(json!(email), json!(true)), None, "{email}");
        }
        assert_eq!(address(json!(["ann@shop.test"]), json!(true)), None);
    }
}
