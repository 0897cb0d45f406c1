//! Who is not let in, and what they are told.

use crate::testing::{PASSWORD, Shop};
use jiff::SignedDuration;

const WITHOUT_PUZZLES: &str = "INSERT INTO #core_config_data (scope, scope_id, path, value) \
                               VALUES ('default', 0, 'admin/captcha/enable', '0')";

#[tokio::test]
async fn a_refused_sign_in_keeps_the_name_and_tells_why_to_eyes_and_ears() {
    let shop = Shop::open().await;
    shop.ann().await;
    let answer = shop.browser().sign_in("a\"<b>", "wrong password").await;
    insta::assert_snapshot!(answer, @"
    401 Unauthorized
    content-type: text/html; charset=utf-8

    Welcome, please sign in
    The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.
    Username
    [field]
    Password
    [field]
    [button] Sign in
    Forgot your password?
    ");
    let form = answer.between("<label for=\"username\"", "<button");
    insta::assert_snapshot!(form, @r#"
    >Username</label>
    <input id="username" name="login[username]" type="text" value="a&#34;&#60;b&#62;" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required aria-describedby="notice" aria-invalid="true">
    <label for="login">Password</label>
    <div class="with-button">
    <input id="login" name="login[password]" type="password" autocomplete="current-password" required aria-describedby="notice" aria-invalid="true">
    "#);
    assert!(
        answer
            .body
            .contains("role=\"alert\" tabindex=\"-1\" autofocus")
    );
    assert!(!answer.body.contains("wrong password"));
}

#[tokio::test]
async fn unknown_locked_and_inactive_admins_see_the_same_page_as_a_wrong_password() {
    let shop = Shop::open().await;
    shop.execute(WITHOUT_PUZZLES).await;
    let ann = shop.ann().await;
    let wrong = shop.browser().sign_in("ann", "wrong").await.to_string();
    let unknown = shop.browser().sign_in("nobody", PASSWORD).await.to_string();
    shop.execute("UPDATE #admin_user SET is_active = 0").await;
    let inactive = shop.browser().sign_in("ann", PASSWORD).await.to_string();
    shop.execute("UPDATE #admin_user SET is_active = 1").await;
    for _ in 0..5 {
        shop.browser().sign_in("ann", "wrong").await;
    }
    assert_eq!(shop.failures_of(ann).await, 6);
    let locked = shop.browser().sign_in("ann", PASSWORD).await.to_string();
    for other in [unknown, inactive, locked] {
        assert_eq!(other, wrong);
    }
    shop.wait(SignedDuration::from_mins(31));
    assert_eq!(shop.browser().sign_in("ann", PASSWORD).await.status(), 303);
}

#[tokio::test]
async fn after_three_attempts_the_form_carries_a_puzzle_that_waiting_answers() {
    let shop = Shop::open().await;
    shop.ann().await;
    let mut browser = shop.browser();
    for number in 1..=3 {
        let answer = browser.sign_in("ann", "wrong").await;
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.hidden("puzzle").is_some(), number == 3);
    }
    let page = browser.get("/back").await;
    let key = page.hidden("form_key").unwrap();
    let fields = [
        ("login[username]", "ann"),
        ("login[password]", PASSWORD),
        ("form_key", &key),
    ];
    let answer = browser.post("/back", &fields).await;
    assert_eq!(answer.status(), 429);
    assert!(answer.text().contains("wait 15 seconds"), "{answer}");
    let puzzle = answer.hidden("puzzle").unwrap();
    let fields = [
        ("login[username]", "ann"),
        ("login[password]", PASSWORD),
        ("form_key", &key),
        ("puzzle", &puzzle),
    ];
    assert_eq!(browser.post("/back", &fields).await.status(), 429);
    shop.wait(SignedDuration::from_secs(15));
    assert_eq!(browser.post("/back", &fields).await.status(), 303);
}

#[tokio::test]
async fn strangers_who_lock_an_account_do_not_keep_out_a_browser_that_signed_in_before() {
    let shop = Shop::open().await;
    shop.execute(WITHOUT_PUZZLES).await;
    shop.ann().await;
    let mut owner = shop.browser();
    owner.sign_in("ann", PASSWORD).await;
    assert!(owner.cookie("__Host-postern-browser").is_some());
    for _ in 0..6 {
        shop.browser().sign_in("ann", "wrong").await;
    }
    assert_eq!(shop.browser().sign_in("ann", PASSWORD).await.status(), 401);
    owner.set_cookie("__Host-postern", "");
    assert_eq!(owner.sign_in("ann", PASSWORD).await.status(), 303);
}

#[tokio::test]
async fn v08_every_case_of_a_user_name_counts_on_the_one_account() {
    let shop = Shop::open().await;
    shop.execute(WITHOUT_PUZZLES).await;
    let ann = shop.ann().await;
    for spelling in ["ann", "ANN", "Ann", "aNn"] {
        shop.browser().sign_in(spelling, "wrong").await;
    }
    assert_eq!(shop.failures_of(ann).await, 4);
}

#[tokio::test]
async fn an_admin_without_a_role_is_told_so_but_only_with_the_right_password() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.execute("DELETE FROM #authorization_role WHERE role_type = 'U'")
        .await;
    let answer = shop.browser().sign_in("ann", PASSWORD).await;
    assert_eq!(answer.status(), 403);
    assert!(
        answer
            .text()
            .contains("More permissions are needed to access this.")
    );
    assert_eq!(shop.browser().sign_in("ann", "wrong").await.status(), 401);
}

#[tokio::test]
async fn a_form_of_another_browser_signs_nobody_in_and_offers_a_fresh_one() {
    let shop = Shop::open().await;
    shop.ann().await;
    let stranger = shop.browser().get("/back").await;
    let key = stranger.between("name=\"form_key\" value=\"", "\"");
    let mut browser = shop.browser();
    browser.get("/back").await;
    let fields = [
        ("form_key", key.as_str()),
        ("login[username]", "ann"),
        ("login[password]", PASSWORD),
    ];
    let answer = browser.post("/back", &fields).await;
    insta::assert_snapshot!(answer, @"
    403 Forbidden
    content-type: text/html; charset=utf-8

    Welcome, please sign in
    This page was open for too long. Nothing was changed; please try again.
    Username
    [field]
    Password
    [field]
    [button] Sign in
    Forgot your password?
    ");
    assert!(browser.cookie("__Host-postern").is_none());
    assert_eq!(browser.sign_in("ann", PASSWORD).await.status(), 303);
}

#[tokio::test]
async fn two_user_names_or_a_json_body_are_no_form() {
    let shop = Shop::open().await;
    let mut browser = shop.browser();
    let fields = [("login[username]", "ann"), ("login[username]", "bob")];
    insta::assert_snapshot!(browser.post("/back", &fields).await, @r"
    400 Bad Request
    content-type: text/html; charset=utf-8

    This request cannot be read
    Please go back and try again.
    Back to the first page
    ");
    let answer = browser.send_json("/back", "application/json", "{}").await;
    assert_eq!(answer.status(), 400);
}
