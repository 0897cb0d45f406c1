#![doc = include_str!("../README.md")]

mod algorithm;
mod answer;
mod bearer;
mod cached;
mod claims;
mod client;
mod failure;
#[cfg(feature = "fuzzing")]
mod given;
mod id_token;
pub mod ims;
mod jwt;
mod keys;
mod logout_token;
mod moments;
mod open_id;
mod pkce;
mod provider;
mod provider_url;
mod random;
mod refusal;
mod strict_json;
mod token_answer;
mod trial;
mod unreachable;

pub use answer::{Oddity, Unexpected};
pub use claims::{LogoutToken, RequiredClaim, VerifiedBearer, VerifiedIdentity};
pub use client::{CallFailed, Client, Limits};
pub use failure::Failure;
#[cfg(feature = "fuzzing")]
pub use given::Given;
pub use provider::{
    AuthorizationRequest, OpenIdOptions, Prompt, Provider, Redemption, Registration, SignedIn,
    Standing, Tokens,
};
pub use provider_url::{ProviderUrl, UrlRefused};
pub use refusal::Refusal;
pub use trial::TrialRefused;
pub use unreachable::{Cause, Unreachable};
