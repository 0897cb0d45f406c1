//! Refusals of the web API in the shape of Commerce's: a `message`, and either its `parameters`
//! or, where there are several, the `errors` one by one.

use super::words;
use crate::rest;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A request that is not done, with its status and words.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Body,
}

#[derive(Debug, Default, Serialize)]
struct Body {
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Body>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameters: Option<Parameters>,
}

/// What a sentence is about; it stands in it behind a percent sign.
#[derive(Debug, Serialize)]
enum Parameters {
    #[serde(rename = "fieldName")]
    FieldName(&'static str),
    #[serde(rename = "resources")]
    Resources(&'static str),
}

impl Body {
    fn sentence(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            ..Self::default()
        }
    }

    fn required(field_name: &'static str) -> Self {
        Self {
            parameters: Some(Parameters::FieldName(field_name)),
            ..Self::sentence("\"%fieldName\" is required. Enter and try again.")
        }
    }
}

impl Refusal {
    /// 400 with one sentence.
    pub(super) fn bad_request(message: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            body: Body::sentence(message),
        }
    }

    /// 401 with one sentence.
    pub(super) fn unauthorized(message: &str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            body: Body::sentence(message),
        }
    }

    /// 401 for who may not have these resources, without a token that holds.
    pub(super) fn not_authorized(resources: &'static str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            body: Body {
                parameters: Some(Parameters::Resources(resources)),
                ..Body::sentence(words::NOT_AUTHORIZED)
            },
        }
    }

    /// 400 for the fields that are missing or empty.
    pub(super) fn required(fields: &[&'static str]) -> Self {
        let body = match fields {
            [field] => Body::required(field),
            several => Body {
                errors: several.iter().map(|field| Body::required(field)).collect(),
                ..Body::sentence("One or more input exceptions have occurred.")
            },
        };
        Self {
            status: StatusCode::BAD_REQUEST,
            body,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        rest::answer(self.status, &self.body)
    }
}
