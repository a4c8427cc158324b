//! Reading words that are misspelt or disguised.
//!
//! Only words that no term explains are looked at, so an honest line costs a few look-ups. What is
//! read is put in the place of what is written, and the line is searched again; the evidence still
//! points at what is written, and says how it was read.

use std::collections::BTreeMap;

use crate::compile::{Form, Match, Reading, Repair, Ruleset};
use crate::issue::{Issue, Severity};
use crate::text::{Document, Word, in_one_script, is_unspaced};

/// A stretch of the folded line that was read as another word.
#[derive(Clone, Debug)]
pub(super) struct Repaired {
    pub start: usize,
    pub end: usize,
    pub reading: Reading,
}

/// The document in one script, if words of it mix several.
pub(super) fn in_letters_of_one_script(document: &Document) -> Option<(Document, Vec<Repaired>)> {
    if document.line().is_ascii() {
        return None;
    }
    let words = in_one_script(document.word_texts());
    let mut letters: BTreeMap<usize, char> = BTreeMap::new();
    let mut repaired = Vec::new();
    for (word, read) in document.words().iter().zip(words) {
        let Some(read) = read else { continue };
        let written = &document.line()[word.line_start..word.line_end];
        let places = written.char_indices().map(|(at, _)| word.line_start + at);
        letters.extend(places.zip(read.chars()));
        repaired.push(Repaired {
            start: word.line_start,
            end: word.line_end,
            reading: Reading {
                word: read,
                repair: Repair::Script,
            },
        });
    }
    if repaired.is_empty() {
        return None;
    }
    let read = document.with_letters(|at, c| letters.get(&at).copied().unwrap_or(c));
    // Letters of another length move what stands behind them.
    for r in &mut repaired {
        let start = document.line()[..r.start].chars().count();
        let length = document.line()[r.start..r.end].chars().count();
        let mut places = read
            .line()
            .char_indices()
            .map(|(at, _)| at)
            .chain([read.line().len()]);
        r.start = places.nth(start).unwrap_or(0);
        r.end = places.nth(length - 1).unwrap_or(r.start);
    }
    Some((read, repaired))
}

/// The document with its unknown words read, if any could be.
pub(super) fn repair(
    rules: &Ruleset,
    document: &Document,
    matches: &[Match],
    disguised: bool,
) -> Option<(Document, Vec<Repaired>)> {
    // What a phrase of several words explains is sure; of a single one, a term may explain the
    // beginning alone.
    let mut explained = vec![Explained::No; document.words().len()];
    for m in matches {
        let by = if m.last - m.first > 1 {
            Explained::Surely
        } else {
            Explained::Alone
        };
        for word in &mut explained[m.first..m.last] {
            *word = by.max(*word);
        }
    }
    let mut repaired: Vec<Repaired> = Vec::new();
    let mut replacements = Vec::new();
    let mut read = |first, last, reading: Option<Reading>| {
        if let Some(reading) = reading {
            let (start, end) = span(document, first, last);
            replacements.push((first, last, reading.word.clone()));
            repaired.push(Repaired {
                start,
                end,
                reading,
            });
        }
    };
    // A word that was read with the one before it isn't read again.
    let mut read_to = 0;
    for token in tokens(document) {
        let (first, last) = match token {
            Token::Word(first, last) if first >= read_to => (first, last),
            Token::Word(..) => continue,
            Token::Letters(first, last) => {
                let words = document.words();
                let letters = &document.skeleton()[words[first].start..words[last].end];
                read(first, last, rules.read_apart(letters));
                continue;
            }
            Token::Broken(first, last) => {
                let mut words = document.words()[first..=last].iter();
                let mut text = || {
                    words
                        .next()
                        .map_or("", |w| &document.skeleton()[w.start..w.end])
                };
                if let Some(reading) = rules.read_broken(text(), text()) {
                    read(first, last, Some(reading));
                    read_to = last + 1;
                }
                continue;
            }
        };
        let (start, end) = span(document, first, last);
        let text = &document.line()[start..end];
        // A digit in the midst of a word divides it; the pieces may be words by chance.
        let letters = (first..=last).filter(|at| !is_number(document, *at));
        let by = letters
            .map(|at| explained[at])
            .min()
            .unwrap_or(Explained::No);
        if by != Explained::Surely {
            let compound = by == Explained::Alone && first == last;
            read(first, last, rules.read_unknown(text, disguised, compound));
        }
    }
    (!repaired.is_empty()).then(|| (document.with_words(&replacements), repaired))
}

