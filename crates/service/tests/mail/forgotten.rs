//! "Forgot your password?", from the request to the mail that says it was done.

use crate::shop::Shop;
use crate::smtp_server::{SmtpServer, header};
use domain::puzzle;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::Value;
use service::app::App;
use service::error::ServiceError;
use service::housekeeping;
use service::sign_in::forgot_password::{self, ForgotPasswordRefused};
use service::sign_in::reset_password::{self, Link, ResetRefused};
use std::net::IpAddr;

const EVENTS: &str = "SELECT COUNT(*) FROM #password_reset_request_event";
const WAITING: &str = "SELECT COUNT(*) FROM #postern_mail";
const TOKENS: &str = "SELECT COUNT(*) FROM #admin_user WHERE rp_token IS NOT NULL";

fn ip(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}

/// Asks as the form does, which comes with a puzzle.
async fn request(
    app: &App,
    email: &str,
    ip: IpAddr,
) -> Result<Result<(), ForgotPasswordRefused>, ServiceError> {
    let challenge = forgot_password::open(app, ip).await?.unwrap();
    let answer = challenge.map(|challenge| puzzle::solve(&challenge.puzzle));
    forgot_password::request(app, email, ip, answer.as_ref()).await
}

/// The link that stands in a mail.
fn link(mail: &Value) -> Link {
    let text = mail["text"].as_str().unwrap();
    let start = "https://shop.test/back/admin/auth/resetpassword/?id=";
    let link = text.split(start).nth(1).unwrap().lines().next().unwrap();
    let (id, token) = link.split_once("&token=").unwrap();
    assert_eq!(token.len(), 32);
    Link {
        admin: id.parse().unwrap(),
        token: SecretString::from(token),
    }
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_its_owner_told() {
    for shop in [Shop::open().await, Shop::on_mariadb().await] {
        let mut server = SmtpServer::start(&[]);
        shop.mails_by(&server).await;
        let ann = shop.admin("ann", "ann@shop.test").await;
        let sql = "UPDATE #admin_user SET interface_locale = 'nl_NL', failures_num = 6, \
                   lock_expires = '2037-01-01 00:00:00'";
        shop.execute(sql, Vec::new()).await;
        request(&shop.app, "Ann@shop.test", ip(1))
            .await
            .unwrap()
            .unwrap();
        let bodies = shop.texts("SELECT text FROM #postern_mail").await;
        assert_eq!(bodies, [""], "who it is for is not looked up yet");
        shop.send().await;

        let mail = server.next();
        assert_eq!(
            mail["envelope"][0], "ann@shop.test",
            "the stored one, not the typed one"
        );
        let link = link(&mail);
        assert_eq!(link.admin, ann);
        let check = reset_password::check(&shop.app, &link).await.unwrap();
        assert_eq!(check, Ok(()));

        let password = SecretString::from("Nieuw-Wachtwoord-7");
        let set = reset_password::reset(&shop.app, &link, password.clone(), &password).await;
        assert_eq!(set.unwrap(), Ok(()));
        let state = shop
            .texts("SELECT CONCAT(failures_num, COALESCE(lock_expires, '')) FROM #admin_user")
            .await;
        assert_eq!(state, ["0"]);
        let sealed = shop.texts("SELECT text FROM #postern_mail").await;
        assert!(sealed[0].starts_with("0:3:"), "{sealed:?}");
        shop.send().await;
        let mail = server.next();
        assert_eq!(header(&mail, "Subject"), "Nieuw wachtwoord voor ann");
        let text = mail["text"].as_str().unwrap();
        assert!(text.contains("15 januari 2027, 08:00 UTC"), "{text}");
        assert_eq!(shop.number(WAITING).await, 0);
        let again = reset_password::check(&shop.app, &link).await.unwrap();
        assert_eq!(again, Err(ResetRefused::LinkExpired));
    }
}

#[tokio::test]
async fn an_unknown_address_is_answered_by_the_same_work_and_gets_nothing() {
    let shop = Shop::open().await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    shop.admin("ann", "ann@shop.test").await;
    for (email, count) in [("ann@shop.test", 1), ("eve@evil.test", 2)] {
        let last = u8::try_from(count).unwrap();
        assert_eq!(request(&shop.app, email, ip(last)).await.unwrap(), Ok(()));
        assert_eq!(shop.number(EVENTS).await, count);
        assert_eq!(shop.number(WAITING).await, count);
        assert_eq!(shop.number(TOKENS).await, 0);
    }
    shop.send().await;
    assert_eq!(shop.number(TOKENS).await, 1);
    let mails = server.stop();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["envelope"][0], "ann@shop.test");
}

