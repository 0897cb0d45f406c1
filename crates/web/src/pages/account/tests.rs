//! The account page as its owner, a thief of their session, and somebody whose session is over
//! see it.

mod integration;

use crate::testing::{Answer, Browser, PASSWORD, Shop};
use jiff::SignedDuration;

const PAGE: &str = "/back/admin/system_account/";
const NEW_PASSWORD: &str = "Winter-2025!";

/// Ann's account as it is, with these fields changed.
async fn save(browser: &mut Browser, page: &Answer, changed: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("username", "ann"),
        ("firstname", "Ann"),
        ("lastname", "Smith"),
        ("email", "ann@shop.test"),
        ("interface_locale", "en_US"),
        ("current_password", PASSWORD),
    ];
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| name != other));
    fields.extend(changed);
    browser.fill_in(page, PAGE, &fields).await
}

async fn signed_in(shop: &Shop) -> (Browser, Answer) {
    let mut browser = shop.browser();
    browser.sign_in("ann", PASSWORD).await;
    let page = browser.get(PAGE).await;
    (browser, page)
}

#[tokio::test]
async fn names_address_and_language_are_saved_and_the_old_address_is_told() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    let changed = [
        ("firstname", "Anna"),
        ("email", "anna@shop.test"),
        ("interface_locale", "sv_SE"),
    ];
    let before = browser.cookie("__Host-postern").unwrap().to_owned();
    let answer = save(&mut browser, &page, &changed).await;
    assert_eq!(
        answer.header("location"),
        Some("/back/admin/system_account/?saved")
    );
    let page = browser.get("/back/admin/system_account/?saved").await;
    assert!(page.text().contains("Ditt konto har sparats."), "{page}");
    assert!(page.body.contains("value=\"anna@shop.test\""));
    assert_eq!(shop.mail_for("ann@shop.test").await, 1);
    assert_ne!(browser.cookie("__Host-postern").unwrap(), before);
    let mut thief = shop.browser();
    thief.set_cookie("__Host-postern", &before);
    assert_eq!(thief.get(PAGE).await.status(), 401);
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_opens_the_door_from_then_on() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.set("admin/security/admin_account_sharing", "1").await;
    let (mut browser, page) = signed_in(&shop).await;
    let mut other = shop.browser();
    other.sign_in("ann", PASSWORD).await;
    let changed = [
        ("password", NEW_PASSWORD),
        ("password_confirmation", NEW_PASSWORD),
    ];
    assert_eq!(save(&mut browser, &page, &changed).await.status(), 303);
    assert_eq!(browser.get(PAGE).await.status(), 200);
    let told = other.get("/back").await;
    assert!(told.text().contains("Your password was changed"), "{told}");
    assert_eq!(shop.browser().sign_in("ann", PASSWORD).await.status(), 401);
    assert_eq!(
        shop.browser().sign_in("ann", NEW_PASSWORD).await.status(),
        303
    );
}

#[tokio::test]
async fn without_the_password_of_now_nothing_changes_and_the_guess_is_counted() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    for wrong in ["", "wrong"] {
        let changed = [("firstname", "Eve"), ("current_password", wrong)];
        let answer = save(&mut browser, &page, &changed).await;
        assert_eq!(answer.status(), 403);
        assert!(
            answer
                .text()
                .contains("The password entered for the current user is invalid.")
        );
        assert!(
            answer.body.contains("value=\"Eve\""),
            "what was typed stays"
        );
        assert!(!answer.body.contains("\"wrong\""));
    }
    assert_eq!(
        shop.failures_in_browsers_of(ann).await + shop.failures_of(ann).await,
        1
    );
    assert!(browser.get(PAGE).await.body.contains("value=\"Ann\""));
}

#[tokio::test]
async fn too_many_guesses_end_the_session() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    let wrong = [("current_password", "wrong")];
    for _ in 0..5 {
        assert_eq!(save(&mut browser, &page, &wrong).await.status(), 403);
    }
    let answer = save(&mut browser, &page, &wrong).await;
    assert_eq!(answer.status(), 401);
    assert!(
        answer
            .text()
            .contains("Your account is temporarily disabled."),
        "{answer}"
    );
    assert_eq!(browser.get(PAGE).await.status(), 401);
}

#[tokio::test]
async fn who_showed_who_they_are_need_not_do_so_again_to_mend_a_mistake() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    let answer = save(
        &mut browser,
        &page,
        &[("firstname", ""), ("email", "nonsense")],
    )
    .await;
    assert_eq!(answer.status(), 422);
    for said in ["\"First Name\" is required", "Please enter a valid email."] {
        assert!(
            answer.text().replace("&#34;", "\"").contains(said),
            "{answer}"
        );
    }
    assert!(!answer.body.contains("name=\"current_password\""));
    let mended = [("firstname", "Anna"), ("current_password", "")];
    assert_eq!(save(&mut browser, &answer, &mended).await.status(), 303);
    let again = save(&mut browser, &answer, &[("current_password", "")]).await;
    assert_eq!(again.status(), 403, "a confirmation is good once");
}

#[tokio::test]
async fn a_confirmation_is_not_good_for_ever_nor_in_another_session() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.set("admin/security/admin_account_sharing", "1").await;
    let (mut browser, page) = signed_in(&shop).await;
    let (mut other, other_page) = signed_in(&shop).await;
    let answer = save(&mut browser, &page, &[("firstname", "")]).await;
    let id = answer.hidden("confirmation_id").unwrap();
    let stolen = [("confirmation_id", id.as_str()), ("current_password", "")];
    assert_eq!(save(&mut other, &other_page, &stolen).await.status(), 403);
    let answer = save(&mut browser, &page, &[("firstname", "")]).await;
    shop.wait(SignedDuration::from_mins(5));
    let late = save(&mut browser, &answer, &[("current_password", "")]).await;
    assert_eq!(late.status(), 403);
    assert!(late.text().contains("You waited too long"), "{late}");
}

