//! `/rest/V1/tfa/*`: second factors for programs, at the addresses and with the bodies of Commerce's
//! module. Without the module there are no such addresses.

pub(crate) mod default_provider;
pub(crate) mod forced_providers;
pub(crate) mod google_activate;
pub(crate) mod google_authenticate;
pub(crate) mod google_configure;
pub(crate) mod installed_providers;
mod keeper;
pub(crate) mod key_activate;
pub(crate) mod key_challenge;
pub(crate) mod key_configure;
pub(crate) mod key_verify;
mod link_token;
mod module;
mod provider;
pub(crate) mod providers_to_activate;
mod qr_code;
mod question;
mod refusal;
pub(crate) mod tfat_providers_to_activate;
pub(crate) mod tfat_user_providers;
pub(crate) mod unavailable;
mod user_id;
pub(crate) mod user_providers;

#[cfg(test)]
mod tests;
