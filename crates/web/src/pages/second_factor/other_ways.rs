//! The ways to finish a sign-in that a person has besides the one of the page.

use super::half_way::HalfWay;
use super::{APP_CODE, KEY, RECOVERY_CODE};
use crate::problem::Problem;
use service::second_factor::overview;

/// Where each is, for who has it.
pub(super) struct OtherWays {
    pub(super) app: Option<String>,
    pub(super) key: Option<String>,
    pub(super) recovery_code: Option<String>,
}

impl OtherWays {
    /// All that there are but the one at `page`.
    pub(super) async fn than(page: &str, half_way: &HalfWay) -> Result<Self, Problem> {
        let has = overview::of(&half_way.door.app, &half_way.pending.admin).await?;
        let way =
            |is_there: bool, way: &str| (is_there && way != page).then(|| half_way.front.tfa(way));
        Ok(Self {
            app: way(has.enrolled.google, APP_CODE),
            key: way(has.enrolled.u2fkey, KEY),
            recovery_code: way(has.codes_left > 0, RECOVERY_CODE),
        })
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.app.is_none() && self.key.is_none() && self.recovery_code.is_none()
    }
}
