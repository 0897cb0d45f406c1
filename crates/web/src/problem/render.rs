//! The page or the JSON of a [`Problem`], with its words. Below `/rest` it is JSON in Commerce's
//! shape; a page links to nothing below the front name unless the visitor was there already.

use super::Problem;
use crate::frame::Frame;
use crate::front::Front;
use crate::{Door, language, rest};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use service::words::{Language, Words};
use std::any::Any;
use std::time::{Duration, Instant};

/// The longest that any request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest that a request may take while the mode cannot be read: then the database is silent,
/// and no answer is to be expected.
const PATIENCE_IN_OUTAGE: Duration = Duration::from_secs(2);

/// How often a request that takes its time is looked at.
const LOOK: Duration = Duration::from_millis(250);

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct Page<'a> {
    frame: Frame<'a>,
    title: &'a str,
    text: String,
    incident: Option<&'a str>,
}

/// Fills in the answers that are problems, and makes one of a request that takes too long.
pub(crate) async fn render(State(door): State<Door>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_form = !request.method().is_safe();
    let language = language::of_request(request.headers(), door.secure_cookies);
    let mut response = tokio::select! {
        response = next.run(request) => response,
        problem = lose_patience(&door) => problem.into_response(),
    };
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    if rest::is_below(&path) {
        return fill(response, "application/json; charset=utf-8", problem.json());
    }
    let front = door
        .app
        .front_name()
        .ok()
        .and_then(|name| Front::of(&path, name));
    let frame = Frame::of_problem(front.as_ref(), language);
    let (title, text) = problem.words(frame.words(), is_form);
    let page = Page {
        frame,
        title: &title,
        text,
        incident: problem.incident(),
    };
    fill(
        response,
        "text/html; charset=utf-8",
        page.render().unwrap_or_else(|_| title.clone()),
    )
}

/// Done when a request has taken too long, and why it has.
async fn lose_patience(door: &Door) -> Problem {
    let begun = Instant::now();
    let mut known_at = begun;
    while begun.elapsed() < PATIENCE {
        tokio::time::sleep(LOOK).await;
        if door.mode().is_ok() {
            known_at = Instant::now();
        } else if known_at.elapsed() >= PATIENCE_IN_OUTAGE {
            return Problem::Unavailable { incident: None };
        }
    }
    Problem::TooSlow
}

/// Keeps the status and headers of a problem's answer, and gives it a body.
fn fill(response: Response, content_type: &'static str, body: String) -> Response {
    let (mut head, _) = response.into_parts();
    head.headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Response::from_parts(head, body.into())
}

/// The answer to a request whose handler panicked.
pub(crate) fn from_panic(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Problem::fault(&format_args!("panicked: {message}")).into_response()
}

impl Problem {
    /// Heading and sentence for a person, who may have sent a form.
    fn words(&self, words: Words, is_form: bool) -> (String, String) {
        let go_back = "problem-go_back";
        let (title, text) = match self {
            Self::NotFound => ("problem-not_found", "problem-not_found_text"),
            Self::MethodNotAllowed => ("problem-method", go_back),
            Self::CrossSite => ("problem-cross_site", "problem-cross_site_text"),
            Self::Unintelligible => ("problem-unintelligible", go_back),
            Self::TooLarge => ("problem-too_large", go_back),
            Self::TooSlow => ("problem-too_slow", "problem-too_slow_text"),
            Self::Overloaded => ("problem-overloaded", "problem-overloaded_text"),
            Self::Unavailable { .. } if is_form => {
                ("problem-unavailable", "problem-unavailable_form")
            }
            Self::Unavailable { .. } => ("problem-unavailable", "problem-unavailable_text"),
            Self::Fault { .. } => ("problem-fault", "problem-fault_text"),
        };
        (words.say(title), words.say(text))
    }

    /// The body that Commerce's web API would answer.
    fn json(&self) -> String {
        let (title, text) = self.words(Words::of(Language::english()), false);
        let message = match self {
            Self::NotFound | Self::MethodNotAllowed => rest::words::NO_ROUTE.to_owned(),
            Self::Fault { incident } => {
                format!("Internal Error. Details are available in the log. Report ID: {incident}")
            }
            _ => format!("{title}. {text}"),
        };
        serde_json::json!({ "message": message }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Shop;

    #[tokio::test]
    async fn a_page_that_does_not_exist_says_so_and_does_not_tell_the_front_name() {
        let answer = Shop::open().await.browser().get("/wp-login.php").await;
        insta::assert_snapshot!(answer, @r"
        404 Not Found
        content-type: text/html; charset=utf-8

        There is no such page
        Please check the address.
        ");
        assert!(!answer.body.contains("back\""));
    }

    #[tokio::test]
    async fn a_path_of_the_web_api_that_does_not_exist_answers_as_commerce_does() {
        let shop = Shop::open().await;
        for path in [
            "/rest",
            "/rest/V1/customers",
            "/rest/V1/integration/admin/token",
        ] {
            let answer = shop.browser().get(path).await;
            insta::allow_duplicates! { insta::assert_snapshot!(answer, @r#"
            404 Not Found
            content-type: application/json; charset=utf-8

            {"message":"Request does not match any route."}
            "#); }
        }
    }

    #[tokio::test]
    async fn a_form_of_another_site_is_refused() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        browser.set_header("sec-fetch-site", "cross-site");
        let answer = browser.post("/back", &[("login[username]", "ann")]).await;
        insta::assert_snapshot!(answer, @r"
        403 Forbidden
        content-type: text/html; charset=utf-8

        This form came from another site
        Nothing was changed. Please open the page itself and try again.
        Back to the first page
        ");
    }

    #[tokio::test]
    async fn a_body_larger_than_64_kb_is_refused() {
        let shop = Shop::open().await;
        let answer = shop
            .browser()
            .post("/back", &[("x", &"x".repeat(65_536))])
            .await;
        assert_eq!(answer.status(), 413);
    }

    #[tokio::test]
    async fn without_a_database_nobody_is_let_in_and_the_page_says_when_to_come_back() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", "Sommer-2024!").await;
        shop.lose_database().await;
        let answer = browser.get("/back").await;
        insta::assert_snapshot!(answer, @r"
        503 Service Unavailable
        content-type: text/html; charset=utf-8
        retry-after: 5

        A server behind this page cannot be reached
        Nobody can be let in until it can. Please try again in a few seconds.
        Back to the first page
        ");
        let answer = shop
            .ask_for_token(r#"{"username":"ann","password":"Sommer-2024!"}"#)
            .await;
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.header("retry-after").unwrap(), "5");
    }

    #[tokio::test]
    async fn a_damaged_instance_shows_only_an_incident_id() {
        let shop = Shop::open().await;
        shop.damage_env_php();
        let answer = shop.browser().get("/back").await;
        assert_eq!(answer.status(), 500);
        assert!(answer.text().contains("Reference:"), "{answer}");
        assert!(!answer.body.contains("env.php"));
    }

    #[test]
    fn a_panic_becomes_a_fault_and_its_message_stays_in_the_log() {
        let answer = super::from_panic(Box::new("boom"));
        assert_eq!(answer.status(), 500);
        assert!(!format!("{answer:?}").contains("boom"));
    }
}
