//! Reading text: folding it for comparison, and finding the quantities in it.

mod bound;
mod confusable;
mod escape;
mod fold;
mod han;
mod link;
mod number;
mod numeral;
mod quantity;
mod rating;
mod reader;

pub(crate) use confusable::in_one_script;
pub use confusable::{as_cyrillic, as_latin, mixes_scripts};
pub use fold::{Document, Origin, Word, fold_phrase};
pub(crate) use fold::{fold_words, is_spaced_letter, is_unspaced};
pub use number::{Figure, read_figure};
pub use quantity::Quantity;
pub use reader::read_quantities;
