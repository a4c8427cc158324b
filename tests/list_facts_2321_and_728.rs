//! The facts of resolution 2321, Annex III, and of S/2017/728, written down a second time.
//!
//! The tables were compared with a transcript of the EU's transposition of both lists (China's
//! announcement for items 1 to 7 of S/2017/728). No UN document was seen.

mod support;

use support::{leaves, written};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{
    CitationStatus, ControlList, Criterion, Entry, ExampleVerdict, Shows, embedded,
};
use tidewaiter::{GoodsItem, Ruleset, Screener, Verdict};

const LISTS: [(&str, usize); 2] = [("unscr-2321-annex-iii", 17), ("s-2017-728", 11)];

/// Entry, goods, criteria; of goods that the entry names, not of those that are in doubt.
const CRITERIA: [(&str, &str, &str); 37] = [
    ("V.A1.001", "named isocyanates", ""),
    ("V.A1.001", "production equipment for isocyanates", ""),
    (
        "V.A1.002",
        "ammonium nitrate",
        "type: pure-or-phase-stabilised",
    ),
    ("V.A1.003", "named polymers", ""),
    ("V.A1.004", "brazing foils", "material: manganese-metal"),
    ("V.A2.001", "hydroforming machines", ""),
    (
        "V.A2.002",
        "furnaces for thermal treatment",
        "all(furnace-temperature > 850 °C; chamber-dimension > 1 m)",
    ),
    ("V.A2.003", "electrical discharge machines", ""),
    ("V.A2.004", "friction stir welding machines", ""),
    (
        "V.A2.005",
        "fume hoods",
        "all(type: floor-mounted-walk-in; nominal-width >= 2.5 m)",
    ),
    (
        "V.A2.006",
        "batch centrifuges for laboratories",
        "rotor-capacity >= 4 L",
    ),
    (
        "V.A2.007",
        "fermenters",
        "vessel-volume within 10 L to 20 L",
    ),
    ("V.A6.001", "high-speed cameras", ""),
    (
        "V.A9.001",
        "non-destructive test chambers",
        "chamber-dimension >= 1 m",
    ),
    ("V.A9.002", "turbo-pumps", "purpose: rocket-engine-use"),
    (
        "V.A9.003",
        "countermeasures against missile defences",
        "purpose: missile-defence-evasion",
    ),
    (
        "V.A9.003",
        "jammers, chaff and decoys",
        "purpose: missile-defence-evasion",
    ),
    ("V.A9.004", "truck chassis", "axles >= 6"),
    (
        "V.B.001",
        "aerodynamic and thermodynamic design software",
        "",
    ),
    (
        "VI.A1.001",
        "explosive fasteners, linear charges and acceleration rockets",
        "purpose: staging-use",
    ),
    ("VI.A1.001", "ball locks, springs and cutting devices", ""),
    (
        "VI.A1.002",
        "environmental test chambers",
        "function: flight-conditions",
    ),
    (
        "VI.A1.003",
        "rapid prototyping and additive-manufacturing machines",
        "",
    ),
    (
        "VI.A1.004",
        "PAN fibre",
        "purpose: carbon-fibre-precursor-use",
    ),
    ("VI.A1.004", "production equipment for PAN fibre", ""),
    ("VI.A1.005", "metal hydrides", ""),
    ("VI.A1.006", "named plasticizers", ""),
    ("VI.A1.006", "other plasticizers", ""),
    (
        "VI.A1.007",
        "sheet, plate and tubing of maraging steel",
        "all(tensile-strength >= 1950 MPa; form: sheet-or-strip-form | tube-form; sheet-thickness <= 5.0 mm)",
    ),
    (
        "VI.A1.007",
        "tubular forms of maraging steel",
        "all(tensile-strength >= 1950 MPa; form: tube-form; sheet-thickness <= 50 mm; inner-diameter >= 270 mm)",
    ),
    ("VI.A1.008", "filament winding machines", "axes >= 2"),
    (
        "VI.A1.008",
        "fibre-placement and tow-placement machines",
        "axes >= 2",
    ),
    ("VI.A1.008", "controls and mandrels", "axes >= 2"),
    ("VI.A1.009", "full-face respirators", ""),
    (
        "VI.A1.009",
        "gas masks, full or half face not said",
        "type: full-face",
    ),
    ("VI.A1.010", "diethylenetriamine", ""),
    (
        "VI.A1.011",
        "butyrylcholinesterase, pyridostigmine bromide, obidoxime chloride",
        "",
    ),
];

