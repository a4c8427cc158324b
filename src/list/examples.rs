//! Where the examples of a list stand, and which ones its entries owe.

use toml::de::DeTable;

use super::model::{Criterion, Entry, Goods};
use super::source::{ExampleVerdict, Shows};
use super::tree::Node;
use crate::error::Location;
use crate::lexicon::Lexicon;

/// Where an entry and its examples stand in the files of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamplePlaces {
    /// The entry's id.
    pub entry: Location,
    /// The description of each example, in order.
    pub goods: Vec<Location>,
}

/// The places of all entries and their examples, in the order in which [`super::load`] keeps the
/// entries.
///
/// A file that isn't TOML has none; loading it tells what is wrong.
///
/// ```
/// let text = "[[entry]]\nid = \"X.1\"\n[[entry.example]]\ngoods = \"GAUGE\"\n";
/// let places = tidewaiter::list::example_places(&[("x.toml", text)]);
/// assert_eq!(places[0].goods[0].to_string(), "x.toml:4:9");
/// ```
#[must_use]
pub fn example_places(files: &[(&str, &str)]) -> Vec<ExamplePlaces> {
    let mut places = Vec::new();
    for (name, text) in files {
        let Ok(root) = DeTable::parse(text) else {
            continue;
        };
        let at = |byte| Location::new(*name).at_offset(text, byte);
        for entry in Node::new(root.get_ref(), 0).tables("entry") {
            let goods = entry.tables("example").into_iter().map(|example| {
                let written = example.text("goods").map(|goods| goods.start);
                at(written.unwrap_or(example.start))
            });
            places.push(ExamplePlaces {
                entry: at(entry.text("id").map_or(entry.start, |id| id.start)),
                goods: goods.collect(),
            });
        }
    }
    places
}

impl Entry {
    /// What its examples must show, at least once each: a near miss; a hit, unless all its goods
    /// are a question at best; a review where something can be undetermined (limits, a doubt,
    /// parts in question); an exception where it has one that words can state. A condition that the
    /// subject implies in the lexicon is always met, so nothing is open.
    #[must_use]
    pub fn examples_owed(&self, lexicon: &Lexicon) -> Vec<Shows> {
        let mut owed = Vec::new();
        if self.goods.iter().any(|kind| kind.doubt.is_none()) {
            owed.push(Shows::Hit);
        }
        owed.push(Shows::NearMiss);
        let open = self.goods.iter().any(|kind| {
            !matches!(kind.criteria, Criterion::Described) && !is_implied(kind, lexicon)
                || kind.doubt.is_some()
                || kind.parts == super::PartsRule::Review
        });
        if open {
            owed.push(Shows::Review);
        }
        if self.exceptions.iter().any(|e| !e.stated_by.is_empty()) {
            owed.push(Shows::Exception);
        }
        owed
    }
}

/// Whether every subject of a kind of goods implies its only condition.
fn is_implied(kind: &Goods, lexicon: &Lexicon) -> bool {
    let Criterion::Concept { one_of, .. } = &kind.criteria else {
        return false;
    };
    let mut subjects = kind.subject.iter().map(|id| lexicon.concept(id));
    subjects.all(|concept| {
        concept.is_some_and(|concept| concept.implies.iter().any(|id| one_of.contains(id)))
    })
}

impl Shows {
    /// The word that writes it in a list.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Shows::Hit => "hit",
            Shows::NearMiss => "near-miss",
            Shows::Review => "review",
            Shows::Exception => "exception",
        }
    }

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Shows::Hit => "a hit",
            Shows::NearMiss => "a near miss",
            Shows::Review => "a review",
            Shows::Exception => "an exception",
        }
    }

    /// Whether an example that shows this may have a verdict.
    pub(crate) fn fits(self, verdict: ExampleVerdict) -> bool {
        match self {
            Shows::Hit => verdict == ExampleVerdict::Hit,
            Shows::Review => verdict == ExampleVerdict::Review,
            Shows::NearMiss | Shows::Exception => {
                matches!(verdict, ExampleVerdict::Cleared | ExampleVerdict::None)
            }
        }
    }
}

impl ExampleVerdict {
    /// The word that writes it in a list.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ExampleVerdict::Hit => "hit",
            ExampleVerdict::Review => "review",
            ExampleVerdict::Cleared => "cleared",
            ExampleVerdict::None => "none",
        }
    }
}
