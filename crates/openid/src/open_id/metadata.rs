//! What an OpenID provider says about itself (OpenID Connect Discovery 1.0, section 3).
//!
//! It must call itself exactly what it is configured as, every address in it must be one that a
//! secret may be sent to, and none may lead from the network to this machine. What it does not
//! offer is found out here and not in the middle of a sign-in.

use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};
use url::Url;

use crate::{algorithm, claims::text, provider_url::ProviderUrl, refusal::Refusal};

/// A provider's description of itself, checked.
pub(crate) struct Metadata {
    pub(super) authorization: ProviderUrl,
    pub(super) token: ProviderUrl,
    pub(super) keys: ProviderUrl,
    pub(super) userinfo: Option<ProviderUrl>,
    pub(super) introspection: Option<ProviderUrl>,
    pub(super) revocation: Option<ProviderUrl>,
    pub(super) end_session: Option<ProviderUrl>,
    pub(super) authentication: ClientAuthentication,
    /// What it signs ID tokens with, as far as it is accepted here.
    pub(super) algorithms: Vec<Algorithm>,
    /// Whether it promises to name itself in callbacks (RFC 9207).
    pub(super) names_itself: bool,
    /// The prompts it knows, where it says so.
    prompts: Option<Vec<String>>,
}

/// How the provider takes the client secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientAuthentication {
    Basic,
    Post,
}

impl Metadata {
    /// Reads the members of the description of `issuer`.
    pub(super) fn read(
        members: &Map<String, Value>,
        issuer: &ProviderUrl,
    ) -> Result<Self, Refusal> {
        if text(members, "issuer") != Some(issuer.as_text()) {
            return Err(Refusal::MetadataIssuer);
        }
        let optional = |name| endpoint(members, name, issuer.as_url());
        let required = |name| optional(name)?.ok_or(Refusal::MetadataEndpoint);
        let metadata = Self {
            authorization: required("authorization_endpoint")?,
            token: required("token_endpoint")?,
            keys: required("jwks_uri")?,
            userinfo: optional("userinfo_endpoint")?,
            introspection: optional("introspection_endpoint")?,
            revocation: optional("revocation_endpoint")?,
            end_session: optional("end_session_endpoint")?,
            authentication: authentication(members)?,
            algorithms: algorithms(members)?,
            names_itself: members.get("authorization_response_iss_parameter_supported")
                == Some(&Value::Bool(true)),
            prompts: list(members, "prompt_values_supported"),
        };
        let offers = |name, value: &str| {
            list(members, name).is_none_or(|offered| offered.iter().any(|it| it == value))
        };
        if !offers("response_types_supported", "code") {
            return Err(Refusal::MetadataFlow);
        }
        // Without the list nothing is known, and a provider that does not know PKCE ignores it.
        if !offers("code_challenge_methods_supported", "S256") {
            return Err(Refusal::MetadataPkce);
        }
        Ok(metadata)
    }

    /// Whether a prompt may be asked for: known, or nothing is known.
    pub(super) fn knows_prompt(&self, prompt: &str) -> bool {
        self.prompts
            .as_ref()
            .is_none_or(|prompts| prompts.iter().any(|it| it == prompt))
    }
}

fn endpoint(
    members: &Map<String, Value>,
    name: &str,
    issuer: &Url,
) -> Result<Option<ProviderUrl>, Refusal> {
    let Some(value) = members.get(name) else {
        return Ok(None);
    };
    let url = value
        .as_str()
        .and_then(|address| ProviderUrl::parse(address).ok())
        .ok_or(Refusal::MetadataEndpoint)?;
    // Plain http is for this machine alone; a provider in the network has nothing to ask here.
    let leads_inside = url.is_plain() && issuer.scheme() == "https";
    if leads_inside || url.as_url().fragment().is_some() {
        return Err(Refusal::MetadataEndpoint);
    }
    Ok(Some(url))
}

fn authentication(members: &Map<String, Value>) -> Result<ClientAuthentication, Refusal> {
    let Some(methods) = list(members, "token_endpoint_auth_methods_supported") else {
        return Ok(ClientAuthentication::Basic);
    };
    let offers = |method: &str| methods.iter().any(|it| it == method);
    if offers("client_secret_basic") {
        Ok(ClientAuthentication::Basic)
    } else if offers("client_secret_post") {
        Ok(ClientAuthentication::Post)
    } else {
        Err(Refusal::MetadataClientAuthentication)
    }
}

fn algorithms(members: &Map<String, Value>) -> Result<Vec<Algorithm>, Refusal> {
    let Some(names) = list(members, "id_token_signing_alg_values_supported") else {
        return Ok(vec![Algorithm::RS256]);
    };
    let accepted: Vec<_> = names
        .iter()
        .filter_map(|name| algorithm::accepted(name))
        .collect();
    if accepted.is_empty() {
        return Err(Refusal::MetadataAlgorithm);
    }
    Ok(accepted)
}

/// A list of texts; what else stands in it is passed over.
fn list(members: &Map<String, Value>, name: &str) -> Option<Vec<String>> {
    let values = members.get(name)?.as_array()?;
    let texts = values.iter().filter_map(Value::as_str);
    Some(texts.map(str::to_owned).collect())
}
