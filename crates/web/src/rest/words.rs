//! Sentences of the web API: Commerce's own, to the letter and always in English, since programs
//! compare them. What people read on pages stands in `locales/`.

/// One answer to unknown name, wrong password, lock and inactive account.
pub(crate) const BAD_CREDENTIALS: &str = "The account sign-in was incorrect or your account is \
     disabled temporarily. Please wait and try again later.";

/// The password was right, but the admin has no role.
pub(crate) const NO_ROLE: &str = "More permissions are needed to access this.";

/// A token was asked for with a password while the integration is on.
pub(crate) const USE_IMS_TOKEN: &str =
    "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.";

/// There is no token, or none that holds.
pub(crate) const NOT_AUTHORIZED: &str = "The consumer isn't authorized to access %resources.";

/// A path of the web API that does not exist.
pub(crate) const NO_ROUTE: &str = "Request does not match any route.";
