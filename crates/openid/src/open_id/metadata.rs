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
    // Some providers write null for what they do not have.
    let Some(value) = members.get(name).filter(|value| !value.is_null()) else {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(issuer: &str, change: fn(&mut Value)) -> Result<Metadata, Refusal> {
        let mut members = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
        });
        change(&mut members);
        let issuer = ProviderUrl::parse(issuer).unwrap();
        Metadata::read(members.as_object().unwrap(), &issuer)
    }

    #[test]
    fn no_provider_in_the_network_can_send_us_to_this_machine() {
        assert!(
            read("https://idp.test", |it| it["jwks_uri"] =
                json!("https://a.test/"))
            .is_ok()
        );
        let changes: [fn(&mut Value); 3] = [
            |members| members["jwks_uri"] = json!("http://127.0.0.1:9000/"),
            |members| members["token_endpoint"] = json!("http://localhost/"),
            |members| members["userinfo_endpoint"] = json!("http://[::1]/"),
        ];
        for change in changes {
            let refused = read("https://idp.test", change).err();
            assert_eq!(refused, Some(Refusal::MetadataEndpoint));
            assert!(read("http://127.0.0.1:8000", change).is_ok());
        }
    }

    #[test]
    fn what_is_not_said_is_what_the_specification_says() {
        let metadata = read("https://idp.test", |members| {
            members["userinfo_endpoint"] = json!(null);
        });
        let metadata = metadata.unwrap();
        assert_eq!(metadata.algorithms, [Algorithm::RS256]);
        assert_eq!(metadata.authentication, ClientAuthentication::Basic);
        assert!(metadata.userinfo.is_none() && !metadata.names_itself);
        assert!(metadata.knows_prompt("login"));
    }

    #[test]
    fn an_issuer_is_compared_to_the_letter() {
        for named in [
            "https://idp.test/",
            "https://IDP.test",
            "https://idp.test:443",
            "http://idp.test",
        ] {
            let members = json!({"issuer": named});
            let issuer = ProviderUrl::parse("https://idp.test").unwrap();
            let refused = Metadata::read(members.as_object().unwrap(), &issuer).err();
            assert_eq!(refused, Some(Refusal::MetadataIssuer), "{named}");
        }
    }
}
