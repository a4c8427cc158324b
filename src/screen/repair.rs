//! Reading words that are misspelt or disguised.
//!
//! Only words that no term explains are looked at, so an honest line costs a few look-ups. What is
//! read is put in the place of what is written, and the line is searched again; the evidence still
//! points at what is written, and says how it was read.

use crate::compile::{Match, Reading, Repair, Ruleset};
use crate::issue::{Issue, Severity};
use crate::text::{Document, Word};

/// A stretch of the folded line that was read as another word.
#[derive(Clone, Debug)]
pub(super) struct Repaired {
    pub start: usize,
    pub end: usize,
    pub reading: Reading,
}

/// The document with its unknown words read, if any could be.
pub(super) fn repair(
    rules: &Ruleset,
    document: &Document,
    matches: &[Match],
) -> Option<(Document, Vec<Repaired>)> {
    let mut explained = vec![false; document.words().len()];
    for m in matches {
        explained[m.first..m.last].fill(true);
    }
    let mut repaired: Vec<Repaired> = Vec::new();
    let mut replacements = Vec::new();
    for (first, last) in tokens(document) {
        if explained[first..=last].iter().any(|e| *e) {
            continue;
        }
        let words = document.words();
        let text = &document.skeleton()[words[first].start..words[last].end];
        if let Some(reading) = rules.read_unknown(text) {
            repaired.push(Repaired {
                start: words[first].line_start,
                end: words[last].line_end,
                reading: reading.clone(),
            });
            replacements.push((first, last, reading.word));
        }
    }
    (!repaired.is_empty()).then(|| (document.with_words(&replacements), repaired))
}

/// Runs of words that touch: letters and the digits glued to them. Each is given by its first and
/// its last word; runs without a letter of a spaced script are left out.
fn tokens(document: &Document) -> impl Iterator<Item = (usize, usize)> {
    let words = document.words();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < words.len() {
            let first = next;
            let touches = |a: &Word, b: &Word| a.line_end == b.line_start && a.segment == b.segment;
            while next + 1 < words.len() && touches(&words[next], &words[next + 1]) {
                next += 1;
            }
            let last = next;
            next += 1;
            let text = &document.skeleton()[words[first].start..words[last].end];
            let spaced = |c: char| !crate::text::is_unspaced(c);
            if text.chars().all(spaced) && text.contains(char::is_alphabetic) {
                return Some((first, last));
            }
        }
        None
    })
}

/// How a word was read, for the reader of a report.
pub(super) fn describe(reading: &Reading) -> String {
    match reading.repair {
        Repair::Script => format!("read as {:?}: letters of another script", reading.word),
        Repair::Misread => format!("read as {:?}: signs that look alike", reading.word),
        Repair::Typo(1) => format!("read as {:?}: 1 letter differs", reading.word),
        Repair::Typo(n) => format!("read as {:?}: {n} letters differ", reading.word),
    }
}

/// What honest lines seldom have, told of the goods item.
pub(super) fn disguises(document: &Document, repaired: &[Repaired]) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut note =
        |code, message: String| issues.push(Issue::new(code, Severity::Warning, message));
    let swapped: Vec<String> = repaired
        .iter()
        .filter(|r| r.reading.repair == Repair::Script)
        .map(|r| format!("{:?}", r.reading.word))
        .collect();
    if !swapped.is_empty() {
        note(
            "mixed-scripts",
            format!(
                "letters of another script stand for ones that look alike; read as {}",
                swapped.join(", ")
            ),
        );
    }
    if document.hidden() > 0 {
        note(
            "hidden-characters",
            format!(
                "{} characters without width stand inside the words; they were left out",
                document.hidden()
            ),
        );
    }
    if document.escapes() > 0 {
        note(
            "escaped-characters",
            format!(
                "{} characters are written as escapes (&#78; or %20); they were read as what they stand for",
                document.escapes()
            ),
        );
    }
    issues
}
