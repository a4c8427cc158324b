//! Rows that have fewer or more cells than the header.
//!
//! Most come from a comma in goods text that nobody quoted. Where moving the cells back makes
//! codes and numbers stand in their columns again, they are moved; else every cell that may be
//! a piece of goods text is added to the description. Too much text may raise a question; lost
//! text may hide goods.

use super::Field;
use super::header::is_figure;
use super::plan::Plan;
use super::row::Row;
use crate::vocab::{CasNumber, HsCode};

/// How the cells of a ragged row are to be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Fit {
    /// From this column on, cells stand further to the right by `by`.
    pub moved: Option<(usize, usize)>,
    /// The description, where it isn't simply the description columns.
    pub description: Option<String>,
    /// What was done, for the issue.
    pub message: Option<String>,
}

/// Compares a row with the header; `delimiter` joins what it had cut.
pub(crate) fn fit(row: &Row, plan: &Plan, delimiter: Option<u8>) -> Fit {
    let (least, most) = plan.width;
    let counts = format!("this row has {}, the header {}", fields(row.len()), most);
    let surplus = (most..row.len()).any(|column| !row.cell(column).is_empty());
    if row.len() < least {
        too_few(row, plan, counts)
    } else if surplus {
        too_many(row, plan, counts, delimiter)
    } else {
        Fit::default()
    }
}

fn too_few(row: &Row, plan: &Plan, counts: String) -> Fit {
    let goods = plan.columns_of(Field::Description);
    let has_words = |cell: &str| cell.chars().any(char::is_alphabetic) && !is_figure(cell);
    if !goods.iter().any(|column| has_words(row.cell(*column))) && row.filled().any(has_words) {
        return Fit {
            description: Some(joined(row, 0..row.len())),
            message: Some(format!(
                "{counts}; as its goods column holds no words, all its cells are read as goods"
            )),
            ..Fit::default()
        };
    }
    let message = Some(format!("{counts}; the missing cells are read as empty"));
    Fit {
        message,
        ..Fit::default()
    }
}

fn too_many(row: &Row, plan: &Plan, counts: String, delimiter: Option<u8>) -> Fit {
    let (_, most) = plan.width;
    let by = row.len() - most;
    if let [goods] = plan.columns_of(Field::Description)
        && (*goods..=goods + by).all(|column| !row.is_quoted(column))
    {
        let moved = Some((goods + 1, by));
        if plausible(row, plan, moved) > plausible(row, plan, None) {
            let glue = delimiter.map_or(',', char::from);
            let pieces: Vec<&str> = (*goods..=goods + by)
                .map(|column| row.cell(column))
                .collect();
            let text = pieces.join(&format!("{glue} "));
            return Fit {
                moved,
                message: Some(format!(
                    "{counts}; {text:?} is read as one goods description that should be in quotes"
                )),
                description: Some(text),
            };
        }
    }
    let goods = plan.columns_of(Field::Description);
    let first = goods.first().copied().unwrap_or(0);
    let near = |column: &usize| {
        let piece = *column > first && *column <= first + by;
        piece && !row.is_quoted(*column) && !is_figure(row.cell(*column))
    };
    let taken: Vec<usize> = (0..row.len())
        .filter(|column| goods.contains(column) || near(column) || *column >= most)
        .collect();
    let added: Vec<String> = (taken.iter())
        .filter(|column| !goods.contains(column) && !row.cell(**column).is_empty())
        .map(|column| format!("{:?}", row.cell(*column)))
        .collect();
    Fit {
        description: Some(joined(row, taken)),
        message: Some(format!(
            "{counts}; {} is added to the goods description",
            added.join(" and ")
        )),
        ..Fit::default()
    }
}

/// How many typed cells look like what their columns hold.
fn plausible(row: &Row, plan: &Plan, moved: Option<(usize, usize)>) -> usize {
    let cell = |column: usize| match moved {
        Some((from, by)) if column >= from => row.cell(column + by),
        _ => row.cell(column),
    };
    let fits = |field: Field, cell: &str| match field {
        Field::Hs => cell.is_empty() || cell.parse::<HsCode>().is_ok(),
        Field::Cas => cell.is_empty() || cell.parse::<CasNumber>().is_ok(),
        Field::Quantity | Field::Weight | Field::Date => cell.is_empty() || is_figure(cell),
        Field::Unit => cell.len() <= 12 && !is_figure(cell),
        Field::Origin | Field::Destination => {
            cell.is_empty() || crate::vocab::Country::recognise(cell).is_some()
        }
        _ => false,
    };
    let typed = plan.columns.columns.iter().enumerate();
    typed
        .filter(|(at, column)| column.field.is_some_and(|field| fits(field, cell(*at))))
        .count()
}

fn joined(row: &Row, columns: impl IntoIterator<Item = usize>) -> String {
    let cells = columns.into_iter().map(|column| row.cell(column));
    cells
        .filter(|cell| !cell.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn fields(count: usize) -> String {
    if count == 1 {
        "1 field".to_owned()
    } else {
        format!("{count} fields")
    }
}
