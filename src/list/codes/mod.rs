//! Code lists: bans of whole chapters, headings and codes, where the code is the criterion.
//!
//! An item list says what goods are and never by code; a sectoral ban says nothing else. So code
//! lists are a kind of their own: measures with rows of codes, each measure with the acts that
//! order it and the day since when. They never touch the verdict on the goods.

mod embedded;
mod load;
mod model;
mod row;
mod since;
pub mod source;

pub use embedded::{embedded_code_files, embedded_code_lists};
pub use load::{is_code_list, load_codes};
pub use model::{Act, CodeList, CodeMeasure, Order};
pub use row::{CodeAnswer, CodeRow, CodeSystem};
pub use since::Since;
