//! From the first rows and the user's mapping to the columns that are read.

use super::columns::{Column, Columns, Recognition};
use super::header::Header;
use super::lexicon::Label;
use super::mapping::{ColumnRef, Mapping};
use super::row::Row;
use super::{Field, content, header};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::issue::{Issue, Severity};

/// How the rows are to be read.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub columns: Columns,
    /// The header's place among the first rows, and of how many rows it is.
    pub header: Option<(usize, usize)>,
    /// The columns of each field, the preferred one first; by `Field as usize`.
    order: [Vec<usize>; Field::ALL.len()],
    /// Fewest and most cells of a row that isn't ragged.
    pub width: (usize, usize),
    /// What a person should know about it.
    pub issues: Vec<Issue>,
}

impl Plan {
    /// The columns of a field, the preferred one first, from 0.
    pub fn columns_of(&self, field: Field) -> &[usize] {
        &self.order[field as usize]
    }

    /// Makes a plan from the first rows of a manifest.
    pub fn make(name: &str, rows: &[Row], mapping: &Mapping) -> Result<Plan> {
        let at = |error: Error| error.at(Location::new(name));
        if rows.is_empty() {
            return Ok(Plan::default());
        }
        let mut plan = Plan::default();
        let found = match named_header(rows, mapping).map_err(at)? {
            Some(header) => Some(header),
            None => header::find(rows).map(|index| Header::at(rows, index)),
        };
        let mapped = mapping.columns_for(Field::Description).next().is_some();
        let mut header = if let Some(header) = found {
            plan.columns.recognised_by = match header.labels.iter().flatten().count() {
                0 => Recognition::Mapping,
                _ => Recognition::Header,
            };
            header
        } else if header::looks_like_header(rows) {
            plan.columns.recognised_by = Recognition::Mapping;
            let mut header = Header::at(rows, 0);
            header.labels.fill(None);
            header
        } else if mapped {
            plan.columns.recognised_by = Recognition::Mapping;
            Header::nameless(vec![None; rows.iter().map(Row::len).max().unwrap_or(0)])
        } else {
            plan.columns.recognised_by = Recognition::Content;
            let label = |field| Label { field, rank: 0 };
            let fields = content::guess(rows).into_iter();
            Header::nameless(fields.map(|field| field.map(label)).collect())
        };
        plan.header = (header.depth > 0).then_some((header.at, header.depth));
        apply(mapping, &mut header).map_err(at)?;
        if plan.header.is_some() && !mapped {
            plan.promote(name, rows, &mut header);
        }
        plan.settle(name, rows, header);
        if plan.columns_of(Field::Description).is_empty() {
            return Err(at(no_goods(rows, &plan)));
        }
        Ok(plan)
    }

    /// Takes goods columns that their names alone don't show.
    fn promote(&mut self, name: &str, rows: &[Row], header: &mut Header) {
        let below = &rows[header.at + header.depth..];
        let Header { names, labels, .. } = header;
        let cells = |column: usize| -> Vec<&str> {
            below
                .iter()
                .map(|row| row.cell(column))
                .filter(|cell| !cell.is_empty())
                .collect()
        };
        let field = |label: &Option<Label>| label.map(|label| label.field);
        let goods = Label {
            field: Field::Description,
            rank: usize::MAX,
        };
        if labels
            .iter()
            .all(|label| field(label) != Some(Field::Description))
        {
            let item = (0..labels.len()).find(|column| {
                field(&labels[*column]) == Some(Field::LineId) && content::is_text(&cells(*column))
            });
            if let Some(column) = item {
                labels[column] = Some(goods);
                self.note(
                    name,
                    "goods-column-by-content",
                    format!(
                        "column {} ({:?}) is read as the goods description, as it holds words; use \
                     --map description=COLUMN if that is wrong",
                        column + 1,
                        names[column],
                    ),
                );
            }
        }
        // A header cell merged over several columns leaves its right neighbours without a name.
        for column in 1..labels.len() {
            let after_goods = field(&labels[column - 1]) == Some(Field::Description);
            if after_goods && names[column].is_empty() && content::is_text(&cells(column)) {
                labels[column] = Some(goods);
            }
        }
    }

    /// Fills in what follows from the labels.
    fn settle(&mut self, name: &str, rows: &[Row], header: Header) {
        let Header { names, labels, .. } = header;
        for field in Field::ALL {
            let of = |column: &usize| labels[*column].filter(|label| label.field == field);
            let mut order: Vec<usize> = (0..labels.len()).filter(|c| of(c).is_some()).collect();
            if !field.takes_many() {
                order.sort_by_key(|column| of(column).map(|label| label.rank));
            }
            self.order[field as usize] = order;
        }
        let named = names.iter().rposition(|name| !name.is_empty());
        let width = names.len();
        self.columns.columns = names
            .into_iter()
            .zip(labels)
            .enumerate()
            .map(|(index, (header, label))| Column {
                number: index + 1,
                header,
                field: label.map(|label| label.field),
            })
            .collect();
        if let Some(row) = self.header.map(|(index, _)| &rows[index]) {
            self.columns.header_row = Some(row.number);
            self.columns.header_line = Some(row.line);
            self.width = (named.map_or(0, |last| last + 1), width);
        } else {
            let usual = usual_width(rows);
            self.width = (usual, usual);
            self.tell_no_header(name);
        }
        self.tell_duplicates(name);
    }

