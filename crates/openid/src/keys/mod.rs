//! The keys of a provider.
//!
//! They come from the address that the provider's own description names and from nowhere else. A
//! key that is not among them makes the set be fetched anew, once for all who wait and at most every
//! thirty seconds: so a rotation is noticed at once, and made-up key names cost nobody anything.

mod set;

use std::sync::Arc;

use serde_json::{Map, Value};

pub(crate) use set::KeySet;

use crate::{
    cached::Cached, client::Client, failure::Failure, jwt::Jwt, provider_url::ProviderUrl,
    refusal::Refusal,
};

const PLACE: &str = "to the request for its keys";

/// The key set of one provider.
pub(crate) struct Keys {
    client: Client,
    cached: Cached<KeySet>,
}

impl Keys {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            cached: Cached::new(),
        }
    }

    /// Verifies a token by the keys published at `url` and returns its header and claims.
    pub(crate) async fn verify(
        &self,
        url: &ProviderUrl,
        token: Jwt<'_>,
    ) -> Result<Map<String, Value>, Failure> {
        let set = self
            .cached
            .get(fetch(self.client.clone(), url.clone()))
            .await?;
        let (algorithm, key_id) = (token.header.algorithm, token.header.key_id.clone());
        match set.fitting(algorithm, key_id.as_deref()) {
            Ok(keys) => Ok(token.verified(keys)?),
            Err(Refusal::TokenUnknownKey) => {
                let set = self.newer_than(&set, url).await?;
                Ok(token.verified(set.fitting(algorithm, key_id.as_deref())?)?)
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    async fn newer_than(
        &self,
        seen: &Arc<KeySet>,
        url: &ProviderUrl,
    ) -> Result<Arc<KeySet>, Failure> {
        let fetching = fetch(self.client.clone(), url.clone());
        let newer = self.cached.newer_than(seen, fetching).await?;
        newer.ok_or_else(|| Refusal::TokenUnknownKey.into())
    }
}

async fn fetch(client: Client, url: ProviderUrl) -> Result<KeySet, Failure> {
    let members = client.get(&url, PLACE).await?.members(PLACE)?;
    Ok(KeySet::read(&members)?)
}
