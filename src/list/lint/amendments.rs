//! Amendments: what they change, and who puts them in force.
//!
//! The files of one list can't tell whether another list has the entries that an amendment of it
//! names; [`Register`](crate::list::Register) does, when all lists are there.

use std::collections::BTreeSet;

use super::concepts::OwnConcepts;
use super::standing::Standing;
use super::{LintCode, Names, Run, entries, instruments};
use crate::lexicon::Lexicon;
use crate::list::tree::Node;

pub(super) fn check(run: &mut Run, lexicon: &Lexicon, names: &Names, own: &OwnConcepts) {
    let amendments = run.tables("amendment");
    if amendments.is_empty() {
        return;
    }
    let id = run.tables_of("list").find_map(|head| head.text("id"));
    let of_list: BTreeSet<&str> = ids(run.tables("instrument").into_iter().map(|(_, node)| node));
    let mut entries = ids(run.tables("entry").into_iter().map(|(_, node)| node));
    let standing = Standing::new(lexicon, own);
    run.unique("edition", "edition", amendments.iter().copied());
    for (file, amendment) in amendments {
        let inner = amendment.tables("instrument");
        let placed = || inner.iter().map(|node| (file, *node));
        run.unique("instrument", "id", placed());
        for instrument in &inner {
            instruments::check_one(run, file, *instrument);
        }
        let known: BTreeSet<&str> = of_list
            .union(&ids(inner.iter().copied()))
            .copied()
            .collect();
        if let Some(name) = amendment.text("edition")
            && name.value.contains(['@', ' '])
        {
            let message = format!(
                "{:?} is no name of an edition; write its first day, or a word without blanks",
                name.value
            );
            run.add(file, name.start, LintCode::BadEdition, message);
        }
        if amendment.is_empty_array("by") {
            let message = "no instrument puts the amendment in force";
            run.add(file, amendment.place("by"), LintCode::MissingKey, message);
        }
        for row in amendment.tables("by") {
            instruments::check_intervals(run, file, row);
            let Some(instrument) = row.text("instrument") else {
                continue;
            };
            if !known.contains(instrument.value) {
                let near = run
                    .found
                    .suggestion(instrument.value, known.iter().copied());
                let message = format!(
                    "{:?} is no instrument of the amendment or of the list it stands in{near}",
                    instrument.value
                );
                run.add(file, instrument.start, LintCode::UnknownInstrument, message);
            }
            let status = row.text("status").map_or("open", |s| s.value);
            if status != "open" && !row.has("item") {
                let message = format!(
                    "a citation of {:?} that is {status} needs its `item`; without one it is open",
                    instrument.value
                );
                run.add(file, row.start, LintCode::MissingCitation, message);
            }
        }
        let target = amendment.text("list");
        let foreign = match (target, id) {
            (Some(target), Some(id)) => target.value != id.value,
            _ => false,
        };
        let replaced = amendment.tables("replace");
        let added = amendment.tables("add");
        let removed = amendment.texts("remove");
        if replaced.is_empty() && added.is_empty() && removed.is_empty() {
            let message = "the amendment changes nothing: it has no `replace`, `add` or `remove`";
            run.add(file, amendment.start, LintCode::MissingKey, message);
        }
        for entry in replaced.iter().chain(&added) {
            entries::check_content(run, (lexicon, names, own), file, *entry);
            standing.check(run, file, *entry);
        }
        if foreign {
            continue;
        }
        for id in replaced.iter().filter_map(|e| e.text("id")).chain(removed) {
            if !entries.contains(id.value) {
                let near = run.found.suggestion(id.value, entries.iter().copied());
                let message = format!("the list has no entry {} to amend{near}", id.value);
                run.add(file, id.start, LintCode::UnknownEntry, message);
            }
        }
        for id in added.iter().filter_map(|e| e.text("id")) {
            if !entries.insert(id.value) {
                let message = format!("the list has an entry {} already; `replace` it", id.value);
                run.add(file, id.start, LintCode::DuplicateId, message);
            }
        }
    }
}

fn ids<'a>(nodes: impl Iterator<Item = Node<'a>>) -> BTreeSet<&'a str> {
    nodes
        .filter_map(|node| Some(node.text("id")?.value))
        .collect()
}
