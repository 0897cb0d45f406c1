//! One's own sessions: since when, from where, with which browser; and a button to end each, or all
//! the others. At the addresses of Commerce's "Account Activity".

use super::{page, see_other};
use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::moment::Moment;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;
use serde::Deserialize;
use service::session::{self, Current, Listed};

/// The query of the page after one session was ended.
const ENDED_QUERY: &str = "ended";

/// The query of the page after all others were ended.
const OTHERS_ENDED_QUERY: &str = "others_ended";

#[derive(Deserialize)]
pub(crate) struct EndForm {
    #[serde(default)]
    session: String,
    #[serde(default)]
    form_key: String,
}

#[derive(Template)]
#[template(path = "pages/sessions.html")]
struct SessionsPage<'a> {
    frame: Frame<'a>,
    has_password: bool,
    sessions: Vec<Row>,
    has_others: bool,
    notice: Option<String>,
    is_refused: bool,
    end: String,
    end_others: String,
    form_key: String,
}

struct Row {
    handle: String,
    browser: String,
    address: String,
    started: Moment,
    last_seen: Moment,
    is_this: bool,
    /// What the button that ends it is called, so that no two are called the same.
    end: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let current = member::require(&front, &visitor, &door, Purpose::Any).await?;
    let notice = match query.as_deref() {
        Some(ENDED_QUERY) => Some("sessions-ended"),
        Some(OTHERS_ENDED_QUERY) => Some("home-others_ended"),
        _ => None,
    };
    Ok(show(&front, &visitor, &door, &current, StatusCode::OK, notice).await?)
}

/// Ends the one session that the form names.
pub(crate) async fn end(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<EndForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let current = permitted(&front, &visitor, &door, &form.form_key).await?;
    match session::end_one(&door.app, &current, &form.session).await? {
        Ok(()) => Ok(see_other(&format!("{}?{ENDED_QUERY}", front.sessions()))),
        Err(_) => {
            let (status, notice) = (StatusCode::NOT_FOUND, Some("sessions-gone"));
            Ok(show(&front, &visitor, &door, &current, status, notice).await?)
        }
    }
}

/// Ends every session of the person but this one.
pub(crate) async fn end_others(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<EndForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let current = permitted(&front, &visitor, &door, &form.form_key).await?;
    session::end_others(&door.app, &current).await?;
    Ok(see_other(&format!(
        "{}?{OTHERS_ENDED_QUERY}",
        front.sessions()
    )))
}

/// The session, if the form is one of its pages'.
async fn permitted(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    key: &str,
) -> Result<Current, Detour> {
    let current = member::require(front, visitor, door, Purpose::Any).await?;
    if form_key::is_of_session(door, visitor, key) {
        return Ok(current);
    }
    let (status, notice) = (StatusCode::FORBIDDEN, Some("page-stale"));
    let page = show(front, visitor, door, &current, status, notice).await?;
    Err(page.into())
}

async fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
    status: StatusCode,
    notice: Option<&str>,
) -> Result<Response, Problem> {
    let frame = Frame::signed_in(front, visitor, door, current).at(front.sessions());
    let sessions: Vec<Row> = session::list_of(&door.app, current)
        .await?
        .into_iter()
        .map(|listed| row(&frame, listed))
        .collect();
    let template = SessionsPage {
        has_password: current.session.mode == SignInMode::Commerce,
        has_others: sessions.iter().any(|row| !row.is_this),
        sessions,
        notice: notice.map(|key| frame.say(key)),
        is_refused: status != StatusCode::OK,
        end: front.end_session(),
        end_others: front.end_other_sessions(),
        form_key: form_key::token(door, visitor),
        frame,
    };
    page(status, &template)
}

fn row(frame: &Frame<'_>, listed: Listed) -> Row {
    let words = frame.words();
    let browser = listed
        .browser
        .unwrap_or_else(|| frame.say("sessions-some_browser"));
    let started = Moment::new(listed.started_at, words);
    let which = [
        ("browser", browser.as_str().into()),
        ("address", listed.address.as_str().into()),
        ("moment", started.text.as_str().into()),
    ];
    Row {
        end: words.tell("sessions-end_which", &which),
        handle: listed.handle,
        browser,
        address: listed.address,
        started,
        last_seen: Moment::new(listed.last_seen_at, words),
        is_this: listed.is_this,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};

    const PAGE: &str = "/back/security/session/activity/";

    #[tokio::test]
    async fn a_person_sees_their_sessions_and_ends_one_or_all_others() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.set("admin/security/admin_account_sharing", "1").await;
        let mut browsers = Vec::new();
        for _ in 0..3 {
            let mut browser = shop.browser();
            browser.set_header(
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
            );
            browser.sign_in("ann", PASSWORD).await;
            browsers.push(browser);
        }
        let page = browsers[0].get(PAGE).await;
        assert_eq!(page.text().matches("Firefox on Linux").count(), 3, "{page}");
        assert_eq!(page.text().matches("this browser").count(), 1);
        let handle = page.between("name=\"session\" value=\"", "\"");
        let end = "/back/security/session/end/";
        let ended = browsers[0]
            .fill_in(&page, end, &[("session", &handle)])
            .await;
        assert_eq!(ended.status(), 303);
        let again = browsers[0]
            .fill_in(&page, end, &[("session", &handle)])
            .await;
        assert_eq!(again.status(), 404);
        let all = "/back/security/session/logoutAll/";
        assert_eq!(browsers[0].fill_in(&page, all, &[]).await.status(), 303);
        let page = browsers[0].get(&format!("{PAGE}?others_ended")).await;
        assert_eq!(page.text().matches("Firefox on Linux").count(), 1);
        for other in &mut browsers[1..] {
            let told = other.get("/back").await;
            assert!(told.text().contains("terminated by another user"), "{told}");
            assert!(
                !other.get("/back").await.text().contains("terminated"),
                "told once"
            );
        }
    }

    #[tokio::test]
    async fn nobody_ends_another_persons_session_or_without_the_pages_form() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut ann = shop.browser();
        ann.sign_in("ann", PASSWORD).await;
        for path in [
            "/back/security/session/end/",
            "/back/security/session/logoutAll/",
        ] {
            let answer = ann.post(path, &[("session", "x"), ("form_key", "x")]).await;
            assert_eq!(answer.status(), 403, "{path}");
            let answer = shop.browser().post(path, &[("session", "x")]).await;
            assert_eq!(answer.status(), 401, "{path}");
        }
        assert_eq!(ann.get(PAGE).await.status(), 200);
    }

    #[tokio::test]
    async fn after_signing_in_one_is_where_one_wanted_to_go() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        let asked = browser.get(PAGE).await;
        assert_eq!(asked.status(), 401);
        let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
        let answer = browser.fill_in(&asked, "/back", &fields).await;
        assert_eq!(answer.header("location"), Some(PAGE));
    }
}
