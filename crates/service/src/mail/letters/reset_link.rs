//! To whoever asked for a new password: the link.

use crate::mail::{Letter, Letterhead, letterhead};
use crate::words::Words;
use domain::admin::Admin;

/// Writes the letter. The link holds for `hours`.
pub fn write(head: &Letterhead, admin: &Admin, link: String, hours: i64) -> Letter {
    let words = letterhead::words_of(admin);
    let name = admin.full_name();
    let subject = words.tell("mail_reset_link-subject", &[("name", name.as_str().into())]);
    let username = admin.username.as_str();
    Letter::new(words, head, subject)
        .greeting(&name)
        .paragraph(words.tell("mail_reset_link-why", &[("username", username.into())]))
        .link(words.say("mail_reset_link-link"), link)
        .paragraph(terms(&words, hours))
        .paragraph(words.say("mail_reset_link-ignore"))
}

/// How long and how often a link holds.
pub(super) fn terms(words: &Words, hours: i64) -> String {
    words.tell("mail_reset_link-terms", &[("hours", hours.into())])
}
