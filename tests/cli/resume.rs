//! Runs that are killed, stopped and gone on with.

#![expect(clippy::disallowed_methods, reason = "it waits for the program")]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::tidewaiter;

/// A folder with two manifests, of which one is compressed.
fn folder() -> tempfile::TempDir {
    use std::io::Write;
    let folder = tempfile::tempdir().expect("a folder");
    let lines = include_str!("../labelled/s-2017-822.csv");
    std::fs::write(folder.path().join("a.csv"), lines).expect("written");
    let (header, rows) = lines.split_once('\n').expect("a header");
    let file = std::fs::File::create(folder.path().join("b.csv.gz")).expect("created");
    let mut file = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    writeln!(file, "{header}").expect("written");
    for _ in 0..3 {
        file.write_all(rows.as_bytes()).expect("written");
    }
    file.finish().expect("written");
    folder
}

const ARGS: [&str; 9] = [
    "check",
    "a.csv",
    "b.csv.gz",
    "--as-of",
    "2020-01-01",
    "--format",
    "jsonl",
    "--output",
    "r",
];

fn run(folder: &Path, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tidewaiter"))
        .current_dir(folder)
        .args(ARGS)
        .args(more)
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs")
}

fn ends(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), told)
}

fn bytes(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("r")).expect("a report")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// Waits until a run has noted how far it is.
fn noted(folder: &Path) {
    let begun = Instant::now();
    while !folder.join("r.resume").exists() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "no note is taken"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn killed_at_ten_moments_and_resumed_the_report_is_the_same() {
    let folder = folder();
    let folder = folder.path();
    let begun = Instant::now();
    assert_eq!(ends(run(folder, &[])), (Some(1), String::new()));
    let time = begun.elapsed();
    let whole = bytes(folder);
    assert_eq!(names(folder), ["a.csv", "b.csv.gz", "r"]);
    std::fs::remove_file(folder.join("r")).expect("removed");
    let mut random = 20_171_822_u64;
    let (mut kills, mut finished) = (0, 0);
    while kills < 10 || finished == 0 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let share = (random >> 33) as f64 / f64::from(1_u32 << 31);
        let jobs = ["1", "2", "3"][kills % 3];
        let mut child = run(folder, &["--resume", "--jobs", jobs]);
        if kills < 10 {
            std::thread::sleep(time.mul_f64(0.1 + share * 0.8));
            kills += 1;
            // It may have ended.
            let _ = child.kill();
        }
        let (code, told) = ends(child);
        assert!(code.is_none_or(|code| code == 1), "{told}");
        if code.is_some() {
            assert!(bytes(folder) == whole, "after {kills} kills");
            assert_eq!(names(folder), ["a.csv", "b.csv.gz", "r"]);
            std::fs::remove_file(folder.join("r")).expect("removed");
            finished += 1;
        }
    }
}

#[test]
fn a_run_that_was_killed_is_not_begun_anew_by_mistake() {
    let folder = folder();
    let folder = folder.path();
    let mut child = run(folder, &[]);
    noted(folder);
    child.kill().expect("killed");
    ends(child);
    let (code, told) = ends(run(folder, &[]));
    assert_eq!(code, Some(2));
    assert!(told.contains("r.resume: a run to"), "{told}");
    assert!(
        told.contains("go on with it by --resume, or delete this file"),
        "{told}"
    );
    // Other options, another manifest: the report would be of two runs.
    for (more, words) in [
        (
            &["--resume", "--destination", "KP"][..],
            "options.destination",
        ),
        (
            &["--resume", "--fail-on", "hit"],
            "options.fail_on was \"review\", is \"hit\"",
        ),
        (&["--resume", "--all"], "another --all"),
    ] {
        let (code, told) = ends(run(folder, more));
        assert_eq!(code, Some(2), "{more:?}");
        assert!(told.contains(words), "{told}");
    }
    let manifest = folder.join("a.csv");
    let lines = std::fs::read_to_string(&manifest).expect("the manifest");
    std::fs::write(&manifest, lines.replacen('e', "E", 1)).expect("written");
    let (code, told) = ends(run(folder, &["--resume"]));
    assert_eq!(code, Some(2));
    assert!(
        told.contains("a.csv: isn't the manifest that was screened"),
        "{told}"
    );
    std::fs::write(&manifest, lines).expect("written");
    assert_eq!(ends(run(folder, &["--resume"])), (Some(1), String::new()));
}

#[test]
fn what_cannot_go_on_is_told() {
    for (args, words) in [
        (
            &["check", "data/examples/manifest.csv", "--resume"][..],
            "add --output FILE",
        ),
        (
            &[
                "check",
                "data/examples/manifest.csv",
                "--resume",
                "--output",
                "target/r",
            ],
            "add --format jsonl",
        ),
        (
            &[
                "check", "-", "--resume", "--format", "jsonl", "--output", "target/r",
            ],
            "standard input can't be read again",
        ),
    ] {
        let output = tidewaiter(args).output().expect("runs");
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(words), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_a_report_that_says_so_and_goes_on() {
    let folder = folder();
    let folder = folder.path();
    assert_eq!(ends(run(folder, &[])).0, Some(1));
    let whole = bytes(folder);
    std::fs::remove_file(folder.join("r")).expect("removed");
    let child = run(folder, &[]);
    noted(folder);
    let asked = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(asked.expect("kill runs").success());
    let (code, told) = ends(child);
    assert_eq!((code, told.as_str()), (Some(5), ""));
    let report = String::from_utf8(bytes(folder)).expect("UTF-8");
    let last: serde_json::Value =
        serde_json::from_str(report.lines().last().expect("a line")).expect("JSON");
    assert_eq!(last["record"], "summary");
    let stopped = &last["stopped"];
    let read: Vec<u64> = last["manifests"]
        .as_array()
        .expect("manifests")
        .iter()
        .map(|manifest| manifest["rows"].as_u64().expect("a number"))
        .collect();
    assert_eq!(stopped["after_rows"].as_u64(), read.last().copied());
    assert_eq!(last["sums"]["rows"].as_u64(), Some(read.iter().sum()));
    assert!(
        report.contains("error\",\"message\":\"the run was stopped here"),
        "no issue tells"
    );
    assert_eq!(names(folder), ["a.csv", "b.csv.gz", "r", "r.resume"]);
    assert_eq!(ends(run(folder, &["--resume"])).0, Some(1));
    assert!(bytes(folder) == whole);
}

#[test]
fn nothing_is_said_where_nobody_watches() {
    let output = tidewaiter(&[
        "check",
        "data/examples/manifest.csv",
        "--output",
        "/dev/null",
    ])
    .output()
    .expect("runs");
    assert!(output.stderr.is_empty() && output.stdout.is_empty());
}
