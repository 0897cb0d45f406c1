//! Argon2id as libsodium computes it (RFC 9106, version 1.3, one lane), in memory that is
//! allocated once and used again: taking 64 MiB from the system for each hash costs a third of
//! the time. The rule it guards: no stored row makes us use more than that, or work for longer
//! than eight sign-ins do.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::{Zeroize as _, Zeroizing};

/// Most memory a step may use: what Commerce writes, in blocks of 1 KiB.
const MAX_BLOCKS: u64 = 64 * 1024;
/// Most passes over [`MAX_BLOCKS`] that all steps of a row may ask for together.
const MAX_PASSES: u64 = 16;
/// Longest output; a column of 255 characters has no room for more in hexadecimal.
const MAX_OUTPUT_BYTES: u64 = 128;
/// libsodium's `crypto_pwhash_argon2id_BYTES_MIN` and `…_MEMLIMIT_MIN`.
const MIN_OUTPUT_BYTES: u64 = 16;
const MIN_MEMORY_BYTES: u64 = 8192;

/// The limits of one Argon2id step, as its version names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Argon2Cost {
    pub(super) output_bytes: u64,
    pub(super) passes: u64,
    pub(super) memory_bytes: u64,
}

impl Argon2Cost {
    /// What Commerce 2.4 writes, and what its version 2 means without saying so.
    pub(super) const CURRENT: Self = Self {
        output_bytes: 32,
        passes: 2,
        memory_bytes: 64 * 1024 * 1024,
    };

    /// The version to store.
    pub(super) fn token(self) -> String {
        format!(
            "3_{}_{}_{}",
            self.output_bytes, self.passes, self.memory_bytes
        )
    }

    /// Hexadecimal digits of the output.
    pub(super) fn digest_length(self) -> usize {
        usize::try_from(self.output_bytes)
            .unwrap_or(usize::MAX)
            .saturating_mul(2)
    }

    /// Whether PHP refuses these limits, so that Commerce falls back.
    pub(super) fn is_below_minimum(self) -> bool {
        self.output_bytes < MIN_OUTPUT_BYTES
            || self.passes < 1
            || self.memory_bytes < MIN_MEMORY_BYTES
    }

    /// Whether a row with these steps asks for more than we grant.
    pub(super) fn are_too_high(costs: impl Iterator<Item = Self>) -> bool {
        let mut work: u64 = 0;
        for cost in costs {
            if cost.output_bytes > MAX_OUTPUT_BYTES || cost.blocks() > MAX_BLOCKS {
                return true;
            }
            work = work.saturating_add(cost.work());
        }
        work > MAX_PASSES * MAX_BLOCKS
    }

    /// Blocks to be filled, over all passes.
    pub(super) fn work(self) -> u64 {
        self.passes.saturating_mul(self.blocks())
    }

    fn blocks(self) -> u64 {
        self.memory_bytes / Block::SIZE as u64
    }

    fn params(self) -> Option<Params> {
        let number = |value: u64| u32::try_from(value).ok();
        let output = usize::try_from(self.output_bytes).ok()?;
        Params::new(
            number(self.blocks())?,
            number(self.passes)?,
            1,
            Some(output),
        )
        .ok()
    }
}

/// There was no memory for a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is not enough memory to compute a password hash (64 MiB)")]
pub struct OutOfMemory;

/// Up to 64 MiB to compute hashes in, one at a time; empty until the first use.
///
/// What stays in it after a hash lets whoever reads it try passwords cheaply, so it is wiped when
/// dropped. It is not wiped after every hash: that costs up to a tenth of the throughput on busy
/// cores, exactly when the next hash overwrites it at once. Whoever keeps one calls
/// [`Self::wipe`] when nothing is waiting (1 to 2 ms alone).
#[derive(Default)]
pub struct Argon2Memory {
    blocks: Vec<Block>,
    filled: u64,
}

impl Argon2Memory {
    /// Overwrites what the last hash left; the memory stays allocated.
    pub fn wipe(&mut self) {
        self.blocks.iter_mut().for_each(|block| block.zeroize());
    }

