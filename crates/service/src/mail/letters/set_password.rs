//! To whoever has no Commerce password when the integration is switched off: a link to set one.

use super::reset_link;
use crate::mail::{Letter, Letterhead, letterhead};
use domain::admin::Admin;

/// Writes the letter. The link holds for `hours`.
pub fn write(head: &Letterhead, admin: &Admin, link: String, hours: i64) -> Letter {
    let words = letterhead::words_of(admin);
    let username = admin.username.as_str();
    Letter::new(words, head, words.say("mail_set_password-subject"))
        .greeting(&admin.full_name())
        .paragraph(words.tell("mail_set_password-why", &[("username", username.into())]))
        .link(words.say("mail_set_password-link"), link)
        .paragraph(reset_link::terms(&words, hours))
        .paragraph(words.say("mail_set_password-later"))
}
