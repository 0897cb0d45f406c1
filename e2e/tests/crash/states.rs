//! The two states that an instance may be in, and nothing in between: what the database holds
//! before the command, and what it holds after it. Times and numbers that differ from run to run
//! are left out; encrypted values are compared by what they say.

use e2e::dump::{Dump, difference};
use e2e::shop::Shop;

/// What differs between two runs that do the same.
const VOLATILE: [(&str, &str); 9] = [
    ("core_config_data", "config_id"),
    ("core_config_data", "updated_at"),
    ("postern_sign_in_mode", "changed_at"),
    ("postern_sign_in_mode", "cleanup_pending"),
    ("postern_audit_event", "id"),
    ("postern_audit_event", "happened_at"),
    ("jwt_auth_revoked", "revoke_before"),
    ("admin_user_session", "updated_at"),
    ("adobe_user_profile", "updated_at"),
];

/// Tables to which a sign-in or a repeated command adds rows: the record of it, the browser and the
/// identity at the provider that are known from then on.
const GROWING: [&str; 3] = [
    "postern_audit_event",
    "postern_known_browser",
    "postern_linked_identity",
];

/// What they change in rows that are there.
const REPEATED: [(&str, &str); 4] = [
    ("admin_user", "logdate"),
    ("admin_user", "lognum"),
    ("admin_user", "modified"),
    ("postern_sign_in_mode", "epoch"),
];

/// Made by the command, so that its number depends on the run.
const PROVISIONED_ROLE: &str = "Adobe Ims";

/// The database as it can be compared.
pub(crate) fn state(shop: &mut Shop) -> Dump {
    let mut dump = shop.dump();
    mask(&mut dump, &VOLATILE);
    for row in dump.get_mut("authorization_role").into_iter().flatten() {
        if row["role_name"] == PROVISIONED_ROLE {
            row.insert("role_id".to_owned(), "…".to_owned());
        }
    }
    for row in dump.get_mut("core_config_data").into_iter().flatten() {
        if row["value"].contains(":3:") {
            let opened = shop.open_sealed(&[row["value"].clone()]);
            row.insert("value".to_owned(), format!("encrypted {opened:?}"));
        }
    }
    dump.values_mut().for_each(|rows| rows.sort());
    dump
}

/// The same without what tells that a command was run twice or that somebody signed in.
pub(crate) fn settled(mut state: Dump) -> Dump {
    for table in GROWING {
        state.remove(table).expect("every table is there");
    }
    mask(&mut state, &REPEATED);
    state
}

fn mask(dump: &mut Dump, columns: &[(&str, &str)]) {
    for (table, column) in columns {
        for row in dump.get_mut(*table).into_iter().flatten() {
            row.insert((*column).to_owned(), "…".to_owned());
        }
    }
}

/// Which of the two an instance is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

/// The side that `actual` is wholly on.
pub(crate) fn side(before: &Dump, after: &Dump, actual: &Dump) -> Result<Side, String> {
    let (from_before, from_after) = (difference(before, actual), difference(after, actual));
    match (from_before, from_after) {
        (None, _) => Ok(Side::Before),
        (_, None) => Ok(Side::After),
        (Some(from_before), Some(from_after)) => Err(format!(
            "the database is in neither state; from before it differs in\n{from_before}\
             from after in\n{from_after}"
        )),
    }
}
