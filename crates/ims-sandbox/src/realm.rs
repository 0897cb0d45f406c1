//! Two providers in one process: Adobe IMS with its own ways, and a plain OpenID provider.
//!
//! They share the client, the people and the browser's session; codes and tokens of one are
//! unknown to the other.

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Realm {
    /// The paths under `/ims`.
    Ims,
    /// The paths under `/oidc`.
    OpenId,
}

impl Realm {
    /// The issuer identifier, below the address at which the stand-in listens.
    pub(crate) fn issuer(self, url: &str) -> String {
        match self {
            Self::Ims => url.to_owned(),
            Self::OpenId => format!("{url}/oidc"),
        }
    }
}
