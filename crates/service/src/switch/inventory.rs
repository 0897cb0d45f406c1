//! Where the settings of the integration stand: every row, file entry and variable, with the
//! values as far as a key opens them. Taken before a switch, since afterwards they are gone and
//! only what is held here can be looked for.

use super::obstacles::SwitchRefused;
use super::receipt::Removed;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use commerce::configuration::{
    ADMIN_ENABLED, CLIENT_ID, CLIENT_SECRET, Location, OPENID_ID_TOKEN_HINT, OPENID_ISSUER,
    OPENID_ORGANIZATION_CLAIM, OPENID_PROVISIONING, OPENID_ROLE_CLAIM, OPENID_ROLES, OPENID_SCOPES,
    OPENID_SECOND_FACTOR, ORGANIZATION_ID, Place, SWITCH_PATHS, Scope,
};
use commerce::encryption::looks_encrypted;
use secrecy::{ExposeSecret, SecretString};

/// The Organization ID, the Client ID and the Client Secret, in this order.
pub(super) const CREDENTIAL_PATHS: [&str; 3] = [ORGANIZATION_ID, CLIENT_ID, CLIENT_SECRET];

/// What people call the credentials.
const LABELS: [&str; 3] = ["Organization ID", "Client ID", "Client Secret"];

/// A group's name such as `administrators` stands in many places of its own right.
const ORDINARY_WORD: &str = "the Organization ID is the value of a claim, and as an ordinary word \
                             it would be found everywhere";

/// What else is set about the provider, and what people call it. It is removed like the
/// credentials, but is neither secret nor rare, and so is not searched for.
const PROVIDER_PATHS: [(&str, &str); 8] = [
    (OPENID_ISSUER, "Issuer"),
    (OPENID_SCOPES, "Scopes"),
    (OPENID_ORGANIZATION_CLAIM, "Organization Claim"),
    (OPENID_SECOND_FACTOR, "Second Factor"),
    (OPENID_ID_TOKEN_HINT, "ID Token Hint"),
    (OPENID_ROLE_CLAIM, "Role Claim"),
    (OPENID_ROLES, "Roles"),
    (OPENID_PROVISIONING, "Provisioning"),
];

/// What was found.
pub(super) struct Inventory {
    /// Places that hold a credential, or something else about the provider.
    pub(super) places: Vec<Removed>,
    /// Whether Commerce's configuration, all sources together, says that the integration is on.
    pub(super) flag_is_on: bool,
    /// Whether the flag stands anywhere other than as the plain `0` of the database.
    pub(super) flag_stands_in_the_way: bool,
    /// Every distinct value by its label, to be searched for when it is removed.
    pub(super) values: Vec<(&'static str, SecretString)>,
    /// What is removed and not searched for, in words.
    pub(super) not_searched: Vec<String>,
}

impl Inventory {
    /// Takes stock. Refuses where a variable of the environment pins a value, since no program
    /// can unset it for others, and where a file computes one.
    pub(super) fn take(app: &App, settings: &Settings) -> Result<Self, ServiceError> {
        refuse_pinned(settings)?;
        let mut inventory = Self {
            places: Vec::new(),
            flag_is_on: settings.flag(ADMIN_ENABLED)?,
            flag_stands_in_the_way: false,
            values: Vec::new(),
            not_searched: Vec::new(),
        };
        let open_id = settings.text(OPENID_ISSUER)?;
        let is_open_id = open_id.is_some_and(|issuer| !issuer.is_empty());
        for (path, label) in CREDENTIAL_PATHS.into_iter().zip(LABELS) {
            let places = inventory.list(settings, path, label)?;
            if is_open_id && path == ORGANIZATION_ID && !places.is_empty() {
                inventory.not_searched.push(ORDINARY_WORD.to_owned());
                continue;
            }
            for place in places {
                inventory.remember(app, label, text(&place));
            }
        }
        for (path, label) in PROVIDER_PATHS {
            inventory.list(settings, path, label)?;
        }
        for place in settings.places(ADMIN_ENABLED)? {
            let is_plain_off = matches!(&place.location, Location::Row { .. })
                && ["", "0"].contains(&text(&place).expose_secret());
            inventory.flag_stands_in_the_way |= !is_plain_off;
        }
        Ok(inventory)
    }

