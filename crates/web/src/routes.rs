//! Every door there is, in one list. Pages answer below the backend front name, which is checked
//! at each request by [`crate::front::Front`], so that it can be changed without a restart.
//! Around all of them: headers, the rendering of problems, and a net for panics.

use crate::pages::{
    account, adobe_sign_in, change_password, extend_session, forgot_password, language,
    reset_password, sessions, sign_in, sign_out,
};
use crate::problem::{self, Problem};
use crate::rest::admin_token;
use crate::{Door, assets, headers};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// The largest body of a request, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The front door as a service, to be called or served.
pub fn router(door: Door) -> Router {
    let secure = door.secure_cookies;
    Router::new()
        .merge(pages())
        .merge(web_api())
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(from_fn_with_state(door.clone(), problem::render))
        .layer(from_fn(move |request, next| {
            headers::harden(secure, request, next)
        }))
        .with_state(door)
}

fn pages() -> Router<Door> {
    let cross_site = |_: ProtectionError| Problem::CrossSite.into_response();
    let pages = Router::new();
    let pages = page(pages, "/{front}", get(sign_in::get).post(sign_in::post));
    let pages = page(
        pages,
        "/{front}/admin",
        get(sign_in::get).post(sign_in::post),
    );
    let pages = page(
        pages,
        "/{front}/admin/auth/logout",
        get(sign_out::get).post(sign_out::post),
    );
    let pages = page(
        pages,
        "/{front}/admin/auth/forgotpassword",
        get(forgot_password::get).post(forgot_password::post),
    );
    let pages = page(
        pages,
        "/{front}/admin/auth/resetpassword",
        get(reset_password::get),
    );
    let pages = page(
        pages,
        "/{front}/admin/auth/resetpasswordpost",
        post(reset_password::post),
    );
    let pages = own_pages(pages);
    let pages = page(pages, "/{front}/admin/language", post(language::post));
    page(
        pages,
        "/{front}/admin/auth/adobe",
        post(adobe_sign_in::post),
    )
    .route("/{front}/static/{file}", get(assets::get))
    .route("/.well-known/change-password", get(change_password::get))
    .layer(CsrfLayer::new().with_rejection_response(cross_site))
}

/// For who is signed in.
fn own_pages(pages: Router<Door>) -> Router<Door> {
    let account = get(account::get).post(account::post);
    let pages = page(pages, "/{front}/admin/system_account", account.clone());
    let pages = page(pages, "/{front}/admin/system_account/index", account);
    let pages = page(
        pages,
        "/{front}/admin/session/extend",
        post(extend_session::post),
    );
    let pages = page(
        pages,
        "/{front}/security/session/activity",
        get(sessions::get),
    );
    let pages = page(pages, "/{front}/security/session/end", post(sessions::end));
    page(
        pages,
        "/{front}/security/session/logoutAll",
        post(sessions::end_others),
    )
}

fn web_api() -> Router<Door> {
    let router = Router::new();
    let router = page(
        router,
        "/rest/V1/integration/admin/token",
        post(admin_token::post),
    );
    page(
        router,
        "/rest/{store}/V1/integration/admin/token",
        post(admin_token::post),
    )
    // To Commerce, a path with another method is another route.
    .method_not_allowed_fallback(async || Problem::NotFound)
}

/// A route that answers with and without a slash at its end, as Commerce's do.
fn page(router: Router<Door>, path: &str, methods: MethodRouter<Door>) -> Router<Door> {
    router
        .route(path, methods.clone())
        .route(&format!("{path}/"), methods)
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};
    use domain::sign_in_mode::SignInMode;

    #[tokio::test]
    async fn v15_no_door_takes_a_password_while_the_integration_is_on() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.switch_to(SignInMode::AdobeIms).await;
        let mut program = shop.browser();
        program.remove_header("sec-fetch-site");
        let fields = [
            ("login[username]", "ann"),
            ("login[password]", PASSWORD),
            ("username", "ann"),
            ("password", PASSWORD),
        ];
        for path in [
            "/back",
            "/back/",
            "/back/admin",
            "/back/admin/",
            "/back/admin/auth/adobe",
            "/back/admin/auth/forgotpassword",
            "/back/admin/system_account/",
            "/back/admin/session/extend/",
            "/back/security/session/end/",
            "/back/security/session/logoutAll/",
            "/back/admin/auth/resetpasswordpost/?id=1&token=x",
        ] {
            let answer = program.post(path, &fields).await;
            assert!(answer.status().is_client_error() || answer.status().is_server_error());
            assert_eq!(answer.header("set-cookie"), None, "{path}");
        }
        let body = format!(r#"{{"username":"ann","password":"{PASSWORD}"}}"#);
        for store in ["", "/all", "/default"] {
            let path = format!("/rest{store}/V1/integration/admin/token");
            let answer = program.send_json(&path, "application/json", &body).await;
            assert_eq!(answer.status(), 401, "{path}");
        }
        assert!(shop.session_addresses().await.is_empty());
    }
}
