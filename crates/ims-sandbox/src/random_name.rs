//! Names that nobody can guess: codes, tokens, sessions.

use data_encoding::HEXLOWER;

/// A new name of this kind.
pub(crate) fn random_name(kind: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes)?;
    Ok(format!("sandbox-{kind}-{}", HEXLOWER.encode(&bytes)))
}
