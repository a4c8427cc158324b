//! The words of all terms, each once.

use hashbrown::HashTable;

use super::letters::hash;

/// A word, by its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word(u32);

impl Word {
    /// Its number, from 0.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// Words by their numbers, and numbers by their words.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    text: String,
    /// Where each word ends in the text; the next begins there.
    ends: Vec<u32>,
    known: HashTable<(u64, u32)>,
}

impl Words {
    /// The number of a word; a new one gets the next.
    pub fn add(&mut self, word: &str) -> Word {
        let hash = hash(word.as_bytes());
        if let Some(known) = self.find(word, hash) {
            return known;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.known
            .insert_unique(hash, (hash, number), |(hash, _)| *hash);
        Word(number)
    }

    /// The number of a word.
    pub fn get(&self, word: &str) -> Option<Word> {
        self.find(word, hash(word.as_bytes()))
    }

    fn find(&self, word: &str, hash: u64) -> Option<Word> {
        let same =
            |(other, number): &(u64, u32)| *other == hash && self.text(Word(*number)) == word;
        let (_, number) = self.known.find(hash, same)?;
        Some(Word(*number))
    }

    /// A word's letters.
    pub fn text(&self, word: Word) -> &str {
        let start = match word.number().checked_sub(1) {
            Some(before) => self.ends[before] as usize,
            None => 0,
        };
        &self.text[start..self.ends[word.number()] as usize]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// All words, in order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Word> + use<> {
        (0..self.ends.len() as u32).map(Word)
    }
}
