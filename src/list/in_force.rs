//! Which lists are in force on a day.
//!
//! A list is screened while any of its instruments is in force, for whomever. Where it isn't
//! known from when to when an instrument is in force, the list is screened and the report says
//! so: the other way round, a gap in our knowledge would clear goods.

use super::model::ControlList;
use super::source::Instrument;
use crate::error::{Error, ErrorKind, Result};
use crate::logic::Truth;
use crate::vocab::Day;

impl Instrument {
    /// Whether it is in force on a day. Unknown where its interval is; before its adoption it
    /// certainly isn't.
    #[must_use]
    pub fn in_force_on(&self, day: Day) -> Truth {
        if self.in_force.is_empty() {
            let before = self.adopted.is_some_and(|adopted| day < adopted);
            return if before { Truth::False } else { Truth::Unknown };
        }
        self.in_force.iter().any(|i| i.contains(day)).into()
    }

    /// When it is in force, in words: `since 2018-04-08`, `not known`.
    #[must_use]
    pub fn when(&self) -> String {
        let spans: Vec<String> = self.in_force.iter().map(ToString::to_string).collect();
        if spans.is_empty() {
            "not known".to_owned()
        } else {
            spans.join(", ")
        }
    }
}

impl ControlList {
    /// Whether any of its instruments is in force on a day; unknown without instruments.
    ///
    /// ```
    /// use tidewaiter::{Truth, list};
    /// let mut lists = list::embedded().iter();
    /// let list = lists.find(|list| list.head.id == "s-2017-822").unwrap();
    /// assert_eq!(list.in_force_on("2018-04-08".parse()?), Truth::True);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn in_force_on(&self, day: Day) -> Truth {
        if self.instruments.is_empty() {
            return Truth::Unknown;
        }
        Truth::any(self.instruments.iter().map(|i| i.in_force_on(day)))
    }
}

/// Lists, divided by a day.
#[derive(Clone, Debug, Default)]
pub struct InForce {
    /// Those in force, and those of which that isn't known: they are screened with.
    pub lists: Vec<ControlList>,
    /// The others.
    pub left_out: Vec<NotInForce>,
}

/// A list that is not in force on the decisive date.
#[derive(Clone, Debug)]
pub struct NotInForce {
    /// The list.
    pub list: ControlList,
    /// Why: the intervals of its instruments.
    pub reason: String,
}

/// Divides lists by whether they are in force on a day.
///
/// ```
/// use tidewaiter::list;
/// let chosen = list::in_force_on(list::embedded().to_vec(), "2020-01-01".parse()?)?;
/// assert!(chosen.lists.iter().any(|list| list.head.id == "s-2017-822"));
/// # Ok::<(), tidewaiter::Error>(())
/// ```
///
/// # Errors
/// When none of them is in force: goods would be clear for want of any list. When two lists in
/// force have the same id, as two editions of one may: a report couldn't tell them apart.
pub fn in_force_on(lists: Vec<ControlList>, day: Day) -> Result<InForce> {
    let (lists, others): (Vec<_>, Vec<_>) = lists
        .into_iter()
        .partition(|list| list.in_force_on(day) != Truth::False);
    let left_out: Vec<NotInForce> = others
        .into_iter()
        .map(|list| NotInForce {
            reason: reason(&list, day),
            list,
        })
        .collect();
    if lists.is_empty() {
        let why: Vec<String> = left_out
            .iter()
            .map(|out| format!("{} is {}", out.list.head.id, out.reason))
            .collect();
        let message = format!(
            "no list is in force on {day}, so nothing can be screened ({}); give another decisive \
             date or other lists",
            if why.is_empty() {
                "there are no lists".to_owned()
            } else {
                why.join("; ")
            }
        );
        return Err(Error::new(ErrorKind::Option, message));
    }
    for (number, list) in lists.iter().enumerate() {
        if lists[..number]
            .iter()
            .any(|other| other.head.id == list.head.id)
        {
            let id = &list.head.id;
            let message = format!(
                "two lists in force on {day} have the id {id:?}; give one of them another id, or \
                 intervals that don't overlap"
            );
            return Err(Error::new(ErrorKind::List, message));
        }
    }
    Ok(InForce { lists, left_out })
}

