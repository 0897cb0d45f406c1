//! What a role lets its admin do, beyond what [`super::find_by_id`] brings along.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;

/// Whether the role of an admin allows a resource, by name or with everything. A role that denies
/// it by name does not, whatever else it allows; an admin without a role may do nothing.
pub async fn is_allowed(
    connection: &mut Connection,
    id: AdminId,
    resource: &str,
) -> Result<bool, DatabaseError> {
    // A person with several role rows has, as in Commerce, the role of the first.
    let sql = "SELECT g.role_id FROM #authorization_role a \
               JOIN #authorization_role g ON g.role_id = a.parent_id AND g.role_type = 'G' \
               WHERE a.user_id = ? AND a.role_type = 'U' AND a.user_type = '2' \
               ORDER BY a.role_id LIMIT 1";
    let Some(role) = connection.fetch_optional(sql, vec![id.into()]).await? else {
        return Ok(false);
    };
    let sql = "SELECT resource_id, permission FROM #authorization_rule \
               WHERE role_id = ? AND resource_id IN ('Magento_Backend::all', ?)";
    let arguments = vec![role.id(0)?.into(), resource.into()];
    let mut is_allowed = false;
    for row in connection.fetch_all(sql, arguments).await? {
        let is_named = row.optional_text(0)?.as_deref() == Some(resource);
        match row.optional_text(1)?.as_deref() {
            Some("allow") => is_allowed = true,
            _ if is_named => return Ok(false),
            _ => {}
        }
    }
    Ok(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AdminSeed, each_engine};

    const ALL: &str = "Magento_Backend::all";
    const RESOURCE: &str = "Magento_TwoFactorAuth::tfa";

    #[tokio::test]
    async fn a_resource_is_allowed_by_name_or_with_everything_and_never_where_it_is_denied() {
        let cases: [(&str, &[&str], &[&str], bool); 7] = [
            ("none", &[], &[], false),
            ("all", &[ALL], &[], true),
            ("named", &[RESOURCE], &[], true),
            ("other", &["Magento_User::acl"], &[], false),
            ("denied", &[], &[RESOURCE], false),
            ("all but it", &[ALL], &[RESOURCE], false),
            ("nothing but it", &[RESOURCE], &[ALL], true),
        ];
        each_engine(async |database| {
            for (name, allowed, denied, expected) in cases {
                let role = Some(database.seed_role(name, allowed, denied).await);
                let seed = AdminSeed {
                    username: name,
                    role,
                    ..AdminSeed::default()
                };
                let id = database.seed_admin(&seed).await;
                let mut connection = database.connection().await;
                let answer = is_allowed(&mut connection, id, RESOURCE).await.unwrap();
                assert_eq!(answer, expected, "{name}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn who_has_no_role_is_allowed_nothing() {
        each_engine(async |database| {
            let seed = AdminSeed {
                role: None,
                ..AdminSeed::default()
            };
            let id = database.seed_admin(&seed).await;
            let mut connection = database.connection().await;
            assert!(!is_allowed(&mut connection, id, ALL).await.unwrap());
        })
        .await;
    }
}
