//! What keys are asked to sign. Nothing is stored of a question until it is answered, so that nobody
//! fills a table by opening a page: a challenge says itself when it ends and what it is for, and is
//! bound to its browser by a keyed digest. A right answer uses it up.
//!
//! ```text
//!  1 purpose │ 8 end, in seconds │ 16 random │ 32 keyed digest of those and of whom it was given to
//! ```

use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use store::database::Connection;
use store::used_puzzles;
use webauthn::Refusal;

/// How long a person has for an answer.
pub(in crate::second_factor) const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// What a key is asked for. An answer counts for nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::second_factor) enum Purpose {
    /// The second factor, of the sign-in of a browser.
    SignIn,
    /// The same at the web API, of a person.
    SignInByApi,
    /// The first key, of the sign-in of a browser.
    SetUp,
    /// The same at the web API, of a person.
    SetUpByApi,
    /// One more key, of a session.
    Own,
    /// A sign-in without a password, of a browser's cookie.
    Passkey,
}

impl Purpose {
    fn byte(self) -> u8 {
        match self {
            Self::SignIn => 1,
            Self::SignInByApi => 2,
            Self::SetUp => 3,
            Self::SetUpByApi => 4,
            Self::Own => 5,
            Self::Passkey => 6,
        }
    }
}

/// What something is asked for, and whom: the answer has to come from there.
#[derive(Clone, Copy)]
pub(in crate::second_factor) struct Question<'a> {
    pub(in crate::second_factor) purpose: Purpose,
    pub(in crate::second_factor) subject: &'a str,
}

impl Question<'_> {
    /// A new challenge.
    pub(in crate::second_factor) fn challenge(
        self,
        app: &App,
        now: Timestamp,
    ) -> Result<Vec<u8>, ServiceError> {
        let end = (now + LIFETIME).as_second();
        let mut challenge = vec![self.purpose.byte()];
        challenge.extend(end.to_be_bytes());
        challenge.extend(random::bytes::<16>()?);
        let digest = app.keyring().keyed_digest(&self.message(&challenge));
        let digest = HEXLOWER.decode(digest.as_bytes());
        challenge.extend(digest.map_err(|error| ServiceError::Fault(error.to_string()))?);
        Ok(challenge)
    }

    /// Whether a challenge was given here, for this purpose, and is still good.
    pub(in crate::second_factor) fn judge(
        self,
        app: &App,
        now: Timestamp,
        challenge: &[u8],
    ) -> Result<(), Refusal> {
        let (head, digest) = challenge.split_at_checked(25).ok_or(Refusal::Challenge)?;
        let (purpose, rest) = head.split_first().ok_or(Refusal::Challenge)?;
        let (end, _) = rest.split_first_chunk::<8>().ok_or(Refusal::Challenge)?;
        if *purpose != self.purpose.byte() {
            return Err(Refusal::Purpose);
        }
        let digest = HEXLOWER.encode(digest);
        if !app.keyring().is_keyed_digest(&digest, &self.message(head)) {
            return Err(Refusal::Challenge);
        }
        match now.as_second() < i64::from_be_bytes(*end) {
            true => Ok(()),
            false => Err(Refusal::Expired),
        }
    }

    fn message(self, head: &[u8]) -> Vec<u8> {
        let kind = HEXLOWER.encode(head);
        format!("challenge of a key:{kind}:{}", self.subject).into_bytes()
    }
}

/// Uses a challenge up, by its text in an answer. Of several answers at once one is taken.
pub(in crate::second_factor) async fn use_up(
    app: &App,
    connection: &mut Connection,
    challenge: &str,
    now: Timestamp,
) -> Result<Result<(), Refusal>, ServiceError> {
    let text = format!("answered challenge:{challenge}");
    let digest = app.keyring().keyed_digest(text.as_bytes());
    let is_new = used_puzzles::use_once(connection, &digest, now, now + LIFETIME).await?;
    Ok(is_new.then_some(()).ok_or(Refusal::Replayed))
}
