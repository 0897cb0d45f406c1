//! The relying party against providers over real HTTP: what it sends, what it believes, and above
//! all what it refuses.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod end;
mod hostile;
mod keys;
mod play;
mod rotation;
mod sign_in;
mod standing;
mod trial;
mod world;
