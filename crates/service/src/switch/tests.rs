//! What becomes of a provider's tokens in every kind of switch.

use super::*;
use crate::session::Found;
use crate::testing::provider::{Kind, asked, find, set_up, sign_in, wait};
use crate::testing::{PASSWORD, Shop, each_engine};
use futures_util::FutureExt;
use ims_sandbox::{Fault, Sandbox};
use receipt::Revoked;
use secrecy::{ExposeSecret, SecretString};
use std::fs;

const REVOCATION: &str = "/oidc/revoke";
const LOGOUT: &str = "/ims/logout/v1";

fn at(sandbox: &Sandbox) -> enable::Settings {
    enable::Settings {
        organization_id: String::new(),
        client_id: "sandbox-client".to_owned(),
        client_secret: SecretString::from("sandbox-secret"),
        open_id: Some(enable::OpenId {
            issuer: sandbox.open_id_issuer(),
            scopes: Vec::new(),
            organization_claim: None,
            second_factor: Vec::new(),
            id_token_hint: false,
        }),
        members: enable::Members::default(),
    }
}

fn numbers(told: Option<Revoked>) -> Option<(usize, usize, usize)> {
    told.map(|told| (told.revoked, told.refused, told.unreached))
}

async fn switch_on(shop: &Shop, sandbox: &Sandbox) -> enable::Enabled {
    let options = enable::Options::default();
    enable::enable(&shop.app, at(sandbox), options)
        .await
        .unwrap()
}

async fn is_over(shop: &Shop, id: &SecretString) -> bool {
    matches!(find(shop, id).await, Found::None)
}

#[tokio::test]
async fn a02_enabling_over_an_integration_revokes_its_tokens_where_they_were_issued() {
    each_engine(async |shop| {
        let first = set_up(shop, Kind::OpenId).await;
        let id = sign_in(shop).await;
        let second = Sandbox::start(ims_sandbox::Options::default()).unwrap();
        let enabled = switch_on(shop, &second).await;
        assert_eq!(numbers(enabled.revoked), Some((2, 0, 0)));
        assert_eq!(
            (asked(&first, REVOCATION), asked(&second, REVOCATION)),
            (2, 0)
        );
        assert!(is_over(shop, &id).await);
        let again = switch_on(shop, &second).await;
        assert_eq!(numbers(again.revoked), None);
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_is_away_keeps_nobody_from_enabling_another() {
    let shop = Shop::sqlite().await;
    let first = set_up(&shop, Kind::Adobe).await;
    sign_in(&shop).await;
    first.set_fault(LOGOUT, Fault::Hang);
    let second = Sandbox::start(ims_sandbox::Options::default()).unwrap();
    let enabled = switch_on(&shop, &second).await;
    assert_eq!(numbers(enabled.revoked), Some((0, 0, 1)));
    assert_eq!(asked(&second, REVOCATION), 0);
}

#[tokio::test]
async fn a02_a_trial_that_fails_revokes_the_tokens_of_those_who_came_in() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::Adobe).await;
        sign_in(shop).await;
        // As if they had fewer rights: the trial does not pass by them.
        shop.execute("UPDATE #admin_user SET logdate = NULL").await;
        let end = shop.app.now().as_second() + 60;
        shop.execute(&format!(
            "UPDATE #postern_sign_in_mode SET trial_until = {end}"
        ))
        .await;
        wait(shop, &sandbox, 61);
        assert!(resume(&shop.app).await.unwrap().is_empty());
        let (_, mode) = current(&shop.app).await.unwrap();
        assert_eq!(mode, domain::sign_in_mode::SignInMode::Commerce);
        assert_eq!((asked(&sandbox, LOGOUT), sandbox.revoked()), (1, 1));
        assert!(resume(&shop.app).await.unwrap().is_empty());
        assert_eq!(asked(&sandbox, LOGOUT), 1);
    })
    .await;
}

#[tokio::test]
async fn a02_an_id_token_that_lies_about_is_found_after_the_switch() {
    let shop = Shop::sqlite().await;
    let _sandbox = set_up(&shop, Kind::OpenId).await;
    sign_in(&shop).await;
    let stored = shop
        .texts("SELECT id_token FROM #postern_provider_grant")
        .await;
    let token = shop.app.keyring().decrypt_text(&stored[0]).unwrap();
    let log = shop.app.instance().root().join("var/log");
    fs::create_dir_all(&log).unwrap();
    fs::write(
        log.join("debug.log"),
        format!("got {}\n", token.expose_secret()),
    )
    .unwrap();
    let options = disable::Options::default();
    let receipt = disable::disable(&shop.app, options).await.unwrap();
    assert_eq!(
        numbers(receipt.revoked),
        Some((2, 0, 0)),
        "no ID token is sent back"
    );
    let found = receipt.residue.unwrap().found;
    let is_it = |found: &String| found.starts_with("ID token in var/log/debug.log (clear");
    assert!(found.iter().any(is_it), "{found:?}");
}

