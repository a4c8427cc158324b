//! Signs and words beside a figure: bounds, and shares that are none of a substance.

use super::quantity::Quantity;
use super::reader::Reader;
use crate::lexicon::WordUse;
use crate::vocab::Number;

impl Reader<'_> {
    /// `100% new`, `65% cotton`: a share, but no concentration.
    pub fn is_other_share(&self, q: &Quantity) -> bool {
        let words = self.units.words();
        let before = self.line[..q.start].trim_end_matches([' ', ':', '.', '(']);
        let behind = self.line[q.end..].trim_start_matches([' ', '(', '-']);
        let all = q.low.as_ref() == Some(&Number::from(1));
        (all && words.before(before) == Some(WordUse::ShareBefore))
            || words
                .behind(behind)
                .is_some_and(|(usage, ..)| usage == WordUse::ShareBehind)
    }

    /// Opens an end of a single value that a sign or word makes a bound.
    pub fn bound(&self, q: &mut Quantity) {
        let before = self.line[..q.start].trim_end_matches(' ');
        let behind = self.line[q.end..].trim_start_matches([' ', '.', '(']);
        let sign = |signs: &[&str]| signs.iter().any(|sign| before.ends_with(sign));
        let words = self.units.words();
        let usage = if sign(&["<=", "=<", "≤", "≦", "⩽", "<"]) {
            Some(WordUse::AtMostBefore)
        } else if sign(&[">=", "=>", "≥", "≧", "⩾", ">"]) {
            Some(WordUse::AtLeastBefore)
        } else {
            let told = words.before(before.trim_end_matches([' ', ':', '.', '=']));
            let bound =
                |usage: &WordUse| matches!(usage, WordUse::AtLeastBefore | WordUse::AtMostBefore);
            told.filter(bound)
                .or_else(|| words.behind(behind).map(|(usage, ..)| usage))
        };
        let plus = self.line[q.end..].strip_prefix('+').is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == ' ' || c == '/')
                || rest.trim_start_matches(' ').is_empty()
        });
        match usage {
            Some(WordUse::AtMostBefore | WordUse::AtMostBehind) => q.low = None,
            Some(WordUse::AtLeastBefore | WordUse::AtLeastBehind) => q.high = None,
            _ if plus => q.high = None,
            _ => {}
        }
    }
}
