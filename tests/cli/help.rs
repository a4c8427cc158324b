//! What `--help` teaches, and completions.

use crate::{settings, tidewaiter};

fn help(args: &[&str]) -> String {
    let output = tidewaiter(args).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_help() {
    settings("help").bind(|| {
        for (name, args) in [
            ("tidewaiter", &["--help"][..]),
            ("check", &["check", "--help"]),
            ("rescreen", &["rescreen", "--help"]),
            ("waiver", &["waiver", "--help"]),
            ("waiver-new", &["waiver", "new", "--help"]),
            ("init", &["init", "--help"]),
            ("explain", &["explain", "--help"]),
            ("eval", &["eval", "--help"]),
            ("list", &["list", "--help"]),
            ("list-status", &["list", "status", "--help"]),
            ("list-show", &["list", "show", "--help"]),
            ("list-at", &["list", "at", "--help"]),
            ("list-history", &["list", "history", "--help"]),
            ("list-diff", &["list", "diff", "--help"]),
            ("list-lint", &["list", "lint", "--help"]),
            ("list-test", &["list", "test", "--help"]),
            ("list-new", &["list", "new", "--help"]),
            ("list-pack", &["list", "pack", "--help"]),
            ("list-verify", &["list", "verify", "--help"]),
            ("completions", &["completions", "--help"]),
        ] {
            let text = help(args);
            let wide = |line: &&str| line.chars().count() > 90;
            assert_eq!(text.lines().find(wide), None, "{name}");
            insta::assert_snapshot!(name, text);
        }
    });
}

#[test]
fn every_command_has_a_snapshot_of_its_help() {
    let commands = |text: &str| -> Vec<String> {
        let lines = text.lines().skip_while(|line| *line != "Commands:").skip(1);
        // A line that goes on with what a command does is set in further.
        let names = lines.take_while(|line| !line.is_empty());
        let names = names.filter(|line| !line.starts_with("   "));
        let names = names.filter_map(|line| line.split_whitespace().next().map(str::to_owned));
        names.filter(|name| name != "help").collect()
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/help");
    for command in commands(&help(&["-h"])) {
        let file = format!("{folder}/{command}.snap");
        assert!(std::path::Path::new(&file).exists(), "{file}");
        for sub in commands(&help(&[&command, "-h"])) {
            let file = format!("{folder}/{command}-{sub}.snap");
            assert!(std::path::Path::new(&file).exists(), "{file}");
        }
    }
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = help(&["completions", shell]);
        assert!(script.contains("fail-on"), "{shell}");
    }
}

#[test]
fn explain_looks_at_every_entry() {
    let text = help(&["explain", "--goods", "PUMP FOR MASS SPECTROMETER"]);
    for list in tidewaiter::list::embedded() {
        let of = format!("of {} entries", list.entries.len());
        let all = format!("all {} entries", list.entries.len());
        let mut lines = text.lines().filter(|line| line.contains(&list.head.id));
        assert!(
            lines.any(|line| line.contains(&of) || line.contains(&all)),
            "{}",
            list.head.id
        );
    }
    let text = help(&["explain", "VIII.A2.005", "--goods", "MIG WELDER 140 A DC"]);
    assert!(text.contains("failed") && text.contains("140 A"), "{text}");
    let text = help(&["explain", "--goods", "SOLVENT", "--cas", "126-73-8"]);
    assert!(text.contains("CAS number 126-73-8"), "{text}");
}
