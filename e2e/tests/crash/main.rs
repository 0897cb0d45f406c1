//! Promise 1 by force: the real program is killed, or its calls fail, at every single call that
//! writes. After each of these the instance is wholly in one mode, somebody can sign in, the same
//! command run again completes, and nothing that was to go is left.
//!
//! The short selection runs by default; `-- --ignored` tries every call. See `checks` for what is
//! asked after each fault, `points` for the selections.
#![cfg(test)]

mod checks;
mod points;
mod scenario;
mod sign_in;
mod states;

use e2e::shop::Engine;
use points::Selection;
use scenario::{Command, try_all};

#[test]
fn whatever_stops_disable_on_sqlite_leaves_one_mode_and_a_way_in() {
    try_all(Command::Disable, Engine::Sqlite, Selection::Short);
}

#[test]
fn whatever_stops_enable_on_sqlite_leaves_one_mode_and_a_way_in() {
    try_all(Command::Enable, Engine::Sqlite, Selection::Short);
}

#[test]
fn whatever_stops_disable_on_mariadb_leaves_one_mode_and_a_way_in() {
    try_all(Command::Disable, Engine::MariaDb, Selection::Short);
}

#[test]
fn whatever_stops_enable_on_mariadb_leaves_one_mode_and_a_way_in() {
    try_all(Command::Enable, Engine::MariaDb, Selection::Short);
}

#[test]
#[ignore = "takes some ten minutes"]
fn whatever_stops_disable_on_sqlite_at_any_call() {
    try_all(Command::Disable, Engine::Sqlite, Selection::Whole);
}

#[test]
#[ignore = "takes some ten minutes"]
fn whatever_stops_enable_on_sqlite_at_any_call() {
    try_all(Command::Enable, Engine::Sqlite, Selection::Whole);
}

#[test]
#[ignore = "takes some ten minutes"]
fn whatever_stops_disable_on_mariadb_at_any_call() {
    try_all(Command::Disable, Engine::MariaDb, Selection::Whole);
}

#[test]
#[ignore = "takes some ten minutes"]
fn whatever_stops_enable_on_mariadb_at_any_call() {
    try_all(Command::Enable, Engine::MariaDb, Selection::Whole);
}
