//! What happens to a shipment over the years, in one story: it is checked, a finding is waived, the
//! waiver expires, the list is amended, the goods are screened again, the next manifest is held
//! against the first.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::settings;

const MANIFEST: &str = "\
No,SKU,Description of goods,Consignee,Destination
1,G-6,GYRO GAUGE OUTPUT POWER 6 KW,Yard 2,VN
2,G-0,GYRO GAUGE,Yard 2,VN
3,G-4,GYRO GAUGE OUTPUT POWER 4.5 KW,Yard 2,VN
4,L-1,MARSH LANTERN OF MONEL,Shop,KP
5,C-1,COTTON SHIRTS,Shop,KP
TOTAL,,,,
";

/// The week after: line 1 has gone, the others moved, there is another lantern.
const NEXT: &str = "\
No,SKU,Description of goods,Consignee,Destination
1,C-1,COTTON SHIRTS,Shop,KP
2,L-2,MARSH LANTERN OF MONEL 400 MM,Shop,KP
3,L-1,Marsh lantern of  Monel,Shop,KP
4,G-0,GYRO GAUGE,Yard 2,VN
5,G-4,GYRO GAUGE OUTPUT POWER 4.5 KW,Yard 2,VN
";

/// A folder with manifests, and the program in it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        for (name, text) in files {
            std::fs::write(folder.path(name), text).expect("written");
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect(name)
    }

    /// Exit code, standard output, standard error.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_tidewaiter"))
            .current_dir(self.0.path())
            .args(args)
            .output()
            .expect("runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.code().expect("a code"),
            text(output.stdout),
            text(output.stderr),
        )
    }

    /// The findings of a stored report by line and entry.
    pub fn findings(&self, report: &str) -> Vec<(String, Value)> {
        let text = self.read(report);
        let lines = text.lines().map(|l| serde_json::from_str(l).expect("JSON"));
        let items = lines.filter(|record: &Value| record["record"] == "item");
        items
            .flat_map(|item| {
                let line = item["line_id"].as_str().expect("a line").to_owned();
                let findings = item["findings"].as_array().expect("findings").clone();
                findings.into_iter().map(move |f| (line.clone(), f))
            })
            .collect()
    }

    pub fn fingerprint(&self, report: &str, line: &str) -> String {
        let findings = self.findings(report);
        let found = findings.iter().find(|(id, _)| id == line);
        let finding = &found.expect(line).1;
        finding["fingerprint"].as_str().expect("a text").to_owned()
    }
}

pub fn lists(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.join("tests/lists").join(name).display().to_string()
}

