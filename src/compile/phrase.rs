//! The terms of the lexicon, taken apart for matching.
//!
//! There are many, and all are read at each start: their letters stand in one text, one phrase
//! behind the other, and everything else is numbers.

use hashbrown::HashTable;

use super::letters::Rolling;
use super::words::{Word, Words};
use crate::text::{fold_words, is_unspaced};

/// A word of a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordPattern {
    pub word: Word,
    /// Its letters in the text of all phrases.
    start: u32,
    end: u32,
    pub open_left: bool,
    pub open_right: bool,
}

impl WordPattern {
    /// How many bytes its letters have.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Words that stand side by side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase {
    /// Its words among those of all phrases.
    first: u32,
    count: u32,
    /// The longest run of words that is a fixed text, counted from its first word: what the index
    /// looks for.
    pub from: usize,
    pub to: usize,
    /// Whether the last word may have a plural ending.
    pub plural: bool,
    /// Whether the last word was put in front; a sign must stand behind it.
    pub turned: bool,
}

impl Phrase {
    /// How many words it has.
    pub fn words(&self) -> usize {
        self.count as usize
    }
}

/// Fewest letters of a phrase that is found with its last word first.
const SHORTEST_TURNED: usize = 8;

/// All phrases, each once, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    text: String,
    words: Vec<WordPattern>,
    all: Vec<Phrase>,
    /// Every word of them, once.
    vocabulary: Words,
    known: HashTable<(u64, u32)>,
}

impl Phrases {
    /// Takes up a term: for each form of it the phrases that must all be there, one for a plain
    /// term, several for `a + b`.
    pub fn add(&mut self, term: &str, language: &str, mut form: impl FnMut(&[usize])) {
        if !term.contains(" + ") {
            if let Some(phrase) = self.parse(term, language) {
                form(&[phrase]);
                for turned in self.turned(phrase) {
                    form(&[turned]);
                }
            }
            return;
        }
        let parts = term.split(" + ").map(|part| self.parse(part, language));
        if let Some(parts) = parts.collect::<Option<Vec<usize>>>() {
            form(&parts);
        }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn vocabulary(&self) -> &Words {
        &self.vocabulary
    }

    pub fn get(&self, number: usize) -> &Phrase {
        &self.all[number]
    }

    pub fn words(&self, phrase: &Phrase) -> &[WordPattern] {
        &self.words[phrase.first as usize..][..phrase.count as usize]
    }

    pub fn literal(&self, word: &WordPattern) -> &str {
        &self.text[word.start as usize..word.end as usize]
    }

    /// The fixed text that the index looks for.
    pub fn piece(&self, phrase: &Phrase) -> &str {
        let words = &self.words[phrase.first as usize..];
        &self.text[words[phrase.from].start as usize..words[phrase.to - 1].end as usize]
    }

    fn parse(&mut self, text: &str, language: &str) -> Option<usize> {
        let first = self.words.len();
        for raw in text.split_whitespace() {
            let open_left = raw.starts_with('*');
            let before = self.words.len();
            let words = &mut self.words;
            fold_words(raw.trim_matches('*'), &mut self.text, |start, end| {
                words.push(WordPattern {
                    word: Word::default(),
                    start: start as u32,
                    end: end as u32,
                    open_left: open_left && words.len() == before,
                    open_right: false,
                });
            });
            for word in &mut self.words[before..] {
                let text = &self.text[word.start as usize..word.end as usize];
                word.word = self.vocabulary.add(text);
            }
            if let Some(last) = self.words[before..].last_mut() {
                last.open_right = raw.ends_with('*');
            }
        }
        let last = self.words[first..].last()?;
        let literal = self.literal(last);
        let plural = matches!(language, "en" | "fr" | "es" | "pt")
            && literal.len() >= 3
            && literal.is_ascii();
        Some(self.store(first, plural, false))
    }

    /// The same phrase as stock lists and dictionaries turn it, `ACID, NITRIC`: the last word goes
    /// first, in the singular or the plural. Only for plain phrases that stay unmistakable.
    fn turned(&mut self, phrase: usize) -> Vec<usize> {
        let phrase = self.all[phrase];
        let plain = |w: &WordPattern| {
            let literal = self.literal(w);
            let letters = literal.chars().all(char::is_alphabetic);
            let spaced = !literal.chars().all(is_unspaced);
            !w.open_left && letters && literal.chars().count() >= 3 && spaced
        };
        let length = |w: &WordPattern| self.literal(w).chars().count();
        let words = self.words(&phrase);
        let fits = matches!(phrase.count, 2 | 3)
            && words.iter().map(length).sum::<usize>() >= SHORTEST_TURNED
            && words.iter().all(plain);
        if !fits {
            return Vec::new();
        }
        let first = phrase.first as usize;
        let last = first + phrase.count as usize - 1;
        let endings: &[&str] = if phrase.plural && !self.words[last].open_right {
            &["", "s"]
        } else {
            &[""]
        };
        let turn = |ending: &&str| {
            let begin = self.words.len();
            for from in std::iter::once(last).chain(first..last) {
                let mut word = self.words[from];
                let start = self.text.len();
                self.text
                    .extend_from_within(word.start as usize..word.end as usize);
                if from == last && !ending.is_empty() {
                    self.text.push_str(ending);
                    word.word = self.vocabulary.add(&self.text[start..]);
                }
                (word.start, word.end) = (start as u32, self.text.len() as u32);
                self.words.push(word);
            }
            self.store(begin, false, true)
        };
        endings.iter().map(turn).collect()
    }

    /// The number of the phrase whose words were written last; they are taken away again where it
    /// is known.
    fn store(&mut self, first: usize, plural: bool, turned: bool) -> usize {
        let start = self.words[first].start as usize;
        let words = &self.words[first..];
        let form = |w: &WordPattern| (w.word, w.open_left, w.open_right);
        let mut hash = Rolling::default();
        hash.push(u32::from(plural) * 2 + u32::from(turned));
        for word in words {
            let open = u32::from(word.open_left) * 2 + u32::from(word.open_right);
            hash.push(word.word.number() as u32 * 4 + open);
        }
        let hash = hash.finish();
        let (from, to) = longest_run(words);
        let phrase = Phrase {
            first: first as u32,
            count: words.len() as u32,
            from,
            to,
            plural,
            turned,
        };
        let same = |(other, number): &(u64, u32)| {
            let phrase = &self.all[*number as usize];
            let (a, b) = (self.words(phrase).iter(), words.iter());
            *other == hash
                && phrase.plural == plural
                && phrase.turned == turned
                && a.map(form).eq(b.map(form))
        };
        if let Some((_, known)) = self.known.find(hash, same) {
            self.words.truncate(first);
            self.text.truncate(start);
            return *known as usize;
        }
        let number = self.all.len();
        self.all.push(phrase);
        self.known
            .insert_unique(hash, (hash, number as u32), |(hash, _)| *hash);
        number
    }
}

/// The longest run of words that is a fixed text: the first and one past the last.
fn longest_run(words: &[WordPattern]) -> (usize, usize) {
    let length = |from: usize, to: usize| words[to - 1].end - words[from].start;
    let mut best = (0, 1);
    for from in 0..words.len() {
        for to in from + 1..=words.len() {
            if to > from + 1 && (words[to - 2].open_right || words[to - 1].open_left) {
                break;
            }
            if length(from, to) > length(best.0, best.1) {
                best = (from, to);
            }
        }
    }
    best
}

/// Whether a phrase needs no boundary on a side whose last character is this.
pub(super) fn needs_no_boundary(c: Option<char>) -> bool {
    c.is_some_and(is_unspaced)
}
