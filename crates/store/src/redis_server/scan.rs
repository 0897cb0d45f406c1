//! Walking over the keys of a database without holding up the server.

use redis::RedisResult;
use redis::aio::MultiplexedConnection;

/// About how many keys one step looks at.
const STEP: u32 = 500;

/// A walk over the keys that match a pattern, some hundred at a time; the server stays responsive,
/// which `KEYS` would not allow. A key that exists throughout is seen at least once.
pub(crate) struct Scan {
    pattern: String,
    /// Nothing once the walk is over.
    cursor: Option<u64>,
}

impl Scan {
    pub(crate) fn new(pattern: impl Into<String>) -> Self {
        Self {
            pattern: pattern.into(),
            cursor: Some(0),
        }
    }

    /// The next keys, perhaps none of them; nothing at the end.
    pub(crate) async fn next(
        &mut self,
        connection: &mut MultiplexedConnection,
    ) -> RedisResult<Option<Vec<Vec<u8>>>> {
        let Some(cursor) = self.cursor else {
            return Ok(None);
        };
        let (next, keys): (u64, Vec<Vec<u8>>) = redis::cmd("SCAN")
            .arg(cursor)
            .arg("MATCH")
            .arg(&self.pattern)
            .arg("COUNT")
            .arg(STEP)
            .query_async(connection)
            .await?;
        self.cursor = (next != 0).then_some(next);
        Ok(Some(keys))
    }
}

/// Text as a pattern that matches only itself.
pub(crate) fn escape_pattern(text: &str) -> String {
    text.chars().fold(String::new(), |mut pattern, character| {
        if matches!(character, '*' | '?' | '[' | ']' | '^' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
        pattern
    })
}
