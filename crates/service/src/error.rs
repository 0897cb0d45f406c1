//! What a use case answers when it does not do as asked. Refusals name the thing and what to do,
//! and are the caller's to show; a fault is ours, is logged once by the boundary that meets it,
//! and shows only its incident number.

use crate::admin::AdminRefused;
use crate::config::ConfigRefused;
use crate::password_queue::Overloaded;
use crate::second_factor::OperatorRefused;
use crate::setup::SetupRefused;
use crate::switch::SwitchRefused;
use store::database::DatabaseError;
use store::instance::InstanceError;
use store::sessions::SessionError;

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The instance's files cannot be used.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The sessions cannot be reached.
    #[error(transparent)]
    Sessions(SessionError),
    /// The operator's request to end sessions was refused.
    #[error(transparent)]
    EndRefused(#[from] crate::session::EndRefused),
    /// Identities at the provider were not shown or forgotten.
    #[error(transparent)]
    Identities(#[from] crate::sign_in::identities::IdentitiesRefused),
    /// A value that is needed is PHP code.
    #[error("{0}: write the value itself there")]
    Deployment(#[from] commerce::configuration::NotLiteralIn),
    /// The crypt key cannot be used.
    #[error("app/etc/env.php: {0}")]
    CryptKey(#[from] commerce::encryption::InvalidKey),
    /// There is no crypt key at all.
    #[error("app/etc/env.php has no crypt/key: put the instance's encryption key there")]
    NoCryptKey,
    /// The switch was not made.
    #[error(transparent)]
    Switch(#[from] SwitchRefused),
    /// An admin was not made or changed.
    #[error(transparent)]
    Admin(#[from] AdminRefused),
    /// A configuration value was not shown or set.
    #[error(transparent)]
    Config(#[from] ConfigRefused),
    /// The instance was not made or adopted.
    #[error(transparent)]
    Setup(#[from] SetupRefused),
    /// The operator's request about a second factor was refused.
    #[error(transparent)]
    SecondFactor(#[from] OperatorRefused),
    /// Too much work is waiting.
    #[error(transparent)]
    Overloaded(#[from] Overloaded),
    /// The switch is made, but something after it failed and will be tried again.
    #[error(
        "the switch is made, but not everything has followed it yet: {0}. \
         Any further command, or the running server, will finish it"
    )]
    Unfinished(#[source] Box<ServiceError>),
    /// The database failed while it made the switch final: it may have done so or not.
    #[error(
        "it is not certain whether the switch was made, for in that moment the database failed: \
         {0}. See admin:adobe-ims:status, and run this command again"
    )]
    Uncertain(#[source] DatabaseError),
    /// Something else that the operator can mend; the sentence says how.
    #[error("{0}")]
    Refused(String),
    /// Something that should not happen.
    #[error("{0}")]
    Fault(String),
}

impl ServiceError {
    /// Whether the database or the session server is out of reach or busy, which is expected to pass.
    pub fn is_unavailable(&self) -> bool {
        matches!(
            self,
            Self::Sessions(SessionError::Unreachable(_))
                | Self::Database(
                    DatabaseError::Unreachable(_)
                        | DatabaseError::AccessDenied
                        | DatabaseError::NoSuchDatabase
                        | DatabaseError::Busy
                )
        )
    }

    /// Whether it is ours to mend, rather than the operator's.
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Self::Fault(_)
                | Self::Sessions(SessionError::Unexpected(_))
                | Self::Database(DatabaseError::Other(_) | DatabaseError::Shape { .. })
        )
    }
}

impl From<SessionError> for ServiceError {
    /// That sessions are kept in the database makes its faults no other ones.
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Database(error) => Self::Database(error),
            other => Self::Sessions(other),
        }
    }
}
