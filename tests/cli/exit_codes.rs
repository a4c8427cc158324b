//! What the exit code says.

use crate::tidewaiter;

fn code(args: &[&str], manifest: &str) -> i32 {
    let mut all = vec!["check", "-"];
    all.extend(args);
    let output = tidewaiter(&all)
        .write_stdin(manifest)
        .output()
        .expect("runs");
    output.status.code().expect("a code")
}

const HIT: &str = "goods\nMIG WELDER 350 A DC\n";
const REVIEW: &str = "goods\nMIG WELDER\n";
const CLEARED: &str = "goods\nMIG WELDER 140 A DC\n";
const CLEAR: &str = "goods\nCOTTON SHIRTS\n";
const VAGUE: &str = "goods\nSPARE PARTS\n";

#[test]
fn nothing_found_is_0() {
    assert_eq!(code(&[], CLEAR), 0);
    assert_eq!(code(&[], CLEARED), 0);
}

#[test]
fn findings_at_or_above_the_bar_are_1() {
    for (bar, on_hit, on_review) in [("review", 1, 1), ("hit", 1, 0), ("never", 0, 0)] {
        assert_eq!(code(&["--fail-on", bar], HIT), on_hit, "{bar}");
        assert_eq!(code(&["--fail-on", bar], REVIEW), on_review, "{bar}");
    }
    assert_eq!(code(&[], &format!("{VAGUE}MIG WELDER 350 A DC\n")), 1);
}

#[test]
fn what_cannot_be_carried_out_is_2() {
    tidewaiter(&["check", "there-is-no-such-file.csv"])
        .assert()
        .code(2);
    tidewaiter(&["check"]).assert().code(2);
    tidewaiter(&["check", "-", "--no-such-flag"])
        .assert()
        .code(2);
    tidewaiter(&["explain", "NO.SUCH.ENTRY"]).assert().code(2);
    assert_eq!(code(&["--as-of", "yesterday"], CLEAR), 2);
    assert_eq!(code(&[], "colour,size\nred,5\n"), 2);
}

#[test]
fn lines_that_say_nothing_are_3_if_nothing_else_is_found() {
    assert_eq!(code(&[], VAGUE), 3);
    assert_eq!(code(&[], &format!("{CLEAR}SPARE PARTS\n")), 3);
    assert_eq!(
        code(&["--fail-on", "never"], &format!("{HIT}SPARE PARTS\n")),
        3
    );
}

#[test]
fn nothing_to_screen_is_4() {
    assert_eq!(code(&[], ""), 4);
    assert_eq!(code(&[], "goods,hs\n"), 4);
    assert_eq!(code(&[], "goods,qty\nTOTAL,5\n"), 4);
}

#[test]
fn no_list_in_force_is_2_and_never_a_clear_line() {
    let base = [
        "check",
        "-",
        "--lists-dir",
        "tests/lists/old",
        "--list",
        "old-list",
    ];
    let run = |day: &str| {
        let mut args = base.to_vec();
        args.extend(["--as-of", day]);
        let output = tidewaiter(&args)
            .write_stdin("goods\nNITRIC ACID 5 %\n")
            .output();
        output.expect("runs")
    };
    assert_eq!(run("2011-12-31").status.code(), Some(1));
    let after = run("2012-01-01");
    assert_eq!(after.status.code(), Some(2));
    assert!(after.stdout.is_empty());
    assert!(String::from_utf8_lossy(&after.stderr).contains("no list is in force on 2012-01-01"));
}

#[test]
fn a_list_out_of_force_is_named_in_the_report() {
    let args = [
        "check",
        "-",
        "--lists-dir",
        "tests/lists/old",
        "--as-of",
        "2020-01-01",
        "--format",
        "json",
    ];
    let output = tidewaiter(&args).write_stdin(CLEAR).output().expect("runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let header = &report["header"];
    assert_eq!(header["as_of"], "2020-01-01");
    assert_eq!(header["not_screened"][0]["id"], "old-list");
    let reason = header["not_screened"][0]["reason"]
        .as_str()
        .expect("a reason");
    assert!(reason.contains("2010-01-01 to 2011-12-31"), "{reason}");
    let used = header["lists"].as_array().expect("lists");
    assert!(used.iter().all(|list| list["id"] != "old-list"));
}
