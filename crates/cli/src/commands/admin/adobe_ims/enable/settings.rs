//! What the integration is switched on with, from options, files and prompts, in Commerce's order.
//! Rule guarded here: what was given is checked at once, before anybody is asked for more, and a
//! secret is never repeated.

use super::Arguments;
use crate::commands::given_secret;
use crate::console::{Questions, read_secret_line};
use crate::context::Context;
use crate::failure::Failure;
use openid::RequiredClaim;
use secrecy::{ExposeSecret, SecretString};
use service::switch::InvalidSetting;
use service::switch::enable::{self, Members, OpenId, Settings};
use std::collections::BTreeMap;
use std::fs::File;

/// Commerce's own error where one of the four is missing at the end, and what to do about it.
const INCOMPLETE: &str = "The Client ID, Client Secret, Organization ID and 2FA are required when \
                          enabling the Admin Adobe IMS Module: require 2FA of the organization in \
                          the Adobe Admin Console first";

/// The same for a provider that has no such console.
const ONE_FACTOR: &str = "2FA is required when enabling the Admin Adobe IMS Module: require it of \
                          your people at the provider first";

/// Neither the file nor standard input held one.
const EMPTY_SECRET: &str = "The client secret is empty: this field is required to enable the Admin \
                            Adobe IMS Module";

/// Nobody has said what makes somebody a member.
const NO_ORGANIZATION: &str = "Not everybody at the provider belongs to the shop: name the claim \
                               that stands for your organization (--organization-claim), and its \
                               value (--organization-id)";

/// An option that means nothing to Adobe.
const ONLY_OPENID: &str = "Adobe has an organization and scopes of its own: --organization-claim, \
                           --everybody, --scope, --second-factor and --id-token-hint need --issuer";

/// Reads them all.
pub(super) fn read(arguments: &mut Arguments, context: &Context) -> Result<Settings, Failure> {
    let ask = context.questions()?;
    let members = members(arguments)?;
    let open_id = open_id(arguments)?;
    let organization_id = match &open_id {
        Some(open_id) => organization_value(arguments, open_id, &ask)?,
        None => organization_id(arguments, &ask)?,
    };
    let client_id = client_id(arguments, open_id.is_some(), &ask)?;
    let client_secret = client_secret(arguments, context, &ask)?;
    if !has_two_factors(arguments, open_id.is_some(), &ask)? {
        let why = if open_id.is_some() {
            ONE_FACTOR
        } else {
            INCOMPLETE
        };
        return Err(Failure::Refused(why.to_owned()));
    }
    if members.is_provisioning && arguments.everybody {
        context.output.warning(
            "Everybody whom the provider signs in gets an account here: name the claim that \
             stands for your organization (--organization-claim), unless that is meant.",
        );
    }
    Ok(Settings {
        organization_id,
        client_id,
        client_secret,
        open_id,
        members,
    })
}

/// `VALUE=ROLE`; values such as `cn=editors,ou=shop` may hold the sign themselves.
pub(super) fn role(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((value, role)) if !value.is_empty() && !role.trim().is_empty() => {
            Ok((value.to_owned(), role.trim().to_owned()))
        }
        _ => Err("write VALUE=ROLE, such as editors=Content".to_owned()),
    }
}

/// What `--second-factor` takes.
pub(super) fn claim(text: &str) -> Result<RequiredClaim, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok(RequiredClaim {
            name: name.to_owned(),
            value: value.to_owned(),
        }),
        _ => Err("write CLAIM=VALUE, such as amr=mfa".to_owned()),
    }
}

fn members(arguments: &mut Arguments) -> Result<Members, Failure> {
    let mut roles = BTreeMap::new();
    for (value, role) in arguments.roles.drain(..) {
        if let Some(other) = roles.insert(value.clone(), role) {
            return Err(Failure::Refused(format!(
                "--map-role gives `{value}` two roles, one of them `{other}`: give it one"
            )));
        }
    }
    let role_claim = given(arguments.role_claim.take());
    if role_claim.is_some() == roles.is_empty() {
        return Err(invalid(InvalidSetting::RolesWithoutClaim));
    }
    Ok(Members {
        role_claim,
        roles,
        is_provisioning: arguments.provision,
    })
}

fn open_id(arguments: &mut Arguments) -> Result<Option<OpenId>, Failure> {
    let organization_claim = given(arguments.organization_claim.take());
    let Some(issuer) = arguments.issuer.clone() else {
        let is_openid = organization_claim.is_some()
            || arguments.everybody
            || !arguments.scopes.is_empty()
            || !arguments.second_factor.is_empty()
            || arguments.id_token_hint;
        if is_openid {
            return Err(Failure::Refused(ONLY_OPENID.to_owned()));
        }
        return Ok(None);
    };
    enable::issuer(&issuer).map_err(invalid)?;
    Ok(Some(OpenId {
        issuer,
        scopes: std::mem::take(&mut arguments.scopes),
        second_factor: std::mem::take(&mut arguments.second_factor),
        id_token_hint: arguments.id_token_hint,
        organization_claim,
    }))
}

fn organization_id(arguments: &mut Arguments, ask: &Questions<'_>) -> Result<String, Failure> {
    match given(arguments.organization_id.take()) {
        Some(id) => {
            enable::organization_id(&id).map_err(invalid)?;
            Ok(id)
        }
        None => Ok(ask.text(
            "Please enter your Organization ID:",
            "the organization ID (--organization-id)",
            |id| checked(id, enable::organization_id),
        )?),
    }
}

