//! Every twist, and what a strict client finds wrong because of it.

use std::collections::HashSet;

use ims_sandbox::Twist;

use crate::{
    actor::{Actor, At},
    inspection::{inspect, key_of, talkative},
};

/// What each twist must be found out by; some by two, because they show in two ways.
const FOUND_BY: &[(Twist, &[&str])] = &[
    (Twist::WrongKey, &["token.signature", "ims.signature"]),
    (Twist::UnknownKid, &["token.key", "ims.certificate"]),
    (Twist::NoKid, &["token.kid"]),
    (Twist::AlgNone, &["token.alg", "token.signature"]),
    (Twist::AlgHs256, &["token.alg", "ims.signature"]),
    (Twist::DamagedSignature, &["token.signature"]),
    (Twist::EmbeddedJwk, &["token.jwk", "token.signature"]),
    (Twist::ForeignJku, &["token.jku", "token.signature"]),
    (Twist::CriticalHeader, &["token.crit"]),
    (Twist::WrongTyp, &["token.typ"]),
    (Twist::NoX5u, &["ims.x5u"]),
    (Twist::X5uClimbs, &["ims.x5u"]),
    (Twist::X5uElsewhere, &["ims.x5u"]),
    (Twist::CertificateExpired, &["ims.certificate_time"]),
    (Twist::CertificateNonsense, &["ims.signature"]),
    (Twist::Expired, &["token.exp", "ims.expired"]),
    (Twist::IssuedInFuture, &["token.early", "ims.early"]),
    (
        Twist::IssuedLongAgo,
        &["token.late", "ims.late", "ims.long"],
    ),
    (Twist::NotYetValid, &["token.nbf"]),
    (Twist::MissingExp, &["token.exp", "ims.expires_in"]),
    (Twist::MissingIat, &["token.late", "ims.created_at"]),
    (
        Twist::WrongUnit,
        &["token.early", "token.long", "ims.expired"],
    ),
    (Twist::ClockAhead2Min, &["token.early", "ims.early"]),
    (Twist::ClockBehind2Min, &["token.late", "ims.late"]),
    (Twist::WrongAudience, &["token.aud", "ims.client_id"]),
    (Twist::NoAudience, &["token.aud", "ims.client_id"]),
    (Twist::ManyAudiences, &["token.aud"]),
    (Twist::ForeignAzp, &["token.aud", "token.azp"]),
    (Twist::WrongIssuer, &["token.iss", "ims.as"]),
    (Twist::NoIssuer, &["token.iss"]),
    (Twist::WrongNonce, &["id_token.nonce"]),
    (Twist::NoNonce, &["id_token.nonce"]),
    (
        Twist::NoSubject,
        &[
            "id_token.sub",
            "ims.user_id",
            "userinfo.sub",
            "profile.user_id",
        ],
    ),
    (Twist::EmptySubject, &["id_token.sub", "ims.user_id"]),
    (Twist::NumericSubject, &["id_token.sub", "userinfo.sub"]),
    (Twist::WrongSubject, &["userinfo.same", "profile.same"]),
    (Twist::OldAuthTime, &["id_token.auth_time"]),
    (Twist::NoAuthTime, &["id_token.no_auth_time"]),
    (Twist::WrongAtHash, &["id_token.at_hash"]),
    (Twist::OtherPerson, &["userinfo.email", "profile.email"]),
    (Twist::NotMember, &["userinfo.groups", "ims.not_member"]),
    (
        Twist::EmailUnverified,
        &["userinfo.verified", "profile.verified"],
    ),
    (Twist::NoEmail, &["userinfo.email", "profile.email"]),
    (Twist::EmailTwoAts, &["userinfo.email", "profile.email"]),
    (Twist::EmailList, &["userinfo.email", "profile.email"]),
    (Twist::EmailLookalike, &["userinfo.email", "profile.email"]),
    (Twist::EmailLineBreak, &["userinfo.email", "profile.email"]),
    (Twist::ProfileOfNobody, &["userinfo.sub", "profile.user_id"]),
    (Twist::ProfileList, &["userinfo.object", "profile.user_id"]),
    (Twist::CallbackWrongState, &["callback.state"]),
    (Twist::CallbackNoState, &["callback.state"]),
    (Twist::CallbackTwoStates, &["callback.state"]),
    (Twist::CallbackWrongIss, &["callback.iss"]),
    (Twist::CallbackNoIss, &["callback.iss"]),
    (Twist::CallbackNoCode, &["callback.code"]),
    (Twist::CallbackEmptyCode, &["callback.code"]),
    (Twist::CallbackTwoCodes, &["callback.code"]),
    (Twist::CallbackHugeCode, &["callback.code"]),
    (Twist::CallbackForeignCode, &["callback.code"]),
    (Twist::CallbackCodeAndError, &["callback.error"]),
    (
        Twist::CallbackErrorDenied,
        &["callback.error", "callback.code"],
    ),
    (
        Twist::CallbackErrorServer,
        &["callback.error", "callback.code"],
    ),
    (
        Twist::CallbackErrorHtml,
        &["callback.error", "callback.html"],
    ),
    (Twist::ReplayedCode, &["tokens.status"]),
    (Twist::TokenTypeMac, &["tokens.token_type"]),
    (Twist::NoTokenType, &["tokens.token_type"]),
    (Twist::TokenNotJson, &["tokens.type"]),
    (Twist::TokenArray, &["tokens.object"]),
    (Twist::TokenEmpty, &["tokens.type"]),
    (Twist::TokenRedirect, &["tokens.status"]),
    (Twist::NoAccessToken, &["tokens.access_token"]),
    (Twist::AccessTokenLineBreak, &["tokens.line_break"]),
    (Twist::NoIdToken, &["tokens.id_token"]),
    (Twist::IdTokenNonsense, &["tokens.id_token"]),
    (Twist::RefreshDenied, &["refresh.status"]),
    (Twist::RefreshOtherPerson, &["refresh.same"]),
    (Twist::GroupsAtSignInOnly, &["userinfo.groups"]),
    (Twist::MembershipNotJson, &["ims.membership"]),
    (Twist::MembershipString, &["ims.membership"]),
    (Twist::MembershipNumber, &["ims.membership"]),
    (Twist::MembershipEmpty, &["ims.membership"]),
    (Twist::ValidateSaysRevoked, &["ims.valid", "introspection"]),
    (Twist::ValidateEmpty, &["ims.valid", "introspection"]),
    (Twist::ValidateString, &["ims.valid", "introspection"]),
    (Twist::DiscoveryWrongIssuer, &["metadata.issuer"]),
    (Twist::DiscoveryIssuerSlash, &["metadata.issuer"]),
    (Twist::DiscoveryHttpEndpoint, &["metadata.token_endpoint"]),
    (Twist::DiscoveryNoJwks, &["metadata.jwks_uri"]),
    (Twist::DiscoveryNoToken, &["metadata.token_endpoint"]),
    (Twist::DiscoveryPkcePlain, &["metadata.pkce"]),
    (Twist::DiscoveryWeakAlgorithms, &["metadata.algorithms"]),
    (Twist::JwksEmpty, &["keys.none", "token.key"]),
    (Twist::JwksHuge, &["keys.size"]),
    (Twist::JwksSymmetric, &["keys.kind", "token.alg"]),
    (Twist::JwksForEncryption, &["keys.use"]),
    (Twist::JwksNoKid, &["keys.kid", "token.key"]),
    (Twist::LogoutNonce, &["logout.nonce"]),
    (Twist::LogoutNoEvent, &["logout.events"]),
    (Twist::LogoutNoJti, &["logout.jti"]),
    (Twist::LogoutSameJti, &["logout.same_jti"]),
    (Twist::LogoutOfNobody, &["logout.sid"]),
];

