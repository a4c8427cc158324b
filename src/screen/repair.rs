//! Reading words that are misspelt or disguised.
//!
//! Only words that no term explains are looked at, so an honest line costs a few look-ups. What is
//! read is put in the place of what is written, and the line is searched again; the evidence still
//! points at what is written, and says how it was read.

use crate::compile::{Match, Reading, Repair, Ruleset};
use crate::issue::{Issue, Severity};
use crate::text::{Document, Word, mixes_scripts};

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
    let disguised = document.word_texts().any(mixes_scripts);
    let mut repaired: Vec<Repaired> = Vec::new();
    let mut replacements = Vec::new();
    for (first, last) in tokens(document) {
        // A digit in the midst of a word divides it; the pieces may be words by chance.
        let mut letters = (first..=last).filter(|at| !is_number(document, *at));
        if letters.all(|at| explained[at]) {
            continue;
        }
        let (start, end) = span(document, first, last);
        let text = &document.line()[start..end];
        if let Some(reading) = rules.read_unknown(text, disguised) {
            replacements.push((first, last, reading.word.clone()));
            repaired.push(Repaired {
                start,
                end,
                reading,
            });
        }
    }
    (!repaired.is_empty()).then(|| (document.with_words(&replacements), repaired))
}

fn is_number(document: &Document, word: usize) -> bool {
    let word = document.words()[word];
    document.skeleton()[word.start..].starts_with(|c: char| c.is_numeric())
}

/// Signs that are put for letters: `W3LD!NG`, `$PECTROMETER`.
fn is_letter_sign(c: char) -> bool {
    matches!(c, '@' | '$' | '!' | '|' | '€')
}

/// Runs of words that touch, or that one sign put for a letter divides: letters, the digits glued
/// to them. Each is given by its first and its last word; runs without a letter of a spaced script
/// are left out.
fn tokens(document: &Document) -> impl Iterator<Item = (usize, usize)> {
    let words = document.words();
    let line = document.line();
    let touches = move |a: &Word, b: &Word| {
        let mut gap = line[a.line_end..b.line_start].chars();
        a.segment == b.segment && gap.next().is_none_or(is_letter_sign) && gap.next().is_none()
    };
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < words.len() {
            let first = next;
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

/// The bytes of a run of words in the line, with a sign before it that is put for a letter.
fn span(document: &Document, first: usize, last: usize) -> (usize, usize) {
    let words = document.words();
    let (start, end) = (words[first].line_start, words[last].line_end);
    let before = &document.line()[..start];
    let sign = before.chars().next_back().filter(|c| is_letter_sign(*c));
    (start - sign.map_or(0, char::len_utf8), end)
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
