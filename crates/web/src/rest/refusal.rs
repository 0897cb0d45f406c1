//! Refusals of the web API in the shape of Commerce's: a `message`, and either its `parameters`
//! or, where there are several, the `errors` one by one.

use super::words;
use crate::problem::Problem;
use crate::rest;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::second_factor::Provider;
use serde::Serialize;
use service::error::ServiceError;

/// A request that is not done, with its status and words.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    body: Body,
}

/// Why a call is not answered as asked: refused, or something went wrong.
pub(crate) enum Trouble {
    /// Refused, in Commerce's words.
    Refusal(Refusal),
    /// As everywhere else.
    Problem(Problem),
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
#[serde(untagged)]
enum Parameters {
    #[serde(rename_all = "camelCase")]
    Field {
        field_name: &'static str,
    },
    #[serde(rename_all = "camelCase")]
    Entity {
        field_name: &'static str,
        field_value: u32,
    },
    Resources {
        resources: &'static str,
    },
    Providers {
        #[serde(skip_serializing_if = "Option::is_none")]
        providers: Option<Vec<&'static str>>,
        active_providers: Vec<&'static str>,
    },
    InOrder([String; 1]),
}

impl Body {
    fn sentence(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            ..Self::default()
        }
    }

    fn about(message: &str, parameters: Parameters) -> Self {
        Self {
            parameters: Some(parameters),
            ..Self::sentence(message)
        }
    }

    fn required(field_name: &'static str) -> Self {
        let message = "\"%fieldName\" is required. Enter and try again.";
        Self::about(message, Parameters::Field { field_name })
    }
}

impl Refusal {
    fn new(status: StatusCode, body: Body) -> Self {
        Self { status, body }
    }

    /// 400 with one sentence.
    pub(super) fn bad_request(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Body::sentence(message))
    }

    /// 401 with one sentence.
    pub(super) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Body::sentence(message))
    }

    /// 401 for who may not have these resources, without a token that holds.
    pub(super) fn not_authorized(resources: &'static str) -> Self {
        let parameters = Parameters::Resources { resources };
        let body = Body::about(words::NOT_AUTHORIZED, parameters);
        Self::new(StatusCode::UNAUTHORIZED, body)
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
        Self::new(StatusCode::BAD_REQUEST, body)
    }

    /// 400 for a value of another type. It is not repeated, as Commerce does, since it may be a
    /// password.
    pub(super) fn wrong_type(field: &str, expected: &str) -> Self {
        Self::bad_request(&format!(
            "Error occurred during \"{field}\" processing. The value's type is invalid. The \
             \"{expected}\" type was expected. Verify and try again."
        ))
    }

    /// 400 for who has to do something about their providers: those to choose from, where any are
    /// to be set up, and those that are set up.
    pub(super) fn providers(
        message: &str,
        choice: Option<&[Provider]>,
        active: &[Provider],
    ) -> Self {
        let codes = |all: &[Provider]| all.iter().map(|provider| provider.code()).collect();
        let parameters = Parameters::Providers {
            providers: choice.map(codes),
            active_providers: codes(active),
        };
        Self::new(StatusCode::BAD_REQUEST, Body::about(message, parameters))
    }

    /// 404 for somebody who is not there.
    pub(super) fn no_such_entity(field_name: &'static str, field_value: u32) -> Self {
        let parameters = Parameters::Entity {
            field_name,
            field_value,
        };
        let body = Body::about(words::NO_SUCH_ENTITY, parameters);
        Self::new(StatusCode::NOT_FOUND, body)
    }

    /// 404 for a name in a sentence, `%1`.
    pub(super) fn unknown(message: &str, name: String) -> Self {
        let body = Body::about(message, Parameters::InOrder([name]));
        Self::new(StatusCode::NOT_FOUND, body)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        rest::answer(self.status, &self.body)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        match self {
            Self::Refusal(refusal) => refusal.into_response(),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<ServiceError> for Trouble {
    fn from(error: ServiceError) -> Self {
        Self::Problem(error.into())
    }
}
