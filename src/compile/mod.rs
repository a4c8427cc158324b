//! From lists and lexicon to an immutable ruleset: the only place that builds indexes.

mod index;
mod joined;
mod letters;
mod memo;
mod near;
mod phrase;
mod pieces;
mod rulebook;
mod ruleset;
mod vocabulary;
mod words;

pub use index::{Form, Match, Strength, Topic};
pub use rulebook::Rulebook;
pub use ruleset::{ConceptId, Ruleset};
pub use vocabulary::{Reading, Repair};
