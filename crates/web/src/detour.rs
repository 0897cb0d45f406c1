//! What a visitor gets in place of what they asked for. It goes up with `?`, so that a handler reads
//! as if everybody were let through.

use crate::problem::Problem;
use axum::response::{IntoResponse, Response};

/// Another answer than the one that was asked for: a page that comes first, or a problem.
pub(crate) struct Detour(Box<Response>);

impl From<Response> for Detour {
    fn from(answer: Response) -> Self {
        Self(Box::new(answer))
    }
}

impl<E: Into<Problem>> From<E> for Detour {
    fn from(error: E) -> Self {
        Self::from(error.into().into_response())
    }
}

impl IntoResponse for Detour {
    fn into_response(self) -> Response {
        *self.0
    }
}
