//! What one other person has set up, and what can be done about it.

use super::{LINK, PEOPLE, RESET, USER, answer, list, name_of, person_address, sentence};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::Purpose;
use crate::pages::page;
use crate::pages::second_factor::identity::IdentityFields;
use crate::pages::second_factor::refusal::Refusal;
use crate::pages::second_factor::visit::Visit;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::admin::AdminId;
use jiff::Timestamp;
use service::second_factor::Provider;
use service::second_factor::others::{self, OthersRefused, Person};

/// What the query says of the page after something was done.
const RESET_DONE: &str = "reset";
const LINK_SENT: &str = "link";

#[derive(Template)]
#[template(path = "pages/second_factor/people/person.html")]
struct PersonPage<'a> {
    name: String,
    username: &'a str,
    email: &'a str,
    user: AdminId,
    facts: String,
    has_nothing: bool,
    /// What may be taken away by itself.
    parts: Vec<Part>,
    is_everything_chosen: bool,
    reset: String,
    link: String,
    /// Whether only the operator can give them a link.
    is_unreachable: bool,
    people: String,
    identity: IdentityFields,
    notice: Option<String>,
    is_refused: bool,
    frame: Frame<'a>,
}

/// One kind of factor that the person has.
struct Part {
    code: &'static str,
    name: String,
    is_chosen: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let visit = Visit::begin(front, visitor, door, Purpose::Any).await?;
    let query = query.unwrap_or_default();
    let (mut who, mut notice) = (None, None);
    for (field, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match field.as_ref() {
            USER => who = value.parse().ok(),
            RESET_DONE => notice = Some("second_factor-people_reset_done"),
            LINK_SENT => notice = Some("second_factor-people_link_sent"),
            _ => {}
        }
    }
    let told = (StatusCode::OK, notice);
    Ok(show(&visit, who.unwrap_or_default(), told, "").await?)
}

/// The address of the page after what the person had was taken away.
pub(super) fn after_reset(front: &Front, who: AdminId) -> String {
    format!("{}&{RESET_DONE}", person_address(front, who))
}

/// The address of the page after a link was sent.
pub(super) fn after_link(front: &Front, who: AdminId) -> String {
    format!("{}&{LINK_SENT}", person_address(front, who))
}

/// The page with why nothing was done, or what takes its place; `chosen` is what was to be done.
pub(super) async fn refuse(
    visit: &Visit,
    who: AdminId,
    refused: OthersRefused,
    chosen: &str,
) -> Result<Response, Problem> {
    if let Some(answer) = answer(visit, refused).await? {
        return Ok(answer);
    }
    if let OthersRefused::Recently(until) = refused {
        return wait(visit, who, until).await;
    }
    let (status, key) = sentence(refused);
    show(visit, who, (status, Some(key)), chosen).await
}

/// The page for who asked for a link too soon after another.
async fn wait(visit: &Visit, who: AdminId, until: Timestamp) -> Result<Response, Problem> {
    let now = visit.door.app.now();
    let refusal = Refusal::until(visit.words(), "second_factor-link_recently", until, now);
    let told = (refusal.status, Some(refusal.notice().to_owned()));
    let mut response = show_words(visit, who, told, (false, "")).await?;
    refusal.mark(&mut response);
    Ok(response)
}

/// The page for a form that is too old, or not ours.
pub(super) async fn stale(visit: &Visit, who: AdminId, chosen: &str) -> Result<Response, Problem> {
    let told = (StatusCode::FORBIDDEN, Some("page-stale"));
    show(visit, who, told, chosen).await
}

async fn show(
    visit: &Visit,
    who: AdminId,
    (status, key): (StatusCode, Option<&'static str>),
    chosen: &str,
) -> Result<Response, Problem> {
    let frame = visit.frame(person_address(&visit.front, who));
    let is_wrong = key.is_some_and(|key| key.starts_with("identity-"));
    let told = (status, key.map(|key| frame.say(key)));
    show_words(visit, who, told, (is_wrong, chosen)).await
}

/// The same with the words of the notice; `is_wrong` where the proof of who sits there was.
async fn show_words(
    visit: &Visit,
    who: AdminId,
    (status, notice): (StatusCode, Option<String>),
    (is_wrong, chosen): (bool, &str),
) -> Result<Response, Problem> {
    let person = match others::find(&visit.door.app, &visit.current, who).await? {
        Ok(person) => person,
        Err(refused) => return answer(visit, refused).await?.ok_or(Problem::NotFound),
    };
    let frame = visit.frame(person_address(&visit.front, who));
    let admin = &person.admin;
    let names = [
        ("name", visit.current.admin.full_name().into()),
        ("person", name_of(admin).into()),
    ];
    let why = frame.words().tell("second_factor-people_identity", &names);
    let parts = parts(&frame, &person, chosen);
    let template = PersonPage {
        name: name_of(admin),
        username: &admin.username,
        email: admin.email.as_deref().unwrap_or_default(),
        user: who,
        facts: list::facts(&frame, &person),
        has_nothing: person.has_nothing(),
        is_everything_chosen: !parts.iter().any(|part| part.is_chosen),
        parts,
        reset: visit.front.tfa(RESET),
        link: visit.front.tfa(LINK),
        is_unreachable: person.admin.reachable_email().is_none(),
        people: visit.front.tfa(PEOPLE),
        identity: IdentityFields::new(visit, why, is_wrong, None),
        notice,
        is_refused: status != StatusCode::OK,
        frame,
    };
    page(status, &template)
}

/// Where there is more than one kind, each can be taken away alone.
fn parts(frame: &Frame<'_>, person: &Person, chosen: &str) -> Vec<Part> {
    let enrolled = person.enrolled.unwrap_or_default();
    let providers = enrolled.providers();
    let part = |provider: &Provider| Part {
        code: provider.code(),
        name: match provider {
            Provider::Google => frame.say("second_factor-set_up_title"),
            Provider::U2fKey => frame.say("second_factor-own_keys"),
        },
        is_chosen: provider.code() == chosen,
    };
    match providers.as_slice() {
        [_] => Vec::new(),
        several => several.iter().map(part).collect(),
    }
}
