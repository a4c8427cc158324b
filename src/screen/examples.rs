//! Runs the examples that the entries of a list carry.
//!
//! A list is written by people who can't read the screener. An example is how they say what they
//! mean: these goods, this verdict. So the examples are part of the list, every entry owes a few
//! ([`Entry::examples_owed`]), and whoever changes a word or a limit runs them again.

use super::finding::{Finding, Verdict};
use super::screener::Screener;
use crate::compile::Ruleset;
use crate::error::{Location, Result};
use crate::issue::{Issue, Severity};
use crate::lexicon::Lexicon;
use crate::list::{
    ControlList, Entry, Example, ExamplePlaces, ExampleVerdict, example_places, load,
};
use crate::manifest::GoodsItem;

/// What came of the examples of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExampleRun {
    /// The list's id.
    pub list: String,
    /// How many entries it has.
    pub entries: usize,
    /// How many examples were screened.
    pub examples: usize,
    /// What is wrong, by place: `wrong-verdict` (screened otherwise than the example says),
    /// `example-mismatch` (the verdict doesn't fit what the example says it shows),
    /// `missing-example` (the entry has none of a kind it owes).
    pub issues: Vec<Issue>,
}

/// Screens every example of a list, given as its files with their names, against that list alone.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, list, screen};
/// let files = list::embedded_files().iter().find(|files| files[0].0.contains("s-2017-822"));
/// let run = screen::run_examples(Lexicon::embedded(), files.expect("embedded"))?;
/// assert_eq!((run.list.as_str(), run.entries), ("s-2017-822", 32));
/// assert!(run.issues.is_empty());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
///
/// # Errors
/// When the list can't be loaded or compiled.
pub fn run_examples(lexicon: &Lexicon, files: &[(&str, &str)]) -> Result<ExampleRun> {
    let list = load(lexicon, files.iter().copied())?;
    let places = example_places(files);
    let rules = Ruleset::compile(vec![list], lexicon)?;
    let screener = Screener::new(&rules);
    let mut run = ExampleRun {
        list: String::new(),
        entries: 0,
        examples: 0,
        issues: Vec::new(),
    };
    for list in rules.lists() {
        run.list.clone_from(&list.head.id);
        run.entries += list.entries.len();
        for (entry, places) in list.entries.iter().zip(&places) {
            run.examples += entry.examples.len();
            check_entry(
                &screener,
                (list, entry),
                (places, rules.lexicon()),
                &mut run.issues,
            );
        }
    }
    Ok(run)
}

fn check_entry(
    screener: &Screener,
    (list, entry): (&ControlList, &Entry),
    (places, lexicon): (&ExamplePlaces, &Lexicon),
    issues: &mut Vec<Issue>,
) {
    let mut add = |code, message: String, place: &Location| {
        issues.push(Issue::new(code, Severity::Error, message).at(place.clone()));
    };
    for kind in entry.examples_owed(lexicon) {
        if !entry.examples.iter().any(|example| example.shows == kind) {
            let message = format!(
                "{} has no example that shows {}; add one with shows = {:?}",
                entry.id,
                kind.in_words(),
                kind.as_str()
            );
            add("missing-example", message, &places.entry);
        }
    }
    for (example, place) in entry.examples.iter().zip(&places.goods) {
        if !example.shows.fits(example.verdict) {
            let message = format!(
                "an example that shows {} can't have the verdict {:?}",
                example.shows.in_words(),
                example.verdict.as_str()
            );
            add("example-mismatch", message, place);
        }
        let screened = screener.screen(&goods_item(example));
        let mut findings = screened.findings.iter();
        let found = findings.find(|f| f.list == list.head.id && f.entry == entry.id);
        let got = verdict_of(found);
        if got != example.verdict {
            let message = format!(
                "{:?} must be {:?} under {}, and is {:?}{}",
                example.goods,
                example.verdict.as_str(),
                entry.id,
                got.as_str(),
                found.map(reason).unwrap_or_default()
            );
            add("wrong-verdict", message, place);
        }
    }
}

fn goods_item(example: &Example) -> GoodsItem {
    GoodsItem {
        hs: example.hs.clone(),
        cas: example.cas.clone(),
        ..GoodsItem::new(example.goods.as_str())
    }
}

fn verdict_of(finding: Option<&Finding>) -> ExampleVerdict {
    match finding.map(|finding| finding.verdict) {
        Some(Verdict::Hit) => ExampleVerdict::Hit,
        Some(Verdict::Review) => ExampleVerdict::Review,
        Some(Verdict::Cleared) => ExampleVerdict::Cleared,
        None => ExampleVerdict::None,
    }
}

/// Which goods it was taken for, and what is missing or makes it a question.
fn reason(finding: &Finding) -> String {
    let mut reason = format!(" (taken for {}", finding.goods);
    let stated = finding.exceptions.iter().filter(|e| e.stated);
    let exceptions = stated.map(|e| format!("stated exception: {}", e.exception));
    let doubt = finding.doubt.iter().map(|doubt| format!("doubt: {doubt}"));
    for part in exceptions.chain(doubt).chain(finding.missing.clone()) {
        reason.push_str("; ");
        reason.push_str(&part);
    }
    reason.push(')');
    reason
}
