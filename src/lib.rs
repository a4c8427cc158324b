//! tidewaiter
pub mod error;
pub mod issue;
pub mod logic;
pub mod manifest;
pub mod vocab;

pub use error::{Error, ErrorKind, Location, Result};
pub use issue::{Issue, Severity};
pub use logic::Truth;
pub use manifest::GoodsItem;
pub use vocab::CasNumber;
