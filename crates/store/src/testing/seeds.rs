//! Rows as PHP Commerce leaves them, written with plain SQL so that a test does not rest on the
//! code it tests.

use super::TestDatabase;
use crate::database::{Connection, Value};
use crate::schema::ADMINISTRATORS_ROLE;

/// An admin to be. `AdminSeed { username: "anna", password_hash: HASH, ..AdminSeed::default() }`
/// is active, holds the role `Administrators` and has never failed to sign in.
#[derive(Clone, Debug)]
pub struct AdminSeed<'a> {
    /// `admin_user.username`.
    pub username: &'a str,
    /// `admin_user.email`.
    pub email: Option<&'a str>,
    /// `admin_user.firstname`.
    pub first_name: &'a str,
    /// `admin_user.lastname`.
    pub last_name: &'a str,
    /// `admin_user.password`, as Commerce stores it. Empty: nobody can sign in with it.
    pub password_hash: &'a str,
    /// Unix seconds at which the password was set (a row of `admin_passwords`), if ever.
    pub password_set_at: Option<i64>,
    /// `admin_user.is_active`.
    pub is_active: bool,
    /// The id of the role held, or none.
    pub role: Option<u32>,
    /// `admin_user.failures_num`.
    pub failures: u32,
    /// `admin_user.first_failure`, unix seconds.
    pub first_failure: Option<i64>,
    /// `admin_user.lock_expires`, unix seconds.
    pub lock_expires: Option<i64>,
}

impl Default for AdminSeed<'_> {
    fn default() -> Self {
        Self {
            username: "admin",
            email: Some("admin@example.com"),
            first_name: "Ada",
            last_name: "Admin",
            password_hash: "",
            password_set_at: None,
            is_active: true,
            role: Some(ADMINISTRATORS_ROLE),
            failures: 0,
            first_failure: None,
            lock_expires: None,
        }
    }
}

impl TestDatabase {
    /// Adds an admin, as `admin:user:create` of Commerce does, and returns the id.
    pub async fn seed_admin(&self, admin: &AdminSeed<'_>) -> u32 {
        let mut connection = self.connection().await;
        let timestamp = connection.dialect().timestamp();
        let sql = format!(
            "INSERT INTO `#admin_user` (firstname, lastname, email, username, password, is_active, \
             extra, failures_num, first_failure, lock_expires) \
             VALUES (?, ?, ?, ?, ?, ?, 'null', ?, {timestamp}, {timestamp})"
        );
        let arguments = vec![
            admin.first_name.into(),
            admin.last_name.into(),
            admin.email.into(),
            admin.username.into(),
            admin.password_hash.into(),
            admin.is_active.into(),
            admin.failures.into(),
            admin.first_failure.into(),
            admin.lock_expires.into(),
        ];
        let id = insert(&mut connection, &sql, arguments).await;
        if let Some(at) = admin.password_set_at {
            let sql = "INSERT INTO `#admin_passwords` (user_id, password_hash, last_updated) \
                       VALUES (?, ?, ?)";
            insert(
                &mut connection,
                sql,
                vec![id.into(), admin.password_hash.into(), at.into()],
            )
            .await;
        }
        if let Some(role) = admin.role {
            let sql = "INSERT INTO `#authorization_role` (parent_id, tree_level, role_type, \
                       user_id, user_type, role_name) VALUES (?, 2, 'U', ?, '2', ?)";
            insert(
                &mut connection,
                sql,
                vec![role.into(), id.into(), admin.username.into()],
            )
            .await;
        }
        id
    }

    /// Adds a role with one rule for each resource named, and returns the role's id.
    pub async fn seed_role(&self, name: &str, allowed: &[&str], denied: &[&str]) -> u32 {
        let mut connection = self.connection().await;
        let sql = "INSERT INTO `#authorization_role` (parent_id, tree_level, role_type, user_id, \
                   user_type, role_name) VALUES (0, 1, 'G', 0, '2', ?)";
        let role = insert(&mut connection, sql, vec![name.into()]).await;
        let rules = allowed.iter().map(|resource| (resource, "allow"));
        for (resource, permission) in rules.chain(denied.iter().map(|name| (name, "deny"))) {
            let sql = "INSERT INTO `#authorization_rule` (role_id, resource_id, permission) \
                       VALUES (?, ?, ?)";
            let arguments = vec![role.into(), (*resource).into(), permission.into()];
            insert(&mut connection, sql, arguments).await;
        }
        role
    }

    /// Sets a configuration value in a scope (`default`, `websites` or `stores`).
    pub async fn seed_configuration(&self, scope: &str, scope_id: i64, path: &str, value: &str) {
        let sql = "INSERT INTO `#core_config_data` (scope, scope_id, path, value) \
                   VALUES (?, ?, ?, ?)";
        let arguments = vec![scope.into(), scope_id.into(), path.into(), value.into()];
        self.execute(sql, arguments).await;
    }
}

async fn insert(connection: &mut Connection, sql: &str, arguments: Vec<Value>) -> u32 {
    connection
        .execute(sql, arguments)
        .await
        .expect("the row goes in");
    connection.last_insert_id().await.expect("its id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test]
    async fn a_seeded_admin_has_the_rows_that_commerce_writes() {
        each_engine(async |test| {
            let id = test
                .seed_admin(&AdminSeed {
                    username: "anna",
                    password_hash: "hash",
                    password_set_at: Some(1_700_000_000),
                    lock_expires: Some(1_700_000_060),
                    ..AdminSeed::default()
                })
                .await;
            let joined = "SELECT CONCAT(u.username, '|', u.lock_expires, '|', p.last_updated, '|', \
                          a.tree_level, '|', r.resource_id, '|', r.permission) \
                          FROM `#admin_user` u \
                          JOIN `#admin_passwords` p ON p.user_id = u.user_id \
                          JOIN `#authorization_role` a ON a.user_id = u.user_id \
                          JOIN `#authorization_rule` r ON r.role_id = a.parent_id \
                          WHERE u.user_id = ?";
            let rows = test.rows(joined, vec![id.into()]).await;
            assert_eq!(
                rows[0].text(0).unwrap(),
                "anna|2023-11-14 22:14:20|1700000000|2|Magento_Backend::all|allow"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn a_seeded_role_allows_and_denies() {
        each_engine(async |test| {
            let role = test
                .seed_role("Editors", &["Magento_Cms::page"], &["Magento_User::acl"])
                .await;
            test.seed_configuration("default", 0, "a/b/c", "1").await;
            let sql = "SELECT permission FROM `#authorization_rule` WHERE role_id = ? \
                       ORDER BY rule_id";
            let rows = test.rows(sql, vec![role.into()]).await;
            assert_eq!(rows[0].text(0).unwrap(), "allow");
            assert_eq!(rows[1].text(0).unwrap(), "deny");
        })
        .await;
    }
}
