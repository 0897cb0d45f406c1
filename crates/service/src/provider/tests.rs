//! What is set is what is read, and a provider is kept while it stays set up the same.

use super::*;
use crate::testing::{Shop, each_engine};
use commerce::configuration::{
    CLIENT_ID, CLIENT_SECRET, ConfigFile, OPENID_ORGANIZATION_CLAIM, OPENID_ROLE_CLAIM,
    OPENID_ROLES, OPENID_SCOPES, ORGANIZATION_ID,
};
use jiff::SignedDuration;
use openid::RequiredClaim;

const SECRET: &str = "never-to-be-seen-secret";

async fn seal(shop: &Shop, path: &str, value: &str) {
    let nonce = crate::random::bytes().unwrap();
    let sealed = shop.app.keyring().encrypt(value.as_bytes(), nonce);
    shop.set(path, &sealed).await;
}

async fn set_credentials(shop: &Shop) {
    seal(shop, ORGANIZATION_ID, "0123456789ABCDEFabcdef01").await;
    seal(shop, CLIENT_ID, "luma").await;
    seal(shop, CLIENT_SECRET, SECRET).await;
}

async fn read(shop: &Shop) -> Option<ProviderSettings> {
    ProviderSettings::read(&shop.app.configuration().await.unwrap()).unwrap()
}

async fn mark(shop: &Shop) -> String {
    let configuration = shop.app.configuration().await.unwrap();
    let settings = ProviderSettings::read(&configuration).unwrap().unwrap();
    fingerprint(&shop.app, &settings, &configuration.endpoints().unwrap())
}

#[tokio::test]
async fn nothing_is_set_while_credentials_are_missing() {
    let shop = Shop::sqlite().await;
    assert!(current(&shop.app).await.unwrap().is_none());
    seal(&shop, CLIENT_ID, "luma").await;
    seal(&shop, CLIENT_SECRET, SECRET).await;
    assert!(read(&shop).await.is_none(), "Adobe needs an organization");
    shop.set(OPENID_ISSUER, "https://id.luma.test").await;
    assert!(current(&shop.app).await.unwrap().is_some());
}

#[tokio::test]
async fn adobe_has_its_own_scopes_and_organization() {
    each_engine(async |shop| {
        set_credentials(shop).await;
        let settings = read(shop).await.unwrap();
        assert_eq!(settings.issuer, None);
        assert!(settings.scopes.is_empty());
        assert_eq!(settings.organization, None);
        assert_eq!(settings.organization_id, "0123456789ABCDEFabcdef01");
        assert!(!settings.is_provisioning);
        assert_eq!(settings.grace, SignedDuration::from_mins(10));
    })
    .await;
}

#[tokio::test]
async fn an_openid_provider_is_read_with_claims_and_roles() {
    let shop = Shop::sqlite().await;
    set_credentials(&shop).await;
    shop.set(OPENID_ISSUER, "https://id.luma.test/realms/shop")
        .await;
    let usual = read(&shop).await.unwrap();
    assert_eq!(usual.scopes, ["openid", "email", "profile"]);
    assert_eq!(usual.organization, None);

    shop.set(OPENID_SCOPES, "openid  groups").await;
    shop.set(OPENID_ORGANIZATION_CLAIM, "groups").await;
    seal(&shop, ORGANIZATION_ID, "Shop & Co").await;
    shop.set(OPENID_ROLE_CLAIM, "realm_access.roles").await;
    shop.set(
        OPENID_ROLES,
        r#"{"editors":"Content","boss":"Administrators"}"#,
    )
    .await;
    shop.set("postern/openid/provisioning", "1").await;
    shop.set("postern/openid/grace", "90").await;
    let settings = read(&shop).await.unwrap();
    assert_eq!(settings.scopes, ["openid", "groups"]);
    let group = RequiredClaim {
        name: "groups".to_owned(),
        value: "Shop & Co".to_owned(),
    };
    assert_eq!(settings.organization, Some(group));
    assert_eq!(settings.role_claim.as_deref(), Some("realm_access.roles"));
    assert_eq!(settings.roles["editors"], "Content");
    assert_eq!(settings.roles.len(), 2);
    assert!(settings.is_provisioning);
    assert_eq!(settings.grace, SignedDuration::from_secs(90));
}

