//! What there is to tell: one letter a file. Subjects are, in English, Commerce's own, since
//! people have rules in their mailboxes for them.

pub mod account_changed;
pub mod admin_created;
pub mod new_browser;
pub mod password_changed;
pub mod reset_link;
pub mod set_password;
