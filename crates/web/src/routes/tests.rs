//! Every route of the list, tried by strangers, by browsers and by who is signed in, with every
//! password that any door could ask for. The same walk is made while the integration is off, and
//! must then find the doors that take one: what it cannot open there, it could not miss here.

mod walk;

use super::{pages, provider_calls, web_api};
use axum::http::Method;
use std::collections::BTreeSet;
use walk::{Visitor, Walk};

/// Addresses, and the words with which each refuses a password while the integration is on.
const PASSWORD_DOORS: [(&str, &str); 7] = [
    ("/back", "Please sign in with Adobe ID"),
    ("/back/admin", "Please sign in with Adobe ID"),
    (
        "/back/admin/auth/forgotpassword",
        "Please sign in with Adobe ID",
    ),
    (
        "/back/admin/auth/resetpasswordpost",
        "Please sign in with Adobe ID",
    ),
    ("/back/admin/system_account", "Please sign in with Adobe ID"),
    (
        "/rest/V1/integration/admin/token",
        "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.",
    ),
    (
        "/rest/all/V1/integration/admin/token",
        "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.",
    ),
];

const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

const VISITORS: [Visitor; 3] = [Visitor::Program, Visitor::Browser, Visitor::Ann];

/// Every address of the list, with something in the place of each part that varies.
fn addresses() -> Vec<String> {
    let routes = pages().into_iter().chain(provider_calls()).chain(web_api());
    let mut all = Vec::new();
    for route in routes {
        let address = route
            .path
            .replace("{front}", "back")
            .replace("{store}", "all")
            .replace("{user_id}", "1")
            .replace("{via}", "sms")
            .replace("{file}", crate::assets::STYLESHEET.name());
        assert!(!address.contains('{'), "what stands for it: {address}");
        if route.has_slash {
            all.push(format!("{address}/"));
        }
        all.push(address);
    }
    all
}

#[tokio::test]
async fn v15_no_route_takes_a_password_while_the_integration_is_on() {
    let walk = Walk::begin().await;
    walk.shop.integrate_all().await;
    for address in addresses() {
        for method in METHODS {
            for visitor in VISITORS {
                for is_json in [false, true] {
                    let (answer, is_gain) = walk.attempt(visitor, &method, &address, is_json).await;
                    let what = format!("{method} {address} {visitor:?} {is_json}\n{answer}");
                    assert!(!is_gain, "{what}");
                    assert_ne!(answer.status(), 500, "{what}");
                }
            }
        }
        walk.put_back().await;
    }
}

#[tokio::test]
async fn v15_no_route_takes_a_password_and_a_code_while_the_integration_is_on() {
    let walk = Walk::begin_asking().await;
    walk.shop.integrate_all().await;
    for address in addresses() {
        for method in [Method::GET, Method::POST, Method::PUT] {
            for visitor in VISITORS {
                for is_json in [false, true] {
                    let (answer, is_gain) = walk.attempt(visitor, &method, &address, is_json).await;
                    let what = format!("{method} {address} {visitor:?} {is_json}\n{answer}");
                    assert!(!is_gain, "{what}");
                    assert_ne!(answer.status(), 500, "{what}");
                }
            }
        }
        walk.put_back().await;
    }
}

#[tokio::test]
async fn where_a_second_factor_is_asked_for_only_the_one_that_takes_it_opens_to_a_password() {
    let walk = Walk::begin_asking().await;
    let mut found = BTreeSet::new();
    for address in addresses() {
        for visitor in VISITORS {
            for is_json in [false, true] {
                let (_, is_gain) = walk
                    .attempt(visitor, &Method::POST, &address, is_json)
                    .await;
                if is_gain {
                    found.insert(address.trim_end_matches('/').to_owned());
                    walk.put_back().await;
                }
            }
        }
    }
    let expected = [
        "/back/admin/auth/forgotpassword",
        "/back/admin/auth/resetpasswordpost",
        "/rest/V1/tfa/provider/google/authenticate",
        "/rest/all/V1/tfa/provider/google/authenticate",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
}

#[tokio::test]
async fn v15_the_same_walk_finds_the_doors_while_it_is_off_and_each_of_them_names_it_while_on() {
    let walk = Walk::begin().await;
    let mut found = BTreeSet::new();
    for address in addresses() {
        for visitor in VISITORS {
            for is_json in [false, true] {
                let (_, is_gain) = walk
                    .attempt(visitor, &Method::POST, &address, is_json)
                    .await;
                if is_gain {
                    found.insert((address.clone(), is_json));
                    walk.put_back().await;
                }
            }
        }
    }
    let doors: BTreeSet<&str> = found
        .iter()
        .map(|(address, _)| address.trim_end_matches('/').trim_end_matches("/index"))
        .collect();
    let expected = PASSWORD_DOORS.iter().map(|(address, _)| *address).collect();
    assert_eq!(doors, expected);

    walk.shop.integrate_all().await;
    for (address, is_json) in &found {
        let is_account = address.contains("system_account");
        let visitor = if is_account {
            Visitor::Ann
        } else {
            Visitor::Program
        };
        let (answer, _) = walk
            .attempt(visitor, &Method::POST, address, *is_json)
            .await;
        let door = address.trim_end_matches('/').trim_end_matches("/index");
        let (_, words) = PASSWORD_DOORS
            .iter()
            .find(|(path, _)| *path == door)
            .unwrap();
        let status = if *is_json { 401 } else { 403 };
        assert_eq!(answer.status(), status, "{address}\n{answer}");
        assert!(answer.body.contains(words), "{address}\n{answer}");
    }
}

#[test]
fn v15_every_route_is_opened_from_the_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("routes.rs") && !path.ends_with("routes/tests.rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                for opener in [".route(", ".route_service(", ".nest(", ".merge("] {
                    assert!(!source.contains(opener), "{opener} in {}", path.display());
                }
            }
        }
    }
}
