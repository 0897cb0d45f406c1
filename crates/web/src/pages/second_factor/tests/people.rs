//! Who looks after other people's second factors, and who may not.

use super::{follow, half_way, type_code};
use crate::testing::second_factor::{APP_CODE, AuthenticatorApp, SECOND_FACTOR, STEP};
use crate::testing::{Answer, Browser, PASSWORD, Shop};

const PEOPLE: &str = "/back/tfa/people/";
const PERSON: &str = "/back/tfa/people/person/";
const RESET: &str = "/back/tfa/people/reset/";
const LINK: &str = "/back/tfa/people/link/";

/// A shop in which Ann is signed in and Bob has an app.
struct Story {
    shop: Shop,
    ann: Browser,
    ann_id: u32,
    bob_id: u32,
    app_of_bob: AuthenticatorApp,
}

impl Story {
    async fn begin() -> Self {
        let shop = Shop::open().await;
        let (ann_id, bob_id) = (shop.ann().await, shop.admin("bob").await);
        shop.ask_for_second_factors();
        let app_of_bob = shop.set_up_app(bob_id).await;
        let mut ann = shop.browser();
        shop.set_up_app_in(&mut ann, ann_id).await;
        shop.force_providers("").await;
        Self {
            shop,
            ann,
            ann_id,
            bob_id,
            app_of_bob,
        }
    }

    /// Bob's page, as Ann sees it.
    async fn page_of_bob(&mut self) -> Answer {
        let address = format!("{PERSON}?user={}", self.bob_id);
        self.ann.get(&address).await
    }

    /// Ann resets something of Bob's with her password.
    async fn reset(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let user = self.bob_id.to_string();
        let mut all = vec![("user", user.as_str()), ("current_password", PASSWORD)];
        all.extend(fields);
        self.ann.fill_in(page, RESET, &all).await
    }

    /// Bob, signed in.
    async fn bob(&self) -> Browser {
        let mut bob = self.shop.browser();
        bob.sign_in("bob", PASSWORD).await;
        self.shop.wait(STEP);
        let code = self.app_of_bob.code(self.shop.app.now());
        assert_eq!(type_code(&mut bob, APP_CODE, &code).await.status(), 303);
        bob
    }

    async fn apps(&self) -> i64 {
        let sql = "SELECT COUNT(*) FROM #tfa_user_config WHERE encoded_config IS NOT NULL";
        assert_eq!(self.shop.number(sql).await, 2);
        let removed = "SELECT COUNT(*) FROM #postern_audit_event \
                       WHERE kind = 'second_factor_removed'";
        2 - self.shop.number(removed).await
    }

    /// Everybody's role allows this alone from now on.
    async fn allow_only(&self, resource: &str) {
        let sql = format!("UPDATE #authorization_rule SET resource_id = '{resource}'");
        self.shop.execute(&sql).await;
    }
}

#[tokio::test]
async fn who_has_the_right_sees_who_has_what_and_finds_people_by_name() {
    let mut story = Story::begin().await;
    story.shop.admin("eve").await;
    let keys = ["Desk", "Bag"];
    story.shop.give_keys(story.bob_id, &keys).await;
    let home = story.ann.get("/back").await;
    assert!(home.body.contains(&format!("href=\"{PEOPLE}\"")));
    let page = story.ann.get(PEOPLE).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Who has a second factor
    Name, user name or email
    [field]
    Only who has to set one up
    [button] Search
    Ann Smith &#38; &#60;Sons&#62; you
    ann
    Authenticator app · 10 recovery codes
    Manage
    Ann Smith &#38; &#60;Sons&#62;
    bob
    Authenticator app · 2 security keys · 10 recovery codes
    Manage
    Ann Smith &#38; &#60;Sons&#62;
    eve
    Nothing is set up. That has to be done at the next sign-in.
    Manage
    ");
    assert!(
        page.body.contains("href=\"/back/tfa/account/\""),
        "one's own"
    );
    let found = story.ann.get(&format!("{PEOPLE}?name=+BOB")).await;
    assert!(found.text().contains("bob") && !found.text().contains("eve"));
    assert!(found.body.contains("value=\" BOB\""), "{found}");
    let without = story.ann.get(&format!("{PEOPLE}?name=&without=1")).await;
    assert!(without.text().contains("eve") && !without.text().contains("bob"));
    let nobody = story.ann.get(&format!("{PEOPLE}?name=%22%3Cx")).await;
    assert!(nobody.text().contains("Nobody was found."));
    assert!(!nobody.body.contains("\"<x"));
    for page in [page, story.page_of_bob().await] {
        for secret in ["MFRGG", "BEGIN PUBLIC", "Desk", "otpauth"] {
            assert!(!page.body.contains(secret), "{secret}");
        }
    }
}

