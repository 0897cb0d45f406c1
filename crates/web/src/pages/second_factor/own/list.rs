//! What a person has set up, and where to change it.

use super::{ADD_KEY, APP, REMOVE_APP, REMOVE_KEY, RENAME_KEY, RENEW_CODES, key_address, require};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::moment::Moment;
use crate::pages::page;
use crate::pages::second_factor::visit::Visit;
use crate::pages::second_factor::{OWN, signal};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::Provider;
use service::second_factor::own::{self, MOST_KEYS, Own, OwnKey};

/// The query of the page after a change.
pub(super) const APP_SET: &str = "app_set";
pub(super) const APP_REMOVED: &str = "app_removed";
pub(super) const KEY_ADDED: &str = "key_added";
pub(super) const KEY_RENAMED: &str = "key_renamed";
pub(super) const KEY_REMOVED: &str = "key_removed";
pub(super) const CODES_RENEWED: &str = "codes_renewed";

#[derive(Template)]
#[template(path = "pages/second_factor/own/list.html")]
struct ListPage<'a> {
    frame: Frame<'a>,
    notice: Option<String>,
    is_refused: bool,
    /// What the shop wants set up besides.
    missing: Vec<String>,
    /// Whether there is an app, and where it is set up or removed, for who may.
    has_app: bool,
    set_app: Option<String>,
    remove_app: Option<String>,
    /// Whether keys may be set up; those that are there are shown in any case.
    are_keys_allowed: bool,
    /// Where one more is set up, for who may.
    add_key: Option<String>,
    keys: Vec<KeyRow>,
    /// What the browser is to know of its passkeys, after one was removed.
    signal: Option<String>,
    codes_left: u32,
    renew_codes: String,
}

struct KeyRow {
    name: String,
    added: Option<Moment>,
    last_used: Option<Moment>,
    /// Where it is renamed; none where nothing is known of it here.
    rename: Option<String>,
    remove: Option<String>,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let visit = require(front, visitor, door).await?;
    let notice = match query.as_deref() {
        Some(APP_SET) => Some("second_factor-own_app_set"),
        Some(APP_REMOVED) => Some("second_factor-own_app_removed"),
        Some(KEY_ADDED) => Some("key-added"),
        Some(KEY_RENAMED) => Some("second_factor-own_key_renamed"),
        Some(KEY_REMOVED) => Some("second_factor-own_key_removed"),
        Some(CODES_RENEWED) => Some("second_factor-own_codes_renewed"),
        _ => None,
    };
    let accepted = match query.as_deref() {
        Some(KEY_REMOVED) => own::accepted_keys(&visit.door.app, &visit.current).await?,
        _ => None,
    };
    let signal = accepted.as_ref().map(signal::of_accepted);
    Ok(show(&visit, StatusCode::OK, notice, signal).await?)
}

/// The page with why a change has no place any more.
pub(super) async fn refuse(visit: &Visit, notice: &'static str) -> Result<Response, Problem> {
    show(visit, StatusCode::CONFLICT, Some(notice), None).await
}

async fn show(
    visit: &Visit,
    status: StatusCode,
    notice: Option<&'static str>,
    signal: Option<String>,
) -> Result<Response, Problem> {
    let own = own::list(&visit.door.app, &visit.current).await?;
    let front = &visit.front;
    let frame = visit.frame(front.tfa(OWN));
    let may_add_key = own.allowed.contains(&Provider::U2fKey) && own.keys.len() < MOST_KEYS;
    let may_set_app = own.allowed.contains(&Provider::Google);
    let template = ListPage {
        notice: notice.map(|key| frame.say(key)),
        is_refused: status != StatusCode::OK,
        missing: missing(&frame, &own),
        has_app: own.enrolled.google,
        set_app: may_set_app.then(|| front.tfa(APP)),
        remove_app: own.is_app_removable.then(|| front.tfa(REMOVE_APP)),
        add_key: may_add_key.then(|| front.tfa(ADD_KEY)),
        are_keys_allowed: own.allowed.contains(&Provider::U2fKey),
        keys: own.keys.iter().map(|key| row(front, &frame, key)).collect(),
        signal,
        codes_left: own.codes_left,
        renew_codes: front.tfa(RENEW_CODES),
        frame,
    };
    page(status, &template)
}

/// What is still to be set up, one sentence each.
fn missing(frame: &Frame<'_>, own: &Own) -> Vec<String> {
    let sentence = |provider: &Provider| match provider {
        Provider::Google => frame.say("second_factor-missing_app"),
        Provider::U2fKey => frame.say("second_factor-missing_key"),
    };
    own.missing.iter().map(sentence).collect()
}

fn row(front: &Front, frame: &Frame<'_>, key: &OwnKey) -> KeyRow {
    let moment = |at| Moment::new(at, frame.words());
    let known = key.known.as_ref();
    let address = |page| key_address(front, page, &key.digest);
    KeyRow {
        name: name(frame, key),
        added: known.map(|known| moment(known.added_at)),
        last_used: known.and_then(|known| known.last_used_at).map(moment),
        rename: known.map(|_| address(RENAME_KEY)),
        remove: key.is_removable.then(|| address(REMOVE_KEY)),
    }
}

/// What a key is called.
pub(super) fn name(frame: &Frame<'_>, key: &OwnKey) -> String {
    match &key.known {
        Some(known) => known.name.clone(),
        None => frame.say("second_factor-own_key_unknown"),
    }
}
