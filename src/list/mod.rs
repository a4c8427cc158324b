//! Control lists: the law as data.
//!
//! What is written ([`source`]) and what is checked ([`ControlList`]) are two types: nothing
//! downstream accepts a list that hasn't been checked.

mod codes;
mod embedded;
mod examples;
mod in_force;
mod lint;
mod load;
mod model;
pub mod pack;
mod scaffold;
mod schema;
pub mod source;
mod stale;
pub(crate) mod tree;
mod trust;

pub use codes::source as code_source;
pub use codes::{
    Act, CodeAnswer, CodeList, CodeMeasure, CodeRow, CodeSystem, Order, Since, embedded_code_files,
    embedded_code_lists, is_code_list, load_codes,
};
pub use embedded::{embedded, embedded_files};
pub use examples::{ExamplePlaces, example_places};
pub use in_force::{InForce, NotInForce, in_force_on};
pub use lint::{LintCode, lint_code_list, lint_lexicon, lint_list};
pub use load::load;
pub use model::{Comparison, ControlList, Criterion, Entry, Exception, Goods, Limit, PartsRule};
pub use scaffold::scaffold;
pub use schema::{code_list_file_schema, lexicon_file_schema, list_file_schema};
pub use source::{Citation, CitationStatus, Example, ExampleVerdict, HsCodes, Instrument, Shows};
pub use stale::MaxAge;
pub use trust::Trust;
