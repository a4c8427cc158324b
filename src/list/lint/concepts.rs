//! Concepts: ids, references, sources, and terms that can never be found.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeValue;

use super::{LintCode, Names, Run};
use crate::lexicon::{Concept, ConceptKind, StandsAlone, Terms};
use crate::list::tree::{Node, Text, as_texts};
use crate::text::fold_phrase;

/// The concepts of the files by id, as far as they can be read.
pub(super) type OwnConcepts = BTreeMap<String, Concept>;

/// Checks all concepts of the files and returns them.
pub(super) fn check(run: &mut Run, names: &Names) -> OwnConcepts {
    let concepts = run.tables("concept");
    run.unique("concept", "id", concepts.iter().copied());
    for (file, node) in &concepts {
        let (file, node) = (*file, *node);
        if let Some(id) = node.text("id")
            && names.is_taken(id.value)
        {
            let message = format!(
                "the lexicon has a concept {:?} already; give it another id",
                id.value
            );
            run.add(file, id.start, LintCode::DuplicateId, message);
        }
        names.check_concepts(run, file, &node.texts("implies"), &[]);
        names.check_concepts(run, file, &node.texts("excludes"), &[]);
        for key in ["implies", "excludes"] {
            if !node.texts(key).is_empty() && !node.has("source") {
                let message = format!(
                    "`{key}` states a fact, which needs a `source`: a standard, a handbook, or \"by definition: …\""
                );
                run.add(file, node.place(key), LintCode::MissingSource, message);
            }
        }
        check_terms(run, file, node);
    }
    let read = concepts.iter().filter_map(|(_, node)| read(*node));
    read.map(|concept| (concept.id.clone(), concept)).collect()
}

fn check_terms(run: &mut Run, file: usize, node: Node) {
    let lookalikes: BTreeSet<(String, String)> = terms(node, "lookalikes")
        .into_iter()
        .map(|(language, term)| (language, fold_term(term.value)))
        .collect();
    let mut known = BTreeSet::new();
    for key in ["terms", "weak", "support", "lookalikes"] {
        for (language, term) in terms(node, key) {
            let folded = fold_term(term.value);
            if folded.split(" + ").any(|part| part.trim().is_empty()) {
                let message = format!("the term {:?} has no letter or digit to find", term.value);
                run.add(file, term.start, LintCode::DeadTerm, message);
            } else if matches!(key, "terms" | "weak")
                && lookalikes.contains(&(language.clone(), folded.clone()))
            {
                let message = format!(
                    "the term {:?} is a lookalike of the same concept, so it never counts",
                    term.value
                );
                run.add(file, term.start, LintCode::DeadTerm, message);
            }
            if key == "terms" {
                known.insert(term.value);
            }
        }
    }
    for kept in node.tables("stands_alone") {
        for term in kept.texts("terms") {
            if !known.contains(term.value) {
                let message = format!("{:?} is no term of the concept", term.value);
                run.add(file, term.start, LintCode::DeadTerm, message);
            }
        }
    }
}

/// A term as compared; stars count as letters of any word.
fn fold_term(term: &str) -> String {
    let parts: Vec<String> = term
        .split(" + ")
        .map(|part| {
            let words = part.split_whitespace().map(|word| {
                let stars = (word.starts_with('*'), word.ends_with('*'));
                let folded = fold_phrase(word.trim_matches('*'));
                match stars {
                    _ if folded.trim().is_empty() => String::new(),
                    (left, right) => format!(
                        "{}{folded}{}",
                        if left { "*" } else { "" },
                        if right { "*" } else { "" }
                    ),
                }
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    parts.join(" + ")
}

/// All terms of a table of words by language.
fn terms<'a>(node: Node<'a>, key: &str) -> Vec<(String, Text<'a>)> {
    let Some(table) = node.table(key) else {
        return Vec::new();
    };
    let by_language = |(language, value): (Text<'a>, &'a Spanned<DeValue<'a>>)| {
        let texts = as_texts(value).into_iter();
        texts.map(move |text| (language.value.to_owned(), text))
    };
    table.keys().flat_map(by_language).collect()
}

fn read(node: Node) -> Option<Concept> {
    let owned = |key: &str| -> Vec<String> {
        let texts = node.texts(key).into_iter();
        texts.map(|text| text.value.to_owned()).collect()
    };
    let words = |key: &str| {
        let mut all = Terms::new();
        for (language, term) in terms(node, key) {
            all.entry(language).or_default().push(term.value.to_owned());
        }
        all
    };
    Some(Concept {
        id: node.text("id")?.value.to_owned(),
        kind: ConceptKind::Goods,
        title: node.text("title").map_or("", |t| t.value).to_owned(),
        source: None,
        implies: owned("implies"),
        excludes: owned("excludes"),
        ask: None,
        terms: words("terms"),
        weak: words("weak"),
        support: words("support"),
        lookalikes: words("lookalikes"),
        stands_alone: node
            .tables("stands_alone")
            .into_iter()
            .map(|kept| StandsAlone {
                terms: kept
                    .texts("terms")
                    .iter()
                    .map(|t| t.value.to_owned())
                    .collect(),
                reason: String::new(),
            })
            .collect(),
        is_code: false,
    })
}
