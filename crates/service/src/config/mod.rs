//! Commerce's configuration: reading it from every source, and the commands that show and set it.

pub mod database;
pub mod files;
pub(crate) mod kept;
pub mod sensitive;
pub mod set;
pub mod settings;
pub mod show;

/// Why a value was not shown or set; the words are Commerce's where it has them.
#[derive(Debug, thiserror::Error)]
pub enum ConfigRefused {
    /// No such path.
    #[error("The \"{0}\" path doesn't exist. Verify and try again.")]
    UnknownPath(String),
    /// No such website or store.
    #[error("The \"{0}\" value doesn't exist. Enter another value and try again.")]
    UnknownScope(String),
    /// A file holds the value.
    #[error(
        "The value you set has already been locked. To change the value, use the --lock-env option."
    )]
    Locked,
    /// Only the switch writes it.
    #[error(
        "{0} cannot be set by itself: admin:adobe-ims:enable and admin:adobe-ims:disable change it"
    )]
    OfTheSwitch(String),
    /// The provider's addresses must be `https`, or on this machine.
    #[error("the address for {path} {why}")]
    BadAddress {
        /// Which path.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Only for values that Commerce calls sensitive.
    #[error("A configuration with this path does not exist or is not sensitive")]
    NotSensitive,
    /// Nothing was given.
    #[error("The value can't be empty. Enter the value and try again.")]
    Empty,
    /// The session lifetime is outside Commerce's bounds.
    #[error("{0}")]
    Lifetime(&'static str),
    /// The grace has no bound any more, or is no number.
    #[error("The grace is a number of seconds from 0 to 86400 (a day). Set it again.")]
    Grace,
    /// Keys cannot be bound to it.
    #[error("{0}")]
    PasskeyDomain(#[from] webauthn::InvalidRelyingParty),
    /// There are keys that would stop working.
    #[error(
        "security keys are bound to {name}, for ever, and there are {count}: none would work under \
         another name. Take them away first (security:tfa:reset), set the name, and have new ones set \
         up"
    )]
    KeysAreBound {
        /// How many there are.
        count: usize,
        /// What they are bound to.
        name: String,
    },
    /// No list of models.
    #[error("\"{0}\" is no AAGUID: 32 hexadecimal digits, with commas between several")]
    NotAModel(String),
    /// Something else than yes or no.
    #[error("The value must be 0 or 1. Enter the value and try again.")]
    NotAFlag,
}
