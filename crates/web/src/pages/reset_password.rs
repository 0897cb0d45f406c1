//! The page behind the link of a mail, at Commerce's own addresses. Opening it changes nothing;
//! its form sets the password and uses the link up.

use super::{page, password_rules, secret, see_other, sign_in};
use crate::Door;
use crate::form_key::{self, FormKey};
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::password;
use service::sign_in::reset_password::{self, Link, ResetRefused};
use service::words::Words;

/// What the link carries. One that cannot be read is of nobody.
#[derive(Default, Deserialize)]
pub(crate) struct Address {
    id: u32,
    #[serde(deserialize_with = "secret")]
    token: SecretString,
}

#[derive(Deserialize)]
pub(crate) struct ResetForm {
    #[serde(default, deserialize_with = "secret")]
    password: SecretString,
    #[serde(default, deserialize_with = "secret")]
    confirmation: SecretString,
    #[serde(default)]
    form_key: String,
}

#[derive(Template)]
#[template(path = "pages/reset_password.html")]
struct ResetPage<'a> {
    frame: Frame<'a>,
    action: String,
    form_key: String,
    rules: String,
    messages: Vec<String>,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    address: Result<Query<Address>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(address) = address.unwrap_or_default();
    let nothing = Vec::new();
    show(StatusCode::OK, &front, &visitor, &door, &address, nothing).await
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    address: Result<Query<Address>, QueryRejection>,
    form: Result<Form<ResetForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Query(address) = address.unwrap_or_default();
    let Form(form) = form?;
    let words = Words::of(visitor.language(None));
    let again = |status, messages| show(status, &front, &visitor, &door, &address, messages);
    if !form_key::is_of_visitor(&door, &visitor, &form.form_key) {
        return again(StatusCode::FORBIDDEN, vec![words.say("page-stale")]).await;
    }
    let link = link(&address);
    match reset_password::reset(&door.app, &link, form.password, &form.confirmation).await? {
        Ok(()) => Ok(see_other(&format!(
            "{}?{}",
            front.home(),
            sign_in::PASSWORD_SET_QUERY
        ))),
        Err(ResetRefused::Password(problems)) => {
            let problems = password_rules::problems(words, problems);
            again(StatusCode::UNPROCESSABLE_ENTITY, problems).await
        }
        Err(refused) => refuse(&front, &visitor, &door, &refused).await,
    }
}

fn link(address: &Address) -> Link {
    Link {
        admin: address.id,
        token: address.token.clone(),
    }
}

/// The sign-in page of the mode that holds, with why the link leads to no form.
async fn refuse(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    refused: &ResetRefused,
) -> Result<Response, Problem> {
    let (status, notice) = match refused {
        ResetRefused::IntegrationIsOn => (StatusCode::FORBIDDEN, "adobe_sign_in-use"),
        ResetRefused::LinkExpired | ResetRefused::Password(_) => {
            (StatusCode::GONE, "reset_password-expired")
        }
    };
    sign_in::show_refusal(front, visitor, door, status, notice).await
}

