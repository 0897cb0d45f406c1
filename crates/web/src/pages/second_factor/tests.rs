//! Signing in with a second factor, as people go through it.

mod app_code;
mod app_set_up;
mod key;
mod key_set_up;
mod missing;
mod own;
mod own_key;
mod own_keys;
mod people;
mod recovery;
mod request;

use crate::testing::{Answer, Browser, PASSWORD, Shop};

const REQUEST: &str = "/back/tfa/tfa/requestconfig/";
const RECOVERY_CODE: &str = "/back/tfa/recovery/auth/";

/// Ann's browser, where only the code of her app is missing.
async fn half_way(shop: &Shop) -> Browser {
    let mut browser = shop.browser();
    let answer = browser.sign_in("ann", PASSWORD).await;
    assert_eq!(answer.status(), 303, "{answer}");
    browser
}

/// Goes where the answer leads.
async fn follow(browser: &mut Browser, answer: &Answer) -> Answer {
    let location = answer.header("location").unwrap().to_owned();
    browser.get(&location).await
}

/// Types a code into the page of `path`.
async fn type_code(browser: &mut Browser, path: &str, code: &str) -> Answer {
    let page = browser.get(path).await;
    browser.fill_in(&page, path, &[("tfa_code", code)]).await
}

/// The codes of a sheet.
fn codes(sheet: &Answer) -> Vec<String> {
    let codes = sheet.between("<pre class=\"codes\"", "</pre>");
    let codes = codes.split_once('>').unwrap().1;
    codes.lines().map(str::to_owned).collect()
}

/// Whether a page marks the field for a key's name as wrong, by what the notice says.
fn marks_name(page: &Answer) -> bool {
    let field = page.between("<input id=\"name\"", ">");
    let is_invalid = field.contains("aria-invalid=\"true\"");
    assert_eq!(is_invalid, field.contains("aria-describedby=\"notice"));
    is_invalid
}
