//! A crate may know only those above it in the table of the design: leaves first, the command line
//! last. So a change below never breaks something above by surprise, and a rule stays in one place.
#![cfg(test)]

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// The crates of the product, each of which may know those before it.
const ORDER: [&str; 8] = [
    "commerce", "openid", "webauthn", "domain", "store", "service", "web", "postern",
];

/// Stands beside the product and knows nothing of it.
const SANDBOX: &str = "ims-sandbox";

/// These put everything together, to show it and to try it; nothing may know them.
const ABOVE_ALL: [&str; 2] = ["demo", "e2e"];

/// The leaves, by what each may not even name: they work on bytes and words alone.
const LEAVES: [(&str, &[&str]); 3] = [
    ("commerce", &["tokio", "sqlx", "axum", "reqwest"]),
    ("openid", &["sqlx", "axum"]),
    (
        "webauthn",
        &["tokio", "sqlx", "axum", "reqwest", "getrandom"],
    ),
];

fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo describes the workspace")
}

fn package<'a>(workspace: &'a Metadata, name: &str) -> &'a Package {
    let packages = workspace.packages.iter();
    packages
        .clone()
        .find(|package| package.name.as_str() == name)
        .expect("every crate is there")
}

fn dependencies(package: &Package, kinds: &[DependencyKind]) -> Vec<String> {
    let chosen = package
        .dependencies
        .iter()
        .filter(|dependency| kinds.contains(&dependency.kind));
    chosen.map(|dependency| dependency.name.clone()).collect()
}

fn is_beside(name: &str) -> bool {
    name == SANDBOX || ABOVE_ALL.contains(&name)
}

const SHIPPED: [DependencyKind; 2] = [DependencyKind::Normal, DependencyKind::Build];

#[test]
fn a_crate_knows_only_those_above_it_in_the_table() {
    let workspace = workspace();
    let mut wrong = Vec::new();
    for (position, name) in ORDER.iter().enumerate() {
        for known in dependencies(package(&workspace, name), &SHIPPED) {
            let place = ORDER.iter().position(|other| *other == known);
            if place.is_some_and(|place| place >= position) || is_beside(&known) {
                wrong.push(format!("{name} must not know {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// In tests a crate may also know itself with another feature, and the stand-in.
#[test]
fn tests_know_no_more_than_that_themselves_and_the_sandbox() {
    let workspace = workspace();
    let mut wrong = Vec::new();
    for (position, name) in ORDER.iter().enumerate() {
        for known in dependencies(package(&workspace, name), &[DependencyKind::Development]) {
            let place = ORDER.iter().position(|other| *other == known);
            if place.is_some_and(|place| place > position) || ABOVE_ALL.contains(&known.as_str()) {
                wrong.push(format!("the tests of {name} must not know {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sandbox_knows_nothing_of_the_product_and_nothing_knows_the_demo_or_the_end_to_end_tests() {
    let workspace = workspace();
    let every = [
        DependencyKind::Normal,
        DependencyKind::Build,
        DependencyKind::Development,
    ];
    let known = dependencies(package(&workspace, SANDBOX), &every);
    let of_the_product = known
        .iter()
        .find(|name| ORDER.contains(&name.as_str()) || ABOVE_ALL.contains(&name.as_str()));
    assert_eq!(of_the_product, None);
    for package in &workspace.packages {
        let known = dependencies(package, &every);
        let above = known.iter().find(|name| ABOVE_ALL.contains(&name.as_str()));
        assert_eq!(above, None, "{} knows it", package.name);
    }
}

#[test]
fn every_crate_has_its_place_in_the_table() {
    for package in &workspace().packages {
        let name = package.name.as_str();
        assert!(
            ORDER.contains(&name) || is_beside(name),
            "{name} needs a place in the table of the design"
        );
    }
}

#[test]
fn a_leaf_does_not_reach_outside_its_field() {
    let workspace = workspace();
    for (leaf, forbidden) in LEAVES {
        for known in dependencies(package(&workspace, leaf), &SHIPPED) {
            assert!(
                !forbidden.contains(&known.as_str()),
                "{leaf} must not know {known}"
            );
        }
    }
    let known = dependencies(package(&workspace, "domain"), &SHIPPED);
    assert!(
        !known
            .iter()
            .any(|name| ["tokio", "store", "openid"].contains(&name.as_str()))
    );
}
