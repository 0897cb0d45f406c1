//! The rows of an instance, written with plain SQL so that a test does not rest on the code it
//! tests.

use super::{STALE_PROVIDER, Start, USERNAME};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::database::{Connection, Database, Value};

/// When everything was made.
const THEN: &str = "2025-11-20 10:00:00";

/// Later than any test.
const FAR_FUTURE: &str = "2037-01-01 00:00:00";

async fn connection(database: &Database) -> Connection {
    database.connection().await.expect("a connection")
}

async fn insert(connection: &mut Connection, table: &str, columns: &[(&str, Value)]) {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let marks = vec!["?"; names.len()].join(", ");
    let sql = format!(
        "INSERT INTO `#{table}` ({}) VALUES ({marks})",
        names.join(", ")
    );
    let values = columns.iter().map(|(_, value)| value.clone()).collect();
    if let Err(error) = connection.execute(&sql, values).await {
        panic!("{table}: {error}");
    }
}

fn text(json: &Json) -> Value {
    json.as_str().expect("text").into()
}

async fn configure(connection: &mut Connection, scope: (&str, u32), path: &str, value: Value) {
    let columns = [
        ("scope", scope.0.into()),
        ("scope_id", scope.1.into()),
        ("path", path.into()),
        ("value", value),
    ];
    insert(connection, "core_config_data", &columns).await;
}

/// What must be there before the integration can be switched on.
pub(super) async fn first_rows(database: &Database, provider: &str) {
    let mut connection = connection(database).await;
    let default = ("default", 0);
    for name in ["imsUrl", "organizationMembershipUrl"] {
        let path = format!("adobe_ims/integration/{name}");
        configure(&mut connection, default, &path, provider.into()).await;
    }
    configure(
        &mut connection,
        default,
        "general/store_information/name",
        "Shop".into(),
    )
    .await;
    configure(
        &mut connection,
        ("websites", 1),
        "web/default/cms_home_page",
        "home".into(),
    )
    .await;
}

/// Three admins: with a password of before, made while the integration was on, and locked.
pub(super) async fn admins(database: &Database, made: &Json) {
    let mut connection = connection(database).await;
    let hash = text(&made["password_hash"]);
    let unusable = Value::from(format!("{}:{}:1", "5".repeat(64), "s".repeat(32)));
    let admins = [
        (USERNAME, hash.clone(), None),
        ("ben", unusable, None),
        ("carl", hash, Some(FAR_FUTURE)),
    ];
    for (number, (name, password, lock)) in (1_u32..).zip(admins) {
        let columns = [
            ("user_id", number.into()),
            ("firstname", name.into()),
            ("lastname", "Admin".into()),
            ("email", format!("{name}@shop.test").into()),
            ("username", name.into()),
            ("password", password.clone()),
            ("created", THEN.into()),
            ("modified", THEN.into()),
            ("extra", "null".into()),
            ("lock_expires", lock.into()),
        ];
        insert(&mut connection, "admin_user", &columns).await;
        let columns = [
            ("user_id", number.into()),
            ("password_hash", password),
            ("last_updated", 1_700_000_000_i64.into()),
        ];
        insert(&mut connection, "admin_passwords", &columns).await;
        let columns = [
            ("parent_id", 1_u32.into()),
            ("tree_level", 2_u32.into()),
            ("role_type", "U".into()),
            ("user_id", number.into()),
            ("user_type", "2".into()),
            ("role_name", name.into()),
        ];
        insert(&mut connection, "authorization_role", &columns).await;
    }
}

/// What Adobe ID leaves behind: settings in another scope, tokens, sessions; and, where the
/// integration is off, the settings of an earlier one in the default scope.
pub(super) async fn adobe(database: &Database, start: Start, made: &Json) {
    let mut connection = connection(database).await;
    settings_of_adobe(&mut connection, start, made).await;
    tokens_of_adobe(&mut connection, &made["tokens"]).await;
    sessions(&mut connection, start).await;
    let owner = [Value::from(1_u32), Value::Null, Value::Null];
    token(&mut connection, 1, owner, 2).await;
}

async fn settings_of_adobe(connection: &mut Connection, start: Start, made: &Json) {
    let names = ["organization_id", "api_key", "private_key"];
    for name in names {
        let (path, sealed) = (
            format!("adobe_ims/integration/{name}"),
            &made["settings"][name],
        );
        configure(connection, ("websites", 1), &path, text(sealed)).await;
        if start == Start::Commerce {
            configure(connection, ("default", 0), &path, text(sealed)).await;
        }
    }
    if start == Start::Commerce {
        let path = "adobe_ims/integration/admin_enabled";
        configure(connection, ("default", 0), path, "0".into()).await;
    }
    for (path, value) in STALE_PROVIDER {
        configure(connection, ("websites", 1), path, value.into()).await;
        if start == Start::Commerce {
            configure(connection, ("default", 0), path, value.into()).await;
        }
    }
}

