//! Stored reports that can't be used, as baselines and for screening again.

use crate::lifecycle::Folder;
use crate::settings;

const MANIFEST: &str = "No,Goods\n1,MIG WELDER 350 A DC\n2,COTTON SHIRTS\n";
const OTHER: &str = "No,Goods\n1,TRIBUTYL PHOSPHATE 99 %\n2,WOOL SOCKS\n";

fn folder() -> Folder {
    let folder = Folder::new(&[("m.csv", MANIFEST), ("other.csv", OTHER)]);
    for (name, manifest, rest) in [
        ("findings.jsonl", "m.csv", &["--format", "jsonl"][..]),
        (
            "whole.jsonl",
            "m.csv",
            &["--format", "jsonl", "--keep-goods"],
        ),
        ("whole.json", "m.csv", &["--format", "json", "--keep-goods"]),
        ("report.txt", "m.csv", &[]),
        ("report.csv", "m.csv", &["--format", "csv"]),
        ("other.jsonl", "other.csv", &["--format", "jsonl"]),
    ] {
        let mut args = vec!["check", manifest, "-o", name, "--as-of", "2024-06-30"];
        args.extend(rest);
        assert_eq!(folder.run(&args).0, 1, "{name}");
    }
    let whole = folder.read("whole.jsonl");
    let lines: Vec<&str> = whole.lines().collect();
    let write = |name: &str, text: String| {
        std::fs::write(folder.path(name), text).expect("written");
    };
    write(
        "version-2.jsonl",
        whole.replace("report_version\":1", "report_version\":2"),
    );
    write("broken-off.jsonl", lines[..lines.len() - 1].join("\n"));
    write("cut-line.jsonl", whole[..whole.len() - 400].to_owned());
    write(
        "line-less.jsonl",
        [&lines[..1], &lines[2..]].concat().join("\n"),
    );
    write("twice.jsonl", format!("{whole}{whole}"));
    write("empty.jsonl", String::new());
    write("other.json", "{\"hello\": 1}".to_owned());
    write("array.json", "[1, 2]".to_owned());
    write(
        "goods-less.jsonl",
        whole.replace("\"goods\":{", "\"ware\":{"),
    );
    folder
}

#[test]
fn what_is_no_such_report_is_refused_with_the_reason() {
    let folder = folder();
    let mut told = String::new();
    for args in [
        &["check", "m.csv", "--baseline", "m.csv"][..],
        &["check", "m.csv", "--baseline", "report.txt"],
        &["check", "m.csv", "--baseline", "report.csv"],
        &["check", "m.csv", "--baseline", "empty.jsonl"],
        &["check", "m.csv", "--baseline", "other.json"],
        &["check", "m.csv", "--baseline", "array.json"],
        &["check", "m.csv", "--baseline", "version-2.jsonl"],
        &["check", "m.csv", "--baseline", "other.jsonl"],
        &["check", "m.csv", "--baseline", "broken-off.jsonl"],
        &["check", "m.csv", "--baseline", "cut-line.jsonl"],
        &["check", "m.csv", "--baseline", "twice.jsonl"],
        &["check", "m.csv", "--keep-goods"],
        &[
            "check",
            "m.csv",
            "--baseline",
            "whole.json",
            "-o",
            "whole.json",
        ],
        &["rescreen", "findings.jsonl"],
        &["rescreen", "report.txt"],
        &["rescreen", "version-2.jsonl"],
        &["rescreen", "broken-off.jsonl"],
        &["rescreen", "line-less.jsonl"],
        &["rescreen", "goods-less.jsonl"],
        &["rescreen", "whole.json", "-o", "whole.json"],
    ] {
        let (code, text, error) = folder.run(args);
        assert_eq!((code, text.as_str()), (2, ""), "{args:?}");
        let version = format!("by tidewaiter {}", env!("CARGO_PKG_VERSION"));
        let error = error.replace(&version, "by tidewaiter VERSION");
        told.push_str(&format!("$ tidewaiter {}\n  {error}", args.join(" ")));
    }
    settings("stored").bind(|| insta::assert_snapshot!("refused", told));
}

#[test]
fn fail_on_new_needs_something_to_be_new_to() {
    let folder = folder();
    assert_eq!(folder.run(&["check", "m.csv", "--fail-on-new"]).0, 2);
}

#[test]
fn json_and_jsonl_are_screened_again_alike() {
    let folder = folder();
    for format in ["text", "json", "jsonl", "csv"] {
        let again = |report: &str| {
            let args = [
                "rescreen",
                report,
                "--as-of",
                "2024-06-30",
                "--format",
                format,
            ];
            let (code, text, _) = folder.run(&args);
            assert_eq!(code, 1, "{report} {format}");
            // Their own names and hashes are in the header.
            let at = text.find(report).unwrap_or_default();
            let hash = text[at..].split(|c: char| !c.is_ascii_hexdigit());
            let hash = hash.into_iter().find(|word| word.len() == 64);
            let hash = hash.unwrap_or("no hash").to_owned();
            text.replace(report, "REPORT").replace(&hash, "HASH")
        };
        let (one, other) = (again("whole.jsonl"), again("whole.json"));
        assert_eq!(one, other, "{format}");
        assert!(one.contains("MIG WELDER 350 A DC"), "{one}");
    }
}

#[test]
fn a_rescreening_of_a_rescreening_is_the_same() {
    let folder = folder();
    let run = |from: &str, to: &str| {
        let args = [
            "rescreen",
            from,
            "--as-of",
            "2024-06-30",
            "--format",
            "jsonl",
        ];
        let mut args = args.to_vec();
        args.extend(["--keep-goods", "-o", to]);
        assert_eq!(folder.run(&args).0, 1);
        let text = folder.read(to);
        let (_, rest) = text.split_once('\n').expect("a header");
        rest.to_owned()
    };
    assert_eq!(run("whole.jsonl", "a.jsonl"), run("a.jsonl", "b.jsonl"));
}

#[test]
fn a_baseline_is_of_these_goods_when_any_is_the_same() {
    let folder = folder();
    // One line described otherwise, the other the same: no finding is shared, one shirt is.
    let changed = "No,Goods\n1,COTTON SHIRTS\n2,MIG WELDER 360 A DC\n";
    std::fs::write(folder.path("changed.csv"), changed).expect("written");
    let args = ["check", "changed.csv", "--baseline", "findings.jsonl"];
    let (code, text, error) = folder.run(&args);
    assert_eq!(code, 1, "{error}");
    assert!(
        text.contains("1 new, 0 changed, 0 unchanged, 1 gone"),
        "{text}"
    );
    assert!(text.contains("these goods are no longer in the manifests"));
}
