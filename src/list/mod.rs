//! Control lists: the law as data.
//!
//! What is written ([`source`]) and what is checked ([`ControlList`]) are two types: nothing
//! downstream accepts a list that hasn't been checked.
//!
//! Law is dated. A list as decided and the amendments to it are data; a [`Register`] makes the
//! editions from them, and tells which is in force on a day and for whom.

mod amendment;
mod codes;
mod diff;
mod edition;
mod embedded;
mod examples;
mod in_force;
mod lint;
mod load;
mod model;
pub mod pack;
mod register;
mod scaffold;
mod schema;
pub mod source;
mod stale;
pub(crate) mod tree;
mod trust;

pub use amendment::Amendment;
pub use codes::source as code_source;
pub use codes::{
    Act, CodeAnswer, CodeList, CodeMeasure, CodeRow, CodeSystem, Order, Since, embedded_code_files,
    embedded_code_lists, is_code_list, load_codes,
};
pub use diff::{Change, EntryChange, EntryRef, ListDiff, diff};
pub use edition::{Edition, History, Standing};
pub use embedded::{embedded, embedded_files};
pub use examples::{ExamplePlaces, example_places};
pub use in_force::{InForce, NotInForce};
pub use lint::{LintCode, lint_code_list, lint_lexicon, lint_list};
pub use load::load;
pub(crate) use model::is_under;
pub use model::{
    Amended, Comparison, ControlList, Criterion, Ends, Entry, Exception, Goods, Limit, Older,
    PartsRule,
};
pub use register::Register;
pub use scaffold::scaffold;
pub use schema::{code_list_file_schema, lexicon_file_schema, list_file_schema};
pub use source::{Citation, CitationStatus, Example, ExampleVerdict, HsCodes, Instrument, Shows};
pub use stale::MaxAge;
pub use trust::Trust;
