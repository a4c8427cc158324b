//! The units table: spellings, dimensions and exact factors.
//!
//! Folding takes the case away, and the trade reuses letters, so one spelling can belong to
//! several units: `T` is a tonne and, beside a chiller, a ton of refrigeration; `PS` is a
//! picosecond and, beside an engine, a horsepower. The table says so in words (`beside`,
//! `apart_from`, `values`): a unit with a condition goes before one without.

use std::collections::HashMap;

use super::figure_words::FigureWords;
use super::table::{FigureWord, UnitSource};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Document, is_unspaced};
use crate::vocab::Number;

/// A unit of measurement.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its id, written as the trade writes it: `kW`, `Btu/h`.
    pub id: String,
    /// What it measures: `power`, `pressure`.
    pub dimension: String,
    /// The role every figure in this unit has: a figure in Btu/h is a cooling capacity.
    pub role: Option<String>,
    factor: Number,
    offset: Number,
    /// The stated values that are in use; none: any.
    values: Vec<Number>,
    /// The greatest stated value that is in use: nothing is 20510000 MW.
    most: Option<Number>,
    beside: Vec<String>,
    apart_from: Vec<String>,
}

impl Unit {
    /// A value in this unit, in the base unit of its dimension.
    ///
    /// ```
    /// use tidewaiter::lexicon::Lexicon;
    /// let units = Lexicon::embedded().units();
    /// let celsius = units.by_id("°C").unwrap();
    /// assert_eq!(celsius.to_base(&"25".parse()?).to_string(), "298.15");
    /// assert_eq!(celsius.from_base(&"298.15".parse()?), "25".parse()?);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn to_base(&self, value: &Number) -> Number {
        &(value * &self.factor) + &self.offset
    }

    /// A value in the base unit, in this unit.
    #[must_use]
    pub fn from_base(&self, value: &Number) -> Number {
        let value = value - &self.offset;
        value.checked_div(&self.factor).unwrap_or(value)
    }

    /// Whether a stated value is in use with this unit.
    pub(crate) fn allows(&self, value: &Number) -> bool {
        (self.values.is_empty() || self.values.contains(value))
            && self.most.as_ref().is_none_or(|most| value <= most)
    }

    fn has_condition(&self) -> bool {
        !(self.values.is_empty()
            && self.most.is_none()
            && self.beside.is_empty()
            && self.apart_from.is_empty())
    }

    fn fits(&self, value: &Number, near: &Near<'_>) -> bool {
        self.allows(value)
            && (self.beside.is_empty() || near.says(&self.beside))
            && !near.says_of_it(&self.apart_from)
    }
}

/// The neighbourhood of a figure, in which the words stand that tell two units apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near<'a> {
    line: &'a str,
    at: usize,
}

/// How far before and behind a figure those words are looked for, in bytes.
const REACH: (usize, usize) = (72, 48);

impl<'a> Near<'a> {
    /// The neighbourhood of a byte of a folded line.
    pub fn new(line: &'a str, at: usize) -> Near<'a> {
        Near { line, at }
    }

    /// Whether one of the words stands in the same segment.
    fn says(&self, words: &[String]) -> bool {
        !words.is_empty() && says(self.before(&[';', '\n']), self.behind(&[';', '\n']), words)
    }

    /// Whether one of the words stands by this figure and not by the next one.
    fn says_of_it(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return false;
        }
        let behind = self.behind(&[',', ';', '\n']);
        let next = behind
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .contains(|c: char| c.is_ascii_digit());
        let behind = if next { "" } else { behind };
        says(self.before(&[',', ';', '\n']), behind, words)
    }

    fn before(&self, ends: &[char]) -> &'a str {
        let mut start = self.at.saturating_sub(REACH.0);
        while !self.line.is_char_boundary(start) {
            start += 1;
        }
        let window = &self.line[start..self.at];
        window.rsplit(ends).next().unwrap_or(window)
    }

    fn behind(&self, ends: &[char]) -> &'a str {
        let mut end = (self.at + REACH.1).min(self.line.len());
        while !self.line.is_char_boundary(end) {
            end -= 1;
        }
        let window = &self.line[self.at..end];
        window.split(ends).next().unwrap_or(window)
    }
}

