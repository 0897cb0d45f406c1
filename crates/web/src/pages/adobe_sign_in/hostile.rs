//! Hostile and broken answers, each made from a good way by altering one thing. Each is refused
//! with its own code and leaves no session; the same way without the alteration leads in.

use crate::testing::Browser;
use crate::testing::provider::{Integrated, Kind, person};
use Kind::{Adobe, OpenId};
use ims_sandbox::{Options, Person, Twist};

/// What a twist of the stand-in comes to.
const TWISTS: &[(Kind, Twist, &str)] = &[
    // Keys and signatures.
    (OpenId, Twist::WrongKey, "token.bad_signature"),
    (OpenId, Twist::UnknownKid, "token.unknown_key"),
    (OpenId, Twist::AlgNone, "token.algorithm_not_accepted"),
    (OpenId, Twist::AlgHs256, "token.algorithm_not_accepted"),
    (OpenId, Twist::DamagedSignature, "token.bad_signature"),
    (OpenId, Twist::EmbeddedJwk, "token.bad_signature"),
    (OpenId, Twist::ForeignJku, "token.bad_signature"),
    (OpenId, Twist::CriticalHeader, "token.critical_extension"),
    (OpenId, Twist::WrongTyp, "id_token.wrong_type"),
    (OpenId, Twist::JwksEmpty, "token.unknown_key"),
    (OpenId, Twist::JwksHuge, "provider.unexpected"),
    (OpenId, Twist::JwksSymmetric, "token.algorithm_not_accepted"),
    (OpenId, Twist::JwksForEncryption, "token.unfit_key"),
    (Adobe, Twist::WrongKey, "token.bad_signature"),
    (Adobe, Twist::AlgNone, "token.algorithm_not_accepted"),
    (Adobe, Twist::AlgHs256, "token.algorithm_not_accepted"),
    (Adobe, Twist::UnknownKid, "token.unknown_key"),
    // Times.
    (OpenId, Twist::Expired, "id_token.expired"),
    (OpenId, Twist::IssuedInFuture, "id_token.issued_in_future"),
    (OpenId, Twist::IssuedLongAgo, "id_token.issued_long_ago"),
    (OpenId, Twist::NotYetValid, "id_token.not_yet_valid"),
    (OpenId, Twist::MissingExp, "id_token.no_expiry"),
    (OpenId, Twist::MissingIat, "id_token.no_issue_time"),
    (OpenId, Twist::WrongUnit, "id_token.no_issue_time"),
    (OpenId, Twist::ClockAhead2Min, "id_token.clock_behind"),
    (Adobe, Twist::Expired, "id_token.expired"),
    (Adobe, Twist::ClockAhead2Min, "id_token.clock_behind"),
    // Whose, for whom, for which attempt.
    (OpenId, Twist::WrongAudience, "id_token.wrong_audience"),
    (OpenId, Twist::NoAudience, "id_token.wrong_audience"),
    (
        OpenId,
        Twist::ManyAudiences,
        "id_token.wrong_authorized_party",
    ),
    (OpenId, Twist::ForeignAzp, "id_token.wrong_authorized_party"),
    (OpenId, Twist::WrongIssuer, "id_token.wrong_issuer"),
    (OpenId, Twist::NoIssuer, "id_token.wrong_issuer"),
    (OpenId, Twist::WrongNonce, "id_token.wrong_nonce"),
    (OpenId, Twist::NoNonce, "id_token.wrong_nonce"),
    (OpenId, Twist::NoSubject, "id_token.bad_subject"),
    (OpenId, Twist::EmptySubject, "id_token.bad_subject"),
    (OpenId, Twist::NumericSubject, "id_token.bad_subject"),
    (OpenId, Twist::WrongSubject, "profile.other_subject"),
    (
        OpenId,
        Twist::WrongAtHash,
        "id_token.wrong_access_token_hash",
    ),
    (Adobe, Twist::WrongNonce, "id_token.wrong_nonce"),
    (Adobe, Twist::WrongAudience, "id_token.wrong_audience"),
    (Adobe, Twist::WrongSubject, "profile.other_subject"),
    // Who, and whether they belong here.
    (OpenId, Twist::OtherPerson, "person.no_account"),
    (OpenId, Twist::NotMember, "organization.not_member"),
    (OpenId, Twist::EmailUnverified, "person.email_unverified"),
    (OpenId, Twist::NoEmail, "person.email_unverified"),
    (OpenId, Twist::EmailTwoAts, "person.email_unverified"),
    (OpenId, Twist::EmailList, "person.email_unverified"),
    (OpenId, Twist::EmailLookalike, "person.no_account"),
    (OpenId, Twist::EmailLineBreak, "person.email_unverified"),
    (OpenId, Twist::ProfileOfNobody, "profile.bad_subject"),
    (OpenId, Twist::ProfileList, "provider.unexpected"),
    (Adobe, Twist::NotMember, "organization.not_member"),
    (Adobe, Twist::EmailUnverified, "person.email_unverified"),
    (Adobe, Twist::ProfileOfNobody, "profile.bad_subject"),
    (Adobe, Twist::MembershipNotJson, "provider.unexpected"),
    (Adobe, Twist::MembershipString, "provider.unexpected"),
    (Adobe, Twist::MembershipNumber, "provider.unexpected"),
    (Adobe, Twist::MembershipEmpty, "provider.unexpected"),
    // The callback.
    (OpenId, Twist::CallbackWrongState, "callback.unknown_state"),
    (OpenId, Twist::CallbackNoState, "callback.malformed"),
    (OpenId, Twist::CallbackTwoStates, "callback.malformed"),
    (OpenId, Twist::CallbackWrongIss, "callback.wrong_issuer"),
    (OpenId, Twist::CallbackNoIss, "callback.no_issuer"),
    (OpenId, Twist::CallbackNoCode, "callback.no_code"),
    (OpenId, Twist::CallbackEmptyCode, "callback.no_code"),
    (OpenId, Twist::CallbackTwoCodes, "callback.malformed"),
    (OpenId, Twist::CallbackHugeCode, "callback.malformed"),
    (OpenId, Twist::CallbackForeignCode, "code.refused"),
    (OpenId, Twist::CallbackCodeAndError, "callback.denied"),
    (OpenId, Twist::CallbackErrorDenied, "callback.denied"),
    (
        OpenId,
        Twist::CallbackErrorServer,
        "callback.error_by_provider",
    ),
    (
        OpenId,
        Twist::CallbackErrorHtml,
        "callback.error_by_provider",
    ),
    (OpenId, Twist::ReplayedCode, "code.refused"),
    (Adobe, Twist::CallbackWrongIss, "callback.wrong_issuer"),
    // The answers of its endpoints, and what it says of itself.
    (OpenId, Twist::TokenTypeMac, "token_answer.wrong_type"),
    (OpenId, Twist::TokenNotJson, "provider.unexpected"),
    (OpenId, Twist::TokenArray, "provider.unexpected"),
    (OpenId, Twist::TokenEmpty, "provider.unexpected"),
    (OpenId, Twist::TokenRedirect, "provider.unexpected"),
    (OpenId, Twist::NoAccessToken, "token_answer.no_access_token"),
    (
        OpenId,
        Twist::AccessTokenLineBreak,
        "token_answer.no_access_token",
    ),
    (OpenId, Twist::NoIdToken, "token_answer.no_id_token"),
    (OpenId, Twist::IdTokenNonsense, "token.malformed"),
    (OpenId, Twist::DiscoveryWrongIssuer, "metadata.wrong_issuer"),
    (OpenId, Twist::DiscoveryIssuerSlash, "metadata.wrong_issuer"),
    (
        OpenId,
        Twist::DiscoveryHttpEndpoint,
        "metadata.bad_endpoint",
    ),
    (OpenId, Twist::DiscoveryNoJwks, "metadata.bad_endpoint"),
    (OpenId, Twist::DiscoveryNoToken, "metadata.bad_endpoint"),
    (OpenId, Twist::DiscoveryPkcePlain, "metadata.no_pkce_s256"),
    (
        OpenId,
        Twist::DiscoveryWeakAlgorithms,
        "metadata.no_accepted_algorithm",
    ),
];

