//! The switch between languages at the foot of every page. It changes how pages speak to this
//! browser, and nothing else; then it leads back to where it was used.

use super::see_other;
use crate::Door;
use crate::cookies::Cookie;
use crate::front::Front;
use crate::problem::Problem;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use serde::Deserialize;
use service::words::Language;

#[derive(Deserialize)]
pub(crate) struct Choice {
    language: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn post(
    front: Front,
    State(door): State<Door>,
    form: Result<Form<Choice>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(choice) = form?;
    let language = Language::find(&choice.language).ok_or(Problem::Unintelligible)?;
    let back = front
        .own_address(&choice.back)
        .unwrap_or_else(|| front.home());
    let mut response = see_other(&back);
    Cookie::Language.keep(&mut response, language.code(), door.secure_cookies);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};

    #[tokio::test]
    async fn the_browser_chooses_the_language_until_its_user_does() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        browser.set_header("accept-language", "sv-SE,sv;q=0.9");
        let page = browser.get("/back").await;
        assert!(
            page.body.contains("<html lang=\"sv\" dir=\"ltr\">"),
            "{page}"
        );
        assert!(page.text().contains("Välkommen, logga in"));
        let fields = [("language", "nl"), ("back", "/back?signed_out")];
        let answer = browser.post("/back/admin/language", &fields).await;
        assert_eq!(answer.header("location"), Some("/back?signed_out"));
        assert!(
            browser
                .get("/back")
                .await
                .text()
                .contains("Welkom, meld u aan")
        );
    }

    #[tokio::test]
    async fn a_person_is_spoken_to_in_the_language_of_the_account() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.execute("UPDATE #admin_user SET interface_locale = 'nl_NL'")
            .await;
        let mut browser = shop.browser();
        browser.set_header("accept-language", "sv");
        browser.sign_in("ann", PASSWORD).await;
        assert!(
            browser
                .get("/back")
                .await
                .text()
                .contains("U bent aangemeld")
        );
    }

    #[tokio::test]
    async fn v06_the_switch_leads_to_no_other_place() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        for back in [
            "",
            "//evil.test/back",
            "https://evil.test/back",
            "/\\evil.test",
            "/back\\evil",
            "/backdoor",
            "/back/../../evil",
            "/back/\r\nset-cookie: a=b",
            "/back/%2e%2e/x",
            "javascript:alert(1)",
            " /back",
            "/back@evil.test",
        ] {
            let fields = [("language", "nl"), ("back", back)];
            let answer = browser.post("/back/admin/language", &fields).await;
            assert_eq!(answer.header("location"), Some("/back"), "{back}");
        }
    }

    #[tokio::test]
    async fn a_language_that_there_is_not_is_refused() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        for language in ["", "de", "EN", "../en"] {
            let answer = browser
                .post("/back/admin/language", &[("language", language)])
                .await;
            assert_eq!(answer.status(), 400, "{language}");
        }
    }
}
