//! A shop whose admins sign in at a stand-in, by the very steps of a browser.

use super::Shop;
use crate::random;
use crate::session::{self, Found, Origin};
use crate::sign_in::Verified;
use crate::sign_in::at_provider::{self, Beginning, Errand, Finished, ProviderRefused, Returned};
use crate::switch;
use commerce::configuration::{
    CLIENT_ID, CLIENT_SECRET, OPENID_ISSUER, OPENID_SCOPES, ORGANIZATION_ID,
};
use domain::clock::{Clock, SystemClock};
use domain::session::{EndReason, KnownMode};
use ims_sandbox::{Options, Person, Sandbox};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use url::Url;

/// Ann's address, here and there.
pub(crate) const EMAIL: &str = "ann@luma.test";

/// Which kind of provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Adobe,
    OpenId,
}

/// Starts a stand-in that shows the shop's time, and sets the shop up with it.
pub(crate) async fn set_up(shop: &Shop, kind: Kind) -> Sandbox {
    let mut ann = Person::with_email(EMAIL);
    ann.groups = vec!["editors".to_owned()];
    let options = Options {
        people: vec![ann, Person::with_email("bob@luma.test")],
        ..Options::default()
    };
    let organization = options.organization_id.clone();
    let sandbox = Sandbox::start(options).unwrap();
    let ahead = shop.app.now().duration_since(SystemClock.now());
    sandbox.advance_clock(ahead);
    seal(shop, ORGANIZATION_ID, &organization).await;
    seal(shop, CLIENT_ID, "sandbox-client").await;
    seal(shop, CLIENT_SECRET, "sandbox-secret").await;
    match kind {
        Kind::Adobe => {
            for name in ["imsUrl", "organizationMembershipUrl", "certificateUrl"] {
                let path = format!("adobe_ims/integration/{name}");
                shop.set(&path, &sandbox.url()).await;
            }
        }
        Kind::OpenId => {
            shop.set(OPENID_ISSUER, &sandbox.open_id_issuer()).await;
            let scopes = "openid email profile groups offline_access";
            shop.set(OPENID_SCOPES, scopes).await;
        }
    }
    shop.integrate().await;
    sandbox
}

async fn seal(shop: &Shop, path: &str, value: &str) {
    let sealed = shop
        .app
        .keyring()
        .encrypt(value.as_bytes(), random::bytes().unwrap());
    shop.set(path, &sealed).await;
}

/// Lets time pass here and there.
pub(crate) fn wait(shop: &Shop, sandbox: &Sandbox, seconds: i64) {
    let span = SignedDuration::from_secs(seconds);
    shop.wait(span);
    sandbox.advance_clock(span);
}

/// Ann signs in at the provider and comes back.
pub(crate) async fn verify(shop: &Shop) -> Verified {
    let verified = try_to_verify(shop).await;
    verified.unwrap_or_else(|refused| panic!("{refused}"))
}

/// The same where she may be refused.
pub(crate) async fn try_to_verify(shop: &Shop) -> Result<Verified, ProviderRefused> {
    let returned = come_back_later(shop).await;
    match at_provider::finish(&shop.app, returned).await.unwrap() {
        Ok(Finished::SignedIn { verified, .. }) => Ok(*verified),
        Ok(Finished::Confirmed { .. }) => panic!("nothing was to be confirmed"),
        Err(refused) => Err(refused),
    }
}

/// Ann has signed in at the provider: what she is about to come back with.
pub(crate) async fn come_back_later(shop: &Shop) -> Returned {
    let beginning = Beginning {
        errand: Errand::SignIn,
        current: None,
        other_account: false,
        back: None,
        kept: None,
        browser: None,
        ip: "192.0.2.7".to_owned(),
    };
    let begun = at_provider::begin(&shop.app, beginning).await.unwrap();
    let begun = begun.unwrap_or_else(|refused| panic!("{refused}"));
    Returned {
        browser: Some(begun.browser),
        ..come_back(&begun.url).await
    }
}

/// Ann signs in. Returns the id of her session.
pub(crate) async fn sign_in(shop: &Shop) -> SecretString {
    let verified = verify(shop).await;
    let opened = session::open(&shop.app, &verified, &Origin::default()).await;
    opened.unwrap().id
}

/// What the provider sends a browser back with.
async fn come_back(url: &str) -> Returned {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap();
    let mut url = Url::parse(url).unwrap();
    // Adobe's way leads over addresses of its own.
    for _ in 0..5 {
        let answer = client.get(url.clone()).send().await.unwrap();
        let target = answer.headers()["location"].to_str().unwrap();
        url = url.join(target).unwrap();
        if url.path().contains("adobe_ims_auth") {
            break;
        }
    }
    let mut query: HashMap<String, String> = url.query_pairs().into_owned().collect();
    Returned {
        state: query.remove("state"),
        code: query.remove("code").map(SecretString::from),
        error: query.remove("error"),
        issuer: query.remove("iss"),
        ..Returned::default()
    }
}

pub(crate) async fn known(shop: &Shop) -> KnownMode {
    let (record, mode) = switch::current(&shop.app).await.unwrap();
    let epoch = record.epoch;
    KnownMode::Leased { mode, epoch }
}

pub(crate) async fn find(shop: &Shop, id: &SecretString) -> Found {
    session::find(&shop.app, id, known(shop).await)
        .await
        .unwrap()
}

/// Why the session is over, where it is and was not forgotten.
pub(crate) async fn ended(shop: &Shop, id: &SecretString) -> Option<EndReason> {
    match find(shop, id).await {
        Found::Ended(reason) => Some(reason),
        Found::Current(_) => None,
        Found::None => panic!("no session {}", id.expose_secret().len()),
    }
}

/// How often the provider was asked for something below a path.
pub(crate) fn asked(sandbox: &Sandbox, path: &str) -> usize {
    let log = sandbox.log();
    log.iter().filter(|entry| entry.path == path).count()
}
