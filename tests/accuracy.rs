//! The accuracy report is current, and hides no false negative.

mod support;

use std::collections::BTreeSet;

use assert_cmd::Command;
use support::{LABELLED, labelled, rules, screen};
use tidewaiter::eval::{Accuracy, LabelledSet, Wanted, write_markdown};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::{Ruleset, Screener, list};

/// A labelled set of the project, the report of it, and the lists that it is judged for.
struct Set {
    labelled: &'static str,
    report: &'static str,
    committed: &'static str,
    lists: &'static [&'static str],
    /// What the numbers of its lines begin with.
    letter: char,
}

const SETS: [Set; 2] = [
    Set {
        labelled: LABELLED,
        report: "docs/accuracy.md",
        committed: include_str!("../docs/accuracy.md"),
        lists: &["s-2017-822"],
        letter: 'W',
    },
    Set {
        labelled: "tests/labelled/dprk-2016-2017.csv",
        report: "docs/accuracy-2016-2017.md",
        committed: include_str!("../docs/accuracy-2016-2017.md"),
        lists: &["s-2016-308", "unscr-2321-annex-iii", "s-2017-728"],
        letter: 'D',
    },
];

impl Set {
    fn measured(&self) -> Accuracy {
        let mut lists = list::embedded().to_vec();
        lists.retain(|list| self.lists.contains(&list.head.id.as_str()));
        let rules = Ruleset::compile(lists, Lexicon::embedded()).expect("compiles");
        let screener = Screener::new(&rules);
        Accuracy::measure(&self.lines(), |item| screener.screen(item))
    }

    fn lines(&self) -> LabelledSet {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(self.labelled);
        let bytes = std::fs::read(path).expect("the labelled file is there");
        LabelledSet::read(self.labelled, &bytes).expect("the labelled file is sound")
    }

    /// The command that writes the report.
    fn command(&self) -> String {
        let lists: String = self
            .lists
            .iter()
            .fold(String::new(), |all, list| all + " --list " + list);
        format!(
            "cargo run -- eval {}{lists} --misses --format markdown --output {}",
            self.labelled, self.report
        )
    }

    /// Line and entry of each row in a section of the committed report.
    fn committed(&self, section: &str) -> BTreeSet<(String, String)> {
        let title = format!("## {section}: ");
        let start = format!("| {}", self.letter);
        let lines = self
            .committed
            .lines()
            .skip_while(|line| !line.starts_with(&title));
        let rows = lines.skip(1).take_while(|line| !line.starts_with("## "));
        rows.filter(|line| line.starts_with(&start))
            .map(|line| {
                let cells: Vec<&str> = line.split(" | ").collect();
                (
                    cells[0].trim_start_matches("| ").to_owned(),
                    cells[2].to_owned(),
                )
            })
            .collect()
    }
}

#[test]
fn no_false_negative_is_new() {
    for set in SETS {
        let known = set.committed("Missed");
        let accuracy = set.measured();
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
}

#[test]
fn the_reports_are_current() {
    for set in SETS {
        let mut text = Vec::new();
        write_markdown(&mut text, &set.measured(), true).expect("writes");
        let text = String::from_utf8(text).expect("UTF-8");
        let (report, command) = (set.report, set.command());
        if let Some((number, (is, was))) = text
            .lines()
            .zip(set.committed.lines())
            .enumerate()
            .find(|(_, (is, was))| is != was)
        {
            panic!(
                "{report} is stale from line {}:\n  was {was}\n  is  {is}\nread what changed, then run\n  {command}",
                number + 1
            );
        }
        assert_eq!(text, set.committed, "{report} is stale; run\n  {command}");
    }
}

#[test]
fn the_reports_name_every_miss() {
    for set in SETS {
        let named: usize = [
            "Missed",
            "Another verdict",
            "False alerts",
            "Noise",
            "Screenable or not",
        ]
        .map(|section| set.committed(section).len())
        .into_iter()
        .sum();
        assert_eq!(named, set.measured().misses.len(), "{}", set.report);
    }
}

#[test]
fn every_entry_of_the_other_lists_has_labelled_lines() {
    let set = &SETS[1];
    let lines = set.lines();
    let labels = || lines.lines.iter().flat_map(|line| &line.labels);
    let lists = list::embedded().iter();
    let lists = lists.filter(|list| set.lists.contains(&list.head.id.as_str()));
    for entry in lists.flat_map(|list| &list.entries) {
        let count = labels()
            .filter(|l| l.entry.as_deref() == Some(entry.id.as_str()))
            .count();
        assert!(count >= 3, "{} has {count} labelled lines", entry.id);
    }
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
    let measured = Accuracy::measure(labelled(), screen);
    let measured = serde_json::to_value(measured).expect("JSON");
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
