//! One newtype per word of the trade.
mod cas_number;
pub use cas_number::CasNumber;