fn says(before: &str, behind: &str, words: &[String]) -> bool {
    let stands = |text: &str, word: &String| {
        text.match_indices(word.as_str())
            .any(|(at, _)| begins_word(text, at))
    };
    words
        .iter()
        .any(|word| stands(before, word) || stands(behind, word))
}

/// Whether a word can begin at a byte: no letter of a spaced script stands right before it.
pub(super) fn begins_word(text: &str, at: usize) -> bool {
    let spaced = |c: char| c.is_alphabetic() && !is_unspaced(c);
    !text[at..].starts_with(spaced) || !text[..at].ends_with(spaced)
}

/// All units, found by their spelling, and the words that stand around figures.
#[derive(Clone, Debug, Default)]
pub struct Units {
    units: Vec<Unit>,
    suffixes: HashMap<String, Vec<usize>>,
    /// Spellings of which only the beginning is given (`ampere*`).
    stems: HashMap<String, Vec<usize>>,
    prefixes: HashMap<String, Vec<usize>>,
    longest: usize,
    words: FigureWords,
}

impl Units {
    /// Builds the table; of two units with the same spelling the first one has it.
    ///
    /// # Errors
    /// When a factor or a value is no number.
    pub(super) fn build(rows: Vec<UnitSource>, words: Vec<FigureWord>) -> Result<Units> {
        let mut units = Units {
            words: FigureWords::new(words)?,
            ..Units::default()
        };
        for row in rows {
            units.add(row)?;
        }
        Ok(units)
    }

    /// Takes up a unit.
    ///
    /// # Errors
    /// When its factor or a value is no number.
    pub(super) fn add(&mut self, row: UnitSource) -> Result<()> {
        let number = |text: &str| -> Result<Number> {
            text.parse()
                .map_err(|e: Error| Error::new(ErrorKind::List, format!("unit {}: {e}", row.id)))
        };
        let folded = |words: &[String]| -> Vec<String> {
            words
                .iter()
                .map(|w| Document::new([w.as_str()]).line().to_owned())
                .collect()
        };
        self.units.push(Unit {
            factor: number(&row.factor)?,
            offset: number(row.offset.as_deref().unwrap_or("0"))?,
            values: row
                .values
                .iter()
                .map(|v| number(v))
                .collect::<Result<_>>()?,
            most: row.most.as_deref().map(number).transpose()?,
            beside: folded(&row.beside),
            apart_from: folded(&row.apart_from),
            id: row.id.clone(),
            dimension: row.dimension.clone(),
            role: row.role.clone(),
        });
        self.spell(self.units.len() - 1, row.prefix, &row.spellings);
        Ok(())
    }

    fn spell(&mut self, unit: usize, prefix: bool, spellings: &[String]) {
        for spelling in spellings {
            let (stem, spelling) = match spelling.strip_suffix('*') {
                Some(stem) => (true, stem),
                None => (false, spelling.as_str()),
            };
            let folded = Document::new([spelling]).line().trim().replace(' ', "");
            self.longest = self.longest.max(folded.chars().count() + 2);
            let index = match (prefix, stem) {
                (true, _) => &mut self.prefixes,
                (false, true) => &mut self.stems,
                (false, false) => &mut self.suffixes,
            };
            let same = index.entry(folded).or_default();
            if !same.contains(&unit) {
                same.push(unit);
            }
            let units = &self.units;
            same.sort_by_key(|&n| (!units[n].has_condition(), n));
        }
    }

    /// The unit with an id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// All units, in the table's order.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// Reads a value of the law or of an option: a number and a unit, `"100000 Btu/h"`.
    ///
    /// # Errors
    /// When it has no such form or the unit isn't in the table.
    pub fn parse_value(&self, text: &str) -> Result<(Number, &Unit)> {
        let (number, unit) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let unknown = || {
            Error::new(
                ErrorKind::List,
                format!("{text:?} is not a number, a blank and a unit of the units table"),
            )
        };
        let number = number.parse().map_err(|_| unknown())?;
        let unit = self.by_id(unit).ok_or_else(unknown)?;
        Ok((number, unit))
    }

    pub(crate) fn words(&self) -> &FigureWords {
        &self.words
    }

