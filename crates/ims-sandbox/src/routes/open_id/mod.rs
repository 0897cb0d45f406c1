//! What only the plain OpenID provider has, below its issuer.

pub(super) mod discovery;
pub(super) mod end_session;
pub(super) mod introspect;
pub(super) mod jwks;
pub(super) mod revoke;
pub(super) mod userinfo;
