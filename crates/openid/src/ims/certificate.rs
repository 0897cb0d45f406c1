//! The certificates of Adobe's access tokens.
//!
//! A token names its certificate; where certificates are is configuration and never the token's to
//! say (A14). One that is known is asked for again after an hour. Names that are new, which anybody
//! can make up, are looked for four times in half a minute, and only what exists is remembered.
//! No chain is checked: it is the place, reached by TLS, that vouches for what lies there.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use jsonwebtoken::DecodingKey;
use tokio::time::Instant;
use x509_cert::{
    Certificate as X509,
    der::{Decode, DecodePem, oid::ObjectIdentifier},
};

use crate::{
    answer::Oddity, cached::Cached, client::Client, failure::Failure, provider_url::ProviderUrl,
    refusal::Refusal,
};

const PLACE: &str = "to the request for its certificate";
/// `rsaEncryption` (RFC 3279, section 2.3.1).
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// Adobe has a handful.
const MOST: usize = 16;
const NEW_NAMES: usize = 4;
const PAUSE: Duration = Duration::from_secs(30);

/// What counts of a certificate.
pub(super) struct Certificate {
    pub(super) key: DecodingKey,
    from: Timestamp,
    until: Timestamp,
}

/// The certificates that were asked for.
pub(super) struct Certificates {
    client: Client,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: HashMap<String, Arc<Cached<Certificate>>>,
    /// When new names were looked for.
    tries: Vec<Instant>,
}

impl Certificates {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            state: Mutex::default(),
        }
    }

    /// The certificate `name` that lies at `url`, if it is valid now.
    pub(super) async fn get(
        &self,
        name: &str,
        url: ProviderUrl,
        now: Timestamp,
    ) -> Result<Arc<Certificate>, Failure> {
        let cached = self.place_for(name)?;
        match cached.get(fetch(self.client.clone(), url)).await {
            Ok(certificate) if certificate.is_valid(now) => Ok(certificate),
            Ok(_) => Err(Refusal::CertificateOutdated.into()),
            Err(failure) => {
                if failure == Refusal::TokenUnknownKey.into() {
                    self.forget(name, &cached);
                }
                Err(failure)
            }
        }
    }

    fn place_for(&self, name: &str) -> Result<Arc<Cached<Certificate>>, Refusal> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = state.known.get(name) {
            return Ok(Arc::clone(cached));
        }
        state.tries.retain(|at| at.elapsed() < PAUSE);
        if state.tries.len() >= NEW_NAMES {
            return Err(Refusal::TokenUnknownKey);
        }
        // Years of rotations come to this; what is still used is fetched again.
        if state.known.len() >= MOST {
            state.known.clear();
        }
        state.tries.push(Instant::now());
        let cached = Arc::new(Cached::new());
        state.known.insert(name.to_owned(), Arc::clone(&cached));
        Ok(cached)
    }

    /// Only names that do not exist come to this: while Adobe is down they stay, and are no new
    /// ones when they are asked for again.
    fn forget(&self, name: &str, cached: &Arc<Cached<Certificate>>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state
            .known
            .get(name)
            .is_some_and(|it| Arc::ptr_eq(it, cached))
        {
            state.known.remove(name);
        }
    }
}

async fn fetch(client: Client, url: ProviderUrl) -> Result<Certificate, Failure> {
    let answer = client.get(&url, PLACE).await?;
    match answer.status {
        200 => Ok(Certificate::read(&answer.body)?),
        // There is none of this name, so the token made it up.
        403 | 404 => Err(Refusal::TokenUnknownKey.into()),
        status => Err(answer.unexpected(PLACE, Oddity::Status(status)).into()),
    }
}

impl Certificate {
    /// Reads PEM or DER.
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let certificate = X509::from_pem(bytes.trim_ascii())
            .or_else(|_| X509::from_der(bytes))
            .map_err(|_| Refusal::CertificateMalformed)?;
        let certificate = certificate.tbs_certificate();
        let key = certificate.subject_public_key_info();
        let key = match (key.algorithm.oid == RSA, key.subject_public_key.as_bytes()) {
            (true, Some(key)) => DecodingKey::from_rsa_der(key),
            _ => return Err(Refusal::CertificateMalformed),
        };
        let moment = |time: &x509_cert::time::Time| {
            Timestamp::try_from(time.to_system_time()).map_err(|_| Refusal::CertificateMalformed)
        };
        let validity = certificate.validity();
        Ok(Self {
            key,
            from: moment(&validity.not_before)?,
            until: moment(&validity.not_after)?,
        })
    }

    fn is_valid(&self, now: Timestamp) -> bool {
        self.from <= now && now <= self.until
    }
}