#[tokio::test]
async fn v11_mail_goes_only_to_the_letters_of_the_stored_address() {
    // To MariaDB these are the same.
    let shop = Shop::on_mariadb().await;
    shop.admin("ann", "ann@shop.test").await;
    let found = shop
        .texts("SELECT username FROM #admin_user WHERE email = 'ánn@shop.test'")
        .await;
    assert_eq!(found, ["ann"]);
    for typed in [
        "ann@shöp.test",
        "ánn@shop.test",
        "ann@shop.test,eve@evil.test",
    ] {
        let _ = request(&shop.app, typed, ip(1)).await.unwrap();
        shop.wait(SignedDuration::from_mins(11));
    }
    shop.send().await;
    assert_eq!(
        (shop.number(TOKENS).await, shop.number(WAITING).await),
        (0, 0)
    );
}

#[tokio::test]
async fn each_account_of_one_address_gets_a_link_of_its_own_and_inactive_ones_none() {
    let shop = Shop::open().await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    for name in ["ann", "ann-too", "old-ann"] {
        shop.admin(name, &format!("{name}@shop.test")).await;
    }
    shop.execute("UPDATE #admin_user SET email = 'ann@shop.test'", Vec::new())
        .await;
    let sql = "UPDATE #admin_user SET is_active = 0 WHERE username = 'old-ann'";
    shop.execute(sql, Vec::new()).await;
    request(&shop.app, "ann@shop.test", ip(1))
        .await
        .unwrap()
        .unwrap();
    shop.send().await;
    let mails = server.stop();
    assert_eq!(mails.len(), 2);
    assert!(
        mails[0]["text"]
            .as_str()
            .unwrap()
            .contains("your account ann.")
    );
    assert!(
        mails[1]["text"]
            .as_str()
            .unwrap()
            .contains("your account ann-too.")
    );
    assert_ne!(link(&mails[0]).admin, link(&mails[1]).admin);
    for mail in &mails {
        let check = reset_password::check(&shop.app, &link(mail)).await.unwrap();
        assert_eq!(check, Ok(()));
    }
}

#[tokio::test]
async fn what_is_no_address_is_refused_before_anything_is_written() {
    let shop = Shop::open().await;
    for (typed, refused) in [
        ("", ForgotPasswordRefused::EmailMissing),
        (" ", ForgotPasswordRefused::EmailMissing),
        ("ann", ForgotPasswordRefused::EmailInvalid),
        (
            "ann@shop.test\r\nBcc: x@y.zz",
            ForgotPasswordRefused::EmailInvalid,
        ),
    ] {
        let told = request(&shop.app, typed, ip(1)).await.unwrap();
        assert_eq!(told, Err(refused), "{typed:?}");
    }
    assert_eq!(
        (shop.number(EVENTS).await, shop.number(WAITING).await),
        (0, 0)
    );
}

