//! The words of all terms, and which of them a misspelt word may be.
//!
//! A word that no term explains may still be one: mistyped, misread by a scanner, or written with
//! letters of another script. The words are indexed by what remains of them when letters are taken
//! away (Garbe's symmetric deletion): two words within one or two edits have a remainder in
//! common, so that a look-up costs a bounded number of hashes, whatever the size of the lexicon. A
//! small bit set answers most look-ups without touching the table.
//!
//! Real words that happen to be near a term (`contain`, `container`) are kept in a table and are
//! never taken for it.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::phrase::Phrase;
use crate::text::{as_cyrillic, as_latin, is_unspaced, mixes_scripts};

/// Fewest letters of a word with one edit, and with two.
const SHORTEST_ONE: usize = 6;
const SHORTEST_TWO: usize = 10;
/// Longest word that is looked at; longer ones are no words.
const LONGEST: usize = 32;
/// Fewest letters of a word that is read through letters of another script or misread signs.
const SHORTEST_ALIKE: usize = 4;
/// Longest ending behind a misspelt stem: `ами`.
const LONGEST_ENDING: usize = 3;
const BITS: u64 = 1 << 21;

/// What was done to read a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// Letters of another script were read as the ones they look like.
    Script,
    /// Signs that look alike were read as each other: `0` and `o`, `rn` and `m`, `$` and `s`.
    Misread,
    /// This many letters were changed.
    Typo(usize),
}

/// A word of the lexicon that an unknown word may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The word, with what follows the stem.
    pub word: String,
    /// How it was read.
    pub repair: Repair,
}

#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Every word of a term that must be written in full.
    whole: HashSet<String>,
    /// Every stem of a term (`магнит*`).
    stems: HashSet<String>,
    longest_stem: usize,
    /// Real words that are near to a term.
    neighbours: HashSet<String>,
    /// The words that unknown ones may be, and whether they are stems.
    targets: Vec<(String, bool)>,
    /// Hashes of remainders, with the numbers of their words; sorted.
    remainders: Vec<(u64, u32)>,
    bits: Vec<u64>,
    /// Words and stems by the form in which confused signs are equal.
    misread: HashMap<String, u32>,
    /// What compounds are made with (`*beschleuniger*`), in that form and as it is.
    inner: Vec<(String, String)>,
}

