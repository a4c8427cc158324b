//! Which words may be meant by a misspelt one.
//!
//! Two words within one edit have a form in common when one letter is taken away from each or
//! neither (Garbe's symmetric deletion). Two words within two edits share a half up to one edit:
//! so of long words the halves are kept, each under the length of the word, which takes a fifth of
//! the forms that taking away two letters would. A look-up costs a bounded number of hashes,
//! whatever the size of the lexicon; a small bit set answers most of them.

use super::letters::POWERS;
use super::letters::mixed;

/// Longest word that is looked at; longer ones are no words.
pub(super) const LONGEST: usize = 32;
const BITS: u64 = 1 << 21;
const BUCKETS: u32 = 17;

/// The letters of a word, and what its stretches hash to.
pub(super) struct Letters {
    letters: Vec<char>,
    /// The hash of each beginning.
    beginnings: Vec<u64>,
}

impl Letters {
    pub fn new(word: &str) -> Letters {
        let letters: Vec<char> = word.chars().collect();
        let mut beginnings = Vec::with_capacity(letters.len() + 1);
        let mut hash = 0u64;
        beginnings.push(hash);
        for c in &letters {
            hash = hash.wrapping_mul(POWERS[1]).wrapping_add(u64::from(*c) + 1);
            beginnings.push(hash);
        }
        Letters {
            letters,
            beginnings,
        }
    }

    pub fn len(&self) -> usize {
        self.letters.len()
    }

    fn stretch(&self, from: usize, to: usize) -> u64 {
        self.beginnings[to].wrapping_sub(self.beginnings[from].wrapping_mul(POWERS[to - from]))
    }

    /// The hashes of a stretch, each of its letters taken away in turn.
    fn without_one(&self, from: usize, to: usize) -> impl Iterator<Item = u64> {
        (from..to).map(move |at| {
            self.stretch(from, at)
                .wrapping_mul(POWERS[to - at - 1])
                .wrapping_add(self.stretch(at + 1, to))
        })
    }
}

/// What a hash is of: a word, or the first or second half of a word of a certain length.
fn key(hash: u64, half: u64, length: usize) -> u64 {
    mixed(hash ^ ((half * 64 + length as u64) << 48))
}

/// Words, to be found by what they may be misspelt as.
#[derive(Debug, Default)]
pub(super) struct Near {
    bits: Vec<u64>,
    /// Where each bucket begins, with the end of the last.
    buckets: Vec<u32>,
    /// The hash of each form, without the bits that tell the bucket, and the number of its word.
    forms: Vec<(u32, u32)>,
}

impl Near {
    /// The words, each with its number and how many edits it may have.
    pub fn new<'a>(words: impl Iterator<Item = (&'a str, u32, usize)>) -> Near {
        let mut keys: Vec<(u64, u32)> = Vec::new();
        for (word, number, edits) in words {
            let letters = Letters::new(word);
            let length = letters.len();
            let mut keep = |hash: u64, half: u64, of: usize| {
                keys.push((key(hash, half, of), number));
            };
            if edits == 1 {
                keep(letters.stretch(0, length), 0, 0);
                letters
                    .without_one(0, length)
                    .for_each(|hash| keep(hash, 0, 0));
            } else {
                let middle = length / 2;
                for (half, from, to) in [(1, 0, middle), (2, middle, length)] {
                    keep(letters.stretch(from, to), half, length);
                    letters
                        .without_one(from, to)
                        .for_each(|hash| keep(hash, half, length));
                }
            }
        }
        let bucket = |key: u64| (key >> (64 - BUCKETS)) as usize;
        let mut bits = vec![0u64; (BITS / 64) as usize];
        let mut buckets = vec![0u32; (1 << BUCKETS) + 1];
        for (key, _) in &keys {
            bits[(key % BITS / 64) as usize] |= 1 << (key % 64);
            buckets[bucket(*key) + 1] += 1;
        }
        for at in 1..buckets.len() {
            buckets[at] += buckets[at - 1];
        }
        let mut next = buckets.clone();
        let mut forms = vec![(0, 0); keys.len()];
        for (key, number) in keys {
            let place = &mut next[bucket(key)];
            forms[*place as usize] = (key as u32, number);
            *place += 1;
        }
        Near {
            bits,
            buckets,
            forms,
        }
    }

    /// The numbers of all words within their edits of one; others too, and some several times.
    pub fn candidates(&self, word: &Letters, mut found: impl FnMut(u32)) {
        let mut look = |hash: u64, half: u64, of: usize| {
            let key = key(hash, half, of);
            if self.bits[(key % BITS / 64) as usize] & (1 << (key % 64)) == 0 {
                return;
            }
            let bucket = (key >> (64 - BUCKETS)) as usize;
            let (from, to) = (self.buckets[bucket], self.buckets[bucket + 1]);
            for (form, number) in &self.forms[from as usize..to as usize] {
                if *form == key as u32 {
                    found(*number);
                }
            }
        };
        let length = word.len();
        look(word.stretch(0, length), 0, 0);
        word.without_one(0, length)
            .for_each(|hash| look(hash, 0, 0));
        for of in length.saturating_sub(2).max(SHORTEST_HALVED)..=length + 2 {
            let middle = of / 2;
            // One edit makes the half a letter shorter or longer, or leaves its length.
            look(word.stretch(0, middle - 1), 1, of);
            for end in [middle, middle + 1] {
                word.without_one(0, end).for_each(|hash| look(hash, 1, of));
            }
            let behind = of - middle;
            look(word.stretch(length + 1 - behind, length), 2, of);
            for count in [behind, behind + 1] {
                word.without_one(length - count, length)
                    .for_each(|hash| look(hash, 2, of));
            }
        }
    }
}

/// Fewest letters of a word that may have two edits, so that its halves are kept. A word that may
/// be one has two letters less at least, and a letter more than half of its.
pub(super) const SHORTEST_HALVED: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Few letters make many words that are near to each other.
        #[test]
        fn every_word_within_its_edits_is_found(
            words in proptest::collection::vec("[abc]{6,13}", 1..30),
            word in "[abc]{5,15}",
        ) {
            let edits = |word: &str| if word.len() < SHORTEST_HALVED { 1 } else { 2 };
            let numbered = words.iter().zip(0u32..);
            let near = Near::new(numbered.clone().map(|(w, n)| (w.as_str(), n, edits(w))));
            let mut found = Vec::new();
            near.candidates(&Letters::new(&word), |number| found.push(number));
            for (other, number) in numbered {
                if strsim::osa_distance(&word, other) <= edits(other) {
                    proptest::prop_assert!(found.contains(&number), "{} {}", word, other);
                }
            }
        }
    }
}
