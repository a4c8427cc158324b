//! The report is the same at any number of jobs.

use crate::tidewaiter;

fn report(jobs: &str, format: &str, more: &[&str]) -> (Option<i32>, Vec<u8>) {
    let mut args = vec![
        "check",
        "tests/labelled/s-2017-822.csv",
        "data/examples/manifest.csv",
    ];
    args.extend(["--as-of", "2020-01-01", "--format", format, "--jobs", jobs]);
    args.extend(more);
    let output = tidewaiter(&args).output().expect("runs");
    (output.status.code(), output.stdout)
}

#[test]
fn the_same_bytes_at_any_number_of_jobs() {
    for (format, more) in [
        ("jsonl", &["--all", "--keep-goods"][..]),
        ("text", &[]),
        ("csv", &[]),
        ("json", &[]),
    ] {
        let alone = report("1", format, more);
        assert_eq!(alone.0, Some(1));
        assert!(alone.1.len() > 10_000);
        for jobs in ["2", "5"] {
            assert!(
                report(jobs, format, more) == alone,
                "{format} at {jobs} jobs"
            );
        }
    }
}

#[test]
fn no_job_is_no_number_of_jobs() {
    tidewaiter(&["check", "data/examples/manifest.csv", "--jobs", "0"])
        .assert()
        .code(2);
}
