//! Why something could not be carried out.
//!
//! An [`Error`] ends the operation: a list that contradicts itself, a manifest without a goods
//! column. What is wrong with one line of an otherwise readable input is an
//! [`Issue`](crate::Issue) instead, and the run goes on.

use std::fmt;

/// Result of the fallible operations of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of operation failed; for programs that react differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Reading or writing failed.
    Io,
    /// A control list or a data table is broken.
    List,
    /// A manifest can't be read as one.
    Manifest,
    /// A value (a date, a CAS number, a country code …) doesn't have its form.
    Value,
    /// An option asks for something that doesn't exist or doesn't fit.
    Option,
    /// A stored report can't be read as one, or is about other goods.
    Report,
    /// A configuration file is broken, or a waiver can't be written.
    Config,
}

/// Where in an input: the file as named by the caller, with line and column from 1.
///
/// ```
/// use tidewaiter::Location;
/// let place = Location::new("data/lists/x.toml").at(214, 9);
/// assert_eq!(place.to_string(), "data/lists/x.toml:214:9");
/// ```
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
pub struct Location {
    /// The input's name: a path, or `-` for standard input.
    pub file: String,
    /// Line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Column in characters, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
}

impl Location {
    /// A place that is a whole input.
    pub fn new(file: impl Into<String>) -> Location {
        Location {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// The same input, at a line and column.
    #[must_use]
    pub fn at(mut self, line: u64, column: u64) -> Location {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// The same input, at a line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Location {
        self.line = Some(line);
        self.column = None;
        self
    }

    /// The line and column of a byte offset in a text.
    #[must_use]
    pub fn at_offset(self, text: &str, offset: usize) -> Location {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u64 + 1;
        self.at(line, column)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// An operation that could not be carried out: what, where, what was expected.
///
/// The type is opaque; ask it for its [`kind`](Error::kind) and
/// [`location`](Error::location).
///
/// ```
/// use tidewaiter::{CasNumber, ErrorKind};
/// let error = "126-73-9".parse::<CasNumber>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Value);
/// assert!(error.to_string().contains("check digit"));
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Inner>);

#[derive(Debug, thiserror::Error)]
#[error("{}{message}", Prefix(location))]
struct Inner {
    kind: ErrorKind,
    message: String,
    location: Option<Location>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

struct Prefix<'a>(&'a Option<Location>);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .as_ref()
            .map_or(Ok(()), |location| write!(f, "{location}: "))
    }
}

impl Error {
    /// An error of a kind, told in one plain sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error(Box::new(Inner {
            kind,
            message: message.into(),
            location: None,
            source: None,
        }))
    }

    /// The same error, at a place. A place that is already known is kept.
    #[must_use]
    pub fn at(mut self, location: Location) -> Error {
        self.0.location.get_or_insert(location);
        self
    }

    /// The same error, with what caused it.
    #[must_use]
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.0.source = Some(Box::new(source));
        self
    }

    /// An input or output failure on a named file.
    pub fn io(file: impl Into<String>, what: &str, source: std::io::Error) -> Error {
        Error::new(ErrorKind::Io, format!("{what}: {source}"))
            .at(Location::new(file))
            .caused_by(source)
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it is, if it has a place.
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.0.location.as_ref()
    }

    /// The message without its place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}