#[tokio::test]
async fn until_the_files_have_followed_a_switch_what_they_say_of_the_provider_counts_for_nothing() {
    each_engine(async |shop| {
        set_credentials(shop).await;
        let nonce = crate::random::bytes().unwrap();
        let sealed = shop.app.keyring().encrypt(b"client-of-before", nonce);
        let [section, group, field] = CLIENT_ID.split('/').collect::<Vec<_>>()[..] else {
            panic!("{CLIENT_ID}");
        };
        let locked = format!("['{section}' => ['{group}' => ['{field}' => '{sealed}']]]");
        let text = format!("<?php return ['system' => ['default' => {locked}]];");
        std::fs::write(shop.app.instance().path_of(ConfigFile::Config), text).unwrap();
        assert_eq!(read(shop).await.unwrap().client_id, "client-of-before");
        shop.execute("UPDATE #postern_sign_in_mode SET cleanup_pending = 1")
            .await;
        assert_eq!(read(shop).await.unwrap().client_id, "luma");
    })
    .await;
}

#[tokio::test]
async fn a_grace_without_an_end_is_not_believed() {
    let shop = Shop::sqlite().await;
    set_credentials(&shop).await;
    for (stored, seconds) in [
        ("0", 0),
        ("86400", 86_400),
        ("86401", 600),
        ("-1", 600),
        ("x", 600),
    ] {
        shop.set("postern/openid/grace", stored).await;
        let grace = read(&shop).await.unwrap().grace;
        assert_eq!(grace, SignedDuration::from_secs(seconds), "{stored}");
    }
}

#[tokio::test]
async fn broken_values_are_refused_by_their_path() {
    let shop = Shop::sqlite().await;
    set_credentials(&shop).await;
    shop.set(OPENID_ROLES, "[1]").await;
    let error = current(&shop.app).await.err().unwrap();
    assert!(error.to_string().contains(OPENID_ROLES), "{error}");
    shop.set(OPENID_ROLES, "").await;
    shop.set(OPENID_ISSUER, "http://id.luma.test").await;
    let error = current(&shop.app).await.err().unwrap();
    assert!(error.to_string().contains(OPENID_ISSUER), "{error}");
}

#[tokio::test]
async fn the_secret_is_not_in_what_is_printed() {
    let shop = Shop::sqlite().await;
    set_credentials(&shop).await;
    let printed = format!("{:?}", read(&shop).await.unwrap());
    assert!(printed.contains("luma"));
    assert!(!printed.contains(SECRET), "{printed}");
}

#[tokio::test]
async fn another_provider_has_another_fingerprint_and_a_policy_has_not() {
    let shop = Shop::sqlite().await;
    set_credentials(&shop).await;
    let adobe = mark(&shop).await;
    shop.set("postern/openid/grace", "30").await;
    shop.set("postern/openid/provisioning", "1").await;
    shop.set(OPENID_ROLES, r#"{"a":"b"}"#).await;
    assert_eq!(mark(&shop).await, adobe, "policies");
    let mut seen = vec![adobe];
    for (path, value) in [
        ("adobe_ims/integration/imsUrl", "https://ims.luma.test"),
        (OPENID_ISSUER, "https://id.luma.test"),
        (OPENID_SCOPES, "openid"),
        (OPENID_ORGANIZATION_CLAIM, "groups"),
    ] {
        shop.set(path, value).await;
        seen.push(mark(&shop).await);
    }
    seal(&shop, CLIENT_SECRET, "another-secret").await;
    seen.push(mark(&shop).await);
    let number = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), number);
}

#[tokio::test]
async fn the_policies_can_be_set_within_bounds_and_nothing_else_can() {
    let shop = Shop::sqlite().await;
    let set = async |path: &str, value: &str| {
        let scope = commerce::configuration::Scope::Default;
        let target = crate::config::set::Target::Database;
        crate::config::set::set(&shop.app, &scope, path, value, target)
            .await
            .map_err(|error| error.to_string())
    };
    for (path, value) in [("grace", "0"), ("grace", "86400"), ("provisioning", "1")] {
        set(&format!("postern/openid/{path}"), value).await.unwrap();
    }
    for value in ["86401", "-1", "ten", ""] {
        let refused = set("postern/openid/grace", value).await.unwrap_err();
        assert!(refused.contains("86400"), "{refused}");
    }
    assert!(set("postern/openid/provisioning", "yes").await.is_err());
    for path in [
        OPENID_ISSUER,
        OPENID_SCOPES,
        OPENID_ORGANIZATION_CLAIM,
        OPENID_ROLE_CLAIM,
        OPENID_ROLES,
    ] {
        let refused = set(path, "x").await.unwrap_err();
        assert!(refused.contains("admin:adobe-ims:enable"), "{refused}");
    }
}
