//! The provider that was asked last, so that its metadata and keys are not fetched for every
//! sign-in. One is enough: an instance has one provider at a time.

use crate::error::ServiceError;
use openid::Provider;
use std::sync::{Mutex, PoisonError};

/// Holds a provider by the fingerprint of how it is set up.
pub(crate) struct KeptProvider<T = Provider> {
    held: Mutex<Option<(String, T)>>,
}

impl<T> Default for KeptProvider<T> {
    fn default() -> Self {
        Self {
            held: Mutex::new(None),
        }
    }
}

impl<T: Clone> KeptProvider<T> {
    /// The provider of this fingerprint, made anew where another one was kept.
    pub(crate) fn get_or_make(
        &self,
        fingerprint: String,
        make: impl FnOnce() -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some((known, provider)) if *known == fingerprint => Ok(provider.clone()),
            _ => {
                let provider = make()?;
                *held = Some((fingerprint, provider.clone()));
                Ok(provider)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_kept_until_it_is_set_up_otherwise() {
        let kept = KeptProvider::default();
        let get = |fingerprint: &str, fresh: u8| {
            kept.get_or_make(fingerprint.to_owned(), || Ok(fresh))
                .unwrap()
        };
        assert_eq!(get("a", 1), 1);
        assert_eq!(get("a", 2), 1);
        assert_eq!(get("b", 3), 3);
        assert_eq!(get("a", 4), 4);
    }

    #[test]
    fn one_that_cannot_be_made_does_not_take_the_place_of_the_last() {
        let kept = KeptProvider::default();
        let refused = || Err(ServiceError::Refused("no address".to_owned()));
        assert!(kept.get_or_make("a".to_owned(), || Ok(1)).is_ok());
        assert!(kept.get_or_make("b".to_owned(), refused).is_err());
        assert_eq!(kept.get_or_make("a".to_owned(), || Ok(2)).unwrap(), 1);
    }
}
