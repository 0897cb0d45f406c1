//! What a provider says about people, once it is believed.

use jiff::Timestamp;
use serde_json::{Map, Value};

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
}

/// A claim that must hold a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredClaim {
    /// The name, such as `groups`; dots lead into objects, as in `realm_access.roles`.
    pub name: String,
    /// The value, or one of the list that the claim holds.
    pub value: String,
}

impl RequiredClaim {
    /// Whether claims hold the value: as the claim itself, or in the list that it is.
    pub fn is_met_by(&self, claims: &Map<String, Value>) -> bool {
        let mut steps = self.name.split('.');
        let first = steps.next().and_then(|name| claims.get(name));
        // A claim whose very name holds dots, as namespaced ones do, is meant first.
        let whole = claims.get(&self.name);
        let nested = steps.fold(first, |value, name| value?.get(name));
        [whole, nested]
            .into_iter()
            .flatten()
            .any(|value| match value {
                Value::Array(values) => values.iter().any(|value| self.is(value)),
                value => self.is(value),
            })
    }

    fn is(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => *text == self.value,
            Value::Bool(flag) => flag.to_string() == self.value,
            Value::Number(number) => number.to_string() == self.value,
            _ => false,
        }
    }
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
    /// When it runs out.
    pub expires_at: Timestamp,
}
