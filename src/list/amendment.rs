//! What changes a list: a later decision that replaces, adds or removes entries.
//!
//! History isn't edited: the list stays as it was decided, the amendment is data beside it, and
//! an edition is made from both. An amendment replaces whole entries, as decisions do ("point 12
//! reads:"), so that whoever reviews it reads the new entry as it stands, and not a patch.

use std::sync::Arc;

use toml::de::DeTable;

use super::load::{Checked, Words, check_entry, check_intervals, wrong};
use super::model::Entry;
use super::source::{AmendedBy, AmendmentSource, Citation, EntrySource, Instrument};
use super::tree::Node;
use crate::error::{Error, ErrorKind, Location};
use crate::logic::Truth;
use crate::vocab::{Day, Jurisdiction};

/// A change to a list, checked but for what only that list can tell.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// The name of the edition that it makes.
    pub edition: String,
    /// The id of the list that it changes.
    pub list: String,
    /// The decision, in words.
    pub decision: String,
    /// The instruments that put it in force, with their days and the ids they have in the edition.
    pub by: Vec<Instrument>,
    /// Entries that stand in place of those with the same ids.
    pub replace: Vec<Entry>,
    /// Entries that are new.
    pub add: Vec<Entry>,
    /// Ids of entries that are struck out.
    pub remove: Vec<String>,
    /// What nobody has checked.
    pub unverified: Vec<String>,
    /// SHA-256 of the files of the list in which it stands.
    pub(super) sha256: String,
    /// For each of the instruments, whether it is an instrument of the amended list already.
    pub(super) own: Vec<bool>,
    pub(super) places: Places,
}

/// Where the parts of an amendment stand: bytes of a text.
#[derive(Clone, Debug)]
pub(super) struct Places {
    name: Arc<str>,
    text: Arc<str>,
    whole: usize,
    edition: usize,
    list: usize,
    replace: Vec<usize>,
    add: Vec<usize>,
    remove: Vec<usize>,
}

/// A part of an amendment.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Whole,
    Edition,
    List,
    Replace(usize),
    Add(usize),
    Remove(usize),
}

impl Amendment {
    /// Whether it is in force on a day by an instrument of these jurisdictions; none: of anybody.
    ///
    /// Where the days of an instrument aren't known, the answer is unknown from the day on which
    /// the amendment is in force for anybody: before that it is in force for nobody.
    #[must_use]
    pub fn in_force_on(&self, day: Day, jurisdictions: &[Jurisdiction]) -> Truth {
        let asked = self.by.iter().filter(|i| i.is_of(jurisdictions));
        let truth = Truth::any(asked.map(|i| i.in_force_on(day)));
        match truth {
            Truth::Unknown if self.first_day().is_some_and(|first| day < first) => Truth::False,
            truth => truth,
        }
    }

