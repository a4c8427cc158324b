//! Which row names the columns.
//!
//! Above the header of a real manifest stand titles, addresses and blank rows, and an address
//! block says "Shipper" and "Consignee" too. A row that names the goods column therefore goes
//! before any that doesn't, and what looks like data or like a form is no header.

use std::collections::BTreeSet;

use super::Field;
use super::lexicon::{Label, lexicon};
use super::row::Row;

/// Among how many rows the header is looked for.
pub(crate) const WITHIN: usize = 30;

/// The longest cell that can be a column's name, in characters.
const MAX_NAME: usize = 120;

/// What each cell of a row would stand for as a header.
pub(crate) fn labels(row: &Row) -> Vec<Option<Label>> {
    let name = |cell: &str| {
        let short = cell.len() <= MAX_NAME * 4 && cell.chars().count() <= MAX_NAME;
        short.then(|| lexicon().recognise(cell)).flatten()
    };
    row.trimmed().map(name).collect()
}

/// How many different fields a row names, if it can be a header at all.
pub(crate) fn count_names(row: &Row) -> usize {
    Candidate::of(0, row).fields.len()
}

/// The header's place among the first rows, if there is one.
pub(crate) fn find(rows: &[Row]) -> Option<usize> {
    let candidates: Vec<Candidate> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| Candidate::of(index, row))
        .collect();
    let narrow = rows.iter().all(|row| row.filled().count() <= 1);
    let goods = candidates.iter().find(|candidate| {
        candidate.fields.contains(&Field::Description)
            && (candidate.filled >= 2 || narrow)
            && candidate.is_plausible(&candidates)
    });
    let fields = candidates
        .iter()
        .find(|candidate| candidate.fields.len() >= 2 && candidate.is_plausible(&candidates));
    goods.or(fields).map(|candidate| candidate.index)
}

/// Whether the first row names columns, if by names that nobody knows: it holds no figure where
/// the rows below do.
pub(crate) fn looks_like_header(rows: &[Row]) -> bool {
    let Some((first, rest)) = rows.split_first() else {
        return false;
    };
    let rest: Vec<&Row> = rest.iter().filter(|row| !row.is_blank()).collect();
    !rest.is_empty()
        && first.filled().count() >= 2
        && first
            .filled()
            .all(|cell| !cell.contains(|c: char| c.is_ascii_digit()))
        && (0..first.len()).any(|column| {
            let figures = rest
                .iter()
                .filter(|row| is_figure(row.cell(column)))
                .count();
            !first.cell(column).is_empty() && figures * 5 >= rest.len() * 4
        })
}

/// Whether a cell holds a number, a code or a date rather than words.
pub(crate) fn is_figure(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && digits >= letters
}

struct Candidate {
    index: usize,
    fields: BTreeSet<Field>,
    filled: usize,
}

impl Candidate {
    fn of(index: usize, row: &Row) -> Candidate {
        let filled = row.filled().count();
        let labels = labels(row);
        let mut candidate = Candidate {
            index,
            fields: BTreeSet::new(),
            filled,
        };
        let figures = row.filled().filter(|cell| is_figure(cell)).count();
        if figures * 2 < filled.max(1) && !is_form(row, &labels) {
            let known = labels.iter().flatten().map(|label| label.field);
            candidate
                .fields
                .extend(known.filter(|field| *field != Field::Parameter));
        }
        candidate
    }

    /// Few names below rows of the same width are rather data that happen to say "goods".
    fn is_plausible(&self, all: &[Candidate]) -> bool {
        let wide = |other: &Candidate| other.filled >= self.filled && other.filled > 1;
        self.fields.len() >= 3 || !all[..self.index].iter().any(wide)
    }
}

/// Whether a row is a line of a form: "Shipper:" beside a name.
fn is_form(row: &Row, labels: &[Option<Label>]) -> bool {
    let cells = || row.trimmed().zip(labels);
    let asks = cells().any(|(cell, label)| label.is_some() && cell.ends_with([':', '：']));
    asks && cells().any(|(cell, label)| label.is_none() && !cell.is_empty())
}
