//! What is set about the provider. `admin:adobe-ims:enable` writes it, in the transaction that
//! switches; `admin:adobe-ims:disable` removes it. Only provisioning and the grace are policies
//! that `config:set` may change in between.

use crate::config::settings::Settings;
use crate::error::ServiceError;
use commerce::configuration::{
    CLIENT_ID, CLIENT_SECRET, OPENID_GRACE, OPENID_ID_TOKEN_HINT, OPENID_ISSUER,
    OPENID_ORGANIZATION_CLAIM, OPENID_PROVISIONING, OPENID_ROLE_CLAIM, OPENID_ROLES, OPENID_SCOPES,
    OPENID_SECOND_FACTOR, ORGANIZATION_ID,
};
use jiff::SignedDuration;
use openid::RequiredClaim;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;

/// The longest grace, in seconds: what outlives the provider's word must have an end.
pub const LONGEST_GRACE: u32 = 86_400;

/// The grace where none, or none that can be read, is set.
pub(crate) const USUAL_GRACE: SignedDuration = SignedDuration::from_mins(10);

/// What the integration is set to.
#[derive(Debug)]
pub struct ProviderSettings {
    /// The OpenID provider; nothing where it is Adobe.
    pub issuer: Option<String>,
    /// What an OpenID provider is asked for; Adobe has a list of its own.
    pub scopes: Vec<String>,
    /// The claim that an OpenID provider must vouch for; nothing where everybody whom it signs in
    /// belongs to the organization.
    pub organization: Option<RequiredClaim>,
    /// What an OpenID provider's token must say for a second factor; nothing where its word is enough.
    pub second_factor: Vec<RequiredClaim>,
    /// Whether an OpenID provider is shown the ID token of whoever signs out.
    pub id_token_hint: bool,
    /// The 24 characters of Adobe's, or the value that the claim must hold; empty without a claim.
    pub organization_id: String,
    /// The client ID.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// The claim that names somebody's role.
    pub role_claim: Option<String>,
    /// Role names by the value of that claim.
    pub roles: BTreeMap<String, String>,
    /// Whether members whom nobody knows get an account.
    pub is_provisioning: bool,
    /// How long a session goes on while the provider does not answer.
    pub grace: SignedDuration,
}

impl ProviderSettings {
    /// What is set; nothing while no credentials are.
    ///
    /// # Errors
    /// When a value cannot be decrypted or read; the sentence names the path.
    pub fn read(settings: &Settings) -> Result<Option<Self>, ServiceError> {
        let found = Self::read_incomplete(settings)?;
        let has_secret = !found.client_secret.expose_secret().is_empty();
        let has_organization = found.issuer.is_some() || !found.organization_id.is_empty();
        let is_complete = has_secret && !found.client_id.is_empty() && has_organization;
        Ok(is_complete.then_some(found))
    }

    /// What is set, though credentials may be missing; they are empty then.
    pub(crate) fn read_incomplete(settings: &Settings) -> Result<Self, ServiceError> {
        let text = |path| -> Result<Option<String>, ServiceError> {
            Ok(settings.text(path)?.filter(|text| !text.is_empty()))
        };
        let client_secret = settings.secret(CLIENT_SECRET)?.unwrap_or_default();
        let issuer = text(OPENID_ISSUER)?;
        let organization_id = text(ORGANIZATION_ID)?.unwrap_or_default();
        // The other settings of an OpenID provider mean nothing to Adobe.
        let claim = issuer.as_ref().and(text(OPENID_ORGANIZATION_CLAIM)?);
        let scopes = issuer.as_ref().and(text(OPENID_SCOPES)?);
        let scopes = scopes.unwrap_or_default();
        let second_factor = issuer.as_ref().and(text(OPENID_SECOND_FACTOR)?);
        Ok(Self {
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            organization: claim.map(|name| RequiredClaim {
                name,
                value: organization_id.clone(),
            }),
            second_factor: required_claims(&second_factor.unwrap_or_default())?,
            id_token_hint: settings.flag(OPENID_ID_TOKEN_HINT)?,
            issuer,
            organization_id,
            client_id: text(CLIENT_ID)?.unwrap_or_default(),
            client_secret,
            role_claim: text(OPENID_ROLE_CLAIM)?,
            roles: roles(text(OPENID_ROLES)?)?,
            is_provisioning: settings.flag(OPENID_PROVISIONING)?,
            grace: grace(settings)?,
        })
    }
}

/// Claims as they are stored: `name=value`, one after the other. One that cannot be read must not
/// come to nothing.
fn required_claims(stored: &str) -> Result<Vec<RequiredClaim>, ServiceError> {
    stored
        .split_whitespace()
        .map(|claim| {
            let (name, value) = claim.split_once('=').ok_or_else(|| {
                ServiceError::Refused(format!(
                    "{OPENID_SECOND_FACTOR} is no list of claims and values: switch the \
                     integration off and on again with --second-factor"
                ))
            })?;
            Ok(RequiredClaim {
                name: name.to_owned(),
                value: value.to_owned(),
            })
        })
        .collect()
}

fn roles(stored: Option<String>) -> Result<BTreeMap<String, String>, ServiceError> {
    let Some(stored) = stored else {
        return Ok(BTreeMap::new());
    };
    serde_json::from_str(&stored).map_err(|why| {
        ServiceError::Refused(format!(
            "{OPENID_ROLES} is no JSON object of role names ({why}): switch the integration off \
             and on again with --map-role"
        ))
    })
}

/// A value beyond the bounds was put past `config:set`; what is longer than the longest is not
/// believed to be meant.
pub(crate) fn grace(settings: &Settings) -> Result<SignedDuration, ServiceError> {
    let seconds = settings.integer(OPENID_GRACE)?;
    Ok(seconds
        .filter(|seconds| (0..=i64::from(LONGEST_GRACE)).contains(seconds))
        .map_or(USUAL_GRACE, SignedDuration::from_secs))
}