#[tokio::test]
async fn a_made_up_confirmation_learns_nothing_about_the_password_of_now() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    for guess in [PASSWORD, "Herbst-2023!", "short"] {
        let changed = [
            ("confirmation_id", "made-up"),
            ("password", guess),
            ("password_confirmation", guess),
        ];
        let answer = save(&mut browser, &page, &changed).await;
        assert_eq!(answer.status(), 403, "{guess}");
        let notice = answer.between("id=\"notice\"", "</div>");
        assert!(notice.contains("You waited too long"), "{answer}");
        for told in ["already been used", "at least 7 characters", "numeric"] {
            assert!(!notice.contains(told), "{answer}");
        }
    }
}

#[tokio::test]
async fn somebody_elses_name_or_address_is_not_to_be_had() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.admin("bob").await;
    let (mut browser, page) = signed_in(&shop).await;
    for taken in [("username", "BOB"), ("email", "bob@shop.test")] {
        let answer = save(&mut browser, &page, &[taken]).await;
        assert_eq!(answer.status(), 422, "{taken:?}");
        assert!(
            answer
                .text()
                .contains("A user with the same user name or email already exists.")
        );
    }
}

#[tokio::test]
async fn what_was_typed_survives_signing_in_again_but_only_for_who_typed_it() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    shop.wait(SignedDuration::from_mins(16));
    let asked = save(&mut browser, &page, &[("firstname", "Annabel")]).await;
    assert_eq!(asked.status(), 401);
    assert!(
        asked.text().contains("what you typed will be there again"),
        "{asked}"
    );
    assert!(!asked.body.contains("Annabel"), "sealed");
    assert!(!asked.body.contains(PASSWORD));
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    let entered = browser.fill_in(&asked, "/back", &fields).await;
    let back = browser.get(entered.header("location").unwrap()).await;
    assert_eq!(back.status(), 200);
    assert!(back.body.contains("value=\"Annabel\""));
    assert!(back.text().contains("nothing that you typed is lost"));
    let saved = save(&mut browser, &back, &[("firstname", "Annabel")]).await;
    assert_eq!(saved.status(), 303);
    shop.admin("bob").await;
    let fields = [("login[username]", "bob"), ("login[password]", PASSWORD)];
    let stranger = browser.fill_in(&asked, "/back", &fields).await;
    let address = stranger.header("location");
    assert_eq!(address, Some("/back"), "another person gets nothing of it");
}

#[tokio::test]
async fn an_old_password_is_changed_before_anything_else() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.wait(SignedDuration::from_hours(24 * 91));
    let mut browser = shop.browser();
    browser.sign_in("ann", PASSWORD).await;
    for path in ["/back", "/back/security/session/activity/"] {
        assert_eq!(
            browser.get(path).await.header("location"),
            Some(PAGE),
            "{path}"
        );
    }
    let page = browser.get(PAGE).await;
    assert!(
        page.text()
            .contains("It's time to change your password. Nothing else goes on before that."),
        "{page}"
    );
    let changed = [
        ("password", NEW_PASSWORD),
        ("password_confirmation", NEW_PASSWORD),
    ];
    assert_eq!(save(&mut browser, &page, &changed).await.status(), 303);
    assert_eq!(browser.get("/back").await.status(), 200);
}

#[tokio::test]
async fn a_form_of_another_page_or_browser_changes_nothing() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, _) = signed_in(&shop).await;
    let fields = [
        ("firstname", "Eve"),
        ("current_password", PASSWORD),
        ("form_key", "x"),
    ];
    let answer = browser.post(PAGE, &fields).await;
    assert_eq!(answer.status(), 403);
    assert!(
        answer.text().contains("This page was open for too long."),
        "{answer}"
    );
}

#[tokio::test]
async fn who_lost_the_role_is_told_what_to_do() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, _) = signed_in(&shop).await;
    shop.execute("DELETE FROM #authorization_role WHERE user_id > 0")
        .await;
    for page in ["/back", PAGE] {
        assert_eq!(browser.get(page).await.status(), 403, "{page}");
    }
    let answer = browser.get(PAGE).await;
    assert!(
        answer
            .text()
            .contains("More permissions are needed to access this."),
        "{answer}"
    );
    let refused = shop.browser().sign_in("ann", PASSWORD).await;
    assert_eq!(refused.status(), 403);
    assert!(refused.text().contains("Ask an administrator"), "{refused}");
}

#[tokio::test]
async fn in_a_flood_of_sign_ins_who_is_signed_in_still_changes_their_account_and_password() {
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    let queue = shop.app.passwords();
    let flood: Vec<_> = std::iter::from_fn(|| queue.reserve().ok()).collect();
    let turned_away = shop.browser().sign_in("ann", PASSWORD).await;
    assert_eq!(turned_away.status(), 503);
    let changed = [
        ("password", NEW_PASSWORD),
        ("password_confirmation", NEW_PASSWORD),
    ];
    assert_eq!(save(&mut browser, &page, &changed).await.status(), 303);
    drop(flood);
    let signed_in = shop.browser().sign_in("ann", NEW_PASSWORD).await;
    assert_eq!(signed_in.status(), 303);
}
