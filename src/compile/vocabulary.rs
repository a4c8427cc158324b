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

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::joined;
use super::phrase::{Phrase, WordPattern};
use crate::text::{as_cyrillic, as_latin, fold_phrase, is_unspaced, mixes_scripts};

/// Fewest letters of a word with one edit, and with two.
const SHORTEST_ONE: usize = 6;
/// Fewest letters of a word with one edit that names no goods; more edits it may not have.
const SHORTEST_HELPER: usize = 7;
const SHORTEST_TWO: usize = 10;
/// Longest word that is looked at; longer ones are no words.
const LONGEST: usize = 32;
/// Fewest letters of a word that is read through letters of another script or misread signs.
const SHORTEST_ALIKE: usize = 4;
/// Fewest letters of a word of letters only that is read through misread ones.
const SHORTEST_MISREAD: usize = 5;
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
    /// Words written together were parted.
    Together,
    /// Letters written apart were joined.
    Apart,
    /// A word cut short was written out.
    Abbreviation,
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
    /// The words that unknown ones may be; those that name goods come first, and of these the ones
    /// that many terms have.
    targets: Vec<Target>,
    /// Words and stems that name goods.
    naming: HashSet<String>,
    /// Hashes of remainders, with the numbers of their words; sorted.
    remainders: Vec<(u64, u32)>,
    bits: Vec<u64>,
    /// Words and stems by the form in which confused signs are equal.
    misread: HashMap<String, u32>,
    /// What compounds are made with (`*beschleuniger*`), in that form and as it is.
    inner: Vec<(String, String)>,
    /// Words that freight documents cut short, with what they stand for.
    abbreviations: HashMap<String, String>,
}

/// A word that an unknown one may be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    /// Whether it only supports, excludes or turns what others name.
    helper: bool,
    word: String,
    /// Whether an ending may stand behind it.
    stem: bool,
}

impl Target {
    fn edits(&self, letters: usize) -> usize {
        match self.helper {
            true => usize::from(letters >= SHORTEST_HELPER),
            false => edits(letters),
        }
    }
}

