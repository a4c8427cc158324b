//! The linter and the reader on lists with one mistake each, and on the data of the project.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{
    LintCode, Register, embedded_files, lint_code_list, lint_lexicon, lint_list, load, load_codes,
};

const BLESS: &str = "cargo test --test list_lint -- --ignored write_the_expected_messages";

/// All files of an ending beneath a folder of the tests, by path.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 3, "{folder}");
    found
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("a file")
        .to_string_lossy()
        .into_owned()
}

/// What the linter prints of a file of `tests/bad/lists`.
fn linted(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a text");
    let name = name(path);
    let files = [(name.as_str(), text.as_str())];
    let issues = if name.starts_with("lexicon-") {
        lint_lexicon(&files)
    } else {
        lint_list(Lexicon::embedded(), &files)
    };
    issues.iter().map(|issue| format!("{issue}\n")).collect()
}

/// What the reader says of a file of `tests/bad/load`.
fn refused(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a text");
    let name = name(path);
    let error = load(Lexicon::embedded(), [(name.as_str(), text.as_str())]);
    format!("{}\n", error.expect_err(&name))
}

/// What the linter prints of a file of `tests/bad/code-lists`.
fn linted_codes(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a text");
    let issues = lint_code_list(&[(name(path).as_str(), text.as_str())]);
    issues.iter().map(|issue| format!("{issue}\n")).collect()
}

/// What the reader says of a file of `tests/bad/code-load`.
fn refused_codes(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a text");
    let name = name(path);
    let error = load_codes([(name.as_str(), text.as_str())]);
    format!("{}\n", error.expect_err(&name))
}

/// What is said of a file of `tests/bad/time` when its amendments are joined to its list.
fn unjoined(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a text");
    let name = name(path);
    let list = load(Lexicon::embedded(), [(name.as_str(), text.as_str())]);
    let error = Register::new(vec![list.expect("loads")]).map(|_| ());
    format!("{}\n", error.expect_err(&name))
}

type Says = fn(&Path) -> String;
const FOLDERS: [(&str, Says); 5] = [
    ("tests/bad/lists", linted),
    ("tests/bad/load", refused),
    ("tests/bad/code-lists", linted_codes),
    ("tests/bad/code-load", refused_codes),
    ("tests/bad/time", unjoined),
];

#[test]
fn every_mistake_gives_the_message_beside_it() {
    for (folder, says) in FOLDERS {
        for path in files(folder, "toml") {
            let expected = std::fs::read_to_string(path.with_extension("txt"));
            let expected = expected.unwrap_or_else(|_| panic!("{}: {BLESS}", path.display()));
            assert_eq!(says(&path), expected, "{}", path.display());
        }
    }
}

#[test]
#[ignore = "writes tests/bad"]
fn write_the_expected_messages() {
    for (folder, says) in FOLDERS {
        for path in files(folder, "toml") {
            std::fs::write(path.with_extension("txt"), says(&path)).expect("written");
        }
    }
}

#[test]
fn every_mistake_gives_one_issue_of_the_code_of_its_folder() {
    let lists = files("tests/bad/lists", "toml").into_iter();
    let lists = lists.map(|path| (linted(&path), path));
    let codes = files("tests/bad/code-lists", "toml").into_iter();
    for (printed, path) in lists.chain(codes.map(|path| (linted_codes(&path), path))) {
        let code = name(path.parent().expect("a folder"));
        let lines: Vec<&str> = printed.lines().collect();
        let [line] = lines.as_slice() else {
            panic!("{}: {printed}", path.display());
        };
        assert!(line.contains(&format!(" error[{code}]: ")), "{line}");
    }
}

#[test]
fn every_code_has_a_file_that_shows_it() {
    let folders: BTreeSet<String> = files("tests/bad/lists", "toml")
        .iter()
        .map(|path| name(path.parent().expect("a folder")))
        .collect();
    let codes: BTreeSet<String> = LintCode::ALL
        .iter()
        .map(|c| c.as_str().to_owned())
        .collect();
    assert_eq!(codes.len(), LintCode::ALL.len(), "a code stands twice");
    assert_eq!(folders, codes);
}

#[test]
fn the_codes_are_stable() {
    let codes: Vec<&str> = LintCode::ALL.iter().map(|code| code.as_str()).collect();
    for code in &codes {
        assert!(
            code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
            "{code}"
        );
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/lists"));
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!("lint-codes", codes.join("\n")));
}

#[test]
fn what_the_reader_refuses_the_linter_finds_at_the_same_place_or_before() {
    for path in files("tests/bad/load", "toml") {
        let text = std::fs::read_to_string(&path).expect("a text");
        let issues = lint_list(Lexicon::embedded(), &[("x.toml", text.as_str())]);
        assert!(!issues.is_empty(), "{}", path.display());
        let line = |text: &str| -> u64 {
            let mut parts = text.split(':').skip(1);
            parts.next().and_then(|n| n.parse().ok()).unwrap_or(1)
        };
        let refused = line(&refused(&path));
        assert!(
            issues.iter().any(|issue| {
                let place = issue.location.as_ref().and_then(|l| l.line);
                place.is_some_and(|line| line.abs_diff(refused) <= 1) || refused == 1
            }),
            "{}: {issues:?}",
            path.display()
        );
    }
}

#[test]
fn the_data_of_the_project_lints_clean() {
    let printed = |issues: Vec<tidewaiter::Issue>| -> Vec<String> {
        issues.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        printed(lint_lexicon(Lexicon::embedded_files())),
        Vec::<String>::new()
    );
    for files in embedded_files() {
        assert_eq!(
            printed(lint_list(Lexicon::embedded(), files)),
            Vec::<String>::new()
        );
    }
}

#[test]
fn all_problems_are_reported_sorted_by_place() {
    let text = "[list]\nid = \"x\"\ntitel = \"x\"\nentries = 3\n[[entry]]\nid = \"E\"\ncas = [\"1-2-3\"]\n";
    let issues = lint_list(Lexicon::embedded(), &[("x.toml", text)]);
    let places: Vec<(u64, u64)> = issues
        .iter()
        .filter_map(|issue| issue.location.as_ref().and_then(|l| l.line.zip(l.column)))
        .collect();
    assert_eq!(places.len(), issues.len());
    assert!(places.is_sorted(), "{places:?}");
    let codes: BTreeSet<&str> = issues.iter().map(|issue| &*issue.code).collect();
    for code in [
        "unknown-key",
        "missing-key",
        "entry-count",
        "bad-cas",
        "missing-source",
    ] {
        assert!(codes.contains(code), "{code}: {issues:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]

    /// Neither the linter nor the reader panics, whatever is in the file.
    #[test]
    fn broken_files_are_no_panic(cut in 0usize..9000, drop in 0usize..40, put in "[\\[\\]{}=\",.a-z0-9\n ]{0,12}") {
        for (_, text) in embedded_files().iter().flatten().take(7) {
            let boundary = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (from, to) = (boundary(cut), boundary(cut + drop));
            let broken = format!("{}{put}{}", &text[..from], &text[to..]);
            let files = [("broken.toml", broken.as_str())];
            let issues = lint_list(Lexicon::embedded(), &files);
            // A file of several is never a whole list, so something is always wrong with it alone.
            let loaded = load(Lexicon::embedded(), files);
            proptest::prop_assert!(loaded.is_ok() || !issues.is_empty());
        }
    }
}
