//! The fixed texts of the phrases, and which of them begin at a place of a line.
//!
//! A phrase can begin only where a word does, unless its script has no blanks or its beginning is
//! open (`*beschleuniger`). So there is no need to look at each byte, and an automaton over all
//! terms, which costs a hundred times more to build, would be no faster to search. The first four
//! bytes tell how long the pieces are that begin with them; the hash of each such beginning tells
//! the piece.

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use super::letters::Rolling;

/// How many bytes tell whether a place is worth a look.
const KEY: usize = 4;
/// Longer pieces are found by so many bytes.
const LONGEST: usize = 63;
/// Size of the set that answers most look-ups.
const BITS: usize = 1 << 16;

/// Pieces of text, each with a number of its own.
#[derive(Debug)]
pub(super) struct Pieces {
    /// Which lengths under four bytes there are, by the first byte.
    short: [u8; 256],
    bits: Box<[u64]>,
    /// Which lengths there are, by the first four bytes.
    lengths: FxHashMap<u32, u64>,
    /// The hash of each piece's first bytes, and its number.
    pieces: HashTable<(u64, u32)>,
}

impl Default for Pieces {
    fn default() -> Pieces {
        Pieces {
            short: [0; 256],
            bits: vec![0; BITS / 64].into(),
            lengths: FxHashMap::default(),
            pieces: HashTable::new(),
        }
    }
}

impl Pieces {
    /// Makes room for so many more.
    pub fn reserve(&mut self, pieces: usize) {
        self.pieces.reserve(pieces, |(hash, _)| *hash);
        self.lengths.reserve(pieces / 4);
    }

    /// The number of a piece; a new one is given by `number`, and known ones told apart by `same`.
    pub fn add(
        &mut self,
        piece: &str,
        same: impl Fn(u32) -> bool,
        number: impl FnOnce() -> u32,
    ) -> u32 {
        let bytes = piece.as_bytes();
        let length = bytes.len().min(LONGEST);
        let mut hash = Rolling::default();
        for byte in &bytes[..length] {
            hash.push(u32::from(*byte));
        }
        let hash = hash.finish();
        let is_same = |(other, number): &(u64, u32)| *other == hash && same(*number);
        if let Some((_, number)) = self.pieces.find(hash, is_same) {
            return *number;
        }
        match key(bytes) {
            Some(key) => {
                *self.lengths.entry(key).or_default() |= 1 << length;
                let bit = bit(key);
                self.bits[bit / 64] |= 1 << (bit % 64);
            }
            None => {
                if let Some(first) = bytes.first() {
                    self.short[usize::from(*first)] |= 1 << length;
                }
            }
        }
        let number = number();
        self.pieces
            .insert_unique(hash, (hash, number), |(hash, _)| *hash);
        number
    }

    /// The pieces that may begin a text: equal hashes need not be equal texts.
    pub fn beginning(&self, text: &[u8], mut found: impl FnMut(u32)) {
        let Some(first) = text.first() else { return };
        let mut lengths = u64::from(self.short[usize::from(*first)]);
        if let Some(key) = key(text) {
            let bit = bit(key);
            if self.bits[bit / 64] & (1 << (bit % 64)) != 0 {
                lengths |= self.lengths.get(&key).copied().unwrap_or(0);
            }
        }
        let mut hash = Rolling::default();
        for (byte, length) in text.iter().zip(1..=LONGEST) {
            if lengths >> length == 0 {
                return;
            }
            hash.push(u32::from(*byte));
            if lengths & (1 << length) != 0 {
                let hash = hash.finish();
                for (other, number) in self.pieces.iter_hash(hash) {
                    if *other == hash {
                        found(*number);
                    }
                }
            }
        }
    }
}

fn key(bytes: &[u8]) -> Option<u32> {
    bytes
        .first_chunk::<KEY>()
        .map(|first| u32::from_le_bytes(*first))
}

fn bit(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 16) as usize % BITS
}
