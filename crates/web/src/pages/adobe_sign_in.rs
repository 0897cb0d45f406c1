//! Where the button "Sign In with Adobe ID" leads. The way through Adobe is PHP Commerce's on an
//! instance that is shared with it; this page says so, and names the operator's way back.

use super::page;
use crate::Door;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;

#[derive(Template)]
#[template(path = "pages/adobe_sign_in.html")]
struct AdobeSignInPage<'a> {
    frame: Frame<'a>,
    home: String,
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Problem> {
    if door.mode()? == SignInMode::Commerce {
        return Err(Problem::NotFound);
    }
    let template = AdobeSignInPage {
        frame: Frame::new(&front, &visitor),
        home: front.home(),
    };
    page(StatusCode::SERVICE_UNAVAILABLE, &template)
}

#[cfg(test)]
mod tests {
    use crate::testing::Shop;
    use domain::sign_in_mode::SignInMode;

    #[tokio::test]
    async fn the_button_leads_to_a_page_that_names_the_door_and_the_way_back() {
        let shop = Shop::open().await;
        shop.switch_to(SignInMode::AdobeIms).await;
        let answer = shop.browser().post("/back/admin/auth/adobe", &[]).await;
        insta::assert_snapshot!(answer, @"
        503 Service Unavailable
        content-type: text/html; charset=utf-8

        Adobe ID is not handled here
        The Adobe IMS integration is on. Signing in with Adobe ID happens at the PHP Commerce that shares this instance.
        If that is what has failed, whoever operates the shop can bring Commerce passwords back with:
        bin/magento admin:adobe-ims:disable
        Back to sign-in
        ");
    }
}
