//! Goods items whose text is very long.
//!
//! What a word means hangs on the words beside it, and holding every mention against every other
//! would take time that grows with the square of the text. A description of a line is short; where
//! it isn't (a joined table, a hostile file), the text is screened in pieces that overlap, so the
//! time stays proportional to the text and nothing at a border is lost.

use std::collections::BTreeMap;

use super::finding::{Evaluation, Evidence, Finding, Outcome, Screened};
use crate::manifest::GoodsItem;

/// Longest text that is screened as one, in bytes.
const LONGEST_PIECE: usize = 16 * 1024;
/// How far two pieces overlap, in bytes.
const OVERLAP: usize = 1024;

/// A piece of a field's text, with its first byte there.
struct Piece<'a> {
    field: String,
    start: usize,
    text: &'a str,
}

/// Whether a goods item is to be screened in pieces.
pub(super) fn is_long(item: &GoodsItem) -> bool {
    let parameters = item.parameters.iter();
    let length: usize = parameters.map(|p| p.name.len() + p.value.len()).sum();
    item.description.len() + length > LONGEST_PIECE
}

/// Screens a long goods item piece by piece; each entry keeps its strongest finding.
pub(super) fn screen_in_pieces(
    item: &GoodsItem,
    mut screen: impl FnMut(&GoodsItem) -> Screened,
) -> Screened {
    let mut strongest: BTreeMap<(String, String), Finding> = BTreeMap::new();
    let mut order = Vec::new();
    let mut issues = Vec::new();
    let mut vague = true;
    for (number, piece) in pieces(item).into_iter().enumerate() {
        let part = GoodsItem {
            description: piece.text.to_owned(),
            hs: item.hs.clone(),
            cas: item.cas.clone().filter(|_| number == 0),
            ..GoodsItem::default()
        };
        let screened = screen(&part);
        vague &= screened.outcome == Outcome::NotScreenable;
        for issue in screened.issues {
            if !issues.contains(&issue) {
                issues.push(issue);
            }
        }
        for mut finding in screened.findings {
            relocate(&mut finding, &piece);
            let key = (finding.list.clone(), finding.entry.clone());
            let known = strongest.get(&key).map(|known| known.verdict);
            if known.is_none() {
                order.push(key.clone());
            }
            if known.is_none_or(|verdict| finding.verdict > verdict) {
                strongest.insert(key, finding);
            }
        }
    }
    let findings: Vec<Finding> = order
        .iter()
        .filter_map(|key| strongest.remove(key))
        .collect();
    Screened::new(findings, issues, vague)
}

fn pieces(item: &GoodsItem) -> Vec<Piece<'_>> {
    let mut all = cut("description".to_owned(), &item.description);
    for parameter in &item.parameters {
        let name = format!("parameter name: {}", parameter.name);
        all.extend(cut(name, &parameter.name));
        all.extend(cut(
            format!("parameter: {}", parameter.name),
            &parameter.value,
        ));
    }
    all
}

/// Cuts a text behind blanks where it has any, so that words stay whole.
fn cut(field: String, text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    loop {
        let end = boundary(text, start + LONGEST_PIECE);
        pieces.push(Piece {
            field: field.clone(),
            start,
            text: &text[start..end],
        });
        if end == text.len() {
            return pieces;
        }
        start = boundary(text, end - OVERLAP);
    }
}

/// The nearest place at or before a byte where the text may be cut.
fn boundary(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let mut end = at;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut from = end.saturating_sub(64);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text[from..end]
        .rfind(' ')
        .map_or(end, |blank| from + blank + 1)
}

fn relocate(finding: &mut Finding, piece: &Piece<'_>) {
    let shift = |evidence: &mut Evidence| {
        if evidence.field == "description" {
            evidence.field.clone_from(&piece.field);
            evidence.start += piece.start;
            evidence.end += piece.start;
        }
    };
    finding.evidence.iter_mut().for_each(shift);
    let exceptions = finding.exceptions.iter_mut();
    exceptions.flat_map(|e| &mut e.evidence).for_each(shift);
    relocate_criterion(&mut finding.criteria, &shift);
}

fn relocate_criterion(evaluation: &mut Evaluation, shift: &impl Fn(&mut Evidence)) {
    evaluation.evidence.iter_mut().for_each(shift);
    let stated = evaluation.stated.iter_mut();
    stated.for_each(|figure| shift(&mut figure.evidence));
    for part in &mut evaluation.of {
        relocate_criterion(part, shift);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::{Ruleset, Screener, list};

    #[test]
    fn what_a_long_text_names_is_found_at_its_place() {
        let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded());
        let rules = rules.expect("compiles");
        for filler in ["cotton shirts ", "ящик гвоздей ", "衬衫"] {
            let mut text = filler.repeat(3000);
            text.push_str(" MASS SPECTROMETER ");
            text.push_str(&filler.repeat(3000));
            let screened = Screener::new(&rules).screen(&GoodsItem::new(text.as_str()));
            assert_eq!(screened.outcome, Outcome::Hit, "{filler}");
            for evidence in screened.findings.iter().flat_map(|f| &f.evidence) {
                assert_eq!(&text[evidence.start..evidence.end], evidence.text);
            }
        }
    }
}
