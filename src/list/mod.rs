//! Control lists: the law as data.
//!
//! What is written ([`source`]) and what is checked ([`ControlList`]) are two types: nothing
//! downstream accepts a list that hasn't been checked.

mod embedded;
mod in_force;
mod load;
mod model;
pub mod source;
mod tree;

pub use embedded::{embedded, embedded_files};
pub use in_force::{InForce, NotInForce, in_force_on};
pub use load::load;
pub use model::{Comparison, ControlList, Criterion, Entry, Exception, Goods, Limit, PartsRule};
pub use source::{Citation, CitationStatus, HsCodes, Instrument};
