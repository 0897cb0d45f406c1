//! A link that is mailed here is one that PHP Commerce honours: real PHP finds the token in the
//! account's row, opens it with the instance's key, and compares.

use crate::shop::Shop;
use crate::smtp_server::SmtpServer;
use serde_json::Value;
use service::sign_in::forgot_password;
use std::net::IpAddr;
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = include_str!("php/reset_link.php");

/// Commerce's default, in hours.
const HOURS: i64 = 2;

/// What PHP makes of a link at each of these seconds.
fn judge(root: &Path, link: &str, seconds: &[i64]) -> Vec<String> {
    let script = root.join("reset_link.php");
    std::fs::write(&script, SCRIPT).unwrap();
    let output = Command::new("php")
        .arg(script)
        .arg(root)
        .args([link, &HOURS.to_string()])
        .args(seconds.iter().map(ToString::to_string))
        .output()
        .expect("php must be installed");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(ToOwned::to_owned).collect()
}

fn link(mail: &Value) -> String {
    let text = mail["text"].as_str().unwrap();
    let link = text.lines().find(|line| line.starts_with("https://"));
    link.unwrap().to_owned()
}

#[tokio::test]
async fn php_accepts_a_mailed_link_for_as_long_as_we_do_and_no_other() {
    let shop = Shop::on_mariadb().await;
    let mut server = SmtpServer::start(&[]);
    shop.mails_by(&server).await;
    shop.configure("admin/captcha/enable", "0").await;
    let ann = shop.admin("ann", "ann@shop.test").await;
    let bob = shop.admin("bob", "bob@shop.test").await;
    let now = shop.app.now().as_second();
    let mut links = Vec::new();
    for (last, email) in [(1, "ann@shop.test"), (2, "bob@shop.test")] {
        let ip = IpAddr::from([192, 0, 2, last]);
        let asked = forgot_password::request(&shop.app, email, ip, None).await;
        assert_eq!(asked.unwrap(), Ok(()));
        shop.send().await;
        links.push(link(&server.next()));
    }
    let php = |link: &str, seconds: &[i64]| judge(shop.root(), link, seconds);
    let end = now + HOURS * 3600;
    assert_eq!(
        php(&links[0], &[now - 1, now, end - 1, end]),
        ["expired", "accepted", "accepted", "expired"]
    );
    let of_another = links[0].replace(&format!("id={ann}&"), &format!("id={bob}&"));
    assert_ne!(of_another, links[0]);
    assert_eq!(php(&of_another, &[now]), ["another token"]);
    let of_nobody = links[0].replace(&format!("id={ann}&"), "id=99&");
    assert_eq!(php(&of_nobody, &[now]), ["no token"]);
    assert_eq!(php(&links[1], &[now]), ["accepted"]);
}
