//! What is left of sessions and answers when something goes wrong in between.

use super::*;
use crate::session::sign_out::{SignedOut, WhyHereOnly, sign_out};
use std::io::Write;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

#[tokio::test]
async fn tokens_that_could_not_be_revoked_at_sign_out_are_revoked_later() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::Adobe).await;
        let server = Server::of(shop);
        let id = sign_in(shop).await;
        sandbox.set_fault("/ims/logout/v1", Fault::Down);
        let signed_out = sign_out(&shop.app, &id, "state").await.unwrap();
        assert_eq!(signed_out, SignedOut::HereOnly(WhyHereOnly::Outage));
        sandbox.clear_faults();
        // What is missing once may only have got a new id.
        assert_eq!(server.check().await, 1);
        assert_eq!((grants(shop).await, sandbox.revoked()), (1, 0));
        wait(shop, &sandbox, 120);
        assert_eq!(server.check().await, 1);
        assert_eq!((grants(shop).await, sandbox.revoked()), (0, 1));
        let again = sign_out(&shop.app, &id, "state").await.unwrap();
        assert_eq!(again, SignedOut::Here);
    })
    .await;
}

#[tokio::test]
async fn a_setting_that_nobody_can_read_keeps_nobody_signed_in() {
    let shop = Shop::sqlite().await;
    let _sandbox = set_up(&shop, Kind::Adobe).await;
    let id = sign_in(&shop).await;
    shop.set(commerce::configuration::CLIENT_SECRET, "0:3:broken")
        .await;
    let signed_out = sign_out(&shop.app, &id, "state").await.unwrap();
    assert_eq!(signed_out, SignedOut::HereOnly(WhyHereOnly::Refused));
    assert!(find(&shop, &id).await.current().is_none());
}

#[tokio::test]
async fn v13_what_came_for_a_refresh_token_outlives_a_database_that_is_away() {
    let shop = Shop::sqlite().await;
    let sandbox = set_up(&shop, Kind::OpenId).await;
    let server = Server::of(&shop);
    let id = sign_in(&shop).await;
    wait(&shop, &sandbox, INTERVAL);
    shop_is_used(&shop, &id).await;
    let mut under_way = JoinSet::new();
    let before = asked(&sandbox, TOKEN);
    let (log, guard) = Log::begin();
    sandbox.set_fault("/oidc/userinfo", Fault::Slow);
    assert_eq!(server.begin(&mut under_way).await, 1);
    while asked(&sandbox, TOKEN) == before {
        tokio::task::yield_now().await;
    }
    let grant = "#postern_provider_grant";
    shop.execute(&format!("ALTER TABLE {grant} RENAME TO #away"))
        .await;
    while !log.told().contains("renewed tokens are not stored yet") {
        tokio::task::yield_now().await;
    }
    drop(guard);
    shop.execute(&format!("ALTER TABLE #away RENAME TO {grant}"))
        .await;
    under_way.join_all().await;
    sandbox.clear_faults();
    wait(&shop, &sandbox, INTERVAL);
    shop_is_used(&shop, &id).await;
    assert_eq!(server.check().await, 1);
    assert_eq!(ended(&shop, &id).await, None, "renewed with what came");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Catches what this thread logs until the guard is dropped.
    fn begin() -> (Self, DefaultGuard) {
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(log.clone())
            .with_ansi(false)
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn told(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn an_outage_is_one_line_of_the_log_with_the_command_to_type_and_one_when_it_is_over() {
    let shop = Shop::sqlite().await;
    shop.set("admin/security/admin_account_sharing", "1").await;
    let sandbox = set_up(&shop, Kind::Adobe).await;
    let server = Server::of(&shop);
    for _ in 0..3 {
        sign_in(&shop).await;
    }
    let (log, guard) = Log::begin();
    sandbox.set_fault("*", Fault::Down);
    wait(&shop, &sandbox, INTERVAL);
    server.check().await;
    wait(&shop, &sandbox, 30);
    server.check().await;
    sandbox.clear_faults();
    wait(&shop, &sandbox, 30);
    server.check().await;
    drop(guard);
    let told = log.told();
    let of = |level: &str| told.lines().filter(|line| line.contains(level)).count();
    assert_eq!((of(" ERROR "), of(" INFO ")), (1, 1), "{told}");
    assert!(
        told.contains("bin/magento admin:adobe-ims:disable"),
        "{told}"
    );
    assert!(told.contains("until 2027-01-15T08:20:00Z"), "{told}");
    assert!(told.contains("the provider answers again"), "{told}");
}

#[tokio::test]
async fn a15_a_session_that_nobody_asked_about_ends_by_itself_and_that_is_written_down() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::Adobe).await;
        let id = sign_in(shop).await;
        wait(shop, &sandbox, INTERVAL);
        shop_is_used(shop, &id).await;
        wait(shop, &sandbox, 659);
        assert_eq!(ended(shop, &id).await, None);
        wait(shop, &sandbox, 1);
        for _ in 0..2 {
            let reason = ended(shop, &id).await;
            assert_eq!(reason, Some(EndReason::ProviderUnreachable));
        }
        let events = "SELECT actor FROM #postern_audit_event WHERE kind = 'sessions_ended' \
                      AND detail LIKE '%provider_unreachable%'";
        assert_eq!(shop.texts(events).await, ["provider"]);
        wait(shop, &sandbox, 30);
        Server::of(shop).check().await;
        assert_eq!((grants(shop).await, sandbox.revoked()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_running_server_asks_by_itself_and_stops_when_it_is_told() {
    let shop = Shop::sqlite().await;
    let sandbox = set_up(&shop, Kind::Adobe).await;
    let id = sign_in(&shop).await;
    let node = Node::new("test".to_owned()).unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let lives = node.run(&shop.app, async move { drop(stopped.await) });
    let story = async {
        sandbox.revoke_tokens_of(crate::testing::provider::EMAIL);
        wait(&shop, &sandbox, INTERVAL);
        while ended(&shop, &id).await.is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.send(()).unwrap();
    };
    let both = Box::pin(async { tokio::join!(lives, story) });
    let in_time = tokio::time::timeout(Duration::from_secs(20), both).await;
    assert!(in_time.is_ok(), "it asked and stopped");
    assert_eq!(ended(&shop, &id).await, Some(EndReason::RevokedByProvider));
}