    fn choose(&self, same: &[usize], value: &Number, near: &Near<'_>) -> Option<usize> {
        same.iter()
            .copied()
            .find(|&n| self.units[n].fits(value, near))
    }

    /// The unit that a folded text begins with, whatever the value, and the bytes it takes up.
    #[must_use]
    pub fn suffix(&self, text: &str) -> Option<(&Unit, usize)> {
        self.suffix_of(&Number::from(1), text, &Near::new(text, 0))
    }

    /// The unit of a value that the text behind it begins with, and the bytes it takes up.
    ///
    /// A rate (`L/min`) and a product (`N·m`) that the table doesn't spell is none of its
    /// factors.
    pub(crate) fn suffix_of(
        &self,
        value: &Number,
        text: &str,
        near: &Near<'_>,
    ) -> Option<(&Unit, usize)> {
        let joined = |c: char| c.is_alphabetic() && !is_unspaced(c);
        let mut compact = String::new();
        let mut best = None;
        for (count, (at, c)) in text.char_indices().enumerate() {
            if count > self.longest || c == '\n' {
                break;
            }
            if c == ' ' {
                continue;
            }
            compact.push(c);
            let end = at + c.len_utf8();
            let next = text[end..].chars().next();
            let open = joined(c) && next.is_some_and(joined) || self.is_cut(text, end);
            let found = |index: &HashMap<String, Vec<usize>>| {
                let same = index.get(&compact)?;
                self.choose(same, value, near)
            };
            if !open && let Some(unit) = found(&self.suffixes) {
                best = Some((unit, end));
            } else if let Some(unit) = found(&self.stems) {
                let tail = text[end..]
                    .char_indices()
                    .take(24)
                    .find(|(_, c)| !joined(*c))
                    .map_or_else(|| (text.len() - end).min(24), |(at, _)| at);
                if text.is_char_boundary(end + tail) {
                    best = Some((unit, end + tail));
                }
            }
        }
        let (unit, end) = best?;
        (!self.goes_on(&text[end..])).then(|| (&self.units[unit], end))
    }

    /// Whether a spelling that ends here, with a figure in it, would cut that figure: of
    /// `50 to 1000 Hz`, `to 1` is no ratio. Nor is it one where a unit stands behind the figure:
    /// `0.1 to 1 MPa`.
    fn is_cut(&self, text: &str, end: usize) -> bool {
        let (before, rest) = text.split_at(end);
        if !before.ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let behind = rest.trim_start_matches(['.', ',']);
        if rest.len() - behind.len() <= 1 && behind.starts_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        let links = |text: &str| self.words.link(text.trim_start_matches(' ')).is_some();
        links(before) && !links(rest) && self.suffix(rest).is_some()
    }

    /// Whether a unit is only the first factor of another: `/min`, `·m`, `*ч`.
    fn goes_on(&self, rest: &str) -> bool {
        if let Some(divisor) = rest.trim_start_matches(' ').strip_prefix('/') {
            return self.words.per(divisor.trim_start_matches(' '));
        }
        let mut chars = rest.chars();
        matches!(chars.next(), Some('*' | '·' | '⋅' | '.'))
            && chars.next().is_some_and(|c| c.is_alphabetic())
            && (!rest.starts_with('.') || rest.chars().nth(2).is_none_or(|c| !c.is_alphabetic()))
    }

    /// Whether a spelling can stand before its figure.
    pub(crate) fn stands_before(&self, spelling: &str) -> bool {
        self.prefixes.contains_key(&spelling.replace(' ', ""))
    }

    /// The unit of a value that the text before it ends with (`dn`, `pn`), and its bytes.
    pub(crate) fn prefix_of(
        &self,
        value: &Number,
        before: &str,
        near: &Near<'_>,
    ) -> Option<(&Unit, usize)> {
        let mut best = None;
        for (at, _) in before.char_indices().rev().take(20) {
            let word = &before[at..];
            let boundary = !word.starts_with(' ')
                && begins_word(before, at)
                && !before[..at].ends_with(|c: char| c.is_ascii_digit());
            if boundary
                && let Some(same) = self.prefixes.get(&word.replace(' ', ""))
                && let Some(unit) = self.choose(same, value, near)
            {
                best = Some((unit, before.len() - at));
            }
        }
        best.map(|(unit, length)| (&self.units[unit], length))
    }
}
