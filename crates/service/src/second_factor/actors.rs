//! People with second factors, for the tests of this folder: a shop that asks for one, sessions in
//! which one was shown, an authenticator app, and keys as Commerce lists them.

use super::own::Wish;
use super::user_config;
use crate::session::{self, Current, Found, Origin};
use crate::sign_in::Verified;
use crate::sign_in::identity::Proof;
use crate::switch;
use crate::testing::{PASSWORD, Shop};
use commerce::second_factor::{StoredKey, UserConfig};
use domain::admin::{Admin, AdminId};
use domain::second_factor::{Factor, Provider};
use domain::session::KnownMode;
use secrecy::{ExposeSecret, SecretString};
use store::admins::{self, Profile};
use store::database::Connection;
use store::second_factors::security_keys::{self, StoredSecurityKey};

/// What Ann's app shares, in base32.
pub(super) const SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";

/// Writes `config.php` anew, so that the shop asks for second factors.
pub(super) fn ask(shop: &Shop) {
    let file = shop.app.instance().root().join("app/etc/config.php");
    let source = "<?php\nreturn ['modules' => ['Magento_TwoFactorAuth' => 1]];\n";
    std::fs::write(file, source).unwrap();
}

/// The code that an app shows now.
pub(super) fn code(shop: &Shop, secret: &str) -> SecretString {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_secret(secret)
        .build_noncompliant();
    let now = shop.app.now().as_second().unsigned_abs();
    SecretString::from(totp.generate(now).to_string())
}

/// A key as PHP lists it.
pub(super) fn key(id: u8) -> StoredKey {
    StoredKey {
        id: vec![id; 32],
        public_key: "-----BEGIN PUBLIC KEY-----\r\n".to_owned(),
        aaguid: String::new(),
    }
}

/// Another admin with everybody's password.
pub(super) async fn admin(shop: &Shop, username: &str) -> Admin {
    let profile = Profile {
        username: username.to_owned(),
        email: format!("{username}@luma.test"),
        first_name: "Bob".to_owned(),
        last_name: "Jones".to_owned(),
    };
    let password = SecretString::from(PASSWORD);
    let created = crate::admin::create::create(&shop.app, &profile, &password).await;
    find(shop, created.unwrap()).await
}

pub(super) async fn find(shop: &Shop, id: AdminId) -> Admin {
    let mut connection = connection(shop).await;
    let found = admins::find_by_id(&mut connection, id).await;
    found.unwrap().unwrap()
}

pub(super) async fn connection(shop: &Shop) -> Connection {
    shop.app.database().connection().await.unwrap()
}

/// What somebody has, by Commerce's row.
pub(super) async fn config(shop: &Shop, admin: &Admin) -> UserConfig {
    let mut connection = connection(shop).await;
    user_config::load(&shop.app, &mut connection, admin)
        .await
        .unwrap()
}

/// Gives somebody an app, keys, or both. Keys are known here as well, as `Key 1` and so on.
pub(super) async fn equip(shop: &Shop, admin: &Admin, has_app: bool, keys: &[u8]) {
    let mut config = config(shop, admin).await;
    if has_app {
        let secret = SecretString::from(SECRET);
        config.set_totp_secret(shop.app.keyring(), &secret, [1; 12]);
    }
    let stored: Vec<StoredKey> = keys.iter().map(|id| key(*id)).collect();
    config.set_security_keys(&stored);
    let mut connection = connection(shop).await;
    user_config::save(&shop.app, &mut connection, admin, &config)
        .await
        .unwrap();
    for id in keys {
        let ours = StoredSecurityKey {
            credential_hash: key(*id).digest(),
            admin: admin.id,
            name: format!("Key {id}"),
            credential: "sealed".to_owned(),
            created_at: shop.app.now(),
            last_used_at: None,
        };
        security_keys::create(&mut connection, &ours).await.unwrap();
    }
}

/// A session of somebody's in which a factor was shown.
pub(super) struct Session {
    pub(super) id: SecretString,
    pub(super) current: Current,
}

impl Session {
    /// Opens one, with what the admin has; the shop asks for second factors from then on.
    pub(super) async fn open(shop: &Shop, admin: &Admin) -> Self {
        let has_app = config(shop, admin).await.is_active(Provider::Google);
        let (record, _) = switch::current(&shop.app).await.unwrap();
        let verified = Verified {
            admin: admin.clone(),
            epoch: record.epoch,
            password_age: domain::password_lifetime::PasswordAge::Fresh,
            browser: None,
            factor: Some(if has_app {
                Factor::App
            } else {
                Factor::SecurityKey
            }),
            grant: None,
        };
        let opened = session::open(&shop.app, &verified, &Origin::default()).await;
        let id = opened.unwrap().id;
        ask(shop);
        let current = current(shop, &id).await.unwrap();
        Self { id, current }
    }

    /// A change with the right password.
    pub(super) fn wish(&self) -> Wish<'_> {
        self.wish_with(password(PASSWORD))
    }

    pub(super) fn wish_with(&self, proof: Proof) -> Wish<'_> {
        Wish {
            session_id: &self.id,
            proof,
            ends_others: false,
        }
    }
}

pub(super) fn password(password: &str) -> Proof {
    Proof::Password {
        password: SecretString::from(password),
        browser: None,
    }
}

/// What an id is worth now.
pub(super) async fn current(shop: &Shop, id: &SecretString) -> Option<Current> {
    let (record, mode) = switch::current(&shop.app).await.unwrap();
    let known = KnownMode::Leased {
        mode,
        epoch: record.epoch,
    };
    let found = session::find(&shop.app, id, known).await.unwrap();
    assert!(!id.expose_secret().is_empty());
    Found::current(found)
}
