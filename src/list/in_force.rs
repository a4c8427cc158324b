//! What is in force on a day, and for whom.
//!
//! A list is screened while any of its instruments is in force, for whomever is asked about. Where
//! it isn't known from when to when an instrument is in force, the list is screened and the report
//! says so: the other way round, a gap in our knowledge would clear goods.

use super::model::ControlList;
use super::source::Instrument;
use crate::logic::Truth;
use crate::vocab::{Day, Interval, Jurisdiction};

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

    /// The interval in which it is in force on a day.
    #[must_use]
    pub fn interval_on(&self, day: Day) -> Option<&Interval> {
        self.in_force.iter().find(|i| i.contains(day))
    }

    /// Whether it is an instrument of one of these jurisdictions: whether it binds them. None is
    /// everybody.
    #[must_use]
    pub fn is_of(&self, jurisdictions: &[Jurisdiction]) -> bool {
        jurisdictions.is_empty()
            || jurisdictions
                .iter()
                .any(|one| self.binds.iter().any(|bound| one.has(bound)))
    }
}

impl ControlList {
    /// Whether any of its instruments is in force on a day; unknown without instruments. What
    /// isn't known of one instrument is known for the days before the list is in force for
    /// anybody: nobody puts a list in force that isn't there yet.
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
        self.in_force_for(day, &[])
    }

    /// Whether any instrument of these jurisdictions is in force on a day; none is everybody.
    ///
    /// ```
    /// use tidewaiter::{Truth, list};
    /// let mut lists = list::embedded().iter();
    /// let list = lists.find(|list| list.head.id == "s-2017-822").unwrap();
    /// let china = ["CN".parse()?];
    /// assert_eq!(list.in_force_for("2018-04-07".parse()?, &china), Truth::False);
    /// assert_eq!(list.in_force_for("2018-04-08".parse()?, &china), Truth::True);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn in_force_for(&self, day: Day, jurisdictions: &[Jurisdiction]) -> Truth {
        if self.instruments.is_empty() && jurisdictions.is_empty() {
            return Truth::Unknown;
        }
        let asked = self.instruments.iter().filter(|i| i.is_of(jurisdictions));
        match Truth::any(asked.map(|i| i.in_force_on(day))) {
            Truth::Unknown if self.first_day().is_some_and(|first| day < first) => Truth::False,
            truth => truth,
        }
    }

    /// The first day on which any instrument is known to be in force; where that is known of
    /// none, the first on which one was adopted.
    ///
    /// ```
    /// let mut lists = tidewaiter::list::embedded().iter();
    /// let list = lists.find(|list| list.head.id == "s-2017-822").unwrap();
    /// assert_eq!(list.first_day(), Some("2017-09-29".parse()?));
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        let days = self.instruments.iter().flat_map(|i| &i.in_force);
        let adopted = || self.instruments.iter().filter_map(|i| i.adopted).min();
        days.map(Interval::from).min().or_else(adopted)
    }
}

/// Lists, divided by a day.
#[derive(Clone, Debug, Default)]
pub struct InForce {
    /// Those in force, and those of which that isn't known: they are screened with. Each is the
    /// edition of the day.
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

/// Why a list isn't in force: `not yet in force on 2018-04-07 for CN (…: since 2018-04-08)`.
pub(super) fn reason(list: &ControlList, day: Day, jurisdictions: &[Jurisdiction]) -> String {
    let whom = for_whom(jurisdictions);
    let asked: Vec<&Instrument> = list
        .instruments
        .iter()
        .filter(|i| i.is_of(jurisdictions))
        .collect();
    if asked.is_empty() {
        return format!("no instrument puts it in force{whom}");
    }
    let days = || asked.iter().flat_map(|i| &i.in_force);
    let later =
        days().any(|i| i.from() > day) || asked.iter().any(|i| i.adopted.is_some_and(|a| a > day));
    let earlier = days().any(|i| i.to().is_some_and(|to| to < day));
    let word = match (earlier, later) {
        (false, true) => "not yet in force",
        (true, true) => "suspended",
        (true, false) => "no longer in force",
        (false, false) => "not in force",
    };
    let spans: Vec<String> = asked
        .iter()
        .map(|i| match (i.in_force.as_slice(), i.adopted) {
            ([], Some(adopted)) => format!("{}: adopted {adopted}", i.symbol),
            _ => format!("{}: {}", i.symbol, i.when()),
        })
        .collect();
    format!("{word} on {day}{whom} ({})", spans.join("; "))
}

/// ` for CN or EU`; nothing for everybody.
pub(super) fn for_whom(jurisdictions: &[Jurisdiction]) -> String {
    let names: Vec<String> = jurisdictions.iter().map(ToString::to_string).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(" for {}", names.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
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

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn on(instrument: &str, text: &str) -> Truth {
        list(instrument).expect("loads").in_force_on(day(text))
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
            (
                "in_force = [{ from = \"2018-04-08\" }, { from = \"2018-01-01\", to = \"2018-04-08\" }]",
                "x.toml:13:13",
                "overlaps the one from 2018-01-01",
            ),
        ] {
            let error = list(written).expect_err(written).to_string();
            assert!(error.starts_with(place), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_reason_says_whether_it_is_too_early_too_late_or_suspended() {
        let spans = "binds = [\"CN\"]\nin_force = [{ from = \"2018-01-02\", to = \"2018-01-03\" }, \
                     { from = \"2019-01-01\", to = \"2020-01-01\" }]";
        let list = list(spans).expect("loads");
        for (text, jurisdictions, expected) in [
            (
                "2018-01-01",
                vec![],
                "not yet in force on 2018-01-01 (Act 1: ",
            ),
            (
                "2018-01-04",
                vec!["CN"],
                "suspended on 2018-01-04 for CN (Act 1: ",
            ),
            (
                "2020-01-02",
                vec![],
                "no longer in force on 2020-01-02 (Act 1: ",
            ),
            (
                "2018-01-02",
                vec!["EU", "UK"],
                "no instrument puts it in force for EU or UK",
            ),
        ] {
            let whose: Vec<Jurisdiction> = jurisdictions
                .iter()
                .map(|code| code.parse().expect("a jurisdiction"))
                .collect();
            assert_eq!(list.in_force_for(day(text), &whose), Truth::False);
            let reason = reason(&list, day(text), &whose);
            assert!(reason.starts_with(expected), "{reason}");
        }
    }
}
