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
    /// The stable word for it in the record.
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::Username => "username",
        }
    }

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
    let names: Vec<String> = changes.iter().map(|change| change.name(&words)).collect();
    let names = names.join(", ");
    let about = [
        ("changes", names.as_str().into()),
        ("username", before.username.as_str().into()),
    ];
    let what = [
        ("username", before.username.as_str().into()),
        ("moment", head.moment(&words, now).into()),
    ];
    let label = words.say("mail_account_changed-changed");
    let subject = words.tell("mail_account_changed-subject", &about);
    let mut letter = Letter::new(words, head, subject)
        .greeting(&before.full_name())
        .paragraph(words.tell("mail_account_changed-what", &what))
        .facts(vec![(label, names.clone())]);
    if changes.contains(&Change::Email) {
        letter = letter.paragraph(words.say("mail_account_changed-where"));
    }
    letter.paragraph(words.say("mail_account_changed-unexpected"))
}
