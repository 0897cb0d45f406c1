//! Somebody who has shown who they are, at either door, and is about to be given a session.

use super::known_browser::Introduction;
use domain::admin::Admin;
use domain::password_lifetime::PasswordAge;
use domain::second_factor::Factor;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use openid::Tokens;

/// A person who is let in, in the epoch in which they asked.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The person, as they were before this sign-in: `last_sign_in` is the one before.
    pub admin: Admin,
    /// A session that is opened on this ground ends with this epoch: where the mode is switched
    /// between the check and the opening, the session is born void.
    pub epoch: i64,
    /// Whether the password has become too old.
    pub password_age: PasswordAge,
    /// What is now known of the browser, at the page's door.
    pub browser: Option<Introduction>,
    /// What was shown besides the password, or in its place, where anything was.
    pub factor: Option<Factor>,
    /// What the provider gave, where the person came in by it.
    pub grant: Option<NewGrant>,
}

/// What the provider gave with a sign-in.
#[derive(Clone)]
pub struct NewGrant {
    /// Who vouches.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The provider's name for its own session with the person, where it has one.
    pub provider_session: Option<String>,
    /// What to ask it about the person with.
    pub tokens: Tokens,
    /// When it vouched.
    pub confirmed_at: Timestamp,
    /// Whether nothing but the ID token named the person's role.
    pub role_by_id_token: bool,
}

impl std::fmt::Debug for NewGrant {
    /// Without the tokens.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("NewGrant")
            .field("issuer", &self.issuer)
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl Verified {
    /// The mode that the person came in by.
    pub fn mode(&self) -> SignInMode {
        match self.grant {
            Some(_) => SignInMode::AdobeIms,
            None => SignInMode::Commerce,
        }
    }
}
