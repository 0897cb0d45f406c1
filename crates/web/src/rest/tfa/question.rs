//! What a security key is to be asked, in Commerce's wrapping: a text of JSON, in which the options
//! stand under a name.

use serde::Serialize;

/// The name where a key is to be made.
pub(super) const CREATION: &str = "publicKey";

/// The name where one is to answer.
pub(super) const REQUEST: &str = "credentialRequestOptions";

#[derive(Serialize)]
pub(super) struct Question {
    credential_request_options_json: String,
}

impl Question {
    /// Wraps options, which are JSON themselves.
    pub(super) fn new(name: &str, options: &str) -> Self {
        Self {
            credential_request_options_json: format!("{{\"{name}\":{options}}}"),
        }
    }
}
