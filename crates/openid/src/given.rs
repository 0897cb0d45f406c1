//! Answers that are given, in the place of a provider's: for the fuzz targets, and never in the
//! product. Nobody is asked, and all that is behind the one door is read as it is in earnest.

use std::sync::Arc;

use crate::{answer::Answer, client::Client, provider_url::ProviderUrl};

/// One answer, as a provider could give it.
pub struct Given {
    /// Its status.
    pub status: u16,
    /// Its `Location` header.
    pub location: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What is answered at an address.
pub(crate) type Answers = Arc<dyn Fn(&ProviderUrl) -> Given + Send + Sync>;

impl Client {
    /// The same client, which asks `answers` and nobody else.
    pub fn answered_by(
        &self,
        answers: impl Fn(&ProviderUrl) -> Given + Send + Sync + 'static,
    ) -> Self {
        let mut client = self.clone();
        client.given = Some(Arc::new(answers));
        client
    }
}

impl Given {
    pub(crate) fn into_answer(self, url: &ProviderUrl) -> Answer {
        Answer {
            status: self.status,
            location: self.location,
            date: None,
            body: self.body,
            host: url.host(),
        }
    }
}
