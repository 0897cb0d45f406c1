//! Why an answer is not taken.

/// What is wrong with an answer. One thing altered leads to one of these; the codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Refusal {
    /// It is longer than any answer.
    TooLarge,
    /// It is not the JSON of a credential.
    Malformed,
    /// What the browser collected is not the JSON that it signs.
    ClientData,
    /// It answers another kind of question.
    Type,
    /// It answers a question that was not asked here.
    Challenge,
    /// It answers a question that was asked for another purpose.
    Purpose,
    /// The question was asked too long ago.
    Expired,
    /// The question was answered before.
    Replayed,
    /// It was made at another origin.
    Origin,
    /// It was made in a frame of another origin.
    CrossOrigin,
    /// The page on top was another origin's.
    TopOrigin,
    /// It was made for another relying party.
    RelyingParty,
    /// Nobody touched the authenticator.
    UserPresence,
    /// The authenticator did not verify its user.
    UserVerification,
    /// What the authenticator signed is cut off, or goes on after its end.
    AuthenticatorData,
    /// It is flagged to be backed up and not to be able to.
    BackupFlags,
    /// It was bound to one device and is no more, or the reverse.
    BackupChanged,
    /// What follows the flags as extensions is none.
    Extensions,
    /// A new key comes without its public part.
    NoCredential,
    /// Its key is of no kind that was asked for, or no point of its curve.
    Algorithm,
    /// The id is empty, too long, or not the same in both places.
    Id,
    /// The key is set up already, here or for somebody else.
    Known,
    /// There is no such key of this person, or of anybody.
    Unknown,
    /// The user handle is missing where it is needed, or another person's.
    UserHandle,
    /// The signature is not the key's.
    Signature,
    /// The counter did not go up: there may be two of the key.
    Counter,
    /// The attestation is of no form that is looked at.
    AttestationFormat,
    /// The attestation does not say what it must, or nobody who is trusted vouches for it.
    Attestation,
    /// The model of the authenticator is none of those that are allowed.
    Model,
}

impl Refusal {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "key.too_large",
            Self::Malformed => "key.malformed",
            Self::ClientData => "key.client_data",
            Self::Type => "key.type",
            Self::Challenge => "key.challenge",
            Self::Purpose => "key.purpose",
            Self::Expired => "key.expired",
            Self::Replayed => "key.replayed",
            Self::Origin => "key.origin",
            Self::CrossOrigin => "key.cross_origin",
            Self::TopOrigin => "key.top_origin",
            Self::RelyingParty => "key.relying_party",
            Self::UserPresence => "key.user_presence",
            Self::UserVerification => "key.user_verification",
            Self::AuthenticatorData => "key.authenticator_data",
            Self::BackupFlags => "key.backup_flags",
            Self::BackupChanged => "key.backup_changed",
            Self::Extensions => "key.extensions",
            Self::NoCredential => "key.no_credential",
            Self::Algorithm => "key.algorithm",
            Self::Id => "key.id",
            Self::Known => "key.known",
            Self::Unknown => "key.unknown",
            Self::UserHandle => "key.user_handle",
            Self::Signature => "key.signature",
            Self::Counter => "key.counter",
            Self::AttestationFormat => "key.attestation_format",
            Self::Attestation => "key.attestation",
            Self::Model => "key.model",
        }
    }
}
