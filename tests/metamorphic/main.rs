//! Recall under noise: each operator on each labelled line, against the clean lines.
//!
//! An operator keeps what it keeps of the alerts that the clean lines have, and raises what it
//! raises on lines that may have none. The table stands in `docs/noise.md`; what each operator loses
//! is printed by `cargo test --test metamorphic -- --ignored --nocapture the_losses`.

#[path = "../support/mod.rs"]
mod support;

mod effect;
mod operators;
mod random;
mod table;

use effect::{Effect, apply};
use operators::OPERATORS;
use support::labelled;
use table::{exception, measured, write};

const COMMITTED: &str = include_str!("../../docs/noise.md");
const REMEDY: &str = "cargo test --test metamorphic -- --ignored write_the_table";

/// What every operator must keep of the alerts, in per cent.
const GOAL: f64 = 95.0;
/// Most look-alikes more of a hundred that may be alerted.
const MOST_RAISED: f64 = 1.0;

#[test]
fn the_table_is_current_and_no_operator_falls_below_its_floor() {
    let effects = measured();
    for ((name, _), effect) in OPERATORS.iter().zip(&effects) {
        let (floor, most) = exception(name).map_or((GOAL, MOST_RAISED), |e| (e.floor, e.raised));
        let (kept, raised) = (effect.alerts_kept(), effect.raised_points());
        assert!(
            kept >= floor,
            "{name} keeps {kept:.1} % of the alerts, less than {floor}"
        );
        assert!(
            raised <= most,
            "{name} raises {raised:+.1} points of false alerts, over {most}"
        );
    }
    let table = write(&effects);
    for (is, was) in table.lines().zip(COMMITTED.lines()) {
        assert_eq!(
            is, was,
            "docs/noise.md is stale: read what changed, then run {REMEDY}"
        );
    }
    assert_eq!(table, COMMITTED, "docs/noise.md is stale: run {REMEDY}");
}

#[test]
fn a_reason_stands_only_where_an_operator_needs_one() {
    for name in table::excepted() {
        let of_table = OPERATORS.iter().any(|(operator, _)| *operator == name);
        assert!(of_table, "{name} is no operator");
        let exception = exception(name).expect("it is in the list");
        let below = exception.floor < GOAL || exception.raised > MOST_RAISED;
        assert!(below && exception.reason.len() > 40, "{name}");
    }
}

#[test]
fn each_operator_changes_lines_and_always_alike() {
    for (name, change) in OPERATORS {
        let lines = &labelled().lines;
        let changed = |line| apply(line, name, *change);
        let count = lines.iter().filter(|line| changed(line).is_some()).count();
        assert!(count > 100, "{name} changes {count} lines");
        assert_eq!(changed(&lines[0]), changed(&lines[0]), "{name}");
    }
}

#[test]
#[ignore = "it writes docs/noise.md"]
fn write_the_table() {
    let table = write(&measured());
    std::fs::write("docs/noise.md", &table).expect("docs/noise.md can be written");
    assert_eq!(std::fs::read_to_string("docs/noise.md").ok(), Some(table));
}

#[test]
#[ignore = "a measuring tool; it prints what each operator loses and raises"]
fn the_losses() {
    for (name, change) in OPERATORS {
        let effect = Effect::of(name, *change);
        assert_eq!(effect.lost.len() as u32, effect.alerted - effect.kept);
        println!("{name}: {} of {} lost", effect.lost.len(), effect.alerted);
        for lost in &effect.lost {
            println!("  {lost}");
        }
        println!(
            " raised on {} of {}",
            effect.raised.len(),
            effect.lookalikes
        );
        for raised in &effect.raised {
            println!("  {raised}");
        }
    }
}
