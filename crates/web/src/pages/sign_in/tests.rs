//! The page, being let in, and what ends that.

mod refused;
mod start_page;

use crate::testing::{PASSWORD, Shop};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;

#[tokio::test]
async fn who_is_signed_out_finds_a_form_that_works_without_scripts() {
    let shop = Shop::open().await;
    let answer = shop.browser().get("/back").await;
    insta::assert_snapshot!(answer, @"
    200 OK
    content-type: text/html; charset=utf-8

    Welcome, please sign in
    Username
    [field]
    Password
    [field]
    [button] Sign in
    Forgot your password?
    ");
    let form = answer.between("<form", "</form>");
    let key = answer.between("name=\"form_key\" value=\"", "\"");
    insta::assert_snapshot!(form.replace(&key, "KEY"), @r#"
     method="post" action="/back">
    <input type="hidden" name="form_key" value="KEY">


    <label for="username">Username</label>
    <input id="username" name="login[username]" type="text" value="" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required autofocus>
    <label for="login">Password</label>
    <div class="with-button">
    <input id="login" name="login[password]" type="password" autocomplete="current-password" required>
    <button class="reveal" type="button" data-reveals="login" data-show="Show" data-hide="Hide" aria-pressed="false" hidden></button>
    </div>
    <p class="hint" role="status" data-of="login" data-caps-lock="Caps Lock is on."></p>

    <button type="submit">Sign in</button>
    "#);
    assert_eq!(key.len(), 64);
}

#[tokio::test]
async fn every_spelling_of_the_address_leads_to_the_same_page() {
    let shop = Shop::open().await;
    for path in ["/back", "/back/", "/back/admin", "/back/admin/"] {
        assert_eq!(shop.browser().get(path).await.status(), 200, "{path}");
    }
    for path in ["/", "/admin", "/Back", "/back/admin/x", "/back//admin"] {
        assert_eq!(shop.browser().get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn while_the_integration_is_off_nothing_tells_of_adobe() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    let page = browser.get("/back").await;
    let mut seen = page.header("content-security-policy").unwrap().to_owned() + &page.body;
    seen += &browser.sign_in("ann", "wrong").await.body;
    browser.sign_in("ann", PASSWORD).await;
    seen += &browser.get("/back").await.body;
    assert!(!seen.to_lowercase().contains("adobe"));
    for path in [
        "/back/admin/auth/adobe",
        "/back/adobe_ims_auth/oauth/imscallback/",
    ] {
        let mut stranger = shop.browser();
        let answer = stranger.get(path).await;
        let location = answer.header("location").unwrap();
        assert!(location.starts_with("/back?trouble="), "{path} {location}");
        let told = stranger.get(location).await;
        assert!(
            told.text()
                .contains("Everybody signs in with a Commerce password now.")
        );
    }
}

#[tokio::test]
async fn the_right_password_opens_a_session_that_shows_who_it_is_and_when_they_came_before() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    let answer = browser.sign_in("ann", PASSWORD).await;
    insta::assert_snapshot!(answer, @r"
    303 See Other
    location: /back
    ");
    insta::assert_snapshot!(browser.get("/back").await, @"
    200 OK
    content-type: text/html; charset=utf-8

    You are signed in
    Name
    Ann Smith &#38; &#60;Sons&#62;
    Username
    ann
    Role
    Administrators
    Signed in with
    Commerce password
    How people sign in, and which policies hold
    ");

    shop.wait(SignedDuration::from_hours(26));
    let mut other = shop.browser();
    other.sign_in("ann", PASSWORD).await;
    let page = other.get("/back").await;
    assert!(page.text().contains("15 January 2027, 08:00 UTC"), "{page}");
    assert!(page.body.contains("datetime=\"2027-01-15T08:00:00Z\""));
}

#[tokio::test]
async fn the_cookie_is_bound_to_host_and_https_and_out_of_reach_of_scripts() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    let answer = browser.sign_in("ann", PASSWORD).await;
    let id = browser.cookie("__Host-postern").unwrap();
    assert_eq!(id.len(), 43);
    let cookie = answer.header("set-cookie").unwrap().replace(id, "ID");
    assert_eq!(
        cookie,
        "__Host-postern=ID; Path=/; Secure; HttpOnly; SameSite=Lax"
    );
}

#[tokio::test]
async fn while_the_integration_is_on_there_is_one_button_and_no_password_is_taken() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.switch_to(SignInMode::AdobeIms).await;
    let mut browser = shop.browser();
    let page = browser.get("/back").await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Sign In
    Sign in to access the Adobe Commerce for your organization.
    Sign In with Adobe ID
    This Commerce instance is managed by an organization. Contact your organization administrator to request access.
    ");
    assert!(!page.body.contains("type=\"password\"") && !page.body.contains("type=\"text\""));
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    browser.remove_header("sec-fetch-site");
    for (path, password) in [("/back", PASSWORD), ("/back/admin", "wrong")] {
        let fields = [fields[0], ("login[password]", password)];
        let answer = browser.post(path, &fields).await;
        insta::allow_duplicates! { insta::assert_snapshot!(answer, @r"
        403 Forbidden
        content-type: text/html; charset=utf-8

        Sign In
        Sign in to access the Adobe Commerce for your organization.
        Please sign in with Adobe ID
        Sign In with Adobe ID
        This Commerce instance is managed by an organization. Contact your organization administrator to request access.
        "); }
    }
    assert_eq!(shop.failures_of(ann).await, 0);
}

#[tokio::test]
async fn v05_a_session_ends_with_the_mode_and_does_not_come_back_with_it() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    browser.sign_in("ann", PASSWORD).await;
    for mode in [SignInMode::AdobeIms, SignInMode::Commerce] {
        shop.switch_to(mode).await;
        let page = browser.get("/back").await;
        assert!(!page.text().contains("You are signed in"), "{page}");
    }
}

#[tokio::test]
async fn a_session_ends_after_a_quarter_of_an_hour_without_use() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    browser.sign_in("ann", PASSWORD).await;
    shop.wait(SignedDuration::from_mins(14));
    assert!(
        browser
            .get("/back")
            .await
            .text()
            .contains("You are signed in")
    );
    shop.wait(SignedDuration::from_mins(14));
    assert!(
        browser
            .get("/back")
            .await
            .text()
            .contains("You are signed in")
    );
    shop.wait(SignedDuration::from_mins(15));
    assert!(browser.get("/back").await.text().contains("please sign in"));
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_was_there_and_never_keeps_an_id() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    browser.set_cookie("__Host-postern", &"x".repeat(43));
    browser.sign_in("ann", PASSWORD).await;
    let first = browser.cookie("__Host-postern").unwrap().to_owned();
    assert_ne!(first, "x".repeat(43));
    let mut other_tab = shop.browser();
    other_tab.set_cookie("__Host-postern", &first);
    other_tab.remove_header("sec-fetch-site");
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    assert_eq!(other_tab.post("/back", &fields).await.status(), 303);
    assert!(browser.get("/back").await.text().contains("please sign in"));
}

#[tokio::test]
async fn v09_a_malformed_cookie_is_signed_out_and_no_error() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    browser.sign_in("ann", PASSWORD).await;
    let id = browser.cookie("__Host-postern").unwrap().to_owned();
    let long = "a".repeat(5000);
    let doubled = format!("{id}; __Host-postern={id}");
    for value in ["", "x", "%00", "\"", "../../etc", &id[1..], &long, &doubled] {
        let mut other = shop.browser();
        other.set_cookie("__Host-postern", value);
        let answer = other.get("/back").await;
        assert_eq!(answer.status(), 200, "{value}");
        assert!(answer.text().contains("please sign in"), "{value}");
    }
}
