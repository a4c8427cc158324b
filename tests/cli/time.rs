//! `list at`, `list history`, `list diff`, and what `check` says of editions.

use serde_json::Value;

use crate::{settings, tidewaiter};

const OWN: [&str; 2] = ["--lists-dir", "tests/lists/time"];

fn run(args: &[&str]) -> (Option<i32>, String, String) {
    let output = tidewaiter(args).args(OWN).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn json(args: &[&str]) -> Value {
    let args = [args, &["--format", "json"]].concat();
    serde_json::from_str(&run(&args).1).expect("JSON")
}

/// Without what is said of embedded lists: there will be more of them.
fn own(text: &str) -> String {
    let mut ours = false;
    let mut kept = String::new();
    for line in text.lines() {
        if !line.starts_with(' ') && !line.is_empty() {
            ours = line.starts_with("first") || line.starts_with("second");
        }
        if ours {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn what_is_in_force_on_a_day() {
    settings("lists").bind(|| {
        for (name, args) in [
            ("at-first-day", &["list", "at", "2016-04-04"][..]),
            ("at-amended", &["list", "at", "2017-10-01"]),
            (
                "at-china-not-yet",
                &["list", "at", "2018-02-04", "--jurisdiction", "CN"],
            ),
            (
                "at-suspended",
                &["list", "at", "2020-07-01", "--jurisdiction", "CN,UN"],
            ),
        ] {
            let (code, text, _) = run(args);
            assert_eq!(code, Some(0), "{name}");
            insta::assert_snapshot!(name, own(&text));
        }
    });
    let at = json(&["list", "at", "2018-02-04", "--jurisdiction", "CN"]);
    assert_eq!(at["jurisdictions"], serde_json::json!(["CN"]));
    let editions = at["in_force"].as_array().expect("lists");
    let first = editions.iter().find(|list| list["list"] == "first");
    assert_eq!(first.expect("there")["edition"], "first@2016-04-04");
    let left_out = at["not_in_force"].as_array().expect("lists");
    let second = left_out.iter().find(|list| list["list"] == "second");
    let reason = second.expect("there")["reason"].as_str().expect("a text");
    assert!(
        reason.starts_with("not yet in force on 2018-02-04 for CN"),
        "{reason}"
    );
}

#[test]
fn the_editions_of_a_list() {
    let (code, text, _) = run(&["list", "history", "first"]);
    assert_eq!(code, Some(0));
    settings("lists").bind(|| insta::assert_snapshot!("history", text));
    let history = json(&["list", "history", "first"]);
    let editions = history["editions"].as_array().expect("editions");
    assert_eq!(editions.len(), 3);
    assert_eq!(editions[1]["in_force"][0]["to"], "2019-12-31");
    assert_eq!(
        editions[1]["made_by"][0]["instruments"][1]["binds"][0],
        "CN"
    );
    assert_eq!(editions[2]["changes"]["removed"][0]["entry"], "F.3");
    let (_, status, _) = run(&["list", "status"]);
    assert!(
        status.contains("edition first@2017-08-18: in force 2017-08-18 to 2019-12-31, "),
        "{status}"
    );
}

#[test]
fn what_changed_between_two_editions() {
    let ids = ["first@2016-04-04", "first@2021-01-01"];
    let (code, text, _) = run(&["list", "diff", ids[0], ids[1]]);
    assert_eq!(code, Some(0));
    settings("lists").bind(|| insta::assert_snapshot!("diff", text));
    let diff = json(&["list", "diff", ids[0], ids[1]]);
    settings("lists").bind(|| {
        let text = serde_json::to_string_pretty(&diff).expect("JSON");
        insta::assert_snapshot!("diff-json", text);
    });
    let (_, text, _) = run(&["list", "show", "first@2017-10-01"]);
    assert!(text.contains("Nitric acid of 20 % or more"), "{text}");
    assert!(text.contains("cited: S/2017, item 5 (confirmed)"), "{text}");
}

#[test]
fn what_cannot_be_answered_says_why() {
    for (args, words) in [
        (
            &["list", "show", "first@2016-04-03"][..],
            "2016-04-03 is before the first edition of first",
        ),
        (
            &["list", "diff", "first@2015", "first@2017-08-18"],
            "first has no edition \"2015\"; it has 2016-04-04, 2017-08-18, 2020-01-01",
        ),
        (&["list", "history", "third"], "there is no list \"third\""),
        (&["list", "at", "1 June 2017"], "write it as 2018-04-08"),
        (
            &["list", "at", "2017-10-01", "--jurisdiction", "XX"],
            "--jurisdiction: \"XX\" is no jurisdiction",
        ),
        (
            &[
                "check",
                "-",
                "--list",
                "second",
                "--as-of",
                "2018-02-04",
                "--jurisdiction",
                "CN",
            ],
            "second: not yet in force on 2018-02-04 for CN (Announcement 17: since 2018-02-05)",
        ),
    ] {
        let (code, _, text) = run(args);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_date_named_for_all_goods_stands_above_their_own() {
    let manifest = "goods,date\nRING MAGNET,2017-06-01\nRING MAGNET,2017-10-01\n";
    let hits = |args: &[&str]| -> u64 {
        let all = ["check", "-", "--list", "first", "--format", "json"];
        let output = tidewaiter(&[&all, args].concat())
            .args(OWN)
            .write_stdin(manifest)
            .output()
            .expect("runs");
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["summary"]["sums"]["hit"].as_u64().expect("a number")
    };
    assert_eq!(hits(&[]), 1);
    assert_eq!(hits(&["--as-of", "2017-06-01"]), 0);
    assert_eq!(hits(&["--as-of", "2017-10-01"]), 2);
}
