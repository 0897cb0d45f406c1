//! Who is signed in, for pages that are for them alone. Whoever is not is led to where they can be;
//! who is, but may not go on yet, to what comes first.

use crate::Door;
use crate::cookies::Cookie;
use crate::detour::Detour;
use crate::front::Front;
use crate::pages::{no_permission, second_factor, see_other, sign_in};
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::response::Response;
use domain::password_lifetime::PasswordAge;
use secrecy::ExposeSecret;
use service::password;
use service::second_factor::standing;
use service::session::{self, Current};

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Anything.
    Any,
    /// Changing the password, which a forced change must let through.
    PasswordChange,
    /// Setting up a second factor, which one that is missing must let through.
    SecondFactor,
}

/// The session of the visitor, who is led elsewhere where there is none that may go on.
pub(crate) async fn require(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    purpose: Purpose,
) -> Result<Current, Detour> {
    match visitor.current(door).await? {
        Some(current) => admit(front, visitor, door, current, purpose).await,
        None => Err(sign_in::ask(front, visitor, door, None).await?.into()),
    }
}

/// The same for a session that was found already.
pub(crate) async fn admit(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: Current,
    purpose: Purpose,
) -> Result<Current, Detour> {
    if let Some(page) = visitor.page.as_ref().filter(|_| current.rights_changed) {
        return Err(renew(front, visitor, door, page).await?.into());
    }
    if current.admin.role.is_none() {
        return Err(no_permission::show(front, visitor, door, &current)?.into());
    }
    let must_change = purpose != Purpose::PasswordChange
        && password::age(&door.app, &current).await? == PasswordAge::ChangeForced;
    if must_change {
        return Err(see_other(&front.account()).into());
    }
    let is_missing =
        purpose == Purpose::Any && !standing::missing(&door.app, &current).await?.is_empty();
    if is_missing {
        return Err(see_other(&front.tfa(second_factor::MISSING)).into());
    }
    Ok(current)
}

/// The same page once more, under a new id of the session: what the person may do has changed, and
/// whoever knew the old id is not to have a part in it. Of several tabs one is given the id; the
/// others come back with it, since they share the cookie, or find the old one dead.
async fn renew(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    page: &str,
) -> Result<Response, Problem> {
    let renewed = match &visitor.session_id {
        Some(id) => session::rotate(&door.app, id).await?,
        None => None,
    };
    let again = front.own_address(page).unwrap_or_else(|| front.home());
    let mut response = see_other(&again);
    if let Some(id) = renewed {
        Cookie::Session.set(&mut response, id.expose_secret(), door.secure_cookies);
    }
    Ok(response)
}

#[cfg(test)]
mod tests;
