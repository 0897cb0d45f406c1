//! `GET`, `PUT` and `POST /sandbox/twist`: which twists there are, and which one is on.

use axum::{
    extract::{Form, Json, State},
    http::StatusCode,
    response::Redirect,
};
use serde::{Deserialize, Serialize};

use super::back;
use crate::{provider::SharedProvider, twist::Twist};

#[derive(Serialize)]
pub(super) struct Twists {
    twist: Option<Twist>,
    twists: Vec<Described>,
}

#[derive(Serialize)]
struct Described {
    name: String,
    description: String,
}

pub(super) async fn get(State(provider): State<SharedProvider>) -> Json<Twists> {
    Json(Twists {
        twist: provider.twist(),
        twists: Twist::all()
            .iter()
            .map(|twist| Described {
                name: twist.name(),
                description: twist.description(),
            })
            .collect(),
    })
}

/// What is wanted; nothing, or `null`, puts things right.
#[derive(Deserialize)]
pub(super) struct Wanted {
    twist: Option<Twist>,
}

pub(super) async fn put(
    State(provider): State<SharedProvider>,
    Json(wanted): Json<Wanted>,
) -> StatusCode {
    provider.set_twist(wanted.twist);
    StatusCode::NO_CONTENT
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(wanted): Form<Wanted>,
) -> Redirect {
    provider.set_twist(wanted.twist);
    back()
}
