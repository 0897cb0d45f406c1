//! The effective configuration, with encrypted values opened.

use crate::error::ServiceError;
use commerce::configuration::{ADMIN_ENABLED, Configuration, Found, Place, SWITCH_PATHS, Scope};
use commerce::encryption::Keyring;
use openid::ims::{Endpoints, Patterns};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

/// Everything Commerce reads configuration from, at one moment. Cheap to clone.
#[derive(Clone)]
pub struct Settings {
    configuration: Arc<Configuration>,
    keyring: Arc<Keyring>,
    /// Whether the files are still to follow a switch.
    are_files_behind: bool,
}

impl Settings {
    /// Puts configuration and keys together. Where files are still to follow a switch, what they
    /// say of the provider is that of before: it counts for nothing, or nobody could sign in until
    /// they have followed. The flag, which is for PHP alone, is told as PHP sees it.
    pub fn new(
        configuration: Configuration,
        keyring: Arc<Keyring>,
        are_files_behind: bool,
    ) -> Self {
        Self {
            configuration: Arc::new(configuration),
            keyring,
            are_files_behind,
        }
    }

    /// The sources themselves.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The value of a path in the default scope, decrypted where it is kept encrypted.
    pub fn secret(&self, path: &str) -> Result<Option<SecretString>, ServiceError> {
        let is_superseded =
            self.are_files_behind && path != ADMIN_ENABLED && SWITCH_PATHS.contains(&path);
        let found = match is_superseded {
            true => self.configuration.without_files(path),
            false => self.configuration.effective(&Scope::Default, path)?,
        };
        found.map(|found| self.open(path, &found)).transpose()
    }

    /// The same, for values that may be shown.
    pub fn text(&self, path: &str) -> Result<Option<String>, ServiceError> {
        Ok(self
            .secret(path)?
            .map(|value| value.expose_secret().to_owned()))
    }

    /// The value of a path as a number, as PHP reads one; nothing where none is set.
    pub fn integer(&self, path: &str) -> Result<Option<i64>, ServiceError> {
        let Some(text) = self.text(path)? else {
            return Ok(None);
        };
        let text = text.trim();
        let end = text
            .bytes()
            .enumerate()
            .find(|(index, byte)| !(byte.is_ascii_digit() || *index == 0 && *byte == b'-'))
            .map_or(text.len(), |(index, _)| index);
        Ok(text.get(..end).and_then(|digits| digits.parse().ok()))
    }

    /// The value of a path as yes or no, as PHP reads one.
    pub fn flag(&self, path: &str) -> Result<bool, ServiceError> {
        Ok(self
            .text(path)?
            .is_some_and(|text| !text.is_empty() && text != "0"))
    }

    /// Every place that holds a value for a path.
    pub fn places(&self, path: &str) -> Result<Vec<Place>, ServiceError> {
        Ok(self.configuration.places(path)?)
    }

    /// The addresses of the provider.
    pub fn endpoints(&self) -> Result<Endpoints, ServiceError> {
        let text = |name: &str| -> Result<String, ServiceError> {
            Ok(self
                .text(&format!("adobe_ims/integration/{name}"))?
                .unwrap_or_default())
        };
        Ok(Endpoints::new(Patterns {
            ims_base: text("imsUrl")?,
            membership_base: text("organizationMembershipUrl")?,
            certificate_base: text("certificateUrl")?,
            authorize: text("admin/auth_url_pattern")?,
            token: text("token_url")?,
            profile: text("profile_url")?,
            validate_token: text("validate_token_url")?,
            logout: text("admin_logout_url")?,
            membership: text("organization_membership_url")?,
            certificate: text("certificate_path")?,
        }))
    }

    /// The address of the Admin, with a slash at its end; where none is set, one of this machine.
    pub fn base_url(&self) -> Result<String, ServiceError> {
        let set = self.set_base_url()?;
        Ok(set.unwrap_or_else(|| "http://localhost/".to_owned()))
    }

    /// The address of the Admin where one is set.
    pub fn set_base_url(&self) -> Result<Option<String>, ServiceError> {
        let custom = self
            .flag("admin/url/use_custom")?
            .then_some("admin/url/custom");
        let paths = custom
            .into_iter()
            .chain(["web/secure/base_url", "web/unsecure/base_url"]);
        for path in paths {
            if let Some(url) = self.text(path)?.filter(|url| url.starts_with("http")) {
                return Ok(Some(format!("{}/", url.trim_end_matches('/'))));
            }
        }
        Ok(None)
    }

    /// Where the provider sends people back to after a sign-in.
    pub fn redirect_uri(&self, front_name: &str) -> Result<String, ServiceError> {
        Ok(format!(
            "{}{front_name}/adobe_ims_auth/oauth/imscallback/",
            self.base_url()?
        ))
    }

    /// The same after showing once more who one is, as Commerce names it.
    pub fn confirmation_redirect_uri(&self, front_name: &str) -> Result<String, ServiceError> {
        Ok(format!(
            "{}{front_name}/adobe_ims_auth/oauth/imsreauthcallback/",
            self.base_url()?
        ))
    }

    /// Where an OpenID provider sends people back to after they have signed out there.
    pub fn signed_out_uri(&self, front_name: &str) -> Result<String, ServiceError> {
        Ok(format!(
            "{}{front_name}/admin/auth/loggedout",
            self.base_url()?
        ))
    }

    fn open(&self, path: &str, found: &Found) -> Result<SecretString, ServiceError> {
        let text = String::from_utf8_lossy(found.value.as_bytes()).into_owned();
        if !found.is_encrypted {
            return Ok(text.into());
        }
        self.keyring.decrypt_text(&text).map_err(|why| {
            ServiceError::Refused(format!(
                "{path} in {} cannot be decrypted with the keys in app/etc/env.php: {why}",
                found.source
            ))
        })
    }
}