#[tokio::test]
async fn requests_are_limited_by_address_and_network_with_somebody_to_ask() {
    let shop = Shop::open().await;
    let ask = async |email: &str, last: u8| request(&shop.app, email, ip(last)).await.unwrap();
    shop.configure("contact/email/recipient_email", "help@shop.test")
        .await;
    let contact = "help@shop.test".to_owned();
    let too_many = ForgotPasswordRefused::TooMany { contact };
    assert_eq!(ask("ann@shop.test", 1).await, Ok(()));
    assert_eq!(ask("ann@shop.test", 2).await, Err(too_many.clone()));
    assert_eq!(ask("bob@shop.test", 1).await, Err(too_many.clone()));
    assert_eq!(ask("bob@shop.test", 2).await, Ok(()));
    shop.wait(SignedDuration::from_mins(10));
    assert_eq!(ask("ann@shop.test", 1).await, Ok(()));

    shop.configure("admin/security/password_reset_protection_type", "3")
        .await;
    assert_eq!(ask("carl@shop.test", 1).await, Ok(()));
    assert_eq!(ask("carl@shop.test", 9).await, Err(too_many.clone()));
    shop.configure(
        "admin/security/min_time_between_password_reset_requests",
        "0",
    )
    .await;
    for _ in 0..4 {
        assert_eq!(ask("carl@shop.test", 9).await, Ok(()));
    }
    assert_eq!(ask("carl@shop.test", 9).await, Err(too_many));
    shop.configure("admin/security/password_reset_protection_type", "0")
        .await;
    assert_eq!(ask("carl@shop.test", 9).await, Ok(()));
}

#[tokio::test]
async fn requests_for_one_address_at_once_are_answered_with_one_link() {
    let shop = Shop::open().await;
    shop.configure("admin/security/password_reset_protection_type", "0")
        .await;
    shop.admin("ann", "ann@shop.test").await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    for _ in 0..5 {
        request(&shop.app, "ann@shop.test", ip(1))
            .await
            .unwrap()
            .unwrap();
    }
    shop.send().await;
    assert_eq!(server.stop().len(), 1);
}

#[tokio::test]
async fn v15_while_the_integration_is_on_nobody_gets_a_form_or_a_link() {
    let shop = Shop::open().await;
    shop.admin("ann", "ann@shop.test").await;
    request(&shop.app, "ann@shop.test", ip(1))
        .await
        .unwrap()
        .unwrap();
    shop.integrate().await;
    let form = forgot_password::open(&shop.app, ip(2)).await.unwrap();
    assert_eq!(form, Err(ForgotPasswordRefused::IntegrationIsOn));
    let sent = forgot_password::request(&shop.app, "ann@shop.test", ip(2), None).await;
    assert_eq!(sent.unwrap(), Err(ForgotPasswordRefused::IntegrationIsOn));
    shop.send().await;
    assert_eq!(
        (shop.number(WAITING).await, shop.number(TOKENS).await),
        (0, 0)
    );
}

#[tokio::test]
async fn a_filter_that_quotes_the_link_puts_no_token_into_the_record() {
    let shop = Shop::open().await;
    let mut server = SmtpServer::start(&["--refuse", "quoting"]);
    shop.mails_by(&server).await;
    shop.admin("ann", "ann@shop.test").await;
    request(&shop.app, "ann@shop.test", ip(1))
        .await
        .unwrap()
        .unwrap();
    shop.send().await;
    let quoted = server.next()["refused"].as_str().unwrap().to_owned();
    let token = quoted.split("token=").nth(1).unwrap();
    let sql = "SELECT detail FROM #postern_audit_event WHERE kind = 'mail_given_up'";
    let told = shop.texts(sql).await.remove(0);
    assert!(
        told.contains("Suspicious link") && !told.contains(token),
        "{told}"
    );
}

#[tokio::test]
async fn a_link_that_is_too_late_to_send_is_given_up_with_it() {
    let shop = Shop::open().await;
    shop.admin("ann", "ann@shop.test").await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    drop(server);
    request(&shop.app, "ann@shop.test", ip(1))
        .await
        .unwrap()
        .unwrap();
    for _ in 0..4 {
        shop.send().await;
        shop.wait(SignedDuration::from_hours(1));
    }
    assert_eq!(shop.number(WAITING).await, 0);
}

#[tokio::test]
async fn requests_older_than_a_day_are_swept_away() {
    let shop = Shop::open().await;
    request(&shop.app, "ann@shop.test", ip(1))
        .await
        .unwrap()
        .unwrap();
    shop.wait(SignedDuration::from_hours(25));
    housekeeping::sweep(&shop.app).await.unwrap();
    assert_eq!(shop.number(EVENTS).await, 0);
}
