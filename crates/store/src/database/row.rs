//! Values that go into and come out of statements, the same for both engines.

use super::DatabaseError;
use zeroize::Zeroize;

/// One bound argument or one result column. Timestamps travel as integers (unix seconds); see
/// `Dialect::seconds`.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// Any whole number.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text, or bytes that are not valid UTF-8.
    Bytes(Vec<u8>),
}

impl std::fmt::Debug for Value {
    /// Values may be secrets, so only their shape is shown.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => formatter.write_str("Null"),
            Self::Integer(number) => write!(formatter, "Integer({number})"),
            Self::Real(number) => write!(formatter, "Real({number})"),
            Self::Bytes(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
        }
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        if let Self::Bytes(bytes) = self {
            bytes.zeroize();
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Bytes(text.as_bytes().to_vec())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Bytes(text.into_bytes())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(option: Option<T>) -> Self {
        option.map_or(Self::Null, Into::into)
    }
}

/// One row of a result, read by position in the select list.
#[derive(Clone, Debug)]
pub struct Row(Vec<Value>);

impl Row {
    /// A row of these values, in the order of the select list.
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// The raw value at `column`.
    pub fn value(&self, column: usize) -> Result<&Value, DatabaseError> {
        self.0.get(column).ok_or(DatabaseError::Shape { column })
    }

    /// A number, or nothing for NULL.
    pub fn optional_integer(&self, column: usize) -> Result<Option<i64>, DatabaseError> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Integer(number) => Ok(Some(*number)),
            Value::Real(_) => Err(DatabaseError::Shape { column }),
            // SUM and CASE come back from MySQL as DECIMAL text.
            Value::Bytes(bytes) => std::str::from_utf8(bytes)
                .ok()
                .and_then(|text| text.parse().ok())
                .map(Some)
                .ok_or(DatabaseError::Shape { column }),
        }
    }

    /// A number that must be there.
    pub fn integer(&self, column: usize) -> Result<i64, DatabaseError> {
        self.optional_integer(column)?
            .ok_or(DatabaseError::Shape { column })
    }

    /// A row id: an unsigned 32-bit number in all of Commerce's tables.
    pub fn id(&self, column: usize) -> Result<u32, DatabaseError> {
        u32::try_from(self.integer(column)?).map_err(|_| DatabaseError::Shape { column })
    }

    /// Text, or nothing for NULL.
    pub fn optional_text(&self, column: usize) -> Result<Option<String>, DatabaseError> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Integer(number) => Ok(Some(number.to_string())),
            Value::Real(number) => Ok(Some(number.to_string())),
            Value::Bytes(bytes) => String::from_utf8(bytes.clone())
                .map(Some)
                .map_err(|_| DatabaseError::Shape { column }),
        }
    }

    /// Text that must be there.
    pub fn text(&self, column: usize) -> Result<String, DatabaseError> {
        self.optional_text(column)?
            .ok_or(DatabaseError::Shape { column })
    }

    /// Bytes, or nothing for NULL; numbers have none.
    pub fn bytes(&self, column: usize) -> Result<Option<&[u8]>, DatabaseError> {
        match self.value(column)? {
            Value::Bytes(bytes) => Ok(Some(bytes)),
            _ => Ok(None),
        }
    }

    /// How many columns the row has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the row has no columns.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
