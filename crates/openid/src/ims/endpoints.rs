//! Adobe's addresses, from the patterns of the shop's configuration.
//!
//! Inserted values are URL-encoded, unlike in Commerce; only the three base addresses go in as they
//! stand. A pattern is checked when it is used: a broken one must not stop what does not need it.

use url::Url;

use super::patterns::Patterns;
use crate::provider_url::{ProviderUrl, UrlRefused};

/// What an authorization request says.
#[derive(Debug, Clone, Copy)]
pub struct AuthorizationRequest<'a> {
    /// The client ID.
    pub client_id: &'a str,
    /// Where the provider sends the browser back to.
    pub redirect_uri: &'a str,
    /// Locale such as `en_US`, for the provider's pages.
    pub locale: &'a str,
    /// Scopes in the configuration's order; IMS takes them joined by commas.
    pub scopes: &'a [&'a str],
    /// Comes back with the code.
    pub state: &'a str,
}

/// Adobe's addresses.
#[derive(Debug, Clone)]
pub struct Endpoints(Patterns);

/// An address in the configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddress {
    /// Not a URL that may be asked.
    #[error("the address in adobe_ims/integration/{setting} {reason}")]
    Refused {
        /// The configuration path below `adobe_ims/integration/`.
        setting: &'static str,
        /// What is wrong with it.
        reason: UrlRefused,
    },
    /// A placeholder that has no value here, or one that does not end.
    #[error("the address in adobe_ims/integration/{setting} holds an unknown placeholder")]
    Placeholder {
        /// The configuration path below `adobe_ims/integration/`.
        setting: &'static str,
    },
}

impl Endpoints {
    /// Takes the patterns; none is looked at before it is used.
    pub fn new(patterns: Patterns) -> Self {
        Self(patterns)
    }

    /// The issuer of Adobe's identities and ID tokens: the base address, without a slash at its end.
    pub fn issuer(&self) -> &str {
        without_slash(&self.0.ims_base)
    }

    /// The keys of ID tokens. Commerce asks for none, so no setting names their place.
    ///
    /// # Errors
    /// When the base address makes no URL that may be asked.
    pub fn keys(&self) -> Result<ProviderUrl, InvalidAddress> {
        self.address("imsUrl", "#{imsUrl}/ims/keys", &[])
    }

    /// Where the browser goes to sign in.
    ///
    /// # Errors
    /// As every address here: when the pattern makes no URL that may be asked.
    pub fn authorize(&self, request: &AuthorizationRequest) -> Result<ProviderUrl, InvalidAddress> {
        let scope = request.scopes.join(",");
        self.address(
            "admin/auth_url_pattern",
            &self.0.authorize,
            &[
                ("client_id", request.client_id),
                ("redirect_uri", request.redirect_uri),
                ("locale", request.locale),
                ("scope", &scope),
                ("state", request.state),
            ],
        )
    }

    /// Where a code becomes a token.
    ///
    /// # Errors
    /// When the pattern makes no URL that may be asked.
    pub fn token(&self) -> Result<ProviderUrl, InvalidAddress> {
        self.address("token_url", &self.0.token, &[])
    }

    /// Who a token stands for.
    ///
    /// # Errors
    /// When the pattern makes no URL that may be asked.
    pub fn profile(&self, client_id: &str) -> Result<ProviderUrl, InvalidAddress> {
        self.address("profile_url", &self.0.profile, &[("client_id", client_id)])
    }

    /// Whether a token still holds.
    ///
    /// # Errors
    /// When the pattern makes no URL that may be asked.
    pub fn validate_token(&self) -> Result<ProviderUrl, InvalidAddress> {
        self.address("validate_token_url", &self.0.validate_token, &[])
    }

    /// Ends a token.
    ///
    /// # Errors
    /// When the pattern makes no URL that may be asked.
    pub fn logout(&self) -> Result<ProviderUrl, InvalidAddress> {
        self.address("admin_logout_url", &self.0.logout, &[])
    }

