//! Switching the integration on. Nothing changes until the form of every setting is right and the
//! provider has accepted the client ID and the secret.

use super::change::{self, Decision, EncryptedSettings};
use super::inventory::Inventory;
use super::obstacles::{InvalidSetting, SwitchRefused};
use super::receipt::{AdminProspect, NodeNotice};
use super::{acknowledgement, follow_up, resume};
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use domain::readiness::prospects;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use store::{admins, audit_events};

/// What identifies the shop to Adobe.
pub struct Settings {
    /// 24 letters and digits, with or without `@AdobeOrg`.
    pub organization_id: String,
    /// Letters, digits, `_` and `-`.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
}

/// How to do it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Revert after so long, unless an admin with full rights has signed in.
    pub trial: Option<SignedDuration>,
}

/// What would happen to whom.
#[derive(Debug, Serialize)]
pub struct Preview {
    /// Every active admin, with what keeps them from signing in with Adobe ID or, later, again
    /// with a password.
    pub admins: Vec<AdminProspect>,
}

/// The integration is on.
#[derive(Debug, Serialize)]
pub struct Enabled {
    /// The epoch that began.
    pub epoch: i64,
    /// The end of the trial, for a person and a script to read (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trial_until: Option<String>,
    /// How the servers took notice.
    pub nodes: Vec<NodeNotice>,
    /// What could not be done yet.
    pub warnings: Vec<String>,
}

/// Whether text has the form of an organization ID.
pub fn organization_id(text: &str) -> Result<(), InvalidSetting> {
    if text.trim().is_empty() {
        return Err(InvalidSetting::Empty);
    }
    bare_organization_id(text).map(|_| ())
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

/// Whether text has the form of a client ID.
pub fn client_id(text: &str) -> Result<(), InvalidSetting> {
    if text.trim().is_empty() {
        return Err(InvalidSetting::Empty);
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if text.bytes().all(fits) {
        Ok(())
    } else {
        Err(InvalidSetting::ClientId)
    }
}

/// Whether text can be a client secret. Commerce refuses `.`, `~`, `+`, `/` and `=`, which secrets
/// of OpenID providers have; here anything printable without blanks will do.
pub fn client_secret(secret: &SecretString) -> Result<(), InvalidSetting> {
    let text = secret.expose_secret();
    if text.trim().is_empty() {
        return Err(InvalidSetting::Empty);
    }
    let is_printable = text.bytes().all(|byte| byte.is_ascii_graphic());
    // All asterisks is what a masked field sends back: Commerce never stores that.
    let is_mask = text.bytes().all(|byte| byte == b'*');
    if is_printable && !is_mask {
        Ok(())
    } else {
        Err(InvalidSetting::ClientSecret)
    }
}

/// Who would be locked out. Changes nothing, asks nobody.
pub async fn preview(app: &App) -> Result<Preview, ServiceError> {
    Inventory::take(app, &app.configuration().await?)?;
    follow_up::check_files(app)?;
    let mut connection = app.database().connection().await?;
    let admins = admins::list(&mut connection).await?;
    let periods = audit_events::list_integration_periods(&mut connection).await?;
    let prospects = prospects(&admins, &periods, app.now());
    Ok(Preview {
        admins: prospects.iter().map(AdminProspect::from).collect(),
    })
}

/// Switches the integration on.
pub async fn enable(
    app: &App,
    settings: Settings,
    options: Options,
) -> Result<Enabled, ServiceError> {
    validate(&settings).map_err(SwitchRefused::InvalidSetting)?;
    Inventory::take(app, &app.configuration().await?)?;
    follow_up::check_files(app)?;
    let (seen, _) = resume::with_trial(app).await?;
    try_at_provider(app, &settings).await?;
    let now = app.now();
    // Kept and told in whole seconds.
    let trial_until = options.trial.and_then(|time| {
        Timestamp::from_second(now.as_second().saturating_add(time.as_secs())).ok()
    });
    let encrypted = encrypt(app, &settings)?;
    let decision = Decision {
        seen: &seen,
        actor: app.actor(),
        now,
    };
    let changed = change::to_adobe_ims(app, decision, &encrypted, trial_until).await?;
    let followed = follow_up::run(app, &changed.record).await;
    let nodes =
        acknowledgement::wait(app.database(), changed.record.epoch, changed.committed).await;
    Ok(Enabled {
        epoch: changed.record.epoch,
        trial_until: trial_until.map(|at: Timestamp| at.to_string()),
        nodes,
        warnings: followed
            .map_err(|error| ServiceError::Unfinished(Box::new(error)))?
            .warnings,
    })
}

fn validate(settings: &Settings) -> Result<(), InvalidSetting> {
    organization_id(&settings.organization_id)?;
    client_id(&settings.client_id)?;
    client_secret(&settings.client_secret)
}

/// Tries the client ID and its secret at the provider.
pub(super) async fn try_at_provider(app: &App, settings: &Settings) -> Result<(), ServiceError> {
    let configuration = app.configuration().await?;
    let redirect_uri = configuration.redirect_uri(&app.front_name()?)?;
    let locale = configuration
        .text("general/locale/code")?
        .unwrap_or_else(|| "en_US".to_owned());
    let trial = openid::ims::Trial {
        client_id: &settings.client_id,
        client_secret: &settings.client_secret,
        redirect_uri: &redirect_uri,
        locale: &locale,
        scopes: &SCOPES,
    };
    let client = openid::Client::new(openid::Limits::default());
    openid::ims::try_credentials(&client, &configuration.endpoints()?, &trial)
        .await
        .map_err(SwitchRefused::from)?;
    Ok(())
}

/// What a sign-in asks Adobe for, in Commerce's order.
const SCOPES: [&str; 5] = ["AdobeID", "openid", "email", "profile", "org.read"];

fn encrypt(app: &App, settings: &Settings) -> Result<EncryptedSettings, ServiceError> {
    let organization =
        bare_organization_id(&settings.organization_id).map_err(SwitchRefused::InvalidSetting)?;
    let seal = |text: &str| -> Result<String, ServiceError> {
        Ok(app.keyring().encrypt(text.as_bytes(), random::bytes()?))
    };
    Ok(EncryptedSettings {
        values: [
            seal(organization)?,
            seal(&settings.client_id)?,
            seal(settings.client_secret.expose_secret())?,
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let secret = |text: &str| client_secret(&SecretString::from(text.to_owned()));
        assert_eq!(secret("p8e-a.b~c+d/e="), Ok(()));
        assert_eq!(secret("two words"), Err(InvalidSetting::ClientSecret));
        assert_eq!(secret("******"), Err(InvalidSetting::ClientSecret));
        assert_eq!(secret("  "), Err(InvalidSetting::Empty));
    }
}
