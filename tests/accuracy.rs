//! The accuracy report is current, and hides no false negative.

mod support;

use std::collections::BTreeSet;

use assert_cmd::Command;
use support::{LABELLED, labelled, rules, screen};
use tidewaiter::eval::{Accuracy, Wanted, write_markdown};

const REPORT: &str = include_str!("../docs/accuracy.md");
const REGENERATE: &str = "cargo run -- eval tests/labelled/s-2017-822.csv --list s-2017-822 \
                          --misses --format markdown --output docs/accuracy.md";

fn measured() -> Accuracy {
    Accuracy::measure(labelled(), screen)
}

/// Line and entry of each row in a section of the committed report.
fn committed(section: &str) -> BTreeSet<(String, String)> {
    let title = format!("## {section}: ");
    let lines = REPORT.lines().skip_while(|line| !line.starts_with(&title));
    let rows = lines.skip(1).take_while(|line| !line.starts_with("## "));
    rows.filter(|line| line.starts_with("| W"))
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            (
                cells[0].trim_start_matches("| ").to_owned(),
                cells[2].to_owned(),
            )
        })
        .collect()
}

#[test]
fn no_false_negative_is_new() {
    let known = committed("Missed");
    let accuracy = measured();
    let new: Vec<String> = accuracy
        .misses
        .iter()
        .filter(|m| m.kind == tidewaiter::eval::MissKind::Missed)
        .filter(|m| {
            let entry = m.entry.clone().unwrap_or_default();
            !known.contains(&(m.line_id.clone(), entry))
        })
        .map(|m| {
            let entry = m.entry.as_deref().unwrap_or("-");
            format!(
                "{} {entry}: {} became {}: {}",
                m.line_id, m.wanted, m.got, m.description
            )
        })
        .collect();
    assert!(
        new.is_empty(),
        "these goods are listed and no longer found; mend the screener, don't regenerate:\n{}",
        new.join("\n")
    );
}

#[test]
fn the_report_is_current() {
    let mut text = Vec::new();
    write_markdown(&mut text, &measured(), true).expect("writes");
    let text = String::from_utf8(text).expect("UTF-8");
    if let Some((number, (is, was))) = text
        .lines()
        .zip(REPORT.lines())
        .enumerate()
        .find(|(_, (is, was))| is != was)
    {
        panic!(
            "docs/accuracy.md is stale from line {}:\n  was {was}\n  is  {is}\nread what changed, then run\n  {REGENERATE}",
            number + 1
        );
    }
    assert_eq!(
        text, REPORT,
        "docs/accuracy.md is stale; run\n  {REGENERATE}"
    );
}

#[test]
fn the_report_names_every_miss() {
    let accuracy = measured();
    let named: usize = [
        "Missed",
        "Another verdict",
        "False alerts",
        "Noise",
        "Screenable or not",
    ]
    .map(|section| committed(section).len())
    .into_iter()
    .sum();
    assert_eq!(named, accuracy.misses.len());
}

#[test]
fn the_labelled_set_covers_the_list() {
    let set = labelled();
    assert!(set.lines.len() >= 600, "{} lines", set.lines.len());
    let list = &rules().lists()[0];
    let known: BTreeSet<&str> = list.entries.iter().map(|e| e.id.as_str()).collect();
    let labels = || set.lines.iter().flat_map(|line| &line.labels);
    for label in labels() {
        let entry = label.entry.as_deref();
        assert!(
            entry.is_none_or(|e| known.contains(e)),
            "{entry:?} is no entry"
        );
    }
    for entry in &known {
        for wanted in [Wanted::Hit, Wanted::Nothing] {
            let count = labels()
                .filter(|l| l.entry.as_deref() == Some(entry) && l.best() == wanted)
                .count();
            assert!(
                count >= 3,
                "{entry} has {count} lines labelled {}",
                wanted.as_str()
            );
        }
    }
    for wanted in Wanted::ALL {
        let count = labels().filter(|l| l.best() == wanted).count();
        assert!(count >= 20, "{count} lines labelled {}", wanted.as_str());
    }
    let texts: BTreeSet<&str> = set
        .lines
        .iter()
        .map(|l| l.item.description.as_str())
        .collect();
    assert_eq!(texts.len(), set.lines.len(), "a description stands twice");
    for line in &set.lines {
        let has = |wanted: &[Wanted]| line.labels.iter().any(|l| wanted.contains(&l.best()));
        assert!(
            !(has(&[Wanted::Nothing]) && has(&[Wanted::Hit, Wanted::Review])),
            "{}: none means that the line may raise no alert at all",
            line.item.line_id
        );
        if let Some(cas) = &line.item.cas {
            let number = cas.parse::<tidewaiter::CasNumber>();
            assert!(number.is_ok(), "{}: {cas}", line.item.line_id);
        }
    }
}

fn tidewaiter() -> Command {
    let mut command = Command::cargo_bin("tidewaiter").expect("the program is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

#[test]
fn the_program_writes_what_the_library_measures() {
    let output = tidewaiter()
        .args([
            "eval",
            LABELLED,
            "--list",
            "s-2017-822",
            "--misses",
            "--format",
            "json",
        ])
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(0));
    let written: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let measured = serde_json::to_value(measured()).expect("JSON");
    assert_eq!(written, measured);
}

#[test]
fn what_cannot_be_measured_ends_with_2_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bad.csv");
    let header = "line_id,description,hs,cas,qty,unit,lang,entry,verdict\n";
    for (text, expected) in [
        (
            format!("{header}1,a,,,,,en,E,maybe\n"),
            ":2: verdict \"maybe\" isn't known",
        ),
        (
            "line_id,description\n".to_owned(),
            ":1: column \"hs\" is missing",
        ),
        (header.to_owned(), "has no labelled lines"),
    ] {
        std::fs::write(&path, text).expect("writes");
        let output = tidewaiter().arg("eval").arg(&path).output().expect("runs");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(expected), "{message}");
    }
    let missing = tidewaiter()
        .args(["eval", "no-such.csv"])
        .output()
        .expect("runs");
    assert_eq!(missing.status.code(), Some(2));
}