impl Vocabulary {
    /// The words of phrases, each with whether it names goods.
    pub fn new<'a>(
        phrases: impl Iterator<Item = (&'a Phrase, bool)>,
        neighbours: impl Iterator<Item = &'a str>,
    ) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            neighbours: neighbours.map(str::to_owned).collect(),
            bits: vec![0; (BITS / 64) as usize],
            ..Vocabulary::default()
        };
        for (phrase, names) in phrases {
            for (at, word) in phrase.words.iter().enumerate() {
                let plural = phrase.plural && at + 1 == phrase.words.len() && !word.open_right;
                vocabulary.add(word, plural, names);
            }
        }
        // A word that names goods in one term and supports in another names them.
        let naming = &vocabulary.naming;
        let targets = &mut vocabulary.targets;
        targets.retain(|target| !(target.helper && naming.contains(&target.word)));
        let mut uses: HashMap<String, usize> = HashMap::new();
        for target in targets.iter() {
            *uses.entry(target.word.clone()).or_default() += 1;
        }
        targets.sort_unstable();
        targets.dedup();
        targets.sort_by_key(|target| (target.helper, Reverse(uses[&target.word])));
        for (number, target) in (0u32..).zip(&vocabulary.targets) {
            let length = target.word.chars().count();
            if length >= SHORTEST_ALIKE {
                vocabulary
                    .misread
                    .entry(signs_merged(&target.word))
                    .or_insert(number);
            }
            if length <= LONGEST && target.edits(length) > 0 {
                for hash in remainders(&target.word, target.edits(length)) {
                    vocabulary.bits[(hash % BITS / 64) as usize] |= 1 << (hash % 64);
                    vocabulary.remainders.push((hash, number));
                }
            }
        }
        vocabulary.remainders.sort_unstable();
        vocabulary.remainders.dedup();
        vocabulary
    }

    /// The same, with words that are cut short and what they stand for.
    pub fn with_abbreviations<'a>(
        mut self,
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Vocabulary {
        let folded = pairs.map(|(short, word)| (fold_phrase(short), fold_phrase(word)));
        self.abbreviations = folded.collect();
        self
    }

    fn add(&mut self, word: &WordPattern, plural: bool, names: bool) {
        let literal = &word.literal;
        if !literal
            .chars()
            .all(|c| c.is_alphabetic() && !is_unspaced(c))
        {
            return;
        }
        if word.open_left {
            if literal.chars().count() >= SHORTEST_ONE {
                self.inner.push((signs_merged(literal), literal.clone()));
            }
            return;
        }
        let mut target = |literal: String, stem: bool| {
            if stem {
                self.longest_stem = self.longest_stem.max(literal.len());
                self.stems.insert(literal.clone());
            } else {
                self.whole.insert(literal.clone());
            }
            if names {
                self.naming.insert(literal.clone());
            }
            self.targets.push(Target {
                helper: !names,
                word: literal,
                stem,
            });
        };
        if plural {
            let hissing = literal.ends_with(['s', 'x', 'z']) || literal.ends_with("ch");
            target(
                format!("{literal}{}", if hissing { "es" } else { "s" }),
                false,
            );
        }
        target(literal.clone(), word.open_right);
    }

    /// What a word that no term explains may be; nothing when it is a real word, or near to none.
    /// The word may hold digits and signs, where somebody or something put them for letters. In a
    /// line that is `disguised`, short words are suspected too. A word that may be a `compound` is
    /// read only where letters differ; languages that write no compounds part it all the same.
    pub fn read(&self, word: &str, disguised: bool, compound: bool) -> Option<Reading> {
        if let Some(whole) = self.abbreviations.get(word) {
            let repair = Repair::Abbreviation;
            let word = whole.clone();
            return Some(Reading { word, repair });
        }
        if word.len() > LONGEST * 4 || self.neighbours.contains(word) || self.knows(word) {
            return None;
        }
        let letters_only = word.chars().all(char::is_alphabetic);
        if compound {
            let near = letters_only.then(|| self.near(word)).flatten();
            let cyrillic = word.chars().all(|c| ('а'..='я').contains(&c));
            return near.or_else(|| cyrillic.then(|| self.part(word)).flatten());
        }
        let script = letters_only.then(|| self.read_script(word, disguised));
        script
            .flatten()
            .or_else(|| self.read_signs(word))
            .or_else(|| letters_only.then(|| self.near(word)).flatten())
            .or_else(|| letters_only.then(|| self.part(word)).flatten())
    }

    /// Letters that stand alone, read as words.
    pub fn read_apart(&self, letters: &str) -> Option<Reading> {
        let whole = self.whole.contains(letters) || self.neighbours.contains(letters);
        let word = if whole || self.is_inflected(letters) {
            letters.to_owned()
        } else if let Some(reading) = self.near(letters) {
            reading.word
        } else {
            joined::most_words(letters, |piece| self.is_word(piece))?
        };
        let repair = Repair::Apart;
        Some(Reading { word, repair })
    }

    /// A word that a line break divides, if it is one and its pieces aren't.
    pub fn read_broken(&self, first: &str, second: &str) -> Option<Reading> {
        let word = format!("{first}{second}");
        let divided = self.knows(&word) && !(self.is_word(first) && self.is_word(second));
        let repair = Repair::Apart;
        divided.then_some(Reading { word, repair })
    }

    /// Words written together, one of which names goods.
    fn part(&self, word: &str) -> Option<Reading> {
        let names = |piece: &str| {
            self.naming.contains(piece)
                || self
                    .stem_of(piece)
                    .is_some_and(|stem| self.naming.contains(stem))
        };
        let word = joined::all_words(word, |piece| self.is_word(piece), names)?;
        let repair = Repair::Together;
        Some(Reading { word, repair })
    }

    /// Whether letters are a word by themselves. A bare stem is one in Russian alone (`actini`).
    fn is_word(&self, piece: &str) -> bool {
        let inflected = |stem: &str| stem.len() < piece.len() || !piece.is_ascii();
        self.whole.contains(piece)
            || self.neighbours.contains(piece)
            || self.stem_of(piece).is_some_and(inflected)
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
            length >= SHORTEST_MISREAD
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
            return reading(self.targets[number as usize].word.clone());
        }
        if !has_signs {
            return None;
        }
        // An ending or another word behind a stem: the longest beginning that is known.
        for (end, _) in word.char_indices().rev() {
            let (beginning, rest) = word.split_at(end);
            if beginning.chars().count() < SHORTEST_ALIKE {
                break;
            }
            let Some(&number) = self.misread.get(&signs_merged(beginning)) else {
                continue;
            };
            let Target { word, stem, .. } = &self.targets[number as usize];
            let rest = self.as_letters(rest);
            if *stem || matches!(rest.as_str(), "s" | "es") {
                return reading(format!("{word}{rest}"));
            }
        }
        let (form, literal) = self.inner.iter().find(|(form, _)| merged.contains(form))?;
        let (start, end) = place_of(word, form)?;
        let (before, behind) = (
            self.as_letters(&word[..start]),
            self.as_letters(&word[end..]),
        );
        reading(format!("{before}{literal}{behind}"))
    }

    /// A piece of a word, its signs read as letters.
    fn as_letters(&self, piece: &str) -> String {
        if piece.chars().all(char::is_alphabetic) {
            return piece.to_owned();
        }
        let merged = signs_merged(piece);
        match self.misread.get(&merged) {
            Some(&number) => self.targets[number as usize].word.clone(),
            None => merged,
        }
    }

    /// Whether a term has this word, or its stem with an ending behind it. What stands behind a
    /// short stem by chance (`nitr` in `nitrric`) is no ending.
    fn knows(&self, word: &str) -> bool {
        self.whole.contains(word) || self.is_inflected(word)
    }

    fn is_inflected(&self, word: &str) -> bool {
        self.stem_of(word).is_some()
    }

    /// The stem of a word that a term has, where an ending stands behind it.
    fn stem_of<'w>(&self, word: &'w str) -> Option<&'w str> {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.zip(1usize..)
            .take_while(|(end, _)| *end <= self.longest_stem)
            .filter(|(end, letters)| *letters >= SHORTEST_ALIKE && is_ending(&word[*end..]))
            .map(|(end, _)| &word[..end])
            .find(|stem| self.stems.contains(*stem))
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
            let target = &self.targets[number as usize];
            let whole = piece.len() == word.len();
            if !whole && !(target.stem && is_ending(&word[piece.len()..])) {
                return;
            }
            let letters = target.word.chars().count();
            let typed = piece.chars().count();
            // A word may have lost the letters that make it long enough.
            let most = target.edits(letters.min(typed + 2));
            let distance = strsim::osa_distance(piece, &target.word);
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
            word: format!("{}{}", self.targets[number as usize].word, &word[end..]),
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

