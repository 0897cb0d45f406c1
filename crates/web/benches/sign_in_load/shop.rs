//! A new instance with the admin Ann, served on the loopback as `postern serve` does.

use commerce::encryption::Keyring;
use commerce::php_array::Value;
use domain::clock::{Clock, SystemClock};
use secrecy::SecretString;
use service::app::{App, Setting};
use service::node::Node;
use service::setup::install::{self, Options};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use store::admins::Profile;
use store::instance::Instance;
use tempfile::TempDir;
use tokio::net::TcpListener;
use web::{Door, TrustedProxies};

/// Ann's password.
pub(crate) const PASSWORD: &str = "Sommer-2024!";

/// As many as `postern serve` keeps.
const CONNECTIONS: u32 = 8;

/// A served instance, gone when it is dropped; its server lasts as long as the runtime.
pub(crate) struct Shop {
    pub(crate) address: SocketAddr,
    _folder: TempDir,
}

/// Some key, for hashing without an instance.
pub(crate) fn keyring() -> Keyring {
    Keyring::parse("0123456789abcdef0123456789abcdef").unwrap()
}

impl Shop {
    /// `session` is the section of that name in `env.php`.
    pub(crate) async fn open(session: Vec<(String, Value)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        install(folder.path(), session).await;
        let setting = Setting {
            instance: Instance::at(folder.path()).unwrap(),
            environment: Default::default(),
            clock: Arc::new(SystemClock),
            actor: "benchmark".to_owned(),
            connections: CONNECTIONS,
        };
        let app = App::open(setting).await.unwrap();
        let node = Arc::new(Node::new("benchmark".to_owned()).unwrap());
        node.renew(&app).await.unwrap();
        let door = Door {
            app: app.clone(),
            lease: node.lease(),
            secure_cookies: false,
            trusted_proxies: TrustedProxies::new(vec!["127.0.0.0/8".parse().unwrap()]),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { node.run(&app, std::future::pending()).await });
        tokio::spawn(web::serve(listener, door, std::future::pending()));
        Self {
            address,
            _folder: folder,
        }
    }
}

async fn install(root: &Path, session: Vec<(String, Value)>) {
    let ann = Profile {
        username: "ann".to_owned(),
        email: "ann@shop.test".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Smith".to_owned(),
    };
    let options = Options {
        front_name: Some("back".to_owned()),
        key: None,
        mysql: None,
        prefix: String::new(),
        session,
        admin: Some((ann, SecretString::from(PASSWORD))),
        use_security_key: true,
        base_url: None,
        base_url_secure: None,
        passkey_domain: None,
        disabled_modules: vec!["Magento_TwoFactorAuth".to_owned()],
    };
    let program = Path::new("/usr/bin/postern");
    install::install(root, program, options, SystemClock.now(), "benchmark")
        .await
        .unwrap();
}
