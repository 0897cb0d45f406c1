//! Other people's second factors, for who has the right to look after them: who has what, taking
//! away what was lost, and a link by mail for who has nothing. Nothing secret is shown.

pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod person;
pub(crate) mod reset;

use super::visit::Visit;
use super::{OWN, PEOPLE};
use crate::front::Front;
use crate::pages::{denied, see_other};
use crate::problem::Problem;
use axum::http::StatusCode;
use axum::response::Response;
use domain::admin::{Admin, AdminId};
use service::second_factor::others::OthersRefused;
use service::sign_in::identity::IdentityRefused;

/// Where one person is looked after, below `tfa/`.
const PERSON: &str = "people/person/";
/// Where what somebody has is taken away.
const RESET: &str = "people/reset/";
/// Where a link is sent to somebody.
const LINK: &str = "people/link/";

/// The name of a field that says who is meant.
const USER: &str = "user";

/// The address of a person's page.
fn person_address(front: &Front, who: AdminId) -> String {
    format!("{}?{USER}={who}", front.tfa(PERSON))
}

/// What somebody is called: accounts that other programs made may have no other name.
fn name_of(admin: &Admin) -> String {
    match admin.full_name() {
        name if name.is_empty() => admin.username.clone(),
        name => name,
    }
}

/// The answer where there is no page about the person; none where a refusal is told there.
async fn answer(visit: &Visit, refused: OthersRefused) -> Result<Option<Response>, Problem> {
    Ok(match refused {
        OthersRefused::NotAsked | OthersRefused::Identity(IdentityRefused::IntegrationIsOn) => {
            Some(visit.not_asked()?)
        }
        OthersRefused::Denied => {
            let (front, visitor) = (&visit.front, &visit.visitor);
            Some(denied::show(front, visitor, &visit.door, &visit.current)?)
        }
        OthersRefused::Oneself => Some(see_other(&visit.front.tfa(OWN))),
        OthersRefused::NoSuchPerson => Some(list::refuse(visit).await?),
        OthersRefused::Identity(IdentityRefused::Locked) => Some(visit.sign_in().await?),
        OthersRefused::Nothing
        | OthersRefused::AlreadySetUp
        | OthersRefused::NoAddress
        | OthersRefused::Recently(_)
        | OthersRefused::Identity(IdentityRefused::WrongPassword)
        | OthersRefused::Identity(IdentityRefused::Unconfirmed) => None,
    })
}

/// What a person's page says of such a refusal.
fn sentence(refused: OthersRefused) -> (StatusCode, &'static str) {
    match refused {
        OthersRefused::Identity(IdentityRefused::Unconfirmed) => {
            (StatusCode::FORBIDDEN, "identity-unconfirmed")
        }
        OthersRefused::Identity(_) => (StatusCode::FORBIDDEN, "identity-wrong"),
        _ => (StatusCode::CONFLICT, "second_factor-people_changed"),
    }
}
