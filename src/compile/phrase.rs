//! The terms of the lexicon, taken apart for matching.

use crate::text::{fold_phrase, is_unspaced};

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct WordPattern {
    pub literal: String,
    pub open_left: bool,
    pub open_right: bool,
}

/// Words that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Phrase {
    pub words: Vec<WordPattern>,
    /// Whether the last word may have a plural ending.
    pub plural: bool,
    /// Whether the last word was put in front; a sign must stand behind it.
    pub turned: bool,
}

/// Fewest letters of a phrase that is found with its last word first.
const SHORTEST_TURNED: usize = 8;

impl Phrase {
    fn parse(text: &str, language: &str) -> Option<Phrase> {
        let mut words: Vec<WordPattern> = Vec::new();
        for raw in text.split_whitespace() {
            let folded = fold_phrase(raw.trim_matches('*'));
            let parts: Vec<&str> = folded.split(' ').filter(|part| !part.is_empty()).collect();
            for (at, part) in parts.iter().enumerate() {
                words.push(WordPattern {
                    literal: (*part).to_owned(),
                    open_left: at == 0 && raw.starts_with('*'),
                    open_right: at + 1 == parts.len() && raw.ends_with('*'),
                });
            }
        }
        let plural = matches!(language, "en" | "fr" | "es" | "pt")
            && words
                .last()
                .is_some_and(|w| w.literal.len() >= 3 && w.literal.is_ascii());
        (!words.is_empty()).then_some(Phrase {
            words,
            plural,
            turned: false,
        })
    }

    /// The same phrase as stock lists and dictionaries turn it, `ACID, NITRIC`: the last word goes
    /// first, in the singular or the plural. Only for plain phrases that stay unmistakable.
    fn turned(&self) -> Vec<Phrase> {
        let plain = |w: &WordPattern| {
            let letters = w.literal.chars().all(char::is_alphabetic);
            !w.open_left && letters && w.literal.chars().count() >= 3 && !is_unspaced_word(w)
        };
        let length: usize = self.words.iter().map(|w| w.literal.chars().count()).sum();
        let fits = matches!(self.words.len(), 2 | 3)
            && length >= SHORTEST_TURNED
            && self.words.iter().all(plain);
        if !fits {
            return Vec::new();
        }
        let mut words = self.words.clone();
        words.rotate_right(1);
        let singular = Phrase {
            words,
            plural: false,
            turned: true,
        };
        let mut forms = vec![singular.clone()];
        if self.plural && !singular.words[0].open_right {
            let mut plural = singular;
            plural.words[0].literal.push('s');
            forms.push(plural);
        }
        forms
    }

    /// The longest run of words that is a fixed text: what the index looks for.
    pub fn chunk(&self) -> (usize, usize, String) {
        let mut best = (0, 1, self.words[0].literal.clone());
        for from in 0..self.words.len() {
            let mut text = String::new();
            for to in from..self.words.len() {
                if to > from && (self.words[to - 1].open_right || self.words[to].open_left) {
                    break;
                }
                text.push_str(&self.words[to].literal);
                if text.len() > best.2.len() {
                    best = (from, to + 1, text.clone());
                }
            }
        }
        best
    }
}

/// Phrases that must all be there: one for a plain term, several for `a + b`.
pub(super) fn parse_term(term: &str, language: &str) -> Vec<Vec<Phrase>> {
    let parts: Option<Vec<Phrase>> = term
        .split(" + ")
        .map(|part| Phrase::parse(part, language))
        .collect();
    match parts {
        None => Vec::new(),
        Some(parts) if parts.len() == 1 => {
            let mut forms = vec![parts.clone()];
            forms.extend(parts[0].turned().into_iter().map(|turned| vec![turned]));
            forms
        }
        Some(parts) => vec![parts],
    }
}

/// Whether a phrase needs no boundary on a side whose last character is this.
pub(super) fn needs_no_boundary(c: Option<char>) -> bool {
    c.is_some_and(is_unspaced)
}

fn is_unspaced_word(word: &WordPattern) -> bool {
    word.literal.chars().all(is_unspaced)
}
