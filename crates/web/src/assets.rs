//! The one stylesheet and the scripts, part of the program. Their names change with their
//! content, so a browser may keep them for ever and still never shows an old one.

use crate::front::Front;
use crate::problem::Problem;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// A file that pages load.
pub(crate) struct Asset {
    name: LazyLock<String>,
    media_type: &'static str,
    content: &'static str,
}

const STYLES: &str = include_str!("../assets/postern.css");
const SCRIPT: &str = include_str!("../assets/postern.js");
const KEYS_SCRIPT: &str = include_str!("../assets/keys.js");

/// How everything looks.
pub(crate) static STYLESHEET: Asset = Asset {
    name: LazyLock::new(|| name(STYLES, "css")),
    media_type: "text/css; charset=utf-8",
    content: STYLES,
};

/// What makes pages more pleasant; none needs it.
pub(crate) static SCRIPTS: Asset = Asset {
    name: LazyLock::new(|| name(SCRIPT, "js")),
    media_type: "text/javascript; charset=utf-8",
    content: SCRIPT,
};

/// What asks the browser for security keys; only on the pages that do.
pub(crate) static KEYS: Asset = Asset {
    name: LazyLock::new(|| name(KEYS_SCRIPT, "js")),
    media_type: "text/javascript; charset=utf-8",
    content: KEYS_SCRIPT,
};

impl Asset {
    /// The file's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// A name with a digest (FNV-1a: it tells versions apart, it guards nothing).
fn name(content: &str, end: &str) -> String {
    let digest = content
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("postern-{digest:016x}.{end}")
}

pub(crate) async fn get(front: Front, uri: Uri) -> Result<Response, Problem> {
    let asset = [&STYLESHEET, &SCRIPTS, &KEYS]
        .into_iter()
        .find(|asset| uri.path() == front.asset(asset))
        .ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.content).into_response())
}

#[cfg(test)]
mod tests {
    use crate::testing::Shop;

    #[tokio::test]
    async fn the_sign_in_page_and_what_it_loads_weigh_less_than_50_kb_and_need_nothing_else() {
        let shop = Shop::open().await;
        let mut browser = shop.browser();
        let page = browser.get("/back").await;
        let mut weight = page.body.len();
        for marker in ["<link rel=\"stylesheet\" href=\"", "<script src=\""] {
            let asset = browser.get(&page.between(marker, "\"")).await;
            assert_eq!(asset.status(), 200);
            assert_eq!(
                asset.header("cache-control").unwrap(),
                "public, max-age=31536000, immutable"
            );
            weight += asset.body.len();
            for remote in ["http://", "https://", "url(", "@import", "eval("] {
                assert!(!page.body.contains(remote), "{remote}");
                assert!(!asset.body.contains(remote), "{remote}");
            }
        }
        assert!(weight < 50_000, "{weight}");
    }

    #[tokio::test]
    async fn an_asset_of_another_version_is_not_found() {
        let answer = Shop::open()
            .await
            .browser()
            .get("/back/static/postern-0.css")
            .await;
        assert_eq!(answer.status(), 404);
    }
}
