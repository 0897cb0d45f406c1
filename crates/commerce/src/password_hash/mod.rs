//! The `password` column of `admin_user` and `admin_passwords`: `<hex>:<salt>:<version>[:…]`.
//! Every version that Commerce verifies is verified, chained ones included; only the current one
//! is written. The rule it guards: an empty password never verifies, whatever a row says.
//! One step of a chain: `step`; the memory Argon2id works in: [`Argon2Memory`].

mod argon2_memory;
mod salt;
mod step;

pub use argon2_memory::{Argon2Memory, OutOfMemory};
pub use salt::Salt;

use crate::encryption::Keyring;
use argon2_memory::Argon2Cost;
use data_encoding::HEXLOWER;
use step::Step;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// The most steps a row may chain; Commerce has written three.
const MAX_STEPS: usize = 8;

/// Characters of the keyed digest that rows without a known version are compared with.
const KEYED_DIGEST_LENGTH: usize = 64;

/// A stored hash that some password may verify against.
pub struct PasswordHash {
    digest: String,
    scheme: Scheme,
    /// Whether the row has all three parts, which is what Commerce's rehash rule asks.
    salted: bool,
}

enum Scheme {
    /// Each step digests the salt and what the step before gave, beginning with the password.
    Chain { salt: String, steps: Vec<Step> },
    /// HMAC-SHA256 of the password under the last encryption key: what Commerce falls back to
    /// where it cannot follow the versions.
    Keyed,
}

/// Why no password can verify against a stored text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableHash {
    /// There is no hash: the admin has never had a password here.
    #[error("no password hash is stored")]
    Empty,
    /// The digest is not one that its versions, or the fallback, can produce.
    #[error("the stored password hash has no form that Commerce verifies")]
    Malformed,
    /// The row asks for more memory or time than any Commerce release wrote (64 MiB, 16 passes
    /// over it in all, 8 steps, 128 bytes): a forged row must not be able to stop the server.
    #[error("the stored password hash demands more memory or time than Commerce ever wrote")]
    TooCostly,
}

/// Why no hash was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotHash {
    /// An empty password is never stored.
    #[error("an empty password cannot be stored")]
    EmptyPassword,
    /// The 64 MiB could not be had.
    #[error(transparent)]
    OutOfMemory(#[from] OutOfMemory),
}

impl PasswordHash {
    /// Takes a row apart as Commerce does, and refuses what can never verify.
    pub fn parse(stored: &str) -> Result<Self, UnusableHash> {
        if stored.is_empty() {
            return Err(UnusableHash::Empty);
        }
        let parts: Vec<&str> = stored.splitn(3, ':').collect();
        let (digest, chain) = match *parts.as_slice() {
            [digest, salt, versions] => (digest, Some((salt, parse_steps(salt, versions)?))),
            _ => (stored, None),
        };
        let salted = chain.is_some();
        let scheme = match chain {
            Some((salt, Some(steps))) => Scheme::Chain {
                salt: salt.to_owned(),
                steps,
            },
            _ => Scheme::Keyed,
        };
        let hash = Self {
            digest: digest.to_owned(),
            scheme,
            salted,
        };
        let is_lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if digest.len() == hash.digest_length() && digest.bytes().all(is_lower_hex) {
            Ok(hash)
        } else {
            Err(UnusableHash::Malformed)
        }
    }

    /// Whether `password` (its raw bytes: nothing is trimmed or normalised) is the one stored.
    /// An empty password is not, even where the row was made from one. Slow: 50 to 100 ms.
    pub fn verify(
        &self,
        password: &[u8],
        keyring: &Keyring,
        memory: &mut Argon2Memory,
    ) -> Result<bool, OutOfMemory> {
        if password.is_empty() {
            return Ok(false);
        }
        match &self.scheme {
            Scheme::Keyed => Ok(keyring.is_keyed_digest(&self.digest, password)),
            Scheme::Chain { salt, steps } => {
                let digest = follow(steps, salt, password, memory)?;
                Ok(digest.as_bytes().ct_eq(self.digest.as_bytes()).into())
            }
        }
    }

