//! Admin tokens of the web API, in Commerce's own form.

use super::password::{self, Attempt, SignInRefused};
use super::verified::Verified;
use crate::app::App;
use crate::error::ServiceError;
use crate::switch;
use commerce::admin_token::{self, AdminClaims};
use domain::audit::Door;
use secrecy::SecretString;
use store::admin_tokens;

/// Issues a token to who knows the password. Who fails too often is throttled by Commerce's
/// `oauth_token_request_log`, since a program solves no puzzles.
pub async fn create(
    app: &App,
    username: String,
    password: SecretString,
    ip: String,
) -> Result<Result<SecretString, SignInRefused>, ServiceError> {
    let attempt = Attempt {
        username,
        password,
        door: Door::Api,
        ip,
        browser: None,
        answer: None,
    };
    match password::check(app, attempt).await? {
        Ok(verified) => issue(app, &verified).await,
        Err(refused) => Ok(Err(refused)),
    }
}

/// A token for who was verified, unless the mode was switched meanwhile. The mode is read last: a
/// switch voids the tokens issued until then, and would miss one that comes after it.
async fn issue(
    app: &App,
    verified: &Verified,
) -> Result<Result<SecretString, SignInRefused>, ServiceError> {
    let admin = &verified.admin;
    let configuration = app.configuration().await?;
    let minutes = configuration
        .integer("webapi/jwtauth/admin_expiration")?
        .unwrap_or(60);
    let lifetime = if minutes > 0 {
        minutes.min(525_600)
    } else {
        30
    } * 60;
    let mut connection = app.database().connection().await?;
    let revoked_before = admin_tokens::revoked_before(&mut connection, admin.id).await?;
    // Revocation knows whole seconds and includes its own: a token issued in the second of a
    // switch, but after it, must not be born void.
    let issued_at = app
        .now()
        .as_second()
        .max(revoked_before.map_or(i64::MIN, |second| second + 1));
    let claims = AdminClaims {
        user_id: admin.id,
        issued_at,
        expires_at: issued_at.saturating_add(lifetime),
    };
    drop(connection);
    let (record, _) = switch::current(app).await?;
    if record.epoch != verified.epoch {
        return Ok(Err(SignInRefused::IntegrationIsOn));
    }
    Ok(Ok(admin_token::issue(app.keyring(), claims)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{PASSWORD, each_engine};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn v15_a_password_that_was_right_before_a_switch_gets_no_token_after_it() {
        each_engine(async |shop| {
            let verified = shop.sign_in("ann", PASSWORD).await.unwrap();
            assert!(issue(&shop.app, &verified).await.unwrap().is_ok());
            shop.integrate().await;
            let refused = issue(&shop.app, &verified).await.unwrap().err();
            assert_eq!(refused, Some(SignInRefused::IntegrationIsOn));
        })
        .await;
    }
}
