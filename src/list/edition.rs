//! The editions of a list: the list as decided, and what amendments made of it.
//!
//! An edition isn't stored. It is the list with the amendments applied that are in force on a day,
//! in their order. So a suspended amendment gives back the edition before it, and the same edition
//! may be in force in several intervals, and for China on other days than for the Union.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::amendment::Amendment;
use super::model::{Amended, ControlList, Entry, Older};
use super::source::{Citation, Instrument};
use crate::error::{Error, ErrorKind, Result};
use crate::logic::Truth;
use crate::vocab::{Day, Interval, Jurisdiction};

/// A list with everything that amends it.
#[derive(Clone, Debug)]
pub struct History {
    base: ControlList,
    /// By their first days.
    amendments: Vec<Amendment>,
}

/// The state of a list over intervals of days.
#[derive(Clone, Debug, Serialize)]
pub struct Edition {
    /// Its id: the list's id, `@`, the edition's name.
    pub id: String,
    /// When it is in force for anybody; empty: not known.
    pub in_force: Vec<Interval>,
    /// The list in this state.
    pub list: ControlList,
}

/// What of a list is in force on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The amendments applied, by their place: those in force for anybody who is asked about.
    pub applied: Vec<usize>,
    /// Fewer of them, and for whom it is only these.
    pub older: BTreeMap<Vec<usize>, Vec<Jurisdiction>>,
}

impl History {
    pub(super) fn new(base: ControlList, mut amendments: Vec<Amendment>) -> History {
        // One without a known day comes last.
        amendments.sort_by_key(|a| (a.first_day().is_none(), a.first_day()));
        History { base, amendments }
    }

    /// The list as it was decided.
    #[must_use]
    pub fn base(&self) -> &ControlList {
        &self.base
    }

    /// What changes it, by first days.
    #[must_use]
    pub fn amendments(&self) -> &[Amendment] {
        &self.amendments
    }

    /// Which amendments are applied on a day, by their place in [`amendments`](Self::amendments);
    /// nothing where the list isn't in force.
    #[must_use]
    pub fn applied_on(&self, day: Day, jurisdictions: &[Jurisdiction]) -> Option<Vec<usize>> {
        if self.base.in_force_for(day, jurisdictions) == Truth::False {
            return None;
        }
        let applied =
            |(_, a): &(usize, &Amendment)| a.in_force_on(day, jurisdictions) != Truth::False;
        let all = self.amendments.iter().enumerate();
        Some(all.filter(applied).map(|(number, _)| number).collect())
    }

    /// What is in force on a day: the edition, and those before it that are still in force for
    /// somebody whom the amendment doesn't bind yet; nothing where the list isn't in force.
    #[must_use]
    pub fn standing_on(&self, day: Day, jurisdictions: &[Jurisdiction]) -> Option<Standing> {
        let applied = self.applied_on(day, jurisdictions)?;
        let mut older: BTreeMap<Vec<usize>, Vec<Jurisdiction>> = BTreeMap::new();
        if !applied.is_empty() {
            for one in self.jurisdictions() {
                let code = one.to_string();
                let asked = jurisdictions.is_empty() || jurisdictions.iter().any(|j| j.has(&code));
                let own = self.applied_on(day, std::slice::from_ref(&one));
                if let Some(own) = own.filter(|own| asked && *own != applied) {
                    older.entry(own).or_default().push(one);
                }
            }
        }
        Some(Standing { applied, older })
    }

