//! Where reports go.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::tidewaiter;

const HIT: &str = "goods\nMIG WELDER 350 A DC\n";

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_report_file_is_the_same_as_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.jsonl");
    let base = ["check", "-", "--as-of", "2020-01-01", "--format", "jsonl"];
    let shown = tidewaiter(&base)
        .write_stdin(HIT)
        .output()
        .expect("runs")
        .stdout;
    let mut args = base.to_vec();
    let name = file.to_string_lossy().into_owned();
    args.extend(["--output", &name]);
    tidewaiter(&args)
        .write_stdin(HIT)
        .assert()
        .code(1)
        .stdout("");
    assert_eq!(std::fs::read(&file).expect("the report"), shown);
    assert_eq!(names(folder.path()), ["report.jsonl"]);
}

#[test]
fn a_run_that_fails_leaves_the_old_report_and_no_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.txt");
    let manifest = folder.path().join("m.csv");
    std::fs::write(&report, "old").expect("written");
    std::fs::write(&manifest, HIT).expect("written");
    let (report, manifest) = (report.to_string_lossy(), manifest.to_string_lossy());
    // The first manifest is screened and written before the second one fails.
    let args = ["check", &manifest, "no-such-file.csv", "--output", &report];
    tidewaiter(&args).assert().code(2);
    assert_eq!(
        std::fs::read_to_string(&*report).expect("the report"),
        "old"
    );
    assert_eq!(names(folder.path()), ["m.csv", "report.txt"]);
    let args = ["check", &manifest, "--output", &report];
    tidewaiter(&args).assert().code(1);
    let new = std::fs::read_to_string(&*report).expect("the report");
    assert!(new.contains("VIII.A2.005"), "{new}");
}

#[test]
fn a_report_never_takes_the_place_of_a_manifest() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = folder.path().join("m.csv");
    std::fs::write(&manifest, HIT).expect("written");
    let name = manifest.to_string_lossy();
    tidewaiter(&["check", &name, "--output", &name])
        .assert()
        .code(2);
    assert_eq!(
        std::fs::read_to_string(&manifest).expect("the manifest"),
        HIT
    );
}

#[cfg(unix)]
#[test]
fn a_report_has_the_rights_of_other_files_and_a_device_stays_one() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let folder = tempfile::tempdir().expect("a folder");
    let (report, other) = (folder.path().join("r"), folder.path().join("o"));
    std::fs::write(&other, "").expect("written");
    let name = report.to_string_lossy();
    tidewaiter(&["check", "-", "--output", &name])
        .write_stdin(HIT)
        .assert()
        .code(1);
    let mode = |path| {
        std::fs::metadata(path)
            .expect("a file")
            .permissions()
            .mode()
    };
    assert_eq!(mode(&report), mode(&other));
    tidewaiter(&["check", "-", "--output", "/dev/null"])
        .write_stdin(HIT)
        .assert()
        .code(1);
    let device = std::fs::metadata("/dev/null")
        .expect("a device")
        .file_type();
    assert!(device.is_char_device());
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    for args in [
        &["check", "-", "--format", "jsonl", "--all"][..],
        &["check", "-"],
        &["check", "-", "--format", "json"],
        &["completions", "bash"],
        &["list", "show", "s-2017-822"],
        &["explain", "--goods", "MIG WELDER"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tidewaiter"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("a pipe");
        let manifest = format!("goods\n{}", "MIG WELDER 350 A DC\n".repeat(2000));
        // The program may be gone before all is written.
        let _ = stdin.write_all(manifest.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("ends");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn colour_is_for_terminals() {
    let mut command = tidewaiter(&["check", "-"]);
    let output = command
        .env("CLICOLOR_FORCE", "1")
        .write_stdin(HIT)
        .output()
        .expect("runs");
    assert!(!output.stdout.contains(&0x1b));
}
