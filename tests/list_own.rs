//! Lists of one's own: their words, their limits, and what a later format may say.

use std::path::Path;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{ControlList, Criterion, embedded, lint_list, load};
use tidewaiter::{GoodsItem, Outcome, Ruleset, Screener, Verdict};

fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/lists")
        .join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect()
}

fn list(folder: &str) -> ControlList {
    load(Lexicon::embedded(), borrowed(&files(folder))).expect("loads")
}

fn verdict(rules: &Ruleset, goods: &str, entry: &str) -> Option<Verdict> {
    let screened = Screener::new(rules).screen(&GoodsItem::new(goods));
    let finding = screened.findings.iter().find(|f| f.entry == entry);
    finding.map(|f| f.verdict)
}

#[test]
fn a_list_of_ones_own_lints_clean() {
    let issues = lint_list(Lexicon::embedded(), &borrowed(&files("own/house")));
    assert_eq!(issues, []);
}

#[test]
fn a_list_brings_its_own_words() {
    let mut lists = embedded().to_vec();
    lists.push(list("own/house"));
    let rules = Ruleset::compile(lists, Lexicon::embedded()).expect("compiles");
    for (goods, entry, expected) in [
        ("GYRO GAUGE, OUTPUT POWER 6 KW", "H.1", Some(Verdict::Hit)),
        ("GYRO-GAUGES, OUTPUT POWER 5 KW", "H.1", Some(Verdict::Hit)),
        (
            "GYRO GAUGE, OUTPUT POWER 4.9 KW",
            "H.1",
            Some(Verdict::Cleared),
        ),
        ("GYRO GAUGE IN CASE", "H.1", Some(Verdict::Review)),
        (
            "HANDGYROMETER 7 KW AUSGANGSLEISTUNG",
            "H.1",
            Some(Verdict::Hit),
        ),
        ("陀螺仪表", "H.1", Some(Verdict::Review)),
        ("GYRO GAUGE POSTER A2", "H.1", None),
        ("MARSH LANTERN MADE OF MONEL", "H.2", Some(Verdict::Hit)),
        ("MARSH LANTERN", "H.2", Some(Verdict::Review)),
        (
            "MARSH LANTERN OF MONEL FOR MUSEUM",
            "H.2",
            Some(Verdict::Cleared),
        ),
        // The embedded list is screened beside it.
        ("HOT CELL", "VIII.A0.002", Some(Verdict::Hit)),
    ] {
        assert_eq!(verdict(&rules, goods, entry), expected, "{goods}");
    }
}

#[test]
fn the_words_of_a_list_are_gone_without_it() {
    let rules = Ruleset::compile(embedded().to_vec(), Lexicon::embedded()).expect("compiles");
    let screened = Screener::new(&rules).screen(&GoodsItem::new("GYRO GAUGE, 6 KW OUTPUT"));
    assert_eq!(screened.outcome, Outcome::Clear);
}

#[test]
fn two_lists_with_the_same_words_are_an_error() {
    let house = list("own/house");
    let mut other = house.clone();
    other.head.id = "other-house".into();
    let error = Ruleset::compile(vec![house, other], Lexicon::embedded()).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "other-house: there is a concept \"gyro-gauge\" already"
    );
}

#[test]
fn newer_data_is_read_and_what_it_asks_is_undetermined() {
    let list = list("newer/newer-list");
    assert_eq!(list.entries.len(), 2);
    assert!(matches!(
        &list.entries[0].goods[0].criteria,
        Criterion::Unsupported { keys } if keys == &["enriched_to", "isotope"]
    ));
    let rules = Ruleset::compile(vec![list], Lexicon::embedded()).expect("compiles");
    for (goods, entry, expected) in [
        ("NITRIC ACID 68 %", "N.1", Verdict::Review),
        // Kleene: one branch unknown, the other decides only where it is true.
        ("HOT CELL", "N.2", Verdict::Review),
        ("HOT CELL OF MONEL", "N.2", Verdict::Hit),
    ] {
        assert_eq!(verdict(&rules, goods, entry), Some(expected), "{goods}");
    }
}

#[test]
fn the_linter_names_everything_that_is_newer() {
    let issues = lint_list(Lexicon::embedded(), &borrowed(&files("newer/newer-list")));
    let unknown: Vec<&str> = issues
        .iter()
        .filter(|issue| issue.code == "unknown-key")
        .filter_map(|issue| issue.message.split('"').nth(1))
        .collect();
    for key in [
        "signed_by",
        "clauses",
        "schedule",
        "rank",
        "page",
        "isotope",
        "enriched_to",
        "colour",
        "frequency",
    ] {
        assert!(unknown.contains(&key), "{key}: {unknown:?}");
    }
}