#[tokio::test]
async fn every_twist_is_found_out_and_nothing_is_wrong_without_one() {
    let actor = talkative();
    for (twist, expected) in FOUND_BY {
        actor.sandbox.set_twist(Some(*twist));
        let findings = inspect(&actor).await;
        for wrong in *expected {
            assert!(
                findings.contains(wrong),
                "{twist:?}: {wrong} not in {findings:?}"
            );
        }
    }
    actor.sandbox.set_twist(None);
    let findings = inspect(&actor).await;
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn no_twist_is_forgotten() {
    // A rotated key is right; it has a test of its own.
    let found: HashSet<Twist> = FOUND_BY
        .iter()
        .map(|(twist, _)| *twist)
        .chain([Twist::RotatedKey])
        .collect();
    for twist in Twist::all() {
        assert!(found.contains(twist), "{twist:?}");
    }
}

#[tokio::test]
async fn the_rotated_key_is_published_and_the_old_one_gone() {
    let actor = talkative();
    let before = sign_in(&actor).await;
    actor.sandbox.set_twist(Some(Twist::RotatedKey));
    let after = sign_in(&actor).await;
    assert!(key_of(&actor, At::OpenId, &before).await.is_none());
    assert!(key_of(&actor, At::OpenId, &after).await.is_some());
    assert!(inspect(&actor).await.is_empty());
}

async fn sign_in(actor: &Actor) -> String {
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    tokens["id_token"].as_str().unwrap().to_owned()
}
