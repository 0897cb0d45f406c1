//! To the shop's own mailbox: there is a new admin.

use crate::mail::{Letter, Letterhead};
use jiff::Timestamp;
use store::admins::Profile;

/// Writes the letter.
pub fn write(head: &Letterhead, admin: &Profile, now: Timestamp) -> Letter {
    let words = head.words();
    let username = [("username", admin.username.as_str().into())];
    let moment = [("moment", head.moment(&words, now).into())];
    let facts = vec![
        (
            words.say("mail_admin_created-username"),
            admin.username.clone(),
        ),
        (
            words.say("mail_admin_created-name"),
            format!("{} {}", admin.first_name, admin.last_name),
        ),
        (words.say("mail_admin_created-email"), admin.email.clone()),
    ];
    Letter::new(
        words,
        head,
        words.tell("mail_admin_created-subject", &username),
    )
    .paragraph(words.tell("mail_admin_created-what", &moment))
    .facts(facts)
    .paragraph(words.say("mail_admin_created-unexpected"))
}
