//! `GET /keys/prod/…`: the certificates of the keys that sign access tokens, by the name in `x5u`.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::{provider::SharedProvider, twist::Twist};

pub(super) async fn get(
    State(provider): State<SharedProvider>,
    Path(name): Path<String>,
) -> Response {
    let twist = provider.twist();
    if twist == Some(Twist::CertificateNonsense) {
        return Html("<h1>Not here</h1>").into_response();
    }
    let expired = twist == Some(Twist::CertificateExpired);
    let certificate = match provider.keys.current() {
        Ok(key) if key.certificate_name() == name => key.to_certificate(expired),
        Ok(_) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => Err(error),
    };
    match certificate {
        Ok(pem) => ([(header::CONTENT_TYPE, "application/x-pem-file")], pem).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
