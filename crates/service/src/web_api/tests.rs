//! Calls with tokens of the stand-in, of both kinds of provider, and with Commerce's own.

use super::*;
use crate::sign_in::admin_token;
use crate::testing::{PASSWORD, Shop};
use commerce::configuration::{
    CLIENT_ID, CLIENT_SECRET, OPENID_GRACE, OPENID_ISSUER, ORGANIZATION_ID,
};
use ims_sandbox::{Fault, Options, Person, Sandbox};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

const REDIRECT_URI: &str = "https://shop.test/back";

/// Which provider a shop is set up with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Realm {
    Adobe,
    OpenId,
}

/// A shop with the integration on, and a stand-in whose clock is the shop's.
struct Stage {
    shop: Shop,
    sandbox: Sandbox,
    realm: Realm,
}

impl Stage {
    async fn new(realm: Realm) -> Self {
        Self::with(realm, Shop::sqlite().await).await
    }

    async fn with(realm: Realm, shop: Shop) -> Self {
        let sandbox = Sandbox::start(Options {
            jwt_access_tokens: true,
            people: vec![
                Person::with_email("ann@luma.test"),
                Person::with_email("eve@luma.test"),
            ],
            ..Options::default()
        })
        .unwrap();
        sandbox.set_time(shop.app.now());
        for name in ["imsUrl", "organizationMembershipUrl", "certificateUrl"] {
            let path = format!("adobe_ims/integration/{name}");
            shop.set(&path, &sandbox.url()).await;
        }
        for (path, value) in [
            (ORGANIZATION_ID, "0123456789ABCDEF01234567"),
            (CLIENT_ID, "sandbox-client"),
            (CLIENT_SECRET, "sandbox-secret"),
        ] {
            let nonce = random_nonce();
            let sealed = shop.app.keyring().encrypt(value.as_bytes(), nonce);
            shop.set(path, &sealed).await;
        }
        if realm == Realm::OpenId {
            shop.set(OPENID_ISSUER, &sandbox.open_id_issuer()).await;
        }
        let stage = Self {
            shop,
            sandbox,
            realm,
        };
        stage.switch_to(SignInMode::AdobeIms).await;
        stage
    }

    /// Switches as the command does: earlier tokens of Commerce's are void, the provider's gone.
    async fn switch_to(&self, mode: SignInMode) {
        let now = self.shop.app.now();
        let mut connection = self.shop.app.database().connection().await.unwrap();
        let record = store::sign_in_mode::find(&mut connection).await.unwrap();
        let record = record.unwrap();
        let next = record.switched_to(mode, None, now, "test");
        store::admin_tokens::void_all(&mut connection, now)
            .await
            .unwrap();
        store::adobe_tokens::erase(&mut connection).await.unwrap();
        let done = store::sign_in_mode::replace(&mut connection, &next, record.epoch).await;
        assert!(done.unwrap());
    }

    fn wait(&self, span: SignedDuration) {
        self.shop.wait(span);
        self.sandbox.advance_clock(span);
    }

    /// A token as a program gets it that its owner has signed in for.
    async fn token_of(&self, email: &str) -> String {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let (authorize, token) = match self.realm {
            Realm::Adobe => ("/ims/authorize/v2", "/ims/token"),
            Realm::OpenId => ("/oidc/authorize", "/oidc/token"),
        };
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let answer = client
            .get(format!("{}{authorize}", self.sandbox.url()))
            .query(&[
                ("client_id", "sandbox-client"),
                ("redirect_uri", REDIRECT_URI),
                ("response_type", "code"),
                ("scope", "openid email profile"),
                ("state", "s"),
                ("nonce", "n"),
                ("code_challenge", challenge),
                ("code_challenge_method", "S256"),
                ("login_hint", email),
            ])
            .send()
            .await
            .unwrap();
        let location = answer.headers()[LOCATION].to_str().unwrap();
        let location = Url::parse(location).unwrap();
        let (_, code) = location.query_pairs().find(|it| it.0 == "code").unwrap();
        let answer = client
            .post(format!("{}{token}", self.sandbox.url()))
            .form(&[
                ("grant_type", "authorization_code"),
                ("client_id", "sandbox-client"),
                ("client_secret", "sandbox-secret"),
                ("redirect_uri", REDIRECT_URI),
                ("code", &code),
                (
                    "code_verifier",
                    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                ),
            ])
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    async fn call(&self, token: &str) -> Result<String, &'static str> {
        let header = format!("Bearer {token}");
        let known = self.known().await;
        let caller = authenticate(&self.shop.app, Some(&header), known).await;
        let caller = caller.unwrap().map_err(|refused| refused.code())?;
        assert_eq!(caller.role.name, "Administrators");
        Ok(caller.admin.username)
    }