impl Vocabulary {
    pub fn new<'a>(
        phrases: impl Iterator<Item = &'a Phrase>,
        neighbours: impl Iterator<Item = &'a str>,
    ) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            neighbours: neighbours.map(str::to_owned).collect(),
            bits: vec![0; (BITS / 64) as usize],
            ..Vocabulary::default()
        };
        let mut targets: Vec<(String, bool)> = Vec::new();
        for word in phrases.flat_map(|phrase| &phrase.words) {
            let letters = word
                .literal
                .chars()
                .all(|c| c.is_alphabetic() && !is_unspaced(c));
            if !letters {
                continue;
            }
            if word.open_left {
                if word.literal.chars().count() >= SHORTEST_ONE {
                    let literal = word.literal.clone();
                    vocabulary.inner.push((signs_merged(&literal), literal));
                }
                continue;
            }
            if word.open_right {
                vocabulary.stems.insert(word.literal.clone());
                vocabulary.longest_stem = vocabulary.longest_stem.max(word.literal.len());
            } else {
                vocabulary.whole.insert(word.literal.clone());
            }
            targets.push((word.literal.clone(), word.open_right));
        }
        targets.sort_unstable();
        targets.dedup();
        for (number, (word, _)) in (0u32..).zip(&targets) {
            let length = word.chars().count();
            if length >= SHORTEST_ALIKE {
                vocabulary
                    .misread
                    .entry(signs_merged(word))
                    .or_insert(number);
            }
            if (SHORTEST_ONE..=LONGEST).contains(&length) {
                for hash in remainders(word, edits(length)) {
                    vocabulary.bits[(hash % BITS / 64) as usize] |= 1 << (hash % 64);
                    vocabulary.remainders.push((hash, number));
                }
            }
        }
        vocabulary.remainders.sort_unstable();
        vocabulary.remainders.dedup();
        vocabulary.targets = targets;
        vocabulary
    }

    /// What a word that no term explains may be; nothing when it is a real word, or near to none.
    /// The word may hold digits and signs, where somebody or something put them for letters. In a
    /// line that is `disguised`, short words are suspected too.
    pub fn read(&self, word: &str, disguised: bool) -> Option<Reading> {
        if word.len() > LONGEST * 4 || self.neighbours.contains(word) || self.knows(word) {
            return None;
        }
        let letters_only = word.chars().all(char::is_alphabetic);
        let script = letters_only.then(|| self.read_script(word, disguised));
        script
            .flatten()
            .or_else(|| self.read_signs(word))
            .or_else(|| letters_only.then(|| self.near(word)).flatten())
    }

    /// Letters of another script, read as the ones that they look like. A word that mixes scripts
    /// is read in any case; one wholly of another script only where a term has it.
    fn read_script(&self, word: &str, disguised: bool) -> Option<Reading> {
        let reading = |word: String| {
            let repair = Repair::Script;
            Reading { word, repair }
        };
        let mixed = mixes_scripts(word);
        let shortest = if disguised { 2 } else { SHORTEST_ALIKE };
        let latin = (!word.is_ascii()).then(|| as_latin(word)).flatten();
        let both = [latin, as_cyrillic(word)];
        let long = |w: &&String| mixed || w.chars().count() >= shortest;
        if let Some(known) = both.iter().flatten().filter(long).find(|w| self.knows(w)) {
            return Some(reading(known.clone()));
        }
        if !mixed {
            return None;
        }
        let [latin, cyrillic] = both;
        let near = latin.as_deref().and_then(|word| self.near(word));
        let cyrillic_letters = word.chars().filter(|c| ('а'..='я').contains(c)).count();
        let mostly_cyrillic = cyrillic_letters * 2 > word.chars().count();
        near.or_else(|| {
            if mostly_cyrillic {
                cyrillic.map(reading)
            } else {
                latin.map(reading)
            }
        })
    }

    /// Signs that look like letters, read as letters of a word that a term has.
    fn read_signs(&self, word: &str) -> Option<Reading> {
        let length = word.chars().count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let has_signs = letters < length;
        let fits = if has_signs {
            letters >= 2 && length >= SHORTEST_ALIKE
        } else {
            length >= SHORTEST_ONE
        };
        if !fits {
            return None;
        }
        let merged = signs_merged(word);
        let reading = |word: String| {
            let repair = Repair::Misread;
            Some(Reading { word, repair })
        };
        if let Some(&number) = self.misread.get(&merged) {
            return reading(self.targets[number as usize].0.clone());
        }
        if !has_signs {
            return None;
        }
        // A plural, or an ending behind a stem: the longest beginning that is known.
        for (end, _) in merged.char_indices().rev() {
            let (beginning, rest) = merged.split_at(end);
            if beginning.chars().count() < SHORTEST_ALIKE {
                break;
            }
            let Some(&number) = self.misread.get(beginning) else {
                continue;
            };
            let (target, stem) = &self.targets[number as usize];
            if *stem || matches!(rest, "s" | "es") {
                return reading(format!("{target}{rest}"));
            }
        }
        let (form, literal) = self.inner.iter().find(|(form, _)| merged.contains(form))?;
        reading(merged.replacen(form, literal, 1))
    }

    /// Whether a term has this word, or its beginning.
    fn knows(&self, word: &str) -> bool {
        self.whole.contains(word)
            || word
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
                .take_while(|end| *end <= self.longest_stem)
                .any(|end| end >= SHORTEST_ALIKE && self.stems.contains(&word[..end]))
    }

    /// The nearest word within the edits that the length allows.
    fn near(&self, word: &str) -> Option<Reading> {
        let length = word.chars().count();
        // A word of six letters may have lost one.
        if !(SHORTEST_ONE - 1..=LONGEST).contains(&length) {
            return None;
        }
        let mut best: Option<(usize, u32, usize)> = None;
        let mut consider = |piece: &str, number: u32| {
            let (target, stem) = &self.targets[number as usize];
            let whole = piece.len() == word.len();
            if !whole && !stem {
                return;
            }
            let letters = target.chars().count();
            let most = edits(letters.min(piece.chars().count() + 1));
            let distance = strsim::osa_distance(piece, target);
            if distance <= most && best.is_none_or(|b| (distance, number) < (b.0, b.1)) {
                best = Some((distance, number, piece.len()));
            }
        };
        self.candidates(word, edits(length).max(1), |number| consider(word, number));
        // A stem may have an ending behind it.
        for (end, _) in word.char_indices().rev().take(LONGEST_ENDING) {
            let piece = &word[..end];
            if end <= self.longest_stem + 4 && piece.chars().count() >= SHORTEST_ONE {
                self.candidates(piece, 1, |number| consider(piece, number));
            }
        }
        let (distance, number, end) = best.filter(|(distance, ..)| *distance > 0)?;
        Some(Reading {
            word: format!("{}{}", self.targets[number as usize].0, &word[end..]),
            repair: Repair::Typo(distance),
        })
    }

    fn candidates(&self, word: &str, edits: usize, mut found: impl FnMut(u32)) {
        for hash in remainders(word, edits) {
            if self.bits[(hash % BITS / 64) as usize] & (1 << (hash % 64)) == 0 {
                continue;
            }
            let from = self.remainders.partition_point(|(other, _)| *other < hash);
            for (_, number) in self.remainders[from..]
                .iter()
                .take_while(|(other, _)| *other == hash)
            {
                found(*number);
            }
        }
    }
}

