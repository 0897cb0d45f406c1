//! What goes wrong, in the one place that turns it into a status code. A [`Problem`] is what a
//! handler returns instead of an answer; [`render`] makes the page or the JSON of it. A fault is
//! logged once, here, with an incident id; the visitor sees that id and nothing else of it.

mod render;

pub(crate) use render::{from_panic, render};

use axum::extract::rejection::{BytesRejection, FormRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use service::error::ServiceError;
use service::random;

/// Letters of an incident id: none that are mistaken for each other on the telephone.
const INCIDENT_ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// When to come back, in seconds, after what is expected to pass.
const RETRY_AFTER: &str = "5";

/// Why there is no proper answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// There is no such page.
    NotFound,
    /// The page does not take this method.
    MethodNotAllowed,
    /// The form was sent by a page of another site.
    CrossSite,
    /// The request is not one that our forms or any honest client would send.
    Unintelligible,
    /// The body is larger than any of ours.
    TooLarge,
    /// The answer took too long.
    TooSlow,
    /// Too many sign-ins are waiting.
    Overloaded,
    /// The database or the session server cannot be reached; logged where an id is given, by the
    /// lease otherwise.
    Unavailable {
        /// Under which the log has it.
        incident: Option<String>,
    },
    /// A fault of ours or of the instance.
    Fault {
        /// Under which the log has it.
        incident: String,
    },
}

impl Problem {
    /// Logs a fault and keeps nothing of it but the id.
    pub(crate) fn fault(error: &dyn std::fmt::Display) -> Self {
        let incident = incident();
        tracing::error!(%incident, %error, "a request failed");
        Self::Fault { incident }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Unintelligible => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow | Self::Overloaded | Self::Unavailable { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Fault { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The id to tell the operator.
    fn incident(&self) -> Option<&str> {
        match self {
            Self::Unavailable { incident } => incident.as_deref(),
            Self::Fault { incident } => Some(incident),
            _ => None,
        }
    }
}

fn incident() -> String {
    random::text(8, INCIDENT_ALPHABET).unwrap_or_else(|_| "NO-ID".to_owned())
}

/// Only a status and a note of the problem; [`render`] fills in the rest.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Overloaded(_) => Self::Overloaded,
            error if error.is_unavailable() => {
                let incident = incident();
                tracing::error!(%incident, %error, "a request found no database or no session server");
                Self::Unavailable {
                    incident: Some(incident),
                }
            }
            other => Self::fault(&other),
        }
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::fault(&error)
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        Self::from_status(rejection.status())
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        Self::from_status(rejection.status())
    }
}

impl Problem {
    fn from_status(status: StatusCode) -> Self {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else {
            Self::Unintelligible
        }
    }
}