    async fn known(&self) -> KnownMode {
        let (record, mode) = crate::switch::current(&self.shop.app).await.unwrap();
        KnownMode::Leased {
            mode,
            epoch: record.epoch,
        }
    }

    /// How often the stand-in was asked anything since last time.
    fn questions(&self) -> usize {
        self.sandbox.log().len()
    }

    async fn rows(&self) -> usize {
        let sql = "SELECT access_token_hash FROM `#admin_adobe_ims_webapi`";
        self.shop.texts(sql).await.len()
    }
}

fn random_nonce() -> [u8; 12] {
    crate::random::bytes().unwrap()
}

fn ann() -> Result<String, &'static str> {
    Ok("ann".to_owned())
}

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const EMAIL: &str = "ann@luma.test";

#[tokio::test]
async fn a_token_of_the_provider_is_its_owners_and_is_kept_encrypted() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        for shop in [Shop::sqlite().await, Shop::mariadb().await] {
            let stage = Stage::with(realm, shop).await;
            let token = stage.token_of(EMAIL).await;
            assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
            let keyring = stage.shop.app.keyring();
            let hash = stage
                .shop
                .texts("SELECT access_token_hash FROM `#admin_adobe_ims_webapi`")
                .await;
            assert_eq!(hash, [keyring.keyed_digest(token.as_bytes())]);
            let stored = stage
                .shop
                .texts("SELECT access_token FROM `#admin_adobe_ims_webapi`")
                .await;
            let opened = keyring.decrypt_text(&stored[0]).unwrap();
            assert_eq!(opened.expose_secret(), token);
        }
    }
}

#[tokio::test]
async fn a_known_token_is_asked_about_again_after_ten_minutes_and_not_before() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let token = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        let asked = stage.questions();
        stage.wait(MINUTE * 9);
        assert_eq!(stage.call(&token).await, ann());
        assert_eq!(stage.questions(), asked, "{realm:?}");
        stage.wait(MINUTE);
        assert_eq!(stage.call(&token).await, ann());
        assert!(stage.questions() > asked, "{realm:?}");
        let asked = stage.questions();
        stage.wait(MINUTE * 9);
        assert_eq!(stage.call(&token).await, ann());
        assert_eq!(stage.questions(), asked, "{realm:?}");
    }
}

#[tokio::test]
async fn v13_what_the_provider_revoked_is_forgotten_for_good() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let token = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        assert!(stage.sandbox.revoke_tokens_of(EMAIL));
        stage.wait(MINUTE * 10);
        assert!(stage.call(&token).await.is_err(), "{realm:?}");
        assert_eq!(stage.rows().await, 0, "{realm:?}");
        assert!(stage.call(&token).await.is_err(), "{realm:?}");
    }
}

#[tokio::test]
async fn a15_an_outage_is_no_revocation_until_the_grace_is_over() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        stage.shop.set(OPENID_GRACE, "300").await;
        let token = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        stage.sandbox.set_fault("*", Fault::Down);
        stage.wait(MINUTE * 15);
        assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
        stage.wait(MINUTE);
        let refused = stage.call(&token).await;
        assert_eq!(refused, Err("provider.unreachable"), "{realm:?}");
        assert_eq!(stage.rows().await, 1, "it is not forgotten");
        stage.sandbox.clear_faults();
        stage.wait(MINUTE);
        assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
    }
}