#[tokio::test]
async fn tokens_of_another_provider_than_the_one_set_up_are_shown_to_nobody() {
    let shop = Shop::sqlite().await;
    let _first = set_up(&shop, Kind::OpenId).await;
    sign_in(&shop).await;
    shop.execute("DELETE FROM #core_config_data").await;
    let second = set_up(&shop, Kind::OpenId).await;
    let options = disable::Options::default();
    let receipt = disable::disable(&shop.app, options).await.unwrap();
    assert_eq!(numbers(receipt.revoked), None);
    assert!(second.log().is_empty());
}

async fn trial_until(shop: &Shop) -> Option<jiff::Timestamp> {
    let mut connection = shop.app.database().connection().await.unwrap();
    let record = store::sign_in_mode::find(&mut connection).await;
    record.unwrap().unwrap().trial_until
}

#[tokio::test]
async fn a_trial_passes_by_a_sign_in_after_it_whatever_the_clock_says_and_not_by_one_before_it() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        sign_in(shop).await;
        let options = enable::Options {
            trial: Some(jiff::SignedDuration::from_mins(15)),
        };
        enable::enable(&shop.app, at(&sandbox), options)
            .await
            .unwrap();
        resume(&shop.app).await.unwrap();
        assert!(trial_until(shop).await.is_some(), "came in before it");
        // On a machine whose clock is behind.
        wait(shop, &sandbox, -90);
        sign_in(shop).await;
        resume(&shop.app).await.unwrap();
        assert_eq!(trial_until(shop).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_typed_while_the_switch_is_on_its_way_passes_no_trial() {
    each_engine(async |shop| {
        let (seen, _) = resume::with_trial(&shop.app).await.unwrap();
        let decision = change::Decision {
            seen: &seen,
            actor: "test",
            is_preview: false,
        };
        let end = shop.app.now() + jiff::SignedDuration::from_mins(15);
        shop.wait(jiff::SignedDuration::from_secs(2));
        shop.sign_in("ann", PASSWORD).await.unwrap();
        let prepared = change::to_adobe_ims(&shop.app, decision, &[], Some(end));
        prepared.await.unwrap().commit().await.unwrap();
        let (_, trial) = resume::with_trial(&shop.app).await.unwrap();
        let left = jiff::SignedDuration::from_secs(15 * 60 - 2);
        assert_eq!(trial, domain::sign_in_mode::Trial::Running(left));
    })
    .await;
}

#[tokio::test]
async fn a05_a_password_that_the_operator_gave_meanwhile_is_told_from_one_that_nobody_knows() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::Adobe).await;
        wait(shop, &sandbox, 5);
        let profile = |name: &str| store::admins::Profile {
            username: name.to_owned(),
            email: format!("{name}@luma.test"),
            first_name: "B".to_owned(),
            last_name: "C".to_owned(),
        };
        let password = SecretString::from("Sommer-2025!");
        let made = crate::admin::create::create(&shop.app, &profile("bob"), &password).await;
        made.unwrap();
        let mut connection = shop.app.database().connection().await.unwrap();
        let (ann, by_php, now) = (shop.ann().await, profile("cid"), shop.app.now());
        let (hash, role) = (&ann.password_hash, "Administrators");
        let made = store::admins::create(&mut connection, &by_php, hash, role, now);
        made.await.unwrap().unwrap();
        drop(connection);
        let options = disable::Options {
            dry_run: true,
            ..disable::Options::default()
        };
        let receipt = disable::disable(&shop.app, options).await.unwrap();
        let told: Vec<_> = receipt
            .admins
            .iter()
            .map(|admin| (admin.username.as_str(), admin.sign_in))
            .collect();
        let expected = [
            ("ann", "has_password"),
            ("bob", "has_password"),
            ("cid", "must_reset"),
        ];
        assert_eq!(told, expected);
    })
    .await;
}

/// What PHP keeps for an admin who came in with an Adobe ID, in the column `session_data`.
fn stored_php_session(token: &str) -> String {
    let session = format!(
        "admin|a:1:{{s:18:\"adobe_access_token\";s:{}:\"{token}\";}}",
        token.len()
    );
    data_encoding::BASE64.encode(session.as_bytes())
}

async fn store_php_session(shop: &Shop, data: &str) {
    shop.execute("DELETE FROM #session").await;
    shop.execute(&format!(
        "INSERT INTO #session (session_id, session_expires, session_data) VALUES ('a', 1, '{data}')"
    ))
    .await;
}

