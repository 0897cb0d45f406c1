//! One version of a stored password hash: how it digests the salt and what came before. The last
//! part of a row lists these, oldest first, so that a hash could be strengthened without the
//! password. Numbers are read as PHP reads them: an empty or alphabetic version is 0.

use super::argon2_memory::{Argon2Cost, Argon2Memory, OutOfMemory};
use super::salt;
use crate::php_text;
use md5::{Digest as _, Md5};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A version Commerce verifies.
pub(super) enum Step {
    /// 0: MD5 of salt and input.
    Md5,
    /// 1: SHA-256 of salt and input.
    Sha256,
    /// 2: Argon2id with libsodium's interactive limits.
    Argon2Interactive,
    /// `3_<bytes>_<passes>_<memory in bytes>`: Argon2id with its limits written down.
    Argon2Agnostic(Argon2Cost),
}

impl Step {
    /// Reads one version; `None` where Commerce knows no digest for it.
    pub(super) fn parse(token: &str) -> Option<Self> {
        if let Some(cost) = parse_agnostic(token) {
            return Some(Self::Argon2Agnostic(cost));
        }
        match php_text::integer(token) {
            0 => Some(Self::Md5),
            1 => Some(Self::Sha256),
            2 => Some(Self::Argon2Interactive),
            _ => None,
        }
    }

    /// Hexadecimal digits this step gives.
    pub(super) fn digest_length(&self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha256 => 64,
            Self::Argon2Interactive => Argon2Cost::CURRENT.digest_length(),
            Self::Argon2Agnostic(cost) => cost.digest_length(),
        }
    }

    /// What the step costs where it is Argon2id.
    pub(super) fn argon2_cost(&self) -> Option<Argon2Cost> {
        match self {
            Self::Md5 | Self::Sha256 => None,
            Self::Argon2Interactive => Some(Argon2Cost::CURRENT),
            Self::Argon2Agnostic(cost) => Some(*cost),
        }
    }

    /// The raw digest. MD5 and SHA-256 take the whole salt, in front.
    pub(super) fn digest(
        &self,
        input: &[u8],
        salt: &str,
        memory: &mut Argon2Memory,
    ) -> Result<Zeroizing<Vec<u8>>, OutOfMemory> {
        Ok(Zeroizing::new(match (self, self.argon2_cost()) {
            (_, Some(cost)) => return memory.hash(cost, input, &salt::for_argon2(salt)),
            (Self::Md5, None) => Md5::new()
                .chain_update(salt)
                .chain_update(input)
                .finalize()
                .to_vec(),
            (_, None) => Sha256::new()
                .chain_update(salt)
                .chain_update(input)
                .finalize()
                .to_vec(),
        }))
    }
}

/// Matches `/^3_(\d+)_(\d+)_(\d+)$/`, whose `$` lets one line break follow.
fn parse_agnostic(token: &str) -> Option<Argon2Cost> {
    let token = token.strip_suffix('\n').unwrap_or(token);
    let numbers: Vec<&str> = token.strip_prefix("3_")?.split('_').collect();
    let is_number =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !numbers.iter().all(is_number) {
        return None;
    }
    // Beyond 64 bits the number is too high in any case.
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    match *numbers.as_slice() {
        [bytes, passes, memory] => Some(Argon2Cost {
            output_bytes: number(bytes),
            passes: number(passes),
            memory_bytes: number(memory),
        }),
        _ => None,
    }
}
