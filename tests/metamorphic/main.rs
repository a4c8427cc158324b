//! Recall under noise: each operator on each labelled line, against the clean lines.
//!
//! An operator keeps what it keeps of the alerts that the clean lines have, and raises what it
//! raises on lines that may have none. The table is what to look at; run
//! `cargo test --test metamorphic -- --ignored --nocapture`.

#[path = "../support/mod.rs"]
mod support;

mod operators;
mod random;

use std::fmt::Write;

use operators::{Change, OPERATORS};
use random::Random;
use support::{labelled, screen, verdicts};
use tidewaiter::eval::{LabelledLine, Wanted};
use tidewaiter::{GoodsItem, Verdict};

/// How often each line is changed, each time otherwise.
const ROUNDS: u32 = 3;

/// What an operator does to the figures.
#[derive(Default)]
struct Effect {
    /// Rows alerted clean and changed by the operator; those still alerted; still a hit.
    alerted: u32,
    kept: u32,
    hits: u32,
    hits_kept: u32,
    /// Changed lines labelled none; those alerted clean, and changed.
    lookalikes: u32,
    false_clean: u32,
    false_changed: u32,
    /// What was alerted clean and no longer is.
    lost: Vec<String>,
}

fn share(count: u32, of: u32) -> f64 {
    100.0 * f64::from(count) / f64::from(of.max(1))
}

fn alerts(item: &GoodsItem) -> bool {
    verdicts(&screen(item))
        .values()
        .any(|v| *v > Verdict::Cleared)
}

fn apply(line: &LabelledLine, name: &str, change: Change, round: u32) -> Option<GoodsItem> {
    let mut random = Random::new(&format!("{name}/{}/{round}", line.item.line_id));
    let description = change(&line.item.description, &mut random);
    (description != line.item.description).then(|| GoodsItem {
        description,
        ..line.item.clone()
    })
}

fn measure(name: &str, change: Change) -> Effect {
    let mut effect = Effect::default();
    for line in &labelled().lines {
        let clean = verdicts(&screen(&line.item));
        for changed in (0..ROUNDS).filter_map(|round| apply(line, name, change, round)) {
            let found = verdicts(&screen(&changed));
            for label in &line.labels {
                let entry = label.entry.as_deref().unwrap_or("");
                let was = clean.get(entry).copied();
                let is = found.get(entry).copied();
                if matches!(label.best(), Wanted::Hit | Wanted::Review)
                    && was > Some(Verdict::Cleared)
                {
                    effect.alerted += 1;
                    if is > Some(Verdict::Cleared) {
                        effect.kept += 1;
                    } else {
                        effect
                            .lost
                            .push(format!("{entry} {:?}", changed.description));
                    }
                    if was == Some(Verdict::Hit) {
                        effect.hits += 1;
                        effect.hits_kept += u32::from(is == was);
                    }
                }
            }
            if line.labels.iter().all(|l| l.best() == Wanted::Nothing) {
                effect.lookalikes += 1;
                effect.false_clean += u32::from(alerts(&line.item));
                effect.false_changed += u32::from(alerts(&changed));
            }
        }
    }
    effect
}

fn table() -> String {
    let mut text = String::from(
        "| operator | rows | alerts kept % | hits kept % | look-alikes | false alerts, points more |\n\
         | --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (name, change) in OPERATORS {
        let e = measure(name, *change);
        let more = share(e.false_changed, e.lookalikes) - share(e.false_clean, e.lookalikes);
        writeln!(
            text,
            "| {name} | {} | {:.1} | {:.1} | {} | {more:+.1} |",
            e.alerted,
            share(e.kept, e.alerted),
            share(e.hits_kept, e.hits),
            e.lookalikes
        )
        .expect("a string takes all");
    }
    text
}

#[test]
#[ignore = "a measuring tool; it takes a minute and prints a table"]
fn the_table() {
    let table = table();
    println!("{table}");
    assert_eq!(table.lines().count(), OPERATORS.len() + 2);
}

#[test]
#[ignore = "a measuring tool; it prints what each operator loses"]
fn the_losses() {
    for (name, change) in OPERATORS {
        let effect = measure(name, *change);
        assert_eq!(effect.lost.len() as u32, effect.alerted - effect.kept);
        println!("{name}: {} of {} lost", effect.lost.len(), effect.alerted);
        for lost in effect.lost.iter().take(12) {
            println!("  {lost}");
        }
    }
}

#[test]
fn each_operator_changes_lines_and_always_alike() {
    for (name, change) in OPERATORS {
        let changed = |line: &LabelledLine| apply(line, name, *change, 0);
        let lines = &labelled().lines;
        let count = lines.iter().filter(|line| changed(line).is_some()).count();
        assert!(count > 100, "{name} changes {count} lines");
        assert_eq!(changed(&lines[0]), changed(&lines[0]), "{name}");
    }
}
