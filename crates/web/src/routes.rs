//! Every door there is, in one list: [`pages`], [`provider_calls`] and
//! [`web_api`]. A test walks the list and tries
//! each with every password it can think of. Pages answer below the backend front name, which is
//! checked at each request by [`crate::front::Front`], so that it can be changed without a
//! restart. Around all of them: headers, the rendering of problems, and a net for panics.

use crate::pages::{
    account, adobe_callback, adobe_sign_in, change_password, configuration, extend_session,
    forgot_password, language, reset_password, sessions, sign_in, sign_out, signed_out,
};
use crate::problem::{self, Problem};
use crate::rest::{admin_token, me};
use crate::{Door, assets, back_channel_logout, headers, metrics};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// The largest body of a request, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// A door: an address, and what answers there.
pub(crate) struct Route {
    /// In the form of axum, `{…}` being one part of the path.
    pub(crate) path: &'static str,
    answers: MethodRouter<Door>,
    /// Whether it answers with a slash at its end as well, as Commerce's addresses do.
    has_slash: bool,
}

/// Below the front name, and what browsers look for elsewhere. A page is one line here.
pub(crate) fn pages() -> Vec<Route> {
    let account = get(account::get).post(account::post);
    vec![
        page("/{front}", get(sign_in::get).post(sign_in::post)),
        page("/{front}/admin", get(sign_in::get).post(sign_in::post)),
        page(
            "/{front}/admin/auth/logout",
            get(sign_out::get).post(sign_out::post),
        ),
        page("/{front}/admin/auth/loggedout", get(signed_out::get)),
        page(
            "/{front}/admin/auth/forgotpassword",
            get(forgot_password::get).post(forgot_password::post),
        ),
        page(
            "/{front}/admin/auth/resetpassword",
            get(reset_password::get),
        ),
        page(
            "/{front}/admin/auth/resetpasswordpost",
            post(reset_password::post),
        ),
        page(
            "/{front}/admin/auth/adobe",
            get(adobe_sign_in::get).post(adobe_sign_in::post),
        ),
        page(
            "/{front}/adobe_ims_auth/oauth/imscallback",
            get(adobe_callback::sign_in),
        ),
        page(
            "/{front}/adobe_ims_auth/oauth/imsreauthcallback",
            get(adobe_callback::confirmation),
        ),
        page("/{front}/admin/language", post(language::post)),
        page("/{front}/admin/system_account", account.clone()),
        page("/{front}/admin/system_account/index", account),
        page("/{front}/admin/session/extend", post(extend_session::post)),
        page(
            "/{front}/admin/system_config/edit/section/admin",
            get(configuration::get),
        ),
        page("/{front}/security/session/activity", get(sessions::get)),
        page("/{front}/security/session/end", post(sessions::end)),
        page(
            "/{front}/security/session/logoutAll",
            post(sessions::end_others),
        ),
        file("/{front}/static/{file}", get(assets::get)),
        file("/.well-known/change-password", get(change_password::get)),
    ]
}

/// What the provider's own servers call, which are no browsers and have no cookies.
pub(crate) fn provider_calls() -> Vec<Route> {
    let limit = DefaultBodyLimit::max(back_channel_logout::LARGEST_BODY);
    vec![page(
        "/{front}/adobe_ims_auth/oauth/backchannellogout",
        post(back_channel_logout::post).layer(limit),
    )]
}

/// The part of Commerce's web API that is here.
pub(crate) fn web_api() -> Vec<Route> {
    vec![
        page("/rest/V1/integration/admin/token", post(admin_token::post)),
        page(
            "/rest/{store}/V1/integration/admin/token",
            post(admin_token::post),
        ),
        page("/rest/V1/postern/me", get(me::get)),
    ]
}

fn page(path: &'static str, answers: MethodRouter<Door>) -> Route {
    Route {
        path,
        answers,
        has_slash: true,
    }
}

fn file(path: &'static str, answers: MethodRouter<Door>) -> Route {
    Route {
        has_slash: false,
        ..page(path, answers)
    }
}

/// The front door as a service, to be called or served.
pub fn router(door: Door) -> Router {
    let secure = door.secure_cookies;
    let cross_site = |_: ProtectionError| Problem::CrossSite.into_response();
    let csrf = CsrfLayer::new().with_rejection_response(cross_site);
    // To Commerce's web API, a path with another method is another route.
    let web_api = open(web_api()).method_not_allowed_fallback(async || Problem::NotFound);
    Router::new()
        .merge(open(pages()).layer(csrf))
        .merge(open(provider_calls()))
        .merge(web_api)
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(from_fn_with_state(door.clone(), problem::render))
        .layer(from_fn(move |request, next| {
            headers::harden(secure, request, next)
        }))
        .layer(from_fn_with_state(door.clone(), metrics::measure))
        .with_state(door)
}

/// The one place where a route is opened.
fn open(routes: Vec<Route>) -> Router<Door> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let router = match route.has_slash {
            true => router.route(&format!("{}/", route.path), route.answers.clone()),
            false => router,
        };
        router.route(route.path, route.answers)
    })
}

#[cfg(test)]
mod tests;
