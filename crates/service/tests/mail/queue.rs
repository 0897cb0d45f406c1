//! The queue: nothing is lost, nothing leaves twice, and nothing secret is left behind.

use crate::shop::Shop;
use crate::smtp_server::{SmtpServer, header};
use domain::audit::Door;
use jiff::SignedDuration;
use secrecy::SecretString;
use service::mail::{Letterhead, notice, sender};
use service::session::{self, Origin};
use service::sign_in::password::{self, Attempt};
use std::collections::BTreeSet;
use store::{admins, mail_queue};

/// Queues the letter about a changed password for an admin, with a link in it.
async fn queue_letter(shop: &Shop, admin: u32) {
    let app = &shop.app;
    let head = Letterhead::load(app).await.unwrap();
    let mut transaction = app.database().begin().await.unwrap();
    let admin = admins::find_by_id(&mut transaction, admin)
        .await
        .unwrap()
        .unwrap();
    notice::password_changed(app, &mut transaction, &head, &admin, app.now())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

const LEFT: &str = "SELECT COUNT(*) FROM #postern_mail";
const GIVEN_UP: &str = "SELECT detail FROM #postern_audit_event WHERE kind = 'mail_given_up'";

#[tokio::test]
async fn mail_waits_for_a_server_that_is_down_and_leaves_when_it_is_back() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    let port = server.port.to_string();
    drop(server);
    queue_letter(&shop, ann).await;
    shop.send().await;
    let why = shop.texts("SELECT last_error FROM #postern_mail").await;
    assert!(why[0].contains("Connection refused"), "{why:?}");

    let mut server = SmtpServer::start(&["--port", &port]);
    shop.wait(SignedDuration::from_secs(9));
    shop.send().await;
    assert_eq!(shop.number(LEFT).await, 1);
    shop.wait(SignedDuration::from_secs(1));
    shop.send().await;
    let mail = server.next();
    assert_eq!(mail["envelope"][0], "ann@shop.test");
    assert_eq!(header(&mail, "Subject"), "New password for ann");
    assert_eq!(
        header(&mail, "To"),
        "\"Ann Smith & <Sons>\" <ann@shop.test>"
    );
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    assert_eq!(shop.number(LEFT).await, 0);
    assert!(server.stop().is_empty());
}

#[tokio::test]
async fn mail_that_never_leaves_is_given_up_after_a_day_and_told() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    drop(server);
    queue_letter(&shop, ann).await;
    let mut attempts = 0;
    while shop.number(LEFT).await == 1 {
        shop.send().await;
        shop.wait(SignedDuration::from_hours(1));
        attempts += 1;
    }
    assert!((24..=25).contains(&attempts), "{attempts}");
    let told = shop.texts(GIVEN_UP).await;
    assert!(told[0].contains("ann@shop.test"), "{told:?}");
}

#[tokio::test]
async fn mail_that_is_refused_is_given_up_at_once_and_keeps_no_other_from_leaving() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let mut server = SmtpServer::start(&["--refuse", "recipient"]);
    shop.mails_by(&server).await;
    queue_letter(&shop, ann).await;
    queue_letter(&shop, ann).await;
    shop.send().await;
    assert_eq!(server.next()["refused"], "ann@shop.test");
    assert_eq!(server.next()["refused"], "ann@shop.test");
    assert_eq!(shop.number(LEFT).await, 0);
    let told = shop.texts(GIVEN_UP).await;
    assert_eq!(told.len(), 2);
    assert!(
        told[0].contains("550") && told[0].contains("no such mailbox"),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_refused_sign_in_at_the_mail_server_is_retried_and_told_without_the_password() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let server = SmtpServer::start(&["--login", "shop:Right-Password-1"]);
    shop.mails_by(&server).await;
    shop.configure("system/smtp/username", "shop").await;
    let wrong = shop.app.keyring().encrypt(b"Wrong-Password-1", [3; 12]);
    shop.configure("system/smtp/password", &wrong).await;
    queue_letter(&shop, ann).await;
    shop.send().await;
    let why = shop.texts("SELECT last_error FROM #postern_mail").await;
    assert_eq!(why, ["the mail server refuses the sign-in (535)"]);

    let right = shop.app.keyring().encrypt(b"Right-Password-1", [4; 12]);
    shop.configure("system/smtp/password", &right).await;
    shop.wait(SignedDuration::from_secs(10));
    shop.send().await;
    assert_eq!(server.stop()[0]["is_authenticated"], true);
}

