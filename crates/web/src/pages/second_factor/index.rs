//! Where a right password leads, and a link to set a factor up: on to the page of what is owed.

use super::half_way::HalfWay;
use super::{APP_CODE, APP_SET_UP, KEY, KEY_SET_UP, REQUEST};
use crate::Door;
use crate::cookies::Cookie;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::{page, see_other};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use service::second_factor::pending;
use service::second_factor::{Demand, Provider, Rules, enrol, rules, security_key};

/// The parameter of a link's token, which is Commerce's.
const TOKEN: &str = "tfat";

#[derive(Template)]
#[template(path = "pages/second_factor/choose.html")]
struct ChoosePage<'a> {
    frame: Frame<'a>,
    app: String,
    key: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let half_way = HalfWay::begin(front, visitor, door).await?;
    let (front, door) = (&half_way.front, &half_way.door);
    let rules = rules::load(&door.app).await?;
    match rules.demand(half_way.pending.enrolled) {
        Demand::Proof(active) if active.contains(&Provider::Google) => {
            Ok(see_other(&front.tfa(APP_CODE)))
        }
        Demand::Proof(_) => Ok(see_other(&front.tfa(KEY))),
        Demand::Enrolment => match query.as_deref().and_then(token) {
            Some(token) => Ok(lead_to_set_up(&half_way, &rules, &token).await?),
            None => Ok(see_other(&front.tfa(REQUEST))),
        },
        // The shop has just come to ask for nothing: the next sign-in is the way in.
        Demand::Nothing => {
            pending::abandon(&door.app, &half_way.id).await?;
            let mut response = see_other(&front.home());
            Cookie::PendingSignIn.clear(&mut response, door.secure_cookies);
            Ok(response)
        }
    }
}

async fn lead_to_set_up(
    half_way: &HalfWay,
    rules: &Rules,
    token: &SecretString,
) -> Result<Response, Problem> {
    let (front, host) = (&half_way.front, &half_way.visitor.host);
    let door = &half_way.door;
    if !enrol::has_link(&door.app, &half_way.id, token).await? {
        return Ok(void_link(front));
    }
    let app = with_token(&front.tfa(APP_SET_UP), token);
    let key = with_token(&front.tfa(KEY_SET_UP), token);
    match rules.allowed().as_slice() {
        [Provider::Google] => Ok(see_other(&app)),
        [Provider::U2fKey] => Ok(see_other(&key)),
        // Nobody is offered what cannot be done at this page.
        _ if !security_key::is_usable_at(&door.app, host).await? => Ok(see_other(&app)),
        _ => {
            let frame = half_way.frame(with_token(&front.second_factor(), token));
            page(StatusCode::OK, &ChoosePage { frame, app, key })
        }
    }
}

/// On to another link, for who has one that is no good.
pub(super) fn void_link(front: &Front) -> Response {
    see_other(&format!("{}?{}", front.tfa(REQUEST), super::request::VOID))
}

/// An address with the token of a link.
pub(super) fn with_token(address: &str, token: &SecretString) -> String {
    let token = token.expose_secret();
    let value: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    format!("{address}?{TOKEN}={value}")
}

/// The token of a query, where it has exactly one.
pub(super) fn token(query: &str) -> Option<SecretString> {
    let mut tokens = url::form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == TOKEN)
        .map(|(_, value)| SecretString::from(value.into_owned()));
    let token = tokens.next()?;
    tokens.next().is_none().then_some(token)
}

/// The token of an address.
pub(super) fn token_of(address: &str) -> Option<SecretString> {
    token(address.split_once('?')?.1)
}
