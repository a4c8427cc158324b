//! Branches within branches, open ends of ranges, and exceptions with a scope and limits: entries
//! of the lists for conventional arms.

use std::path::Path;
use std::sync::OnceLock;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{ControlList, Criterion, lint_list, load};
use tidewaiter::{Finding, GoodsItem, Ruleset, Screener, Verdict};

const FOLDER: &str = "tests/lists/conventional-arms/nested";

fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    ["list.toml", "words.toml"]
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(name)).expect("a text");
            (format!("{FOLDER}/{name}"), text)
        })
        .to_vec()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let files = files.iter();
    files.map(|(name, text)| (&**name, &**text)).collect()
}

fn list() -> ControlList {
    load(Lexicon::embedded(), borrowed(&files())).expect("loads")
}

fn finding(entry: &str, goods: &str) -> Option<Finding> {
    static RULES: OnceLock<Ruleset> = OnceLock::new();
    let rules = RULES
        .get_or_init(|| Ruleset::compile(vec![list()], Lexicon::embedded()).expect("compiles"));
    let screened = Screener::new(rules).screen(&GoodsItem::new(goods));
    screened.findings.into_iter().find(|f| f.entry == entry)
}

fn assert_verdicts(cases: &[(&str, &str, Option<Verdict>)]) {
    for (entry, goods, expected) in cases {
        let verdict = finding(entry, goods).map(|f| f.verdict);
        assert_eq!(verdict, *expected, "{entry}: {goods}");
    }
}

/// The paragraphs of a criterion, each behind those that it stands in.
fn paragraphs(criterion: &Criterion, above: &str, into: &mut Vec<String>) {
    match criterion {
        Criterion::Paragraph { para, of } => {
            let path = format!("{above}/{para}");
            into.push(path.clone());
            paragraphs(of, &path, into);
        }
        Criterion::All { of } => of
            .iter()
            .for_each(|c| paragraphs(c, &format!("{above} all"), into)),
        Criterion::Any { of } => of
            .iter()
            .for_each(|c| paragraphs(c, &format!("{above} any"), into)),
        _ => {}
    }
}

#[test]
fn the_list_lints_clean() {
    let issues = lint_list(Lexicon::embedded(), &borrowed(&files()));
    assert_eq!(issues, []);
}

#[test]
fn the_tree_has_the_paragraphs_of_the_source() {
    let list = list();
    let tree = |entry: &str, goods: usize| {
        let mut into = Vec::new();
        let entry = list.entry(entry).expect("an entry");
        paragraphs(&entry.goods[goods].criteria, "", &mut into);
        into
    };
    assert_eq!(
        tree("VII.A1.003", 3),
        ["/d.6", "/d.6 all any/d.6.a", "/d.6 all any/d.6.b"]
    );
    assert_eq!(
        tree("VII.A1.012", 0),
        [
            " any/a",
            " any/a all/a.1",
            " any/a all/a.2",
            " any/b",
            " any/b all/b.1",
            " any/b all/b.2",
            " any/c",
            " any/c all/c.1",
            " any/c all/c.2",
        ]
    );
    assert_eq!(
        tree("IX.A2.004", 0),
        ["/a", "/a all any/b.1", "/a all any/b.2", "/a all any/b.3"]
    );
}

#[test]
fn one_branch_is_enough_and_all_of_it_must_hold() {
    use Verdict::{Cleared, Hit, Review};
    assert_verdicts(&[
        (
            "VII.A1.003",
            "ULTRASONIC TESTING MACHINE FOR COMPOSITES, 5-AXIS",
            Some(Hit),
        ),
        (
            "VII.A1.003",
            "ULTRASONIC TESTING MACHINE FOR COMPOSITES, 3-AXIS",
            Some(Cleared),
        ),
        (
            "VII.A1.003",
            "X-RAY TOMOGRAPHY INSPECTION SYSTEM FOR COMPOSITES",
            Some(Review),
        ),
        (
            "IX.A2.004",
            "HOT ISOSTATIC PRESS, BORE 500 MM, MAX PRESSURE 250 MPA",
            Some(Hit),
        ),
        (
            "IX.A2.004",
            "HOT ISOSTATIC PRESS, BORE 300 MM, MAX PRESSURE 250 MPA",
            Some(Cleared),
        ),
        (
            "IX.A2.004",
            "HOT ISOSTATIC PRESS, BORE 500 MM, MAX PRESSURE 150 MPA",
            Some(Review),
        ),
    ]);
}