fn reason(list: &ControlList, day: Day) -> String {
    let spans: Vec<String> = list
        .instruments
        .iter()
        .map(|i| match (i.in_force.as_slice(), i.adopted) {
            ([], Some(adopted)) => format!("{}: adopted {adopted}", i.symbol),
            _ => format!("{}: {}", i.symbol, i.when()),
        })
        .collect();
    format!("not in force on {day} ({})", spans.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::list::load;

    fn list(instrument: &str) -> Result<ControlList> {
        let text = format!(
            "[list]\nid = \"x\"\ntitle = \"X\"\ndecision = \"D\"\nedition = \"1\"\nentries = 1\n\n\
             [[instrument]]\nid = \"act\"\nauthority = \"A\"\nsymbol = \"Act 1\"\n\
             measure = \"export-ban\"\n{instrument}\n\n\
             [[entry]]\nid = \"X.1\"\ntitle = \"T\"\ndescription = \"D\"\n\
             citations = [{{ instrument = \"act\", item = \"1\", status = \"confirmed\" }}]\n\
             [[entry.goods]]\nname = \"n\"\nsubject = [\"nitric-acid\"]\n"
        );
        load(Lexicon::embedded(), [("x.toml", text.as_str())])
    }

    fn on(instrument: &str, day: &str) -> Truth {
        let list = list(instrument).expect("loads");
        list.in_force_on(day.parse().expect("a day"))
    }

    #[test]
    fn both_ends_of_an_interval_belong_to_it() {
        let spans = "in_force = [{ from = \"2018-01-02\", to = \"2018-01-03\" }, { from = \"2019-01-01\" }]";
        for (day, truth) in [
            ("2018-01-01", Truth::False),
            ("2018-01-02", Truth::True),
            ("2018-01-03", Truth::True),
            ("2018-01-04", Truth::False),
            ("2024-02-29", Truth::True),
        ] {
            assert_eq!(on(spans, day), truth, "{day}");
        }
    }

    #[test]
    fn an_unknown_interval_is_unknown_but_not_before_adoption() {
        assert_eq!(on("in_force = []", "2018-01-01"), Truth::Unknown);
        let adopted = "adopted = \"2019-03-01\"";
        assert_eq!(on(adopted, "2019-02-28"), Truth::False);
        assert_eq!(on(adopted, "2019-03-01"), Truth::Unknown);
    }

    #[test]
    fn wrong_dates_are_errors_with_their_place() {
        for (written, place, expected) in [
            (
                "in_force = [{ from = \"2018-02-30\" }]",
                "x.toml:13:",
                "no day",
            ),
            (
                "in_force = [{ from = \"8 April 2018\" }]",
                "x.toml:13:",
                "no day",
            ),
            ("adopted = \"2018\"", "x.toml:13:", "no day"),
            (
                "in_force = [{ from = \"2018-04-08\", to = \"2018-04-07\" }]",
                "x.toml:13:",
                "ends on 2018-04-07, before it begins",
            ),
        ] {
            let error = list(written).expect_err(written).to_string();
            assert!(error.starts_with(place), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn editions_of_a_list_may_follow_but_not_overlap() {
        let edition = |spans: &str| list(spans).expect("loads");
        let first = edition("in_force = [{ from = \"2018-01-01\", to = \"2018-12-31\" }]");
        let second = edition("in_force = [{ from = \"2019-01-01\" }]");
        let on = |lists: &[&ControlList]| {
            let lists = lists.iter().map(|&list| list.clone()).collect();
            in_force_on(lists, "2020-01-01".parse().expect("a day"))
        };
        assert_eq!(
            on(&[&first, &second]).expect("one is in force").lists.len(),
            1
        );
        let error = on(&[&second, &second]).expect_err("both are in force");
        assert!(error.to_string().contains("have the id \"x\""), "{error}");
    }

    #[test]
    fn without_a_list_in_force_there_is_an_error_that_says_why() {
        let old = list("in_force = [{ from = \"2018-01-02\", to = \"2018-01-03\" }]");
        let error = in_force_on(
            vec![old.expect("loads")],
            "2020-01-01".parse().expect("a day"),
        );
        let message = error.expect_err("nothing in force").to_string();
        assert!(
            message.contains("no list is in force on 2020-01-01"),
            "{message}"
        );
        assert!(
            message.contains("Act 1: 2018-01-02 to 2018-01-03"),
            "{message}"
        );
        assert!(in_force_on(Vec::new(), "2020-01-01".parse().expect("a day")).is_err());
    }
}
