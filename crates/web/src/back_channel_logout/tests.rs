use crate::testing::provider::{Integrated, Kind};
use crate::testing::{Answer, Browser};
use domain::sign_in_mode::SignInMode;
use ims_sandbox::{Fault, Twist};
use jiff::SignedDuration;

const EMAIL: &str = "ann@shop.test";
const ADDRESS: &str = "/back/adobe_ims_auth/oauth/backchannellogout";

/// As a provider's server sends it: no cookie, and nothing that a browser would send.
async fn tell(integrated: &Integrated, token: &str) -> Answer {
    let mut server = integrated.shop.browser();
    server.remove_header("sec-fetch-site");
    server.post(ADDRESS, &[("logout_token", token)]).await
}

async fn signed_in(integrated: &Integrated) -> Browser {
    let mut browser = integrated.shop.browser();
    let answer = integrated.sign_in(&mut browser).await;
    assert_eq!(answer.header("location"), Some("/back"), "{answer}");
    browser
}

async fn opened() -> Integrated {
    let integrated = Integrated::open(Kind::OpenId).await;
    integrated.shop.ann().await;
    let path = "admin/security/admin_account_sharing";
    integrated.shop.set(path, "1").await;
    integrated
}

#[tokio::test]
async fn who_signs_out_at_the_provider_is_signed_out_here_everywhere_and_told_why() {
    let integrated = opened().await;
    let (mut one, mut other) = (signed_in(&integrated).await, signed_in(&integrated).await);
    let token = integrated.sandbox.logout_token(EMAIL, None).unwrap();
    let answer = tell(&integrated, &token).await;
    assert_eq!(answer.status(), 200, "{answer}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("set-cookie"), None);
    for browser in [&mut one, &mut other] {
        let page = browser.get("/back").await;
        assert!(page.text().contains("You signed out where"), "{page}");
    }
    assert_eq!(integrated.shop.count("postern_provider_grant").await, 0);
}

#[tokio::test]
async fn one_session_at_the_provider_is_one_session_here() {
    let integrated = opened().await;
    let (mut one, mut other) = (signed_in(&integrated).await, signed_in(&integrated).await);
    let sessions = integrated.sandbox.sessions_of(EMAIL);
    assert_eq!(sessions.len(), 2);
    let token = integrated.sandbox.logout_token(EMAIL, Some(&sessions[0]));
    assert_eq!(tell(&integrated, &token.unwrap()).await.status(), 200);
    let left = [one.is_in().await, other.is_in().await];
    assert_eq!(left.iter().filter(|is_in| **is_in).count(), 1, "{left:?}");
}

#[tokio::test]
async fn v14_a_logout_token_is_good_once() {
    let integrated = opened().await;
    let token = integrated.sandbox.logout_token(EMAIL, None).unwrap();
    assert_eq!(tell(&integrated, &token).await.status(), 200);
    let mut browser = signed_in(&integrated).await;
    for _ in 0..2 {
        let again = tell(&integrated, &token).await;
        assert_eq!(again.status(), 400);
        assert_eq!(again.body, r#"{"error":"invalid_request"}"#);
    }
    integrated.wait(SignedDuration::from_secs(300));
    assert_eq!(
        tell(&integrated, &token).await.status(),
        400,
        "too old by now"
    );
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn v14_what_is_no_logout_token_for_us_signs_nobody_out() {
    let integrated = opened().await;
    let mut browser = signed_in(&integrated).await;
    for twist in [
        Twist::WrongKey,
        Twist::AlgNone,
        Twist::AlgHs256,
        Twist::DamagedSignature,
        Twist::EmbeddedJwk,
        Twist::WrongTyp,
        Twist::WrongAudience,
        Twist::NoAudience,
        Twist::WrongIssuer,
        Twist::Expired,
        Twist::IssuedInFuture,
        Twist::IssuedLongAgo,
        Twist::MissingIat,
    ] {
        integrated.sandbox.set_twist(Some(twist));
        let token = integrated.sandbox.logout_token(EMAIL, None).unwrap();
        integrated.sandbox.set_twist(None);
        let answer = tell(&integrated, &token).await;
        assert_eq!(answer.status(), 400, "{twist:?}");
    }
    for token in ["", "x", "a.b.c", &"a".repeat(15_000)] {
        assert_eq!(tell(&integrated, token).await.status(), 400);
    }
    let long = tell(&integrated, &"a".repeat(20_000)).await;
    assert_eq!(long.status(), 400, "{long}");
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn without_the_providers_keys_it_is_to_come_again_and_then_counts() {
    let integrated = opened().await;
    let token = integrated.sandbox.logout_token(EMAIL, None).unwrap();
    integrated.sandbox.set_fault("*", Fault::Down);
    let answer = tell(&integrated, &token).await;
    assert_eq!(answer.status(), 503, "{answer}");
    assert!(answer.header("retry-after").is_some());
    integrated.sandbox.clear_faults();
    integrated.wait(SignedDuration::from_secs(60));
    let mut browser = signed_in(&integrated).await;
    let token = integrated.sandbox.logout_token(EMAIL, None).unwrap();
    assert_eq!(tell(&integrated, &token).await.status(), 200);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn while_the_integration_is_off_there_is_no_such_address() {
    let integrated = opened().await;
    let token = integrated.sandbox.logout_token(EMAIL, None).unwrap();
    integrated.shop.switch_to(SignInMode::Commerce).await;
    assert_eq!(tell(&integrated, &token).await.status(), 404);
    let mut server = integrated.shop.browser();
    server.remove_header("sec-fetch-site");
    let path = ADDRESS.replace("/back/", "/other/");
    let answer = server.post(&path, &[("logout_token", &token)]).await;
    assert_eq!(answer.status(), 404);
}
