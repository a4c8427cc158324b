//! Hashes of letters, made letter by letter.
//!
//! The index asks for many beginnings of one text, and the vocabulary for what remains of a word
//! when a letter is taken away. Both are cheap when a hash can go on from a shorter one. The tables
//! hold the lexicon's words only: an input can miss, but not fill a bucket.

const FACTOR: u64 = 0xf135_7aea_2e62_a9c5;

/// A hash of a beginning, and of all beginnings that go on from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rolling(u64);

impl Rolling {
    pub fn push(&mut self, letter: u32) {
        self.0 = (self.0.wrapping_add(u64::from(letter) + 1)).wrapping_mul(FACTOR);
    }

    /// The hash, fit for a table that looks at the lowest and the highest bits.
    pub fn finish(self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// The hash of a text.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut hash = Rolling::default();
    for byte in bytes {
        hash.push(u32::from(*byte));
    }
    hash.finish()
}

/// The powers of the factor by which a hash grows with each letter.
pub(super) const POWERS: [u64; 64] = {
    let mut powers = [1u64; 64];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1].wrapping_mul(FACTOR);
        at += 1;
    }
    powers
};

/// A hash with its bits mixed for a table.
pub(super) fn mixed(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(FACTOR);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(FACTOR);
    mixed ^ (mixed >> 32)
}
