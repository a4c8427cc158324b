//! One row of a manifest on its way to the report: the law it is judged by, and screening it.
//!
//! Whoever reads the manifest settles by which law a row is judged, for the lists of a day are
//! compiled when its first row comes. Screening the row then needs nothing of the other rows, so
//! it may happen on another thread.

use std::ops::Deref;
use std::sync::Arc;

use super::document::{SkippedRecord, UnreadableRecord};
use super::goods::KeptGoods;
use super::item::ItemRecord;
use crate::compile::{Rulebook, Ruleset};
use crate::error::{Location, Result};
use crate::issue::Issue;
use crate::manifest::{GoodsItem, Record};
use crate::screen::{Circumstances, Screener, decisive_day};
use crate::vocab::Day;

/// The law that goods items of a manifest are judged by.
#[derive(Debug)]
pub enum Law<'a, 'l> {
    /// That of one day for all.
    OfOneDay(&'a Ruleset),
    /// For each item that of its own date. Those without one, or with one that tells nothing, are
    /// judged by that of the day of the circumstances.
    OfEachDate(&'a mut Rulebook<'l>),
}

/// The rules of one row.
#[derive(Clone)]
enum Rules<'a> {
    Lent(&'a Ruleset),
    Shared(Arc<Ruleset>),
}

impl Deref for Rules<'_> {
    type Target = Ruleset;

    fn deref(&self) -> &Ruleset {
        match self {
            Rules::Lent(rules) => rules,
            Rules::Shared(rules) => rules,
        }
    }
}

/// What a row is judged by.
#[derive(Clone)]
pub(super) struct Judge<'a> {
    rules: Rules<'a>,
    known: Arc<Circumstances>,
    /// The item's own date, where that is decisive and another than the default.
    own: Option<Day>,
}

impl<'a> Judge<'a> {
    pub fn rules(&self) -> &Ruleset {
        &self.rules
    }

    pub fn known(&self) -> &Circumstances {
        &self.known
    }

    /// By rules and circumstances that are the same for all.
    pub fn of_all(rules: &'a Ruleset, known: &Circumstances) -> Judge<'a> {
        Judge {
            rules: Rules::Lent(rules),
            known: Arc::new(known.clone()),
            own: None,
        }
    }
}

/// Finds for each goods item of a manifest what it is judged by.
pub(super) struct Court<'a, 'l> {
    law: Law<'a, 'l>,
    default: Arc<Circumstances>,
    /// Those of the last item; neighbours often have the same day.
    last: Arc<Circumstances>,
}

impl<'a, 'l> Court<'a, 'l> {
    pub fn new(law: Law<'a, 'l>, known: &Circumstances) -> Court<'a, 'l> {
        let default = Arc::new(known.clone());
        Court {
            law,
            last: Arc::clone(&default),
            default,
        }
    }

    /// Makes a row of a record; a goods item gets what it is judged by.
    ///
    /// # Errors
    /// When the lists of a day can't be compiled together.
    pub fn row(&mut self, record: Record, name: &str) -> Result<Unscreened<'a>> {
        Ok(match record {
            Record::Item { item, issues } => {
                let (judge, about_date) = self.judge(&item, name)?;
                Unscreened::Item {
                    goods: Box::new((item, issues)),
                    judge,
                    about_date,
                }
            }
            Record::Skipped(skipped) => Unscreened::Skipped(SkippedRecord::new(name, skipped)),
            Record::Unreadable { row, issue, .. } => Unscreened::Unreadable(UnreadableRecord {
                manifest: name.to_owned(),
                row,
                issue,
            }),
        })
    }

