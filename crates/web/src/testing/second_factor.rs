//! A shop that asks for second factors, and the apps that its people have.

use super::{Answer, Browser, PASSWORD, Shop};
use commerce::second_factor::{StoredKey, UserConfig};
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use service::second_factor::link;
use store::second_factors::security_keys::{self, StoredSecurityKey};
use store::second_factors::user_configs;
use totp_rs::{Algorithm, Builder, Secret};

/// Where one is led after the password.
pub(crate) const SECOND_FACTOR: &str = "/back/tfa/tfa/index/";
/// Where the code of an app is asked for.
pub(crate) const APP_CODE: &str = "/back/tfa/google/auth/";
/// Where an app is set up.
pub(crate) const APP_SET_UP: &str = "/back/tfa/google/configure/";

/// How long until an app shows another code.
pub(crate) const STEP: SignedDuration = SignedDuration::from_secs(30);

/// An app on somebody's phone.
pub(crate) struct AuthenticatorApp {
    key: String,
}

impl AuthenticatorApp {
    /// Takes the key that stands on a page.
    pub(crate) fn typed_from(page: &Answer) -> Self {
        let groups = page.between("<p class=\"secret\"><code>", "</code>");
        let groups = groups.replace("<span>", "").replace("</span>", "");
        Self::with_key(groups.split_whitespace().collect())
    }

    /// Takes a key in base32.
    pub(crate) fn with_key(key: String) -> Self {
        Self { key }
    }

    /// What it shows at a moment.
    pub(crate) fn code(&self, at: Timestamp) -> String {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_secret(Secret::try_from_base32(&self.key).unwrap())
            .build_noncompliant();
        totp.generate(at.as_second().unsigned_abs()).to_string()
    }
}

impl Shop {
    /// Switches Commerce's module for second factors on.
    pub(crate) fn ask_for_second_factors(&self) {
        self.set_module(1);
    }

    /// Switches it off again.
    pub(crate) fn ask_for_no_second_factors(&self) {
        self.set_module(0);
    }

    fn set_module(&self, on: u8) {
        let file = self.folder.path().join("app/etc/config.php");
        let text = std::fs::read_to_string(&file).unwrap();
        let module = |on: u8| format!("'Magento_TwoFactorAuth' => {on}");
        let changed = text.replace(&module(1 - on), &module(on));
        assert!(changed.contains(&module(on)), "{text}");
        std::fs::write(&file, changed).unwrap();
    }

    /// The address of a link that the operator makes for an admin.
    pub(crate) async fn enrolment_link(&self, admin: u32) -> String {
        let admin = self.admin_by_id(admin).await;
        let link = link::make(&self.app, &admin).await.unwrap();
        let (_, address) = link.expose_secret().split_once("/back/").unwrap();
        format!("/back/{address}")
    }

    /// The token of such a link.
    pub(crate) async fn enrolment_token(&self, admin: u32) -> String {
        let link = self.enrolment_link(admin).await;
        let (_, query) = link.split_once('?').unwrap();
        let mut fields = url::form_urlencoded::parse(query.as_bytes());
        let (_, token) = fields.find(|(name, _)| name == "tfat").unwrap();
        token.into_owned()
    }

    /// Sets an app up for an admin, in a browser of its own. Its next code is not used yet.
    pub(crate) async fn set_up_app(&self, admin: u32) -> AuthenticatorApp {
        let (app, _) = self.set_up_app_in(&mut self.browser(), admin).await;
        self.wait(STEP);
        app
    }

    /// The same in this browser, which is signed in then. Returns the answer as well.
    pub(crate) async fn set_up_app_in(
        &self,
        browser: &mut Browser,
        admin: u32,
    ) -> (AuthenticatorApp, Answer) {
        self.force_providers("google").await;
        let username = self.admin_by_id(admin).await.username;
        browser.sign_in(&username, PASSWORD).await;
        let link = self.enrolment_link(admin).await;
        let led = browser.get(&link).await;
        let page = browser.get(led.header("location").unwrap()).await;
        let app = AuthenticatorApp::typed_from(&page);
        let code = app.code(self.app.now());
        let fields = [("tfa_code", code.as_str())];
        let answer = browser.fill_in(&page, APP_SET_UP, &fields).await;
        (app, answer)
    }

    /// Says which providers everybody must have; none where it is empty.
    pub(crate) async fn force_providers(&self, providers: &str) {
        let path = "twofactorauth/general/force_providers";
        let forget = format!("DELETE FROM #core_config_data WHERE path = '{path}'");
        self.execute(&forget).await;
        self.set(path, providers).await;
    }

    /// Gives an admin security keys of these names, besides what they have. Returns the digests by
    /// which they are known.
    pub(crate) async fn give_keys(&self, admin: u32, names: &[&str]) -> Vec<String> {
        let mut digests = Vec::new();
        for name in names {
            let key = self.list_key(admin, name.as_bytes()).await;
            let stored = StoredSecurityKey {
                credential_hash: key.digest(),
                admin,
                name: (*name).to_owned(),
                credential: "sealed".to_owned(),
                created_at: self.app.now(),
                last_used_at: None,
            };
            let mut connection = self.app.database().connection().await.unwrap();
            let created = security_keys::create(&mut connection, &stored).await;
            created.unwrap();
            digests.push(stored.credential_hash);
        }
        digests
    }

    /// Adds a key to Commerce's own list, as PHP does, which knows no names.
    pub(crate) async fn list_key(&self, admin: u32, id: &[u8]) -> StoredKey {
        let keyring = self.app.keyring();
        let mut connection = self.app.database().connection().await.unwrap();
        let row = user_configs::find(&mut connection, admin).await.unwrap();
        let mut config = UserConfig::open(keyring, &row.unwrap_or_default()).unwrap();
        let key = StoredKey {
            id: id.to_vec(),
            public_key: "-----BEGIN PUBLIC KEY-----\r\n".to_owned(),
            aaguid: String::new(),
        };
        let mut keys = config.security_keys().unwrap();
        keys.push(key.clone());
        config.set_security_keys(&keys);
        let sealed = config.seal(keyring, [9; 12]);
        let saved = user_configs::save(&mut connection, admin, &sealed).await;
        saved.unwrap();
        key
    }
}
