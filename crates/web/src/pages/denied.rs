//! In place of a page that a person's role does not open: what that means and what to do, in
//! Commerce's words.

use super::page;
use crate::Door;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use service::session::Current;

#[derive(Template)]
#[template(path = "pages/denied.html")]
struct DeniedPage<'a> {
    frame: Frame<'a>,
    /// Where else the person can go; none for who is denied the first page as well.
    home: Option<String>,
}

pub(super) fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
) -> Result<Response, Problem> {
    let template = DeniedPage {
        frame: Frame::signed_in(front, visitor, door, current),
        home: current.admin.has_any_rights().then(|| front.home()),
    };
    page(StatusCode::FORBIDDEN, &template)
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};

    #[tokio::test]
    async fn a_role_without_rights_opens_the_own_account_and_the_way_out_alone() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.execute("UPDATE #authorization_rule SET permission = 'deny'")
            .await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        insta::assert_snapshot!(browser.get("/back").await, @r"
        403 Forbidden
        content-type: text/html; charset=utf-8

        Sorry, you need permissions to view this content.
        Next steps
        If you think this is an error, try signing out and signing in again.
        Contact a system administrator or store owner to gain permissions.
        ");
        for path in [
            "/back/admin/system_account/",
            "/back/security/session/activity/",
            "/back/admin/auth/logout",
        ] {
            assert_eq!(browser.get(path).await.status(), 200, "{path}");
        }
    }
}
