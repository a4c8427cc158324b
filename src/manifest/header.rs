//! Which row names the columns.
//!
//! Above the header of a real manifest stand titles, addresses and blank rows, and an address
//! block says "Shipper" and "Consignee" too. A row that names the goods column therefore goes
//! before any that doesn't, and what looks like data or like a form is no header. A header may be
//! of two rows: its names in two languages, or cells merged over several columns and their parts.

use std::collections::BTreeSet;

use super::Field;
use super::lexicon::{Label, lexicon};
use super::mapping::ColumnRef;
use super::row::Row;

/// Among how many rows the header is looked for.
pub(crate) const WITHIN: usize = 50;

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

/// The header: the names of the columns, and what each stands for.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// Its place among the first rows.
    pub at: usize,
    /// Of how many rows it is: none, one or two.
    pub depth: usize,
    pub names: Vec<String>,
    pub labels: Vec<Option<Label>>,
    /// The cells of its rows, by which a user may call a column too.
    cells: Vec<Vec<String>>,
}

impl Header {
    /// The header that begins with one of the first rows.
    pub fn at(rows: &[Row], at: usize) -> Header {
        let upper = &rows[at];
        let texts = |row: &Row| row.trimmed().map(str::to_owned).collect::<Vec<_>>();
        let mut header = Header {
            at,
            depth: 1,
            names: texts(upper),
            labels: labels(upper),
            cells: vec![texts(upper)],
        };
        if let Some(lower) = rows.get(at + 1)
            && goes_on(upper, lower)
        {
            let both = header.merged(upper, lower, texts(lower));
            if both.names_goods() || !header.names_goods() {
                header = both;
            }
        }
        header
    }

    /// What the columns stand for where no row names them.
    pub fn nameless(labels: Vec<Option<Label>>) -> Header {
        Header {
            names: vec![String::new(); labels.len()],
            labels,
            ..Header::default()
        }
    }

    /// The columns that a user calls so; the whole names go before the cells of one row.
    pub fn columns_named(&self, wanted: &ColumnRef) -> Vec<usize> {
        let rows = std::iter::once(&self.names).chain(&self.cells);
        let mut found = rows.map(|names| wanted.find_all(names));
        found
            .find(|columns| !columns.is_empty())
            .unwrap_or_default()
    }

    /// "Quantity" over "Pcs" and "Pkgs": a cell merged over several columns stands in the first.
    fn merged(&self, upper: &Row, lower: &Row, cells: Vec<String>) -> Header {
        let width = upper.len().max(lower.len());
        let mut both = Header {
            at: self.at,
            depth: 2,
            names: self.names.clone(),
            labels: self.labels.clone(),
            cells: vec![self.names.clone(), cells],
        };
        both.names.resize(width, String::new());
        both.labels.resize(width, None);
        let mut spanning = "";
        for column in 0..width {
            let (above, below) = (upper.cell(column), lower.cell(column));
            if !above.is_empty() || below.is_empty() {
                spanning = above;
            }
            if below.is_empty() {
                continue;
            }
            let name = if spanning.is_empty() {
                below.to_owned()
            } else if lexicon().is_unit(below) && !below.starts_with(['(', '[', '（']) {
                format!("{spanning} ({below})")
            } else {
                format!("{spanning} {below}")
            };
            let own = lexicon()
                .of_whole(below)
                .filter(|label| spanning.is_empty() || label.field != Field::LineId);
            both.labels[column] =
                (lexicon().of_whole(&name).or(own)).or_else(|| lexicon().recognise(&name));
            both.names[column] = name;
        }
        both
    }

    fn names_goods(&self) -> bool {
        let mut fields = self.labels.iter().flatten().map(|label| label.field);
        fields.any(|field| field == Field::Description)
    }
}

/// Whether the row below a header's first row belongs to it: names in a second language, the
/// parts of merged cells, or units.
fn goes_on(upper: &Row, lower: &Row) -> bool {
    let field = |cell: &str| lexicon().recognise(cell).map(|label| label.field);
    let belongs = |column: &usize| {
        let (above, below) = (upper.cell(*column), lower.cell(*column));
        match field(above) {
            // "pcs" below "Unit" is what a goods row says.
            Some(Field::Unit | Field::LineId | Field::Hs | Field::Cas) => {
                lexicon().knows(below) && field(below) == field(above)
            }
            _ => lexicon().knows(below) || lexicon().is_part(below),
        }
    };
    let filled = |column: &usize| !lower.cell(*column).is_empty();
    let cells: Vec<usize> = (0..lower.len()).filter(filled).collect();
    // One cell alone is a unit below a figure's name, or it is rather a row of its own.
    let figure = |column: &usize| {
        let above = field(upper.cell(*column));
        matches!(
            above,
            Some(Field::Quantity | Field::Weight | Field::Parameter)
        )
    };
    lower.number == upper.number + 1
        && (cells.len() >= 2 || !cells.is_empty() && cells.iter().all(figure))
        && cells.iter().all(belongs)
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
        // "C12" may name a column; a number doesn't.
        let number = |cell: &&str| is_figure(cell) && !cell.starts_with(char::is_alphabetic);
        let figures = row.filled().filter(number).count();
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