#[tokio::test]
async fn what_was_lost_is_reset_the_sessions_end_and_a_link_leads_to_something_new() {
    let mut story = Story::begin().await;
    let mut bob = story.bob().await;
    assert!(bob.is_in().await);
    let page = story.page_of_bob().await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Ann Smith &#38; &#60;Sons&#62;
    Username
    bob
    Email
    bob@shop.test
    Second factors
    Authenticator app · 10 recovery codes
    Something was lost?
    What is reset no longer lets this person in. All their sessions end, and they are told by mail. If nothing is left, something new has to be set up at the next sign-in.
    Current User Identity Verification
    Ann Smith &#38; &#60;Sons&#62;, to reset what Ann Smith &#38; &#60;Sons&#62; has set up, type the password you have now.
    Your Password
    [field]
    [button] Reset
    Back to everybody
    ");
    let before = story.ann.cookie("__Host-postern").unwrap().to_owned();
    let done = story.reset(&page, &[]).await;
    assert_ne!(story.ann.cookie("__Host-postern"), Some(before.as_str()));
    let page = follow(&mut story.ann, &done).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Ann Smith &#38; &#60;Sons&#62;
    Configuration has been reset for this user.
    Username
    bob
    Email
    bob@shop.test
    Second factors
    Nothing is set up. That has to be done at the next sign-in.
    A link by mail
    A link to set up a second factor can be sent to bob@shop.test. It works for an hour, once. Signing in needs the password besides.
    Send the link
    Back to everybody
    ");
    assert!(!bob.is_in().await);
    let answer = bob.sign_in("bob", PASSWORD).await;
    assert_eq!(answer.header("location"), Some(SECOND_FACTOR));
    let answer = bob.get(SECOND_FACTOR).await;
    let request = "/back/tfa/tfa/requestconfig/";
    assert_eq!(answer.header("location"), Some(request));

    let mail = "SELECT COUNT(*) FROM #postern_mail WHERE recipient = 'bob@shop.test'";
    let mails = story.shop.number(mail).await;
    let user = story.bob_id.to_string();
    let sent = story.ann.fill_in(&page, LINK, &[("user", &user)]).await;
    let page = follow(&mut story.ann, &sent).await;
    assert!(page.text().contains("The link is on its way."), "{page}");
    let again = story.ann.fill_in(&page, LINK, &[("user", &user)]).await;
    assert_eq!(again.status(), 429);
    assert_eq!(again.header("retry-after"), Some("60"));
    assert!(
        again.text().contains("You can ask for another in"),
        "{again}"
    );
    assert_eq!(story.shop.number(mail).await, mails + 1);
}

#[tokio::test]
async fn a_part_is_reset_alone_and_a_wrong_password_does_not_make_everything_of_it() {
    let mut story = Story::begin().await;
    story.shop.give_keys(story.bob_id, &["Desk"]).await;
    let page = story.page_of_bob().await;
    let wrong = [("provider", "google"), ("current_password", "wrong")];
    let user = story.bob_id.to_string();
    let mut fields = vec![("user", user.as_str())];
    fields.extend(wrong);
    let again = story.ann.fill_in(&page, RESET, &fields).await;
    assert_eq!(again.status(), 403);
    assert!(again.text().contains("current user is invalid"), "{again}");
    assert!(again.body.contains("value=\"google\" checked"));
    assert_eq!(again.body.matches(" checked").count(), 1);
    let done = story.reset(&again, &[("provider", "google")]).await;
    let page = follow(&mut story.ann, &done).await;
    assert!(page.text().contains("has been reset"), "{page}");
    assert!(page.text().contains("1 security key"), "{page}");
    let gone = story.reset(&page, &[("provider", "google")]).await;
    assert_eq!(gone.status(), 409);
    assert!(gone.text().contains("This is how they are now."), "{gone}");
    let no_link = story.ann.fill_in(&page, LINK, &[("user", &user)]).await;
    assert_eq!(no_link.status(), 409, "who has something needs none");
    let unknown = story.reset(&page, &[("provider", "duo_security")]).await;
    assert_eq!(unknown.status(), 400);
    assert_eq!(story.shop.count("postern_security_key").await, 1);
}

#[tokio::test]
async fn a12_without_the_right_or_once_it_is_lost_nobody_sees_or_does_anything() {
    let mut story = Story::begin().await;
    let page = story.page_of_bob().await;
    story.allow_only("Magento_Backend::dashboard").await;
    assert!(!story.ann.get("/back").await.body.contains(PEOPLE));
    let person = format!("{PERSON}?user={}", story.bob_id);
    for path in [PEOPLE, person.as_str()] {
        let answer = story.ann.get(path).await;
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.text().contains("you need permissions"), "{answer}");
        assert!(!answer.text().contains("bob"));
    }
    let user = story.bob_id.to_string();
    let sent = story.ann.fill_in(&page, LINK, &[("user", &user)]).await;
    for answer in [story.reset(&page, &[]).await, sent] {
        assert_eq!(answer.status(), 403);
        assert!(answer.text().contains("you need permissions"), "{answer}");
    }
    assert_eq!(story.apps().await, 2);
    story.allow_only("Magento_TwoFactorAuth::tfa").await;
    assert_eq!(story.reset(&page, &[]).await.status(), 303);
    assert_eq!(story.apps().await, 1);
}

