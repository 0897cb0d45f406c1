//! Somebody who signs in to a shop, wherever that keeps its sessions.

use crate::session::{self, Current, Found, Opened, Origin};
use crate::sign_in::Verified;
use crate::{switch, testing};
use domain::password_lifetime::PasswordAge;
use domain::session::{EndReason, KnownMode};
use jiff::SignedDuration;
use secrecy::SecretString;
use std::ops::Deref;
use store::redis_server::testing::OwnServer;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A shop with the admin `ann`.
pub(super) struct Shop(testing::Shop);

impl Deref for Shop {
    type Target = testing::Shop;

    fn deref(&self) -> &testing::Shop {
        &self.0
    }
}

/// Runs a test in a shop of each kind.
pub(super) async fn each_shop(test: impl AsyncFn(&Shop)) {
    Box::pin(test(&Shop(testing::Shop::sqlite().await))).await;
    Box::pin(test(&Shop(testing::Shop::mariadb().await))).await;
    let server = OwnServer::start().await;
    Box::pin(test(&Shop::in_redis(&server).await)).await;
}

impl Shop {
    pub(super) async fn in_redis(server: &OwnServer) -> Self {
        Self(testing::Shop::in_redis(server).await)
    }

    pub(super) fn wait(&self, seconds: i64) {
        self.0.wait(SignedDuration::from_secs(seconds));
    }

    pub(super) async fn known(&self) -> KnownMode {
        let (record, mode) = switch::current(&self.app).await.unwrap();
        let epoch = record.epoch;
        KnownMode::Leased { mode, epoch }
    }

    pub(super) async fn sign_in(&self) -> Opened {
        self.sign_in_with(FIREFOX).await
    }

    pub(super) async fn sign_in_with(&self, user_agent: &str) -> Opened {
        let (record, _) = switch::current(&self.app).await.unwrap();
        let verified = Verified {
            admin: self.ann().await,
            epoch: record.epoch,
            password_age: PasswordAge::Fresh,
            browser: None,
            factor: None,
            grant: None,
        };
        let origin = Origin {
            ip: "192.0.2.7".to_owned(),
            user_agent: user_agent.to_owned(),
        };
        session::open(&self.app, &verified, &origin).await.unwrap()
    }

    pub(super) async fn find(&self, id: &SecretString) -> Found {
        session::find(&self.app, id, self.known().await)
            .await
            .unwrap()
    }

    pub(super) async fn current(&self, id: &SecretString) -> Current {
        self.find(id).await.current().expect("an open session")
    }

    pub(super) async fn ended(&self, id: &SecretString) -> Option<EndReason> {
        match self.find(id).await {
            Found::Ended(reason) => Some(reason),
            Found::Current(_) | Found::None => None,
        }
    }

    pub(super) async fn share_accounts(&self) {
        self.set("admin/security/admin_account_sharing", "1").await;
    }

    pub(super) async fn events(&self) -> Vec<String> {
        let mut connection = self.app.database().connection().await.unwrap();
        let sql = "SELECT actor, detail FROM #postern_audit_event WHERE kind = 'sessions_ended' \
                   ORDER BY id";
        let rows = connection.fetch_all(sql, Vec::new()).await.unwrap();
        let told = |row: &store::database::Row| {
            let (actor, detail) = (row.text(0).unwrap(), row.text(1).unwrap());
            let detail: serde_json::Value = serde_json::from_str(&detail).unwrap();
            format!("{actor}: {} {}", detail["count"], detail["reason"])
        };
        rows.iter().map(told).collect()
    }
}
