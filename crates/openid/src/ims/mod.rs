//! What is peculiar to Adobe IMS.
//!
//! Adobe's addresses are patterns in the shop's configuration, its sign-in redirects nest addresses
//! in addresses, and its sign-out wants the client secret. The rest of the crate knows none of this.

mod access_token;
mod adobe;
mod certificate;
mod credentials;
mod endpoints;
mod landing;
mod patterns;
mod refusal;
mod sign_in;

pub(crate) use adobe::Adobe;
pub use credentials::{Trial, try_credentials};
pub use endpoints::{AuthorizationRequest, Endpoints, InvalidAddress};
pub use patterns::Patterns;
pub use refusal::{CredentialsRefused, ErrorCode};
