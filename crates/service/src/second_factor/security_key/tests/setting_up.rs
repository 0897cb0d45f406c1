//! Setting a first key up, by whom it may be and of which model.

use super::super::actors::{attempt, authenticator, bind, enter, pending, set_up, token, told};
use super::super::{ask, begin_set_up, begin_set_up_by_api};
use crate::second_factor::actors::{self, config};
use crate::second_factor::enrol::{finish_key, finish_key_by_api};
use crate::second_factor::remove;
use crate::testing::{Shop, each_engine};
use commerce::second_factor::Provider;
use domain::audit::Door;
use domain::second_factor::Factor;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::Value;
use webauthn::PublicKey;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_key_is_set_up_with_a_link_and_asked_for_from_then_on() {
    each_engine(async |shop| {
        bind(shop).await;
        let ann = shop.ann().await;
        let mut key = authenticator();
        let enrolled = set_up(shop, &ann, &mut key).await.ok().unwrap();
        assert_eq!(enrolled.recovery_codes.len(), 10);
        let factor = enrolled.entered.verified.factor;
        assert_eq!(factor, Some(Factor::SecurityKey));
        let listed = config(shop, &ann).await.security_keys().unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].id, key.id);
        assert!(PublicKey::from_pem(&listed[0].public_key) == Some(key.public_key()));
        assert_eq!(listed[0].aaguid, "BwcHBwcHBwcHBwcHBwcHBw==");
        let kept = shop
            .texts("SELECT credential FROM #postern_security_key")
            .await;
        assert!(kept[0].starts_with("0:3:"), "it is encrypted");
        for _ in 0..2 {
            let entered = enter(shop, "ann", &mut key).await.ok().unwrap();
            assert_eq!(entered.verified.factor, Some(Factor::SecurityKey));
        }
        let used = "SELECT name FROM #postern_security_key WHERE last_used_at IS NOT NULL";
        assert_eq!(shop.texts(used).await, ["Laptop"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sets_a_key_up_without_a_link_twice_or_where_it_is_not_wanted() {
    let shop = Shop::sqlite().await;
    let ann = shop.ann().await;
    actors::ask(&shop);
    let link = token(&shop, &ann).await;
    let id = pending(&shop, "ann").await;
    let begin = async |token: &SecretString| begin_set_up(&shop.app, &id, token).await.unwrap();
    assert_eq!(told(&begin(&link).await), "key.no_domain");
    bind(&shop).await;
    shop.set("web/secure/base_url", "https://other.test/").await;
    assert_eq!(told(&begin(&link).await), "key.wrong_domain");
    shop.set("web/secure/base_url", "http://luma.test/").await;
    assert_eq!(told(&begin(&link).await), "key.wrong_domain");
    bind(&shop).await;
    for wrong in ["", "e30.e30"] {
        assert_eq!(told(&begin(&wrong.into()).await), "factor.link_needed");
    }
    shop.set("twofactorauth/general/force_providers", "google")
        .await;
    assert_eq!(told(&begin(&link).await), "factor.not_allowed");
    shop.set("twofactorauth/general/force_providers", "u2fkey")
        .await;
    let asked = begin(&link).await.unwrap();
    let finish = async |token: &SecretString, answer: &SecretString, name: &str| {
        let attempt = attempt(&id, Door::Page);
        let finished = finish_key(&shop.app, &attempt, token, answer, name).await;
        told(&finished.unwrap())
    };
    let mut key = authenticator();
    let answer = key.create(&asked).into();
    assert_eq!(finish(&"".into(), &answer, "A").await, "factor.link_needed");
    for name in ["", " ", "a\nb"] {
        assert_eq!(finish(&link, &answer, name).await, "factor.invalid_name");
    }
    assert_eq!(finish(&link, &answer, "Laptop").await, "in");
    assert_eq!(finish(&link, &answer, "A").await, "factor.not_pending");
    let id = pending(&shop, "ann").await;
    let again = begin_set_up(&shop.app, &id, &link).await.unwrap();
    assert_eq!(told(&again), "factor.already_set_up");
    shop.integrate().await;
    let begun = begin_set_up(&shop.app, &id, &link).await.unwrap();
    assert_eq!(told(&begun), "factor.integration_is_on");
    let asked = ask(&shop.app, &id).await.unwrap();
    assert_eq!(told(&asked), "factor.integration_is_on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_sets_a_key_up_with_a_link_alone() {
    each_engine(async |shop| {
        bind(shop).await;
        let (ann, mut key) = (shop.ann().await, authenticator());
        let (app, link) = (&shop.app, token(shop, &ann).await);
        let begun = begin_set_up_by_api(app, &ann, &"e30".into()).await;
        assert_eq!(told(&begun.unwrap()), "factor.link_needed");
        let asked = begin_set_up_by_api(app, &ann, &link).await.unwrap();
        let answer = key.create(&asked.unwrap()).into();
        let finished = finish_key_by_api(app, &ann, &link, &answer).await;
        finished.unwrap().unwrap();
        let again = finish_key_by_api(app, &ann, &link, &answer).await.unwrap();
        assert_eq!(told(&again), "factor.already_set_up");
        assert_eq!(told(&enter(shop, "ann", &mut key).await), "in");
        remove::reset(app, &ann, Provider::U2fKey, "test")
            .await
            .unwrap();
        shop.wait(SignedDuration::from_secs(1));
        let link = token(shop, &ann).await;
        let again = finish_key_by_api(app, &ann, &link, &answer).await.unwrap();
        assert_eq!(told(&again), "key.replayed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limited_models_need_certificates_that_vouch_for_them() {
    let shop = Shop::sqlite().await;
    bind(&shop).await;
    let ann = shop.ann().await;
    let link = token(&shop, &ann).await;
    let id = pending(&shop, "ann").await;
    let begin = async || begin_set_up(&shop.app, &id, &link).await;
    let model = "07070707-0707-0707-0707-070707070707";
    let certificates = "postern/passkey/attestation_roots";
    for (aaguids, roots, expected) in [
        ("nonsense", "", "no AAGUID"),
        (model, "", "names no file"),
        (model, "missing.pem", "missing.pem"),
        (model, "app/etc/env.php", "no certificates"),
    ] {
        shop.set("postern/passkey/aaguids", aaguids).await;
        shop.set(certificates, roots).await;
        let refused = begin().await.unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    let maker = rcgen::generate_simple_self_signed(Vec::new()).unwrap();
    let pem = pem(maker.cert.der());
    std::fs::write(shop.app.instance().root().join("roots.pem"), pem).unwrap();
    shop.set(certificates, "roots.pem").await;
    let asked = begin().await.unwrap().unwrap();
    let options: Value = serde_json::from_str(&asked).unwrap();
    assert_eq!(options["attestation"], "direct");
    let answer = authenticator().create(&asked).into();
    let attempt = attempt(&id, Door::Page);
    let finished = finish_key(&shop.app, &attempt, &link, &answer, "A").await;
    assert_eq!(told(&finished.unwrap()), "key.attestation");
}

fn pem(der: &[u8]) -> String {
    let text = data_encoding::BASE64.encode(der);
    let lines = text.as_bytes().chunks(64);
    let lines: Vec<&str> = lines
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let lines = lines.join("\n");
    format!("-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n")
}
