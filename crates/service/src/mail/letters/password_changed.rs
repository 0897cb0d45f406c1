//! To the owner of an account: its password was changed. Whoever did not do it learns of it here.

use crate::mail::{Letter, Letterhead, letterhead};
use domain::admin::Admin;
use jiff::Timestamp;

/// Writes the letter.
pub fn write(head: &Letterhead, admin: &Admin, now: Timestamp) -> Letter {
    let words = letterhead::words_of(admin);
    let username = admin.username.as_str();
    let subject = words.tell(
        "mail_password_changed-subject",
        &[("username", username.into())],
    );
    let what = [
        ("username", username.into()),
        ("moment", head.moment(&words, now).into()),
    ];
    Letter::new(words, head, subject)
        .greeting(&admin.full_name())
        .paragraph(words.tell("mail_password_changed-what", &what))
        .paragraph(words.say("mail_password_changed-ended"))
        .paragraph(words.say("mail_password_changed-unexpected"))
        .link(
            words.say("mail_password_changed-link"),
            head.page("admin/auth/forgotpassword/"),
        )
}
