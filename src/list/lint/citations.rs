//! Citations: every entry says where each instrument states it, or that this isn't known.

use std::collections::BTreeSet;

use super::{LintCode, Run};
use crate::list::tree::Node;

/// Most missing instruments named in one message.
const MOST_NAMED: usize = 6;

pub(super) fn check(run: &mut Run, file: usize, entry: Node, instruments: &BTreeSet<&str>) {
    let mut cited = BTreeSet::new();
    for citation in entry.tables("citations") {
        let Some(instrument) = citation.text("instrument") else {
            continue;
        };
        if !instruments.contains(instrument.value) {
            let near = run
                .found
                .suggestion(instrument.value, instruments.iter().copied());
            let message = format!("{:?} is no instrument of the list{near}", instrument.value);
            run.add(file, instrument.start, LintCode::UnknownInstrument, message);
        } else if !cited.insert(instrument.value) {
            let message = format!("the instrument {:?} is cited twice", instrument.value);
            run.add(file, instrument.start, LintCode::DuplicateId, message);
        }
        let status = citation.text("status").map_or("open", |s| s.value);
        if status != "open" && !citation.has("item") {
            let message = format!(
                "a citation of {:?} that is {status} needs its `item`; without one it is open",
                instrument.value
            );
            run.add(file, citation.start, LintCode::MissingCitation, message);
        }
    }
    let missing: Vec<&str> = instruments
        .iter()
        .copied()
        .filter(|id| !cited.contains(id))
        .take(MOST_NAMED)
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "the entry doesn't cite {}; where its place there isn't known, say status = \"open\"",
            missing.join(", ")
        );
        run.add(
            file,
            entry.place("citations"),
            LintCode::MissingCitation,
            message,
        );
    }
}
