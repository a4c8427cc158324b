//! From lists and lexicon to an immutable ruleset: the only place that builds indexes.

mod index;
mod joined;
mod phrase;
mod rulebook;
mod ruleset;
mod vocabulary;

pub use index::{Form, Match, Strength, Topic};
pub use rulebook::Rulebook;
pub use ruleset::{ConceptId, Ruleset};
pub use vocabulary::{Reading, Repair};