    fn tell_no_header(&mut self, name: &str) {
        let taken: Vec<String> = (self.columns.columns.iter())
            .filter_map(|c| Some(format!("column {} as {}", c.number, c.field?)))
            .collect();
        let how = match self.columns.recognised_by {
            Recognition::Content => "by what the columns hold, it reads",
            _ => "as mapped, it reads",
        };
        let taken = if taken.is_empty() {
            "nothing".to_owned()
        } else {
            taken.join(", ")
        };
        self.note(
            name,
            "no-header",
            format!(
                "the manifest has no header row that is known; {how} {taken}, and the first row as \
             goods; use --map FIELD=COLUMN if that is wrong",
            ),
        );
    }

    fn tell_duplicates(&mut self, name: &str) {
        for field in Field::ALL.into_iter().filter(|field| !field.takes_many()) {
            if let [first, others @ ..] = self.columns_of(field)
                && !others.is_empty()
            {
                let title = |column: &usize| {
                    let column = &self.columns.columns[*column];
                    format!("column {} ({:?})", column.number, column.title())
                };
                let others: Vec<String> = others.iter().map(title).collect();
                let message = format!(
                    "{} is read as {field}; {} only where that is empty",
                    title(first),
                    others.join(" and "),
                );
                self.note(name, "duplicate-column", message);
            }
        }
    }

    fn note(&mut self, name: &str, code: &'static str, message: String) {
        let place = Location::new(name);
        let place = match self.columns.header_line {
            Some(line) => place.at_line(line),
            None => place,
        };
        self.issues
            .push(Issue::new(code, Severity::Note, message).at(place));
    }
}

/// The header that holds all names of the mapping; an error when there are names and no such
/// header.
fn named_header(rows: &[Row], mapping: &Mapping) -> Result<Option<Header>> {
    let names: Vec<ColumnRef> = mapping
        .names()
        .map(|name| ColumnRef::Name(name.to_owned()))
        .collect();
    if names.is_empty() {
        return Ok(None);
    }
    let missing = |header: &Header| {
        let mut names = names.iter();
        names
            .find(|name| header.columns_named(name).is_empty())
            .cloned()
    };
    let likely = Header::at(rows, header::find(rows).unwrap_or(0));
    let Some(name) = missing(&likely) else {
        return Ok(Some(likely));
    };
    let mut all = (0..rows.len()).map(|index| Header::at(rows, index));
    match all.find(|header| missing(header).is_none()) {
        Some(header) => Ok(Some(header)),
        None => Err(not_there(&name, &likely.names)),
    }
}

/// Puts the user's mapping over what was recognised.
fn apply(mapping: &Mapping, header: &mut Header) -> Result<()> {
    let mapped = |field: Field| mapping.columns_for(field).next().is_some();
    for slot in &mut header.labels {
        if slot.is_some_and(|label| mapped(label.field)) {
            *slot = None;
        }
    }
    for (rank, (field, column)) in mapping.entries().enumerate() {
        let columns = header.columns_named(column);
        if columns.is_empty() {
            return Err(not_there(column, &header.names));
        }
        for index in columns {
            header.labels[index] = Some(Label { field, rank });
        }
    }
    Ok(())
}

fn not_there(column: &ColumnRef, headers: &[String]) -> Error {
    let wanted = match column {
        ColumnRef::Name(name) => format!("no column {name:?}"),
        ColumnRef::Number(number) => format!("no column {number}"),
    };
    let message = if headers.iter().all(String::is_empty) {
        format!(
            "the manifest has {wanted}; it has {} columns without a header, so map by number, from \
             1 to {0}",
            headers.len()
        )
    } else {
        format!(
            "the manifest has {wanted}; its columns are {}",
            listed(headers)
        )
    };
    Error::new(ErrorKind::Option, message)
}

fn no_goods(rows: &[Row], plan: &Plan) -> Error {
    let found = match plan.header {
        Some((index, _)) => {
            let names: Vec<String> = plan
                .columns
                .columns
                .iter()
                .map(|c| c.header.clone())
                .collect();
            format!(
                "the columns in row {} are {}",
                rows[index].number,
                listed(&names)
            )
        }
        None => {
            let cells: Vec<String> = rows[0].trimmed().map(str::to_owned).collect();
            format!(
                "there is no header row, and row {} holds {}",
                rows[0].number,
                listed(&cells)
            )
        }
    };
    Error::new(
        ErrorKind::Manifest,
        format!(
            "no column describes the goods: {found}; looked for names such as \"Description\", \
             \"Goods\", \"Commodity\", \"品名\", \"наименование товара\"; name the column with \
             --map description=COLUMN (its header, or its number from 1)"
        ),
    )
}

pub(crate) fn listed(headers: &[String]) -> String {
    const MOST: usize = 40;
    let short = |header: &String| {
        let words = header.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(60) {
            Some((cut, _)) => format!("\"{}…\"", &words[..cut]),
            None => format!("\"{words}\""),
        }
    };
    let mut list: Vec<String> = headers.iter().take(MOST).map(short).collect();
    if headers.len() > MOST {
        list.push(format!("and {} more", headers.len() - MOST));
    }
    list.join(", ")
}

fn usual_width(rows: &[Row]) -> usize {
    let widths: Vec<usize> = rows.iter().map(Row::len).collect();
    let times = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths
        .iter()
        .copied()
        .max_by_key(|width| (times(*width), *width))
        .unwrap_or(0)
}
