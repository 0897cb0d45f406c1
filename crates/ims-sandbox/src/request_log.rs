//! What was asked, in order, without secrets.
//!
//! Query strings and bodies are never kept; of a token only the beginning of its hash.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How many requests are remembered; older ones are forgotten.
const CAPACITY: usize = 1000;
/// How many hexadecimal digits of a token's hash are shown.
const SHOWN_DIGITS: usize = 12;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// HTTP method.
    pub method: String,
    /// Path without the query string.
    pub path: String,
    /// For a logout with the right secret, the first twelve digits of the token's SHA-256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_sha256: Option<String>,
}

/// The requests so far.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: Vec<(u64, LogEntry)>,
    next: u64,
}

/// Which request an entry belongs to, so that its route can add to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestNumber(u64);

impl RequestLog {
    pub(crate) fn begin(&mut self, method: &str, path: &str) -> RequestNumber {
        if self.entries.len() == CAPACITY {
            self.entries.remove(0);
        }
        let number = self.next;
        self.next += 1;
        let entry = LogEntry {
            method: method.to_owned(),
            path: path.to_owned(),
            token_sha256: None,
        };
        self.entries.push((number, entry));
        RequestNumber(number)
    }

    pub(crate) fn add_token(&mut self, request: RequestNumber, token: &str) {
        if let Some((_, entry)) = self
            .entries
            .iter_mut()
            .find(|(number, _)| *number == request.0)
        {
            entry.token_sha256 = Some(sha256_hex(token).chars().take(SHOWN_DIGITS).collect());
        }
    }

    pub(crate) fn entries(&self) -> Vec<LogEntry> {
        self.entries
            .iter()
            .map(|(_, entry)| entry.clone())
            .collect()
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256_hex(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_shown_only_as_the_beginning_of_its_hash() {
        let mut log = RequestLog::default();
        let request = log.begin("POST", "/ims/logout/v1");
        log.add_token(request, "abc");
        assert_eq!(
            log.entries()[0].token_sha256.as_deref(),
            Some("ba7816bf8f01")
        );
    }

    #[test]
    fn the_oldest_requests_are_forgotten() {
        let mut log = RequestLog::default();
        for number in 0..=CAPACITY {
            log.begin("GET", &format!("/{number}"));
        }
        let entries = log.entries();
        assert_eq!(entries.len(), CAPACITY);
        assert_eq!(entries[0].path, "/1");
    }
}
