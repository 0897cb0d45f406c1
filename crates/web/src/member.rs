//! Who is signed in, for pages that are for them alone. Whoever is not is led to where they can be;
//! who is, but may not go on yet, to what comes first.

use crate::Door;
use crate::front::Front;
use crate::pages::{no_permission, see_other, sign_in};
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::response::Response;
use domain::password_lifetime::PasswordAge;
use service::password;
use service::session::Current;

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Anything.
    Any,
    /// Changing the password, which a forced change must let through.
    PasswordChange,
}

/// The session of the visitor, or the answer in its place.
pub(crate) async fn require(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    purpose: Purpose,
) -> Result<Result<Current, Response>, Problem> {
    let Some(current) = visitor.current(door).await? else {
        let page = sign_in::ask(front, visitor, door, None).await?;
        return Ok(Err(page));
    };
    admit(front, visitor, door, current, purpose).await
}

/// The same for a session that was found already.
pub(crate) async fn admit(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: Current,
    purpose: Purpose,
) -> Result<Result<Current, Response>, Problem> {
    if current.admin.role.is_none() {
        return no_permission::show(front, visitor, door, &current).map(Err);
    }
    let must_change = purpose == Purpose::Any
        && password::age(&door.app, &current).await? == PasswordAge::ChangeForced;
    if must_change {
        return Ok(Err(see_other(&front.account())));
    }
    Ok(Ok(current))
}