#[test]
fn an_open_end_leaves_its_figure_outside() {
    use Verdict::{Cleared, Hit};
    let tape =
        |width: &str| format!("TAPE LAYING MACHINE 6-AXIS FOR AIRFRAMES, TAPE WIDTH {width} MM");
    assert_verdicts(&[
        ("VII.A1.003", &tape("25"), Some(Cleared)),
        ("VII.A1.003", &tape("26"), Some(Hit)),
        ("VII.A1.003", &tape("305"), Some(Hit)),
        ("VII.A1.003", &tape("306"), Some(Cleared)),
        (
            "IX.A6.009",
            "INFRARED CAMERA, TWO DIMENSIONAL ARRAY, WAVELENGTH 1200 NM",
            Some(Cleared),
        ),
        (
            "IX.A6.009",
            "INFRARED CAMERA, TWO DIMENSIONAL ARRAY, WAVELENGTH 1201 NM",
            Some(Hit),
        ),
        (
            "IX.A9.011",
            "UAV, BVLOS, GUST RESISTANT, ENDURANCE 30 MIN",
            Some(Hit),
        ),
        (
            "IX.A9.011",
            "UAV, BVLOS, GUST RESISTANT, ENDURANCE 29 MIN",
            Some(Cleared),
        ),
        ("IX.A9.011", "UAV, BVLOS, ENDURANCE 1 H", Some(Hit)),
    ]);
}

#[test]
fn an_exception_with_limits_needs_its_words_and_its_figures() {
    use Verdict::{Cleared, Hit, Review};
    let fibre = "CARBON FIBRE TOW, SPECIFIC MODULUS 16000000 M, SPECIFIC STRENGTH 300000 M";
    assert_verdicts(&[
        ("VII.A1.012", fibre, Some(Hit)),
        (
            "VII.A1.012",
            &format!("{fibre}, CUT LENGTH 6 MM, CHOPPED"),
            Some(Cleared),
        ),
        (
            "VII.A1.012",
            &format!("{fibre}, CUT LENGTH 50 MM, CHOPPED"),
            Some(Hit),
        ),
        ("VII.A1.012", &format!("{fibre}, CHOPPED"), Some(Review)),
    ]);
    let asked = finding("VII.A1.012", &format!("{fibre}, CHOPPED")).expect("a finding");
    let fact = "state the length of the cut fibres in mm; controlled: at most 25 mm";
    assert!(
        asked.missing.iter().any(|m| m == fact),
        "{:?}",
        asked.missing
    );
}

#[test]
fn an_exception_takes_out_the_paragraphs_of_its_scope() {
    use Verdict::{Cleared, Hit};
    let camera = "THERMAL CAMERA, MICROBOLOMETER, WAVELENGTH 8000 TO 14000 NM, FRAME RATE";
    assert_verdicts(&[
        (
            "IX.A6.009",
            &format!("{camera} 9 HZ, LINEAR ARRAY"),
            Some(Cleared),
        ),
        (
            "IX.A6.009",
            &format!("{camera} 30 HZ, LINEAR ARRAY"),
            Some(Hit),
        ),
        // Paragraph a.3 isn't reached by the exception of b.
        (
            "IX.A6.009",
            &format!("{camera} 9 HZ, TWO DIMENSIONAL"),
            Some(Hit),
        ),
    ]);
}

#[test]
fn a_scope_that_is_nowhere_and_ends_of_nothing_are_refused() {
    let mut files = files();
    files[0].1 = files[0].1.replace("scope = [\"c\"]", "scope = [\"z\"]");
    let error = load(Lexicon::embedded(), borrowed(&files)).expect_err("no paragraph z");
    assert!(error.to_string().contains("scope names \"z\""), "{error}");
    files[0].1 = files[0].1.replace("scope = [\"z\"]", "scope = [\"c\"]");
    files[0].1 = files[0].1.replace("ends = \"[)\"", "ends = \"[(\"");
    let error = load(Lexicon::embedded(), borrowed(&files)).expect_err("no ends");
    assert!(
        error.to_string().contains("\"[(\" tells no ends"),
        "{error}"
    );
    let issues = lint_list(Lexicon::embedded(), &borrowed(&files));
    let told = issues.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(
        told.iter().any(|issue| issue.contains("criterion-form")),
        "{told:?}"
    );
}
