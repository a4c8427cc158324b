//! The words around figures: bounds, links, and what makes a figure no property of the goods.

use std::collections::{HashMap, HashSet};

use super::table::{FigureWord, WordUse};
use super::unit::begins_word;
use crate::error::Result;
use crate::text::{Document, is_unspaced};
use crate::vocab::Number;

/// The words, found from the figure outwards.
#[derive(Clone, Debug, Default)]
pub(crate) struct FigureWords {
    before: HashMap<String, (WordUse, Option<Number>)>,
    behind: HashMap<String, (WordUse, Option<Number>)>,
    per: HashSet<String>,
    links: HashMap<String, WordUse>,
    sizes: HashSet<String>,
    glued: HashSet<String>,
    counts: HashMap<String, Number>,
    point_groups: HashSet<String>,
    longest: usize,
}

impl FigureWords {
    pub(super) fn new(rows: Vec<FigureWord>) -> Result<FigureWords> {
        let mut words = FigureWords::default();
        for row in rows {
            let value: Option<Number> = row.value.as_deref().map(str::parse).transpose()?;
            for term in row.terms.into_values().flatten() {
                let folded = Document::new([term.as_str()]).line().trim().to_owned();
                words.longest = words.longest.max(folded.chars().count());
                let entry = (row.usage, value.clone());
                match row.usage {
                    WordUse::AtLeastBehind
                    | WordUse::AtMostBehind
                    | WordUse::ShareBehind
                    | WordUse::NoInch
                    | WordUse::Cube
                    | WordUse::Times => {
                        words.behind.insert(folded, entry);
                    }
                    WordUse::Per => {
                        words.per.insert(folded);
                    }
                    WordUse::To | WordUse::And => {
                        words.links.insert(folded, row.usage);
                    }
                    WordUse::Size => {
                        words.sizes.insert(folded);
                    }
                    WordUse::Glued => {
                        words.glued.insert(folded);
                    }
                    WordUse::PointGroups => {
                        words.point_groups.insert(folded);
                    }
                    WordUse::Count => {
                        let value = value.clone().unwrap_or_else(|| Number::from(0));
                        words.counts.insert(folded, value);
                    }
                    WordUse::AtLeastBefore
                    | WordUse::AtMostBefore
                    | WordUse::Between
                    | WordUse::Code
                    | WordUse::ShareBefore
                    | WordUse::Minus => {
                        words.before.insert(folded, entry);
                    }
                }
            }
        }
        Ok(words)
    }

    /// The longest word or phrase that a text ends with.
    pub fn before(&self, text: &str) -> Option<WordUse> {
        self.ending(text, |word| self.before.get(word).map(|(usage, _)| *usage))
    }

    /// Whether a text ends with a word for a size, and where that begins.
    pub fn size(&self, text: &str) -> Option<usize> {
        self.ending(text, |word| {
            self.sizes.contains(word).then(|| text.len() - word.len())
        })
    }

    /// Whether a text ends with letters that don't make a code of the figure glued to them.
    pub fn may_be_glued(&self, text: &str) -> bool {
        self.size(text).is_some()
            || self
                .before(text)
                .is_some_and(|usage| usage != WordUse::Code)
            || self.ending(text, |word| self.glued.get(word)).is_some()
    }

    /// The longest word or phrase that a text begins with, its value, and its bytes.
    pub fn behind(&self, text: &str) -> Option<(WordUse, Option<&Number>, usize)> {
        self.beginning(text, |word| {
            let (usage, value) = self.behind.get(word)?;
            Some((*usage, value.as_ref(), word.len()))
        })
    }

    /// The longest link that a text begins with, and its bytes.
    pub fn link(&self, text: &str) -> Option<(WordUse, usize)> {
        self.beginning(text, |word| {
            self.links.get(word).map(|usage| (*usage, word.len()))
        })
    }

    /// Whether a text begins with what a rate is taken by.
    pub fn per(&self, text: &str) -> bool {
        self.beginning(text, |word| self.per.get(word)).is_some()
    }

    /// Whether a line has a word of a language that writes `1.500` for fifteen hundred.
    pub fn point_groups(&self, line: &str) -> bool {
        let mut words = line.split(|c: char| !c.is_alphabetic());
        words.any(|word| self.point_groups.contains(word))
    }

    /// The number in words that a text begins with, and its bytes.
    pub fn count(&self, text: &str) -> Option<(&Number, usize)> {
        self.beginning(text, |word| {
            self.counts.get(word).map(|value| (value, word.len()))
        })
    }

    fn ending<'t, T>(&self, text: &'t str, get: impl Fn(&'t str) -> Option<T>) -> Option<T> {
        let mut best = None;
        for (at, _) in text.char_indices().rev().take(self.longest) {
            if text[at..].starts_with('\n') {
                break;
            }
            if begins_word(text, at)
                && let Some(found) = get(&text[at..])
            {
                best = Some(found);
            }
        }
        best
    }

    fn beginning<'t, T>(&self, text: &'t str, get: impl Fn(&'t str) -> Option<T>) -> Option<T> {
        let mut best = None;
        for (at, c) in text.char_indices().take(self.longest) {
            if c == '\n' {
                break;
            }
            let end = at + c.len_utf8();
            let spaced = |c: char| c.is_alphabetic() && !is_unspaced(c);
            let open = spaced(c) && text[end..].starts_with(spaced);
            if !open && let Some(found) = get(&text[..end]) {
                best = Some(found);
            }
        }
        best
    }
}
