//! What the integration is switched on with, the form that each of it must have, and the rows it
//! becomes. Whether the provider takes it is found out in `enable`.

use super::obstacles::InvalidSetting;
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::{ProviderSettings, USUAL_GRACE};
use crate::random;
use commerce::configuration::{
    CLIENT_ID, CLIENT_SECRET, OPENID_ID_TOKEN_HINT, OPENID_ISSUER, OPENID_ORGANIZATION_CLAIM,
    OPENID_PROVISIONING, OPENID_ROLE_CLAIM, OPENID_ROLES, OPENID_SCOPES, OPENID_SECOND_FACTOR,
    ORGANIZATION_ID,
};
use openid::{ProviderUrl, RequiredClaim};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

/// What identifies the shop to the provider, and what the provider's word means here.
pub struct Settings {
    /// For Adobe 24 letters and digits, with or without `@AdobeOrg`. For an OpenID provider the
    /// value that the organization's claim must hold; empty where there is no such claim.
    pub organization_id: String,
    /// For Adobe letters, digits, `_` and `-`; for others anything printable without blanks.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// The OpenID provider; nothing for Adobe.
    pub open_id: Option<OpenId>,
    /// Who becomes what.
    pub members: Members,
}

/// An OpenID provider in place of Adobe.
pub struct OpenId {
    /// Its issuer, to the letter.
    pub issuer: String,
    /// What it is asked for; where empty, what is usual.
    pub scopes: Vec<String>,
    /// The claim that stands for belonging to the organization; without one everybody belongs
    /// whom the provider signs in.
    pub organization_claim: Option<String>,
    /// What an ID token must say for a second factor, of which one must hold; none where the
    /// provider's word is enough.
    pub second_factor: Vec<RequiredClaim>,
    /// Whether it is shown the ID token of whoever signs out.
    pub id_token_hint: bool,
}

/// What becomes of members when they sign in.
#[derive(Default)]
pub struct Members {
    /// The claim that names somebody's role.
    pub role_claim: Option<String>,
    /// Role names by the value of that claim.
    pub roles: BTreeMap<String, String>,
    /// Whether those whom nobody knows get an account.
    pub is_provisioning: bool,
}

/// Whether text has the form of Adobe's organization ID.
pub fn organization_id(text: &str) -> Result<(), InvalidSetting> {
    not_blank(text)?;
    bare_organization_id(text).map(|_| ())
}

/// Whether text can be the value of the claim that stands for the organization.
pub fn organization_value(text: &str) -> Result<(), InvalidSetting> {
    not_blank(text)?;
    if text.chars().any(char::is_control) {
        return Err(InvalidSetting::OrganizationValue);
    }
    Ok(())
}

/// Whether text has the form of Adobe's client IDs.
pub fn client_id(text: &str) -> Result<(), InvalidSetting> {
    not_blank(text)?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if text.bytes().all(fits) {
        Ok(())
    } else {
        Err(InvalidSetting::ClientId)
    }
}

/// Whether text can be the client ID of an OpenID provider.
pub fn open_id_client_id(text: &str) -> Result<(), InvalidSetting> {
    not_blank(text)?;
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(InvalidSetting::OpenIdClientId)
    }
}

/// Whether text can be a client secret. Commerce refuses `.`, `~`, `+`, `/` and `=`, which secrets
/// of OpenID providers have; here anything printable without blanks will do.
pub fn client_secret(secret: &SecretString) -> Result<(), InvalidSetting> {
    let text = secret.expose_secret();
    not_blank(text)?;
    let is_printable = text.bytes().all(|byte| byte.is_ascii_graphic());
    // All asterisks is what a masked field sends back: Commerce never stores that.
    let is_mask = text.bytes().all(|byte| byte == b'*');
    if is_printable && !is_mask {
        Ok(())
    } else {
        Err(InvalidSetting::ClientSecret)
    }
}

/// Whether text can be an issuer: an address that secrets may be sent to, without query and
/// fragment (OpenID Connect Discovery 1.0, section 3).
pub fn issuer(text: &str) -> Result<(), InvalidSetting> {
    not_blank(text)?;
    let parsed = ProviderUrl::parse(text).map_err(|why| InvalidSetting::Issuer(why.to_string()))?;
    let url = parsed.as_url();
    if url.query().is_some() || url.fragment().is_some() {
        let why = "has a query or a fragment, and an issuer has none";
        return Err(InvalidSetting::Issuer(why.to_owned()));
    }
    Ok(())
}

fn not_blank(text: &str) -> Result<(), InvalidSetting> {
    if text.trim().is_empty() {
        return Err(InvalidSetting::Empty);
    }
    Ok(())
}

/// The 24 characters; the suffix, in any case of letters, is not stored.
fn bare_organization_id(text: &str) -> Result<&str, InvalidSetting> {
    let (bare, suffix) = text
        .split_at_checked(24)
        .ok_or(InvalidSetting::OrganizationId)?;
    let is_plain = bare.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let suffix_fits = suffix.is_empty() || suffix.eq_ignore_ascii_case("@AdobeOrg");
    if is_plain && suffix_fits {
        Ok(bare)
    } else {
        Err(InvalidSetting::OrganizationId)
    }
}