    /// The lists to screen with: the edition, then of each older one the entries that read
    /// otherwise in the edition or aren't in it. Goods that a new wording lets go are still
    /// stopped where the old one is in force.
    #[must_use]
    pub fn lists_of(&self, standing: &Standing) -> Vec<ControlList> {
        let edition = self.edition_of(&standing.applied);
        let older = standing.older.iter().filter_map(|(applied, still)| {
            let mut list = self.edition_of(applied);
            let read = |entry: &Entry| format!("{entry:?}");
            list.entries.retain(|old| {
                let new = edition.entry(&old.id);
                new.is_none_or(|new| read(new) != read(old))
            });
            list.instruments.retain(|i| i.is_of(still));
            let instruments: Vec<&str> = list.instruments.iter().map(|i| i.id.as_str()).collect();
            for entry in &mut list.entries {
                let cited = |c: &Citation| instruments.contains(&c.instrument.as_str());
                entry.citations.retain(cited);
            }
            // The words came with the edition.
            list.concepts.clear();
            list.roles.clear();
            list.units.clear();
            list.head.id = list.edition_id();
            list.older = Some(Older {
                of: self.base.head.id.clone(),
                still: still.clone(),
            });
            (!list.entries.is_empty()).then_some(list)
        });
        let older: Vec<ControlList> = older.collect();
        std::iter::once(edition).chain(older).collect()
    }

    /// The edition of a day; nothing where the list isn't in force.
    ///
    /// ```
    /// use tidewaiter::list::{Register, embedded};
    /// let register = Register::new(embedded().to_vec())?;
    /// let history = register.history("s-2017-822")?;
    /// let edition = history.on("2018-04-08".parse()?, &[]).unwrap();
    /// assert_eq!(edition.edition_id(), "s-2017-822@2017-09-29");
    /// assert!(history.on("2017-01-01".parse()?, &[]).is_none());
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn on(&self, day: Day, jurisdictions: &[Jurisdiction]) -> Option<ControlList> {
        let applied = self.applied_on(day, jurisdictions)?;
        Some(self.edition_of(&applied))
    }

    /// The list with these amendments applied, by their place.
    #[must_use]
    pub fn edition_of(&self, applied: &[usize]) -> ControlList {
        let mut list = self.base.clone();
        let amendments = applied.iter().filter_map(|&at| self.amendments.get(at));
        let mut hash = Sha256::new();
        hash.update(&list.sha256);
        for amendment in amendments {
            apply(amendment, &mut list);
            hash.update(format!("\n{} {}", amendment.sha256, amendment.edition));
        }
        if !list.amended.is_empty() {
            list.head.edition = self.name_of(applied);
            list.head.entries = list.entries.len();
            list.sha256 = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        }
        list
    }

    /// The name of an edition: that of the last amendment applied. Where one before it isn't in
    /// force, that is part of the name, since it is another text.
    fn name_of(&self, applied: &[usize]) -> String {
        let Some(&last) = applied.last() else {
            return self.base.head.edition.clone();
        };
        let mut name = self.amendments[last].edition.clone();
        for (number, earlier) in self.amendments[..last].iter().enumerate() {
            if !applied.contains(&number) {
                name.push_str(&format!("-without-{}", earlier.edition));
            }
        }
        name
    }

    /// All editions that are in force for anybody at any time, the list as decided first; each
    /// with the intervals of its days.
    #[must_use]
    pub fn editions(&self) -> Vec<Edition> {
        let mut found: BTreeMap<Vec<usize>, Vec<Interval>> = BTreeMap::new();
        found.insert(Vec::new(), Vec::new());
        for (days, applied) in self.timeline(&[]) {
            let intervals = found.entry(applied).or_default();
            join(intervals, days);
        }
        for jurisdiction in self.jurisdictions() {
            for (_, applied) in self.timeline(std::slice::from_ref(&jurisdiction)) {
                found.entry(applied).or_default();
            }
        }
        found
            .into_iter()
            .map(|(applied, in_force)| {
                let list = self.edition_of(&applied);
                Edition {
                    id: list.edition_id(),
                    in_force,
                    list,
                }
            })
            .collect()
    }