    /// What an item is judged by, and what is wrong with its date.
    fn judge(&mut self, item: &GoodsItem, name: &str) -> Result<(Judge<'a>, Option<Issue>)> {
        let rulebook = match &mut self.law {
            Law::OfOneDay(rules) => {
                let judge = Judge {
                    rules: Rules::Lent(rules),
                    known: Arc::clone(&self.default),
                    own: None,
                };
                return Ok((judge, None));
            }
            Law::OfEachDate(rulebook) => rulebook,
        };
        let default = self.default.as_of;
        let asked = rulebook.jurisdictions();
        let (day, issue) = decisive_day(item, default, rulebook.register(), asked);
        if self.last.as_of != day {
            self.last = Arc::new(Circumstances {
                as_of: day,
                ..(*self.default).clone()
            });
        }
        let judge = Judge {
            rules: Rules::Shared(rulebook.on(day)?),
            known: Arc::clone(&self.last),
            own: (day != default).then_some(day),
        };
        let issue = issue.map(|i| i.at(Location::new(name).at_line(item.line)));
        Ok((judge, issue))
    }
}

/// A row that is to be screened.
pub(super) enum Unscreened<'a> {
    Item {
        /// The item, and what is wrong with how it was read.
        goods: Box<(GoodsItem, Vec<Issue>)>,
        judge: Judge<'a>,
        /// What is wrong with its date.
        about_date: Option<Issue>,
    },
    Skipped(SkippedRecord),
    Unreadable(UnreadableRecord),
}

impl Unscreened<'_> {
    /// What it weighs on its way to a worker, in bytes.
    pub fn weight(&self) -> usize {
        match self {
            Unscreened::Item { goods, .. } => {
                let (item, _) = &**goods;
                let parameters = item.parameters.iter();
                let parameters: usize = parameters.map(|p| p.name.len() + p.value.len()).sum();
                item.description.len() + parameters
            }
            Unscreened::Skipped(_) | Unscreened::Unreadable(_) => 0,
        }
    }
}

/// A row after screening.
pub(super) enum Row<'a> {
    Item(Item<'a>),
    Skipped(SkippedRecord),
    Unreadable(UnreadableRecord),
}

impl<'a> Row<'a> {
    /// What can be done for one row without knowing the others: screening it.
    pub fn of(row: Unscreened<'a>, name: &str, wanted: Wanted) -> Row<'a> {
        match row {
            Unscreened::Item {
                goods,
                judge,
                about_date,
            } => Row::Item(Item::of(*goods, name, judge, about_date, wanted)),
            Unscreened::Skipped(skipped) => Row::Skipped(skipped),
            Unscreened::Unreadable(unreadable) => Row::Unreadable(unreadable),
        }
    }
}

/// A goods item that needs only to be held against the others, counted and written.
pub(super) struct Item<'a> {
    pub record: Box<ItemRecord>,
    /// The item itself, where waivers are to look at it.
    pub item: Option<Box<GoodsItem>>,
    /// The digest of its goods.
    pub digest: String,
    pub judge: Judge<'a>,
}

/// What is wanted of goods items beside what is found on them.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// The goods themselves, in the record.
    pub goods: bool,
    /// The item, where waivers may cover something.
    pub item: bool,
}

impl<'a> Item<'a> {
    /// Screens a goods item; `about_date` is what is wrong with its date.
    pub fn of(
        (item, issues): (GoodsItem, Vec<Issue>),
        name: &str,
        judge: Judge<'a>,
        about_date: Option<Issue>,
        wanted: Wanted,
    ) -> Item<'a> {
        let mut screened = Screener::new(&judge.rules).screen(&item);
        screened.issues.splice(0..0, issues.iter().cloned());
        let goods = wanted.goods.then(|| KeptGoods::of(&item, issues));
        let kept = wanted.item && !screened.findings.is_empty();
        let kept = kept.then(|| Box::new(item.clone()));
        let mut record = ItemRecord::new(name, item, screened, &judge.rules, &judge.known);
        record.goods = goods;
        record.as_of = judge.own;
        record.issues.extend(about_date);
        Item {
            digest: record.goods_digest(),
            record: Box::new(record),
            item: kept,
            judge,
        }
    }
}
