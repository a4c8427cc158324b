//! Spans of days.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Day;
use crate::error::{Error, ErrorKind};

/// A span of days in which an instrument is in force; `to` is its last day.
///
/// ```
/// use tidewaiter::vocab::Interval;
/// let interval = Interval::new("2017-09-29".parse()?, Some("2019-12-31".parse()?))?;
/// assert!(interval.contains("2019-12-31".parse()?));
/// assert!(!interval.contains("2020-01-01".parse()?));
/// assert!(Interval::new("2018-01-02".parse()?, Some("2018-01-01".parse()?)).is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(try_from = "Written")]
pub struct Interval {
    /// First day, ISO 8601.
    from: Day,
    /// Last day, ISO 8601; absent: still running.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Day>,
}

/// An interval as written, before its ends are compared.
#[derive(Deserialize, JsonSchema)]
#[serde(rename = "Interval", deny_unknown_fields)]
struct Written {
    /// First day, ISO 8601.
    from: Day,
    /// Last day, ISO 8601; absent: still running.
    #[serde(default)]
    to: Option<Day>,
}

impl Interval {
    /// From a day on, up to a last day or still running.
    ///
    /// # Errors
    /// When it ends before it begins.
    pub fn new(from: Day, to: Option<Day>) -> Result<Interval, Error> {
        match to {
            Some(to) if to < from => {
                let message = format!("the interval ends on {to}, before it begins on {from}");
                Err(Error::new(ErrorKind::Value, message))
            }
            _ => Ok(Interval { from, to }),
        }
    }

    /// The first day.
    #[must_use]
    pub fn from(&self) -> Day {
        self.from
    }

    /// The last day; `None` while it is running.
    #[must_use]
    pub fn to(&self) -> Option<Day> {
        self.to
    }

    /// Whether a day lies in it, both ends included.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl TryFrom<Written> for Interval {
    type Error = Error;

    fn try_from(written: Written) -> Result<Interval, Error> {
        Interval::new(written.from, written.to)
    }
}

/// `since 2018-04-08`, `2018-04-08 to 2019-12-31`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{} to {to}", self.from),
            None => write!(f, "since {}", self.from),
        }
    }
}
