//! Both providers, walked as a strict client walks them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod actor;
mod back_channel;
mod codes;
mod endings;
mod gullible;
mod inspection;
mod sign_in_page;
mod steering;
mod tokens;
mod twists;
