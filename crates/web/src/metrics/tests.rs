use super::metrics_router;
use crate::testing::provider::{Integrated, Kind};
use crate::testing::{Browser, PASSWORD, Shop};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use ims_sandbox::Fault;
use tower::ServiceExt;

async fn ask(shop: &Shop, path: &str) -> (u16, String) {
    let door = shop.door();
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = metrics_router(door.app, door.lease)
        .oneshot(request)
        .await
        .unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn read(shop: &Shop) -> String {
    shop.renew().await;
    let (status, text) = ask(shop, "/metrics").await;
    assert_eq!(status, 200);
    assert!(text.ends_with("# EOF\n"), "{text}");
    text
}

#[tokio::test]
async fn sign_ins_requests_and_the_mode_are_counted_and_nobody_is_named() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser: Browser = shop.browser();
    browser.sign_in("ann", "not-the-password-7").await;
    browser.sign_in("ann", PASSWORD).await;
    browser.get("/back/admin/system_account/").await;
    browser.get("/back/nothing?ann").await;
    let text = read(&shop).await;
    for line in [
        "postern_mode{mode=\"commerce\"} 1",
        "postern_mode{mode=\"adobe_ims\"} 0",
        "postern_sessions_in_grace{} 0",
        "postern_sign_ins_total{door=\"page\",outcome=\"signin.bad_credentials\"} 1",
        "postern_sign_ins_total{door=\"page\",outcome=\"signed_in\"} 1",
        "postern_request_duration_seconds_count{route=\"/{front}/admin/system_account\",\
         method=\"GET\",status=\"200\"} 1",
        "postern_request_duration_seconds_count{route=\"none\",method=\"GET\",status=\"404\"} 1",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("provider_reachable{}"), "nobody asked it");
    for secret in ["ann", "back", "192.0.2", PASSWORD] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn refusals_at_the_provider_are_counted_by_their_code() {
    let integrated = Integrated::open(Kind::OpenId).await;
    integrated.shop.ann().await;
    integrated.sign_in(&mut integrated.shop.browser()).await;
    let mut browser = integrated.shop.browser();
    let begun = browser.get("/back/admin/auth/adobe").await;
    let back = integrated
        .at_provider(begun.header("location").unwrap())
        .await;
    integrated.sandbox.set_fault("/oidc/token", Fault::Down);
    browser.get(&back).await;
    let text = read(&integrated.shop).await;
    for line in [
        "postern_mode{mode=\"adobe_ims\"} 1",
        "postern_provider_reachable{} 0",
        "postern_sign_ins_total{door=\"provider\",outcome=\"signed_in\"} 1",
        "postern_sign_ins_total{door=\"provider\",outcome=\"provider.unreachable\"} 1",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[tokio::test]
async fn v02_health_and_metrics_are_not_at_the_front_door_whoever_asks() {
    let shop = Shop::open().await;
    shop.renew().await;
    assert_eq!(ask(&shop, "/healthz").await, (200, "ok\n".to_owned()));
    let mut browser = shop.browser();
    browser.set_header("user-agent", "kube-probe/1.33");
    for path in ["/metrics", "/healthz", "/back/metrics", "/back/healthz"] {
        assert_eq!(browser.get(path).await.status(), 404, "{path}");
    }
    for path in ["/", "/metrics/", "/back"] {
        assert_eq!(ask(&shop, path).await.0, 404, "{path}");
    }
    shop.lose_database().await;
    assert_eq!(ask(&shop, "/healthz").await.0, 503);
    let (status, text) = ask(&shop, "/metrics").await;
    assert_eq!(status, 200);
    assert!(text.contains("postern_mode{mode=\"unknown\"} 1"), "{text}");
    assert!(!text.contains("postern_sessions_in_grace{}"), "{text}");
}