#[tokio::test]
async fn two_senders_send_each_mail_once() {
    for shop in [Shop::open().await, Shop::on_mariadb().await] {
        let ann = shop.admin("ann", "ann@shop.test").await;
        let server = SmtpServer::start(&[]);
        shop.mails_by(&server).await;
        for _ in 0..25 {
            queue_letter(&shop, ann).await;
        }
        let other = shop.opened_again().await;
        let (one, two) = tokio::join!(sender::send_due(&shop.app), sender::send_due(&other));
        one.unwrap();
        two.unwrap();
        let left = shop.texts("SELECT last_error FROM #postern_mail").await;
        assert!(left.is_empty(), "{left:?}");
        let mails = server.stop();
        let ids: BTreeSet<_> = mails
            .iter()
            .map(|mail| header(mail, "Message-ID"))
            .collect();
        assert_eq!((mails.len(), ids.len()), (25, 25));
    }
}

#[tokio::test]
async fn mail_of_a_node_that_died_leaves_when_its_claim_has_run_out() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let mut server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    queue_letter(&shop, ann).await;
    let now = shop.app.now();
    let mut connection = shop.app.database().connection().await.unwrap();
    let due = mail_queue::list_due(&mut connection, now, 1)
        .await
        .unwrap()
        .remove(0);
    let until = now + SignedDuration::from_mins(5);
    mail_queue::claim(&mut connection, due, until)
        .await
        .unwrap();
    drop(connection);
    shop.send().await;
    assert_eq!(shop.number(LEFT).await, 1);
    shop.wait(SignedDuration::from_mins(5));
    shop.send().await;
    assert_eq!(server.next()["envelope"][0], "ann@shop.test");
}

#[tokio::test]
async fn a_mail_that_leaves_once_more_has_the_same_message_id() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    queue_letter(&shop, ann).await;
    shop.execute(
        "CREATE TABLE kept AS SELECT * FROM #postern_mail",
        Vec::new(),
    )
    .await;
    shop.send().await;
    // As if the server had been killed before the row was gone.
    shop.execute("INSERT INTO #postern_mail SELECT * FROM kept", Vec::new())
        .await;
    shop.send().await;
    let mails = server.stop();
    assert_eq!(mails.len(), 2);
    assert_eq!(
        header(&mails[0], "Message-ID"),
        header(&mails[1], "Message-ID")
    );
}

#[tokio::test]
async fn names_add_no_headers() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let name = "Ann\r\nBcc: eve@evil.test\r\n\r\nBody";
    let sql = "UPDATE #admin_user SET firstname = ?, username = ? WHERE user_id = ?";
    shop.execute(sql, vec![name.into(), name.into(), ann.into()])
        .await;
    let identity = "trans_email/ident_general/name";
    shop.configure(identity, "Shop\nBcc: eve@evil.test").await;
    let mut server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    queue_letter(&shop, ann).await;
    shop.send().await;
    let mail = server.next();
    assert_eq!(mail["envelope"], serde_json::json!(["ann@shop.test"]));
    let headers = mail["headers"].as_array().unwrap();
    let names: Vec<_> = headers
        .iter()
        .map(|header| header[0].as_str().unwrap())
        .collect();
    let expected = [
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Date",
        "Content-Type",
    ];
    assert_eq!(BTreeSet::from_iter(names), BTreeSet::from_iter(expected));
    assert!(
        header(&mail, "Subject").contains("Bcc: eve@evil.test"),
        "{mail}"
    );
}