    /// Whether verifying takes less than the work of a hash that is written today: an older
    /// version, or forged limits. Time must not tell such an account from others.
    pub fn is_cheap(&self) -> bool {
        let work: u64 = match &self.scheme {
            Scheme::Chain { steps, .. } => {
                let costs = steps.iter().filter_map(Step::argon2_cost);
                costs.map(Argon2Cost::work).sum()
            }
            Scheme::Keyed => 0,
        };
        work < Argon2Cost::CURRENT.work()
    }

    /// Whether Commerce replaces this hash at the next sign-in in the Admin: everything but one
    /// single step of the current kind. Rows without a salt count as current and stay.
    pub fn needs_rehash(&self) -> bool {
        let is_current = match &self.scheme {
            Scheme::Chain { steps, .. } => matches!(steps.as_slice(), [Step::Argon2Agnostic(_)]),
            Scheme::Keyed => false,
        };
        self.salted && !is_current
    }

    /// The text to store for a new password: Argon2id with 64 MiB and two passes, 32 bytes, as
    /// Commerce 2.4 writes and PHP verifies it.
    pub fn create(
        password: &[u8],
        salt: &Salt,
        memory: &mut Argon2Memory,
    ) -> Result<String, CannotHash> {
        if password.is_empty() {
            return Err(CannotHash::EmptyPassword);
        }
        let step = Step::Argon2Agnostic(Argon2Cost::CURRENT);
        let digest = follow(&[step], salt.as_str(), password, memory)?;
        Ok(format!(
            "{}:{}:{}",
            digest.as_str(),
            salt.as_str(),
            Argon2Cost::CURRENT.token()
        ))
    }

    fn digest_length(&self) -> usize {
        match &self.scheme {
            Scheme::Chain { steps, .. } => steps.last().map_or(0, Step::digest_length),
            Scheme::Keyed => KEYED_DIGEST_LENGTH,
        }
    }

    /// Whether this is the hash of the empty password, where that is cheap to see. PHP has never
    /// been able to make one with Argon2id.
    fn is_of_empty_password(&self) -> bool {
        let Scheme::Chain { salt, steps } = &self.scheme else {
            return false;
        };
        if steps.iter().any(|step| step.argon2_cost().is_some()) {
            return false;
        }
        follow(steps, salt, b"", &mut Argon2Memory::default())
            .is_ok_and(|digest| *digest == self.digest)
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PasswordHash")
            .finish_non_exhaustive()
    }
}

/// Whether some password may sign in with this row: who must reset theirs and who need not. A
/// row of an unknown version is counted out, because no release has written one; an unsalted row
/// of 64 hex digits is counted in, because only the password tells which digest it is.
pub fn is_usable(stored: &str) -> bool {
    PasswordHash::parse(stored).is_ok_and(|hash| {
        let is_unknown_version = hash.salted && matches!(hash.scheme, Scheme::Keyed);
        !is_unknown_version && !hash.is_of_empty_password()
    })
}

/// The steps, oldest first, or `None` where Commerce's own walk would fail and fall back.
fn parse_steps(salt: &str, versions: &str) -> Result<Option<Vec<Step>>, UnusableHash> {
    let tokens: Vec<&str> = versions.split(':').collect();
    if tokens.len() > MAX_STEPS {
        return Err(UnusableHash::TooCostly);
    }
    let Some(steps) = tokens
        .into_iter()
        .map(Step::parse)
        .collect::<Option<Vec<Step>>>()
    else {
        return Ok(None);
    };
    let costs = || steps.iter().filter_map(Step::argon2_cost);
    if costs().any(|cost| salt.is_empty() || cost.is_below_minimum()) {
        return Ok(None);
    }
    if Argon2Cost::are_too_high(costs()) {
        return Err(UnusableHash::TooCostly);
    }
    Ok(Some(steps))
}

fn follow(
    steps: &[Step],
    salt: &str,
    password: &[u8],
    memory: &mut Argon2Memory,
) -> Result<Zeroizing<String>, OutOfMemory> {
    let mut digest = Zeroizing::new(String::new());
    let mut input = Zeroizing::new(password.to_vec());
    for step in steps {
        digest = Zeroizing::new(HEXLOWER.encode(&step.digest(&input, salt, memory)?));
        input = Zeroizing::new(digest.as_bytes().to_vec());
    }
    Ok(digest)
}