#[tokio::test]
async fn nobody_looks_after_themselves_or_after_who_is_not_there() {
    let mut story = Story::begin().await;
    let page = story.page_of_bob().await;
    let own = story.ann_id.to_string();
    let address = format!("{PERSON}?user={own}");
    let answer = story.ann.get(&address).await;
    assert_eq!(answer.header("location"), Some("/back/tfa/account/"));
    let answer = story.reset(&page, &[("user", "")]).await;
    assert_eq!(answer.status(), 400, "two answers to one question");
    let fields = [("user", own.as_str()), ("current_password", PASSWORD)];
    let answer = story.ann.fill_in(&page, RESET, &fields).await;
    assert_eq!(answer.header("location"), Some("/back/tfa/account/"));
    for user in ["", "0", "999", "-1", "x", "99999999999"] {
        let answer = story.ann.get(&format!("{PERSON}?user={user}")).await;
        assert_eq!(answer.status(), 404, "{user}");
        assert!(answer.text().contains("There is no such person"));
        let fields = [("user", user), ("current_password", PASSWORD)];
        for path in [RESET, LINK] {
            let answer = story.ann.fill_in(&page, path, &fields).await;
            assert_eq!(answer.status(), 404, "{path} {user}");
        }
    }
    assert_eq!(story.apps().await, 2);
}

#[tokio::test]
async fn another_sites_form_and_who_is_not_signed_in_reset_nothing() {
    let mut story = Story::begin().await;
    let user = story.bob_id.to_string();
    let fields = [("user", user.as_str()), ("current_password", PASSWORD)];
    for path in [RESET, LINK] {
        let answer = story.ann.post(path, &fields).await;
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.text().contains("open for too long"), "{answer}");
        let answer = story.shop.browser().post(path, &fields).await;
        assert_eq!(answer.status(), 401, "{path}");
        assert_eq!(story.ann.get(path).await.status(), 405, "{path}");
    }
    for path in [PEOPLE, PERSON] {
        assert_eq!(story.shop.browser().get(path).await.status(), 401);
    }
    let mut browser = half_way(&story.shop).await;
    assert_eq!(browser.get(PEOPLE).await.status(), 401, "half way is out");
    assert_eq!(story.apps().await, 2);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_told_and_can_be_reset() {
    let mut story = Story::begin().await;
    let damage = format!(
        "UPDATE #tfa_user_config SET encoded_config = '0:3:AAAA' WHERE user_id = {}",
        story.bob_id
    );
    story.shop.execute(&damage).await;
    let list = story.ann.get(PEOPLE).await;
    assert!(list.text().contains("cannot be read"), "{list}");
    let page = story.page_of_bob().await;
    let done = story.reset(&page, &[]).await;
    let page = follow(&mut story.ann, &done).await;
    assert!(page.text().contains("Nothing is set up."), "{page}");
}

#[tokio::test]
async fn who_has_no_name_goes_by_the_user_name() {
    let mut story = Story::begin().await;
    let forget = "UPDATE #admin_user SET firstname = NULL, lastname = NULL WHERE username = 'bob'";
    story.shop.execute(forget).await;
    let list = story.ann.get(PEOPLE).await;
    assert!(list.body.contains("<strong>bob</strong>"), "{list}");
    let page = story.page_of_bob().await;
    assert!(page.body.contains("<h1>bob</h1>"), "{page}");
}

#[tokio::test]
async fn who_has_no_address_is_sent_to_the_operator() {
    let mut story = Story::begin().await;
    let eve = story.shop.admin("eve").await;
    let forget = format!("UPDATE #admin_user SET email = NULL WHERE user_id = {eve}");
    story.shop.execute(&forget).await;
    let page = story.ann.get(&format!("{PERSON}?user={eve}")).await;
    let command = "bin/magento security:tfa:configure-link eve";
    assert!(page.text().contains(command), "{page}");
    let user = eve.to_string();
    let answer = story.ann.fill_in(&page, LINK, &[("user", &user)]).await;
    assert_eq!(answer.status(), 403, "the page has no form");
}

#[tokio::test]
async fn v15_nobody_is_looked_after_where_nobody_is_asked() {
    let mut story = Story::begin().await;
    let page = story.page_of_bob().await;
    let person = format!("{PERSON}?user={}", story.bob_id);
    for is_integrated in [false, true] {
        match is_integrated {
            false => story.shop.ask_for_no_second_factors(),
            true => {
                story.shop.ask_for_second_factors();
                story.shop.integrate_all().await;
            }
        }
        let home = story.ann.get("/back").await;
        assert_eq!(home.status(), 200, "{home}");
        assert!(!home.body.contains(PEOPLE));
        let user = story.bob_id.to_string();
        let answers = [
            story.ann.get(PEOPLE).await,
            story.ann.get(&person).await,
            story.reset(&page, &[]).await,
            story.ann.fill_in(&page, LINK, &[("user", &user)]).await,
        ];
        for answer in answers {
            assert_eq!(answer.status(), 403, "{answer}");
            let words = "Nobody is asked for a second factor here at present";
            assert!(answer.text().contains(words), "{answer}");
        }
    }
    assert_eq!(story.apps().await, 2);
}
