//! Whether the person is asked who they are.

use super::request::Request;
use crate::{browser_session::BrowserSession, person::Person, provider::Provider};

/// How the request goes on.
pub(super) enum Decision {
    /// The page asks who it is.
    Ask,
    /// This person signs in at once.
    SignIn(Box<Person>),
    /// The person is signed in already.
    GoOn(Box<BrowserSession>),
    /// It ends with this error.
    Refuse(&'static str),
}

pub(super) fn decide(
    provider: &Provider,
    request: &Request,
    session: Option<BrowserSession>,
) -> Decision {
    if request.anew {
        return Decision::Ask;
    }
    if !provider.options().ask {
        return match provider.find_person(request.login_hint.as_deref()) {
            Some(person) => Decision::SignIn(Box::new(person.clone())),
            None => Decision::Refuse("access_denied"),
        };
    }
    match session.filter(|session| is_fresh(provider, request, session)) {
        Some(session) => Decision::GoOn(Box::new(session)),
        None if request.silent => Decision::Refuse("login_required"),
        None => Decision::Ask,
    }
}

fn is_fresh(provider: &Provider, request: &Request, session: &BrowserSession) -> bool {
    let age = provider.now().as_second() - session.authenticated_at.as_second();
    request.max_age.is_none_or(|max_age| age < max_age)
}
