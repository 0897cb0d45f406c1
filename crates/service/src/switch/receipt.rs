//! What a switch did, place by place, for a person or a script to read. It names places, numbers
//! and people, never a value that was removed.

use crate::error::ServiceError;
use crate::second_factor::survey::{Module, Standing, Survey};
use domain::readiness::{Obstacle, Prospect, Readiness};
use serde::{Serialize, Serializer};

/// The outcome of switching the integration off, or of asking what that would do.
#[derive(Debug, Serialize)]
pub struct Receipt {
    /// `disabled`, `already_disabled`, `would_disable` or `would_remove_leftovers`.
    pub outcome: Outcome,
    /// The epoch that holds now; sessions and tokens of earlier ones are void.
    pub epoch: i64,
    /// Where the settings stood that are gone now.
    pub removed: Vec<Removed>,
    /// What was ended along with them.
    pub ended: Ended,
    /// Whether Adobe was told to forget its tokens; nothing when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revoked>,
    /// How the servers took notice.
    pub nodes: Vec<NodeNotice>,
    /// Things that were meant to be done and could not be, in words.
    pub warnings: Vec<String>,
    /// What the search for the removed values found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residue: Option<Residue>,
    /// Why something that must follow the switch has not done so yet; it will be tried again.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "in_words")]
    pub unfinished: Option<ServiceError>,
    /// Who can sign in with a password now.
    pub admins: Vec<AdminProspect>,
    /// What is asked of them besides the password; nothing where that could not be found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_factors: Option<SecondFactors>,
    /// User names of those who would be sent a link to set a password, where it was asked for and
    /// nothing was done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub would_notify: Vec<String>,
    /// Mails with a link to set a password, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notified: Vec<Notified>,
}

/// An error as what it says.
pub(super) fn in_words<S: Serializer>(
    error: &Option<ServiceError>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let words = error.as_ref().map(ToString::to_string);
    words.serialize(serializer)
}

/// A setting of the integration and a place where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// `Organization ID`, `Client ID` or `Client Secret`, or what else is set about the provider.
    pub setting: &'static str,
    /// The place: a table, or a file with the line.
    pub place: String,
}

/// How a switch came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The integration was on and is off now.
    Disabled,
    /// It was off; what was left of it is gone.
    AlreadyDisabled,
    /// Only asked: nothing was changed.
    WouldDisable,
    /// Only asked: it is off, and what is left of it is still there.
    WouldRemoveLeftovers,
}

impl Outcome {
    /// Whether it was only asked what would be done.
    pub fn is_preview(self) -> bool {
        matches!(self, Self::WouldDisable | Self::WouldRemoveLeftovers)
    }
}

/// Numbers of what ended.
#[derive(Debug, Default, Serialize)]
pub struct Ended {
    /// Sessions of Postern's own.
    pub sessions: u64,
    /// Sessions of PHP Commerce, by its table.
    pub commerce_sessions: u64,
    /// Stored PHP sessions that held an Adobe token.
    pub php_sessions: u64,
    /// Stored Adobe tokens.
    pub adobe_tokens: u64,
    /// Admins whose tokens of the web API are void.
    pub admins_with_void_tokens: u64,
}

/// What became of Adobe's tokens at Adobe.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Revoked {
    /// Adobe confirmed.
    pub revoked: usize,
    /// Adobe answered, but refused; usually because the token was no longer valid.
    pub refused: usize,
    /// No answer in time. Such a token is of no use here, and runs off by itself.
    pub unreached: usize,
}

/// How one server took notice of the switch.
#[derive(Debug, Serialize)]
pub struct NodeNotice {
    /// Host and process.
    pub name: String,
    /// Whether it said so itself; otherwise its lease ran out, which comes to the same.
    pub acknowledged: bool,
}

/// What the search for the removed values found.
#[derive(Debug, Default, Serialize)]
pub struct Residue {
    /// How many places were searched from end to end.
    pub searched: usize,
    /// Where something was found: place and what.
    pub found: Vec<String>,
    /// Places that were not searched, with the reason.
    pub not_searched: Vec<String>,
}

/// One admin's way in.
#[derive(Debug, Serialize)]
pub struct AdminProspect {
    /// User name.
    pub username: String,
    /// Mail address.
    pub email: Option<String>,
    /// `has_password`, `locked`, `must_reset` or `no_reachable_mail`.
    pub sign_in: &'static str,
    /// Unix seconds until which the account is locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<i64>,
    /// `no_mail` or `shared_mail`: why the person could not sign in with Adobe ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adobe_obstacle: Option<&'static str>,
    /// Whether the person may do everything.
    pub has_full_rights: bool,
}

impl From<&Prospect> for AdminProspect {
    fn from(prospect: &Prospect) -> Self {
        Self {
            username: prospect.username.clone(),
            email: prospect.email.clone(),
            sign_in: prospect.readiness.code(),
            locked_until: match prospect.readiness {
                Readiness::Locked(until) => Some(until.as_second()),
                _ => None,
            },
            adobe_obstacle: prospect.obstacle.map(|obstacle| match obstacle {
                Obstacle::NoMail => "no_mail",
                Obstacle::SharedMail => "shared_mail",
            }),
            has_full_rights: prospect.has_full_rights,
        }
    }
}

/// What is asked of active admins besides the password, by their user names.
#[derive(Clone, Debug, Serialize)]
pub struct SecondFactors {
    /// Commerce's module for second factors, without which nobody is asked.
    pub module: Module,
    /// Who has set one up, and is asked for it.
    pub enrolled: Vec<String>,
    /// Who has none, and must set one up first.
    pub must_enrol: Vec<String>,
    /// Whose cannot be read, which keeps them out.
    pub unreadable: Vec<String>,
}

impl From<&Survey> for SecondFactors {
    fn from(survey: &Survey) -> Self {
        let names = |standing: Standing| {
            let people = survey.admins.iter();
            let standing_so = people.filter(|person| person.standing == standing);
            standing_so.map(|person| person.username.clone()).collect()
        };
        Self {
            module: survey.module,
            enrolled: names(Standing::Enrolled),
            must_enrol: names(Standing::MustEnrol),
            unreadable: names(Standing::Unreadable),
        }
    }
}

/// A mail that was or was not sent.
#[derive(Debug, Serialize)]
pub struct Notified {
    /// User name.
    pub username: String,
    /// Whether the mail server took it.
    pub sent: bool,
    /// Its words, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}
