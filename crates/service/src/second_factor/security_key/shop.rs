//! The shop as security keys know it: the name that they are bound to, and the models it takes.

use super::binding::bound_name;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::mail::Letterhead;
use crate::second_factor::FactorRefused;
use commerce::configuration::{PASSKEY_AAGUIDS, PASSKEY_ROOTS};
use webauthn::{Aaguid, Models, RelyingParty, TrustRoots};

/// No domain is set that keys could be bound to.
const NO_DOMAIN: FactorRefused = FactorRefused::Key("key.no_domain");
/// The shop stands at an address where its keys do not work.
const WRONG_DOMAIN: FactorRefused = FactorRefused::Key("key.wrong_domain");

/// The shop.
pub(in crate::second_factor) struct KeyShop {
    pub(in crate::second_factor) party: RelyingParty,
    pub(in crate::second_factor) name: String,
    settings: Settings,
}

/// The shop as it is configured now, if keys can be used in it. May take a connection of its own, so
/// it is asked for by who holds none.
pub(in crate::second_factor) async fn load(
    app: &App,
) -> Result<Result<KeyShop, FactorRefused>, ServiceError> {
    by(app, &app.configuration().await?)
}

/// The shop as `settings` have it.
pub(in crate::second_factor) fn by(
    app: &App,
    settings: &Settings,
) -> Result<Result<KeyShop, FactorRefused>, ServiceError> {
    let Some(id) = bound_name(settings)? else {
        return Ok(Err(NO_DOMAIN));
    };
    let Ok(party) = RelyingParty::new(&id, &settings.base_url()?) else {
        return Ok(Err(WRONG_DOMAIN));
    };
    Ok(Ok(KeyShop {
        party,
        name: Letterhead::new(app, settings)?.shop().to_owned(),
        settings: settings.clone(),
    }))
}

impl KeyShop {
    /// The models that may be set up; nothing where all may. What cannot be read is an error: a limit
    /// that is not understood must not become none.
    pub(in crate::second_factor) fn models(
        &self,
        app: &App,
    ) -> Result<Option<Models>, ServiceError> {
        let listed = self.settings.text(PASSKEY_AAGUIDS)?.unwrap_or_default();
        let listed: Vec<&str> = listed
            .split(',')
            .map(str::trim)
            .filter(|model| !model.is_empty())
            .collect();
        if listed.is_empty() {
            return Ok(None);
        }
        let parse = |text: &&str| {
            let refused = || format!("{PASSKEY_AAGUIDS} names {text}, which is no AAGUID");
            Aaguid::parse(text).ok_or_else(|| ServiceError::Refused(refused()))
        };
        Ok(Some(Models {
            allowed: listed.iter().map(parse).collect::<Result<_, _>>()?,
            roots: self.roots(app)?,
        }))
    }

    fn roots(&self, app: &App) -> Result<TrustRoots, ServiceError> {
        let file = self.settings.text(PASSKEY_ROOTS)?.unwrap_or_default();
        if file.is_empty() {
            return Err(ServiceError::Refused(format!(
                "{PASSKEY_AAGUIDS} limits the models of security keys, and {PASSKEY_ROOTS} names no \
                 file of certificates that vouch for one"
            )));
        }
        let refused = |why: String| {
            ServiceError::Refused(format!(
                "{file}, named by {PASSKEY_ROOTS}, is of no use: {why}"
            ))
        };
        let path = app.instance().root().join(&file);
        let text = std::fs::read(path).map_err(|why| refused(why.to_string()))?;
        TrustRoots::from_pem(&text).map_err(|why| refused(why.to_string()))
    }
}