impl OpenId {
    fn check(&self) -> Result<(), InvalidSetting> {
        issuer(&self.issuer)?;
        // RFC 6749, section 3.3.
        let fits = |byte: u8| byte.is_ascii_graphic() && !b"\"\\".contains(&byte);
        let is_scope = |scope: &String| !scope.is_empty() && scope.bytes().all(fits);
        if !self.scopes.iter().all(is_scope) {
            return Err(InvalidSetting::Scope);
        }
        for wanted in &self.second_factor {
            claim(&wanted.name)?;
            claim(&wanted.value)?;
            if wanted.name.contains('=') {
                return Err(InvalidSetting::Claim);
            }
        }
        self.organization_claim.as_deref().map_or(Ok(()), claim)
    }
}

fn claim(name: &str) -> Result<(), InvalidSetting> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(InvalidSetting::Claim)
    }
}

impl Members {
    fn check(&self) -> Result<(), InvalidSetting> {
        if self.role_claim.is_some() == self.roles.is_empty() {
            return Err(InvalidSetting::RolesWithoutClaim);
        }
        self.role_claim.as_deref().map_or(Ok(()), claim)
    }
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), InvalidSetting> {
        client_secret(&self.client_secret)?;
        self.members.check()?;
        let Some(open_id) = &self.open_id else {
            organization_id(&self.organization_id)?;
            return client_id(&self.client_id);
        };
        open_id.check()?;
        open_id_client_id(&self.client_id)?;
        match &open_id.organization_claim {
            Some(_) => organization_value(&self.organization_id),
            None if self.organization_id.is_empty() => Ok(()),
            None => Err(InvalidSetting::OrganizationWithoutClaim),
        }
    }

    /// The same as it will be read once it is stored.
    pub(super) fn to_be_stored(&self) -> Result<ProviderSettings, InvalidSetting> {
        self.check()?;
        let organization_id = match &self.open_id {
            None => bare_organization_id(&self.organization_id)?.to_owned(),
            Some(_) => self.organization_id.clone(),
        };
        let open_id = self.open_id.as_ref();
        let claim = open_id.and_then(|open_id| open_id.organization_claim.clone());
        Ok(ProviderSettings {
            issuer: open_id.map(|open_id| open_id.issuer.clone()),
            scopes: open_id.map(OpenId::scopes).unwrap_or_default(),
            organization: claim.map(|name| RequiredClaim {
                name,
                value: organization_id.clone(),
            }),
            second_factor: open_id
                .map(|open_id| open_id.second_factor.clone())
                .unwrap_or_default(),
            id_token_hint: open_id.is_some_and(|open_id| open_id.id_token_hint),
            organization_id,
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            role_claim: self.members.role_claim.clone(),
            roles: self.members.roles.clone(),
            is_provisioning: self.members.is_provisioning,
            grace: USUAL_GRACE,
        })
    }
}

impl OpenId {
    fn scopes(&self) -> Vec<String> {
        if self.scopes.is_empty() {
            return USUAL_SCOPES.map(str::to_owned).to_vec();
        }
        self.scopes.clone()
    }
}