    /// The edition with a name, or in force on a day: `2017-08-18`, `2018-01-01`.
    ///
    /// # Errors
    /// When there is no such edition, or the day is before the first or in none.
    pub fn find(&self, name: &str) -> Result<ControlList> {
        let id = &self.base.head.id;
        let editions = self.editions();
        let names = || -> Vec<&str> {
            let all = editions.iter();
            all.map(|e| e.list.head.edition.as_str()).collect()
        };
        if let Some(found) = editions.iter().find(|e| e.list.head.edition == name) {
            return Ok(found.list.clone());
        }
        let Ok(day) = name.parse::<Day>() else {
            let message = format!(
                "{id} has no edition {name:?}; it has {}, or give a day, as 2018-04-08",
                names().join(", ")
            );
            return Err(Error::new(ErrorKind::Option, message));
        };
        if let Some(list) = self.on(day, &[]) {
            return Ok(list);
        }
        let message = match self.base.first_day().filter(|first| day < *first) {
            Some(first) => format!(
                "{day} is before the first edition of {id}, which is in force since {first}; its \
                 editions are {}",
                names().join(", ")
            ),
            None => format!(
                "no edition of {id} is in force on {day}; its editions are {}",
                names().join(", ")
            ),
        };
        Err(Error::new(ErrorKind::Option, message))
    }

    /// Whoever is bound by the list or by what amends it.
    fn jurisdictions(&self) -> Vec<Jurisdiction> {
        let bound = self.instruments().flat_map(|i| &i.binds);
        let mut all: Vec<Jurisdiction> = bound.filter_map(|code| code.parse().ok()).collect();
        all.sort();
        all.dedup();
        all
    }

    fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        let amending = self.amendments.iter().flat_map(|a| &a.by);
        self.base.instruments.iter().chain(amending)
    }

    /// The days on which anything of it begins, and those after which anything of it ends.
    pub(super) fn boundaries(&self) -> Vec<Day> {
        let mut days: Vec<Day> = self
            .instruments()
            .flat_map(|i| {
                let spans = i.in_force.iter();
                let ends = spans.flat_map(|s| [Some(s.from()), s.to().and_then(Day::next)]);
                ends.chain([i.adopted])
            })
            .flatten()
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The spans between two boundaries in which the list is in force, with what is applied.
    fn timeline(&self, jurisdictions: &[Jurisdiction]) -> Vec<(Interval, Vec<usize>)> {
        let days = self.boundaries();
        let ends = days.iter().skip(1).map(|next| next.previous());
        let spans = days.iter().zip(ends.chain([None]));
        spans
            .filter_map(|(first, last)| {
                let certain = self.base.in_force_for(*first, jurisdictions) == Truth::True;
                let applied = self.applied_on(*first, jurisdictions).filter(|_| certain)?;
                Some((Interval::new(*first, last).ok()?, applied))
            })
            .collect()
    }
}

/// Adds an interval to others, which it follows; joined where no day lies between.
fn join(intervals: &mut Vec<Interval>, next: Interval) {
    let follows = |last: &Interval| last.to().and_then(Day::next) == Some(next.from());
    match intervals.last_mut() {
        Some(last) if follows(last) => {
            *last = Interval::new(last.from(), next.to()).unwrap_or(next);
        }
        _ => intervals.push(next),
    }
}

fn apply(amendment: &Amendment, list: &mut ControlList) {
    for entry in &amendment.replace {
        match list.entries.iter_mut().find(|old| old.id == entry.id) {
            Some(old) => *old = entry.clone(),
            // What removed it is in force, and what restores it is too.
            None => list.entries.push(entry.clone()),
        }
    }
    for entry in &amendment.add {
        if list.entry(&entry.id).is_none() {
            list.entries.push(entry.clone());
        }
    }
    list.entries.retain(|e| !amendment.remove.contains(&e.id));
    for (instrument, own) in amendment.by.iter().zip(&amendment.own) {
        if !own && list.instrument(&instrument.id).is_none() {
            list.instruments.push(instrument.clone());
        }
    }
    list.amended.push(Amended {
        edition: amendment.edition.clone(),
        decision: amendment.decision.clone(),
        by: amendment.by.iter().map(|i| i.id.clone()).collect(),
        entries: amendment.entries().map(str::to_owned).collect(),
        unverified: amendment.unverified.clone(),
    });
    let open = amendment.unverified.iter();
    list.head
        .unverified
        .extend(open.map(|text| format!("{}: {text}", amendment.decision)));
}