/// Entry and its numbers of substances; `true`: in the text of an instrument, all of them.
const CAS: [(&str, &str, bool); 8] = [
    (
        "V.A1.001",
        "26471-62-5 584-84-9 91-08-7 101-68-8 4098-71-9 822-06-0 68239-06-5",
        false,
    ),
    ("V.A1.002", "6484-52-2", false),
    ("V.A1.003", "25322-69-4 9010-89-3", false),
    ("VI.A1.004", "25014-41-9", false),
    (
        "VI.A1.005",
        "7704-99-6 7787-52-2 7784-21-6 16853-85-3 7704-98-5",
        false,
    ),
    ("VI.A1.006", "123-79-5 122-62-3 103-24-2 103-23-1", true),
    ("VI.A1.010", "111-40-0", true),
    ("VI.A1.011", "101-26-8 114-90-9 9001-08-5", true),
];

/// Entry, what the exception turns on, words of it.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    ("V.A6.001", "end-use", "medical imaging"),
    ("VI.A1.002", "end-use", "civilian aircraft safety"),
    ("VI.A1.009", "end-use", "firefighters"),
];

/// Chinese names of the goods, where they were seen: items 1 to 7.
const CHINESE: [&str; 7] = [
    "爆炸螺栓、爆炸螺母",
    "环境模拟试验舱",
    "快速成型制造技术,包括增材制造设备",
    "聚丙烯腈(PAN)纤维",
    "金属氢化物",
    "可用于复合推进剂的增塑剂",
    "马氏体时效钢",
];

/// The EU's cross-references.
const RELATED: [(&str, &str); 28] = [
    ("V.A1.001", ""),
    ("V.A1.002", "1C111"),
    ("V.A1.003", "1C111"),
    ("V.A1.004", "1C111"),
    ("V.A2.001", "2B109"),
    ("V.A2.002", "II.A2.005 2B226 2B227"),
    ("V.A2.003", "2B001.d"),
    ("V.A2.004", ""),
    ("V.A2.005", "2B352"),
    ("V.A2.006", "II.A2.014.e. 2B350 2B352"),
    ("V.A2.007", "2B352 II.A2.014.a."),
    ("V.A6.001", "6A003.a.2"),
    ("V.A9.001", "9B106"),
    ("V.A9.002", "9A006"),
    ("V.A9.003", ""),
    ("V.A9.004", "9A115 II.A9.003"),
    ("V.B.001", ""),
    ("VI.A1.001", ""),
    ("VI.A1.002", "9B106"),
    ("VI.A1.003", ""),
    ("VI.A1.004", "1C010 1C210 9C110"),
    ("VI.A1.005", "1C111"),
    ("VI.A1.006", "1C111"),
    ("VI.A1.007", "1C216"),
    ("VI.A1.008", "1B001 1B101 1B201"),
    ("VI.A1.009", "1A004.a. 2B352"),
    ("VI.A1.010", ""),
    ("VI.A1.011", ""),
];

fn list(id: &str) -> &'static ControlList {
    let found = embedded().iter().find(|list| list.head.id == id);
    found.expect("embedded")
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    LISTS.iter().flat_map(|(id, _)| &list(id).entries)
}

#[test]
fn there_are_17_and_11_entries() {
    for (id, count) in LISTS {
        assert_eq!(list(id).entries.len(), count, "{id}");
    }
}

