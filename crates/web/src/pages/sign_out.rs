//! Signing out. Only a form that a page of this session carries does it; opening the address, as
//! a link or a prefetching browser would, asks first and changes nothing.

use super::signed_out::{self, Extent};
use super::{page, see_other, sign_in};
use crate::Door;
use crate::cookies::Cookie;
use crate::form_key::{self, token};
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use service::session::sign_out::{SignedOut, sign_out};

#[derive(Deserialize)]
pub(crate) struct SignOutForm {
    #[serde(default)]
    form_key: String,
}

#[derive(Template)]
#[template(path = "pages/sign_out.html")]
struct SignOutPage<'a> {
    frame: Frame<'a>,
    full_name: String,
    action: String,
    home: String,
    form_key: String,
}

#[derive(Template)]
#[template(path = "pages/sign_out_there.html")]
struct SignOutTherePage<'a> {
    frame: Frame<'a>,
    provider: String,
    url: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Problem> {
    ask(StatusCode::OK, &front, &visitor, &door).await
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<SignOutForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    if let Some(id) = &visitor.session_id {
        // Whoever knows the key may end the session, in whatever mode and epoch it is.
        if !form_key::is_of(&door, id, &form.form_key) {
            return ask(StatusCode::FORBIDDEN, &front, &visitor, &door).await;
        }
    }
    let mut response = match &visitor.session_id {
        Some(id) => sign_out_everywhere(&front, &visitor, &door, id).await?,
        None => see_other(&here(&front)),
    };
    Cookie::Session.clear(&mut response, door.secure_cookies);
    Cookie::PreviousSignIn.clear(&mut response, door.secure_cookies);
    Ok(response)
}

/// The sign-in page that says so.
fn here(front: &Front) -> String {
    format!("{}?{}", front.home(), sign_in::SIGNED_OUT_QUERY)
}

async fn sign_out_everywhere(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    id: &SecretString,
) -> Result<Response, Problem> {
    let state = signed_out::state(door, Extent::Both);
    Ok(match sign_out(&door.app, id, &state).await? {
        SignedOut::Here => see_other(&here(front)),
        SignedOut::Both => see_other(&signed_out::address(front, &state)),
        SignedOut::HereOnly(why) => {
            let state = signed_out::state(door, Extent::HereOnly(why));
            see_other(&signed_out::address(front, &state))
        }
        SignedOut::GoOn(url) => {
            // Browsers do not let a form's answer send them to another site: a page leads on.
            let template = SignOutTherePage {
                frame: Frame::new(front, visitor).at(front.home()),
                provider: signed_out::provider_name(door).await?,
                url,
            };
            page(StatusCode::OK, &template)?
        }
    })
}

/// Asks whether to sign out; who is signed out already is sent to the sign-in page.
async fn ask(
    status: StatusCode,
    front: &Front,
    visitor: &Visitor,
    door: &Door,
) -> Result<Response, Problem> {
    let Some(current) = visitor.current(door).await? else {
        return Ok(see_other(&front.home()));
    };
    let template = SignOutPage {
        frame: Frame::signed_in(front, visitor, door, &current),
        full_name: current.admin.full_name(),
        action: front.sign_out(),
        home: front.home(),
        form_key: token(door, visitor),
    };
    page(status, &template)
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};

    #[tokio::test]
    async fn signing_out_ends_the_session_and_says_so() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        let id = browser.cookie("__Host-postern").unwrap().to_owned();
        let key = browser
            .get("/back")
            .await
            .between("name=\"form_key\" value=\"", "\"");
        let answer = browser
            .post("/back/admin/auth/logout", &[("form_key", &key)])
            .await;
        insta::assert_snapshot!(answer, @r"
        303 See Other
        location: /back?signed_out
        ");
        assert!(browser.cookie("__Host-postern").is_none());
        insta::assert_snapshot!(browser.get("/back?signed_out").await.text(), @"
        Welcome, please sign in
        You have logged out. Your session in this browser has ended; sessions in other browsers go on.
        Username
        [field]
        Password
        [field]
        [button] Sign in
        Forgot your password?
        ");

        // V05: the id is dead, not merely forgotten by this browser.
        let mut thief = shop.browser();
        thief.set_cookie("__Host-postern", &id);
        assert!(thief.get("/back").await.text().contains("please sign in"));
    }

    #[tokio::test]
    async fn opening_the_address_asks_and_changes_nothing() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        insta::assert_snapshot!(browser.get("/back/admin/auth/logout").await, @r"
        200 OK
        content-type: text/html; charset=utf-8

        Sign out?
        You are signed in as Ann Smith &#38; &#60;Sons&#62;.
        [button] Sign out
        Stay signed in
        ");
        assert!(
            browser
                .get("/back")
                .await
                .text()
                .contains("You are signed in")
        );
    }

    #[tokio::test]
    async fn a_form_without_the_key_of_the_session_asks_again() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        for key in ["", "0", &"0".repeat(64)] {
            let answer = browser
                .post("/back/admin/auth/logout", &[("form_key", key)])
                .await;
            assert_eq!(answer.status(), 403);
            assert!(answer.text().contains("Sign out?"), "{answer}");
        }
        assert!(
            browser
                .get("/back")
                .await
                .text()
                .contains("You are signed in")
        );
    }

    #[tokio::test]
    async fn who_is_signed_out_already_lands_on_the_sign_in_page() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        let answer = browser.get("/back/admin/auth/logout").await;
        assert_eq!(
            (answer.status().as_u16(), answer.header("location")),
            (303, Some("/back"))
        );
        let answer = browser.post("/back/admin/auth/logout", &[]).await;
        assert_eq!(answer.header("location"), Some("/back?signed_out"));
    }
}
