//! Somebody who has shown the password and owes a second factor: a request of theirs on the way in.

use super::refusal::Refusal;
use super::{GIVE_UP, form};
use crate::Door;
use crate::cookies::Cookie;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::{account, enter, see_other, sign_in};
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::http::StatusCode;
use axum::response::Response;
use domain::audit::Door as AuditDoor;
use domain::sign_in_mode::SignInMode;
use service::second_factor::FactorRefused;
use service::second_factor::pending::{self, Pending, PendingId};
use service::second_factor::prove::{self, Attempt, Entered, Proof};
use service::words::Words;

/// A request of theirs.
pub(super) struct HalfWay {
    pub(super) front: Front,
    pub(super) visitor: Visitor,
    pub(super) door: Door,
    pub(super) id: PendingId,
    pub(super) pending: Pending,
}

impl HalfWay {
    /// The request of who has a pending sign-in; all others are led to where they can be.
    pub(super) async fn begin(front: Front, visitor: Visitor, door: Door) -> Result<Self, Detour> {
        if door.mode()? == SignInMode::AdobeIms {
            return Err(refuse_mode(&front, &visitor, &door).await?.into());
        }
        let found = match &visitor.pending {
            Some(id) => pending::find(&door.app, id).await?.zip(Some(id.clone())),
            None => None,
        };
        if let Some((pending, id)) = found {
            return Ok(Self {
                front,
                visitor,
                door,
                id,
                pending,
            });
        }
        if visitor.current(&door).await?.is_some() {
            return Err(see_other(&front.home()).into());
        }
        Err(sign_in::ask(&front, &visitor, &door, None).await?.into())
    }

    /// The frame of a page that stands at `address`.
    pub(super) fn frame(&self, address: String) -> Frame<'_> {
        Frame::half_way(&self.front, &self.visitor, &self.pending.admin).at(address)
    }

    /// The language of their pages.
    pub(super) fn words(&self) -> Words {
        Words::of(self.visitor.language(Some(&self.pending.admin)))
    }

    /// What they are called at the sign-in page.
    pub(super) fn username(&self) -> &str {
        &self.pending.admin.username
    }

    /// The key of the pages' forms.
    pub(super) fn form_key(&self) -> String {
        pending::form_token(&self.door.app, &self.id)
    }

    /// Where they give up.
    pub(super) fn give_up(&self) -> String {
        self.front.tfa(GIVE_UP)
    }

    /// On to the page of what is owed now.
    pub(super) fn lead_on(&self) -> Response {
        see_other(&self.front.second_factor())
    }

    /// What a factor is judged with, if the form is one of these pages'.
    pub(super) fn attempt(&self, form_key: &str) -> Result<Attempt, FactorRefused> {
        if !form::is_of(&self.door, &self.id, form_key) {
            return Err(FactorRefused::Stale);
        }
        Ok(Attempt {
            id: self.id.clone(),
            door: AuditDoor::Page,
            ip: self.visitor.origin.ip.clone(),
            browser: self.visitor.browser_id.clone(),
        })
    }

    /// Lets in who shows a factor of theirs with such a form.
    pub(super) async fn prove(
        &self,
        form_key: &str,
        proof: &Proof,
    ) -> Result<Result<Response, FactorRefused>, Detour> {
        let proved = match self.attempt(form_key) {
            Ok(attempt) => prove::prove(&self.door.app, &attempt, proof).await?,
            Err(refused) => Err(refused),
        };
        match proved {
            Ok(entered) => Ok(Ok(self.enter(entered).await?)),
            Err(refused) => self.unless_over(refused).await.map(Err),
        }
    }

    /// Lets them in, and leads them to what they came for.
    pub(super) async fn enter(&self, entered: Entered) -> Result<Response, Problem> {
        let (front, door) = (&self.front, &self.door);
        let admin = entered.verified.admin.id;
        let kept = entered.kept.as_deref().unwrap_or_default();
        let back = account::resume_address(front, door, admin, kept)
            .or_else(|| front.own_address(entered.back.as_deref().unwrap_or_default()));
        let mut response =
            enter::enter(front, &self.visitor, door, &entered.verified, back).await?;
        Cookie::PendingSignIn.clear(&mut response, door.secure_cookies);
        Ok(response)
    }

    /// A refusal for the page to tell, unless the whole sign-in is over and not only this attempt.
    pub(super) async fn unless_over(
        &self,
        refused: FactorRefused,
    ) -> Result<FactorRefused, Detour> {
        let (front, visitor, door) = (&self.front, &self.visitor, &self.door);
        match refused {
            FactorRefused::IntegrationIsOn => Err(refuse_mode(front, visitor, door).await?.into()),
            FactorRefused::NotPending => {
                Err(sign_in::ask(front, visitor, door, None).await?.into())
            }
            refused => Ok(refused),
        }
    }

    /// The refusal as a page tells it; `wrong` is the sentence for a wrong code of this page.
    pub(super) fn refusal(&self, refused: &FactorRefused, wrong: &'static str) -> Refusal {
        Refusal::of(self.words(), refused, wrong, self.door.app.now())
    }
}

/// While the integration is on there is nothing to finish here.
async fn refuse_mode(front: &Front, visitor: &Visitor, door: &Door) -> Result<Response, Problem> {
    let status = StatusCode::FORBIDDEN;
    sign_in::show_refusal(front, visitor, door, status, "adobe_sign_in-use").await
}