/// What is asked for where nothing else is said.
const USUAL_SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// The rows of `core_config_data`; the credentials are encrypted in them.
pub(super) fn rows(
    app: &App,
    settings: &ProviderSettings,
) -> Result<Vec<(&'static str, String)>, ServiceError> {
    let seal = |text: &str| -> Result<String, ServiceError> {
        Ok(app.keyring().encrypt(text.as_bytes(), random::bytes()?))
    };
    let mut rows = Vec::new();
    if !settings.organization_id.is_empty() {
        rows.push((ORGANIZATION_ID, seal(&settings.organization_id)?));
    }
    rows.push((CLIENT_ID, seal(&settings.client_id)?));
    let secret = settings.client_secret.expose_secret();
    rows.push((CLIENT_SECRET, seal(secret)?));
    if let Some(issuer) = &settings.issuer {
        rows.push((OPENID_ISSUER, issuer.clone()));
        rows.push((OPENID_SCOPES, settings.scopes.join(" ")));
    }
    if let Some(claim) = &settings.organization {
        rows.push((OPENID_ORGANIZATION_CLAIM, claim.name.clone()));
    }
    if !settings.second_factor.is_empty() {
        let wanted = settings.second_factor.iter();
        let wanted: Vec<_> = wanted
            .map(|claim| format!("{}={}", claim.name, claim.value))
            .collect();
        rows.push((OPENID_SECOND_FACTOR, wanted.join(" ")));
    }
    if settings.id_token_hint {
        rows.push((OPENID_ID_TOKEN_HINT, "1".to_owned()));
    }
    if let Some(claim) = &settings.role_claim {
        let roles = serde_json::to_string(&settings.roles)
            .map_err(|why| ServiceError::Fault(why.to_string()))?;
        rows.push((OPENID_ROLE_CLAIM, claim.clone()));
        rows.push((OPENID_ROLES, roles));
    }
    if settings.is_provisioning {
        rows.push((OPENID_PROVISIONING, "1".to_owned()));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_id(issuer: &str) -> Settings {
        Settings {
            organization_id: String::new(),
            client_id: "shop@luma:7".to_owned(),
            client_secret: "p8e".into(),
            open_id: Some(OpenId {
                issuer: issuer.to_owned(),
                scopes: Vec::new(),
                organization_claim: None,
                second_factor: Vec::new(),
                id_token_hint: false,
            }),
            members: Members::default(),
        }
    }

    #[test]
    fn an_organization_id_is_24_letters_and_digits_with_or_without_its_suffix() {
        let id = "0123456789ABCDEFabcdef01";
        for good in [
            id.to_owned(),
            format!("{id}@AdobeOrg"),
            format!("{id}@adobeorg"),
        ] {
            assert_eq!(bare_organization_id(&good), Ok(id), "{good}");
        }
        for bad in [
            "short",
            "0123456789ABCDEFabcdef0!",
            &format!("{id}@Other"),
            &format!("{id}x"),
        ] {
            assert_eq!(
                organization_id(bad),
                Err(InvalidSetting::OrganizationId),
                "{bad}"
            );
        }
        assert_eq!(organization_id(" "), Err(InvalidSetting::Empty));
        assert_eq!(
            organization_id("ä0123456789ABCDEFabcdef0"),
            Err(InvalidSetting::OrganizationId)
        );
    }

    #[test]
    fn client_ids_and_secrets_have_their_characters() {
        assert_eq!(client_id("my-Client_1"), Ok(()));
        assert_eq!(client_id("my client"), Err(InvalidSetting::ClientId));
        assert_eq!(client_id(""), Err(InvalidSetting::Empty));
        assert_eq!(open_id_client_id("https://shop.test/a"), Ok(()));
        let blank = open_id_client_id("my client");
        assert_eq!(blank, Err(InvalidSetting::OpenIdClientId));
        let secret = |text: &str| client_secret(&SecretString::from(text.to_owned()));
        assert_eq!(secret("p8e-a.b~c+d/e="), Ok(()));
        assert_eq!(secret("two words"), Err(InvalidSetting::ClientSecret));
        assert_eq!(secret("******"), Err(InvalidSetting::ClientSecret));
        assert_eq!(secret("  "), Err(InvalidSetting::Empty));
    }

    #[test]
    fn an_issuer_is_an_address_that_secrets_may_be_sent_to() {
        assert_eq!(issuer("https://id.luma.test/realms/shop"), Ok(()));
        assert_eq!(issuer("http://127.0.0.1:9000"), Ok(()));
        for bad in [
            "id.luma.test",
            "http://id.luma.test",
            "https://id.luma.test/?a=b",
            "https://id.luma.test/#a",
            "https://me:pass@id.luma.test",
        ] {
            assert!(
                matches!(issuer(bad), Err(InvalidSetting::Issuer(_))),
                "{bad}"
            );
        }
    }

    #[test]
    fn an_organization_has_both_a_claim_and_a_value_or_neither() {
        let mut settings = open_id("https://id.luma.test");
        assert_eq!(settings.check(), Ok(()));
        settings.organization_id = "staff".to_owned();
        let refused = Err(InvalidSetting::OrganizationWithoutClaim);
        assert_eq!(settings.check(), refused);
        settings.open_id.as_mut().unwrap().organization_claim = Some("groups".to_owned());
        assert_eq!(settings.check(), Ok(()));
        settings.organization_id = String::new();
        assert_eq!(settings.check(), Err(InvalidSetting::Empty));
    }

    #[test]
    fn roles_have_both_a_claim_and_names_or_neither() {
        let mut settings = open_id("https://id.luma.test");
        settings.members.role_claim = Some("roles".to_owned());
        let refused = Err(InvalidSetting::RolesWithoutClaim);
        assert_eq!(settings.check(), refused);
        settings.members.roles = [("a".to_owned(), "B".to_owned())].into();
        assert_eq!(settings.check(), Ok(()));
        settings.members.role_claim = None;
        assert_eq!(settings.check(), refused);
    }

    #[test]
    fn scopes_and_claims_are_words() {
        let mut settings = open_id("https://id.luma.test");
        for bad in ["", "two words", "a\"b", "a\\b"] {
            settings.open_id.as_mut().unwrap().scopes = vec![bad.to_owned()];
            assert_eq!(settings.check(), Err(InvalidSetting::Scope), "{bad}");
        }
        let mut settings = open_id("https://id.luma.test");
        settings.open_id.as_mut().unwrap().organization_claim = Some("my claim".to_owned());
        settings.organization_id = "staff".to_owned();
        assert_eq!(settings.check(), Err(InvalidSetting::Claim));
    }

    #[test]
    fn the_usual_scopes_are_those_of_the_configuration() {
        let usual = commerce::configuration::default_value(OPENID_SCOPES);
        assert_eq!(usual, Some(USUAL_SCOPES.join(" ").as_str()));
    }
}
