//! The headers that every answer carries (OWASP ASVS 5.0, 3.4): nothing may be framed, sniffed,
//! loaded from elsewhere or kept by a cache, unless the answer itself says otherwise.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Styles, scripts and requests of our own; no image, no font, nothing inline.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// A year; only this host, since its siblings are not ours to bind.
const STRICT_TRANSPORT: &str = "max-age=31536000";

/// Adds the headers to whatever answer comes back.
pub(crate) async fn harden(secure: bool, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if secure {
        let value = HeaderValue::from_static(STRICT_TRANSPORT);
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use crate::testing::Shop;
    use axum::http::header;

    #[tokio::test]
    async fn every_answer_is_hardened_the_refused_ones_too() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        for path in [
            "/back",
            "/nothing",
            "/rest/V1/nothing",
            "/back/static/nothing.css",
        ] {
            let answer = browser.get(path).await;
            insta::allow_duplicates! {
                insta::assert_snapshot!(answer.header_lines(&[
                    "cache-control",
                    "content-security-policy",
                    "cross-origin-opener-policy",
                    "permissions-policy",
                    "referrer-policy",
                    "strict-transport-security",
                    "x-content-type-options",
                    "x-frame-options",
                ]), @r"
                cache-control: no-store
                content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
                cross-origin-opener-policy: same-origin
                permissions-policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()
                referrer-policy: no-referrer
                strict-transport-security: max-age=31536000
                x-content-type-options: nosniff
                x-frame-options: DENY
                ");
            }
        }
    }

    #[tokio::test]
    async fn a_door_on_the_loopback_does_not_promise_https() {
        let shop = Shop::open().await.with_insecure_cookies();
        let answer = shop.browser().get("/back").await;
        assert!(
            answer
                .header(header::STRICT_TRANSPORT_SECURITY.as_str())
                .is_none()
        );
        assert!(!answer.header("set-cookie").unwrap().contains("Secure"));
    }
}
