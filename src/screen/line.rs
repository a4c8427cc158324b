//! The text of a goods item: its description and its parameter columns, folded as one line.
//!
//! A parameter column is read as if somebody had written `Output frequency (Hz): 0-400 Hz` behind
//! the description: the header gives the figure its role, and its unit where the cell has none.

use std::borrow::Cow;

use super::finding::Evidence;
use super::identifiers::has_ec_number;
use super::repair::{Repaired, describe, describe_form, in_letters_of_one_script, repair};
use crate::compile::{Match, Ruleset};
use crate::lexicon::Units;
use crate::manifest::GoodsItem;
use crate::text::Document;

/// A goods item's text, folded, with the names of its fields.
pub(super) struct Line<'a> {
    pub document: Document,
    /// All phrases of the lexicon in it.
    pub matches: Vec<Match>,
    /// Words that were read as others.
    pub repaired: Vec<Repaired>,
    /// The field of each source of the document, and its text.
    fields: Vec<(Cow<'static, str>, &'a str)>,
}

impl<'a> Line<'a> {
    pub fn new(item: &'a GoodsItem, rules: &Ruleset) -> Line<'a> {
        Line::found_by(item, rules, |document| rules.find(document))
    }

    /// The line, its phrases found in a given way: by the index, or by its oracle.
    pub fn found_by(
        item: &'a GoodsItem,
        rules: &Ruleset,
        find: impl Fn(&Document) -> Vec<Match>,
    ) -> Line<'a> {
        let units = rules.lexicon().units();
        let mut fields: Vec<(Cow<'static, str>, &str)> =
            vec![("description".into(), item.description.as_str())];
        let mut apart = vec![true];
        if let Some(cell) = item.cas.as_deref().filter(|cell| has_ec_number(cell)) {
            fields.push(("cas".into(), cell));
            apart.push(true);
        }
        for parameter in &item.parameters {
            let name: Cow<'static, str> = format!("parameter name: {}", parameter.name).into();
            fields.push((name.clone(), &parameter.name));
            let value = format!("parameter: {}", parameter.name);
            fields.push((value.into(), &parameter.value));
            apart.extend([true, false]);
            if let Some(unit) = unit_of_header(&parameter.name, &parameter.value, units) {
                fields.push((name, unit));
                apart.push(false);
            }
        }
        let texts = fields.iter().map(|(_, text)| *text);
        let mut document = Document::joined(texts.zip(apart));
        let mut repaired = Vec::new();
        if let Some((read, words)) = in_letters_of_one_script(&document) {
            (document, repaired) = (read, words);
        }
        let mut matches = find(&document);
        if let Some((read, words)) = repair(rules, &document, &matches, !repaired.is_empty()) {
            matches = find(&read);
            document = read;
            repaired.extend(words);
        }
        Line {
            document,
            matches,
            repaired,
            fields,
        }
    }

    /// Where the description ends and the parameter columns begin, in the folded line.
    pub fn end_of_description(&self) -> usize {
        self.document.start_of(1)
    }

    pub fn evidence(&self, place: &Match, means: &str) -> Evidence {
        let mut evidence = self.evidence_at(place.start, place.end, means);
        if let Some(form) = describe_form(place.form) {
            evidence.reading = Some(match evidence.reading {
                Some(reading) => format!("{reading}; {form}"),
                None => form.to_owned(),
            });
        }
        evidence
    }

    pub fn evidence_at(&self, start: usize, end: usize, means: &str) -> Evidence {
        let origin = self.document.origin(start, end);
        let (field, text) = &self.fields[origin.source];
        let read = self
            .repaired
            .iter()
            .filter(|r| r.start < end && start < r.end);
        let reading: Vec<String> = read.map(|r| describe(&r.reading)).collect();
        Evidence {
            field: field.to_string(),
            start: origin.start,
            end: origin.end,
            text: text.get(origin.start..origin.end).unwrap_or("").to_owned(),
            means: means.to_owned(),
            reading: (!reading.is_empty()).then(|| reading.join("; ")),
        }
    }
}

/// The unit that a column's header gives to a cell of bare figures: `Volume, L`, `Power (kW)`.
fn unit_of_header<'a>(name: &'a str, value: &str, units: &Units) -> Option<&'a str> {
    let bare = value.chars().any(|c| c.is_ascii_digit())
        && value
            .chars()
            .all(|c| c.is_ascii_digit() || " .,-–~/<>=≤≥+×x*()^⁻⁰¹²³⁴⁵⁶⁷⁸⁹eE\u{a0}".contains(c));
    if !bare {
        return None;
    }
    let tail = name.trim_end_matches([')', ']', '）', ' ']);
    let start = tail
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '(' | '[' | '（' | ',' | '，' | ' ' | '_' | ':'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let unit = tail.get(start..)?;
    let folded = Document::new([unit]);
    let whole = folded.line().trim();
    let (_, length) = units.suffix(whole)?;
    (start > 0 && length == whole.len()).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_header_gives_bare_figures_their_unit() {
        let units = Lexicon::embedded().units();
        for (name, value, unit) in [
            ("Output frequency (Hz)", "0-400", Some("Hz")),
            ("Volume, L", "5000", Some("L")),
            ("功率（kW）", "35.5", Some("kW")),
            ("Power (kW)", "35 kW", None),
            ("Colour (red)", "5", None),
            ("L", "5", None),
        ] {
            assert_eq!(unit_of_header(name, value, units), unit, "{name}");
        }
    }
}
