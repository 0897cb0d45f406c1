//! Setting up a first factor on the way in, with a link that was mailed or printed: who may, and
//! what comes after it.

use super::half_way::HalfWay;
use super::{index, recovery_codes};
use crate::detour::Detour;
use axum::response::Response;
use secrecy::SecretString;
use service::second_factor::enrol::{self, Enrolled};
use service::second_factor::{Demand, FactorRefused, Provider, rules};

/// Goes on for who may set up such a factor here; `token` is that of the link.
pub(super) async fn require(
    half_way: &HalfWay,
    provider: Provider,
    token: &SecretString,
) -> Result<(), Detour> {
    let app = &half_way.door.app;
    let rules = rules::load(app).await?;
    let is_owed = rules.demand(half_way.pending.enrolled) == Demand::Enrolment;
    if !is_owed || !rules.allowed().contains(&provider) {
        return Err(half_way.lead_on().into());
    }
    if !enrol::has_link(app, &half_way.id, token).await? {
        return Err(index::void_link(&half_way.front).into());
    }
    Ok(())
}

/// Lets in who has set one up; otherwise what the page is to tell of it.
pub(super) async fn finish(
    half_way: &HalfWay,
    enrolled: Result<Enrolled, FactorRefused>,
) -> Result<Result<Response, FactorRefused>, Detour> {
    let refused = match enrolled {
        Ok(enrolled) => return Ok(Ok(recovery_codes::finish(half_way, enrolled).await?)),
        Err(refused) => half_way.unless_over(refused).await?,
    };
    match refused {
        FactorRefused::AlreadySetUp | FactorRefused::NotAllowed => Err(half_way.lead_on().into()),
        FactorRefused::LinkNeeded => Err(index::void_link(&half_way.front).into()),
        refused => Ok(Err(refused)),
    }
}
