//! To a newly created admin while the integration is on, as Commerce does: who gave the access, and
//! where to begin. There is no password to be told of.

use crate::mail::{Letter, Letterhead, letterhead};
use domain::admin::Admin;

/// Where Adobe documents Commerce.
const DOCUMENTATION: &str = "https://experienceleague.adobe.com/en/docs/commerce";

/// Where Adobe tells what is new in Commerce.
const RELEASE_NOTES: &str =
    "https://experienceleague.adobe.com/en/docs/commerce-operations/release/notes/overview";

/// Writes the letter.
pub fn write(head: &Letterhead, admin: &Admin) -> Letter {
    let words = letterhead::words_of(admin);
    let name = admin.full_name();
    let subject = words.tell("mail_welcome-subject", &[("name", name.as_str().into())]);
    let what = words.tell("mail_welcome-what", &[("shop", head.shop().into())]);
    let email = admin.email.as_deref().unwrap_or_default();
    let how = words.tell("mail_welcome-how", &[("email", email.into())]);
    Letter::new(words, head, subject)
        .greeting(&name)
        .paragraph(what)
        .paragraph(how)
        .button(words.say("mail_welcome-begin"), head.page(""))
        .link(
            words.say("mail_welcome-documentation"),
            DOCUMENTATION.to_owned(),
        )
        .link(
            words.say("mail_welcome-release_notes"),
            RELEASE_NOTES.to_owned(),
        )
}