async fn open(kind: Kind) -> Integrated {
    let member = |email| Person {
        groups: vec![Options::default().organization_id],
        ..person(email)
    };
    let options = Options {
        ims_id_tokens: true,
        people: vec![member("ann@shop.test"), member("bob@shop.test")],
        ..Options::default()
    };
    let integrated = Integrated::with(kind, options).await;
    integrated.shop.ann().await;
    let claim = "postern/openid/organization_claim";
    integrated.shop.set(claim, "groups").await;
    integrated.shop.set("postern/openid/scopes", "openid").await;
    integrated
}

impl Integrated {
    /// As before the first sign-in, and with nothing learnt about the provider.
    async fn begin_anew(&self, number: usize) {
        for table in [
            "postern_linked_identity",
            "postern_provider_attempt",
            "postern_provider_grant",
            "postern_session",
            "postern_audit_event",
        ] {
            self.shop.execute(&format!("DELETE FROM #{table}")).await;
        }
        self.shop
            .execute(&format!(
                "UPDATE #core_config_data SET value = 'openid email scope{number}' \
                 WHERE path = 'postern/openid/scopes'"
            ))
            .await;
    }

    /// The button, the provider, and the callback as `alter` makes it. The code of the refusal, or
    /// nothing where there is a session.
    async fn try_in(
        &self,
        browser: &mut Browser,
        alter: impl Fn(&mut Browser, String) -> String,
    ) -> Option<String> {
        let begun = browser.get("/back/admin/auth/adobe").await;
        let Some(there) = begun.header("location") else {
            assert_eq!(begun.status(), 503, "{begun}");
            return Some(begun.between("<code>", "</code>"));
        };
        let back = alter(browser, self.at_provider(there).await);
        let answer = browser.get(&back).await;
        let location = answer.header("location").unwrap().to_owned();
        let code = match location.starts_with("/back?trouble=") {
            true => Some(browser.get(&location).await.between("<code>", "</code>")),
            false => None,
        };
        // What anybody can bring about with a made-up address fills no record.
        let anybodys = ["callback.malformed", "callback.unknown_state"].map(str::to_owned);
        let written = code.clone().filter(|code| !anybodys.contains(code));
        assert_eq!(self.last_refusal().await, written);
        let sessions = self.shop.count("postern_session").await;
        assert_eq!(sessions == 0, code.is_some(), "{code:?} {answer}");
        assert_eq!(browser.cookie("__Host-postern").is_none(), code.is_some());
        code
    }
}

