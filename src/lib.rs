//! Checks shipment manifests against control lists of dual-use goods, line by line, with evidence.
//!
//! ```text
//! data/lists ─load→ ControlList ─┐
//! data/lexicon ─load→ Lexicon ───┴─compile→ Ruleset (immutable, shared)
//! manifest ─read→ GoodsItem, one after another, each knowing its row and cells
//! Ruleset + GoodsItem ─screen→ Screened: outcome, findings, evidence
//! Screened + decisive date, countries, waivers, baseline ─assemble→ Report
//! Report ─render→ text | json | jsonl | csv; a stored one that keeps its goods ─screen again→ Report
//! ```
//!
//! Screening is a pure function of the goods item and the ruleset. What the verdicts mean is told
//! in `docs/method.md`.
//!
//! ```
//! use tidewaiter::{GoodsItem, Outcome, Ruleset, Screener, lexicon::Lexicon, list};
//!
//! let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
//! let item = GoodsItem::new("Tributyl phosphate 99 %, 80 drums").with_cas("126-73-8");
//! let screened = Screener::new(&rules).screen(&item);
//! assert_eq!(screened.outcome, Outcome::Hit);
//! # Ok::<(), tidewaiter::Error>(())
//! ```

pub mod compile;
pub mod config;
mod embedded;
pub mod error;
pub mod eval;
pub mod issue;
pub mod lexicon;
pub mod list;
pub mod logic;
pub mod manifest;
mod near;
mod pipeline;
pub mod report;
pub mod screen;
pub mod text;
pub mod vocab;
pub mod waiver;

pub use compile::Ruleset;
pub use error::{Error, ErrorKind, Location, Result};
pub use issue::{Issue, Severity};
pub use logic::Truth;
pub use manifest::GoodsItem;
pub use report::{Report, ReportWriter};
pub use screen::{Finding, Outcome, Screened, Screener, Verdict};
pub use vocab::{CasNumber, Country, Day, EcNumber, HsCode, Number};

/// The README's example runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
