//! The words of all terms, and which of them a misspelt word may be.
//!
//! A word that no term explains may still be one: mistyped, misread by a scanner, or written with
//! letters of another script. Real words that happen to be near a term (`contain`, `container`) are
//! kept in a table and are never taken for it.

use std::cmp::Reverse;
use std::sync::OnceLock;

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

use super::index::{Index, TellingWord};
use super::joined;
use super::letters::Rolling;
use super::memo::Memo;
use super::near::{LONGEST, Letters, Near, SHORTEST_HALVED};
use super::words::{Word, Words};
use crate::text::{as_cyrillic, as_latin, fold_phrase, is_spaced_letter, mixes_scripts};

/// Fewest letters of a word with one edit, and with two.
const SHORTEST_ONE: usize = 6;
/// Fewest letters of a word with one edit that names no goods; more edits it may not have.
const SHORTEST_HELPER: usize = 7;
const SHORTEST_TWO: usize = SHORTEST_HALVED;
/// Fewest letters of a word that is read through letters of another script or misread signs.
const SHORTEST_ALIKE: usize = 4;
/// Fewest letters of a word of letters only that is read through misread ones.
const SHORTEST_MISREAD: usize = 5;
/// Longest ending behind a misspelt stem: `ами`.
const LONGEST_ENDING: usize = 3;

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
    words: Words,
    /// What each word is.
    said: Vec<Said>,
    longest_stem: usize,
    /// The words that unknown ones may be; those that name goods come first, and of these the ones
    /// that many terms have.
    targets: Vec<Target>,
    /// Targets by what they may be misspelt as: those that a word of ASCII letters may be, made
    /// when the first misspelt word is met, and the others, made when one of other letters is.
    ascii: OnceLock<Near>,
    others: OnceLock<Near>,
    /// Words and stems by the hash of the form in which confused signs are equal.
    misread: HashTable<(u64, u32)>,
    /// What compounds are made with (`*beschleuniger*`), in that form and as it is.
    inner: Vec<(String, String)>,
    /// Words that freight documents cut short, with what they stand for.
    abbreviations: FxHashMap<String, String>,
    memo: Memo,
}

/// What a word is: several may be true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Kinds(u8);

impl Kinds {
    /// A word of a term that must be written in full.
    const WHOLE: Kinds = Kinds(1);
    /// A stem of a term (`магнит*`).
    const STEM: Kinds = Kinds(2);
    /// A real word that is near to a term.
    const NEIGHBOUR: Kinds = Kinds(4);
    /// Either.
    const WHOLE_OR_NEIGHBOUR: Kinds = Kinds(1 | 4);

    /// Whether it is any of these.
    fn has(self, any: Kinds) -> bool {
        self.0 & any.0 != 0
    }
}

/// What terms say of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    kinds: Kinds,
    /// What it is, and how often, in terms that name goods, and in others.
    naming: (Kinds, u32),
    helping: (Kinds, u32),
    plural: Option<Word>,
}

impl Said {
    /// Whether a term that names goods has it.
    fn names(&self) -> bool {
        self.naming.1 > 0
    }

    fn is(&mut self, kind: Kinds, names: bool) {
        self.kinds.0 |= kind.0;
        let (kinds, count) = match names {
            true => &mut self.naming,
            false => &mut self.helping,
        };
        kinds.0 |= kind.0;
        *count += 1;
    }
}

