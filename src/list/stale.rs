//! Whether a list was checked against its source recently enough.
//!
//! A list that nobody compares with the law any more looks exactly like one that is right. So
//! each says when that was last done, and whoever screens may ask for an age. Not known counts
//! as stale: silence is no check.

use super::model::ControlList;
use crate::error::{Error, ErrorKind, Result};
use crate::vocab::Day;

/// The longest time that may have passed since a list was checked, in days.
///
/// ```
/// use tidewaiter::list::{MaxAge, embedded};
/// let age: MaxAge = "400d".parse()?;
/// // Nobody wrote down when the embedded list was compared with its source.
/// assert!(age.stale(&embedded()[0], "2026-01-01".parse()?).is_some());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MaxAge {
    days: u32,
}

impl std::str::FromStr for MaxAge {
    type Err = Error;

    /// Reads days, as `400d`. Months and years have no fixed length and are refused.
    fn from_str(text: &str) -> Result<MaxAge> {
        let days = text.strip_suffix('d').unwrap_or(text);
        let digits = !days.is_empty() && days.bytes().all(|b| b.is_ascii_digit());
        let read = digits.then(|| days.parse().ok()).flatten();
        read.map(|days| MaxAge { days }).ok_or_else(|| {
            let message = format!("{text:?} is no number of days; write it as 400d");
            Error::new(ErrorKind::Value, message)
        })
    }
}

impl MaxAge {
    /// Why a list is too old on a day, in words; nothing if it isn't.
    #[must_use]
    pub fn stale(self, list: &ControlList, on: Day) -> Option<String> {
        let most = self.days;
        let Some(checked) = list.head.checked else {
            return Some(format!(
                "it isn't known when it was last checked against its source; {most} days are allowed"
            ));
        };
        let age = on.days_since(checked);
        (age > i64::from(most)).then(|| {
            format!(
                "last checked against its source on {checked}, {age} days before {on}; {most} are \
                 allowed"
            )
        })
    }
}

impl ControlList {
    /// How many days before a day it was last checked against its source; nothing where that
    /// isn't known. Below zero: it was checked later.
    #[must_use]
    pub fn age_on(&self, day: Day) -> Option<i64> {
        self.head.checked.map(|checked| day.days_since(checked))
    }

    /// How many things of it, and of its instruments, nobody has checked.
    #[must_use]
    pub fn unverified(&self) -> usize {
        let instruments = self.instruments.iter().map(|i| i.unverified.len());
        self.head.unverified.len() + instruments.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(checked: Option<&str>) -> ControlList {
        let mut list = crate::list::embedded()[0].clone();
        list.head.checked = checked.map(|day| day.parse().expect("a day"));
        list
    }

    #[test]
    fn the_last_allowed_day_is_fresh_and_the_next_is_stale() {
        let age: MaxAge = "400d".parse().expect("an age");
        let list = list(Some("2024-01-01"));
        let on = |day: &str| age.stale(&list, day.parse().expect("a day"));
        assert_eq!(on("2025-02-04"), None);
        let why = on("2025-02-05").expect("401 days");
        assert!(why.contains("2024-01-01, 401 days before"), "{why}");
        assert_eq!(on("2023-01-01"), None, "checked after the decisive date");
    }

    #[test]
    fn not_known_is_stale() {
        let why =
            MaxAge { days: u32::MAX }.stale(&list(None), "2024-01-01".parse().expect("a day"));
        assert!(why.expect("stale").contains("isn't known"));
    }

    #[test]
    fn only_days_are_an_age() {
        assert_eq!("0".parse::<MaxAge>().expect("days"), MaxAge { days: 0 });
        for wrong in [
            "",
            "d",
            "1y",
            "12m",
            "-1d",
            "1.5d",
            "+3d",
            "99999999999d",
            "４d",
        ] {
            let error = wrong.parse::<MaxAge>().expect_err(wrong);
            assert!(error.to_string().contains("write it as 400d"), "{error}");
        }
    }
}
