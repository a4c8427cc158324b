//! From the first rows and the user's mapping to the columns that are read.

use super::columns::{Column, Columns, Recognition};
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
    /// The header's place among the first rows.
    pub header: Option<usize>,
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
        let found = named_header(rows, mapping)
            .map_err(at)?
            .or_else(|| header::find(rows));
        let mapped = mapping.columns_for(Field::Description).next().is_some();
        let mut labels: Vec<Option<Label>>;
        if let Some(index) = found {
            plan.header = Some(index);
            labels = header::labels(&rows[index]);
            plan.columns.recognised_by = match labels.iter().flatten().count() {
                0 => Recognition::Mapping,
                _ => Recognition::Header,
            };
        } else if header::looks_like_header(rows) {
            plan.header = Some(0);
            labels = vec![None; rows[0].len()];
            plan.columns.recognised_by = Recognition::Mapping;
        } else if mapped {
            labels = vec![None; rows.iter().map(Row::len).max().unwrap_or(0)];
            plan.columns.recognised_by = Recognition::Mapping;
        } else {
            let fields = content::guess(rows);
            labels = fields
                .into_iter()
                .map(|f| f.map(|field| Label { field, rank: 0 }))
                .collect();
            plan.columns.recognised_by = Recognition::Content;
        }
        let headers: Vec<String> = match plan.header {
            Some(index) => rows[index].trimmed().map(str::to_owned).collect(),
            None => vec![String::new(); labels.len()],
        };
        apply(mapping, &headers, &mut labels).map_err(at)?;
        if plan.header.is_some() && !mapped {
            plan.promote(name, rows, &headers, &mut labels);
        }
        plan.settle(name, rows, headers, &labels);
        if plan.columns_of(Field::Description).is_empty() {
            return Err(at(no_goods(rows, plan.header)));
        }
        Ok(plan)
    }

    /// Takes goods columns that their names alone don't show.
    fn promote(
        &mut self,
        name: &str,
        rows: &[Row],
        headers: &[String],
        labels: &mut [Option<Label>],
    ) {
        let below = &rows[self.header.map_or(0, |index| index + 1)..];
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
                        headers[column],
                    ),
                );
            }
        }
        // A header cell merged over several columns leaves its right neighbours without a name.
        for column in 1..labels.len() {
            let after_goods = field(&labels[column - 1]) == Some(Field::Description);
            if after_goods && headers[column].is_empty() && content::is_text(&cells(column)) {
                labels[column] = Some(goods);
            }
        }
    }

    /// Fills in what follows from the labels.
    fn settle(&mut self, name: &str, rows: &[Row], headers: Vec<String>, labels: &[Option<Label>]) {
        for field in Field::ALL {
            let of = |column: &usize| labels[*column].filter(|label| label.field == field);
            let mut order: Vec<usize> = (0..labels.len()).filter(|c| of(c).is_some()).collect();
            if !field.takes_many() {
                order.sort_by_key(|column| of(column).map(|label| label.rank));
            }
            self.order[field as usize] = order;
        }
        self.columns.columns = headers
            .into_iter()
            .zip(labels)
            .enumerate()
            .map(|(index, (header, label))| Column {
                number: index + 1,
                header,
                field: label.map(|label| label.field),
            })
            .collect();
        if let Some(row) = self.header.map(|index| &rows[index]) {
            self.columns.header_row = Some(row.number);
            self.columns.header_line = Some(row.line);
            let last = (0..row.len())
                .rev()
                .find(|column| !row.cell(*column).is_empty());
            self.width = (last.map_or(0, |column| column + 1), row.len());
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
                let title = |column: &usize| format!("{:?}", self.columns.columns[*column].title());
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

/// The row that holds all names of the mapping; an error when there are names and no such row.
fn named_header(rows: &[Row], mapping: &Mapping) -> Result<Option<usize>> {
    let names: Vec<ColumnRef> = mapping
        .names()
        .map(|name| ColumnRef::Name(name.to_owned()))
        .collect();
    if names.is_empty() {
        return Ok(None);
    }
    let cells = |row: &Row| row.trimmed().map(str::to_owned).collect::<Vec<_>>();
    let holds = |row: &Row| {
        let cells = cells(row);
        names.iter().all(|name| name.find(&cells).is_some())
    };
    if let Some(index) = rows.iter().position(holds) {
        return Ok(Some(index));
    }
    let index = header::find(rows).unwrap_or(0);
    let headers = cells(&rows[index]);
    let missing = names.iter().find(|name| name.find(&headers).is_none());
    Err(missing.map_or_else(
        || {
            Error::new(
                ErrorKind::Option,
                "the mapped columns stand in different rows",
            )
        },
        |name| not_there(name, &headers),
    ))
}

/// Puts the user's mapping over what was recognised.
fn apply(mapping: &Mapping, headers: &[String], labels: &mut [Option<Label>]) -> Result<()> {
    let mapped = |field: Field| mapping.columns_for(field).next().is_some();
    for slot in labels.iter_mut() {
        if slot.is_some_and(|label| mapped(label.field)) {
            *slot = None;
        }
    }
    for (rank, (field, column)) in mapping.entries().enumerate() {
        let index = column
            .find(headers)
            .ok_or_else(|| not_there(column, headers))?;
        labels[index] = Some(Label { field, rank });
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
            "the manifest has {wanted}; it has {} columns without a header",
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

fn no_goods(rows: &[Row], header: Option<usize>) -> Error {
    let row = &rows[header.unwrap_or(0)];
    let cells: Vec<String> = row.trimmed().map(str::to_owned).collect();
    let found = match header {
        Some(_) => format!("the columns in row {} are {}", row.number, listed(&cells)),
        None => format!(
            "there is no header row, and row {} holds {}",
            row.number,
            listed(&cells)
        ),
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

fn listed(headers: &[String]) -> String {
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
