//! Descriptions that go on in the rows below.
//!
//! Forms with a narrow goods column write "MARAGING STEEL TUBES" in one row and "GRADE 350" in
//! the next, whose other cells are empty. Screened apart, neither row says what the goods are.
//! The rows are joined by a line break, which keeps what stands in different rows apart where
//! that matters. A row that says anything else of the goods is an item of its own.

use super::Field;
use super::item::GoodsItem;
use super::plan::Plan;
use super::record::{Record, Skipped};
use super::row::Row;
use crate::issue::Issue;

/// The most rows that go on with one description.
const MOST_ROWS: usize = 100;
/// The longest description that is gone on with, in bytes.
const MOST_TEXT: usize = 64 * 1024;

/// What a row may be to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Goods with facts of their own, which the rows below may go on with.
    Begins,
    /// A piece of a description and nothing else.
    Continues,
    /// Neither.
    Alone,
}

/// The role of a row that isn't skipped.
pub(crate) fn role(row: &Row, plan: &Plan) -> Role {
    const FACTS: [Field; 5] = [
        Field::Hs,
        Field::Cas,
        Field::Quantity,
        Field::Unit,
        Field::Weight,
    ];
    let states = |field: Field| {
        let mut columns = plan.columns_of(field).iter();
        columns.any(|column| !row.cell(*column).is_empty())
    };
    let goods = plan.columns_of(Field::Description);
    let mut filled = (0..row.len()).filter(|column| !row.cell(*column).is_empty());
    if filled.all(|column| goods.contains(&column)) {
        Role::Continues
    } else if states(Field::LineId) || FACTS.into_iter().filter(|field| states(*field)).count() > 1
    {
        Role::Begins
    } else {
        Role::Alone
    }
}

/// A goods item whose description may go on.
pub(crate) struct Open {
    item: GoodsItem,
    issues: Vec<Issue>,
    rows: Vec<Skipped>,
}

impl Open {
    pub fn new(item: GoodsItem, issues: Vec<Issue>) -> Open {
        Open {
            item,
            issues,
            rows: Vec::new(),
        }
    }

    /// Whether another piece may be added.
    pub fn takes(&self, piece: &GoodsItem) -> bool {
        self.rows.len() < MOST_ROWS
            && self.item.description.len() + piece.description.len() <= MOST_TEXT
    }

    /// Adds the piece that a row holds.
    pub fn add(&mut self, piece: &GoodsItem, issues: Vec<Issue>, row: Skipped) {
        if !self.item.description.is_empty() {
            self.item.description.push('\n');
        }
        self.item.description.push_str(&piece.description);
        self.issues.extend(issues);
        self.rows.push(row);
    }

    /// The item and the rows it was joined from.
    pub fn close(self) -> impl Iterator<Item = Record> {
        let item = Record::Item {
            item: self.item,
            issues: self.issues,
        };
        std::iter::once(item).chain(self.rows.into_iter().map(Record::Skipped))
    }
}
