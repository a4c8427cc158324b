//! How well the screener does on goods lines that somebody has judged by hand.
//!
//! ```text
//! LABELLED.csv ─read→ LabelledSet ─┐
//! Screener ────────────────────────┴─measure→ Accuracy: figures, groups, every miss by name
//! ```
//!
//! A false negative is the disaster and a flood of false alarms gets a screener switched off, so
//! no single figure is enough: recall, clearing and false alerts are counted apart, and a figure
//! without its misses can't be checked. Measuring is a pure function of the labelled lines and of
//! what the screener says to each; reading the file is a matter of its own.

mod accuracy;
mod figures;
mod label;
mod markdown;
mod read;
mod text;

pub use accuracy::{Accuracy, Miss, MissKind};
pub use figures::{Figures, Share, Unscreenable};
pub use label::{Label, LabelledLine, LabelledSet, Wanted};
pub use markdown::write_markdown;
pub use text::write_text;
