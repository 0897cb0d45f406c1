//! To the owner of an account: what of it was changed. It goes to the address that the account had
//! before, so that whoever takes an account over cannot keep its owner from learning of it.

use crate::mail::{Letter, Letterhead, letterhead};
use crate::words::Words;
use domain::admin::Admin;
use jiff::Timestamp;

/// What Commerce tells of when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The mail address.
    Email,
    /// The password.
    Password,
    /// The user name.
    Username,
}

impl Change {
    fn name(self, words: &Words) -> String {
        match self {
            Self::Email => words.say("mail_account_changed-email"),
            Self::Password => words.say("mail_account_changed-password"),
            Self::Username => words.say("mail_account_changed-username"),
        }
    }
}

/// Writes the letter. `before` is the account as it was.
pub fn write(head: &Letterhead, before: &Admin, changes: &[Change], now: Timestamp) -> Letter {
    let words = letterhead::words_of(before);
    let changes: Vec<String> = changes.iter().map(|change| change.name(&words)).collect();
    let about = [
        ("changes", changes.join(", ").into()),
        ("username", before.username.as_str().into()),
    ];
    let what = [
        ("username", before.username.as_str().into()),
        ("moment", head.moment(&words, now).into()),
    ];
    let label = words.say("mail_account_changed-changed");
    Letter::new(
        words,
        head,
        words.tell("mail_account_changed-subject", &about),
    )
    .greeting(&before.full_name())
    .paragraph(words.tell("mail_account_changed-what", &what))
    .facts(vec![(label, changes.join(", "))])
    .paragraph(words.say("mail_account_changed-where"))
    .paragraph(words.say("mail_account_changed-unexpected"))
}
