//! The one stylesheet, part of the program. Its name changes with its content, so a browser may
//! keep it for ever and still never shows an old one.

use crate::front::Front;
use crate::problem::Problem;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

const STYLESHEET: &str = include_str!("../assets/postern.css");

/// The file's name, with a digest (FNV-1a: it tells versions apart, it guards nothing).
pub(crate) static FILE_NAME: LazyLock<String> = LazyLock::new(|| {
    let digest = STYLESHEET
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("postern-{digest:016x}.css")
});

pub(crate) async fn get(front: Front, uri: Uri) -> Result<Response, Problem> {
    if uri.path() != front.stylesheet() {
        return Err(Problem::NotFound);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, STYLESHEET).into_response())
}

#[cfg(test)]
mod tests {
    use crate::testing::Shop;

    #[tokio::test]
    async fn the_sign_in_page_and_its_stylesheet_weigh_less_than_50_kb_and_need_nothing_else() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        let page = browser.get("/back").await;
        let path = page.between("<link rel=\"stylesheet\" href=\"", "\"");
        let sheet = browser.get(&path).await;
        assert_eq!(sheet.status(), 200);
        assert_eq!(
            sheet.header("cache-control").unwrap(),
            "public, max-age=31536000, immutable"
        );
        assert!(page.body.len() + sheet.body.len() < 50_000);
        for remote in ["http://", "https://", "url(", "@import", "src="] {
            assert!(!page.body.contains(remote), "{remote}");
            assert!(!sheet.body.contains(remote), "{remote}");
        }
    }

    #[tokio::test]
    async fn a_stylesheet_of_another_version_is_not_found() {
        let answer = Shop::open()
            .await
            .browser()
            .get("/back/static/postern-0.css")
            .await;
        assert_eq!(answer.status(), 404);
    }
}
