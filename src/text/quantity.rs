//! A quantity as a line states it.

use crate::lexicon::Unit;
use crate::vocab::Number;

/// A quantity as stated: an interval of values in the base unit of its dimension.
///
/// Not every number with a unit is one. A tolerance (`±5 %`), a share that is none of a substance
/// (`100% new`), a date and a pressure below zero are left out; a model or part number that looks
/// like a quantity is kept and marked as `coded`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// First byte in the folded line.
    pub start: usize,
    /// One past the last byte in the folded line.
    pub end: usize,
    /// The unit's id, as in the units table.
    pub unit: String,
    /// The unit's dimension.
    pub dimension: String,
    /// The role that the unit itself implies, if any.
    pub role: Option<String>,
    /// Least value, in the dimension's base unit; `None`: not bounded from below.
    pub low: Option<Number>,
    /// Greatest value, in the dimension's base unit; `None`: not bounded from above.
    pub high: Option<Number>,
    /// The other possible value of an ambiguous figure, in the base unit.
    pub other: Option<Number>,
    /// For `60x40x10 mm`: which of the sizes this is, from 0.
    pub place: usize,
    /// For `4x750 ml`: how many of them.
    pub count: Option<Number>,
    /// The number of the expression it was written in: the members of `160/200/250 A` and of
    /// `60x40x10 mm` share one.
    pub chain: usize,
    /// Whether it is written as a part of a code is (`RT500A`, `No. 250 A`): it counts only where
    /// a cue word says what it is.
    pub coded: bool,
}

impl Quantity {
    /// The dimension of sizes that stand without a unit (`134x60x20`).
    pub const PROPORTION: &str = "proportion";

    /// Whether a single value is stated.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    /// A single value, in the base unit, at a place of the line.
    pub(super) fn exact(span: (usize, usize), unit: &Unit, value: Number) -> Quantity {
        Quantity {
            start: span.0,
            end: span.1,
            unit: unit.id.clone(),
            dimension: unit.dimension.clone(),
            role: unit.role.clone(),
            low: Some(value.clone()),
            high: Some(value),
            other: None,
            place: 0,
            count: None,
            chain: 0,
            coded: false,
        }
    }

    /// A size whose unit isn't said: it tells of proportions alone.
    pub(super) fn without_unit(span: (usize, usize), value: Number) -> Quantity {
        Quantity {
            start: span.0,
            end: span.1,
            unit: String::new(),
            dimension: Quantity::PROPORTION.to_owned(),
            role: None,
            low: Some(value.clone()),
            high: Some(value),
            other: None,
            place: 0,
            count: None,
            chain: 0,
            coded: false,
        }
    }

    /// Makes it the range between its value and another.
    pub(super) fn reach(&mut self, other: Number) {
        if self.low.as_ref().is_some_and(|low| *low <= other) {
            self.high = Some(other);
        } else {
            self.low = Some(other);
        }
        self.other = None;
    }
}
