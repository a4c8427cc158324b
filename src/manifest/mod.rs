//! Reading manifests.
mod item;
pub use item::{GoodsItem, Parameter};