#[test]
fn every_limit_has_the_figure_the_unit_and_the_direction_of_the_law() {
    let found: Vec<(&str, &str, String)> = entries()
        .flat_map(|e| {
            let firm = e.goods.iter().filter(|goods| goods.doubt.is_none());
            firm.map(move |g| (e.id.as_str(), g.name.as_str(), written(&g.criteria)))
        })
        .collect();
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|(e, g, c)| (*e, *g, c.as_str())).collect();
    assert_eq!(found, CRITERIA);
}

#[test]
fn goods_in_doubt_have_no_figure_that_the_law_has_not() {
    for entry in entries() {
        let of = |doubtful: bool| {
            let goods = entry.goods.iter();
            let goods = goods.filter(move |g| g.doubt.is_some() == doubtful);
            goods
                .flat_map(|g| leaves(&g.criteria))
                .filter(|leaf| matches!(leaf, Criterion::Quantity { .. }))
                .map(written)
                .collect::<Vec<_>>()
        };
        let law = of(false);
        for figure in of(true) {
            assert!(law.contains(&figure), "{} {figure}", entry.id);
        }
    }
}

#[test]
fn substances_have_their_numbers_and_where_these_are_from() {
    let with_numbers = entries().filter(|e| !e.cas.is_empty());
    let found: Vec<(&str, String, bool)> = with_numbers
        .map(|e| {
            let numbers: Vec<String> = e.cas.iter().map(ToString::to_string).collect();
            let source = e.cas_source.as_deref().expect(&e.id);
            assert!(source.contains("added") || source.starts_with("in the EU text"));
            (
                e.id.as_str(),
                numbers.join(" "),
                source.starts_with("in the EU text"),
            )
        })
        .collect();
    let expected: Vec<(&str, String, bool)> = CAS
        .iter()
        .map(|(entry, numbers, in_text)| (*entry, (*numbers).to_owned(), *in_text))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn exceptions_are_those_of_the_law_and_say_what_they_turn_on() {
    let found: Vec<(&str, Option<&str>, &str)> = entries()
        .flat_map(|e| {
            let exceptions = e.exceptions.iter();
            exceptions.map(|x| (e.id.as_str(), x.basis.as_deref(), x.text.as_str()))
        })
        .collect();
    assert_eq!(found.len(), EXCEPTIONS.len());
    for ((id, basis, text), (expected, turns_on, words)) in found.into_iter().zip(EXCEPTIONS) {
        assert_eq!((id, basis), (expected, Some(turns_on)));
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn items_1_to_7_of_728_are_confirmed_and_all_else_but_the_eu_is_open() {
    for entry in entries() {
        let number = entry
            .id
            .strip_prefix("VI.A1.")
            .and_then(|n| n.parse::<usize>().ok())
            .filter(|n| *n <= CHINESE.len());
        for citation in &entry.citations {
            let expected = match (citation.instrument.as_str(), number) {
                ("eu-2017-1509", _) => (CitationStatus::Confirmed, Some(entry.id.clone())),
                ("un", Some(n)) => (CitationStatus::Inferred, Some(n.to_string())),
                ("cn-17-2018", Some(n)) => {
                    assert_eq!(citation.title.as_deref(), Some(CHINESE[n - 1]));
                    (CitationStatus::Confirmed, Some(n.to_string()))
                }
                _ => (CitationStatus::Open, None),
            };
            assert_eq!(
                (citation.status, citation.item.clone()),
                expected,
                "{}",
                entry.id
            );
        }
        assert_eq!(entry.citations.len(), 4, "{}", entry.id);
    }
}

#[test]
fn cross_references_are_those_of_the_eu() {
    let found: Vec<(&str, String)> = entries()
        .map(|e| (e.id.as_str(), e.related.join(" ")))
        .collect();
    let expected: Vec<(&str, String)> = RELATED
        .iter()
        .map(|(id, related)| (*id, (*related).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn days_of_the_instruments_are_known_or_left_open() {
    let day = |text: &str| Some(text.parse().expect("a day"));
    for (of, id, adopted, from) in [
        (
            "unscr-2321-annex-iii",
            "un",
            day("2016-11-30"),
            day("2016-11-30"),
        ),
        (
            "unscr-2321-annex-iii",
            "cn-2017-01-25",
            day("2017-01-25"),
            None,
        ),
        (
            "unscr-2321-annex-iii",
            "eu-2017-1509",
            day("2017-08-30"),
            day("2017-09-01"),
        ),
        ("unscr-2321-annex-iii", "uk-2019-411", None, None),
        ("s-2017-728", "un", day("2017-08-05"), day("2017-08-18")),
        (
            "s-2017-728",
            "cn-17-2018",
            day("2018-02-05"),
            day("2018-02-05"),
        ),
        (
            "s-2017-728",
            "eu-2017-1509",
            day("2017-09-14"),
            day("2017-09-16"),
        ),
        ("s-2017-728", "uk-2019-411", None, None),
    ] {
        let mut instruments = list(of).instruments.iter();
        let found = instruments
            .find(|instrument| instrument.id == id)
            .expect(id);
        assert_eq!(found.adopted, adopted, "{of} {id}");
        let since = found.in_force.first();
        assert_eq!(
            since.map(tidewaiter::vocab::Interval::from),
            from,
            "{of} {id}"
        );
        assert!(
            !found.unverified.is_empty(),
            "{id}: something of each is unverified"
        );
    }
}

#[test]
fn defects_and_open_questions_of_the_text_are_told() {
    let told = |id: &str| {
        let found = entries().find(|e| e.id == id).expect(id);
        found.notes.join("\n")
    };
    assert!(told("V.A1.001").contains("never closes it"));
    assert!(told("V.A1.003").contains("Text defect"));
    assert!(told("V.A2.002").contains("ends with a comma"));
    assert!(told("V.A9.001").contains("not defined"));
    assert!(told("VI.A1.003").contains("leaves out the noun"));
    assert!(told("VI.A1.005").contains("item 12 of S/2016/308"));
    assert!(told("VI.A1.006").contains("CAS trap"));
    for (id, words) in [
        ("unscr-2321-annex-iii", "cut in V.A1.003"),
        ("unscr-2321-annex-iii", "inertial equipment"),
        ("s-2017-728", "8 to 11 are not known"),
    ] {
        let unverified = list(id).head.unverified.join("\n");
        assert!(unverified.contains(words), "{id} {words}");
    }
    for entry in entries() {
        assert!(!entry.notes.is_empty(), "{}", entry.id);
        assert!(
            entry.hs.status.contains("not part of the list"),
            "{}",
            entry.id
        );
    }
}

#[test]
fn examples_get_the_verdict_that_they_show() {
    let chosen = LISTS.iter().map(|(id, _)| list(id).clone()).collect();
    let rules = Ruleset::compile(chosen, Lexicon::embedded()).expect("the lists compile");
    let screener = Screener::new(&rules);
    for entry in entries() {
        for example in &entry.examples {
            let mut item = GoodsItem::new(example.goods.as_str());
            if let Some(hs) = &example.hs {
                item = item.with_hs(hs.as_str());
            }
            if let Some(cas) = &example.cas {
                item = item.with_cas(cas.as_str());
            }
            let findings = screener.screen(&item).findings;
            let found = findings.iter().find(|f| f.entry == entry.id);
            let found = found.map(|f| f.verdict);
            let expected = match example.verdict {
                ExampleVerdict::Hit => Some(Verdict::Hit),
                ExampleVerdict::Review => Some(Verdict::Review),
                ExampleVerdict::Cleared => Some(Verdict::Cleared),
                ExampleVerdict::None => None,
            };
            assert_eq!(found, expected, "{} {:?}", entry.id, example.goods);
        }
        let shows = |kind: Shows| entry.examples.iter().any(|e| e.shows == kind);
        assert!(shows(Shows::Hit) && shows(Shows::NearMiss), "{}", entry.id);
        let excepted = shows(Shows::Exception) || entry.exceptions.is_empty();
        assert!(excepted, "{}", entry.id);
    }
}