    /// Whether a token's person belongs to the organization (24 characters, without `@AdobeOrg`).
    ///
    /// # Errors
    /// When the pattern makes no URL that may be asked.
    pub fn membership(&self, organization_id: &str) -> Result<ProviderUrl, InvalidAddress> {
        let values = [("org_id", organization_id)];
        self.address("organization_membership_url", &self.0.membership, &values)
    }

    /// The certificate of access tokens that has this name. The name stands in tokens that nobody
    /// has verified yet, so it must be a plain file name: it can choose a file, never a place (A14).
    /// `None` when it is no such name.
    ///
    /// # Errors
    /// When the pattern makes no URL that may be asked.
    pub fn certificate(&self, name: &str) -> Result<Option<ProviderUrl>, InvalidAddress> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        if !(1..=100).contains(&name.len())
            || !name.bytes().all(plain)
            || name.starts_with('.')
            || name.contains("..")
        {
            return Ok(None);
        }
        let pattern = format!("{}{name}", self.0.certificate);
        self.address("certificate_path", &pattern, &[]).map(Some)
    }

    fn address(
        &self,
        setting: &'static str,
        pattern: &str,
        values: &[(&str, &str)],
    ) -> Result<ProviderUrl, InvalidAddress> {
        let filled = self
            .fill(pattern, values)
            .ok_or(InvalidAddress::Placeholder { setting })?;
        ProviderUrl::parse(&filled).map_err(|reason| InvalidAddress::Refused { setting, reason })
    }

    /// Goes through the pattern once, so that an inserted value is never itself a pattern. `None`
    /// for a placeholder without a value.
    fn fill(&self, pattern: &str, values: &[(&str, &str)]) -> Option<String> {
        let mut filled = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("#{") {
            let (name, after) = after.split_once('}')?;
            filled.push_str(before);
            match name {
                "imsUrl" => filled.push_str(without_slash(&self.0.ims_base)),
                "organizationMembershipUrl" => {
                    filled.push_str(without_slash(&self.0.membership_base));
                }
                "certificateUrl" => filled.push_str(without_slash(&self.0.certificate_base)),
                _ => {
                    let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                    filled.push_str(&encode(value));
                }
            }
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

fn without_slash(base: &str) -> &str {
    base.trim().trim_end_matches('/')
}

/// Percent-encodes all but the unreserved characters of RFC 3986, section 2.3: right in a path and
/// in a query alike.
fn encode(value: &str) -> String {
    value
        .bytes()
        .fold(String::with_capacity(value.len()), |mut encoded, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                encoded.push(char::from(byte));
            } else {
                encoded.push('%');
                encoded.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
            }
            encoded
        })
}

