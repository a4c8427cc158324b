//! Figures: what the description says and what the criteria test must be the same numbers.
//!
//! A reader compares an entry's description with the law. A limit that is only in the criteria
//! would escape that reading, and a number that is only in the description would never be tested.

use std::collections::BTreeSet;

use super::concepts::OwnConcepts;
use super::criteria::{ATTRIBUTES, COMPARISONS, GROUPS};
use super::{LintCode, Run};
use crate::lexicon::Lexicon;
use crate::list::tree::{Node, Text};
use crate::text::{Document, fold_phrase, read_figure, read_quantities};
use crate::vocab::Number;

/// A value in the base unit of its dimension.
type Value = (String, Number);

pub(super) fn check(run: &mut Run, lexicon: &Lexicon, own: &OwnConcepts, file: usize, entry: Node) {
    let Some(description) = entry.text("description") else {
        return;
    };
    let mut leaves = Leaves::default();
    for kind in entry.tables("goods") {
        leaves.concepts.extend(kind.texts("subject"));
        leaves.concepts.extend(kind.texts("requires"));
        if let Some(criteria) = kind.table("criteria") {
            leaves.gather(criteria);
        }
    }
    for exception in entry.tables("exception") {
        if let Some(criteria) = exception.table("criteria") {
            leaves.gather(criteria);
        }
    }
    let limits: Vec<(Text, Vec<Value>)> = leaves
        .figures
        .iter()
        .filter_map(|(role, figure)| Some((*figure, values(lexicon, role, figure.value)?)))
        .collect();
    let tested: BTreeSet<&Value> = limits.iter().flat_map(|(_, values)| values).collect();
    let text = without_cas(description.value, entry);
    let document = Document::new([text.as_str()]);
    let line = document.line();
    let quantities = read_quantities(line, lexicon.units());
    let mut said: BTreeSet<Value> = BTreeSet::new();
    for quantity in &quantities {
        let ends = [&quantity.low, &quantity.high].into_iter().flatten();
        let stated: BTreeSet<Value> = ends
            .map(|end| (quantity.dimension.clone(), end.clone()))
            .collect();
        if stated.iter().any(|value| !tested.contains(value)) {
            let written = original(&document, &text, quantity.start, quantity.end);
            report(run, file, description, written);
        }
        said.extend(stated);
    }
    let named = leaves.names(lexicon, own);
    for (start, end) in bare_figures(line) {
        let inside = quantities.iter().any(|q| q.start <= start && end <= q.end);
        let word = &line[start..end];
        if !inside && !named.contains(word) {
            report(
                run,
                file,
                description,
                original(&document, &text, start, end),
            );
        }
    }
    let mut missing = BTreeSet::new();
    for (figure, values) in &limits {
        if values.windows(2).any(|ends| ends[0].1 > ends[1].1) {
            let message = format!("the range {:?} ends below its beginning", figure.value);
            run.add(file, figure.start, LintCode::BadFigure, message);
        }
        if values.iter().any(|value| !said.contains(value)) && missing.insert(figure.value) {
            let message = format!(
                "the description doesn't have the figure {:?} that this criterion tests",
                figure.value
            );
            run.add(
                file,
                figure.start,
                LintCode::CriterionWithoutFigure,
                message,
            );
        }
    }
}

fn report(run: &mut Run, file: usize, description: Text, written: &str) {
    // The place of the figure itself, where the text has it as it is compared.
    let source = run.texts.get(file).map_or("", |(_, text)| text);
    let inside = source.get(description.start..).unwrap_or("");
    let start = description.start + inside.find(written).unwrap_or(0);
    let message =
        format!("no criterion of the entry uses the number {written:?} of its description");
    run.add(file, start, LintCode::FigureWithoutCriterion, message);
}

/// The part of the text that was folded into these bytes of the line.
fn original<'t>(document: &Document, text: &'t str, start: usize, end: usize) -> &'t str {
    let origin = document.origin(start, end);
    let part = text.get(origin.start..origin.end).unwrap_or("");
    part.trim_end_matches(['.', ',', ';', ' '])
}

/// What the criteria of an entry compare and name.
#[derive(Default)]
struct Leaves<'a> {
    figures: Vec<(&'a str, Text<'a>)>,
    concepts: Vec<Text<'a>>,
}

impl<'a> Leaves<'a> {
    fn gather(&mut self, node: Node<'a>) {
        for group in GROUPS {
            for member in node.tables(group) {
                self.gather(member);
            }
        }
        if let Some(inner) = node.table("not") {
            self.gather(inner);
        }
        for kind in ATTRIBUTES {
            self.concepts.extend(node.texts(kind));
        }
        if let Some(role) = node.text("quantity") {
            let figures = COMPARISONS.iter().filter_map(|key| node.text(key));
            self.figures
                .extend(figures.map(|figure| (role.value, figure)));
        }
    }

    /// The words in the titles of the concepts that the entry names: grade 304 is a name.
    fn names(&self, lexicon: &Lexicon, own: &OwnConcepts) -> BTreeSet<String> {
        let concepts = self.concepts.iter().filter_map(|id| {
            let own = own.get(id.value);
            own.or_else(|| lexicon.concept(id.value))
        });
        concepts
            .flat_map(|concept| {
                let folded = fold_phrase(&concept.title);
                folded.split(' ').map(str::to_owned).collect::<Vec<_>>()
            })
            .collect()
    }
}

/// The values of a limit; `None` if it can't be read, which another rule reports.
fn values(lexicon: &Lexicon, role: &str, figure: &str) -> Option<Vec<Value>> {
    let dimension = &lexicon.role(role)?.dimension;
    let read = |end: &str| match end.parse::<Number>() {
        Ok(number) if dimension.starts_with("count") => Some((dimension.clone(), number)),
        _ => {
            let (number, unit) = lexicon.units().parse_value(end).ok()?;
            Some((unit.dimension.clone(), unit.to_base(&number)))
        }
    };
    figure.split(" to ").map(read).collect()
}

/// The description with the entry's CAS numbers blanked: they are identifiers.
fn without_cas(description: &str, entry: Node) -> String {
    let mut text = description.to_owned();
    for cas in entry.texts("cas") {
        if !cas.value.is_empty() {
            text = text.replace(cas.value, " ");
        }
    }
    text
}

/// Where figures stand in a folded line, but for those inside words.
fn bare_figures(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = line[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + offset;
        let length = read_figure(&line[start..]).map_or(1, |figure| figure.length);
        let end = start + length.max(1);
        let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !joined(line[..start].chars().next_back()) && !joined(line[end..].chars().next()) {
            found.push((start, end));
        }
        at = end;
    }
    found
}
