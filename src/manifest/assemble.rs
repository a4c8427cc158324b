//! From a row to a record: a goods item, or the reason why it is none.

use super::header::is_figure;
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
    /// The header's rows, to know them when they come again.
    pub header: &'a [Row],
    pub delimiter: Option<u8>,
    pub encoding: &'static str,
}

/// The record that a row below the header makes.
pub(crate) fn record(row: &Row, context: &Context<'_>) -> Record {
    let same = |header: &Row| is_same(row, header, context.plan);
    let skip = if row.says_nothing() {
        Some(SkipReason::EmptyRow)
    } else if context.header.iter().any(same) || is_header(row, context.plan) {
        Some(SkipReason::RepeatedHeader)
    } else if is_totals(row, context.plan) {
        Some(SkipReason::TotalsRow)
    } else {
        None
    };
    match skip {
        Some(reason) => Record::Skipped(skipped(row, reason)),
        None => match lost(row, context) {
            Some(issue) => Record::Unreadable {
                row: row.number,
                line: row.line,
                issue,
            },
            None => item(row, context),
        },
    }
}

/// The record that a row above the header makes: a title, unless it plainly holds goods.
pub(crate) fn record_above(row: &Row, context: &Context<'_>) -> Record {
    let plan = context.plan;
    let some = |field: Field, test: &dyn Fn(&str) -> bool| {
        let mut columns = plan.columns_of(field).iter();
        columns.any(|column| test(row.cell(*column)))
    };
    let words = |cell: &str| cell.chars().any(char::is_alphabetic) && !cell.ends_with([':', '：']);
    let facts = [Field::Hs, Field::Cas, Field::Quantity, Field::Weight];
    let figures = facts
        .into_iter()
        .filter(|field| some(*field, &is_figure))
        .count();
    if !row.says_nothing() && (figures < 2 || !some(Field::Description, &words)) {
        Record::Skipped(skipped(row, SkipReason::TitleRow))
    } else {
        record(row, context)
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
    let joined = |field: Field, between: &str| {
        let mut joined = String::new();
        for cell in plan.columns_of(field).iter().map(|column| cell(*column)) {
            if !joined.is_empty() && !cell.is_empty() {
                joined.push_str(between);
            }
            joined.push_str(cell);
        }
        joined
    };
    let all = |field: Field| joined(field, " ");
    let listed = |field: Field| Some(joined(field, "; ")).filter(|cells| !cells.is_empty());
    let parameters = plan
        .columns_of(Field::Parameter)
        .iter()
        .filter_map(|column| {
            let value = cell(*column);
            (!value.is_empty()).then(|| Parameter {
                name: plan.columns.columns[*column].title(),
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
        transit: listed(Field::Transit),
        port_of_loading: first(Field::PortOfLoading),
        port_of_discharge: first(Field::PortOfDischarge),
        consignee_address: listed(Field::ConsigneeAddress),
        date: first(Field::Date),
        sku: first(Field::Sku),
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
            Trouble::OtherEncoding(other) => tell(
                "mixed-encodings",
                format!(
                    "this row is in {other}, unlike the rest of the manifest, which is in {}; it \
                     was read as {other}",
                    context.encoding
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

/// Why a row can't be screened, where only the beginning of what it says was kept.
fn lost(row: &Row, context: &Context<'_>) -> Option<Issue> {
    let columns = &context.plan.columns.columns;
    let is_read = |column: &&usize| {
        columns.get(**column).is_none_or(|column| {
            matches!(
                column.field,
                Some(Field::Description | Field::Hs | Field::Cas | Field::Parameter)
            )
        })
    };
    let column = row.cut().iter().find(is_read)?;
    let message = format!(
        "column {} of this row goes on beyond what is kept ({} MiB a cell, {} MiB a row); the row \
         isn't screened: look at it by hand, or see whether a quote is missing",
        column + 1,
        split::MAX_CELL >> 20,
        split::MAX_ROW >> 20,
    );
    let place = Location::new(context.name).at_line(row.line);
    Some(Issue::new("field-too-long", Severity::Error, message).at(place))
}

/// Whether a row names the columns in other words than the header.
fn is_header(row: &Row, plan: &Plan) -> bool {
    let names = |column: usize| {
        let field = plan.columns.columns.get(column)?.field?;
        let cell = row.cell(column);
        (cell.len() <= 100 && !cell.is_empty()).then(|| {
            let label = lexicon().of_whole(cell);
            label.is_some_and(|label| label.field == field)
        })
    };
    let goods = plan.columns_of(Field::Description);
    let named = || (0..row.len()).filter_map(names);
    goods.iter().any(|column| names(*column) == Some(true))
        && named().all(|same| same)
        && named().count() >= 2
}

/// Whether a row repeats the header in every column that is read.
fn is_same(row: &Row, header: &Row, plan: &Plan) -> bool {
    let mut read = plan
        .columns
        .columns
        .iter()
        .filter(|column| column.field.is_some())
        .map(|c| c.number - 1);
    let mut names = 0;
    read.all(|column| {
        let (cell, name) = (row.cell(column), header.cell(column));
        names += usize::from(!name.is_empty());
        cell.len() == name.len() && lower(cell).eq(lower(name))
    }) && names > 0
}

fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
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