#[tokio::test]
async fn a15_a_provider_that_gave_no_answer_is_left_alone_for_a_while() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    stage.sandbox.set_fault("*", Fault::Down);
    stage.wait(MINUTE * 10);
    assert_eq!(stage.call(&token).await, ann());
    let asked = stage.questions();
    assert_eq!(stage.call(&token).await, ann());
    assert_eq!(stage.questions(), asked);
}

#[tokio::test]
async fn a_new_token_finds_no_grace() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.sandbox.set_fault("*", Fault::Down);
    assert_eq!(stage.call(&token).await, Err("provider.unreachable"));
    assert_eq!(stage.rows().await, 0);
}

#[tokio::test]
async fn a13_the_shops_own_bound_on_age_is_in_hours_and_holds() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let bound = "oauth/access_token_lifetime/admin";
        stage.shop.set(bound, "1").await;
        let token = stage.token_of(EMAIL).await;
        let kept = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        stage.wait(MINUTE * 59);
        assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
        // The stand-in's clock goes on by itself, too.
        stage.wait(MINUTE * 2);
        assert_eq!(stage.call(&token).await, Err("api.expired"), "{realm:?}");
        // Nor does it help to bring it for the first time now, or again.
        assert!(stage.call(&kept).await.is_err(), "{realm:?}");
        stage
            .shop
            .execute("DELETE FROM `#admin_adobe_ims_webapi`")
            .await;
        assert!(stage.call(&token).await.is_err(), "{realm:?}");
    }
}

#[tokio::test]
async fn every_condition_of_the_account_is_looked_up_at_every_call() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    let day = "'2020-01-01 00:00:00'";
    for (on, off, code) in [
        (
            "UPDATE `#admin_user` SET is_active = 0".to_owned(),
            "UPDATE `#admin_user` SET is_active = 1",
            "person.inactive",
        ),
        (
            format!("INSERT INTO `#admin_user_expiration` VALUES (1, {day})"),
            "DELETE FROM `#admin_user_expiration`",
            "person.expired",
        ),
        (
            "UPDATE `#authorization_role` SET role_type = 'X' WHERE role_type = 'U'".to_owned(),
            "UPDATE `#authorization_role` SET role_type = 'U' WHERE role_type = 'X'",
            "person.no_role",
        ),
    ] {
        stage.shop.execute(&on).await;
        assert_eq!(stage.call(&token).await, Err(code));
        stage.shop.execute(off).await;
        assert_eq!(stage.call(&token).await, ann(), "{code}");
    }
}

#[tokio::test]
async fn a16_a_lock_that_was_earned_with_passwords_stops_no_program() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    let lock = "UPDATE `#admin_user` SET lock_expires = '2030-01-01 00:00:00'";
    stage.shop.execute(lock).await;
    assert_eq!(stage.call(&token).await, ann());
    assert_eq!(stage.call(&token).await, ann(), "known by now");
}

#[tokio::test]
async fn who_has_no_account_gets_none_by_a_token() {
    let stage = Stage::new(Realm::OpenId).await;
    stage.shop.set("postern/openid/provisioning", "1").await;
    let token = stage.token_of("eve@luma.test").await;
    assert_eq!(stage.call(&token).await, Err("person.no_account"));
    assert_eq!(stage.rows().await, 0);
}

#[tokio::test]
async fn v14_made_up_changed_and_foreign_tokens_are_refused() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let token = stage.token_of(EMAIL).await;
        let (body, signature) = token.rsplit_once('.').unwrap();
        let turned: String = signature.chars().rev().collect();
        for made_up in [
            "x",
            "a.b.c",
            &format!("{body}."),
            &format!("{body}.{turned}"),
        ] {
            assert!(stage.call(made_up).await.is_err(), "{realm:?} {made_up}");
        }
        assert_eq!(stage.rows().await, 0);
        stage.sandbox.rotate_key();
        let other = Stage::new(realm).await.token_of(EMAIL).await;
        assert!(stage.call(&other).await.is_err(), "{realm:?}");
    }
}

