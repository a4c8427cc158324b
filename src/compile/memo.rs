//! What unknown words were read as, kept for the next line that has them.
//!
//! Manifests repeat their words. Each word has one place, told by its hash, and a newer word takes
//! it from an older one: the memory is bounded, and no choice of words makes a look-up slow.

use std::hash::BuildHasher;
use std::sync::Mutex;

use rustc_hash::FxBuildHasher;

use super::vocabulary::Reading;

/// How many words are kept; a power of two.
const PLACES: usize = 1 << 14;

/// The word, how it was asked for, and what it was read as.
type Known = (Box<str>, u8, Option<Reading>);

#[derive(Debug)]
pub(super) struct Memo {
    places: Box<[Mutex<Option<Known>>]>,
}

impl Default for Memo {
    fn default() -> Memo {
        Memo {
            places: (0..PLACES).map(|_| Mutex::new(None)).collect(),
        }
    }
}

impl Memo {
    /// The reading of a word, asked for in a certain way.
    pub fn get_or_read(
        &self,
        word: &str,
        how: u8,
        read: impl FnOnce() -> Option<Reading>,
    ) -> Option<Reading> {
        let hash = FxBuildHasher.hash_one((word, how));
        let place = &self.places[(hash >> 32) as usize % PLACES];
        // Another thread that has the place is asked for nothing.
        if let Ok(known) = place.try_lock()
            && let Some((kept, kept_how, reading)) = &*known
            && **kept == *word
            && *kept_how == how
        {
            return reading.clone();
        }
        let reading = read();
        if let Ok(mut known) = place.try_lock() {
            *known = Some((word.into(), how, reading.clone()));
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Repair;
    use super::*;

    #[test]
    fn a_word_is_read_once_for_each_way_to_ask() {
        let memo = Memo::default();
        let reading = Some(Reading {
            word: "nitric".to_owned(),
            repair: Repair::Typo(1),
        });
        assert_eq!(memo.get_or_read("nitrc", 0, || reading.clone()), reading);
        let kept = memo.get_or_read("nitrc", 0, || unreachable!("it is kept"));
        assert_eq!(kept, reading);
        assert_eq!(memo.get_or_read("nitrc", 1, || None), None);
    }
}
