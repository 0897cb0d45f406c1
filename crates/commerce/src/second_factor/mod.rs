//! What Commerce's module `Magento_TwoFactorAuth` keeps and sends: the second factors of an admin
//! in `tfa_user_config`, and the token of a link that lets one be set up.

mod configuration_token;
mod user_config;

pub use configuration_token::{LIFETIME, issue, open, verify};
pub use user_config::{InvalidUserConfig, Provider, StoredKey, UserConfig, credential_digest};