async fn tokens_of_adobe(connection: &mut Connection, tokens: &Json) {
    let columns = [
        ("admin_user_id", 2_u32.into()),
        ("access_token_hash", "c".repeat(64).into()),
        ("access_token", text(&tokens[0])),
        ("created_at", THEN.into()),
        ("updated_at", THEN.into()),
        ("last_check_time", THEN.into()),
        ("access_token_expires_at", FAR_FUTURE.into()),
    ];
    insert(connection, "admin_adobe_ims_webapi", &columns).await;
    let columns = [
        ("admin_user_id", 1_u32.into()),
        ("name", "Anna Admin".into()),
        ("email", "anna@shop.test".into()),
        ("image", "".into()),
        ("access_token", text(&tokens[1])),
        ("refresh_token", text(&tokens[2])),
        ("created_at", THEN.into()),
        ("updated_at", THEN.into()),
        ("access_token_expires_at", FAR_FUTURE.into()),
    ];
    insert(connection, "adobe_user_profile", &columns).await;
}

async fn sessions(connection: &mut Connection, start: Start) {
    for (number, status) in [(1_u32, 1_u32), (2, 1), (3, 3)] {
        let columns = [
            ("user_id", number.into()),
            ("status", status.into()),
            ("created_at", THEN.into()),
            ("updated_at", THEN.into()),
            ("ip", "192.0.2.7".into()),
        ];
        insert(connection, "admin_user_session", &columns).await;
    }
    let mode = if start == Start::Commerce {
        "commerce"
    } else {
        "adobe_ims"
    };
    let columns = [
        ("id_hash", "a".repeat(64).into()),
        ("user_id", 2_u32.into()),
        ("mode", mode.into()),
        ("epoch", 1_u32.into()),
        ("created_at", 1_763_600_000_i64.into()),
        ("last_seen_at", 1_763_600_000_i64.into()),
        ("ip", "192.0.2.7".into()),
        ("user_agent", "Browser".into()),
        ("forget_at", 1_763_700_000_i64.into()),
    ];
    insert(connection, "postern_session", &columns).await;
}

/// A token of the web API: of an admin, a customer or an integration.
async fn token(connection: &mut Connection, number: u32, owner: [Value; 3], user_type: u32) {
    let [admin, customer, consumer] = owner;
    let columns = [
        ("entity_id", number.into()),
        ("admin_id", admin),
        ("customer_id", customer),
        ("consumer_id", consumer),
        ("type", "access".into()),
        ("token", format!("{number:032}").into()),
        ("secret", format!("{number:032}").into()),
        ("callback_url", "".into()),
        ("user_type", user_type.into()),
        ("created_at", THEN.into()),
    ];
    insert(connection, "oauth_token", &columns).await;
}

/// Tables that belong to other modules, of which a switch knows nothing.
const FOREIGN_TABLES: [&str; 3] = ["customer_entity", "oauth_consumer", "persistent_session"];

async fn foreign_tables(connection: &mut Connection) {
    for table in FOREIGN_TABLES {
        let sql = format!(
            "CREATE TABLE `#{table}` (entity_id INTEGER PRIMARY KEY, name VARCHAR(255), \
             updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)"
        );
        connection.execute_script(&sql).await.expect("a table");
        let name = format!("adobe_access_token of {table}");
        insert(
            connection,
            table,
            &[("entity_id", 7_u32.into()), ("name", name.into())],
        )
        .await;
    }
}

/// Customers, integrations, and everything else that is none of the switch's business.
pub(super) async fn everybody_else(database: &Database) {
    let mut connection = connection(database).await;
    foreign_tables(&mut connection).await;
    for (number, owner, user_type) in [
        (2, [Value::Null, 7_u32.into(), Value::Null], 3),
        (3, [Value::Null, Value::Null, 7_u32.into()], 1),
    ] {
        token(&mut connection, number, owner, user_type).await;
    }
    // The same number as an admin's: only the type of user tells them apart.
    for (user_type, user) in [(3_u32, 1_u32), (3, 7), (2, 1)] {
        let columns = [
            ("user_type_id", user_type.into()),
            ("user_id", user.into()),
            ("revoke_before", 1_700_000_000_i64.into()),
        ];
        insert(&mut connection, "jwt_auth_revoked", &columns).await;
    }
    let columns = [
        ("user_name", "customer".into()),
        ("user_type", 2_u32.into()),
    ];
    insert(&mut connection, "oauth_token_request_log", &columns).await;
    let columns = [
        ("flag_code", "system".into()),
        ("flag_data", "{\"a\":1}".into()),
    ];
    insert(&mut connection, "flag", &columns).await;
    insert(
        &mut connection,
        "captcha_log",
        &[("type", "1".into()), ("value", "ip".into())],
    )
    .await;
    let columns = [
        ("user_id", 1_u32.into()),
        ("encoded_providers", "[\"google\"]".into()),
    ];
    insert(&mut connection, "tfa_user_config", &columns).await;
    let columns = [
        ("request_type", 0_u32.into()),
        ("account_reference", "kim@shop.test".into()),
        ("ip", "192.0.2.9".into()),
    ];
    insert(&mut connection, "password_reset_request_event", &columns).await;
}

/// PHP's sessions in the table, as its handler stores them there: encoded once more.
pub(super) async fn stored_sessions(database: &Database, sessions: &BTreeMap<String, Vec<u8>>) {
    let mut connection = connection(database).await;
    for (name, bytes) in sessions {
        let columns = [
            ("session_id", Value::from(name.as_str())),
            ("session_expires", 1_763_600_000_i64.into()),
            ("session_data", data_encoding::BASE64.encode(bytes).into()),
        ];
        insert(&mut connection, "session", &columns).await;
    }
}
