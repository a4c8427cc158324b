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
}

/// Shortest joined form of a phrase of several words: `glovebox`.
const SHORTEST_JOINED: usize = 8;

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
        (!words.is_empty()).then_some(Phrase { words, plural })
    }

    /// The same phrase written as one word, where that is unmistakable.
    fn joined(&self) -> Option<Phrase> {
        let inner_star = self
            .words
            .windows(2)
            .any(|w| w[0].open_right || w[1].open_left);
        let joined: String = self.words.iter().map(|w| w.literal.as_str()).collect();
        let letters = joined.chars().all(char::is_alphabetic);
        let long = joined.chars().count() >= SHORTEST_JOINED || joined.chars().all(is_unspaced);
        let (first, last) = (self.words.first()?, self.words.last()?);
        (self.words.len() > 1 && !inner_star && letters && long).then(|| Phrase {
            words: vec![WordPattern {
                literal: joined,
                open_left: first.open_left,
                open_right: last.open_right,
            }],
            plural: self.plural,
        })
    }

    /// The longest run of words that is a fixed text: what the index looks for.
    pub fn chunk(&self) -> (usize, usize, String) {
        let mut best = (0, 1, self.words[0].literal.clone());
        for from in 0..self.words.len() {
            let mut text = String::new();
            for to in from..self.words.len() {
                if to > from {
                    if self.words[to - 1].open_right || self.words[to].open_left {
                        break;
                    }
                    text.push(' ');
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
            forms.extend(parts[0].joined().map(|joined| vec![joined]));
            forms
        }
        Some(parts) => vec![parts],
    }
}

/// Whether a phrase needs no boundary on a side whose last character is this.
pub(super) fn needs_no_boundary(c: Option<char>) -> bool {
    c.is_some_and(is_unspaced)
}
