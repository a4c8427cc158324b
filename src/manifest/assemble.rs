//! From a row to a record: a goods item, or the reason why it is none.

use super::item::{GoodsItem, Parameter};
use super::lexicon::lexicon;
use super::plan::Plan;
use super::ragged::{self, Fit};
use super::record::{Record, SkipReason, Skipped};
use super::row::{Row, Trouble};
use super::{Field, split};
use crate::error::Location;
use crate::issue::{Issue, Severity};

/// What all rows of one manifest share.
pub(crate) struct Context<'a> {
    pub name: &'a str,
    pub plan: &'a Plan,
    /// The header's cells, to know them when they come again.
    pub header: Option<&'a Row>,
    pub delimiter: Option<u8>,
    pub encoding: &'static str,
}

/// The record that a row below the header makes.
pub(crate) fn record(row: &Row, context: &Context<'_>) -> Record {
    let skip = if row.is_blank() {
        Some(SkipReason::EmptyRow)
    } else if context
        .header
        .is_some_and(|header| is_same(row, header, context.plan))
    {
        Some(SkipReason::RepeatedHeader)
    } else if is_totals(row, context.plan) {
        Some(SkipReason::TotalsRow)
    } else {
        None
    };
    match skip {
        Some(reason) => Record::Skipped(skipped(row, reason)),
        None => item(row, context),
    }
}

/// A row that holds no goods.
pub(crate) fn skipped(row: &Row, reason: SkipReason) -> Skipped {
    Skipped {
        row: row.number,
        line: row.line,
        reason,
        text: row.excerpt(),
    }
}

fn item(row: &Row, context: &Context<'_>) -> Record {
    let plan = context.plan;
    let fit = ragged::fit(row, plan, context.delimiter);
    let cell = |column: usize| match fit.moved {
        Some((from, by)) if column >= from => row.cell(column + by),
        _ => row.cell(column),
    };
    let first = |field: Field| {
        let mut cells = plan.columns_of(field).iter().map(|column| cell(*column));
        cells.find(|cell| !cell.is_empty()).map(str::to_owned)
    };
    let all = |field: Field| {
        let mut joined = String::new();
        for cell in plan.columns_of(field).iter().map(|column| cell(*column)) {
            if !joined.is_empty() && !cell.is_empty() {
                joined.push(' ');
            }
            joined.push_str(cell);
        }
        joined
    };
    let parameters = plan
        .columns_of(Field::Parameter)
        .iter()
        .filter_map(|column| {
            let value = cell(*column);
            let name = plan.columns.columns[*column].title();
            (!value.is_empty()).then(|| Parameter {
                name,
                value: value.to_owned(),
            })
        });
    let parameters = parameters.collect();
    let issues = issues(row, &fit, context);
    let item = GoodsItem {
        line_id: first(Field::LineId).unwrap_or_else(|| row.number.to_string()),
        row: row.number,
        line: row.line,
        hs: first(Field::Hs),
        cas: Some(all(Field::Cas)).filter(|cas| !cas.is_empty()),
        quantity: first(Field::Quantity),
        unit: first(Field::Unit),
        weight: first(Field::Weight),
        consignee: first(Field::Consignee),
        shipper: first(Field::Shipper),
        origin: first(Field::Origin),
        destination: first(Field::Destination),
        date: first(Field::Date),
        parameters,
        description: fit.description.unwrap_or_else(|| all(Field::Description)),
    };
    Record::Item { item, issues }
}

fn issues(row: &Row, fit: &Fit, context: &Context<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut tell = |code, message| {
        let place = Location::new(context.name).at_line(row.line);
        issues.push(Issue::new(code, Severity::Warning, message).at(place));
    };
    if let Some(message) = &fit.message {
        tell("ragged-row", message.clone());
    }
    for trouble in row.troubles() {
        match trouble {
            Trouble::UnclosedQuote => tell(
                "unclosed-quote",
                "a quote opens a cell of this row and nothing closes it; it is read as a character"
                    .to_owned(),
            ),
            Trouble::StrayQuote => tell(
                "stray-quote",
                "text follows a closing quote in this row; both are read as one cell".to_owned(),
            ),
            Trouble::TooLong => tell(
                "field-too-long",
                format!(
                    "a cell of this row exceeds {} MiB; only its beginning is screened",
                    split::MAX_CELL >> 20
                ),
            ),
        }
    }
    if row.text().contains('\u{FFFD}') {
        let lost = row.text().matches('\u{FFFD}').count();
        let what = match lost {
            1 => "1 character of this row can't be read and stands".to_owned(),
            _ => format!("{lost} characters of this row can't be read and stand"),
        };
        tell(
            "undecodable-bytes",
            format!(
                "{what} as \u{FFFD}; the row was read as {}",
                context.encoding
            ),
        );
    }
    issues
}

/// Whether a row repeats the header in every column that is read.
fn is_same(row: &Row, header: &Row, plan: &Plan) -> bool {
    let mut read = plan
        .columns
        .columns
        .iter()
        .filter(|column| column.field.is_some())
        .map(|c| c.number - 1);
    read.all(|column| {
        let (cell, name) = (row.cell(column), header.cell(column));
        cell.len() == name.len() && cell.to_lowercase() == name.to_lowercase()
    })
}

/// Whether a row is one of sums. Where another word or a code stands in it, it is goods.
fn is_totals(row: &Row, plan: &Plan) -> bool {
    let holds = |field: Field| {
        plan.columns_of(field)
            .iter()
            .any(|c| !row.cell(*c).is_empty())
    };
    if holds(Field::Hs) || holds(Field::Cas) {
        return false;
    }
    let lexicon = lexicon();
    let goods = plan
        .columns_of(Field::Description)
        .iter()
        .map(|column| row.cell(*column));
    let mut goods = goods.filter(|cell| !cell.is_empty()).peekable();
    match goods.peek() {
        Some(_) => goods.all(|cell| lexicon.is_total(cell)),
        None => row
            .filled()
            .next()
            .is_some_and(|cell| lexicon.is_total(cell)),
    }
}
