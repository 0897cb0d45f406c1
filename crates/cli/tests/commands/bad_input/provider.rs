//! The provider refuses, is away, slow, or answers nonsense: nothing is changed.

use std::time::{Duration, Instant};

use ims_sandbox::Fault;

use crate::run::Run;
use crate::shop::Shop;

const AUTHORIZE: &str = "/ims/authorize/v2";
const TOKEN: &str = "/ims/token";

fn enabling(shop: &Shop, path: &str, fault: Fault) -> Run {
    shop.provider().clear_faults();
    shop.provider().set_fault(path, fault);
    shop.enabling(&[]).refused()
}

#[test]
fn it_does_not_know_the_client() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(shop.enabling(&["--client-id=stranger"]).refused(), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER refused the client ID; compare it with the credential in the Adobe Developer Console
    ");
}

#[test]
fn it_refuses_the_secret() {
    let shop = Shop::new().with_provider();
    let given = [
        "admin:adobe-ims:enable",
        "-o0123456789ABCDEF01234567",
        "-csandbox-client",
        "-ty",
    ];
    let run = shop
        .postern(&[&given[..], &["-s-"]].concat())
        .input("guessed-secret\n")
        .refused();
    assert!(!run.stderr.contains("guessed-secret"), "{run}");
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER accepted the client ID but refused the client secret; copy the secret again from the Adobe Developer Console
    ");
}

#[test]
fn nothing_listens_there() {
    let shop = Shop::new();
    shop.set_configuration("adobe_ims/integration/imsUrl", "http://127.0.0.1:1");
    insta::assert_snapshot!(shop.enabling(&[]).refused(), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      127.0.0.1:1 cannot be reached: it does not accept the connection; nothing is known about the credentials, try again later
    ");
}

#[test]
fn its_name_does_not_exist() {
    let shop = Shop::new();
    shop.set_configuration("adobe_ims/integration/imsUrl", "https://ims.invalid");
    insta::assert_snapshot!(shop.enabling(&[]).refused(), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      ims.invalid cannot be reached: its name could not be looked up in DNS; nothing is known about the credentials, try again later
    ");
}

#[test]
fn its_address_is_none() {
    let shop = Shop::new();
    shop.set_configuration("adobe_ims/integration/imsUrl", "ftp://ims.test");
    insta::assert_snapshot!(shop.enabling(&[]).refused(), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      The address in adobe_ims/integration/admin/auth_url_pattern begins with `ftp:`; only https is allowed
    ");
}

#[test]
fn it_closes_the_connection() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(enabling(&shop, AUTHORIZE, Fault::Down), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER cannot be reached: the connection broke off before a complete answer, or it does not speak HTTP; nothing is known about the credentials, try again later
    ");
    insta::assert_snapshot!(enabling(&shop, TOKEN, Fault::Down), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER cannot be reached: the connection broke off before a complete answer, or it does not speak HTTP; nothing is known about the credentials, try again later
    ");
}

#[test]
fn it_answers_with_a_page_of_its_own() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(enabling(&shop, AUTHORIZE, Fault::Nonsense), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER gave no valid answer to the authorization request: status 200; nothing is known about the credentials, check the address of the provider or try again later
    ");
    insta::assert_snapshot!(enabling(&shop, TOKEN, Fault::Nonsense), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER gave no valid answer to the token request: a web page instead of JSON; nothing is known about the credentials, check the address of the provider or try again later
    ");
}

#[test]
fn it_has_an_error_of_its_own() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(enabling(&shop, AUTHORIZE, Fault::ServerError), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER gave no valid answer to the authorization request: status 500; nothing is known about the credentials, check the address of the provider or try again later
    ");
    insta::assert_snapshot!(enabling(&shop, TOKEN, Fault::ServerError), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER gave no valid answer to the token request: status 500; nothing is known about the credentials, check the address of the provider or try again later
    ");
}

#[test]
fn it_answers_without_an_end() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(enabling(&shop, AUTHORIZE, Fault::Huge), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER gave no valid answer to the authorization request: more than 256 KiB; nothing is known about the credentials, check the address of the provider or try again later
    ");
    insta::assert_snapshot!(enabling(&shop, TOKEN, Fault::Huge), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER gave no valid answer to the token request: more than 256 KiB; nothing is known about the credentials, check the address of the provider or try again later
    ");
}

#[test]
fn it_never_answers() {
    let shop = Shop::new().with_provider();
    let began = Instant::now();
    insta::assert_snapshot!(enabling(&shop, TOKEN, Fault::Hang), @"
    exit code 1
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
      PROVIDER cannot be reached: no complete answer within 10 s; nothing is known about the credentials, try again later
    ");
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_slow_answer_is_waited_for() {
    let shop = Shop::new().with_provider();
    shop.provider().set_fault(TOKEN, Fault::Slow);
    shop.enabling(&[]).run().succeeded();
}
