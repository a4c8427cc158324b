//! Words that can't stand for controlled goods by themselves.
//!
//! "Valve" as the whole name of goods stops every shipment of taps. A common word may be a
//! subject only where something else must be said too: `requires`, or criteria. Very short words
//! stand inside model numbers and abbreviations of everything, so they need `requires`.
//! Which words are common is data (`[[generic]]` and `[[vague]]` of the lexicon), and a written
//! reason in the concept (`[[concept.stands_alone]]`) keeps a term all the same.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::concepts::OwnConcepts;
use super::{LintCode, Run};
use crate::lexicon::{Concept, Lexicon};
use crate::list::tree::Node;
use crate::text::{fold_phrase, is_unspaced};

/// Fewest letters of a term in a script with blanks between words: shorter ones are in codes.
const FEWEST_LETTERS: usize = 3;
/// Fewest letters of the fixed part of a word with an open end (`uran*`).
const FEWEST_LETTERS_OF_STEM: usize = 4;
/// Fewest characters in Chinese, Japanese: a single one stands inside other words.
const FEWEST_UNSPACED: usize = 2;
/// Most terms named in one message.
const MOST_NAMED: usize = 3;
/// Most kinds of a concept that are looked at; a hostile chain would take quadratic time.
const MOST_KINDS: usize = 200;

/// Which terms of which concept are too weak.
pub(super) struct Standing<'a> {
    concepts: BTreeMap<&'a str, &'a Concept>,
    /// For each concept, those that say they are a kind of it.
    kinds: BTreeMap<&'a str, Vec<&'a str>>,
    common: BTreeSet<String>,
    judged: RefCell<BTreeMap<String, Weakness>>,
}

/// The terms of a concept, and of the kinds of it, that can't stand alone.
#[derive(Clone, Default)]
struct Weakness {
    generic: Terms,
    short: Terms,
}

/// Terms: how many, and the first few.
#[derive(Clone, Default)]
struct Terms {
    count: usize,
    first: Vec<String>,
}

impl Terms {
    fn push(&mut self, term: &str) {
        self.count += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push(term.to_owned());
        }
    }
}

impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first.join(", "))?;
        match self.count - self.first.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

impl<'a> Standing<'a> {
    pub fn new(lexicon: &'a Lexicon, own: &'a OwnConcepts) -> Standing<'a> {
        let all = lexicon.concepts().chain(own.values());
        let concepts: BTreeMap<&str, &Concept> = all.map(|c| (c.id.as_str(), c)).collect();
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for concept in concepts.values() {
            for wider in &concept.implies {
                kinds.entry(wider).or_default().push(&concept.id);
            }
        }
        let generic = lexicon.generic().iter().map(|g| &g.terms);
        let vague = lexicon.vague().iter().map(|v| &v.terms);
        let words = generic
            .chain(vague)
            .flat_map(|terms| terms.values().flatten());
        Standing {
            concepts,
            kinds,
            common: words.map(|word| bare(word)).collect(),
            judged: RefCell::default(),
        }
    }

    pub fn check(&self, run: &mut Run, file: usize, entry: Node) {
        for kind in entry.tables("goods") {
            if !kind.texts("requires").is_empty() {
                continue;
            }
            let described = kind
                .table("criteria")
                .is_none_or(|c| c.keys().next().is_none());
            for subject in kind.texts("subject") {
                let weakness = self.weakness(subject.value);
                if described && weakness.generic.count > 0 {
                    let message = format!(
                        "the concept {:?} names goods by common words alone ({}); ask for another concept with `requires`, add criteria, move them to `weak`, or give the reason in [[concept.stands_alone]]",
                        subject.value, weakness.generic
                    );
                    run.add(file, subject.start, LintCode::GenericTerm, message);
                }
                if weakness.short.count > 0 {
                    let message = format!(
                        "the concept {:?} names goods by very short words ({}); ask for another concept with `requires`, move them to `weak`, or give the reason in [[concept.stands_alone]]",
                        subject.value, weakness.short
                    );
                    run.add(file, subject.start, LintCode::ShortTerm, message);
                }
            }
        }
    }

    fn weakness(&self, id: &str) -> Weakness {
        if let Some(known) = self.judged.borrow().get(id) {
            return known.clone();
        }
        let mut all = vec![id];
        let mut seen: BTreeSet<&str> = all.iter().copied().collect();
        let mut next = 0;
        let mut weakness = Weakness::default();
        while let Some(&concept) = all.get(next) {
            next += 1;
            for kind in self.kinds.get(concept).into_iter().flatten() {
                if all.len() < MOST_KINDS && seen.insert(kind) {
                    all.push(kind);
                }
            }
            if let Some(concept) = self.concepts.get(concept) {
                self.judge(concept, &mut weakness);
            }
        }
        let judged = &mut self.judged.borrow_mut();
        judged.insert(id.to_owned(), weakness.clone());
        weakness
    }

    fn judge(&self, concept: &Concept, weakness: &mut Weakness) {
        let kept: BTreeSet<&String> = concept.stands_alone.iter().flat_map(|s| &s.terms).collect();
        for term in concept.terms.values().flatten() {
            if kept.contains(term) || term.contains(" + ") {
                continue;
            }
            let word = bare(term);
            let singular = word.strip_suffix('s').unwrap_or(&word);
            if self.common.contains(&word) || self.common.contains(singular) {
                weakness.generic.push(term);
            } else if is_short(term, &word) {
                weakness.short.push(term);
            }
        }
    }
}

/// A term as compared, without its stars.
fn bare(term: &str) -> String {
    fold_phrase(&term.replace('*', ""))
}

fn is_short(term: &str, folded: &str) -> bool {
    let letters = folded.chars().filter(|c| !c.is_whitespace()).count();
    if letters == 0 {
        return false; // A dead term, which is reported where it stands.
    }
    if folded.chars().any(is_unspaced) {
        return letters < FEWEST_UNSPACED;
    }
    let one_open_word = term.contains('*') && !folded.contains(' ');
    letters
        < if one_open_word {
            FEWEST_LETTERS_OF_STEM
        } else {
            FEWEST_LETTERS
        }
}
