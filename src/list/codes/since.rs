//! Since when something applies, as far as it is known.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};
use crate::logic::Truth;
use crate::vocab::Day;

/// The first day of a ban: a day, or a month of which the day isn't known.
///
/// ```
/// use tidewaiter::{Truth, list::Since};
/// let month: Since = "2017-09".parse()?;
/// assert_eq!(month.begun_on("2017-08-31".parse()?), Truth::False);
/// assert_eq!(month.begun_on("2017-09-15".parse()?), Truth::Unknown);
/// assert_eq!(month.begun_on("2017-09-30".parse()?), Truth::True);
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Since {
    first: Day,
    /// The same as `first` where the day is known.
    last: Day,
}

impl Since {
    /// Whether it has begun on a day: unknown within the month of which the day isn't known.
    #[must_use]
    pub fn begun_on(&self, day: Day) -> Truth {
        if day < self.first {
            Truth::False
        } else if day < self.last {
            Truth::Unknown
        } else {
            Truth::True
        }
    }
}

impl FromStr for Since {
    type Err = Error;

    fn from_str(text: &str) -> Result<Since, Error> {
        let wrong = || {
            let message = format!("{text:?} is no day and no month; write 2017-09-01 or 2017-09");
            Error::new(ErrorKind::Value, message)
        };
        if text.len() != 7 {
            let day = text.parse().map_err(|_| wrong())?;
            return Ok(Since {
                first: day,
                last: day,
            });
        }
        let first: Day = format!("{text}-01").parse().map_err(|_| wrong())?;
        let last = (28..=31)
            .rev()
            .find_map(|day| format!("{text}-{day}").parse().ok());
        Ok(Since {
            first,
            last: last.ok_or_else(wrong)?,
        })
    }
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.first.to_string();
        if self.first == self.last {
            f.write_str(&day)
        } else {
            f.write_str(day.get(..7).unwrap_or(&day))
        }
    }
}

impl From<Since> for String {
    fn from(since: Since) -> String {
        since.to_string()
    }
}

impl TryFrom<String> for Since {
    type Error = Error;

    fn try_from(text: String) -> Result<Since, Error> {
        text.parse()
    }
}

impl JsonSchema for Since {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Since".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$" })
    }
}
