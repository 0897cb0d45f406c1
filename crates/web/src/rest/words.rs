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

/// The password was right, and a second factor is asked for.
pub(super) const USE_FACTOR_ENDPOINT: &str =
    "Please use the 2fa provider-specific endpoints to obtain a token.";

/// The password was right, nothing is set up, and a link was mailed.
pub(super) const SET_UP_BY_MAIL: &str = "You are required to configure personal Two-Factor \
     Authorization in order to login. Please check your email.";

/// The same, and nothing could be mailed.
pub(super) const MAIL_FAILED: &str = "Failed to send the message. Please contact the administrator";

/// The shop does not take this provider.
pub(super) const PROVIDER_NOT_ALLOWED: &str = "Provider is not allowed.";

/// The person has not set this provider up.
pub(super) const PROVIDER_NOT_SET_UP: &str = "Provider is not configured.";

/// The person has set this provider up.
pub(super) const PROVIDER_SET_UP: &str = "Provider is already configured.";

/// The code was not taken.
pub(super) const INVALID_CODE: &str = "Invalid code.";

/// The security key's answer was not taken.
pub(super) const INVALID_KEY: &str = "Invalid U2F key.";

/// The token of a link does not hold, where a factor is to be set up with it.
pub(super) const INVALID_LINK: &str = "Invalid two-factor authorization token";

/// The same, where it is only asked with.
pub(super) const INVALID_TOKEN: &str = "Invalid token.";

/// A provider that is not here, or not for this person.
pub(super) const UNKNOWN_PROVIDER: &str = "Unknown or not enabled provider %1 for this user";

/// Somebody who is not there.
pub(super) const NO_SUCH_ENTITY: &str = "No such entity with %fieldName = %fieldValue";

/// There is no token, or none that holds.
pub(crate) const NOT_AUTHORIZED: &str = "The consumer isn't authorized to access %resources.";

/// A path of the web API that does not exist.
pub(crate) const NO_ROUTE: &str = "Request does not match any route.";
