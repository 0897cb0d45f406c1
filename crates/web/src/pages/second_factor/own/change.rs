//! What the forms of all changes have in common, and what comes after them.

use super::draft::Draft;
use crate::cookies::Cookie;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::pages::second_factor::identity::IdentityForm;
use crate::pages::second_factor::visit::Visit;
use crate::pages::second_factor::{OWN, recovery_codes};
use crate::pages::see_other;
use crate::problem::Problem;
use axum::response::Response;
use secrecy::ExposeSecret;
use serde::Deserialize;
use service::error::ServiceError;
use service::second_factor::own::{Changed, OwnRefused, Wish};

/// What comes with every change.
#[derive(Deserialize)]
pub(crate) struct ChangeForm {
    #[serde(flatten)]
    identity: IdentityForm,
    /// Not empty where the box is ticked.
    #[serde(default)]
    ends_others: String,
}

impl ChangeForm {
    /// Makes the change, if the form is one of the session's pages': back to what there is then,
    /// which says that it is `done`. Otherwise what the page is to be shown with once more.
    pub(super) async fn make<'v, Making>(
        self,
        visit: &'v Visit,
        done: &'static str,
        change: impl FnOnce(Wish<'v>) -> Making,
    ) -> Result<Result<Response, Draft>, Detour>
    where
        Making: Future<Output = Result<Result<Changed, OwnRefused>, ServiceError>>,
    {
        let draft = Draft::new(!self.ends_others.is_empty());
        let Some(session_id) = self.identity.session_id(visit) else {
            return Ok(Err(draft.stale(visit)));
        };
        let wish = Wish {
            session_id,
            proof: self.identity.proof(visit),
            ends_others: draft.ends_others,
        };
        match change(wish).await? {
            Ok(changed) => Ok(Ok(lead_back(visit, &changed, done)?)),
            Err(refused) => draft.refused(visit, refused).await.map(Err),
        }
    }
}

/// Back to what there is now, with the session's new id. New recovery codes come first: they stand at
/// no address that could be opened again.
fn lead_back(visit: &Visit, changed: &Changed, done: &str) -> Result<Response, Problem> {
    let own = visit.front.tfa(OWN);
    let next = format!("{own}?{done}");
    let mut response = match changed.recovery_codes.as_slice() {
        [] => see_other(&next),
        codes => {
            let admin = &visit.current.admin;
            // Without the bar: its forms are of the session's earlier id.
            let frame = Frame::half_way(&visit.front, &visit.visitor, admin).at(own);
            recovery_codes::show_sheet(&visit.front, frame, admin, codes, next)?
        }
    };
    if let Some(id) = &changed.session_id {
        let secure = visit.door.secure_cookies;
        Cookie::Session.set(&mut response, id.expose_secret(), secure);
    }
    Ok(response)
}
