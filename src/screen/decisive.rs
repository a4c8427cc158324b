//! Whose day's law decides on a goods item.
//!
//! A shipment is judged by the law of its day. A date that isn't understood, that may be two days
//! with different law, or that is before any list, is no reason to find nothing: the day of the
//! run counts, and the item says so.

use crate::issue::{Issue, Severity};
use crate::list::Register;
use crate::manifest::{GoodsItem, read_date};
use crate::vocab::{Day, Jurisdiction};

/// The decisive date of a goods item: its own, or the default with the reason why it isn't.
///
/// ```
/// use tidewaiter::screen::decisive_day;
/// use tidewaiter::{GoodsItem, list};
/// let register = list::Register::new(list::embedded().to_vec())?;
/// let default = "2026-01-01".parse()?;
/// let of = |date: &str| {
///     let item = GoodsItem { date: Some(date.into()), ..GoodsItem::new("x") };
///     let (day, issue) = decisive_day(&item, default, &register, &[]);
///     let code = issue.map_or(String::new(), |issue| issue.code.into_owned());
///     (day.to_string(), code)
/// };
/// assert_eq!(of("8 Apr 2018"), ("2018-04-08".into(), "".into()));
/// assert_eq!(of("next week"), ("2026-01-01".into(), "date-not-understood".into()));
/// // 2018-04-03 or 2018-03-04: China was bound on neither.
/// assert_eq!(of("03/04/2018"), ("2018-04-03".into(), "".into()));
/// // 2018-04-10 or 2018-10-04: bound on both. 2018-04-05 or 2018-05-04: that makes a difference.
/// assert_eq!(of("05/04/2018"), ("2026-01-01".into(), "date-ambiguous".into()));
/// assert_eq!(of("1918-01-01"), ("2026-01-01".into(), "date-not-understood".into()));
/// assert_eq!(of("2001-01-01"), ("2026-01-01".into(), "date-before-lists".into()));
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[must_use]
pub fn decisive_day(
    item: &GoodsItem,
    default: Day,
    register: &Register,
    jurisdictions: &[Jurisdiction],
) -> (Day, Option<Issue>) {
    let cell = item.date.as_deref().unwrap_or_default();
    if !cell.contains(char::is_alphanumeric) {
        return (default, None);
    }
    let days = read_date(cell);
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else {
        let message = format!(
            "the date {cell:?} is not understood; judged by the law of {default}: write it as \
             2018-04-08"
        );
        return (default, Some(issue("date-not-understood", message)));
    };
    if !register.same_law(first, last) {
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        let message = format!(
            "the date {cell:?} may be {}, and the law isn't the same on these days; judged by the \
             law of {default}: write it as {first}",
            days.join(" or ")
        );
        return (default, Some(issue("date-ambiguous", message)));
    }
    if !register.covers(last, jurisdictions) {
        let message = format!(
            "no list is in force on {last}, the date of this line; judged by the law of {default}: \
             see whether the date is right"
        );
        return (default, Some(issue("date-before-lists", message)));
    }
    (last, None)
}

fn issue(code: &'static str, message: String) -> Issue {
    Issue::new(code, Severity::Warning, message)
}