/// How many edits a word of this many letters may have.
fn edits(letters: usize) -> usize {
    match letters {
        ..SHORTEST_ONE => 0,
        SHORTEST_ONE..SHORTEST_TWO => 1,
        _ => 2,
    }
}

/// The hashes of a word and of what remains when up to so many letters are taken away.
fn remainders(word: &str, edits: usize) -> Vec<u64> {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let chars: Vec<char> = word.chars().collect();
    let hash = |skip: [usize; 2]| {
        let left = chars.iter().enumerate().filter(|(n, _)| !skip.contains(n));
        // Four bytes a letter are hashed at once: an iterator of letters would be hashed one by one.
        let mut bytes = [0u8; LONGEST * 4];
        let mut length = 0;
        for (_, c) in left {
            bytes[length..length + 4].copy_from_slice(&(*c as u32).to_le_bytes());
            length += 4;
        }
        hasher.hash_one(&bytes[..length])
    };
    const NONE: usize = usize::MAX;
    let mut all = vec![hash([NONE, NONE])];
    if edits >= 1 {
        all.extend((0..chars.len()).map(|a| hash([a, NONE])));
    }
    if edits >= 2 {
        all.extend(
            (0..chars.len())
                .flat_map(|a| (a + 1..chars.len()).map(move |b| [a, b]))
                .map(hash),
        );
    }
    all
}

/// A word in which signs that scanners and people confuse are equal.
fn signs_merged(word: &str) -> String {
    if word.contains(|c: char| ('а'..='я').contains(&c)) {
        return word.chars().map(cyrillic_sign).collect();
    }
    let merged: String = word.chars().map(latin_sign).collect();
    merged.replace("rn", "m").replace("vv", "w")
}

fn latin_sign(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | 'l' | '|' | '!' => 'i',
        '2' => 'z',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        c => c,
    }
}

fn cyrillic_sign(c: char) -> char {
    match c {
        '0' => 'о',
        '3' => 'з',
        '4' => 'ч',
        '6' => 'б',
        '@' => 'а',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::super::phrase::parse_term;
    use super::*;

    fn vocabulary() -> Vocabulary {
        let phrases: Vec<Phrase> = [
            ("en", "mass spectrometer"),
            ("en", "nitric acid"),
            ("en", "centrifuge"),
            ("en", "valve"),
            ("en", "chromatograph*"),
            ("ru", "насос"),
            ("ru", "кольцев* магнит*"),
        ]
        .iter()
        .flat_map(|(language, term)| parse_term(term, language))
        .flatten()
        .collect();
        Vocabulary::new(phrases.iter(), ["centrifugal"].into_iter())
    }

    #[test]
    fn misspelt_words_are_read() {
        let vocabulary = vocabulary();
        for (word, read, repair) in [
            ("spectrometr", "spectrometer", Repair::Typo(1)),
            ("sepctromter", "spectrometer", Repair::Typo(2)),
            ("nitrc", "nitric", Repair::Typo(1)),
            ("nitrric", "nitric", Repair::Typo(1)),
            ("n1tric", "nitric", Repair::Misread),
            ("ac1d", "acid", Repair::Misread),
            ("va1ve", "valve", Repair::Misread),
            ("сentrifugе", "centrifuge", Repair::Script),
            ("hacoc", "насос", Repair::Script),
            ("chromatogaphs", "chromatographs", Repair::Typo(1)),
            ("centrifu9es", "centrifuges", Repair::Misread),
            ("chr0mat0gr4phs", "chromatographs", Repair::Misread),
            ("нас0с", "насос", Repair::Misread),
            ("бpак", "брак", Repair::Script),
        ] {
            let expected = Reading {
                word: read.to_owned(),
                repair,
            };
            assert_eq!(vocabulary.read(word, false), Some(expected), "{word}");
        }
    }

    #[test]
    fn real_words_and_words_of_terms_are_left_alone() {
        for word in ["centrifugal", "spectrum", "spectrometer", "кольцевве"] {
            assert_eq!(vocabulary().read(word, false), None, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn one_edit_is_always_found(at in 0usize..12, c in proptest::char::range('a', 'z'), kind in 0..3) {
            let mut letters: Vec<char> = "spectrometer".chars().collect();
            match kind {
                0 => letters[at] = c,
                1 => letters.insert(at, c),
                _ => { letters.remove(at); }
            }
            let word: String = letters.into_iter().collect();
            if word != "spectrometer" {
                let reading = vocabulary().read(&word, false).expect("a reading");
                proptest::prop_assert_eq!(reading.word, "spectrometer");
            }
        }
    }
}