/// The form, for a link that holds.
async fn show(
    status: StatusCode,
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    address: &Address,
    messages: Vec<String>,
) -> Result<Response, Problem> {
    if let Err(refused) = reset_password::check(&door.app, &link(address)).await? {
        return refuse(front, visitor, door, &refused).await;
    }
    let policy = password::policy(&door.app).await?;
    let key = FormKey::of(visitor)?;
    let token: String =
        url::form_urlencoded::byte_serialize(address.token.expose_secret().as_bytes()).collect();
    let query = format!("?id={}&token={token}", address.id);
    let frame = Frame::new(front, visitor).at(format!("{}{query}", front.reset_password()));
    let template = ResetPage {
        rules: password_rules::hint(frame.words(), policy),
        frame,
        action: format!("{}{query}", front.reset_password_post()),
        form_key: key.value(door),
        messages,
    };
    let mut response = page(status, &template)?;
    key.keep(&mut response, door);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Browser, PASSWORD, Shop};
    use domain::sign_in_mode::SignInMode;
    use jiff::SignedDuration;

    const NEW_PASSWORD: &str = "Herbst-2026!";

    async fn send(browser: &mut Browser, link: &str, password: &str, again: &str) -> Answer {
        let page = browser.get(link).await;
        let action = page
            .between("action=\"", "\"")
            .replace("&amp;", "&")
            .replace("&#38;", "&");
        let key = page.between("name=\"form_key\" value=\"", "\"");
        let fields = [
            ("password", password),
            ("confirmation", again),
            ("form_key", &key),
        ];
        browser.post(&action, &fields).await
    }

    #[tokio::test]
    async fn a_link_sets_a_password_once_and_ends_the_sessions_of_the_account() {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        let mut elsewhere = shop.browser();
        elsewhere.sign_in("ann", PASSWORD).await;
        let link = shop.reset_link(ann).await;
        let mut browser = shop.browser();
        let answer = send(&mut browser, &link, NEW_PASSWORD, NEW_PASSWORD).await;
        insta::assert_snapshot!(answer, @r"
        303 See Other
        location: /back?password_set
        ");
        assert!(shop.session_addresses().await.is_empty());
        assert_eq!(browser.get(&link).await.status(), 410);
        assert_eq!(browser.sign_in("ann", PASSWORD).await.status(), 401);
        assert_eq!(browser.sign_in("ann", NEW_PASSWORD).await.status(), 303);
    }

    #[tokio::test]
    async fn opening_a_link_changes_nothing_and_it_expires_with_the_configured_hours() {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        let link = shop.reset_link(ann).await;
        let mut browser = shop.browser();
        shop.wait(SignedDuration::from_mins(119));
        for _ in 0..3 {
            assert_eq!(browser.get(&link).await.status(), 200);
        }
        shop.wait(SignedDuration::from_mins(1));
        assert_eq!(browser.get(&link).await.status(), 410);
    }

    #[tokio::test]
    async fn every_broken_rule_is_told_and_the_link_stays() {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        let link = shop.reset_link(ann).await;
        let mut browser = shop.browser();
        for (password, again) in [
            ("", ""),
            ("   ", "   "),
            ("short", "short"),
            (NEW_PASSWORD, "x"),
        ] {
            assert_eq!(
                send(&mut browser, &link, password, again).await.status(),
                422
            );
        }
        let answer = send(&mut browser, &link, PASSWORD, PASSWORD).await;
        assert!(
            answer.body.contains("this password has already been used"),
            "{}",
            answer.body
        );
        assert_eq!(
            send(&mut browser, &link, NEW_PASSWORD, NEW_PASSWORD)
                .await
                .status(),
            303
        );
    }

    #[tokio::test]
    async fn v11_a_link_is_good_for_its_own_account_alone() {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        let link = shop.reset_link(ann).await;
        let mut browser = shop.browser();
        let others = link.replace(&format!("id={ann}"), &format!("id={}", ann + 1));
        for address in [
            others.as_str(),
            "/back/admin/auth/resetpassword",
            "/back/admin/auth/resetpassword/?id=1&id=2&token=x",
        ] {
            assert_eq!(browser.get(address).await.status(), 410, "{address}");
        }
    }

    #[tokio::test]
    async fn v15_an_old_link_opens_nothing_while_the_integration_is_on() {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        let link = shop.reset_link(ann).await;
        shop.switch_to(SignInMode::AdobeIms).await;
        let mut browser = shop.browser();
        let post = link.replace("resetpassword/", "resetpasswordpost/");
        let fields = [("password", NEW_PASSWORD), ("confirmation", NEW_PASSWORD)];
        let stale = browser.post(&post, &fields).await;
        browser.remove_header("sec-fetch-site");
        let answers = [
            stale,
            browser.get(&link).await,
            browser.get("/back/admin/auth/resetpassword/").await,
            browser.post(&post, &fields).await,
        ];
        for answer in answers {
            assert_eq!(answer.status(), 403);
            assert!(answer.text().contains("Please sign in with Adobe ID"));
        }
    }
}
