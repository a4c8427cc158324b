//! The head of a list and its instruments: ids, days, who is bound.

use super::{LintCode, Run};
use crate::list::tree::{Node, Text};
use crate::vocab::{Country, Day};

/// What an instrument may order.
const MEASURES: &[&str] = &["export-ban", "import-ban", "export-and-import-ban"];
/// Who may be bound besides a country by its code: every member of the UN, the EU's, the UK.
const UNIONS: &[&str] = &["UN", "EU", "UK"];

pub(super) fn check(run: &mut Run) {
    check_head(run);
    check_instruments(run);
}

/// The instruments of a list of any kind.
pub(super) fn check_instruments(run: &mut Run) {
    let instruments = run.tables("instrument");
    run.unique("instrument", "id", instruments.iter().copied());
    for (file, instrument) in instruments {
        check_one(run, file, instrument);
    }
}

/// Checks an instrument of a list or of an amendment.
pub(super) fn check_one(run: &mut Run, file: usize, instrument: Node) {
    check_words(run, file, instrument);
    if let Some(day) = instrument.text("adopted") {
        read_day(run, file, day);
    }
    check_intervals(run, file, instrument);
}

fn check_head(run: &mut Run) {
    let heads: Vec<(usize, Node)> = run
        .roots
        .iter()
        .enumerate()
        .filter_map(|(file, root)| Some((file, root.table("list")?)))
        .collect();
    for (file, head) in heads.iter().skip(1) {
        let message = "a second [list] table; one of the list's files has it";
        run.add(*file, head.start, LintCode::ListHead, message);
    }
    let Some((file, head)) = heads.first().copied() else {
        let message = "no [list] table in any file of the list";
        run.add(0, 0, LintCode::ListHead, message);
        return;
    };
    if let Some(day) = head.text("checked") {
        read_day(run, file, day);
    }
    if let Some(id) = head.text("id").filter(|id| id.value.contains('@')) {
        let message = format!(
            "the id {:?} has an @, which stands before an edition",
            id.value
        );
        run.add(file, id.start, LintCode::ListHead, message);
    }
    let entries = run.tables("entry").len();
    if let Some(count) = head.count("entries").filter(|count| *count != entries) {
        let message = format!("the list says {count} entries, its files have {entries}");
        run.add(file, head.place("entries"), LintCode::EntryCount, message);
    }
}

fn check_words(run: &mut Run, file: usize, instrument: Node) {
    run.one_of(file, instrument, "measure", MEASURES);
    let is_country = |code: &str| code.len() == 2 && code.parse::<Country>().is_ok();
    for bound in instrument.texts("binds") {
        if !UNIONS.contains(&bound.value) && !is_country(bound.value) {
            let message = format!(
                "{:?} is nobody that can be bound; write UN, EU, UK or a country's ISO 3166-1 code",
                bound.value
            );
            run.add(file, bound.start, LintCode::UnknownValue, message);
        }
    }
    for country in instrument.texts("destinations") {
        if !is_country(country.value) {
            let message = format!(
                "{:?} is no country; write its ISO 3166-1 alpha-2 code",
                country.value
            );
            run.add(file, country.start, LintCode::UnknownValue, message);
        }
    }
}

/// Checks the intervals of days in force.
pub(super) fn check_intervals(run: &mut Run, file: usize, instrument: Node) {
    let mut spans: Vec<(Day, Option<Day>, usize)> = Vec::new();
    for interval in instrument.tables("in_force") {
        let Some(from) = interval.text("from").and_then(|t| read_day(run, file, t)) else {
            continue;
        };
        let mut to = None;
        if let Some(day) = interval.text("to") {
            let Some(last) = read_day(run, file, day) else {
                continue;
            };
            to = Some(last);
        }
        if let Some(last) = to.filter(|last| *last < from) {
            let message = format!("the interval ends on {last}, before it begins on {from}");
            let place = interval.place("to");
            run.add(file, place, LintCode::IntervalReversed, message);
            continue;
        }
        spans.push((from, to, interval.start));
    }
    spans.sort_unstable();
    for pair in spans.windows(2) {
        let ((first, last, _), (second, _, place)) = (pair[0], pair[1]);
        if last.is_none_or(|last| second <= last) {
            let message = format!(
                "the interval from {second} overlaps the one from {first}; `to` is the last day in force"
            );
            run.add(file, place, LintCode::IntervalOverlap, message);
        }
    }
}

fn read_day(run: &mut Run, file: usize, day: Text) -> Option<Day> {
    match day.value.parse() {
        Ok(day) => Some(day),
        Err(error) => {
            run.add(file, day.start, LintCode::BadDate, error.message());
            None
        }
    }
}