#[tokio::test]
async fn v05_a_switch_voids_tokens_of_both_kinds_in_both_directions() {
    let stage = Stage::new(Realm::Adobe).await;
    let adobe = stage.token_of(EMAIL).await;
    stage.call(&adobe).await.unwrap();
    stage.switch_to(SignInMode::Commerce).await;
    assert_eq!(stage.call(&adobe).await, Err("api.void"));

    let own = || async {
        let (name, password) = ("ann".to_owned(), PASSWORD.into());
        let made = admin_token::create(&stage.shop.app, name, password, String::new()).await;
        made.unwrap().unwrap().expose_secret().to_owned()
    };
    let first = own().await;
    assert_eq!(stage.call(&first).await, ann());
    stage.switch_to(SignInMode::AdobeIms).await;
    assert!(stage.call(&first).await.is_err());
    stage.switch_to(SignInMode::Commerce).await;
    assert_eq!(stage.call(&first).await, Err("api.void"), "even back on");
    let second = own().await;
    assert_eq!(
        stage.call(&second).await,
        ann(),
        "in the second of the switch"
    );
    assert_eq!(stage.rows().await, 0);
}

#[tokio::test]
async fn a_jwt_of_the_very_second_of_the_switch_is_void() {
    let stage = Stage::new(Realm::Adobe).await;
    stage.wait(MINUTE);
    stage.switch_to(SignInMode::Commerce).await;
    let now = stage.shop.app.now().as_second();
    let issue = |issued_at| {
        let claims = commerce::admin_token::AdminClaims {
            user_id: stage.shop.ann,
            issued_at,
            expires_at: now + 3600,
        };
        let token = commerce::admin_token::issue(stage.shop.app.keyring(), claims);
        token.expose_secret().to_owned()
    };
    assert_eq!(stage.call(&issue(now)).await, Err("api.void"));
    assert_eq!(stage.call(&issue(now + 1)).await, ann());
}

#[tokio::test]
async fn an_opaque_token_of_an_older_release_runs_out_and_is_void_from_the_switch_on() {
    let stage = Stage::new(Realm::Adobe).await;
    stage.switch_to(SignInMode::Commerce).await;
    let token = "abcdefghijklmnopqrstuvwxyz012345";
    stage
        .shop
        .execute(&format!(
            "INSERT INTO `#oauth_token` (admin_id, type, token, secret, callback_url, user_type, \
             created_at) VALUES (1, 'access', '{token}', '', '', 2, '2027-01-15 08:00:00')"
        ))
        .await;
    assert_eq!(stage.call(token).await, ann());
    stage.wait(MINUTE * 60 * 4);
    assert_eq!(stage.call(token).await, Err("api.expired"));
    stage
        .shop
        .set("oauth/access_token_lifetime/admin", "8")
        .await;
    assert_eq!(stage.call(token).await, ann());
    stage.switch_to(SignInMode::AdobeIms).await;
    stage.switch_to(SignInMode::Commerce).await;
    assert_eq!(stage.call(token).await, Err("api.void"));
}

#[tokio::test]
async fn a_switch_while_the_provider_is_asked_leaves_no_token_behind() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    let known = stage.known().await;
    let header = format!("Bearer {token}");
    // The node learns of the switch a moment later.
    stage.switch_to(SignInMode::Commerce).await;
    let refused = authenticate(&stage.shop.app, Some(&header), known).await;
    assert_eq!(refused.unwrap().unwrap_err(), ApiRefused::Void);
    assert_eq!(stage.rows().await, 0);
    let links = "SELECT identity_hash FROM #postern_linked_identity";
    assert_eq!(stage.shop.texts(links).await, Vec::<String>::new());
}

