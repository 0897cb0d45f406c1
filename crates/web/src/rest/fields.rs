//! The body of a call: a JSON object, whose fields are taken by name and type. What is wrong with it
//! is told in Commerce's words, and no value is repeated.

use super::refusal::{Refusal, Trouble};
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use secrecy::SecretString;
use serde_json::{Map, Value};

/// The fields of a body. Anything else than an object has, for Commerce, none.
pub(crate) struct Fields(Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let checked = check_content_type(request.headers());
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(Problem::from)?;
        checked?;
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Ok(Self(Map::new())),
            Err(_) => Err(Refusal::bad_request("Decoding error.").into()),
        }
    }
}

impl Fields {
    /// Refuses where any of these is missing.
    pub(super) fn require(&self, names: &[&'static str]) -> Result<(), Refusal> {
        let is_missing = |name: &&str| self.0.get(*name).is_none_or(Value::is_null);
        let missing: Vec<&'static str> = names.iter().copied().filter(is_missing).collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(Refusal::required(&missing)),
        }
    }

    /// Takes a field that must be a string: nothing else is made into one.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Refusal> {
        match self.0.remove(name) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(Refusal::wrong_type(name, "string")),
        }
    }

    /// The same for what nobody else may see.
    pub(super) fn secret(&mut self, name: &str) -> Result<SecretString, Refusal> {
        self.text(name).map(SecretString::from)
    }
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(value) = headers
        .get(header::CONTENT_TYPE)
        .filter(|value| !value.is_empty())
    else {
        return Err(Refusal::bad_request("Content-Type header is empty."));
    };
    let value = value.to_str().unwrap_or_default().to_ascii_lowercase();
    let (media_type, parameters) = value.split_once(';').unwrap_or((&value, ""));
    let media_type = media_type.trim();
    if media_type != "application/json" {
        return Err(Refusal::bad_request(&format!(
            "Server cannot understand Content-Type HTTP header media type {media_type}"
        )));
    }
    match parameters.trim().trim_matches('"') {
        "" | "charset=utf-8" | "charset=\"utf-8" => Ok(()),
        _ => Err(Refusal::bad_request("UTF-8 is the only supported charset.")),
    }
}
