//! What the columns of a table without a header hold, told from what stands in them.

use super::Field;
use super::header::is_figure;
use super::row::Row;
use crate::vocab::{CasNumber, Country, HsCode};

/// A field for each column, as far as the rows tell. At most one column is the description.
pub(crate) fn guess(rows: &[Row]) -> Vec<Option<Field>> {
    let width = rows.iter().map(Row::len).max().unwrap_or(0);
    let columns: Vec<Vec<&str>> = (0..width)
        .map(|column| {
            rows.iter()
                .map(|row| row.cell(column))
                .filter(|c| !c.is_empty())
                .collect()
        })
        .collect();
    let mut fields: Vec<Option<Field>> = columns.iter().map(|cells| by_form(cells)).collect();
    let words = |column: &usize| letters(&columns[*column]);
    let best = (0..width)
        .filter(|column| fields[*column].is_none() && is_text(&columns[*column]))
        // Of equals the leftmost: max_by_key would take the last.
        .rev()
        .max_by_key(words);
    if let Some(best) = best {
        fields[best] = Some(Field::Description);
    }
    for field in [Field::Hs, Field::Cas] {
        let mut seen = false;
        for slot in fields.iter_mut().filter(|slot| **slot == Some(field)) {
            if std::mem::replace(&mut seen, true) {
                *slot = None;
            }
        }
    }
    fields
}

/// Whether a column mostly holds words; for a column named "Item" that may be numbers or goods.
pub(crate) fn is_text(cells: &[&str]) -> bool {
    let words = cells.iter().filter(|cell| {
        let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 2 && !is_figure(cell) && !is_company(cell) && Country::recognise(cell).is_none()
    });
    !cells.is_empty() && words.count() * 2 > cells.len()
}

fn by_form(cells: &[&str]) -> Option<Field> {
    let most = |test: &dyn Fn(&str) -> bool| {
        let count = cells.iter().filter(|cell| test(cell)).count();
        count > 0 && count * 5 >= cells.len() * 3
    };
    if most(&|cell| cell.parse::<CasNumber>().is_ok()) {
        Some(Field::Cas)
    } else if most(&is_hs) && !most(&is_compact_date) {
        Some(Field::Hs)
    } else {
        None
    }
}

/// A commodity code; a bare number of four or five digits is as likely a quantity.
fn is_hs(cell: &str) -> bool {
    let Ok(code) = cell.parse::<HsCode>() else {
        return false;
    };
    let marked = cell.contains(['.', ' ']) && !cell.ends_with(".00") || code.digits().len() >= 6;
    let chapter: u8 = code.digits()[..2].parse().unwrap_or(0);
    marked && (1..=97).contains(&chapter)
}

fn is_compact_date(cell: &str) -> bool {
    let number = |range: std::ops::Range<usize>| {
        cell.get(range)
            .and_then(|digits| digits.parse::<u16>().ok())
            .unwrap_or(0)
    };
    cell.len() == 8
        && (1990..2100).contains(&number(0..4))
        && (1..=12).contains(&number(4..6))
        && (1..=31).contains(&number(6..8))
}

/// Letters per cell; an ideograph says as much as several letters.
fn letters(cells: &[&str]) -> usize {
    let weight = |c: char| {
        if super::fold::is_cjk(c) {
            3
        } else {
            usize::from(c.is_alphabetic())
        }
    };
    let all: usize = cells.iter().flat_map(|cell| cell.chars()).map(weight).sum();
    all * 16 / cells.len().max(1)
}

fn is_company(cell: &str) -> bool {
    const WORDS: [&str; 12] = [
        "ltd",
        "limited",
        "inc",
        "gmbh",
        "llc",
        "corp",
        "corporation",
        "company",
        "co",
        "ooo",
        "ооо",
        "ао",
    ];
    let folded = super::fold::name(cell);
    folded.ends_with("公司") || folded.split(' ').any(|word| WORDS.contains(&word))
}