/// What the organization's claim must hold; empty where everybody may come in, once that was
/// confirmed.
fn organization_value(
    arguments: &mut Arguments,
    open_id: &OpenId,
    ask: &Questions<'_>,
) -> Result<String, Failure> {
    let value = given(arguments.organization_id.take());
    match (&open_id.organization_claim, value) {
        (Some(_), Some(value)) => {
            enable::organization_value(&value).map_err(invalid)?;
            Ok(value)
        }
        (Some(claim), None) => Ok(ask.text(
            &format!("Please enter your Organization ID (what the claim {claim} must hold):"),
            "the organization ID (--organization-id)",
            |value| checked(value, enable::organization_value),
        )?),
        (None, Some(_)) => Err(invalid(InvalidSetting::OrganizationWithoutClaim)),
        (None, None) => {
            let is_confirmed = arguments.everybody
                || ask.confirm(
                    "May everybody sign in whom the provider signs in? (yes/no):",
                    "what makes somebody a member (--organization-claim or --everybody)",
                    false,
                )?;
            if !is_confirmed {
                return Err(Failure::Refused(NO_ORGANIZATION.to_owned()));
            }
            arguments.everybody = true;
            Ok(String::new())
        }
    }
}

fn client_id(
    arguments: &mut Arguments,
    is_open_id: bool,
    ask: &Questions<'_>,
) -> Result<String, Failure> {
    let check = if is_open_id {
        enable::open_id_client_id
    } else {
        enable::client_id
    };
    match given(arguments.client_id.take()) {
        Some(id) => {
            check(&id).map_err(invalid)?;
            Ok(id)
        }
        None => Ok(ask.text(
            "Please enter your Client ID:",
            "the client ID (--client-id)",
            |id| checked(id, check),
        )?),
    }
}

fn client_secret(
    arguments: &mut Arguments,
    context: &Context,
    ask: &Questions<'_>,
) -> Result<SecretString, Failure> {
    match given_secret(arguments, context)? {
        Some(secret) => {
            enable::client_secret(&secret).map_err(|why| match why {
                InvalidSetting::Empty => Failure::Refused(EMPTY_SECRET.to_owned()),
                other => invalid(other),
            })?;
            Ok(secret)
        }
        None => Ok(ask.secret(
            "Please enter your Client Secret:",
            "the client secret (--client-secret-file)",
            |secret| {
                enable::client_secret(&secret)
                    .map_err(|why| why.to_string())
                    .map(|()| secret)
            },
        )?),
    }
}

fn given_secret(
    arguments: &mut Arguments,
    context: &Context,
) -> Result<Option<SecretString>, Failure> {
    if let Some(path) = &arguments.client_secret_file {
        let mut file = File::open(path).map_err(|why| {
            let path = path.display();
            Failure::Refused(format!(
                "The client secret cannot be read from {path}: {why}"
            ))
        })?;
        let what = format!("the client secret in {}", path.display());
        return Ok(Some(read_secret_line(&mut file, &what)?));
    }
    match arguments.client_secret.take() {
        Some(secret) if !secret.expose_secret().trim().is_empty() => {
            given_secret::given(secret, "the client secret", UNSEEN, context).map(Some)
        }
        _ => Ok(None),
    }
}

/// How a client secret is given without anybody seeing it.
const UNSEEN: &str = "--client-secret-file or the prompt";

/// Where nothing is read, a secret among the arguments was seen all the same.
pub(super) fn warn_of_seen_secret(arguments: &Arguments, context: &Context) {
    let secret = arguments.client_secret.as_ref();
    if secret.is_some_and(|secret| !["", "-"].contains(&secret.expose_secret().trim())) {
        context.output.warn_of_seen_secret(UNSEEN);
    }
}

/// Whether the provider asks everybody for two factors, as the operator says.
fn has_two_factors(
    arguments: &mut Arguments,
    is_open_id: bool,
    ask: &Questions<'_>,
) -> Result<bool, Failure> {
    if let Some(answer) = given(arguments.two_factor.take()) {
        return Ok(answer.to_lowercase().starts_with('y'));
    }
    let question = if is_open_id {
        "Does the provider require 2FA of everybody who may sign in? (yes/no):"
    } else {
        "Is 2FA enabled for Organization in Adobe Admin Console? (yes/no):"
    };
    Ok(ask.confirm(question, "the answer about 2FA (--2fa)", false)?)
}

fn invalid(why: InvalidSetting) -> Failure {
    Failure::Refused(why.to_string())
}

fn checked<E: ToString>(
    typed: &str,
    check: impl Fn(&str) -> Result<(), E>,
) -> Result<String, String> {
    check(typed)
        .map(|()| typed.to_owned())
        .map_err(|why| why.to_string())
}

/// An option's value, unless it is blank or `0`: then Commerce asks.
fn given(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty() && value != "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_what_stands_behind_the_last_sign() {
        let pair = |value: &str, role: &str| Ok((value.to_owned(), role.to_owned()));
        assert_eq!(role("editors=Content"), pair("editors", "Content"));
        assert_eq!(
            role("cn=a,ou=b=Shop Owners"),
            pair("cn=a,ou=b", "Shop Owners")
        );
        for bad in ["editors", "=Content", "editors=", "editors= "] {
            assert!(role(bad).is_err(), "{bad}");
        }
    }
}