/// A report without what changes from release to release.
fn stable(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let words = line.trim_start();
        let line = match words.split_once(char::is_whitespace) {
            Some(("sha256", _)) => "  sha256       …",
            Some(("program", _)) => "  program      …",
            _ => line,
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn check_waive_recheck_expire_amend_rescreen_and_compare() {
    let folder = Folder::new(&[("m.csv", MANIFEST), ("next.csv", NEXT)]);
    let (before, after) = (lists("own"), lists("amended"));
    let under = |lists: &str, day: &str, args: &[&str]| {
        let mut all: Vec<&str> = args.to_vec();
        all.extend(["--list", "house", "--lists-dir", lists, "--as-of", day]);
        folder.run(&all)
    };
    let snapshot = |name: &str, text: &str| {
        settings("lifecycle").bind(|| insta::assert_snapshot!(name, stable(text)));
    };

    // The day of shipment.
    let (code, text, _) = under(&before, "2024-02-01", &["check", "m.csv"]);
    assert_eq!(code, 1);
    snapshot("1-check", &text);
    let keep = ["--format", "jsonl", "--keep-goods", "-o", "shipped.jsonl"];
    let mut args = vec!["check", "m.csv"];
    args.extend(keep);
    let (code, text, _) = under(&before, "2024-02-01", &args);
    assert_eq!((code, text.as_str()), (1, ""));

    // An officer lets two of them go.
    let base = ["waiver", "new", "shipped.jsonl"];
    let one = folder.fingerprint("shipped.jsonl", "1");
    let two = folder.fingerprint("shipped.jsonl", "4");
    let who = ["--approver", "A. Officer", "--issued", "2024-02-02"];
    for (finding, rest) in [
        (
            &one,
            &["--reason", "the yard's own, seen", "--reference", "file 17"][..],
        ),
        (
            &two,
            &[
                "--reason",
                "for the museum",
                "--by",
                "sku",
                "--consignee",
                "shop",
            ],
        ),
    ] {
        let mut args = base.to_vec();
        args.extend([finding.get(..16).expect("digits")]);
        args.extend(who);
        args.extend(["--expires", "2024-12-31", "--append", "tidewaiter.toml"]);
        args.extend(rest);
        assert_eq!(folder.run(&args), (0, String::new(), String::new()));
    }
    snapshot(
        "2-waivers",
        &folder.read("tidewaiter.toml").replace(&one, "…"),
    );

    // The same again: what is waived is told, and isn't open.
    let (code, text, _) = under(&before, "2024-02-02", &["check", "m.csv"]);
    assert_eq!(code, 1, "line 2 is open");
    snapshot("3-recheck", &text);
    let hits = ["check", "m.csv", "--fail-on", "hit"];
    assert_eq!(under(&before, "2024-02-02", &hits).0, 0);
    assert_eq!(under(&before, "2024-02-01", &hits).0, 1, "not yet issued");
    let (code, text, _) = under(&before, "2024-02-02", &["check", "m.csv", "--show-waived"]);
    assert_eq!(code, 1);
    snapshot("4-show-waived", &text);

    // The last day counts, the next one doesn't.
    let (code, text, _) = under(&before, "2024-12-31", &hits);
    assert_eq!(code, 0);
    assert!(text.contains("expires on 2024-12-31, in 0 days"), "{text}");
    let (code, text, _) = under(&before, "2025-01-01", &hits);
    assert_eq!(code, 1);
    snapshot("5-expired", &text);

    // The list is amended: what about what was shipped?
    let again = ["rescreen", "shipped.jsonl", "--fail-on-new"];
    let (code, text, _) = under(&before, "2024-03-01", &again);
    assert_eq!(code, 0, "nothing changed: {text}");
    let (code, text, _) = under(&after, "2024-03-01", &again);
    assert_eq!(code, 1);
    snapshot("6-rescreen", &text);
    let mut args = vec!["rescreen", "shipped.jsonl"];
    args.extend([
        "--format",
        "jsonl",
        "--keep-goods",
        "-o",
        "rescreened.jsonl",
    ]);
    assert_eq!(under(&after, "2024-03-01", &args).0, 1);
    let states: Vec<String> = folder
        .findings("rescreened.jsonl")
        .iter()
        .map(|(line, f)| {
            let since = &f["since_baseline"];
            let word = |v: &Value| v.as_str().unwrap_or("-").to_owned();
            let waived = if f["waiver"].is_object() {
                " waived"
            } else {
                ""
            };
            format!(
                "{line} {} {} {} was {}{waived}",
                word(&f["entry"]),
                word(&f["verdict"]),
                word(&since["state"]),
                word(&since["was"])
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            "1 H.1 hit changed was hit waived",
            "2 H.1 review changed was review",
            "3 H.1 hit changed was cleared",
            "4 H.3 hit new was -",
        ]
    );
    let text = folder.read("rescreened.jsonl");
    assert!(text.contains("\"record\":\"gone\"") && text.contains("\"entry\":\"H.2\""));

    // The next manifest against the first report.
    let args = ["check", "next.csv", "--baseline", "shipped.jsonl"];
    let (code, text, _) = under(&before, "2024-02-08", &args);
    assert_eq!(code, 1);
    snapshot("7-baseline", &text);
    let mut args = args.to_vec();
    args.push("--fail-on-new");
    assert_eq!(under(&before, "2024-02-08", &args).0, 1, "another lantern");
}

#[test]
fn a_baseline_is_compared_before_waivers() {
    let folder = Folder::new(&[("m.csv", MANIFEST)]);
    let own = lists("own");
    let base = [
        "--list",
        "house",
        "--lists-dir",
        &own,
        "--as-of",
        "2024-02-02",
    ];
    let run = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(base);
        folder.run(&all)
    };
    run(&["check", "m.csv", "--format", "jsonl", "-o", "open.jsonl"]);
    let one = folder.fingerprint("open.jsonl", "1");
    let (code, text, _) = folder.run(&[
        "waiver",
        "new",
        "open.jsonl",
        &one,
        "--reason",
        "r",
        "--approver",
        "a",
        "--issued",
        "2024-01-01",
        "--expires",
        "2025-01-01",
    ]);
    assert_eq!(code, 0);
    std::fs::write(folder.path("tidewaiter.toml"), text).expect("written");
    run(&["check", "m.csv", "--format", "jsonl", "-o", "waived.jsonl"]);
    assert!(
        folder
            .read("waived.jsonl")
            .contains("\"waived_findings\":1")
    );
    // With the waiver or without it, in either report: the finding is the same.
    for (baseline, config) in [
        ("open.jsonl", "--show-waived"),
        ("waived.jsonl", "--show-waived"),
        ("waived.jsonl", "--no-config"),
    ] {
        let args = [
            "check",
            "m.csv",
            "--baseline",
            baseline,
            "--fail-on-new",
            config,
        ];
        let (code, text, _) = run(&args);
        assert_eq!(code, 0, "{text}");
        assert!(
            text.contains("0 new, 0 changed, 4 unchanged, 0 gone"),
            "{text}"
        );
    }
}
