//! Asking for a link to set a new password. The answer is the same whether or not there is such
//! an account, and so is the time it takes: the account is looked up when mail is sent.

use super::{page, see_other, sign_in};
use crate::Door;
use crate::form_key::{self, FormKey};
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
use domain::puzzle::Answer;
use serde::Deserialize;
use service::sign_in::forgot_password::{self, ForgotPasswordRefused};

#[derive(Deserialize)]
pub(crate) struct ForgotPasswordForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    puzzle: String,
    #[serde(default)]
    solution: String,
}

#[derive(Template)]
#[template(path = "pages/forgot_password.html")]
struct ForgotPasswordPage<'a> {
    frame: Frame<'a>,
    action: String,
    home: String,
    form_key: String,
    email: &'a str,
    puzzle: Option<String>,
    notice: Option<String>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Problem> {
    show(StatusCode::OK, &front, &visitor, &door, "", None).await
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ForgotPasswordForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let frame = Frame::new(&front, &visitor);
    let again = |status, notice| show(status, &front, &visitor, &door, &form.email, Some(notice));
    if !form_key::is_of_visitor(&door, &visitor, &form.form_key) {
        return again(StatusCode::FORBIDDEN, frame.say("page-stale")).await;
    }
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let answer = (!form.puzzle.is_empty()).then_some(Answer {
        puzzle: form.puzzle,
        solution: form.solution,
    });
    let (email, from) = (&form.email, visitor.address);
    match forgot_password::request(&door.app, email, from, answer.as_ref()).await? {
        Ok(()) => Ok(see_other(&format!(
            "{}?{}",
            front.home(),
            sign_in::LINK_REQUESTED_QUERY
        ))),
        Err(ForgotPasswordRefused::IntegrationIsOn) => refuse_mode(&front, &visitor, &door).await,
        Err(ForgotPasswordRefused::EmailMissing) => {
            again(unprocessable, frame.say("forgot_password-missing")).await
        }
        Err(ForgotPasswordRefused::EmailInvalid) => {
            again(unprocessable, frame.say("forgot_password-invalid")).await
        }
        Err(ForgotPasswordRefused::PuzzleNeeded(_)) => {
            again(StatusCode::TOO_MANY_REQUESTS, frame.say("puzzle-needed")).await
        }
        Err(ForgotPasswordRefused::TooMany { contact }) => {
            let notice = match contact.as_str() {
                "" => frame.say("forgot_password-too_many"),
                contact => frame.tell("forgot_password-too_many_contact", "contact", contact),
            };
            again(StatusCode::TOO_MANY_REQUESTS, notice).await
        }
    }
}

async fn refuse_mode(front: &Front, visitor: &Visitor, door: &Door) -> Result<Response, Problem> {
    let status = StatusCode::FORBIDDEN;
    sign_in::show_refusal(front, visitor, door, status, "adobe_sign_in-use").await
}

async fn show(
    status: StatusCode,
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    email: &str,
    notice: Option<String>,
) -> Result<Response, Problem> {
    let Ok(challenge) = forgot_password::open(&door.app, visitor.address).await? else {
        return refuse_mode(front, visitor, door).await;
    };
    let key = FormKey::of(visitor)?;
    let template = ForgotPasswordPage {
        frame: Frame::new(front, visitor).at(front.forgot_password()),
        action: front.forgot_password(),
        home: front.home(),
        form_key: key.value(door),
        email,
        puzzle: challenge.map(|challenge| challenge.puzzle),
        is_refused: notice.is_some(),
        notice,
    };
    let mut response = page(status, &template)?;
    key.keep(&mut response, door);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Browser, Shop};
    use domain::sign_in_mode::SignInMode;

    const PAGE: &str = "/back/admin/auth/forgotpassword";

    async fn ask(browser: &mut Browser, email: &str) -> Answer {
        let page = browser.get(PAGE).await;
        browser.fill_in(&page, PAGE, &[("email", email)]).await
    }

    #[tokio::test]
    async fn the_page_says_what_will_happen_and_has_one_field() {
        let shop = Shop::open().await;
        insta::assert_snapshot!(shop.browser().get(PAGE).await, @"
        200 OK
        content-type: text/html; charset=utf-8

        Password Help
        Enter your email address. You will receive an email with a link to reset your password.
        Email address
        [field]
        Please wait 15 seconds before you send this form.
        [button] Retrieve Password
        Back to Sign in
        ");
    }

    #[tokio::test]
    async fn a_known_and_an_unknown_address_get_the_same_answer() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut pages = Vec::new();
        for email in ["ann@shop.test", "nobody@shop.test"] {
            shop.execute("DELETE FROM #password_reset_request_event")
                .await;
            let mut browser = shop.browser();
            let answer = ask(&mut browser, email).await;
            assert_eq!(answer.status(), 303);
            let location = answer.header("location").unwrap().to_owned();
            pages.push(browser.get(&location).await.text());
        }
        assert!(pages[0].contains("We'll email you a link to reset your password."));
        assert_eq!(pages[0], pages[1]);
    }

    #[tokio::test]
    async fn what_is_no_address_is_said_so_and_kept() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        insta::assert_snapshot!(ask(&mut browser, "ann@").await, @"
        422 Unprocessable Entity
        content-type: text/html; charset=utf-8

        Password Help
        Please correct this email address.
        Enter your email address. You will receive an email with a link to reset your password.
        Email address
        [field]
        Please wait 15 seconds before you send this form.
        [button] Retrieve Password
        Back to Sign in
        ");
        assert!(
            ask(&mut browser, "ann@")
                .await
                .body
                .contains("value=\"ann@\"")
        );
        let empty = ask(&mut browser, "").await;
        assert!(empty.text().contains("Please enter an email address."));
    }

    #[tokio::test]
    async fn who_asks_again_too_soon_is_told_whom_to_ask() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        ask(&mut browser, "ann@shop.test").await;
        insta::assert_snapshot!(ask(&mut browser, "ann@shop.test").await, @"
        429 Too Many Requests
        content-type: text/html; charset=utf-8

        Password Help
        We received too many requests for password resets. Please wait and try again later.
        Enter your email address. You will receive an email with a link to reset your password.
        Email address
        [field]
        Please wait 15 seconds before you send this form.
        [button] Retrieve Password
        Back to Sign in
        ");
    }

    #[tokio::test]
    async fn v11_an_array_of_addresses_is_no_form() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        let key = browser
            .get(PAGE)
            .await
            .between("name=\"form_key\" value=\"", "\"");
        let fields = [
            ("form_key", key.as_str()),
            ("email", "ann@shop.test"),
            ("email", "evil@evil.test"),
        ];
        assert_eq!(browser.post(PAGE, &fields).await.status(), 400);
        let fields = [("form_key", key.as_str()), ("email[]", "evil@evil.test")];
        assert_eq!(browser.post(PAGE, &fields).await.status(), 422);
    }

    #[tokio::test]
    async fn v15_no_link_is_sent_while_the_integration_is_on() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        let key = browser
            .get(PAGE)
            .await
            .between("name=\"form_key\" value=\"", "\"");
        shop.switch_to(SignInMode::AdobeIms).await;
        for key in [key.as_str(), "stale"] {
            let fields = [("form_key", key), ("email", "ann@shop.test")];
            let answer = browser.post(PAGE, &fields).await;
            assert_eq!(answer.status(), 403);
            assert!(answer.text().contains("Please sign in with Adobe ID"));
        }
        assert_eq!(browser.get(PAGE).await.status(), 403);
        assert_eq!(shop.count("postern_mail").await, 0);
    }
}
