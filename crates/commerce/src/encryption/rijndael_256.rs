//! Rijndael with a block and a key of 256 bits, decryption only. AES is the same cipher with a
//! smaller block, so every byte substitution and column mixing runs in the AES round functions,
//! in constant time and without tables; this file only moves bytes to where those expect them.
//! Source: Daemen and Rijmen, "AES Proposal: Rijndael" (1999), sections 4.2 to 4.3 with Nb = 8.

use aes::Block;
use aes::hazmat::{cipher_round, equiv_inv_cipher_round, inv_mix_columns, mix_columns};
use std::array::from_fn;
use zeroize::{Zeroize as _, Zeroizing};

/// Bytes of a block.
pub(super) const BLOCK_LENGTH: usize = 32;

const ROUNDS: usize = 14;
const WORDS_PER_BLOCK: usize = 8;

/// Powers of x in GF(2⁸), one for each round key but the first.
const ROUND_CONSTANTS: [u8; ROUNDS] = [
    0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36, 0x6c, 0xd8, 0xab, 0x4d,
];

type Word = [u8; 4];
type State = [u8; BLOCK_LENGTH];

/// The cipher under one key.
pub(super) struct Rijndael256 {
    /// First to last, as encryption uses them.
    round_keys: Zeroizing<Vec<State>>,
}

impl Rijndael256 {
    pub(super) fn new(key: &[u8; BLOCK_LENGTH]) -> Self {
        let mut round_keys = Zeroizing::new(Vec::with_capacity(ROUNDS + 1));
        let mut round_key = *key;
        round_keys.push(round_key);
        for constant in ROUND_CONSTANTS {
            round_key = next_round_key(&round_key, constant);
            round_keys.push(round_key);
        }
        round_key.zeroize();
        Self { round_keys }
    }

    pub(super) fn decrypt_block(&self, block: &State) -> State {
        let mut keys = self.round_keys.iter().rev();
        let mut state = *block;
        if let Some(last) = keys.next() {
            add(&mut state, last);
        }
        for (position, round_key) in keys.enumerate() {
            state = by_halves(&align_rows(&state), |half| {
                equiv_inv_cipher_round(half, &Block::default());
                // That round ends with a column mixing, which here comes after the key.
                mix_columns(half);
            });
            add(&mut state, round_key);
            if position + 1 < ROUNDS {
                state = by_halves(&state, inv_mix_columns);
            }
        }
        state
    }
}

/// The round key after `key`; as wide as the cipher's key, so that only one step is special.
fn next_round_key(key: &State, constant: u8) -> State {
    let (words, _) = key.as_chunks::<4>();
    let mut previous: Word = words.last().copied().unwrap_or_default();
    previous.rotate_left(1);
    previous = substitute(previous);
    previous = from_fn(|row| byte(&previous, row) ^ if row == 0 { constant } else { 0 });
    let mut next = [0; BLOCK_LENGTH];
    let (next_words, _) = next.as_chunks_mut::<4>();
    for (position, (next_word, word)) in next_words.iter_mut().zip(words).enumerate() {
        if position == WORDS_PER_BLOCK / 2 {
            previous = substitute(previous);
        }
        *next_word = from_fn(|row| byte(word, row) ^ byte(&previous, row));
        previous = *next_word;
    }
    next
}

/// The S-box on each byte. Four equal columns make the row shift of an AES round a no-op, and
/// its column mixing is taken back.
fn substitute(word: Word) -> Word {
    let mut columns: Block = from_fn::<u8, 16, _>(|index| byte(&word, index % 4)).into();
    cipher_round(&mut columns, &Block::default());
    inv_mix_columns(&mut columns);
    columns.first_chunk().copied().unwrap_or_default()
}

/// Undoes the row shifts of the wide block (0, 1, 3 and 4 columns) and does those of an AES
/// block in each half, which the AES round undoes again.
fn align_rows(state: &State) -> State {
    from_fn(|index| {
        let (half, within, row) = (index / 16, index % 16 / 4, index % 4);
        let column = half * 4 + (within + row) % 4;
        let shift = row + usize::from(row >= 2);
        byte(
            state,
            4 * ((column + WORDS_PER_BLOCK - shift) % WORDS_PER_BLOCK) + row,
        )
    })
}

fn by_halves(state: &State, transform: impl Fn(&mut Block)) -> State {
    let mut result = *state;
    let (halves, _) = result.as_chunks_mut::<16>();
    for half in halves {
        let mut block = Block::from(*half);
        transform(&mut block);
        *half = block.into();
    }
    result
}

fn add(state: &mut State, round_key: &State) {
    for (byte, key) in state.iter_mut().zip(round_key) {
        *byte ^= key;
    }
}

fn byte(bytes: &[u8], index: usize) -> u8 {
    bytes.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER;

    /// Made by an implementation with tables, unlike this one.
    #[test]
    fn a_block_made_elsewhere_is_opened() {
        let block = "557e01f859f6273ba6ff05e9ecf92ca80349e370a404161b68bb94fbf405b7b5";
        let block = HEXLOWER
            .decode(block.as_bytes())
            .unwrap()
            .try_into()
            .unwrap();
        let cipher = Rijndael256::new(b"fedcba9876543210fedcba9876543210");
        assert_eq!(
            &cipher.decrypt_block(&block),
            b"A block of thirty-two bytes, 1st"
        );
    }
}
