#![doc = include_str!("../README.md")]

mod answer;
mod client;
pub mod ims;
mod provider_url;
mod unreachable;

pub use answer::{Oddity, Unexpected};
pub use client::{CallFailed, Client, Limits};
pub use provider_url::{ProviderUrl, UrlRefused};
pub use unreachable::{Cause, Unreachable};
