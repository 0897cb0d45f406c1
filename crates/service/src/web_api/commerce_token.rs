//! Commerce's own admin tokens: the opaque ones of `oauth_token`, and the JWTs that replaced them.
//! Both directions of the switch void all of them: the opaque ones are marked, and a JWT from that
//! very second or earlier is refused.

use super::{ApiRefused, longest_age};
use crate::app::App;
use crate::error::ServiceError;
use commerce::admin_token::{self, TokenRefusal};
use domain::admin::AdminId;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::admin_tokens;

/// Whose token it is, in Commerce's order: what is not opaque is read as a JWT.
pub(super) async fn owner(
    app: &App,
    token: &SecretString,
    now: Timestamp,
) -> Result<Result<AdminId, ApiRefused>, ServiceError> {
    let text = token.expose_secret();
    // Before a connection is taken: who holds one must not wait for another.
    let longest = longest_age(app).await?;
    let mut connection = app.database().connection().await?;
    if let Some(opaque) = admin_tokens::find_opaque(&mut connection, text).await? {
        let age = now.duration_since(opaque.created_at);
        let is_over = longest.is_some_and(|longest| age >= longest);
        return Ok(match is_over {
            true => Err(ApiRefused::Expired),
            false => Ok(opaque.admin),
        });
    }
    let claims = match admin_token::verify(app.keyring(), text, now.as_second()) {
        Ok(claims) => claims,
        Err(TokenRefusal::Expired) => return Ok(Err(ApiRefused::Expired)),
        Err(_) => return Ok(Err(ApiRefused::Void)),
    };
    let revoked = admin_tokens::revoked_before(&mut connection, claims.user_id).await?;
    let is_void = revoked.is_some_and(|second| claims.issued_at <= second);
    Ok(match is_void {
        true => Err(ApiRefused::Void),
        false => Ok(claims.user_id),
    })
}
