#![doc = include_str!("../README.md")]

mod answer;
mod claims;
mod client;
mod failure;
pub mod ims;
mod provider;
mod provider_url;
mod trial;
mod unreachable;

pub use answer::{Oddity, Unexpected};
pub use claims::{LogoutToken, RequiredClaim, VerifiedBearer, VerifiedIdentity};
pub use client::{CallFailed, Client, Limits};
pub use failure::Failure;
pub use provider::{
    AuthorizationRequest, OpenIdOptions, Prompt, Provider, Redemption, Registration, SignedIn,
    Standing, Tokens,
};
pub use provider_url::{ProviderUrl, UrlRefused};
pub use trial::TrialRefused;
pub use unreachable::{Cause, Unreachable};
