//! One's own recovery codes.

use super::OwnRefused;
use super::change::{Change, Changed, Wish};
use super::judge::Aim;
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::second_factor::Happening;
use crate::second_factor::recovery;
use crate::session::Current;

/// New codes in place of all earlier ones.
pub async fn renew_codes(
    app: &App,
    current: &Current,
    wish: Wish<'_>,
) -> Result<Result<Changed, OwnRefused>, ServiceError> {
    let mut change = match Change::begin(app, current, wish, Aim::RenewCodes).await? {
        Ok(change) => change,
        Err(refused) => return Ok(Err(refused)),
    };
    let (admin, now) = (change.admin, change.now);
    let codes = recovery::issue(app, &mut change.transaction, admin, now).await?;
    change.tell(Happening::RecoveryCodesIssued).await?;
    change.finish(codes).await.map(Ok)
}