#[tokio::test]
async fn a07_v14_every_twist_of_an_answer_is_refused_with_its_code_and_leaves_no_session() {
    for kind in [OpenId, Adobe] {
        let integrated = open(kind).await;
        let as_it_comes = |_: &mut Browser, back| back;
        let twists = TWISTS.iter().filter(|(own, ..)| *own == kind);
        for (number, (_, twist, code)) in twists.enumerate() {
            integrated.begin_anew(2 * number).await;
            integrated.sandbox.set_twist(Some(*twist));
            let mut browser = integrated.shop.browser();
            let refused = integrated.try_in(&mut browser, as_it_comes).await;
            assert_eq!(refused.as_deref(), Some(*code), "{kind:?} {twist:?}");
        }
        integrated.begin_anew(1).await;
        integrated.sandbox.set_twist(None);
        let mut browser = integrated.shop.browser();
        assert_eq!(integrated.try_in(&mut browser, as_it_comes).await, None);
    }
    assert!(TWISTS.len() >= 60);
}

#[tokio::test]
async fn a08_v09_every_twist_of_what_a_browser_brings_is_refused_with_its_code() {
    type Alter = fn(&mut Browser, String) -> String;
    let cases: [(&str, Alter); 12] = [
        ("callback.other_browser", |browser, back| {
            browser.forget_cookie("__Host-postern-provider");
            back
        }),
        ("callback.other_browser", |browser, back| {
            browser.set_cookie("__Host-postern-provider", &"A".repeat(43));
            back
        }),
        ("callback.other_browser", |browser, back| {
            browser.set_cookie("__Host-postern-provider", "a b; x=");
            back
        }),
        ("callback.other_browser", |browser, back| {
            let own = browser
                .cookie("__Host-postern-provider")
                .unwrap()
                .to_owned();
            browser.forget_cookie("__Host-postern-provider");
            browser.set_cookie("postern-provider", &own);
            back
        }),
        ("callback.malformed", |_, back| {
            let (path, _) = back.split_once('?').unwrap();
            path.to_owned()
        }),
        // The original takes a token from this header for a sign-in.
        ("callback.malformed", |browser, back| {
            browser.set_header("authorization", "Bearer sandbox-token");
            let (path, _) = back.split_once('?').unwrap();
            path.to_owned()
        }),
        ("callback.unknown_state", |_, back| {
            back.replace("state=", "state=x")
        }),
        ("callback.malformed", |_, back| {
            back.replace("state=", &format!("state={}", "x".repeat(64)))
        }),
        ("callback.malformed", |_, back| {
            back.replace("state=", "state%5B%5D=")
        }),
        ("callback.no_code", |_, back| back.replace("code=", "kode=")),
        ("code.refused", |_, back| back.replace("code=", "code=x")),
        ("callback.other_purpose", |_, back| {
            back.replace("imscallback", "imsreauthcallback")
        }),
    ];
    let integrated = open(OpenId).await;
    for (number, (code, alter)) in cases.iter().enumerate() {
        integrated.begin_anew(number).await;
        let mut browser = integrated.shop.browser();
        let refused = integrated.try_in(&mut browser, alter).await;
        assert_eq!(refused.as_deref(), Some(*code), "{number}");
    }
    integrated.begin_anew(99).await;
    let mut browser = integrated.shop.browser();
    let as_it_comes = |_: &mut Browser, back| back;
    assert_eq!(integrated.try_in(&mut browser, as_it_comes).await, None);
}