    /// The first day on which it is known to be in force for anybody.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        let days = self.by.iter().flat_map(|i| &i.in_force);
        days.map(|interval| interval.from()).min()
    }

    /// The ids of the entries that it touches.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        let written = self.replace.iter().chain(&self.add).map(|e| e.id.as_str());
        written.chain(self.remove.iter().map(String::as_str))
    }

    /// An error at a part of it.
    pub(super) fn error(&self, part: Part, message: impl Into<String>) -> Error {
        let places = &self.places;
        let at = |all: &[usize], number: usize| all.get(number).copied().unwrap_or(places.whole);
        let offset = match part {
            Part::Whole => places.whole,
            Part::Edition => places.edition,
            Part::List => places.list,
            Part::Replace(number) => at(&places.replace, number),
            Part::Add(number) => at(&places.add, number),
            Part::Remove(number) => at(&places.remove, number),
        };
        let place = Location::new(&*places.name).at_offset(&places.text, offset);
        Error::new(ErrorKind::List, message).at(place)
    }

    /// Checks an amendment that stands in the files of a list, given by its id and hash.
    pub(super) fn check(
        words: &Words,
        (list, sha256): (&str, &str),
        instruments: &[Instrument],
        placed: PlacedAmendment,
    ) -> Checked<Amendment> {
        let PlacedAmendment { source, places } = placed;
        let foreign = source.list.as_deref().is_some_and(|target| target != list);
        if source.edition.is_empty() || source.edition.contains(['@', ' ']) {
            let message = format!(
                "{:?} is no name of an edition; write its first day, or a word without blanks",
                source.edition
            );
            return wrong(message).map_err(|t| t.within("edition"));
        }
        if source.by.is_empty() {
            let message = format!(
                "the amendment {} is put in force by no instrument; name it in `by`",
                source.edition
            );
            return wrong(message).map_err(|t| t.within("by"));
        }
        if source.replace.is_empty() && source.add.is_empty() && source.remove.is_empty() {
            return wrong(format!("the amendment {} changes nothing", source.edition));
        }
        let mut by = Vec::new();
        let mut own = Vec::new();
        let mut citations = Vec::new();
        for (number, row) in source.by.into_iter().enumerate() {
            let inner = source.instrument.iter().find(|i| i.id == row.instrument);
            let outer = instruments.iter().find(|i| i.id == row.instrument);
            let Some(found) = inner.or(outer) else {
                let message = format!(
                    "{:?} is no instrument of the amendment or of the list it stands in",
                    row.instrument
                );
                return wrong(message)
                    .map_err(|t| t.within("instrument").item(number).within("by"));
            };
            check_intervals(row.in_force.as_deref().unwrap_or(&found.in_force))
                .map_err(|t| t.within("in_force").item(number).within("by"))?;
            // An instrument that puts only the amendment in force must not pass for one of the
            // list, which it didn't put in force.
            let mut instrument = found.clone();
            let is_own = inner.is_none() && !foreign && row.in_force.is_none();
            if !is_own {
                let before = if inner.is_none() && row.in_force.is_none() {
                    list
                } else {
                    source.edition.as_str()
                };
                instrument.id = format!("{before}/{}", found.id);
            }
            if let Some(days) = &row.in_force {
                instrument.in_force.clone_from(days);
            }
            citations.push(cited(&instrument.id, row));
            by.push(instrument);
            own.push(is_own);
        }
        // A list may be screened without the one that amends it, so its words must be anybody's.
        let shared = words.shared();
        let words = if foreign { &shared } else { words };
        let entries = |key: &'static str, sources: Vec<EntrySource>| {
            let checked = sources.into_iter().enumerate().map(|(number, mut entry)| {
                entry.citations.extend(citations.iter().cloned());
                check_entry(words, entry).map_err(|t| t.item(number).within(key))
            });
            checked.collect::<Checked<Vec<Entry>>>()
        };
        Ok(Amendment {
            replace: entries("replace", source.replace)?,
            add: entries("add", source.add)?,
            edition: source.edition,
            list: source.list.unwrap_or_else(|| list.to_owned()),
            decision: source.decision,
            by,
            remove: source.remove,
            unverified: source.unverified,
            sha256: sha256.to_owned(),
            own,
            places,
        })
    }
}

fn cited(instrument: &str, row: AmendedBy) -> Citation {
    Citation {
        instrument: instrument.to_owned(),
        item: row.item,
        title: row.title,
        status: row.status,
    }
}

/// An amendment as written, with the places of its parts.
pub(super) struct PlacedAmendment {
    source: AmendmentSource,
    places: Places,
}

impl PlacedAmendment {
    /// Finds where the amendments of a file stand; one walk over its text.
    pub fn find(name: &str, text: &str, sources: Vec<AmendmentSource>) -> Vec<PlacedAmendment> {
        let Ok(root) = DeTable::parse(text) else {
            return Vec::new(); // It was read as TOML already.
        };
        let nodes = Node::new(root.get_ref(), 0).tables("amendment");
        let (name, whole): (Arc<str>, Arc<str>) = (name.into(), text.into());
        let placed = sources.into_iter().zip(nodes).map(|(source, node)| {
            let ids = |key| -> Vec<usize> {
                let tables = node.tables(key);
                tables.iter().map(|n| n.place("id")).collect()
            };
            PlacedAmendment {
                source,
                places: Places {
                    name: Arc::clone(&name),
                    text: Arc::clone(&whole),
                    whole: node.start,
                    edition: node.place("edition"),
                    list: node.place("list"),
                    replace: ids("replace"),
                    add: ids("add"),
                    remove: node.texts("remove").iter().map(|t| t.start).collect(),
                },
            }
        });
        placed.collect()
    }
}
