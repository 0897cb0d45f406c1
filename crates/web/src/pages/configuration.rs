//! Commerce's Stores > Configuration > Advanced > Admin, to be read: how people sign in, since when
//! and by whose doing, and which policies hold. There is no form: nothing here can be changed, and
//! the command that can do it is told.

mod policies;

use super::{denied, page};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::moment::Moment;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;
use policies::Group;
use service::provider;
use service::sign_in::overview::{Integration, overview};

#[derive(Template)]
#[template(path = "pages/configuration.html")]
struct ConfigurationPage<'a> {
    frame: Frame<'a>,
    state: String,
    since: Moment,
    changed_by: String,
    trial_until: Option<Moment>,
    integration: Vec<(String, String)>,
    how: String,
    command: &'static str,
    policies: Vec<Group>,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Detour> {
    let current = member::require(&front, &visitor, &door, Purpose::Any).await?;
    let Ok(overview) = overview(&door.app, &current).await? else {
        return Ok(denied::show(&front, &visitor, &door, &current)?);
    };
    let frame = Frame::signed_in(&front, &visitor, &door, &current).at(front.configuration());
    let words = frame.words();
    let provider = provider::name(&door.app).await?;
    let provider = provider.as_deref();
    let (state, how, command) = match overview.mode {
        SignInMode::AdobeIms => (
            frame.tell_at(provider, "configuration-is_on", "configuration-is_on_at"),
            "configuration-switch_off",
            "admin:adobe-ims:disable",
        ),
        SignInMode::Commerce => (
            frame.say("configuration-is_off"),
            "configuration-switch_on",
            "admin:adobe-ims:enable",
        ),
    };
    let template = ConfigurationPage {
        state,
        since: Moment::new(overview.since, words),
        changed_by: overview.changed_by,
        trial_until: overview.trial_until.map(|at| Moment::new(at, words)),
        integration: overview
            .integration
            .map(|integration| facts(&frame, integration))
            .unwrap_or_default(),
        how: frame.say(how),
        command,
        policies: policies::list(words, overview.mode, &overview.policies),
        frame,
    };
    Ok(page(StatusCode::OK, &template)?)
}

/// How the integration is set up. Of the client it is told only that there is one.
fn facts(frame: &Frame<'_>, integration: Integration) -> Vec<(String, String)> {
    let client = match integration.has_credentials {
        true => "configuration-client_configured",
        false => "configuration-client_missing",
    };
    let provider = integration.issuer.unwrap_or_else(|| "Adobe".to_owned());
    let all = [
        ("configuration-provider", provider),
        ("configuration-organization", integration.organization),
        ("configuration-client", frame.say(client)),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (frame.say(key), value))
        .collect()
}

#[cfg(test)]
mod tests;