#[tokio::test]
async fn a_php_session_that_a_request_writes_back_into_the_database_ends_all_the_same() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::Adobe).await;
        shop.keep_php_sessions_in_the_database();
        store_php_session(shop, &stored_php_session("token-of-adobe-1")).await;
        let options = disable::Options::default();
        let app = shop.reopened(2).await;
        let receipt = disable::disable(&app, options).await.unwrap();
        assert_eq!(receipt.ended.php_sessions, 1);
        assert_eq!(asked(&sandbox, LOGOUT), 1);
        // The request ends after the switch, and before everything has followed it.
        store_php_session(shop, &stored_php_session("token-of-adobe-2")).await;
        shop.execute("UPDATE #postern_sign_in_mode SET cleanup_pending = 1")
            .await;
        assert!(resume(&shop.app).await.unwrap().is_empty());
        let left = shop.texts("SELECT session_id FROM #session").await;
        assert!(left.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_php_session_in_the_database_that_cannot_be_read_is_told_of() {
    let shop = Shop::sqlite().await;
    let _sandbox = set_up(&shop, Kind::Adobe).await;
    shop.keep_php_sessions_in_the_database();
    store_php_session(&shop, &data_encoding::BASE64.encode(b"a\0foreign form")).await;
    let options = disable::Options::default();
    let receipt = disable::disable(&shop.app, options).await.unwrap();
    let told = &receipt.warnings[0];
    let words = "PHP sessions in table session (1 sessions) were not looked into: ";
    assert!(told.starts_with(words), "{told}");
}

#[tokio::test]
async fn a_file_that_cannot_be_edited_keeps_nobody_from_anything_else() {
    let shop = Shop::sqlite().await;
    let _sandbox = set_up(&shop, Kind::Adobe).await;
    let root = shop.app.instance().root();
    // Settings that a file computes cannot be taken out of it.
    let file = root.join("app/etc/config.php");
    fs::write(&file, "<?php return ['system' => getenv('X')];").unwrap();
    let mut connection = shop.app.database().connection().await.unwrap();
    let record = store::sign_in_mode::find(&mut connection).await;
    drop(connection);
    let decision = change::Decision {
        seen: &record.unwrap().unwrap(),
        actor: "test",
        is_preview: false,
    };
    let prepared = change::to_commerce(&shop.app, decision, false);
    prepared.await.unwrap().commit().await.unwrap();
    let told = resume(&shop.app).await.unwrap();
    assert!(
        told[0].starts_with("The last switch has not come to its end: "),
        "{told:?}"
    );
    fs::remove_file(&file).unwrap();
    assert!(resume(&shop.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_changes_at_the_last_moment_takes_neither_receipt_nor_revocation_away() {
    let shop = Shop::sqlite().await;
    let sandbox = set_up(&shop, Kind::Adobe).await;
    sign_in(&shop).await;
    let writing = shop.app.database().begin().await.unwrap();
    let mut disabling = Box::pin(disable::disable(&shop.app, disable::Options::default()));
    let waits = (&mut disabling).now_or_never().is_none();
    assert!(
        waits,
        "it has looked at the files, and waits for its turn to write"
    );
    let file = shop.app.instance().root().join("app/etc/config.php");
    let text = "<?php return ['system' => getenv('X')]; // sandbox-secret";
    fs::write(file, text).unwrap();
    drop(writing);
    let receipt = disabling.await.unwrap();
    assert_eq!(receipt.outcome, receipt::Outcome::Disabled);
    let unfinished = receipt.unfinished.unwrap().to_string();
    assert!(
        unfinished.contains("not everything has followed"),
        "{unfinished}"
    );
    assert_eq!(numbers(receipt.revoked), Some((1, 0, 0)));
    assert_eq!(sandbox.revoked(), 1);
    let found = receipt.residue.unwrap().found;
    assert!(
        found[0].contains("Client Secret in app/etc/config.php"),
        "{found:?}"
    );
}

#[tokio::test]
async fn what_is_left_of_an_integration_is_removed_and_written_down() {
    each_engine(async |shop| {
        let path = commerce::configuration::CLIENT_SECRET;
        let sealed = shop.app.keyring().encrypt(b"left-behind", [3; 12]);
        shop.execute(&format!(
            "INSERT INTO #core_config_data (scope, scope_id, path, value) \
             VALUES ('stores', 1, '{path}', '{sealed}')"
        ))
        .await;
        let preview = disable::Options {
            dry_run: true,
            ..disable::Options::default()
        };
        let receipt = disable::disable(&shop.app, preview).await.unwrap();
        assert_eq!(receipt.outcome, receipt::Outcome::WouldRemoveLeftovers);
        let app = shop.reopened(2).await;
        let options = disable::Options::default();
        let receipt = disable::disable(&app, options).await.unwrap();
        assert_eq!(receipt.outcome, receipt::Outcome::AlreadyDisabled);
        let kinds = "SELECT kind FROM #postern_audit_event ORDER BY id DESC";
        assert_eq!(shop.texts(kinds).await[0], "leftovers_removed");
    })
    .await;
}

#[tokio::test]
async fn values_that_no_key_opens_are_said_not_to_have_been_searched_for() {
    let shop = Shop::sqlite().await;
    let _sandbox = set_up(&shop, Kind::Adobe).await;
    let sealed = "0:3:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    shop.execute(&format!(
        "UPDATE #core_config_data SET value = '{sealed}' WHERE path LIKE 'adobe_ims/integration/%' \
         AND path <> 'adobe_ims/integration/admin_enabled' AND value LIKE '%:%:%'"
    ))
    .await;
    let options = disable::Options {
        discard_unreadable: true,
        ..disable::Options::default()
    };
    let receipt = disable::disable(&shop.app, options).await.unwrap();
    let residue = receipt.residue.unwrap();
    let told = "the Client Secret: no key opens what was stored of it".to_owned();
    assert!(residue.not_searched.contains(&told), "{residue:?}");
}
