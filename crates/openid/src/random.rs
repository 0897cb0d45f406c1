//! Texts that nobody can guess.

/// A code that nobody was given, a state that nobody waits for or a verifier: 192 random bits as
/// hexadecimal digits. `None` when the operating system gives none.
pub(crate) fn text() -> Option<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).ok()?;
    Some(data_encoding::HEXLOWER.encode(&bytes))
}
