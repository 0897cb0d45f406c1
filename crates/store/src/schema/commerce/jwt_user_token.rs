//! Module `Magento_JwtUserToken`: before when a user's Web API tokens are void.

use crate::schema::table::{Table, big, unsigned};

pub(super) const TABLES: &[Table] = &[Table::new(
    "jwt_auth_revoked",
    &["user_type_id", "user_id"],
    &[
        unsigned("user_type_id"),
        unsigned("user_id"),
        big("revoke_before").unsigned(),
    ],
)];
