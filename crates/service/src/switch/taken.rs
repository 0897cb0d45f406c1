//! Tokens of the provider's that a switch has taken away, as far as a key opens them: to be revoked
//! at whoever issued them, and searched for.

use crate::app::App;
use secrecy::SecretString;
use store::adobe_tokens::StoredToken;

/// What was stored, and is not any more.
#[derive(Default)]
pub(super) struct Taken {
    /// Access and refresh tokens, each with its issuer where that was noted.
    revocable: Vec<(Option<String>, SecretString)>,
    /// ID tokens, which no provider takes back.
    id_tokens: Vec<SecretString>,
}

impl Taken {
    /// Opens what was stored.
    pub(super) fn open(app: &App, stored: Vec<StoredToken>) -> Self {
        let mut taken = Self::default();
        for token in stored {
            match app.keyring().decrypt_text(&token.sealed) {
                Ok(open) if token.is_id_token => taken.id_tokens.push(open),
                Ok(open) => taken.revocable.push((token.issuer, open)),
                Err(_) => {}
            }
        }
        taken
    }

    /// Adds what stored PHP sessions held.
    pub(super) fn extend(&mut self, tokens: Vec<SecretString>) {
        let tokens = tokens.into_iter().map(|token| (None, token));
        self.revocable.extend(tokens);
    }

    /// All of them, with what a report calls each.
    pub(super) fn labelled(&self) -> impl Iterator<Item = (&'static str, &SecretString)> {
        let revocable = self.revocable.iter().map(|(_, token)| token);
        let revocable = revocable.map(|token| ("Adobe token", token));
        let id_tokens = self.id_tokens.iter().map(|token| ("ID token", token));
        revocable.chain(id_tokens)
    }

    /// Those to be revoked at `issuer`: another's are not shown to it.
    pub(super) fn revocable_at(self, issuer: &str) -> Vec<SecretString> {
        let is_its = |of: &Option<String>| of.as_deref().is_none_or(|of| of == issuer);
        let tokens = self.revocable.into_iter().filter(|(of, _)| is_its(of));
        tokens.map(|(_, token)| token).collect()
    }
}
