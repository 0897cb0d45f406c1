//! `GET /{organization}@AdobeOrg/membership`: whether the token's person belongs to it.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{bearer_token, invalid_token};
use crate::{provider::SharedProvider, realm::Realm, twist};

pub(super) async fn get(
    State(provider): State<SharedProvider>,
    Path(organization): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(organization_id) = organization.strip_suffix("@AdobeOrg") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Some(grant) =
        bearer_token(&headers).and_then(|token| provider.find_token(Realm::Ims, token))
    else {
        return invalid_token();
    };
    let member = provider.is_member(&grant.person, organization_id);
    twist::membership(provider.twist(), member)
}
