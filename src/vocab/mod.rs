//! One newtype per word of the trade.

mod cas_number;
mod country;
mod day;
mod ec_number;
mod hs_code;
mod interval;
mod jurisdiction;
mod number;
mod place;

pub use cas_number::CasNumber;
pub use country::Country;
pub use day::Day;
pub use ec_number::EcNumber;
pub use hs_code::HsCode;
pub use interval::Interval;
pub(crate) use jurisdiction::EU_MEMBERS;
pub use jurisdiction::Jurisdiction;
pub use number::Number;
pub use place::KnownPlace;
pub(crate) use place::{Way, said_in};
