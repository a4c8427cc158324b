//! Lists of bans by code: codes, ranges, acts, days.

use std::collections::BTreeMap;

use super::{LintCode, Run};
use crate::issue::Issue;
use crate::list::schema::code_list_file_schema;
use crate::list::tree::{Node, Text};
use crate::list::{CodeSystem, Since};

/// Everything that is wrong with a list of bans by code, given as its files with their names;
/// empty: nothing.
///
/// ```
/// use tidewaiter::list::lint_code_list;
/// let text = "[code-list]\nid = \"x\"\ntitel = \"Pumps\"\n";
/// let printed: Vec<String> =
///     lint_code_list(&[("x.toml", text)]).iter().map(ToString::to_string).collect();
/// assert!(printed.contains(
///     &"x.toml:3:1: error[unknown-key]: unknown key \"titel\"; did you mean \"title\"?".to_owned()
/// ));
/// ```
#[must_use]
pub fn lint_code_list(files: &[(&str, &str)]) -> Vec<Issue> {
    super::run(files, &code_list_file_schema(), |run| {
        check_head(run);
        super::instruments::check_instruments(run);
        let measures = run.tables("measure");
        run.unique("measure", "id", measures.iter().copied());
        for (file, measure) in measures {
            check_measure(run, file, measure);
        }
    })
}

fn check_head(run: &mut Run) {
    let heads = run.roots.iter().enumerate();
    let heads: Vec<(usize, Node)> = heads
        .filter_map(|(file, root)| Some((file, root.table("code-list")?)))
        .collect();
    for (file, head) in heads.iter().skip(1) {
        let message = "a second [code-list] table; one of the list's files has it";
        run.add(*file, head.start, LintCode::ListHead, message);
    }
    let Some((file, head)) = heads.first().copied() else {
        let message = "no [code-list] table in any file of the code list";
        run.add(0, 0, LintCode::ListHead, message);
        return;
    };
    let measures = run.tables("measure").into_iter();
    let rows: usize = measures
        .map(|(_, measure)| measure.tables("codes").len())
        .sum();
    if let Some(count) = head.count("codes").filter(|count| *count != rows) {
        let message = format!("the code list says {count} codes, its files have {rows}");
        run.add(file, head.place("codes"), LintCode::EntryCount, message);
    }
}

fn check_measure(run: &mut Run, file: usize, measure: Node) {
    run.one_of(file, measure, "direction", &["export", "import"]);
    run.one_of(file, measure, "order", &["ban", "ceiling"]);
    for key in ["codes", "act"] {
        if measure.tables(key).is_empty() {
            let message = format!("the measure has no {key}");
            run.add(file, measure.start, LintCode::MissingKey, message);
        }
    }
    let mut orders = Vec::new();
    for act in measure.tables("act") {
        run.one_of(file, act, "order", &["ban", "ceiling"]);
        let known = run.tables("instrument").into_iter().any(|(_, instrument)| {
            let id = instrument.text("id").map(|id| id.value);
            id.is_some() && id == act.text("instrument").map(|id| id.value)
        });
        if let Some(id) = act.text("instrument").filter(|_| !known) {
            let message = format!("{:?} is no instrument of the code list", id.value);
            run.add(file, id.start, LintCode::UnknownInstrument, message);
        }
        orders.extend(act.text("instrument").map(|id| id.value));
        check_since(run, file, act.text("since"));
    }
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for row in measure.tables("codes") {
        check_row(run, file, row, &orders);
        if let Some(code) = row.text("code")
            && seen.insert(code.value, ()).is_some()
        {
            let message = format!("the code {} stands twice in the measure", code.value);
            run.add(file, code.start, LintCode::DuplicateId, message);
        }
    }
}

fn check_row(run: &mut Run, file: usize, row: Node, orders: &[&str]) {
    const SYSTEMS: [CodeSystem; 6] = [
        CodeSystem::Hs2,
        CodeSystem::Hs4,
        CodeSystem::Hs6,
        CodeSystem::Cn8,
        CodeSystem::Taric10,
        CodeSystem::Chn10,
    ];
    let word = row.text("system").map(|system| system.value);
    // An unknown system is told by the schema.
    let Some(system) = SYSTEMS.into_iter().find(|s| Some(s.as_str()) == word) else {
        return;
    };
    for key in ["code", "to"] {
        if let Some(code) = row.text(key) {
            check_code(run, file, code, system.digits(), system.as_str());
        }
    }
    for code in row.texts("later") {
        check_code(run, file, code, system.digits().min(6), "HS");
    }
    if let (Some(first), Some(last)) = (row.text("code"), row.text("to"))
        && last.value < first.value
    {
        let message = format!(
            "the range ends at {}, before it begins at {}",
            last.value, first.value
        );
        run.add(file, last.start, LintCode::IntervalReversed, message);
    }
    let Some(since) = row.table("since") else {
        return;
    };
    for (act, _) in since.keys() {
        if !orders.contains(&act.value) {
            let message = format!("{:?} is no act of the measure", act.value);
            run.add(file, act.start, LintCode::UnknownInstrument, message);
        }
        check_since(run, file, since.text(act.value));
    }
}

fn check_code(run: &mut Run, file: usize, code: Text, digits: usize, name: &str) {
    if code.value.len() != digits || !code.value.bytes().all(|b| b.is_ascii_digit()) {
        let message = format!("{:?} is no {name} code of {digits} digits", code.value);
        run.add(file, code.start, LintCode::BadHs, message);
    }
}

fn check_since(run: &mut Run, file: usize, since: Option<Text>) {
    if let Some(since) = since
        && let Err(error) = since.value.parse::<Since>()
    {
        run.add(file, since.start, LintCode::BadDate, error.message());
    }
}
