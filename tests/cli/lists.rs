//! `list status`, `list show`, `list lint`, and lists of one's own.

use crate::{settings, tidewaiter};

/// Exit code and standard output.
fn run(args: &[&str]) -> (Option<i32>, String) {
    let output = tidewaiter(args).output().expect("runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    (output.status.code(), text)
}

#[test]
fn the_embedded_data_lints_clean() {
    let (code, text) = run(&["list", "lint"]);
    assert_eq!(code, Some(0), "{text}");
    for list in [
        "lexicon",
        "s-2017-822",
        "eu-2017-1509-sectoral",
        "cn-dprk-sectoral",
    ] {
        assert!(text.contains(&format!("{list}: no errors\n")), "{text}");
    }
    let (code, text) = run(&["list", "lint", "tests/lists/own/house"]);
    assert_eq!(
        (code, text.as_str()),
        (Some(0), "house: 2 entries, no errors\n")
    );
}

#[test]
fn a_list_with_mistakes_is_exit_code_1_and_every_line_has_its_place() {
    let (code, text) = run(&["list", "lint", "tests/lists/newer/newer-list"]);
    assert_eq!(code, Some(1));
    let (last, issues) = text
        .trim_end()
        .rsplit_once('\n')
        .map(|(issues, last)| (last, issues.lines().collect::<Vec<_>>()))
        .expect("several lines");
    assert_eq!(
        last,
        format!("tests/lists/newer/newer-list: {} errors", issues.len())
    );
    for issue in issues {
        let place = issue.split(": error[").next().expect("a place");
        let numbers: Vec<&str> = place.rsplitn(3, ':').collect();
        assert!(
            numbers[0].parse::<u64>().is_ok() && numbers[1].parse::<u64>().is_ok(),
            "{issue}"
        );
    }
    settings("lists").bind(|| insta::assert_snapshot!("lint", text));
}

#[test]
fn a_list_of_ones_own_is_shown_explained_and_screened() {
    let own = ["--lists-dir", "tests/lists/own"];
    let (code, text) = run(&["list", "show", "house", own[0], own[1]]);
    assert_eq!(code, Some(0));
    assert!(!text.contains("/tests/"), "{text}");
    let shown: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("sha256"))
        .map(|line| format!("{line}\n"))
        .collect();
    settings("lists").bind(|| insta::assert_snapshot!("show", shown));
    let (code, text) = run(&["list", "status", own[0], own[1]]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("\ns-2017-822 ") && text.contains("\nhouse "),
        "{text}"
    );
    let (code, text) = run(&["explain", "H.2", own[0], own[1]]);
    assert_eq!(code, Some(0));
    assert!(text.contains("material: Monel"), "{text}");
    let (_, text) = run(&[
        "explain",
        "--goods",
        "GYRO GAUGE, OUTPUT POWER 4 KW",
        own[0],
        own[1],
    ]);
    assert!(text.contains("H.1") && text.contains("5 kW"), "{text}");
    let output = tidewaiter(&[
        "check", "-", "--list", "house", "--format", "jsonl", own[0], own[1],
    ])
    .write_stdin("description\nGYRO GAUGE OUTPUT POWER 6 KW\n")
    .output()
    .expect("runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("\"entry\":\"H.1\""), "{text}");
}

#[test]
fn folders_that_are_no_lists_say_so() {
    for (args, words) in [
        (
            &["list", "lint", "tests/manifests"][..],
            "no .toml file in it",
        ),
        (&["list", "lint", "no-such-folder"], "reading the folder"),
        (
            &["list", "status", "--lists-dir", "tests/lists/own/house"],
            "no list in it",
        ),
        (&["list", "show", "no-such-list"], "there are s-2016-308"),
    ] {
        let output = tidewaiter(args).output().expect("runs");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn every_entry_is_shown_with_its_limits() {
    let (code, text) = run(&["list", "show", "s-2017-822"]);
    assert_eq!(code, Some(0));
    let mut lists = tidewaiter::list::embedded().iter();
    let list = lists
        .find(|list| list.head.id == "s-2017-822")
        .expect("embedded");
    for entry in &list.entries {
        assert!(
            text.contains(&format!("\n{}  {}\n", entry.id, entry.title)),
            "{}",
            entry.id
        );
    }
    for limit in [
        "cooling capacity at least 100000 Btu/h",
        "nominal diameter greater than 8 in",
        "rated pressure at least 500 psi",
        "volume greater than 500 L",
        "vacuum pressure at most 0.1 Pa",
        "mass fraction at least 20 %",
        "ball diameter at least 3 mm",
        "welding current greater than 180 A",
        "output frequency overlaps 300 Hz to 600 Hz",
        "synthesised frequency at least 31.8 GHz",
        "time resolution at most 50 ns",
    ] {
        assert!(text.contains(limit), "{limit}");
    }
}