/// Whether two addresses have the same scheme, host and port; an opaque address has none.
pub(super) fn same_origin(one: &Url, other: &Url) -> bool {
    one.origin().is_tuple() && one.origin() == other.origin()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn endpoints(change: impl FnOnce(&mut Patterns)) -> Endpoints {
        let mut patterns = Patterns::default();
        change(&mut patterns);
        Endpoints::new(patterns)
    }

    fn request() -> AuthorizationRequest<'static> {
        AuthorizationRequest {
            client_id: "some-client",
            redirect_uri: "https://shop.test/admin/adobe_ims_auth/oauth/imscallback/",
            locale: "en_US",
            scopes: &["AdobeID", "openid"],
            state: "a&b#{imsUrl}",
        }
    }

    #[test]
    fn adobe_addresses_are_those_of_commerce_with_encoded_values() {
        let endpoints = endpoints(|_| ());
        let text = |url: Result<ProviderUrl, _>| url.unwrap().as_url().to_string();
        assert_eq!(
            text(endpoints.authorize(&request())),
            "https://ims-na1.adobelogin.com/ims/authorize/v2?client_id=some-client\
             &redirect_uri=https%3A%2F%2Fshop.test%2Fadmin%2Fadobe_ims_auth%2Foauth%2Fimscallback%2F\
             &locale=en_US&scope=AdobeID%2Copenid&state=a%26b%23%7BimsUrl%7D&response_type=code"
        );
        assert_eq!(
            text(endpoints.token()),
            "https://ims-na1.adobelogin.com/ims/token"
        );
        assert_eq!(
            text(endpoints.profile("x y")),
            "https://ims-na1.adobelogin.com/ims/profile/v1?client_id=x%20y"
        );
        assert_eq!(
            text(endpoints.validate_token()),
            "https://ims-na1.adobelogin.com/ims/validate_token/v1"
        );
        assert_eq!(
            text(endpoints.logout()),
            "https://ims-na1.adobelogin.com/ims/logout/v1"
        );
        assert_eq!(
            text(endpoints.membership("0123456789ABCDEF01234567")),
            "https://graph.identity.adobe.com/0123456789ABCDEF01234567@AdobeOrg/membership"
        );
    }

    #[test]
    fn a_slash_at_the_end_of_a_base_is_not_doubled_and_full_addresses_stand() {
        let endpoints = endpoints(|patterns| {
            patterns.ims_base = "http://127.0.0.1:8123/".into();
            patterns.logout = "https://other.test/logout".into();
        });
        let token = endpoints.token().unwrap();
        assert_eq!(token.as_url().as_str(), "http://127.0.0.1:8123/ims/token");
        assert_eq!(
            endpoints.logout().unwrap().as_url().as_str(),
            "https://other.test/logout"
        );
    }

    #[test]
    fn an_unusable_address_is_refused_by_the_name_of_its_setting_and_stops_no_other() {
        let endpoints = endpoints(|patterns| {
            patterns.token = "http://ims.test/ims/token".into();
            patterns.profile = "#{imsUrl}/#{nickname}".into();
            patterns.membership = "#{org_id".into();
        });
        assert_eq!(
            endpoints.token().unwrap_err().to_string(),
            "the address in adobe_ims/integration/token_url is plain http to `ims.test`; only \
             https is allowed, except to this machine"
        );
        assert_eq!(
            endpoints.profile("c").unwrap_err().to_string(),
            "the address in adobe_ims/integration/profile_url holds an unknown placeholder"
        );
        assert!(matches!(
            endpoints.membership("o"),
            Err(InvalidAddress::Placeholder { .. })
        ));
        assert!(endpoints.logout().is_ok());
    }

    #[test]
    fn a14_a_certificate_has_a_plain_file_name_or_none() {
        let endpoints = endpoints(|_| ());
        let url = endpoints.certificate("ims_na1-key-1.cer").unwrap().unwrap();
        assert_eq!(
            url.as_url().as_str(),
            "https://static.adobelogin.com/keys/prod/ims_na1-key-1.cer"
        );
        for name in [
            "",
            ".",
            "..",
            "../stage/key.cer",
            "a..b",
            ".hidden",
            "a/b",
            "a%2fb",
            "a?b",
            "a#b",
            "a\\b",
            "//evil.test/key.cer",
            "https://evil.test/key.cer",
            "key.cer\n",
            "kéy.cer",
            "#{imsUrl}",
            &"a".repeat(101),
        ] {
            assert!(endpoints.certificate(name).unwrap().is_none(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_value_moves_the_request_to_another_place(value in any::<String>()) {
            let url = endpoints(|_| ()).membership(&value).unwrap();
            prop_assert_eq!(url.as_url().host_str(), Some("graph.identity.adobe.com"));
            prop_assert_eq!(url.as_url().query(), None);

            let url = endpoints(|_| ()).profile(&value).unwrap();
            prop_assert_eq!(url.as_url().path(), "/ims/profile/v1");
            let pairs: Vec<_> = url.as_url().query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, vec![("client_id".to_owned(), value)]);
        }
    }
}
