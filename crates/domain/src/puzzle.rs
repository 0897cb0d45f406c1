//! Work that a browser does by itself before a throttled form is looked at: nothing for eyes or
//! memory. The server keeps nothing of a puzzle it gives out; it is signed, and bound to a form
//! and to what the form is about (a user name). Each can be answered once, and the store sees to
//! that.
//!
//! A puzzle is `issued.bits.nonce.signature`. Solved is one for which the text of the solution,
//! appended to the puzzle's, gives a SHA-256 that begins with `bits` zeros. Who has no scripts
//! sends the puzzle back without a solution, but not before [`WAIT`] is over.

use crate::throttle::Form;
use commerce::encryption::Keyring;
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// Leading zero bits: 2^15 tries on average. Chromium's WebCrypto does some 60,000 a second on a
/// small machine, so that a person waits about half a second, and rarely two.
pub const BITS: u32 = 15;

/// How long a browser without scripts has to wait.
pub const WAIT: SignedDuration = SignedDuration::from_secs(15);

/// The longest solution that is looked at, in bytes.
const LONGEST_SOLUTION: usize = 32;

/// What came back with a form.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The puzzle as it was given out.
    pub puzzle: String,
    /// What the browser found; empty where it has no scripts.
    pub solution: String,
}

/// How a puzzle was answered; what holds for it is for the store to settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By work: good once, until `expires_at`.
    Solved {
        /// When the puzzle runs out in any case.
        expires_at: Timestamp,
    },
    /// By waiting: good once, and only as the one such answer from its address since `since`.
    Waited {
        /// When the waiting began.
        since: Timestamp,
        /// When the puzzle runs out in any case.
        expires_at: Timestamp,
    },
}

/// A new puzzle for a form about `subject`. The nonce must come from a secure random source.
pub fn issue(
    keyring: &Keyring,
    form: Form,
    subject: &str,
    nonce: [u8; 16],
    now: Timestamp,
) -> String {
    let head = format!("{}.{BITS}.{}", now.as_second(), HEXLOWER.encode(&nonce));
    let signature = keyring.keyed_digest(signed(form, &head, subject).as_bytes());
    format!("{head}.{signature}")
}

/// What an answer proves at `now`: nothing where it was not given out by us, for another form or
/// subject, too long ago, or neither solved nor waited for.
pub fn judge(
    keyring: &Keyring,
    form: Form,
    subject: &str,
    answer: &Answer,
    life: SignedDuration,
    now: Timestamp,
) -> Option<Proof> {
    let (head, signature) = answer.puzzle.rsplit_once('.')?;
    if !keyring.is_keyed_digest(signature, signed(form, head, subject).as_bytes()) {
        return None;
    }
    let mut parts = head.split('.');
    let issued_at = Timestamp::from_second(parts.next()?.parse().ok()?).ok()?;
    let bits: u32 = parts.next()?.parse().ok()?;
    let expires_at = issued_at.checked_add(life).ok()?;
    if now < issued_at || now >= expires_at {
        None
    } else if is_solved(answer, bits) {
        Some(Proof::Solved { expires_at })
    } else if answer.solution.is_empty() && now.duration_since(issued_at) >= WAIT {
        Some(Proof::Waited {
            since: issued_at,
            expires_at,
        })
    } else {
        None
    }
}

fn is_solved(answer: &Answer, bits: u32) -> bool {
    if answer.solution.is_empty() || answer.solution.len() > LONGEST_SOLUTION {
        return false;
    }
    let digest = Sha256::new()
        .chain_update(&answer.puzzle)
        .chain_update(&answer.solution)
        .finalize();
    let mut zeros = 0;
    for byte in digest {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros >= bits
}

/// The subject stands last: whatever it holds, no other form or head reads the same.
fn signed(form: Form, head: &str, subject: &str) -> String {
    format!("puzzle:{}:{head}:{subject}", form.code())
}

/// Finds a solution, as a browser's script does; for the tests of forms.
#[cfg(any(test, feature = "testing"))]
pub fn solve(puzzle: &str) -> Answer {
    let mut answer = Answer {
        puzzle: puzzle.to_owned(),
        solution: "0".to_owned(),
    };
    let bits = puzzle
        .split('.')
        .nth(1)
        .and_then(|bits| bits.parse().ok())
        .unwrap_or(BITS);
    let mut tried: u64 = 0;
    while !is_solved(&answer, bits) {
        tried += 1;
        answer.solution = tried.to_string();
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFE: SignedDuration = SignedDuration::from_mins(7);

    fn keyring() -> Keyring {
        Keyring::parse("0123456789abcdef0123456789abcdef").unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn judged(answer: &Answer, second: i64) -> Option<Proof> {
        judge(&keyring(), Form::SignIn, "ann", answer, LIFE, at(second))
    }

    fn puzzle() -> String {
        issue(&keyring(), Form::SignIn, "ann", [7; 16], at(0))
    }

    fn unsolved() -> Answer {
        Answer {
            puzzle: puzzle(),
            solution: String::new(),
        }
    }

    #[test]
    fn a_solved_puzzle_is_good_at_once_and_until_it_runs_out() {
        let answer = solve(&puzzle());
        let proof = Some(Proof::Solved {
            expires_at: at(420),
        });
        for (second, expected) in [(0, proof), (419, proof), (420, None), (-1, None)] {
            assert_eq!(judged(&answer, second), expected, "{second}");
        }
    }

    #[test]
    fn without_scripts_a_puzzle_is_good_after_a_wait() {
        let proof = Some(Proof::Waited {
            since: at(0),
            expires_at: at(420),
        });
        for (second, expected) in [(0, None), (14, None), (15, proof), (420, None)] {
            assert_eq!(judged(&unsolved(), second), expected, "{second}");
        }
    }

    #[test]
    fn a_wrong_or_oversized_solution_is_none_however_long_it_took() {
        for solution in ["no".to_owned(), "0".repeat(33)] {
            let answer = Answer {
                solution,
                ..unsolved()
            };
            assert_eq!(judged(&answer, 60), None);
        }
    }

    #[test]
    fn a_puzzle_is_bound_to_its_form_its_subject_its_time_and_its_bits() {
        let answer = solve(&puzzle());
        let judge = |form, subject| judge(&keyring(), form, subject, &answer, LIFE, at(1));
        assert!(judge(Form::SignIn, "ann").is_some());
        assert_eq!(judge(Form::SignIn, "ben"), None);
        assert_eq!(judge(Form::ForgotPassword, "ann"), None);
        let other = Keyring::parse("fedcba9876543210fedcba9876543210").unwrap();
        let forged = issue(&other, Form::SignIn, "ann", [7; 16], at(0));
        let easier = puzzle().replacen(&format!(".{BITS}."), ".0.", 1);
        let younger = puzzle().replacen("1800000000", "1800000400", 1);
        for puzzle in [forged, easier, younger, String::new(), "....".to_owned()] {
            let answer = Answer {
                puzzle,
                solution: "1".to_owned(),
            };
            assert_eq!(judged(&answer, 401), None, "{answer:?}");
        }
    }
}
