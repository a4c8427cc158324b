//! What the program says when it can't do what it was asked: what, where, and what to do.

use crate::{settings, tidewaiter};

#[test]
fn errors_say_what_to_do() {
    let long = "-".repeat(3);
    settings("messages").bind(|| {
        for (name, args) in [
            ("no-such-manifest", &["check", "no-such-file.csv"][..]),
            ("manifest-is-a-folder", &["check", "tests/manifests"]),
            (
                "no-goods-column",
                &["check", "tests/manifests/bad/no-goods-column.csv"],
            ),
            ("as-of", &["check", "-", "--as-of", "08.04.2018"]),
            ("destination", &["check", "-", "--destination", "Atlantis"]),
            (
                "map-without-column",
                &["check", "-", "--map", "description"],
            ),
            ("map-of-unknown-field", &["check", "-", "--map", "colour=3"]),
            ("unknown-list", &["check", "-", "--list", "no-such-list"]),
            ("unknown-format", &["check", "-", "--format", "xml"]),
            (
                "output-is-the-manifest",
                &[
                    "check",
                    "data/examples/manifest.csv",
                    "-o",
                    "./data/examples/manifest.csv",
                ],
            ),
            ("output-is-a-folder", &["check", "-", "-o", "tests"]),
            (
                "output-in-no-folder",
                &["check", "-", "-o", "no-such-folder/report.txt"],
            ),
            (
                "no-list-in-force",
                &[
                    "check",
                    "-",
                    "--lists-dir",
                    "tests/lists/old",
                    "--list",
                    "old-list",
                    "--as-of",
                    "2012-01-01",
                ],
            ),
            (
                "interval-of-a-list",
                &["check", "-", "--lists-dir", "tests/lists/bad-date"],
            ),
            ("unknown-entry", &["explain", "VIII.Z9.001"]),
            ("entry-without-its-prefix", &["explain", "A1.004"]),
            ("explain-nothing", &["explain"]),
        ] {
            let output = tidewaiter(args)
                .write_stdin("goods\nx\n")
                .output()
                .expect("runs");
            assert_eq!(output.status.code(), Some(2), "{name}");
            assert!(output.stdout.is_empty(), "{name}");
            let text = String::from_utf8(output.stderr).expect("UTF-8");
            insta::assert_snapshot!(
                name,
                format!("$ tidewaiter {}\n{long}\n{text}", args.join(" "))
            );
        }
    });
}
