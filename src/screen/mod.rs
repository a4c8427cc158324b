//! Is this goods item under this entry?
//!
//! Recall first (the index over-selects mentions of goods), precision second (what the line is
//! about, the criteria, the exceptions). Screening is a pure function of the item and the
//! ruleset: no file, no clock, no environment.

mod clause;
mod decisive;
mod evaluate;
mod examples;
mod explain;
mod figures;
mod finding;
mod identifiers;
mod judge;
mod line;
mod long;
mod measure;
mod mention;
#[cfg(test)]
mod oracle;
mod repair;
mod route;
mod screener;
mod sectoral;
mod vague;

pub use decisive::decisive_day;
pub use examples::{ExampleRun, run_examples};
pub use explain::{Considered, Reason, Supposed};
pub use finding::{
    Evaluation, Evidence, ExceptionCheck, Finding, Outcome, Screened, StatedFigure, Verdict,
};
pub use measure::{Circumstances, Condition, Direction, Measure, Question, measures};
pub use route::{Place, Route, Stop};
pub use screener::Screener;
pub use sectoral::{BanCode, Sectoral, SectoralAct, SectoralAnswer, SectoralBan, sectoral};
