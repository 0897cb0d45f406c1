//! Mail on its way out of real processes: encrypted or not, by SMTP or by the system's own program,
//! at once from a command, or from the queue by the server that runs.

use crate::server::{Server, postern};
use crate::smtp_server::{SmtpServer, header};
use service::app::{App, Setting};
use service::sign_in::forgot_password;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use store::instance::Instance;
use tempfile::TempDir;

/// An instance whose admin Bob has no password yet.
struct Shop(TempDir);

impl Shop {
    async fn open() -> Self {
        let shop = Self(tempfile::tempdir().unwrap());
        let admin = [
            "setup:install",
            "--backend-frontname=back",
            "--admin-user=bob",
            "--admin-password=Before1234",
            "--admin-email=bob@shop.test",
            "--admin-firstname=Bob",
            "--admin-lastname=Berg",
            "--disable-modules=Magento_TwoFactorAuth",
        ];
        postern(shop.root(), &admin);
        let sql = "UPDATE #admin_user SET password = '', interface_locale = 'sv_SE'";
        let app = shop.app().await;
        let mut connection = app.database().connection().await.unwrap();
        connection.execute(sql, Vec::new()).await.unwrap();
        drop(connection);
        app.database().close().await;
        shop
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    async fn app(&self) -> App {
        let setting = Setting {
            instance: Instance::at(self.root()).unwrap(),
            environment: Default::default(),
            clock: Arc::new(domain::clock::SystemClock),
            actor: "test".to_owned(),
            connections: 1,
        };
        App::open(setting).await.unwrap()
    }

    fn set(&self, path: &str, value: &str) {
        postern(self.root(), &["config:set", path, value]);
    }

    /// Has a link sent to Bob by a command of its own.
    fn notify(&self, variables: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_postern"))
            .arg("--root")
            .arg(self.root())
            .args(["admin:adobe-ims:disable", "--notify", "--format=json"])
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// A certificate of `localhost` that nobody else vouches for, and its key.
    fn certificate(&self) -> [String; 2] {
        let [certificate, key] = ["mail.crt", "mail.key"].map(|name| self.path(name));
        let settings = self.path("openssl.cnf");
        fs::write(&settings, "[req]\ndistinguished_name = name\n[name]\n").unwrap();
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt"])
            .args(["ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=localhost"])
            .args(["-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-config")
            .arg(&settings)
            .arg("-out")
            .arg(&certificate)
            .arg("-keyout")
            .arg(&key)
            .output()
            .expect("openssl must be installed");
        assert!(made.status.success(), "{made:?}");
        [certificate, key].map(|file| file.to_str().unwrap().to_owned())
    }
}

fn was_sent(output: &Output) -> bool {
    let receipt: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    receipt["notified"][0]["sent"].as_bool().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_leaves_encrypted_and_signed_in_and_never_to_a_server_that_nobody_vouches_for() {
    let shop = Shop::open().await;
    let [certificate, key] = shop.certificate();
    for (tls, ssl) in [("starttls", "tls"), ("implicit", "ssl")] {
        let mut server = SmtpServer::start(&[
            "--tls",
            tls,
            "--certificate",
            &certificate,
            "--key",
            &key,
            "--login",
            "shop:Mail-Password-1",
        ]);
        let port = server.port.to_string();
        let mut variables = vec![
            ("CONFIG__DEFAULT__SYSTEM__SMTP__TRANSPORT", "smtp"),
            ("CONFIG__DEFAULT__SYSTEM__SMTP__HOST", "localhost"),
            ("CONFIG__DEFAULT__SYSTEM__SMTP__PORT", &port),
            ("CONFIG__DEFAULT__SYSTEM__SMTP__SSL", ssl),
            ("CONFIG__DEFAULT__SYSTEM__SMTP__USERNAME", "shop"),
            ("CONFIG__DEFAULT__SYSTEM__SMTP__PASSWORD", "Mail-Password-1"),
        ];
        let output = shop.notify(&variables);
        assert!(!was_sent(&output), "{tls}: {output:?}");

        variables.push(("SSL_CERT_FILE", &certificate));
        let output = shop.notify(&variables);
        assert!(was_sent(&output), "{tls}: {output:?}");
        let mail = server.next();
        assert_eq!(mail["is_encrypted"], true, "{tls}");
        assert_eq!(mail["is_authenticated"], true, "{tls}");
        assert_eq!(header(&mail, "Subject"), "Välj ditt lösenord för Admin");
        assert!(server.stop().is_empty(), "{tls}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_systems_sendmail_takes_mail() {
    let shop = Shop::open().await;
    let mut server = SmtpServer::start(&[]);
    // msmtp is such a program; it reads where to send from the home folder.
    let settings = format!("account default\nhost 127.0.0.1\nport {}\n", server.port);
    fs::write(shop.path(".msmtprc"), settings + "from shop@shop.test\n").unwrap();
    let folder = shop.path("programs");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink("/usr/bin/msmtp", folder.join("sendmail")).unwrap();
    let folder = folder.display().to_string();
    let home = shop.root().display().to_string();
    let output = shop.notify(&[("PATH", &folder), ("HOME", &home)]);
    assert!(was_sent(&output), "{output:?}");
    let mail = server.next();
    assert_eq!(mail["envelope"][0], "bob@shop.test");
    assert!(mail["html"].as_str().unwrap().contains("lang=\"sv\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_sendmail_it_is_told_what_to_set() {
    let shop = Shop::open().await;
    let folder = shop.path("programs");
    fs::create_dir(&folder).unwrap();
    let output = shop.notify(&[("PATH", &folder.display().to_string())]);
    let told = String::from_utf8(output.stdout).unwrap();
    let words = "there is no program sendmail here: set system/smtp/transport to smtp";
    assert!(told.contains(words), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_sends_what_was_queued_before_it_ran_and_what_another_process_queues() {
    let shop = Shop::open().await;
    let mut mailbox = SmtpServer::start(&[]);
    shop.set("system/smtp/transport", "smtp");
    shop.set("system/smtp/host", "127.0.0.1");
    shop.set("system/smtp/port", &mailbox.port.to_string());
    shop.set("admin/security/password_reset_protection_type", "0");
    shop.set("admin/captcha/enable", "0");
    let app = shop.app().await;
    let ask = async || {
        let ip = IpAddr::from([192, 0, 2, 1]);
        let asked = forgot_password::request(&app, "bob@shop.test", ip, None).await;
        assert_eq!(asked.unwrap(), Ok(()));
    };
    ask().await;
    let server = Server::start(shop.root());
    for _ in 0..2 {
        let mail = mailbox.next();
        assert_eq!(mail["envelope"][0], "bob@shop.test");
        assert_eq!(header(&mail, "Subject"), "Nytt lösenord för Bob Berg");
        ask().await;
    }
    drop(server);
}
