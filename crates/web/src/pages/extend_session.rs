//! "I am still here": keeps a session from ending while its owner reads or writes. Scripts ask for
//! JSON and learn how long the session lasts now; a form is led back to where it was.

use super::{see_other, sign_in};
use crate::Door;
use crate::form_key;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde::Deserialize;
use service::session::{self, Found};

#[derive(Deserialize)]
pub(crate) struct ExtendForm {
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    headers: HeaderMap,
    form: Result<Form<ExtendForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes() == b"application/json");
    door.mode()?;
    let found = match &visitor.session_id {
        Some(id) if form_key::is_of(&door, id, &form.form_key) => {
            session::extend(&door.app, id, door.lease.known()).await?
        }
        _ => Found::None,
    };
    match found {
        Found::Current(current) if wants_json => {
            let left = current.expires_at.duration_since(door.app.now()).as_secs();
            Ok(Json(serde_json::json!({ "expires_in": left })).into_response())
        }
        Found::Current(_) => {
            let back = front
                .own_address(&form.back)
                .unwrap_or_else(|| front.home());
            Ok(see_other(&back))
        }
        Found::Ended(_) | Found::None if wants_json => {
            let hint = serde_json::json!({ "sign_in": front.home() });
            Ok((StatusCode::UNAUTHORIZED, Json(hint)).into_response())
        }
        Found::Ended(_) | Found::None => sign_in::ask(&front, &visitor, &door, None).await,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};
    use jiff::SignedDuration;

    const PATH: &str = "/back/admin/session/extend/";

    #[tokio::test]
    async fn a_session_that_is_extended_lasts_and_one_that_is_over_says_where_to_sign_in() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        browser.set_header("accept", "application/json");
        let page = browser.get("/back").await;
        assert!(page.body.contains("data-expires-in=\"900\""));
        let key = page.between("name=\"form_key\" value=\"", "\"");
        shop.wait(SignedDuration::from_mins(14));
        let answer = browser.post(PATH, &[("form_key", &key)]).await;
        assert_eq!(answer.body, r#"{"expires_in":900}"#);
        shop.wait(SignedDuration::from_mins(14));
        assert_eq!(
            browser.post(PATH, &[("form_key", &key)]).await.status(),
            200
        );
        shop.wait(SignedDuration::from_mins(15));
        let over = browser.post(PATH, &[("form_key", &key)]).await;
        assert_eq!(over.status(), 401);
        assert_eq!(over.body, r#"{"sign_in":"/back"}"#);
    }

    #[tokio::test]
    async fn without_scripts_it_leads_back_and_no_other_site_can_do_it() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        let page = browser.get("/back").await;
        let key = page.between("name=\"form_key\" value=\"", "\"");
        let fields = [
            ("form_key", key.as_str()),
            ("back", "/back/admin/system_account/"),
        ];
        let answer = browser.post(PATH, &fields).await;
        assert_eq!(
            answer.header("location"),
            Some("/back/admin/system_account/")
        );
        assert_eq!(browser.post(PATH, &[("form_key", "x")]).await.status(), 401);
    }
}