#[tokio::test]
async fn an_address_with_a_line_break_gets_nothing() {
    let shop = Shop::open().await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    queue_letter(&shop, ann).await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    let address = "ann@shop.test\r\nRCPT TO:<eve@evil.test>";
    let sql = "UPDATE #postern_mail SET recipient = ?";
    shop.execute(sql, vec![address.into()]).await;
    shop.send().await;
    assert_eq!(shop.texts(GIVEN_UP).await.len(), 1);
    assert!(server.stop().is_empty());
}

#[tokio::test]
async fn who_is_given_a_new_password_is_told_and_the_shop_of_a_new_admin() {
    let shop = Shop::open().await;
    let server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    let general = "trans_email/ident_general/email";
    shop.configure(general, "owner@shop.test").await;
    shop.admin("ann", "ann@shop.test").await;
    shop.admin_with("ann", "ann@shop.test", "Winter-2027!")
        .await;
    shop.send().await;
    let mails = server.stop();
    let told: Vec<_> = mails
        .iter()
        .map(|mail| {
            (
                mail["envelope"][0].as_str().unwrap(),
                header(mail, "Subject"),
            )
        })
        .collect();
    let expected = [
        ("owner@shop.test", "New admin user 'ann' created"),
        ("ann@shop.test", "New password for ann"),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn while_the_integration_is_on_a_new_admin_is_welcomed_and_an_older_one_is_not() {
    for shop in [Shop::open().await, Shop::on_mariadb().await] {
        let server = SmtpServer::start(&[]);
        shop.mails_by(&server).await;
        shop.integrate().await;
        shop.configure("trans_email/ident_general/email", "owner@shop.test")
            .await;
        shop.admin("ann", "ann@shop.test").await;
        shop.admin_with("ann", "ann@shop.test", "Winter-2027!")
            .await;
        shop.send().await;
        let mails = server.stop();
        let subjects: Vec<_> = mails.iter().map(|mail| header(mail, "Subject")).collect();
        let expected = [
            "New admin user 'ann' created",
            "Ann Smith & <Sons>, you now have access to Adobe Commerce",
            "New password for ann",
        ];
        assert_eq!(subjects, expected);
        let welcome = &mails[1];
        assert_eq!(welcome["envelope"][0], "ann@shop.test");
        for body in ["text", "html"] {
            let body = welcome[body].as_str().unwrap();
            for told in ["https://shop.test/back/", "Documentation", "Release notes"] {
                assert!(body.contains(told), "{body}");
            }
        }
    }
}

#[tokio::test]
async fn a_sign_in_with_a_new_browser_is_told_and_one_with_a_known_browser_is_not() {
    let shop = Shop::open().await;
    let mut server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    shop.configure("general/locale/timezone", "Europe/Stockholm")
        .await;
    shop.admin("ann", "ann@shop.test").await;
    let origin = Origin {
        ip: "192.0.2.7".to_owned(),
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
            .to_owned(),
    };
    let mut browser = None;
    for is_told in [false, false, true] {
        let attempt = Attempt {
            username: "ann".to_owned(),
            password: SecretString::from("Sommer-2024!"),
            door: Door::Page,
            ip: origin.ip.clone(),
            browser: browser.take(),
            answer: None,
        };
        let verified = password::check(&shop.app, attempt).await.unwrap().unwrap();
        session::open(&shop.app, &verified, &origin).await.unwrap();
        // The first browser comes back once, and is then followed by one that is new.
        browser = verified.browser.unwrap().new_id;
        assert_eq!(shop.number(LEFT).await, i64::from(is_told));
    }
    shop.send().await;
    let mail = server.next();
    assert_eq!(header(&mail, "Subject"), "New sign-in as ann");
    let text = mail["text"].as_str().unwrap();
    for told in [
        "15 January 2027, 09:00 CET",
        "192.0.2.7",
        "Firefox on Linux",
    ] {
        assert!(text.contains(told), "{text}");
    }
}
