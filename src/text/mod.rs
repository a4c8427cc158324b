//! Reading text: folding it for comparison, and finding the quantities in it.

mod fold;
mod number;
mod quantity;

pub use fold::{Document, Origin, Word, fold_phrase};
pub use number::{Figure, read_figure};
pub use quantity::{Quantity, read_quantities};
