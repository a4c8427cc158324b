//! Several goods in one line: which words and figures belong to which.
//!
//! `MIG WELDER 160 A; TIG WELDER 250 A` states one current of each welder. So the line is cut
//! into clauses at commas, semicolons, plus signs and words like "and", and clauses are gathered
//! round the goods they name: a clause that names no goods describes the ones before it, and goods
//! named without a figure share the figures of the next ones. What a
//! comma divides may still describe the neighbours (`VALVE, FLANGED, 10IN`); what a stronger sign
//! divides may not.

use crate::text::Document;

/// A stretch of the line that is about one kind of goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group(usize);

/// The groups of a line.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    /// Where each clause ends in the folded line, with its group.
    ends: Vec<(usize, Group)>,
    /// For each group, the number of its neighbourhood: groups that only commas divide.
    neighbourhoods: Vec<usize>,
    /// From here on the line holds parameter columns: they describe all goods.
    shared_from: usize,
}

/// Words that join two kinds of goods, as they stand in a folded line.
const JOINING_WORDS: &[&str] = &[
    " and ", " und ", " et ", " и ", " y ", " va ", " ва ", "以及", "及", "和", "및", "と",
];

impl Clauses {
    /// Cuts a line, given where it names goods, in order.
    pub fn new(document: &Document, goods: &[usize], shared_from: usize) -> Clauses {
        let line = &document.line()[..shared_from];
        let mut clauses = Clauses {
            ends: Vec::new(),
            neighbourhoods: vec![0],
            shared_from,
        };
        if goods.len() < 2 {
            clauses.ends.push((shared_from, Group(0)));
            return clauses;
        }
        let mut strong = false;
        let mut named = false;
        let mut from = 0;
        let mut group_from = 0;
        for (end, next_strong) in cuts(line) {
            let names = goods.partition_point(|start| *start < from)
                < goods.partition_point(|start| *start < end);
            // `ELBOWS AND TEES 12IN`: goods without a figure of their own share the next ones'.
            let described = line[group_from..from].contains(|c: char| c.is_ascii_digit());
            if names && named && described {
                let last = clauses.neighbourhoods.last().copied().unwrap_or(0);
                clauses.neighbourhoods.push(last + usize::from(strong));
                strong = false;
                group_from = from;
            }
            named |= names;
            clauses
                .ends
                .push((end, Group(clauses.neighbourhoods.len() - 1)));
            from = end;
            strong |= next_strong;
        }
        clauses
    }

    /// The group that a byte of the line belongs to; none: to all of them.
    pub fn group_at(&self, byte: usize) -> Option<Group> {
        if byte >= self.shared_from || self.neighbourhoods.len() == 1 {
            return None;
        }
        let at = self.ends.partition_point(|(end, _)| *end <= byte);
        self.ends.get(at).map(|(_, group)| *group)
    }

    /// How near what stands at a byte is to a group's goods.
    pub fn nearness(&self, byte: usize, group: Option<Group>) -> Nearness {
        match (self.group_at(byte), group) {
            (Some(a), Some(b)) if a != b => {
                if self.neighbourhoods[a.0] == self.neighbourhoods[b.0] {
                    Nearness::Neighbour
                } else {
                    Nearness::Apart
                }
            }
            _ => Nearness::Own,
        }
    }
}

/// Whether something stands by the goods or by others of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// It stands by these goods.
    Own,
    /// It stands by other goods, but only commas divide.
    Neighbour,
    /// It stands by other goods.
    Apart,
}

/// The ends of the clauses, each with whether a strong sign divides it from the next.
fn cuts(line: &str) -> Vec<(usize, bool)> {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    for (at, c) in line.char_indices() {
        let after = at + c.len_utf8();
        let spaced = line[..at].ends_with(' ') && line[after..].starts_with(' ');
        let cut = match c {
            ';' | '\n' | '&' => Some(true),
            '+' if spaced => Some(true),
            '/' if spaced => Some(false),
            ',' if !(digit(after) && at > 0 && digit(at - 1)) => Some(false),
            ')' if at > 0 && digit(at - 1) && begins_number(&line[..at]) => Some(true),
            _ => JOINING_WORDS
                .iter()
                .any(|word| line[at..].starts_with(word))
                .then_some(true),
        };
        if let Some(strong) = cut {
            found.push((after, strong));
        }
    }
    found.push((line.len(), true));
    found
}

/// Whether the digits at the end of a text number an item of a list: `1) VALVE 2) PIPE`.
fn begins_number(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    text.len() - before.len() <= 2 && (before.is_empty() || before.ends_with([' ', ',', ';', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearness(line: &str, goods: &[&str], owner: &str, what: &str) -> Nearness {
        let document = Document::new([line]);
        let at = |word: &str| document.line().find(word).expect("a word of the line");
        let places: Vec<_> = goods.iter().map(|w| at(w)).collect();
        let clauses = Clauses::new(&document, &places, document.line().len());
        clauses.nearness(at(what), clauses.group_at(at(owner)))
    }

    #[test]
    fn figures_belong_to_the_goods_they_stand_by() {
        use Nearness::*;
        let two = &["mig", "tig"];
        for (line, owner, what, expected) in [
            ("mig welder 160a; tig welder 250a", "mig", "250a", Apart),
            ("mig welder 160a; tig welder 250a", "tig", "250a", Own),
            (
                "mig welder, 160a, tig welder, 250a",
                "mig",
                "250a",
                Neighbour,
            ),
            ("mig welder, 160a, tig welder, 250a", "mig", "160a", Own),
            ("160a mig welder and 250a tig welder", "mig", "250a", Apart),
            (
                "1) mig welder 160a 2) tig welder 250a",
                "tig",
                "160a",
                Apart,
            ),
        ] {
            assert_eq!(nearness(line, two, owner, what), expected, "{line}");
        }
        assert_eq!(nearness("mig welder; 250a", &["mig"], "mig", "250a"), Own);
        assert_eq!(
            nearness("mig and tig welders 250a", two, "mig", "250a"),
            Own
        );
    }
}
