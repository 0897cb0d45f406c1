//! Our own tables, `postern_*` after the instance's prefix. They refer to none of Commerce's by a
//! foreign key, since Commerce's tables are neither altered nor constrained by us. A new version
//! of Postern appends to [`MIGRATIONS`]; what was released is never changed. (Before the first
//! release a version may be: instances made meanwhile are made anew.)

mod tables;

use super::inspect::{applied_migrations, columns};
use super::render::{self, Frame};
use super::table::Table;
use crate::database::{Connection, DatabaseError, Value};

/// One step from one version of our tables to the next. It may run again after it was interrupted.
pub(crate) struct Migration {
    pub(crate) version: u32,
    /// The table that this version adds.
    pub(crate) creates: Table,
}

/// Every migration, ascending.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        creates: tables::SIGN_IN_MODE,
    },
    Migration {
        version: 2,
        creates: tables::SESSION,
    },
    Migration {
        version: 3,
        creates: tables::NODE,
    },
    Migration {
        version: 4,
        creates: tables::AUDIT_EVENT,
    },
    Migration {
        version: 5,
        creates: tables::MAIL,
    },
    Migration {
        version: 6,
        creates: tables::KNOWN_BROWSER,
    },
    Migration {
        version: 7,
        creates: tables::USED_PUZZLE,
    },
    Migration {
        version: 8,
        creates: tables::IDENTITY_CONFIRMATION,
    },
    Migration {
        version: 9,
        creates: tables::LINKED_IDENTITY,
    },
    Migration {
        version: 10,
        creates: tables::PROVIDER_ATTEMPT,
    },
    Migration {
        version: 11,
        creates: tables::PROVIDER_GRANT,
    },
    Migration {
        version: 12,
        creates: tables::PENDING_SIGN_IN,
    },
    Migration {
        version: 13,
        creates: tables::SECOND_FACTOR,
    },
    Migration {
        version: 14,
        creates: tables::CODE_FAILURE,
    },
    Migration {
        version: 15,
        creates: tables::RECOVERY_CODE,
    },
    Migration {
        version: 16,
        creates: tables::SECURITY_KEY,
    },
    Migration {
        version: 17,
        creates: tables::SESSION_FACTOR,
    },
];

/// Every table of ours, as the newest version has it.
pub(crate) fn tables() -> impl Iterator<Item = Table> {
    std::iter::once(tables::MIGRATION).chain(MIGRATIONS.iter().map(|migration| migration.creates))
}

/// Brings our tables to this version and returns the versions that this call applied, ascending.
///
/// Several nodes may call it at once: on SQLite one waits for the other, on MySQL, where DDL
/// commits by itself, both may run a step, and the one that records it counts it. Where nothing is
/// missing nothing is written, so a user without the right to create tables may call it too.
pub async fn migrate(connection: &mut Connection) -> Result<Vec<u32>, DatabaseError> {
    let applied = applied_migrations(connection).await?;
    if missing(&applied).is_empty() && !is_a_table_lost(connection).await? {
        return Ok(Vec::new());
    }
    render::create(connection, &tables::MIGRATION).await?;
    let frame = Frame::open(connection).await?;
    let outcome = apply_missing(connection).await;
    frame.close(connection, outcome).await
}

/// Whether one of our tables is not there; a backup that was put back in part leaves it out.
async fn is_a_table_lost(connection: &mut Connection) -> Result<bool, DatabaseError> {
    for table in tables() {
        if columns(connection, table.name).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The versions of our tables that this program knows, ascending.
pub fn versions() -> Vec<u32> {
    MIGRATIONS.iter().map(|step| step.version).collect()
}

/// The versions of this program that are not among `applied`.
pub(crate) fn missing(applied: &[u32]) -> Vec<u32> {
    let is_missing = |version: &u32| !applied.contains(version);
    versions().into_iter().filter(is_missing).collect()
}

async fn apply_missing(connection: &mut Connection) -> Result<Vec<u32>, DatabaseError> {
    // A write, though it changes nothing: SQLite waits for another writer only before it has read.
    let lock = "DELETE FROM `#postern_migration` WHERE version < 0";
    connection.execute(lock, Vec::new()).await?;
    let applied = applied_migrations(connection).await?;
    let mut recorded = Vec::new();
    for migration in MIGRATIONS {
        let table = &migration.creates;
        let is_applied = applied.contains(&migration.version);
        if is_applied && !columns(connection, table.name).await?.is_empty() {
            continue;
        }
        render::create(connection, table).await?;
        if is_applied || record(connection, migration.version).await? {
            recorded.push(migration.version);
        }
    }
    Ok(recorded)
}

/// Notes a version as applied; false when another node has done so meanwhile.
async fn record(connection: &mut Connection, version: u32) -> Result<bool, DatabaseError> {
    let now = connection.dialect().seconds("CURRENT_TIMESTAMP");
    let insert =
        format!("INSERT INTO `#postern_migration` (version, applied_at) VALUES (?, {now})");
    match connection
        .execute(&insert, vec![Value::from(version)])
        .await
    {
        Ok(_) => Ok(true),
        Err(DatabaseError::Duplicate) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_from_one_without_gaps() {
        let expected: Vec<u32> = (1..).take(MIGRATIONS.len()).collect();
        assert_eq!(versions(), expected);
    }

    #[test]
    fn operators_are_told_of_every_table_that_is_made() {
        let told = include_str!("../../../../../docs/operators/adopt.md");
        for table in tables() {
            let name = format!("| `{}` |", table.name);
            assert!(told.contains(&name), "{name}");
        }
        let count = format!("Applied {} migrations", MIGRATIONS.len());
        assert!(told.contains(&count), "{count}");
    }

    #[test]
    fn our_tables_carry_our_name_and_lean_on_no_other() {
        for table in tables() {
            assert!(table.name.starts_with("postern_"), "{}", table.name);
            assert!(table.foreign_keys.is_empty(), "{}", table.name);
        }
    }
}
