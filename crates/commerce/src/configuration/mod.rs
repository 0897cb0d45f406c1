//! Configuration of an instance: every source Commerce reads, in Commerce's order of precedence.
//! Rule guarded here: pure; files, rows and variables are given, nothing is read here. Defaults are
//! `defaults.rs`, files `deployment.rs`, the order `effective.rs`, and all places of a value
//! `places.rs`.

mod defaults;
mod deployment;
mod effective;
mod entries;
mod environment;
mod path;
mod placeholder;
mod places;
mod scope;
mod setting;
mod source;

pub use defaults::{DEFAULTS, default_value};
pub use deployment::{DeploymentConfig, DeploymentValue};
pub use effective::{Configuration, Found, Row};
pub use entries::Entry;
pub use environment::Environment;
pub use path::{ConfigPath, MalformedPath};
pub use placeholder::{MissingPlaceholder, expand};
pub use places::{Location, Place};
pub use scope::{Scope, ScopeRefusal, is_scope_code};
pub use setting::{
    ADMIN_ENABLED, CLIENT_ID, CLIENT_SECRET, OPENID_GRACE, OPENID_ID_TOKEN_HINT, OPENID_ISSUER,
    OPENID_ORGANIZATION_CLAIM, OPENID_PROVISIONING, OPENID_ROLE_CLAIM, OPENID_ROLES, OPENID_SCOPES,
    OPENID_SECOND_FACTOR, ORGANIZATION_ID, PASSKEY_AAGUIDS, PASSKEY_ROOTS, PASSKEY_RP_ID,
    SWITCH_PATHS, Settable, is_encrypted, is_sensitive, settable, stored_path,
};
pub use source::{ConfigFile, NotLiteralIn, Source};