/// What the terms found in a line say of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Explained {
    No,
    Alone,
    Surely,
}

/// What is read as one.
enum Token {
    /// Words that touch: the first and the last.
    Word(usize, usize),
    /// Letters that stand alone.
    Letters(usize, usize),
    /// The last word of a row and the first of the next; each of them comes as a word as well.
    Broken(usize, usize),
}

/// Most bytes of a sign that is put for a letter; no character has more than one byte more.
const LONGEST_SIGN: usize = 3;

/// Fewest letters, less one, that stand alone and are read as words.
const FEWEST_APART: usize = 3;

/// Whether a word is one letter.
fn is_single(document: &Document, word: &Word) -> bool {
    if word.end - word.start > LONGEST_SIGN + 1 {
        return false;
    }
    let mut letters = document.skeleton()[word.start..word.end].chars();
    letters
        .next()
        .is_some_and(|c| c.is_alphabetic() && !is_unspaced(c))
        && letters.next().is_none()
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
/// to them; and runs of letters that stand alone, with one blank or sign between them. Each is
/// given by its first and its last word; runs without a letter of a spaced script are left out.
fn tokens(document: &Document) -> impl Iterator<Item = Token> {
    let words = document.words();
    let line = document.line();
    let touches = move |a: &Word, b: &Word| {
        a.segment == b.segment
            && (a.line_end == b.line_start
                || b.line_start - a.line_end <= LONGEST_SIGN && {
                    let mut gap = line[a.line_end..b.line_start].chars();
                    gap.next().is_none_or(is_letter_sign) && gap.next().is_none()
                })
    };
    let stand_alone = move |a: &Word, b: &Word| {
        let near = || {
            let mut gap = line[a.line_end..b.line_start].chars();
            gap.next().is_some_and(|c| " .-_·'/".contains(c)) && gap.next().is_none()
        };
        a.segment == b.segment && is_single(document, a) && is_single(document, b) && near()
    };
    // Rows have segments of their own, so most lines are done with after one look.
    let divides = move |first: usize| {
        words.get(first + 1).is_some_and(|b| {
            let a = &words[first];
            let gap = || line[a.line_end..b.line_start].trim_start_matches('-');
            let letters =
                |w: &Word| document.skeleton()[w.start..].starts_with(char::is_alphabetic);
            b.segment == a.segment + 1 && gap() == "\n" && letters(a) && letters(b)
        })
    };
    let mut broken = None;
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < words.len() {
            let first = next;
            if broken != Some(first) && divides(first) {
                broken = Some(first);
                return Some(Token::Broken(first, first + 1));
            }
            while next + 1 < words.len() && stand_alone(&words[next], &words[next + 1]) {
                next += 1;
            }
            if next - first >= FEWEST_APART {
                next += 1;
                return Some(Token::Letters(first, next - 1));
            }
            next = first;
            while next + 1 < words.len() && touches(&words[next], &words[next + 1]) {
                next += 1;
            }
            let last = next;
            next += 1;
            let text = &document.skeleton()[words[first].start..words[last].end];
            let spaced = |c: char| !is_unspaced(c);
            if text.chars().all(spaced) && text.contains(char::is_alphabetic) {
                return Some(Token::Word(first, last));
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
        Repair::Together => format!("read as {:?}: words written together", reading.word),
        Repair::Apart => format!("read as {:?}: letters written apart", reading.word),
        Repair::Abbreviation => format!("read as {:?}: cut short", reading.word),
        Repair::Typo(1) => format!("read as {:?}: 1 letter differs", reading.word),
        Repair::Typo(n) => format!("read as {:?}: {n} letters differ", reading.word),
    }
}

/// How a phrase is written, where it isn't as it should be.
pub(super) fn describe_form(form: Form) -> Option<&'static str> {
    match form {
        Form::Plain => None,
        Form::Together => Some("words written together"),
        Form::Apart => Some("a word written apart"),
        Form::Turned => Some("the last word stands first"),
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