    /// Notes the places of a path.
    fn list(
        &mut self,
        settings: &Settings,
        path: &str,
        label: &'static str,
    ) -> Result<Vec<Place>, ServiceError> {
        let places = settings.places(path)?;
        self.places.extend(places.iter().map(|place| Removed {
            setting: label,
            place: describe(&place.location),
        }));
        Ok(places)
    }

    /// Keeps a stored value, in clear. One that no key opens cannot be looked for.
    fn remember(&mut self, app: &App, label: &'static str, stored: SecretString) {
        let text = stored.expose_secret();
        let value = match looks_encrypted(text) {
            false => stored,
            true => match app.keyring().decrypt_text(text) {
                Ok(value) => value,
                Err(_) => {
                    let why = format!("the {label}: no key opens what was stored of it");
                    self.not_searched.push(why);
                    return;
                }
            },
        };
        let is_new = !self
            .values
            .iter()
            .any(|(_, known)| known.expose_secret() == value.expose_secret());
        if is_new && !value.expose_secret().is_empty() {
            self.values.push((label, value));
        }
    }

    /// Whether nothing of the integration is configured anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty() && !self.flag_stands_in_the_way
    }

    /// The value of a credential, if there is one.
    pub(super) fn value(&self, index: usize) -> Option<&SecretString> {
        let wanted = LABELS.get(index)?;
        self.values
            .iter()
            .find(|(label, _)| label == wanted)
            .map(|(_, value)| value)
    }
}

/// Refuses where no key opens a stored value: it could be removed, but nobody could prove it gone.
pub(super) fn refuse_unreadable(app: &App, settings: &Settings) -> Result<(), ServiceError> {
    for path in CREDENTIAL_PATHS {
        for place in settings.places(path)? {
            let value = text(&place);
            let is_sealed = looks_encrypted(value.expose_secret());
            if is_sealed && app.keyring().decrypt_text(value.expose_secret()).is_err() {
                let place = place.location.describe(path);
                return Err(SwitchRefused::Unreadable { place }.into());
            }
        }
    }
    Ok(())
}

/// A place as a receipt names it.
fn describe(location: &Location) -> String {
    match location {
        Location::Row { scope, scope_id: 0 } if scope == "default" => "core_config_data".to_owned(),
        Location::Row { scope, scope_id } => format!("core_config_data, {scope} {scope_id}"),
        Location::File {
            file,
            scope: Scope::Default,
            line,
        } => format!("{file}, line {line}"),
        Location::File { file, scope, line } => {
            let code = scope.code().unwrap_or_default();
            format!("{file}, line {line}, {} {code}", scope.name())
        }
        Location::Variable { name } => format!("environment variable {name}"),
    }
}

/// What stands at a place, as text; an array there is as good as nothing.
fn text(place: &Place) -> SecretString {
    let value = place.value.to_php_string();
    value
        .map_or_else(String::new, |value| {
            String::from_utf8_lossy(value.as_bytes()).into()
        })
        .into()
}

fn refuse_pinned(settings: &Settings) -> Result<(), ServiceError> {
    let variables = pinned(settings)?;
    if variables.is_empty() {
        return Ok(());
    }
    Err(SwitchRefused::PinnedByEnvironment(variables).into())
}

/// The variables of the environment that pin a value of the switch.
pub(super) fn pinned(settings: &Settings) -> Result<Vec<String>, ServiceError> {
    let mut variables = Vec::new();
    for path in SWITCH_PATHS {
        for place in settings.places(path)? {
            if let Location::Variable { name } = place.location
                && !variables.contains(&name)
            {
                variables.push(name);
            }
        }
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_switch_writes_is_taken_stock_of() {
        let known = PROVIDER_PATHS.map(|(path, _)| path);
        for path in SWITCH_PATHS {
            let is_known =
                path == ADMIN_ENABLED || CREDENTIAL_PATHS.contains(&path) || known.contains(&path);
            assert!(is_known, "{path} would stay behind in a file");
        }
    }
}
