//! The list of twists. The comment of each is its description on the page.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// One way in which something that is issued is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Twist {
    // Signatures and headers of tokens.
    /// Token signed by a key that is not in the set, under the kid of one that is
    WrongKey,
    /// A new key is published and signs; the old one is gone
    RotatedKey,
    /// Token names a kid that is not in the set
    UnknownKid,
    /// Token names no key
    NoKid,
    /// Token with alg none and no signature
    AlgNone,
    /// Token signed with HS256, the public key as its secret
    AlgHs256,
    /// Token with one bit of the signature turned
    DamagedSignature,
    /// Token brings a key of its own in the header jwk
    EmbeddedJwk,
    /// Token names a key set elsewhere in the header jku
    ForeignJku,
    /// Token has a critical header that nobody knows
    CriticalHeader,
    /// Token whose typ is that of another kind of token
    WrongTyp,
    /// Access token without x5u
    NoX5u,
    /// Access token whose x5u climbs out of its folder
    X5uClimbs,
    /// Access token whose x5u is an address elsewhere
    X5uElsewhere,
    /// The certificate of x5u has run out
    CertificateExpired,
    /// Where the certificate should be there is none
    CertificateNonsense,

    // Times.
    /// Token ran out an hour ago
    Expired,
    /// Token is issued in an hour
    IssuedInFuture,
    /// Token was issued a day ago and still holds
    IssuedLongAgo,
    /// Token holds from in an hour only
    NotYetValid,
    /// Token without an end
    MissingExp,
    /// Token without a beginning
    MissingIat,
    /// Token whose times are in the wrong unit: seconds for milliseconds or the reverse
    WrongUnit,
    /// The provider's clock is two minutes ahead
    ClockAhead2Min,
    /// The provider's clock is two minutes behind
    ClockBehind2Min,

    // Claims of ID tokens.
    /// Token for another client
    WrongAudience,
    /// Token without audience
    NoAudience,
    /// Token for us and another client, without azp
    ManyAudiences,
    /// Token for us and another client, which is the azp
    ForeignAzp,
    /// Token of another issuer
    WrongIssuer,
    /// Token without issuer
    NoIssuer,
    /// ID token with another nonce
    WrongNonce,
    /// ID token without nonce
    NoNonce,
    /// Token and profile without a subject
    NoSubject,
    /// Token and profile with an empty subject
    EmptySubject,
    /// Token and profile with a number as subject
    NumericSubject,
    /// Profile or userinfo with another subject than the ID token
    WrongSubject,
    /// The person signed in an hour ago, whatever was asked
    OldAuthTime,
    /// ID token that does not say when the person signed in
    NoAuthTime,
    /// ID token for another access token
    WrongAtHash,

    // Who it is.
    /// Another person signs in than the one who was asked for
    OtherPerson,
    /// The person belongs to no organization and no group
    NotMember,
    /// Address that nobody has verified
    EmailUnverified,
    /// No address
    NoEmail,
    /// Address with two at signs
    EmailTwoAts,
    /// A list of addresses where one belongs
    EmailList,
    /// Address with a letter of another alphabet that looks the same
    EmailLookalike,
    /// Address with a line break
    EmailLineBreak,
    /// Profile or userinfo that is an empty object
    ProfileOfNobody,
    /// Profile or userinfo that is a list
    ProfileList,

    // The callback.
    /// Callback with another state
    CallbackWrongState,
    /// Callback without state
    CallbackNoState,
    /// Callback with the state twice, once wrong
    CallbackTwoStates,
    /// Callback that names another issuer
    CallbackWrongIss,
    /// Callback that names no issuer
    CallbackNoIss,
    /// Callback without code
    CallbackNoCode,
    /// Callback with an empty code
    CallbackEmptyCode,
    /// Callback with two codes
    CallbackTwoCodes,
    /// Callback with a code of 20,000 characters
    CallbackHugeCode,
    /// Callback with a code that is not of this provider
    CallbackForeignCode,
    /// Callback with a code and an error
    CallbackCodeAndError,
    /// Callback that says access_denied
    CallbackErrorDenied,
    /// Callback that says server_error
    CallbackErrorServer,
    /// Callback with an error whose description holds HTML
    CallbackErrorHtml,
    /// The code was used by somebody else before
    ReplayedCode,

    // The token endpoint.
    /// Token answer of the type mac
    TokenTypeMac,
    /// Token answer without type
    NoTokenType,
    /// Token answer as a form
    TokenNotJson,
    /// Token answer in a list
    TokenArray,
    /// Token answer that is empty
    TokenEmpty,
    /// Token answer that leads elsewhere, with the form to be sent again
    TokenRedirect,
    /// Token answer without access token
    NoAccessToken,
    /// Token answer whose access token has a line break
    AccessTokenLineBreak,
    /// Token answer without ID token
    NoIdToken,
    /// Token answer whose ID token is no token
    IdTokenNonsense,
    /// The refresh token is taken no more
    RefreshDenied,
    /// The refresh token brings the tokens of another person
    RefreshOtherPerson,

    // What IMS says of a token later.
    /// Membership that is not JSON
    MembershipNotJson,
    /// Membership that is the word true in quotes
    MembershipString,
    /// Membership that is the number one
    MembershipNumber,
    /// Membership without a body
    MembershipEmpty,
    /// Token check that says revoked
    ValidateSaysRevoked,
    /// Token check without a body
    ValidateEmpty,
    /// Token check that says yes with a word in quotes
    ValidateString,

    /// Groups are said by the ID token alone, and a renewal brings none
    GroupsAtSignInOnly,

    // What an OpenID provider says of itself.
    /// Metadata of another issuer
    DiscoveryWrongIssuer,
    /// Metadata with a slash at the end of the issuer
    DiscoveryIssuerSlash,
    /// Metadata with a token endpoint elsewhere without TLS
    DiscoveryHttpEndpoint,
    /// Metadata without key set
    DiscoveryNoJwks,
    /// Metadata without token endpoint
    DiscoveryNoToken,
    /// Metadata that offers PKCE only as plain
    DiscoveryPkcePlain,
    /// Metadata that offers only HS256 and none
    DiscoveryWeakAlgorithms,
    /// Key set without keys
    JwksEmpty,
    /// Key set of several megabytes
    JwksHuge,
    /// Key set that holds a shared secret under the right kid
    JwksSymmetric,
    /// Key set whose key is for encryption
    JwksForEncryption,
    /// Key set whose key has no kid
    JwksNoKid,

    // Logout tokens.
    /// Logout token with a nonce
    LogoutNonce,
    /// Logout token without the event
    LogoutNoEvent,
    /// Logout token without jti
    LogoutNoJti,
    /// Logout token whose jti is always the same
    LogoutSameJti,
    /// Logout token that says neither who nor which session
    LogoutOfNobody,
}
