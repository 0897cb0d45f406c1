//! To the owner of an account: somebody signed in with a browser that had not been used for it.

use crate::mail::{Letter, Letterhead, letterhead};
use domain::admin::Admin;
use jiff::Timestamp;

/// Writes the letter. `browser` is what a person would call the browser.
pub fn write(head: &Letterhead, admin: &Admin, ip: &str, browser: &str, now: Timestamp) -> Letter {
    let words = letterhead::words_of(admin);
    let username = [("username", admin.username.as_str().into())];
    let facts = vec![
        (words.say("mail_new_browser-time"), head.moment(&words, now)),
        (words.say("mail_new_browser-address"), ip.to_owned()),
        (words.say("mail_new_browser-browser"), browser.to_owned()),
    ];
    Letter::new(
        words,
        head,
        words.tell("mail_new_browser-subject", &username),
    )
    .greeting(&admin.full_name())
    .paragraph(words.tell("mail_new_browser-what", &username))
    .facts(facts)
    .paragraph(words.say("mail_new_browser-unexpected"))
    .link(
        words.say("mail_new_browser-link"),
        head.page("admin/system_account/index/"),
    )
}
