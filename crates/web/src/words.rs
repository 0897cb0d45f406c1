//! Sentences that are chosen at run time; those that always stand on a page are in its template.
//! Commerce's own sentences are kept to the letter, since people and scripts know them.

/// One answer to unknown name, wrong password, lock and inactive account.
pub(crate) const BAD_CREDENTIALS: &str = "The account sign-in was incorrect or your account is \
     disabled temporarily. Please wait and try again later.";

/// The password was right, but the admin has no role.
pub(crate) const NO_ROLE: &str = "More permissions are needed to access this.";

/// A password was sent while the integration is on.
pub(crate) const USE_ADOBE_ID: &str = "Please sign in with Adobe ID";

/// A token was asked for with a password while the integration is on.
pub(crate) const USE_IMS_TOKEN: &str =
    "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.";

/// After signing out.
pub(crate) const SIGNED_OUT: &str = "You have logged out.";

/// A form came back without the key of this browser: most often a page that was open for days.
pub(crate) const STALE_PAGE: &str =
    "This page was open for too long. Nothing was changed; please try again.";

/// Commerce's answer to a path of the web API that does not exist.
pub(crate) const NO_ROUTE: &str = "Request does not match any route.";

/// After setting a password with a mailed link.
pub(crate) const PASSWORD_SET: &str = "You updated your password.";

/// A mailed link that is used up, replaced, too old or wrong.
pub(crate) const LINK_EXPIRED: &str = "Your password reset link has expired.";

/// After several attempts, for who has no scripts: the puzzle in the form is taken after a wait.
pub(crate) const WAIT_AND_TRY_AGAIN: &str = "There were several attempts to sign in. Please wait \
     15 seconds, then sign in again.";
