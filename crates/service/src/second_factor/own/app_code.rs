//! One's own authenticator app: set up, put in place of an earlier one, taken away.

use super::change::{Change, Changed, Wish};
use super::judge::Aim;
use super::{OwnProblem, OwnRefused};
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::{enrol, rules};
use crate::session::Current;
use domain::second_factor::Provider;
use secrecy::SecretString;
use store::second_factors::people;

/// Keeps the app whose secret a form brought back, once its first code is right. An earlier app
/// gives no codes any more. `sealed` is of [`enrol::propose_app`].
pub async fn set_app(
    app: &App,
    current: &Current,
    wish: Wish<'_>,
    sealed: &SecretString,
    code: &SecretString,
) -> Result<Result<Changed, OwnRefused>, ServiceError> {
    let window = rules::window(&app.configuration().await?)?;
    let mut change = match Change::begin(app, current, wish, Aim::SetApp).await? {
        Ok(change) => change,
        Err(refused) => return Ok(Err(refused)),
    };
    let (admin, now) = (change.admin, change.now);
    let (secret, step) = match enrol::first_code(app, admin, sealed, code, window, now) {
        Ok(found) => found,
        Err(refused) => return Ok(Err(change.refuse(OwnProblem::App(refused)))),
    };
    let transaction = &mut change.transaction;
    let taken = (&secret, step);
    let codes = enrol::keep_app(app, transaction, &change.head, admin, taken, now).await?;
    change.finish(codes).await.map(Ok)
}

/// Takes the app away, unless it is all there is.
pub async fn remove_app(
    app: &App,
    current: &Current,
    wish: Wish<'_>,
) -> Result<Result<Changed, OwnRefused>, ServiceError> {
    let mut change = match Change::begin(app, current, wish, Aim::RemoveApp).await? {
        Ok(change) => change,
        Err(refused) => return Ok(Err(refused)),
    };
    change.config.remove(Provider::Google);
    change.save().await?;
    people::forget_steps(&mut change.transaction, change.admin.id).await?;
    change.note_removal(Provider::Google).await?;
    change.finish(Vec::new()).await.map(Ok)
}
