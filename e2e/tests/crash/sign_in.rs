//! Whether somebody can sign in: with the password of before, or at the provider's stand-in by the very
//! steps of a browser. One and the same admin does.

use domain::audit::Door;
use e2e::shop::{PASSWORD, Shop, USERNAME};
use reqwest::header::LOCATION;
use secrecy::SecretString;
use service::app::App;
use service::sign_in::at_provider::{self, Beginning, Errand, Finished, Returned};
use service::sign_in::password::{self, Attempt};
use std::collections::HashMap;
use std::fmt::Debug;
use std::path::Path;
use url::Url;

/// The end of the address that the provider sends a browser back to.
const CALLBACK: &str = "/adobe_ims_auth/oauth/imscallback/";

/// Adobe's way leads over addresses of its own.
const LONGEST_WAY: usize = 5;

/// The admin with the password of before is let in.
pub(crate) fn with_password(shop: &Shop, place: &Path) -> Result<(), String> {
    let attempt = Attempt {
        username: USERNAME.to_owned(),
        password: PASSWORD.into(),
        door: Door::Page,
        ip: String::new(),
        browser: None,
        answer: None,
    };
    match shop.with_app(place, async |app| password::check(app, attempt).await) {
        Ok(Ok(_)) => Ok(()),
        other => Err(format!("nobody can sign in: {other:?}")),
    }
}

/// The admin for whom the provider vouches is let in.
pub(crate) fn at_provider(shop: &Shop, place: &Path) -> Result<(), String> {
    match shop.with_app(place, go_there_and_back) {
        Ok(username) if username == USERNAME => Ok(()),
        other => Err(format!("nobody can sign in at the provider: {other:?}")),
    }
}

/// Who is let in.
async fn go_there_and_back(app: &App) -> Result<String, String> {
    let beginning = Beginning {
        errand: Errand::SignIn,
        current: None,
        other_account: false,
        back: None,
        kept: None,
        browser: None,
        ip: String::new(),
    };
    let begun = at_provider::begin(app, beginning).await.map_err(told)?;
    let begun = begun.map_err(told)?;
    let mut query = way_back(&begun.url).await?;
    let returned = Returned {
        state: query.remove("state"),
        code: query.remove("code").map(SecretString::from),
        error: query.remove("error"),
        issuer: query.remove("iss"),
        browser: Some(begun.browser),
        ..Returned::default()
    };
    let finished = at_provider::finish(app, returned).await.map_err(told)?;
    match finished.map_err(told)? {
        Finished::SignedIn { verified, .. } => Ok(verified.admin.username),
        Finished::Confirmed { .. } => Err("nothing was to be confirmed".to_owned()),
    }
}

/// What the provider sends a browser back with.
async fn way_back(url: &str) -> Result<HashMap<String, String>, String> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_certs_only([])
        .build()
        .map_err(told)?;
    let mut url = Url::parse(url).map_err(told)?;
    for _ in 0..LONGEST_WAY {
        let answer = client.get(url.clone()).send().await.map_err(told)?;
        let location = answer.headers().get(LOCATION);
        let location = location.and_then(|location| location.to_str().ok());
        let location = location.ok_or(format!("{} ends at {url}", answer.status()))?;
        url = url.join(location).map_err(told)?;
        if url.path().ends_with(CALLBACK) {
            return Ok(url.query_pairs().into_owned().collect());
        }
    }
    Err(format!("no way back from {url}"))
}

fn told(error: impl Debug) -> String {
    format!("{error:?}")
}
