//! Days of the calendar.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A day, written as ISO 8601 has it: `2018-04-08`.
///
/// Law begins and ends with days, without hour or zone. Other spellings are refused: `08.04.2018`
/// and `04/08/2018` are read differently in different countries.
///
/// ```
/// use tidewaiter::vocab::Day;
/// let day: Day = "2018-04-08".parse()?;
/// assert!(day < "2018-04-09".parse()?);
/// assert_eq!(day.to_string(), "2018-04-08");
/// assert!("2018-02-30".parse::<Day>().is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Day(Date);

impl Day {
    /// Days from this one to another; negative when the other is earlier.
    ///
    /// ```
    /// use tidewaiter::vocab::Day;
    /// let (one, other): (Day, Day) = ("2018-04-08".parse()?, "2018-05-08".parse()?);
    /// assert_eq!((one.days_until(other), other.days_until(one)), (30, -30));
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn days_until(self, other: Day) -> i64 {
        self.0.duration_until(other.0).as_hours() / 24
    }

    /// A day of the calendar; nothing where there is no such day.
    ///
    /// ```
    /// use tidewaiter::vocab::Day;
    /// assert_eq!(Day::new(2016, 2, 29), Some("2016-02-29".parse()?));
    /// assert_eq!(Day::new(2017, 2, 29), None);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// The day after; the last day of the calendar has none.
    #[must_use]
    pub fn next(self) -> Option<Day> {
        self.0.tomorrow().ok().map(Day)
    }

    /// The day that is so many days later; nothing beyond the ends of the calendar.
    #[must_use]
    pub fn plus(self, days: i32) -> Option<Day> {
        self.0.checked_add(days.days()).ok().map(Day)
    }

    /// The day before; the first day of the calendar has none.
    #[must_use]
    pub fn previous(self) -> Option<Day> {
        self.0.yesterday().ok().map(Day)
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Day, Error> {
        // The parser behind takes times and zones too; a day has ten characters.
        let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
        date.map(Day).ok_or_else(|| {
            let message = format!("{text:?} is no day of the calendar; write it as 2018-04-08");
            Error::new(ErrorKind::Value, message)
        })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Error;

    fn try_from(text: String) -> Result<Day, Error> {
        text.parse()
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

impl Day {
    /// How many days after another day it is; below zero: before it.
    ///
    /// ```
    /// use tidewaiter::vocab::Day;
    /// let day: Day = "2024-03-01".parse()?;
    /// assert_eq!(day.days_since("2024-02-28".parse()?), 2);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn days_since(self, earlier: Day) -> i64 {
        i64::from((self.0 - earlier.0).get_days())
    }
}
