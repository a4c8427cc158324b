//! Branches within branches, open ends of ranges, and exceptions with a scope and limits: entries
//! of the lists for conventional arms.

use std::path::Path;
use std::sync::OnceLock;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{ControlList, Criterion, lint_list, load};
use tidewaiter::screen::run_examples;
use tidewaiter::{Finding, GoodsItem, Ruleset, Screener, Verdict};

const FOLDER: &str = "tests/lists/conventional-arms/nested";

fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    [
        "list.toml",
        "lasers-radio-and-sensors.toml",
        "measures.toml",
        "words.toml",
    ]
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
    let told: Vec<String> = issues.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
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

/// Groups from the root to the deepest leaf, and leaves; a paragraph is no group.
fn shape(criterion: &Criterion) -> (usize, usize) {
    match criterion {
        Criterion::All { of } | Criterion::Any { of } => {
            let inner: Vec<_> = of.iter().map(shape).collect();
            let deepest = inner.iter().map(|(depth, _)| depth).max();
            let leaves = inner.iter().map(|(_, leaves)| leaves).sum();
            (1 + deepest.copied().unwrap_or(0), leaves)
        }
        Criterion::Not { of } | Criterion::Paragraph { of, .. } => shape(of),
        _ => (0, 1),
    }
}

/// The groups of the source, counted in its text; a group of one is none. Kinds of goods stand
/// beside each other, so that the choice between them is no group.
#[test]
fn the_groups_are_as_deep_as_the_source() {
    let list = list();
    assert_eq!(list.entries.len(), 20);
    for (entry, depth, leaves) in [
        ("VII.A1.003", 3, 12),
        ("VII.A1.012", 2, 9),
        ("VII.A1.002", 3, 10),
        ("IX.A2.004", 2, 4),
        ("IX.A6.009", 2, 4),
        ("IX.A9.011", 3, 6),
        ("IX.A3.010", 4, 32),
        ("IX.A3.011", 4, 24),
        ("IX.A3.012", 4, 34),
        ("IX.A6.013", 6, 23),
        ("IX.A6.014", 4, 12),
        ("IX.A6.015", 4, 37),
        ("VII.A7.002", 5, 8),
        ("VII.A7.001", 3, 9),
        ("VII.A6.007", 3, 14),
        ("VII.B.002", 5, 31),
        ("IX.A9.006", 3, 21),
        ("IX.A3.037", 2, 13),
        ("IX.A3.009", 4, 19),
        ("VII.A7.003", 3, 18),
    ] {
        let goods = &list.entry(entry).expect("an entry").goods;
        let shapes: Vec<_> = goods.iter().map(|kind| shape(&kind.criteria)).collect();
        let deepest = shapes.iter().map(|(depth, _)| *depth).max();
        let all: usize = shapes.iter().map(|(_, leaves)| leaves).sum();
        assert_eq!((deepest, all), (Some(depth), leaves), "{entry}");
    }
}

#[test]
fn the_examples_get_their_verdicts() {
    let run = run_examples(Lexicon::embedded(), &borrowed(&files())).expect("loads");
    let told: Vec<String> = run.issues.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!((run.entries, run.examples >= 60), (20, true));
}

#[test]
fn a_role_or_unit_that_the_lexicon_has_is_refused_with_its_place() {
    for (own, told) in [
        (
            "[[role]]\nid = \"welding-current\"\ndimension = \"current\"\nsense = \"property\"\n",
            "own.toml:2:6: there is a role \"welding-current\" already; give it another id",
        ),
        (
            "[[unit]]\nid = \"kW\"\ndimension = \"power\"\nfactor = \"1000\"\nspellings = [\"kw\"]\n",
            "own.toml:2:6: there is a unit \"kW\" already; give it another id",
        ),
    ] {
        let mut files = files();
        files.push(("own.toml".to_owned(), own.to_owned()));
        let error = load(Lexicon::embedded(), borrowed(&files)).expect_err("a clash");
        assert_eq!(error.to_string(), told);
        let issues = lint_list(Lexicon::embedded(), &borrowed(&files));
        assert_eq!(issues.len(), 1, "{issues:?}");
        assert!(
            issues[0]
                .to_string()
                .starts_with("own.toml:2:6: error[duplicate-id]")
        );
    }
}

#[test]
fn a_leaf_of_a_branch_decides() {
    use Verdict::{Cleared, Hit, Review};
    let software = "SOFTWARE FOR DEVELOPMENT OF MILLING MACHINE, 5 AXES, POSITIONING REPEATABILITY";
    assert_verdicts(&[
        // The travel tells which repeatability counts.
        (
            "VII.B.002",
            &format!("{software} 1.2 µm, AXIS TRAVEL 2 M"),
            Some(Hit),
        ),
        (
            "VII.B.002",
            &format!("{software} 1.2 µm, AXIS TRAVEL 0.8 M"),
            Some(Cleared),
        ),
        (
            "VII.B.002",
            &format!("{software} 5 µm, AXIS TRAVEL 4 M"),
            Some(Hit),
        ),
        ("VII.B.002", &format!("{software} 5 µm"), Some(Review)),
        // Each band has a power of its own.
        (
            "IX.A3.011",
            "MICROWAVE POWER TRANSISTOR 13 GHZ, PSAT 20 W",
            Some(Cleared),
        ),
        (
            "IX.A3.011",
            "MICROWAVE POWER TRANSISTOR 20 GHZ, PSAT 20 W",
            Some(Hit),
        ),
    ]);
}
