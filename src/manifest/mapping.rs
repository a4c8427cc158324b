//! Which columns the user says to take.

use std::str::FromStr;

use super::{Field, fold};
use crate::error::{Error, ErrorKind};

/// The columns a user named for fields, against what would be recognised.
///
/// A field that is named here is read from these columns alone.
///
/// ```
/// use tidewaiter::manifest::{Field, Mapping};
/// let mut mapping = Mapping::default();
/// mapping.add("description=Goods desc")?;
/// mapping.add("hs=3")?;
/// assert_eq!(mapping.columns_for(Field::Hs).count(), 1);
/// assert!(mapping.add("colour=3").is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    entries: Vec<(Field, ColumnRef)>,
}

/// One column, by its header or by its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnRef {
    /// The column with this header, or all of them; case, accents and punctuation don't matter.
    Name(String),
    /// The column at this place, counted from 1.
    Number(usize),
}

impl Mapping {
    /// Adds one entry as written on a command line: `description=Goods desc`, `hs=3`.
    pub fn add(&mut self, text: &str) -> Result<(), Error> {
        let (field, column) = text.split_once('=').ok_or_else(|| {
            Error::new(
                ErrorKind::Option,
                format!("{text:?} maps no column; write FIELD=COLUMN, for example description=3"),
            )
        })?;
        self.push(field.parse()?, column.parse()?);
        Ok(())
    }

    /// Adds one entry.
    pub fn push(&mut self, field: Field, column: ColumnRef) {
        self.entries.push((field, column));
    }

    /// All entries, as they were added.
    pub fn entries(&self) -> impl Iterator<Item = (Field, &ColumnRef)> {
        self.entries.iter().map(|(field, column)| (*field, column))
    }

    /// The columns named for a field.
    pub fn columns_for(&self, field: Field) -> impl Iterator<Item = &ColumnRef> {
        self.entries()
            .filter(move |(other, _)| *other == field)
            .map(|(_, column)| column)
    }

    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|(_, column)| match column {
            ColumnRef::Name(name) => Some(name.as_str()),
            ColumnRef::Number(_) => None,
        })
    }
}

impl FromStr for Mapping {
    type Err = Error;

    fn from_str(text: &str) -> Result<Mapping, Error> {
        let mut mapping = Mapping::default();
        mapping.add(text)?;
        Ok(mapping)
    }
}

impl FromStr for ColumnRef {
    type Err = Error;

    fn from_str(text: &str) -> Result<ColumnRef, Error> {
        let text = text.trim();
        match text.parse() {
            Ok(0) => Err(Error::new(
                ErrorKind::Option,
                "columns are counted from 1, not from 0",
            )),
            Ok(number) => Ok(ColumnRef::Number(number)),
            Err(_) if fold::name(text).is_empty() => Err(Error::new(
                ErrorKind::Option,
                format!("{text:?} is no column; give its header or its number, counted from 1"),
            )),
            Err(_) => Ok(ColumnRef::Name(text.to_owned())),
        }
    }
}

impl ColumnRef {
    /// The places, from 0, of the columns that are meant among some headers: several may bear
    /// one name.
    pub(crate) fn find_all(&self, headers: &[String]) -> Vec<usize> {
        match self {
            ColumnRef::Number(number) => {
                let place = number.checked_sub(1);
                place.filter(|at| *at < headers.len()).into_iter().collect()
            }
            ColumnRef::Name(wanted) => {
                let wanted = fold::name(wanted);
                let same = |at: &usize| fold::name(&headers[*at]) == wanted;
                (0..headers.len()).filter(same).collect()
            }
        }
    }
}