#[tokio::test]
async fn v05_disabling_ends_the_tokens_of_programs_here_and_at_the_provider() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let first = stage.token_of(EMAIL).await;
        let second = stage.token_of(EMAIL).await;
        stage.call(&first).await.unwrap();
        stage.call(&second).await.unwrap();
        let known = stage.known().await;
        let options = crate::switch::disable::Options::default();
        let receipt = crate::switch::disable::disable(&stage.shop.app, options).await;
        let receipt = receipt.unwrap();
        assert_eq!(receipt.ended.adobe_tokens, 2, "{realm:?}");
        let revoked = receipt.revoked.unwrap();
        let told = (revoked.revoked, revoked.refused, revoked.unreached);
        assert_eq!(told, (2, 0, 0), "{realm:?}");
        let residue = receipt.residue.unwrap();
        assert!(residue.found.is_empty(), "{realm:?}: {:?}", residue.found);
        for token in [&first, &second] {
            assert!(!stage.sandbox.is_valid_token(token), "{realm:?}");
        }
        // Whoever asks now finds the database closed, and nobody let in.
        let header = format!("Bearer {first}");
        let late = authenticate(&stage.shop.app, Some(&header), known).await;
        assert!(late.is_err(), "{realm:?}");
    }
}

#[tokio::test]
async fn disabling_does_not_wait_for_a_provider_that_is_down() {
    let stage = Stage::new(Realm::OpenId).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    stage.sandbox.set_fault("*", Fault::Hang);
    let begun = std::time::Instant::now();
    let options = crate::switch::disable::Options::default();
    let receipt = crate::switch::disable::disable(&stage.shop.app, options).await;
    assert_eq!(receipt.unwrap().revoked.unwrap().unreached, 1);
    assert!(begun.elapsed() < std::time::Duration::from_secs(9));
}

/// What PHP Commerce does with a row: finds it by the digest of a token, and opens it.
const READ_BY_PHP: &str = "[, $env, $token, $hash, $sealed] = $argv; \
    $key = (include $env)['crypt']['key']; \
    if (str_starts_with($key, 'base64')) { $key = base64_decode(substr($key, 6)); } \
    if (!hash_equals(hash_hmac('sha256', $token, $key), $hash)) { exit('another digest'); } \
    [, , $sealed] = explode(':', $sealed); $sealed = base64_decode($sealed); \
    $nonce = substr($sealed, 0, 12); \
    echo sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($sealed, 12), $nonce, $nonce, $key);";

#[tokio::test]
async fn what_is_remembered_of_a_token_php_commerce_reads() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    let column = async |name: &str| {
        let sql = format!("SELECT {name} FROM `#admin_adobe_ims_webapi`");
        stage.shop.texts(&sql).await.remove(0)
    };
    let env = stage
        .shop
        .app
        .instance()
        .path_of(commerce::configuration::ConfigFile::Env);
    let output = std::process::Command::new("php")
        .args(["-r", READ_BY_PHP, "--"])
        .arg(env)
        .args([&token, &column("access_token_hash").await])
        .arg(column("access_token").await)
        .output()
        .expect("this test needs the PHP command line with sodium");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), token);
}

#[tokio::test]
async fn a_node_that_does_not_know_the_mode_knows_nobody() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = format!("Bearer {}", stage.token_of(EMAIL).await);
    let found = authenticate(&stage.shop.app, Some(&token), KnownMode::Unknown).await;
    assert_eq!(found.unwrap().unwrap_err(), ApiRefused::ModeUnknown);
}

#[test]
fn a_header_has_exactly_two_parts() {
    for (header, token) in [
        ("Bearer abc", Some("abc")),
        ("bEARER abc", Some("abc")),
        ("Bearer", None),
        ("Bearer ", None),
        ("Bearer  abc", None),
        ("Bearer abc ", None),
        ("Bearer abc def", None),
        ("Bearer\tabc", None),
        ("Basic abc", None),
        ("abc", None),
    ] {
        let read = bearer(header);
        assert_eq!(
            read.as_ref().map(ExposeSecret::expose_secret),
            token,
            "{header}"
        );
    }
    let long = format!("Bearer {}", "a".repeat(LONGEST_TOKEN + 1));
    assert!(bearer(&long).is_none());
}
