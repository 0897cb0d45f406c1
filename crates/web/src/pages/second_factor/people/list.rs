//! Who has what set up, and who must set something up; found by name.

use super::{PEOPLE, answer, name_of, person_address};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::Purpose;
use crate::pages::page;
use crate::pages::second_factor::OWN;
use crate::pages::second_factor::visit::Visit;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::others::{self, Person, Wanted};

/// The fields of the search.
const NAME: &str = "name";
const ONLY_WITHOUT: &str = "without";

#[derive(Template)]
#[template(path = "pages/second_factor/people/list.html")]
struct ListPage<'a> {
    frame: Frame<'a>,
    action: String,
    name: &'a str,
    only_without: bool,
    people: Vec<Row>,
    is_cut: bool,
    notice: Option<String>,
    is_refused: bool,
}

struct Row {
    name: String,
    username: String,
    is_oneself: bool,
    facts: String,
    address: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let visit = Visit::begin(front, visitor, door, Purpose::Any).await?;
    let query = query.unwrap_or_default();
    let mut wanted = Wanted::default();
    for (field, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match field.as_ref() {
            NAME => wanted.name = value.into_owned(),
            ONLY_WITHOUT => wanted.only_without = !value.is_empty(),
            _ => {}
        }
    }
    Ok(show(&visit, StatusCode::OK, &wanted, None).await?)
}

/// The page for who looked for somebody who is not there.
pub(super) async fn refuse(visit: &Visit) -> Result<Response, Problem> {
    let notice = Some("second_factor-people_gone");
    let everybody = Wanted::default();
    // Boxed, since a refusal of the list itself leads back here.
    Box::pin(show(visit, StatusCode::NOT_FOUND, &everybody, notice)).await
}

async fn show(
    visit: &Visit,
    status: StatusCode,
    wanted: &Wanted,
    notice: Option<&'static str>,
) -> Result<Response, Problem> {
    let listed = match others::list(&visit.door.app, &visit.current, wanted).await? {
        Ok(listed) => listed,
        Err(refused) => return answer(visit, refused).await?.ok_or(Problem::NotFound),
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair(NAME, &wanted.name);
    if wanted.only_without {
        query.append_pair(ONLY_WITHOUT, "1");
    }
    let address = format!("{}?{}", visit.front.tfa(PEOPLE), query.finish());
    let frame = visit.frame(address);
    let people = listed.people.iter();
    let template = ListPage {
        action: visit.front.tfa(PEOPLE),
        name: &wanted.name,
        only_without: wanted.only_without,
        people: people.map(|person| row(visit, &frame, person)).collect(),
        is_cut: listed.is_cut,
        notice: notice.map(|key| frame.say(key)),
        is_refused: status != StatusCode::OK,
        frame,
    };
    page(status, &template)
}

fn row(visit: &Visit, frame: &Frame<'_>, person: &Person) -> Row {
    let admin = &person.admin;
    let is_oneself = admin.id == visit.current.admin.id;
    Row {
        name: name_of(admin),
        username: admin.username.clone(),
        is_oneself,
        facts: facts(frame, person),
        address: match is_oneself {
            true => visit.front.tfa(OWN),
            false => person_address(&visit.front, admin.id),
        },
    }
}

/// What somebody has, in one line.
pub(super) fn facts(frame: &Frame<'_>, person: &Person) -> String {
    let Some(enrolled) = person.enrolled else {
        return frame.say("second_factor-people_unreadable");
    };
    if person.has_nothing() {
        return frame.say("second_factor-people_nothing");
    }
    let mut facts = Vec::new();
    if enrolled.google {
        facts.push(frame.say("second_factor-set_up_title"));
    }
    if enrolled.u2fkey {
        facts.push(frame.tell("second_factor-people_keys", "count", person.keys));
    }
    facts.push(frame.tell("second_factor-people_codes", "count", person.codes_left));
    facts.join(" · ")
}
