//! Entries: identifiers, goods, exceptions; the other rules of an entry are called from here.

use std::collections::BTreeSet;

use super::concepts::OwnConcepts;
use super::{LintCode, Names, Run, citations, criteria, figures, standing};
use crate::lexicon::Lexicon;
use crate::list::tree::Node;
use crate::vocab::{CasNumber, HsCode};

/// What an exception may turn on.
const BASES: &[&str] = &["design", "end-use", "goods", "reading"];
/// What a part of goods may be.
const PARTS: &[&str] = &["not-covered", "covered", "review"];

pub(super) fn check(run: &mut Run, lexicon: &Lexicon, names: &Names, own: &OwnConcepts) {
    let entries = run.tables("entry");
    let instruments = run.tables("instrument");
    let instruments: BTreeSet<&str> = instruments
        .iter()
        .filter_map(|(_, node)| Some(node.text("id")?.value))
        .collect();
    let standing = standing::Standing::new(lexicon, own);
    run.unique("entry", "id", entries.iter().copied());
    for (file, entry) in entries {
        citations::check(run, file, entry, &instruments);
        check_content(run, (lexicon, names, own), file, entry);
        standing.check(run, file, entry);
    }
}

/// Checks what an entry says of goods, wherever it stands.
pub(super) fn check_content(
    run: &mut Run,
    (lexicon, names, own): (&Lexicon, &Names, &OwnConcepts),
    file: usize,
    entry: Node,
) {
    check_identifiers(run, file, entry);
    check_goods(run, names, file, entry);
    figures::check(run, lexicon, own, file, entry);
}

fn check_identifiers(run: &mut Run, file: usize, entry: Node) {
    for cas in entry.texts("cas") {
        if let Err(error) = cas.value.parse::<CasNumber>() {
            run.add(file, cas.start, LintCode::BadCas, error.message());
        }
    }
    if entry.has("cas") && !entry.has("cas_source") {
        let message = "CAS numbers need a `cas_source`: the text of an instrument, or whose addition they are";
        run.add(file, entry.place("cas"), LintCode::MissingSource, message);
    }
    for code in entry
        .table("hs")
        .map(|hs| hs.texts("codes"))
        .into_iter()
        .flatten()
    {
        let digits = code.value.bytes().all(|b| b.is_ascii_digit());
        if !digits || code.value.parse::<HsCode>().is_err() {
            let message = format!(
                "{:?} is no HS code; write 4 to 10 digits without dots or blanks",
                code.value
            );
            run.add(file, code.start, LintCode::BadHs, message);
        }
    }
}

fn check_goods(run: &mut Run, names: &Names, file: usize, entry: Node) {
    let goods = entry.tables("goods");
    if goods.is_empty() {
        let message = "the entry names no goods; write an [[entry.goods]] table";
        run.add(file, entry.start, LintCode::MissingKey, message);
    }
    run.unique("the goods", "name", goods.iter().map(|kind| (file, *kind)));
    let id = entry.text("id").map_or("", |id| id.value);
    for (number, kind) in goods.iter().enumerate() {
        if kind.is_empty_array("subject") {
            let message = "the goods have no subject, so nothing is ever found under them";
            run.add(file, kind.place("subject"), LintCode::MissingKey, message);
        }
        names.check_concepts(run, file, &kind.texts("subject"), &[]);
        names.check_concepts(run, file, &kind.texts("requires"), &[]);
        run.one_of(file, *kind, "parts", PARTS);
        if let Some(criterion) = kind.table("criteria") {
            let who = format!("{id}/{}", number + 1);
            criteria::check(run, names, file, criterion, &who);
        }
    }
    for exception in entry.tables("exception") {
        run.one_of(file, exception, "basis", BASES);
        names.check_concepts(run, file, &exception.texts("stated_by"), &[]);
        for name in exception.texts("applies_to") {
            let known: Vec<&str> = goods
                .iter()
                .filter_map(|g| Some(g.text("name")?.value))
                .collect();
            if !known.contains(&name.value) {
                let near = run.found.suggestion(name.value, known.iter().copied());
                let message = format!(
                    "the exception names {:?}, no goods of the entry{near}",
                    name.value
                );
                run.add(file, name.start, LintCode::UnknownGoods, message);
            }
        }
    }
}
