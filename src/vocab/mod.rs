//! One newtype per word of the trade.

mod cas_number;
mod country;
mod hs_code;
mod number;

pub use cas_number::CasNumber;
pub use country::Country;
pub use hs_code::HsCode;
pub use number::Number;
