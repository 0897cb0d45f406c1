//! What keeps a switch from being made. Each is found before anything is changed, and names the
//! thing and what to do about it.

/// Why the integration was not switched.
#[derive(Debug, thiserror::Error)]
pub enum SwitchRefused {
    /// Postern's tables or its record are missing.
    #[error("this instance does not know Postern yet: run setup:upgrade once")]
    NotAdopted,
    /// Somebody else is switching, or did so a moment ago.
    #[error(
        "another switch is under way, or was made a moment ago: look at admin:adobe-ims:status, and \
         run this again"
    )]
    AnotherSwitch,
    /// Variables of the environment say otherwise, and a program cannot remove those for others.
    #[error(
        "nothing was changed: the environment pins a value that the switch must be able to remove. \
         Unset {} wherever PHP and Postern get it from, and run this again", .0.join(", ")
    )]
    PinnedByEnvironment(Vec<String>),
    /// A stored value cannot be decrypted, so nobody could prove that it is gone.
    #[error(
        "nothing was changed: {place} holds a value that no key in app/etc/env.php (crypt/key) \
         opens. Put the missing key back, or run this again with --discard-unreadable"
    )]
    Unreadable {
        /// Where it stands.
        place: String,
    },
    /// What was given for the integration has the wrong form.
    #[error("{0}")]
    InvalidSetting(InvalidSetting),
    /// A claim would be mapped to a role that there is none of.
    #[error(
        "there is no role `{role}` (--map-role): make it in the Admin first, or name one of these: \
         {}", .known.join(", ")
    )]
    NoSuchRole {
        /// The role that was named.
        role: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The provider said no, or nothing.
    #[error(transparent)]
    Credentials(#[from] openid::TrialRefused),
}

/// Which of the settings has the wrong form; the words are Commerce's where it has them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSetting {
    /// Not 24 letters and digits.
    #[error(
        "No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them \
         or not"
    )]
    OrganizationId,
    /// Other than letters, digits, `_` and `-`.
    #[error("No valid Client ID provided: it has letters, digits, _ and - only")]
    ClientId,
    /// Blank, or with characters that no secret has.
    #[error("No valid Client Secret provided: it has no blanks, and is not all asterisks")]
    ClientSecret,
    /// No address that a provider may have; the text completes "the address …".
    #[error("No valid issuer provided (--issuer): the address {0}")]
    Issuer(String),
    /// Blanks in the client ID of an OpenID provider.
    #[error("No valid Client ID provided: it has printable characters only, and no blanks")]
    OpenIdClientId,
    /// Line breaks and the like in the value of the organization's claim.
    #[error(
        "No valid Organization ID provided: the value of a claim has printable characters only"
    )]
    OrganizationValue,
    /// A value, but no claim that would hold it.
    #[error(
        "--organization-id needs --organization-claim with an OpenID provider: the claim that must \
         hold this value"
    )]
    OrganizationWithoutClaim,
    /// Not a scope by RFC 6749, section 3.3.
    #[error("No valid scope provided (--scope): it has no blanks, quotes or backslashes")]
    Scope,
    /// The name of a claim with blanks.
    #[error("No valid claim provided: its name has printable characters only, and no blanks")]
    Claim,
    /// Only one of the claim and what its values mean.
    #[error(
        "--role-claim and --map-role need each other: the claim that names the role, and which of \
         its values is which role"
    )]
    RolesWithoutClaim,
    /// Nothing given.
    #[error("This field is required to enable the Admin Adobe IMS Module")]
    Empty,
}
