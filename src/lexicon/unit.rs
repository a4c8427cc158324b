//! The units table: spellings, dimensions and exact factors.

use std::collections::HashMap;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::text::Document;
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
}

impl Unit {
    /// A value in this unit, in the base unit of its dimension.
    #[must_use]
    pub fn to_base(&self, value: &Number) -> Number {
        value * &self.factor
    }

    /// A value in the base unit, in this unit.
    #[must_use]
    pub fn from_base(&self, value: &Number) -> Number {
        value
            .checked_div(&self.factor)
            .unwrap_or_else(|| value.clone())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    unit: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    dimension: String,
    factor: String,
    role: Option<String>,
    #[serde(default)]
    prefix: bool,
    spellings: Vec<String>,
}

/// All units, found by their spelling.
#[derive(Clone, Debug, Default)]
pub struct Units {
    units: Vec<Unit>,
    suffixes: HashMap<String, usize>,
    /// Spellings of which only the beginning is given (`ampere*`).
    stems: HashMap<String, usize>,
    prefixes: HashMap<String, usize>,
    longest: usize,
}

impl Units {
    /// Reads a units table.
    ///
    /// # Errors
    /// When the table isn't TOML of this form or a factor is no number.
    pub fn parse(name: &str, text: &str) -> Result<Units> {
        let table: Table = super::parse_toml(name, text)?;
        let mut units = Units::default();
        for row in table.unit {
            let number = units.units.len();
            for spelling in &row.spellings {
                let (stem, spelling) = match spelling.strip_suffix('*') {
                    Some(stem) => (true, stem),
                    None => (false, spelling.as_str()),
                };
                let folded = Document::new([spelling]).line().trim().replace(' ', "");
                units.longest = units.longest.max(folded.chars().count() + 2);
                let index = match (row.prefix, stem) {
                    (true, _) => &mut units.prefixes,
                    (false, true) => &mut units.stems,
                    (false, false) => &mut units.suffixes,
                };
                index.entry(folded).or_insert(number);
            }
            units.units.push(Unit {
                factor: row.factor.parse().map_err(|e: Error| {
                    Error::new(ErrorKind::List, format!("unit {}: {e}", row.id))
                })?,
                id: row.id,
                dimension: row.dimension,
                role: row.role,
            });
        }
        Ok(units)
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

    /// The unit that a folded text begins with, and the bytes it takes up.
    #[must_use]
    pub fn suffix(&self, text: &str) -> Option<(&Unit, usize)> {
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
            let joined = |c: char| c.is_alphabetic() && !crate::text::is_unspaced(c);
            let open = joined(c) && next.is_some_and(joined);
            if !open && let Some(&unit) = self.suffixes.get(&compact) {
                best = Some((unit, end));
            } else if let Some(&unit) = self.stems.get(&compact) {
                let tail = text[end..]
                    .find(|c: char| !joined(c))
                    .unwrap_or(text.len() - end);
                best = Some((unit, end + tail));
            }
        }
        best.map(|(unit, end)| (&self.units[unit], end))
    }

    /// The unit that stands at the end of a folded text (`dn`, `pn`), and the bytes it takes up.
    #[must_use]
    pub fn prefix(&self, before: &str) -> Option<(&Unit, usize)> {
        let mut best = None;
        for (at, c) in before.char_indices().rev().take(18) {
            let word = &before[at..];
            let boundary = !before[..at]
                .ends_with(|p: char| p.is_alphanumeric() && !crate::text::is_unspaced(p))
                || crate::text::is_unspaced(c);
            if boundary && let Some(&unit) = self.prefixes.get(&word.replace(' ', "")) {
                best = Some((unit, before.len() - at));
            }
        }
        best.map(|(unit, length)| (&self.units[unit], length))
    }
}
