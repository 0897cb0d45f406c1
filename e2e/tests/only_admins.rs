//! Promise 5 by comparison: everything in the database, and every stored session and file, is the
//! same before and after a switch, save what is listed here row by row and column by column.
#![cfg(test)]

use e2e::dump::{Dump, Row, difference};
use e2e::redis::Redis;
use e2e::shop::{Engine, Sessions, Shop, Start};
use std::collections::BTreeMap;

/// Tables of which a switch may change any row: Postern's own record of the mode, its sessions and
/// its audit, and Adobe's tokens of the web API.
const WHOLE_TABLES: [&str; 4] = [
    "postern_sign_in_mode",
    "postern_session",
    "postern_audit_event",
    "admin_adobe_ims_webapi",
];

/// Which rows of a table are meant.
type Meant = fn(&Row) -> bool;

/// Columns that may change, in the rows of which this holds. A column that the server itself sets
/// at each change of a row is listed with what changes.
const COLUMNS: [(&str, Meant, &[&str]); 3] = [
    // Sessions of admins by which PHP Commerce knows them.
    ("admin_user_session", |_| true, &["status", "updated_at"]),
    // Tokens of the Stock sign-in; the profile stays.
    (
        "adobe_user_profile",
        |_| true,
        &["access_token", "refresh_token", "updated_at"],
    ),
    // Opaque tokens of admins; not those of customers and integrations.
    (
        "oauth_token",
        |row| row["admin_id"] != "(null)",
        &["revoked"],
    ),
];

/// Rows that may come, go and change.
const ROWS: [(&str, Meant); 4] = [
    // The flag and the credentials, in every scope.
    ("core_config_data", |row| {
        SETTINGS.contains(&row["path"].as_str())
    }),
    // Until when tokens are void: of admins (2), not of customers (3).
    ("jwt_auth_revoked", |row| row["user_type_id"] == "2"),
    // The role that Adobe ID gives to those it brings in.
    ("authorization_role", |row| row["role_name"] == "Adobe Ims"),
    // The one stored session that holds an Adobe token.
    ("session", |row| row["session_id"] == "adobeadmin"),
];

const SETTINGS: [&str; 10] = [
    "adobe_ims/integration/admin_enabled",
    "adobe_ims/integration/organization_id",
    "adobe_ims/integration/api_key",
    "adobe_ims/integration/private_key",
    "postern/openid/issuer",
    "postern/openid/scopes",
    "postern/openid/organization_claim",
    "postern/openid/role_claim",
    "postern/openid/roles",
    "postern/openid/provisioning",
];

/// Files that are not compared byte by byte: the two that hold settings, and the database's own.
const FILES: [&str; 3] = [
    "/app/etc/config.php",
    "/app/etc/env.php",
    "/data/postern.sqlite",
];

/// The file of the one session that holds an Adobe token.
const ADOBE_SESSION: &str = "/var/session/sess_adobeadmin";

/// What must be the same before and after.
fn untouchable(mut dump: Dump) -> Dump {
    for table in WHOLE_TABLES {
        assert!(dump.remove(table).is_some(), "there is no table {table}");
    }
    for (table, is_meant, columns) in COLUMNS {
        for row in dump.get_mut(table).expect("every table is there") {
            if is_meant(row) {
                columns
                    .iter()
                    .for_each(|column| drop(row.remove(*column).expect("a column")));
            }
        }
    }
    for (table, is_meant) in ROWS {
        dump.get_mut(table)
            .expect("every table is there")
            .retain(|row| !is_meant(row));
    }
    dump.values_mut().for_each(|rows| rows.sort());
    dump
}

fn other_files(shop: &Shop) -> BTreeMap<String, Vec<u8>> {
    let files = shop.files().into_iter();
    files
        .filter(|(path, _)| !FILES.iter().any(|file| path.ends_with(file)))
        .collect()
}

/// Switches the way that `start` leaves open, and compares.
fn compare(engine: Engine, start: Start, sessions: Sessions, redis: Option<&Redis>) {
    let shop = Shop::make(engine, start, sessions);
    std::fs::write(
        shop.root().join("var/log/system.log"),
        "main.INFO: adobe_access_token\n",
    )
    .expect("a file");
    if let Some(redis) = redis {
        shop.sessions
            .iter()
            .for_each(|(name, data)| redis.store_session(name, data));
    }
    let command = match start {
        Start::Commerce => shop.enable(),
        Start::AdobeIms => shop.disable(),
    };
    let (rows, files) = (shop.dump(), other_files(&shop));
    let keys = redis.map(Redis::everything).unwrap_or_default();
    assert!(
        rows.values().map(Vec::len).sum::<usize>() > 40,
        "there is something to compare"
    );

    let run = shop.run(&command);
    assert_eq!(run.code, 0, "{}", run.stderr);

    let (rows_after, mut files_after) = (shop.dump(), other_files(&shop));
    assert_ne!(rows, rows_after, "something was switched");
    let told = difference(&untouchable(rows), &untouchable(rows_after));
    assert_eq!(told, None, "{}", told.as_deref().unwrap_or_default());
    for (path, content) in files {
        let is_left = files_after.remove(&path) == Some(content);
        assert_eq!(is_left, !path.ends_with(ADOBE_SESSION), "{path}");
    }
    assert!(
        files_after.is_empty(),
        "new files: {:?}",
        files_after.keys()
    );
    let mut kept = keys;
    kept.retain(|(key, _)| key != "sess_adobeadmin");
    assert_eq!(redis.map(Redis::everything).unwrap_or_default(), kept);
}

fn compare_both_ways(engine: Engine, sessions: Sessions, redis: Option<&Redis>) {
    compare(engine, Start::AdobeIms, sessions, redis);
    compare(engine, Start::Commerce, sessions, redis);
}

#[test]
fn a_switch_on_sqlite_touches_nobody_else() {
    compare_both_ways(Engine::Sqlite, Sessions::Files, None);
}

#[test]
fn a_switch_on_mariadb_with_a_prefix_touches_nobody_else() {
    compare_both_ways(Engine::MariaDb, Sessions::Files, None);
}

#[test]
fn a_switch_touches_no_other_session_in_the_table_of_sqlite() {
    compare_both_ways(Engine::Sqlite, Sessions::Database, None);
}

#[test]
fn a_switch_touches_no_other_session_in_the_table_of_mariadb() {
    compare_both_ways(Engine::MariaDb, Sessions::Database, None);
}

#[test]
fn a_switch_touches_no_other_session_in_redis() {
    for engine in [Engine::Sqlite, Engine::MariaDb] {
        for start in [Start::AdobeIms, Start::Commerce] {
            let redis = Redis::start();
            compare(engine, start, Sessions::Redis(redis.port()), Some(&redis));
        }
    }
}
