//! The things Postern deals with and the rules they follow, pure: no I/O, no clock, no async. A
//! rule takes the state and `now` and returns the new state; `service` loads, calls and stores.
//! Start at [`sign_in_mode`], the heart of the product.

pub mod admin;
pub mod audit;
pub mod clock;
pub mod grant;
pub mod identity;
pub mod known_browser;
pub mod linking;
pub mod lockout;
pub mod mail_retry;
pub mod password_lifetime;
pub mod password_policy;
pub mod puzzle;
pub mod readiness;
pub mod reset_limit;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod sign_in_mode;
pub mod throttle;
pub mod username;
