//! Unix seconds of the database as typed times, and back.

use crate::database::{DatabaseError, Row};
use jiff::Timestamp;

/// A column of unix seconds, or nothing for NULL.
pub(crate) fn optional(row: &Row, column: usize) -> Result<Option<Timestamp>, DatabaseError> {
    row.optional_integer(column)?
        .map(|second| Timestamp::from_second(second).map_err(|_| DatabaseError::Shape { column }))
        .transpose()
}

/// A column of unix seconds that must be there.
pub(crate) fn required(row: &Row, column: usize) -> Result<Timestamp, DatabaseError> {
    optional(row, column)?.ok_or(DatabaseError::Shape { column })
}
