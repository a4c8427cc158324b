//! Waivers: what a person decided about a finding.
//!
//! A waiver takes a finding out of what is open; it takes nothing out of a report. So the verdict
//! stays, the finding carries the waiver with its reason and its approver, and the sums count both.
//!
//! A waiver that isn't sound covers nothing: without a reason or an approver, without goods that
//! it is about, expired, issued later than the decisive date, for an entry that doesn't exist. Each
//! of these is an [`Issue`](crate::Issue) with the place in the file, and the finding stays open.
//! Waivers that cover nothing, or end soon, are told too: a file that nobody weeds is one that
//! nobody reads.
//!
//! Reading ([`Waivers::read`]) and choosing by date ([`Waivers::on`]) are pure functions; the date
//! is an argument.

mod in_force;
mod model;
mod read;
mod write;

pub use in_force::{WaiversInForce, WaiversUsed};
pub use model::Waiver;
pub use read::Waivers;
pub(crate) use read::{parse, unknown_keys};