/// Endings that stand behind stems, as folded; those of nouns and adjectives.
const ENDINGS: &[&str] = &[
    "", "a", "al", "as", "e", "ed", "ee", "een", "ees", "em", "en", "er", "ern", "ers", "es",
    "eur", "ic", "ing", "ion", "n", "o", "or", "ors", "os", "s", "y", "а", "ам", "ами", "ах", "ая",
    "в", "е", "ев", "его", "ее", "еи", "ем", "ему", "и", "ие", "ии", "ик", "им", "ими", "их", "ию",
    "ия", "иям", "иях", "к", "ка", "ки", "н", "ная", "ное", "нои", "ные", "ныи", "ных", "о", "ов",
    "ого", "ое", "ои", "ок", "ом", "ому", "ою", "у", "ую", "ы", "ые", "ыи", "ым", "ыми", "ых", "ь",
    "ью", "ю", "юю", "я", "ям", "ями", "ях", "яя",
];

/// Whether letters behind a stem are an ending rather than the rest of another word. The fold takes
/// the mark off `й`.
fn is_ending(letters: &str) -> bool {
    ENDINGS.binary_search(&letters).is_ok()
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

/// Where the letters stand that are a form when confused signs are equal.
fn place_of(word: &str, form: &str) -> Option<(usize, usize)> {
    let starts = || word.char_indices().map(|(at, _)| at);
    let ends = || starts().skip(1).chain([word.len()]);
    let mut places = starts().flat_map(|start| ends().map(move |end| (start, end)));
    places.find(|&(start, end)| end > start && signs_merged(&word[start..end]) == form)
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
        let naming = phrases.iter().map(|phrase| (phrase, true));
        Vocabulary::new(naming, ["centrifugal"].into_iter())
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
            assert_eq!(
                vocabulary.read(word, false, false),
                Some(expected),
                "{word}"
            );
        }
    }

    #[test]
    fn real_words_and_words_of_terms_are_left_alone() {
        for word in ["centrifugal", "spectrum", "spectrometer", "кольцевые"] {
            assert_eq!(vocabulary().read(word, false, false), None, "{word}");
        }
    }

    #[test]
    fn endings_are_in_order() {
        assert!(ENDINGS.is_sorted());
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
                let reading = vocabulary().read(&word, false, false).expect("a reading");
                proptest::prop_assert_eq!(reading.word, "spectrometer");
            }
        }
    }
}