/// A word that an unknown one may be.
#[derive(Clone, Copy, Debug)]
struct Target {
    word: Word,
    letters: usize,
    /// A bit for each letter that it has: words that are near have nearly the same.
    signs: u64,
    /// Whether it only supports, excludes or turns what others name.
    helper: bool,
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

/// The first bytes of a word, which order words as the words themselves do, but for those that
/// begin alike.
fn beginning(word: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = word.len().min(8);
    bytes[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

/// A bit for each letter.
fn signs(word: &str) -> u64 {
    word.chars()
        .fold(0, |signs, c| signs | 1 << (c as u32 % 64))
}

impl Vocabulary {
    /// The words of the index's phrases, and real words that are near to some.
    pub fn new<'a>(
        index: &Index,
        is_code: impl Fn(usize) -> bool,
        neighbours: impl Iterator<Item = &'a str>,
    ) -> Vocabulary {
        let words = index.words().clone();
        let mut vocabulary = Vocabulary {
            said: vec![Said::default(); words.len()],
            words,
            ..Vocabulary::default()
        };
        let words = &vocabulary.words;
        let is_word = |word| words.text(word).chars().all(is_spaced_letter);
        let is_word: Vec<bool> = words.iter().map(is_word).collect();
        for word in index.telling_words(is_code) {
            if is_word[word.word.number()] {
                vocabulary.add(&word);
            }
        }
        for word in neighbours {
            let word = vocabulary.number(word);
            vocabulary.said[word.number()].kinds.0 |= Kinds::NEIGHBOUR.0;
        }
        let words = &vocabulary.words;
        type Rank = (bool, Reverse<u32>, u64);
        let mut targets: Vec<(Rank, Target)> = Vec::new();
        for (word, said) in words.iter().zip(&vocabulary.said) {
            let text = words.text(word);
            let target = |stem| Target {
                word,
                letters: text.chars().count(),
                signs: signs(text),
                helper: !said.names(),
                stem,
            };
            // A word that names goods in one term and supports in another names them.
            let (kinds, uses) = match said.names() {
                true => said.naming,
                false => said.helping,
            };
            let stems = [(Kinds::WHOLE, false), (Kinds::STEM, true)];
            let of = stems.iter().filter(|(kind, _)| kinds.has(*kind));
            let rank = (!said.names(), Reverse(uses), beginning(text));
            targets.extend(of.map(|(_, stem)| (rank, target(*stem))));
        }
        targets.sort_unstable_by(|(a_rank, a), (b_rank, b)| {
            let text = |target: &Target| (words.text(target.word), target.stem);
            a_rank.cmp(b_rank).then_with(|| text(a).cmp(&text(b)))
        });
        vocabulary.targets = targets.into_iter().map(|(_, target)| target).collect();
        vocabulary
            .misread
            .reserve(vocabulary.targets.len(), |(hash, _)| *hash);
        for (number, target) in (0u32..).zip(&vocabulary.targets) {
            if target.letters < SHORTEST_ALIKE {
                continue;
            }
            let text = vocabulary.words.text(target.word);
            let hash = merged_hash(text);
            // Of words that may be confused the first stands for all.
            let known = vocabulary.misread.find(hash, |(other, _)| *other == hash);
            if known.is_none() {
                vocabulary
                    .misread
                    .insert_unique(hash, (hash, number), |(hash, _)| *hash);
            }
        }
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

    fn add(&mut self, telling: &TellingWord) {
        let word = telling.word;
        if telling.open_left {
            let literal = self.words.text(word);
            if literal.chars().count() >= SHORTEST_ONE {
                self.inner.push((signs_merged(literal), literal.to_owned()));
            }
            return;
        }
        if telling.plural {
            let plural = self.said[word.number()].plural.unwrap_or_else(|| {
                let literal = self.words.text(word);
                let hissing = literal.ends_with(['s', 'x', 'z']) || literal.ends_with("ch");
                let plural = format!("{literal}{}", if hissing { "es" } else { "s" });
                self.number(&plural)
            });
            self.said[word.number()].plural = Some(plural);
            self.said[plural.number()].is(Kinds::WHOLE, telling.names);
        }
        let kind = if telling.open_right {
            self.longest_stem = self.longest_stem.max(self.words.text(word).len());
            Kinds::STEM
        } else {
            Kinds::WHOLE
        };
        self.said[word.number()].is(kind, telling.names);
    }

    /// The number of a word that need not be one of a term.
    fn number(&mut self, word: &str) -> Word {
        let word = self.words.add(word);
        self.said.resize(self.words.len(), Said::default());
        word
    }

    fn kinds(&self, word: &str) -> Kinds {
        let word = self.words.get(word);
        word.map_or(Kinds::default(), |word| self.said[word.number()].kinds)
    }

    /// Whether a term that names goods has a word.
    fn names(&self, word: &str) -> bool {
        let word = self.words.get(word);
        word.is_some_and(|word| self.said[word.number()].names())
    }

    /// The target that equals a form when confused signs are equal.
    fn misread_as(&self, word: &str) -> Option<&Target> {
        let hash = merged_hash(word);
        let (_, number) = self.misread.find(hash, |(other, _)| *other == hash)?;
        Some(&self.targets[*number as usize])
    }

    /// Words within their edits of one, and others.
    fn candidates(&self, word: &Letters, ascii: bool, mut found: impl FnMut(u32)) {
        // A word of ASCII letters is not within two edits of one with three others.
        let near = |few: bool| {
            let targets = (0u32..).zip(&self.targets);
            Near::new(targets.filter_map(|(number, target)| {
                let text = self.words.text(target.word);
                let edits = target.edits(target.letters);
                let is_few = text.chars().filter(|c| !c.is_ascii()).count() <= 2;
                (edits > 0 && target.letters <= LONGEST && is_few == few)
                    .then_some((text, number, edits))
            }))
        };
        let few = self.ascii.get_or_init(|| near(true));
        few.candidates(word, &mut found);
        if !ascii {
            let others = self.others.get_or_init(|| near(false));
            others.candidates(word, &mut found);
        }
    }

    /// What a word that no term explains may be; nothing when it is a real word, or near to none.
    /// The word may hold digits and signs, where somebody or something put them for letters. In a
    /// line that is `disguised`, short words are suspected too. A word that may be a `compound` is
    /// read only where letters differ; languages that write no compounds part it all the same.
    pub fn read(&self, word: &str, disguised: bool, compound: bool) -> Option<Reading> {
        if word.len() > LONGEST * 4 {
            return None;
        }
        let how = u8::from(disguised) * 2 + u8::from(compound);
        let reading = || self.read_anew(word, disguised, compound);
        self.memo.get_or_read(word, how, reading)
    }

    fn read_anew(&self, word: &str, disguised: bool, compound: bool) -> Option<Reading> {
        if let Some(whole) = self.abbreviations.get(word) {
            let repair = Repair::Abbreviation;
            let word = whole.clone();
            return Some(Reading { word, repair });
        }
        if self.kinds(word).has(Kinds::NEIGHBOUR) || self.knows(word) {
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
        let whole = self.kinds(letters).has(Kinds::WHOLE_OR_NEIGHBOUR);
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
            self.names(piece) || self.stem_of(piece).is_some_and(|stem| self.names(stem))
        };
        let word = joined::all_words(word, |piece| self.is_word(piece), names)?;
        let repair = Repair::Together;
        Some(Reading { word, repair })
    }

    /// Whether letters are a word by themselves. A bare stem is one in Russian alone (`actini`).
    fn is_word(&self, piece: &str) -> bool {
        let inflected = |stem: &str| stem.len() < piece.len() || !piece.is_ascii();
        self.kinds(piece).has(Kinds::WHOLE_OR_NEIGHBOUR)
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
        let reading = |word: String| {
            let repair = Repair::Misread;
            Some(Reading { word, repair })
        };
        if let Some(target) = self.misread_as(word) {
            return reading(self.words.text(target.word).to_owned());
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
            let Some(target) = self.misread_as(beginning) else {
                continue;
            };
            let rest = self.as_letters(rest);
            if target.stem || matches!(rest.as_str(), "s" | "es") {
                return reading(format!("{}{rest}", self.words.text(target.word)));
            }
        }
        let merged = signs_merged(word);
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
        match self.misread_as(piece) {
            Some(target) => self.words.text(target.word).to_owned(),
            None => signs_merged(piece),
        }
    }

    /// Whether a term has this word, or its stem with an ending behind it. What stands behind a
    /// short stem by chance (`nitr` in `nitrric`) is no ending.
    fn knows(&self, word: &str) -> bool {
        self.kinds(word).has(Kinds::WHOLE) || self.is_inflected(word)
    }

    fn is_inflected(&self, word: &str) -> bool {
        self.stem_of(word).is_some()
    }

    /// The stem of a word that a term has, where an ending stands behind it.
    fn stem_of<'w>(&self, word: &'w str) -> Option<&'w str> {
        let letters = word.chars().count();
        let ends = word.char_indices().rev().map(|(at, _)| at);
        let mut found = None;
        // The shortest stem counts.
        for (ending, end) in std::iter::once(word.len()).chain(ends).enumerate() {
            if ending > LONGEST_ENDING || letters - ending < SHORTEST_ALIKE {
                break;
            }
            let (stem, rest) = word.split_at(end);
            if is_ending(rest) && self.kinds(stem).has(Kinds::STEM) {
                found = Some(stem);
            }
        }
        found
    }

    /// The nearest word within the edits that the length allows.
    fn near(&self, word: &str) -> Option<Reading> {
        let length = word.chars().count();
        // A word of six letters may have lost one.
        if !(SHORTEST_ONE - 1..=LONGEST).contains(&length) {
            return None;
        }
        let ascii = word.is_ascii();
        let mut best: Option<(usize, u32, usize)> = None;
        let mut consider = |piece: &str, typed: &Letters, piece_signs: u64, number: u32| {
            let target = &self.targets[number as usize];
            let whole = piece.len() == word.len();
            if !whole && !target.stem {
                return;
            }
            // A word may have lost the letters that make it long enough.
            let most = target.edits(target.letters.min(typed.len() + 2));
            let differ = (target.signs ^ piece_signs).count_ones() as usize;
            if differ > 2 * most || target.letters.abs_diff(typed.len()) > most {
                return;
            }
            let text = self.words.text(target.word);
            let distance = strsim::osa_distance(piece, text);
            // A stem behind which an ending stands may have lost or changed one letter, or have
            // one too many.
            let near = |edits: usize| {
                let common = longest_common(piece, text);
                common + 1 >= typed.len() && common + edits >= target.letters
            };
            let nearer = best.is_none_or(|b| (distance, number) < (b.0, b.1));
            if distance <= most && nearer && (whole || near(target.edits(target.letters))) {
                best = Some((distance, number, piece.len()));
            }
        };
        let letters = Letters::new(word);
        let piece_signs = signs(word);
        self.candidates(&letters, ascii, |number| {
            consider(word, &letters, piece_signs, number);
        });
        // A stem may have an ending behind it.
        for (end, _) in word.char_indices().rev().take(LONGEST_ENDING) {
            let (piece, rest) = word.split_at(end);
            if end <= self.longest_stem + 4 && is_ending(rest) {
                let letters = Letters::new(piece);
                if letters.len() >= SHORTEST_ONE {
                    let piece_signs = signs(piece);
                    self.candidates(&letters, ascii, |number| {
                        consider(piece, &letters, piece_signs, number);
                    });
                }
            }
        }
        let (distance, number, end) = best.filter(|(distance, ..)| *distance > 0)?;
        let target = self.words.text(self.targets[number as usize].word);
        Some(Reading {
            word: format!("{target}{}", &word[end..]),
            repair: Repair::Typo(distance),
        })
    }
}

/// How many letters two words have in common, in their order.
fn longest_common(a: &str, b: &str) -> usize {
    let mut row = vec![0; b.chars().count() + 1];
    for c in a.chars() {
        let mut before = 0;
        for (at, other) in b.chars().enumerate() {
            let here = row[at + 1];
            row[at + 1] = if c == other {
                before + 1
            } else {
                here.max(row[at])
            };
            before = here;
        }
    }
    row[row.len() - 1]
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

/// A word in which signs that scanners and people confuse are equal.
fn signs_merged(word: &str) -> String {
    if word.contains(|c: char| ('а'..='я').contains(&c)) {
        return word.chars().map(cyrillic_sign).collect();
    }
    let merged: String = word.chars().map(latin_sign).collect();
    merged.replace("rn", "m").replace("vv", "w")
}

/// The hash of a word in which signs that scanners and people confuse are equal.
fn merged_hash(word: &str) -> u64 {
    let mut hash = Rolling::default();
    if word.contains(|c: char| ('а'..='я').contains(&c)) {
        word.chars()
            .for_each(|c| hash.push(cyrillic_sign(c) as u32));
        return hash.finish();
    }
    let mut letters = word.chars().map(latin_sign).peekable();
    while let Some(c) = letters.next() {
        let merged = match (c, letters.peek()) {
            ('r', Some('n')) => Some('m'),
            ('v', Some('v')) => Some('w'),
            _ => None,
        };
        if merged.is_some() {
            letters.next();
        }
        hash.push(merged.unwrap_or(c) as u32);
    }
    hash.finish()
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
    use super::super::index::{IndexBuilder, Strength, Topic};
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut index = IndexBuilder::default();
        for (language, term) in [
            ("en", "mass spectrometer"),
            ("en", "nitric acid"),
            ("en", "centrifuge"),
            ("en", "valve"),
            ("en", "chromatograph*"),
            ("ru", "насос"),
            ("ru", "кольцев* магнит*"),
        ] {
            let terms = [(language.to_owned(), vec![term.to_owned()])];
            index.add(Topic::Concept(0, Strength::Strong), &terms.into());
        }
        let index = index.build();
        Vocabulary::new(&index, |_| false, ["centrifugal"].into_iter())
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
        let longest = ENDINGS.iter().map(|e| e.chars().count()).max();
        assert_eq!(longest, Some(LONGEST_ENDING));
    }

    proptest::proptest! {
        #[test]
        fn the_hash_of_merged_signs_is_that_of_the_word(word in "[rnvmw01l2345789@!|зо6а]{0,9}") {
            let mut hash = Rolling::default();
            signs_merged(&word).chars().for_each(|c| hash.push(c as u32));
            proptest::prop_assert_eq!(merged_hash(&word), hash.finish());
        }

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
