//! To an admin who has no second factor yet: the link to set one up.

use crate::mail::{Letter, Letterhead, letterhead};
use domain::admin::Admin;

/// Writes the letter. The link holds for an hour.
pub fn write(head: &Letterhead, admin: &Admin, link: String) -> Letter {
    let words = letterhead::words_of(admin);
    let name = admin.full_name();
    let subject = words.tell(
        "mail_enrolment_link-subject",
        &[("name", name.as_str().into())],
    );
    let why = [
        ("username", admin.username.as_str().into()),
        ("shop", head.shop().into()),
    ];
    Letter::new(words, head, subject)
        .greeting(&name)
        .paragraph(words.tell("mail_enrolment_link-why", &why))
        .link(words.say("mail_enrolment_link-link"), link)
        .paragraph(words.say("mail_enrolment_link-terms"))
        .paragraph(words.say("mail_enrolment_link-ignore"))
}
