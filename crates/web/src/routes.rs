//! Every door there is, in one list: [`pages`], [`provider_calls`] and
//! [`web_api`]. A test walks the list and tries
//! each with every password it can think of. Pages answer below the backend front name, which is
//! checked at each request by [`crate::front::Front`], so that it can be changed without a
//! restart. Around all of them: headers, the rendering of problems, and a net for panics.

use crate::pages::second_factor::{
    app_code, app_set_up, give_up, index, key, key_set_up, missing, own, people, recovery_code,
    recovery_codes, request,
};
use crate::pages::{
    account, adobe_callback, adobe_sign_in, change_password, configuration, extend_session,
    forgot_password, language, passkey, reset_password, sessions, sign_in, sign_out, signed_out,
};
use crate::problem::{self, Problem};
use crate::rest::tfa::{
    default_provider, forced_providers, google_activate, google_authenticate, google_configure,
    installed_providers, key_activate, key_challenge, key_configure, key_verify,
    providers_to_activate, tfat_providers_to_activate, tfat_user_providers, unavailable,
    user_providers,
};
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

/// Routes of the web API, each with and without the code of a store.
macro_rules! in_scopes {
    ($($path:literal => $answers:expr,)*) => {
        [$((
            concat!("/rest/V1", $path),
            concat!("/rest/{store}/V1", $path),
            $answers,
        ),)*]
        .into_iter()
        .flat_map(|(plain, scoped, answers)| {
            [page(plain, answers.clone()), page(scoped, answers)]
        })
        .collect::<Vec<Route>>()
    };
}

/// Below the front name, and what browsers look for elsewhere. A page is one line here.
pub(crate) fn pages() -> Vec<Route> {
    let account = get(account::get).post(account::post);
    let mut pages = vec![
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
        page("/{front}/admin/passkey", post(passkey::post)),
        page("/{front}/admin/passkey/options", post(passkey::options)),
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
    ];
    pages.extend(second_factors());
    pages.extend(looking_after_second_factors());
    pages
}

/// Second factors, at the addresses of Commerce's module for them.
fn second_factors() -> Vec<Route> {
    let app_code = get(app_code::get).post(app_code::post);
    let app_set_up = get(app_set_up::get).post(app_set_up::post);
    let recovery_code = get(recovery_code::get).post(recovery_code::post);
    let confirm_codes = get(recovery_codes::get).post(recovery_codes::post);
    let key_set_up = get(key_set_up::get).post(key_set_up::post);
    let request = get(request::get).post(request::post);
    vec![
        page("/{front}/tfa/tfa/index", get(index::get)),
        page("/{front}/tfa/tfa/requestconfig", request),
        page("/{front}/tfa/tfa/giveup", post(give_up::post)),
        page("/{front}/tfa/tfa/configure", get(missing::get)),
        page("/{front}/tfa/tfa/configurelater", post(missing::postpone)),
        page("/{front}/tfa/google/auth", app_code),
        page("/{front}/tfa/google/configure", app_set_up),
        page("/{front}/tfa/u2f/auth", get(key::get).post(key::post)),
        page("/{front}/tfa/u2f/auth/options", post(key::options)),
        page("/{front}/tfa/u2f/configure", key_set_up),
        page(
            "/{front}/tfa/u2f/configure/options",
            post(key_set_up::options),
        ),
        page("/{front}/tfa/recovery/auth", recovery_code),
        page("/{front}/tfa/recovery/confirm", confirm_codes),
    ]
}

/// One's own second factors and other people's, for which Commerce has no pages of their own.
fn looking_after_second_factors() -> Vec<Route> {
    let app = get(own::app::get).post(own::app::post);
    let remove_app = get(own::remove_app::get).post(own::remove_app::post);
    let add_key = get(own::add_key::get).post(own::add_key::post);
    let rename_key = get(own::rename_key::get).post(own::rename_key::post);
    let remove_key = get(own::remove_key::get).post(own::remove_key::post);
    let renew_codes = get(own::renew_codes::get).post(own::renew_codes::post);
    vec![
        page("/{front}/tfa/account", get(own::list::get)),
        page("/{front}/tfa/account/app", app),
        page("/{front}/tfa/account/app/remove", remove_app),
        page("/{front}/tfa/account/key", add_key),
        page(
            "/{front}/tfa/account/key/options",
            post(own::add_key::options),
        ),
        page("/{front}/tfa/account/key/rename", rename_key),
        page("/{front}/tfa/account/key/remove", remove_key),
        page("/{front}/tfa/account/codes", renew_codes),
        page("/{front}/tfa/people", get(people::list::get)),
        page("/{front}/tfa/people/person", get(people::person::get)),
        page("/{front}/tfa/people/reset", post(people::reset::post)),
        page("/{front}/tfa/people/link", post(people::link::post)),
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
    let mut routes = vec![page("/rest/V1/postern/me", get(me::get))];
    routes.extend(in_scopes!(
        "/integration/admin/token" => post(admin_token::post),
    ));
    routes.extend(second_factors_of_programs());
    routes
}

/// Second factors for programs, at the addresses of Commerce's module for them.
fn second_factors_of_programs() -> Vec<Route> {
    let user_providers = get(user_providers::get).put(user_providers::put);
    let default_provider = get(default_provider::get).put(default_provider::put);
    in_scopes!(
        "/tfa/provider/google/configure" => post(google_configure::post),
        "/tfa/provider/google/activate" => post(google_activate::post),
        "/tfa/provider/google/authenticate" => post(google_authenticate::post),
        "/tfa/provider/u2fkey/configure" => post(key_configure::post),
        "/tfa/provider/u2fkey/activate" => post(key_activate::post),
        "/tfa/provider/u2fkey/authentication-challenge" => post(key_challenge::post),
        "/tfa/provider/u2fkey/verify" => post(key_verify::post),
        "/tfa/provider/duo_security/configure" => post(unavailable::post),
        "/tfa/provider/duo_security/activate" => post(unavailable::post),
        "/tfa/provider/duo_security/get-authentication-data" => post(unavailable::post),
        "/tfa/provider/duo_security/authenticate" => post(unavailable::post),
        "/tfa/provider/authy/configure" => post(unavailable::post),
        "/tfa/provider/authy/activate" => post(unavailable::post),
        "/tfa/provider/authy/authenticate" => post(unavailable::post),
        "/tfa/provider/authy/send-token/{via}" => post(unavailable::post),
        "/tfa/provider/authy/authenticate-onetouch" => post(unavailable::post),
        "/tfa/tfat-user-providers" => get(tfat_user_providers::get),
        "/tfa/tfat-providers-to-activate" => get(tfat_providers_to_activate::get),
        "/tfa/installed-providers" => get(installed_providers::get),
        "/tfa/forced-providers" => get(forced_providers::get),
        "/tfa/user-providers/{user_id}" => user_providers,
        "/tfa/providers-to-activate/{user_id}" => get(providers_to_activate::get),
        "/tfa/default-provider-code/{user_id}" => default_provider,
    )
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