    /// The work done in it so far: blocks of 1 KiB filled.
    pub fn blocks_filled(&self) -> u64 {
        self.filled
    }

    /// The raw hash. The cost must be within the limits above.
    pub(super) fn hash(
        &mut self,
        cost: Argon2Cost,
        password: &[u8],
        salt: &[u8; 16],
    ) -> Result<Zeroizing<Vec<u8>>, OutOfMemory> {
        let params = cost.params().ok_or(OutOfMemory)?;
        let mut output = Zeroizing::new(vec![0; params.output_len().unwrap_or_default()]);
        let blocks = self.at_least(params.block_count())?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(password, salt, &mut output, blocks)
            .map_err(|_| OutOfMemory)?;
        self.filled = self.filled.saturating_add(cost.work());
        Ok(output)
    }

    fn at_least(&mut self, count: usize) -> Result<&mut [Block], OutOfMemory> {
        let missing = count.saturating_sub(self.blocks.len());
        if missing > 0 {
            // Growing would move what is there and leave a copy behind.
            self.wipe();
            self.blocks
                .try_reserve_exact(missing)
                .map_err(|_| OutOfMemory)?;
            self.blocks.resize(count, Block::new());
        }
        Ok(&mut self.blocks)
    }
}

impl Drop for Argon2Memory {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl std::fmt::Debug for Argon2Memory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Argon2Memory({} KiB)", self.blocks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Argon2Cost = Argon2Cost {
        output_bytes: 32,
        passes: 1,
        memory_bytes: 8192,
    };

    #[test]
    fn memory_is_taken_at_the_first_hash_and_grows_only_for_a_dearer_one() {
        let mut memory = Argon2Memory::default();
        assert_eq!(memory.blocks.len(), 0);
        memory
            .hash(SMALL, b"password", b"0123456789abcdef")
            .unwrap();
        assert_eq!(memory.blocks.len(), 8);
        let dearer = Argon2Cost {
            memory_bytes: 16384,
            ..SMALL
        };
        memory
            .hash(dearer, b"password", b"0123456789abcdef")
            .unwrap();
        memory
            .hash(SMALL, b"password", b"0123456789abcdef")
            .unwrap();
        assert_eq!(memory.blocks.len(), 16);
    }

    #[test]
    fn a_hash_does_not_depend_on_what_was_in_the_memory() {
        let mut memory = Argon2Memory::default();
        let mut hash = |password: &[u8]| memory.hash(SMALL, password, b"0123456789abcdef").unwrap();
        let first = hash(b"one");
        assert_ne!(hash(b"two"), first);
        assert_eq!(hash(b"one"), first);
    }

    #[test]
    fn wiping_leaves_nothing_but_zeros() {
        let mut memory = Argon2Memory::default();
        memory
            .hash(SMALL, b"password", b"0123456789abcdef")
            .unwrap();
        let is_zero = |memory: &Argon2Memory| {
            memory
                .blocks
                .iter()
                .all(|block| block.as_ref().iter().all(|word| *word == 0))
        };
        assert!(!is_zero(&memory));
        memory.wipe();
        assert!(is_zero(&memory));
    }

    #[test]
    fn the_limits_hold_for_each_step_and_for_all_together() {
        let too_high = |costs: &[Argon2Cost]| Argon2Cost::are_too_high(costs.iter().copied());
        let current = Argon2Cost::CURRENT;
        assert!(!too_high(&[current; 8]));
        assert!(too_high(&[current; 9]));
        assert!(!too_high(&[Argon2Cost {
            passes: 16,
            ..current
        }]));
        assert!(too_high(&[Argon2Cost {
            passes: 17,
            ..current
        }]));
        assert!(too_high(&[
            Argon2Cost {
                passes: u64::MAX,
                ..SMALL
            },
            current
        ]));
        assert!(too_high(&[Argon2Cost {
            memory_bytes: 65 << 20,
            ..SMALL
        }]));
        assert!(too_high(&[Argon2Cost {
            output_bytes: 129,
            ..SMALL
        }]));
    }
}
