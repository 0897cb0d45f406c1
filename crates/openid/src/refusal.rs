//! Every way in which a provider's word is not taken, each with its own stable code.
//!
//! The codes stand in logs and metrics and are chosen once and for ever; words for people are made
//! from them elsewhere. What begins with `metadata` or `keys` speaks of the provider and not of the
//! person, so it counts as an outage: a provider that contradicts itself has signed nobody out.

/// Makes the enum, its codes and the list of all from one table, so that none can be forgotten.
macro_rules! refusals {
    ($($(#[$doc:meta])+ $variant:ident = $code:literal,)+) => {
        /// Why the provider's word is not taken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Refusal {
            $($(#[$doc])+ $variant,)+
        }

        impl Refusal {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code, such as `id_token.wrong_audience`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }
    };
}

refusals! {
    /// The provider calls itself otherwise than it is configured.
    MetadataIssuer = "metadata.wrong_issuer",
    /// An endpoint is missing, or no address that may be asked.
    MetadataEndpoint = "metadata.bad_endpoint",
    /// It names the PKCE methods it knows, and S256 is not among them.
    MetadataPkce = "metadata.no_pkce_s256",
    /// It does not offer the authorization code flow.
    MetadataFlow = "metadata.no_code_flow",
    /// It signs with nothing that is accepted here.
    MetadataAlgorithm = "metadata.no_accepted_algorithm",
    /// It takes client secrets in no way that is known here.
    MetadataClientAuthentication = "metadata.no_client_authentication",
    /// The key set is none.
    KeysMalformed = "keys.malformed",
    /// The key set holds more keys than anybody needs.
    KeysTooMany = "keys.too_many",
    /// The certificate cannot be read, or its key is no RSA key.
    CertificateMalformed = "keys.certificate_malformed",
    /// The certificate is not valid yet, or no more.
    CertificateOutdated = "keys.certificate_outdated",
    /// Asking was broken off before there was an answer.
    Interrupted = "keys.interrupted",

    /// The callback does not name the provider, though it promises to.
    CallbackNoIssuer = "callback.no_issuer",
    /// The callback names another provider.
    CallbackIssuer = "callback.wrong_issuer",
    /// The code is unknown, used, run out, or not for this attempt.
    Code = "code.refused",
    /// The provider does not take the client ID and its secret.
    Client = "client.refused",
    /// The token endpoint refused for another reason.
    TokenEndpoint = "token_endpoint.refused",
    /// The token endpoint gave no access token that could be used.
    NoAccessToken = "token_answer.no_access_token",
    /// The access token is of a type other than `Bearer`.
    TokenType = "token_answer.wrong_type",
    /// The provider gave no ID token.
    NoIdToken = "token_answer.no_id_token",

    /// The token is no signed JWT.
    TokenMalformed = "token.malformed",
    /// The token is larger than 16 KiB.
    TokenTooLarge = "token.too_large",
    /// A member stands in the token twice.
    TokenDuplicateMember = "token.duplicate_member",
    /// The token is signed with nothing that is accepted here, such as `none`.
    TokenAlgorithm = "token.algorithm_not_accepted",
    /// The token demands an extension that is not known here.
    TokenCritical = "token.critical_extension",
    /// The token is compressed.
    TokenCompressed = "token.compressed",
    /// The token names a key that the provider does not publish.
    TokenUnknownKey = "token.unknown_key",
    /// The token names no key where there are several.
    TokenNoKeyId = "token.no_key_id",
    /// The key that the token names is for something else.
    TokenUnfitKey = "token.unfit_key",
    /// The signature does not hold.
    TokenSignature = "token.bad_signature",
    /// The name of the certificate is no plain file name.
    TokenCertificateName = "token.bad_certificate_name",

    /// The token in the place of the ID token is of another kind.
    IdTokenType = "id_token.wrong_type",
    /// The ID token is from another issuer.
    IdTokenIssuer = "id_token.wrong_issuer",
    /// The ID token is for somebody else.
    IdTokenAudience = "id_token.wrong_audience",
    /// The ID token is for several, and not made out to us.
    IdTokenAuthorizedParty = "id_token.wrong_authorized_party",
    /// The ID token has no time of expiry.
    IdTokenNoExpiry = "id_token.no_expiry",
    /// The ID token has run out.
    IdTokenExpired = "id_token.expired",
    /// The ID token has no time of issue.
    IdTokenNoIssueTime = "id_token.no_issue_time",
    /// The ID token is issued in the future.
    IdTokenFuture = "id_token.issued_in_future",
    /// The ID token was issued long ago.
    IdTokenStale = "id_token.issued_long_ago",
    /// The ID token is not to be used yet.
    IdTokenNotYet = "id_token.not_yet_valid",
    /// The ID token has run out on arrival: the clock of this machine is ahead of the provider's.
    ClockAhead = "id_token.clock_ahead",
    /// The ID token is issued in the future: the clock of this machine is behind the provider's.
    ClockBehind = "id_token.clock_behind",
    /// The ID token is not for this attempt.
    IdTokenNonce = "id_token.wrong_nonce",
    /// The ID token says of nobody who they are.
    IdTokenSubject = "id_token.bad_subject",
    /// The ID token belongs to another access token.
    IdTokenAccessHash = "id_token.wrong_access_token_hash",
    /// The ID token does not say when the person signed in, though that was asked.
    IdTokenNoAuthTime = "id_token.no_auth_time",
    /// The person signed in before they were asked to.
    IdTokenAuthTime = "id_token.old_auth_time",

    /// The token does not say that the person has shown a second factor.
    SecondFactorMissing = "token.no_second_factor",

    /// The provider tells nothing about the person.
    ProfileDenied = "profile.denied",
    /// The profile says of nobody who they are.
    ProfileSubject = "profile.bad_subject",
    /// The profile is another person's than the token.
    ProfileOther = "profile.other_subject",
    /// The person does not belong to the organization.
    NotMember = "organization.not_member",

    /// The logout token is from another issuer.
    LogoutIssuer = "logout_token.wrong_issuer",
    /// The logout token is for somebody else.
    LogoutAudience = "logout_token.wrong_audience",
    /// The token is of another type.
    LogoutType = "logout_token.wrong_type",
    /// The logout token has no time of issue, or one that is not just now.
    LogoutIssueTime = "logout_token.not_fresh",
    /// The logout token has no time of expiry, or has run out.
    LogoutExpired = "logout_token.expired",
    /// The logout token has no name of its own.
    LogoutNoId = "logout_token.no_id",
    /// The token is about something else than signing out.
    LogoutEvent = "logout_token.no_event",
    /// The token has a nonce, so it is an ID token.
    LogoutNonce = "logout_token.has_nonce",
    /// The logout token says neither whose session nor which.
    LogoutNobody = "logout_token.nobody",

    /// The provider offers no way to end a token.
    RevocationNotOffered = "revocation.not_offered",

    /// The access token is none: another kind of token stands in its place.
    BearerType = "bearer.not_access_token",
    /// The access token is from another issuer.
    BearerIssuer = "bearer.wrong_issuer",
    /// The access token is for somebody else.
    BearerAudience = "bearer.wrong_audience",
    /// The access token lacks a time, or it cannot be read.
    BearerTimes = "bearer.bad_times",
    /// The access token is issued in the future.
    BearerFuture = "bearer.issued_in_future",
    /// The access token has run out.
    BearerExpired = "bearer.expired",
    /// The access token is older than a day.
    BearerTooOld = "bearer.too_old",
    /// The provider does not honour the access token, or no more.
    BearerRevoked = "bearer.revoked",
    /// The provider offers no way to ask about such an access token.
    BearerUnverifiable = "bearer.cannot_be_checked",
    /// The token says one person, the provider another.
    BearerSubject = "bearer.other_subject",
}

impl Refusal {
    /// Whether it speaks of the provider and says nothing about the person.
    pub fn is_about_provider(self) -> bool {
        self.code().starts_with("metadata.") || self.code().starts_with("keys.")
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_there_once_and_has_the_form_of_a_code() {
        let codes: HashSet<_> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        for code in codes {
            let (area, word) = code.split_once('.').unwrap();
            let plain = |text: &str| {
                text.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            };
            assert!(plain(area) && plain(word), "{code}");
        }
    }
}
