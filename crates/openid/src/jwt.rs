//! A signed token, taken apart strictly before anything in it is believed.
//!
//! Compact JWS only: three parts, base64url without padding, no member twice, nothing compressed,
//! no extensions. Keys and their addresses in the header (`jwk`, `jku`, `x5c`, `x5u`) are never
//! looked at here: whoever made the token up made those up too.

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Map, Value};

use crate::{
    algorithm,
    refusal::Refusal,
    strict_json::{self, Flaw},
};

/// More than any provider puts into a token, and little to read.
const LARGEST: usize = 16 * 1024;

/// A token that is well-formed and signed with something acceptable, but not yet verified.
pub(crate) struct Jwt<'a> {
    pub(crate) header: Header,
    claims: Map<String, Value>,
    signed: &'a str,
    signature: &'a str,
}

/// What counts of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) algorithm: Algorithm,
    pub(crate) key_id: Option<String>,
    /// In lower case and without `application/`, which RFC 7515 lets people leave out.
    pub(crate) kind: Option<String>,
    pub(crate) certificate: Option<String>,
}

impl<'a> Jwt<'a> {
    /// Takes a token apart; `accepted` is what this issuer may sign with.
    pub(crate) fn parse(token: &'a str, accepted: &[Algorithm]) -> Result<Self, Refusal> {
        if token.len() > LARGEST {
            return Err(Refusal::TokenTooLarge);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::TokenMalformed)?;
        let (header, claims) = signed.split_once('.').ok_or(Refusal::TokenMalformed)?;
        let header = Header::read(&part(header)?, accepted)?;
        Ok(Self {
            header,
            claims: part(claims)?,
            signed,
            signature,
        })
    }

    /// The claims, if one of the keys has signed them.
    pub(crate) fn verified<'k>(
        self,
        keys: impl IntoIterator<Item = &'k DecodingKey>,
    ) -> Result<Map<String, Value>, Refusal> {
        let holds = |key| {
            crypto::verify(
                self.signature,
                self.signed.as_bytes(),
                key,
                self.header.algorithm,
            )
        };
        if keys.into_iter().any(|key| holds(key).unwrap_or(false)) {
            Ok(self.claims)
        } else {
            Err(Refusal::TokenSignature)
        }
    }

    /// Whether a text is meant as a token of this kind, rather than being opaque.
    pub(crate) fn is_meant(token: &str) -> bool {
        token.split('.').count() == 3
            && token
                .split_once('.')
                .is_some_and(|(header, _)| part(header).is_ok_and(|it| it.contains_key("alg")))
    }

    /// The claims of a token that came straight from the provider and was believed then, for what
    /// decides nothing: a hint, or when to ask again.
    pub(crate) fn stored_claims(token: &str) -> Option<Map<String, Value>> {
        part(token.split('.').nth(1)?).ok()
    }
}

impl Header {
    fn read(members: &Map<String, Value>, accepted: &[Algorithm]) -> Result<Self, Refusal> {
        let text = |name| match members.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Refusal::TokenMalformed),
        };
        if members.contains_key("crit") {
            return Err(Refusal::TokenCritical);
        }
        if members.contains_key("zip") {
            return Err(Refusal::TokenCompressed);
        }
        let algorithm = text("alg")?
            .and_then(|name| algorithm::accepted(&name))
            .filter(|algorithm| accepted.contains(algorithm))
            .ok_or(Refusal::TokenAlgorithm)?;
        let kind = text("typ")?.map(|kind| kind.to_ascii_lowercase());
        Ok(Self {
            algorithm,
            key_id: text("kid")?,
            kind: kind.map(|kind| kind.trim_start_matches("application/").to_owned()),
            certificate: text("x5u")?,
        })
    }
}

fn part(encoded: &str) -> Result<Map<String, Value>, Refusal> {
    let bytes = BASE64URL_NOPAD
        .decode(encoded.as_bytes())
        .map_err(|_| Refusal::TokenMalformed)?;
    strict_json::object(&bytes).map_err(|flaw| match flaw {
        Flaw::NotAnObject => Refusal::TokenMalformed,
        Flaw::Duplicate => Refusal::TokenDuplicateMember,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_is_more_than_refused(text in any::<String>()) {
            prop_assert!(Jwt::parse(&text, &algorithm::ACCEPTED).is_err());
            Jwt::is_meant(&text);
            Jwt::stored_claims(&text);
        }

        #[test]
        fn no_three_parts_are_more_than_refused(
            header in r#"\{"alg":"[A-Za-z0-9]{1,5}"(,"kid":[0-9])?\}"#,
            claims in ".{0,20}",
        ) {
            let encode = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
            let token = format!("{}.{}.", encode(&header), encode(&claims));
            if let Ok(jwt) = Jwt::parse(&token, &algorithm::ACCEPTED) {
                let key = DecodingKey::from_rsa_raw_components(&[1; 256], &[1, 0, 1]);
                prop_assert_eq!(jwt.verified([&key]), Err(Refusal::TokenSignature));
            }
        }
    }
}
