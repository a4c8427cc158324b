//! The facts of S/2016/308, written down a second time: what the data must say.
//!
//! The tables were compared with a transcript of the EU's transposition. The UN document, the
//! Chinese text and the documents that entries refer to were not seen.

use tidewaiter::list::{
    Citation, CitationStatus, Comparison, ControlList, Criterion, Entry, embedded,
};

/// Entry, and the EU's cross-references to its dual-use list.
const ENTRIES: [(&str, &str); 28] = [
    ("IV.A0.001", "3A201.b"),
    ("IV.A0.002", "0B001.b.13 3A225"),
    ("IV.A1.006", "1B231"),
    ("IV.A1.007", "1C350"),
    ("IV.A1.008", "1C350"),
    ("IV.A1.009", ""),
    ("IV.A1.010", "1C350"),
    ("IV.A1.011", "1C350"),
    ("IV.A1.012", "1C350"),
    ("IV.A1.013", "1C350"),
    ("IV.A1.014", "1C350"),
    ("IV.A1.015", "1C350"),
    ("IV.A1.016", "1C350"),
    ("IV.A1.017", "1C350"),
    ("IV.A1.018", "1C350"),
    ("IV.A1.019", "1C350"),
    ("IV.A1.020", "1C350"),
    ("IV.A1.001", "1C216"),
    ("IV.A1.002", "1C005"),
    ("IV.A1.003", "1C202"),
    ("IV.A1.004", "1C210"),
    ("IV.A1.005", "1B201"),
    ("IV.A2.001", "2B209"),
    ("IV.A2.002", ""),
    ("IV.A2.003", "2B201"),
    ("IV.A2.004", ""),
    ("IV.A2.005", "2B350"),
    ("IV.A2.006", "2B352"),
];

/// Entry, goods, criteria; of goods that the entry names with figures or qualities.
const CRITERIA: [(&str, &str, &str); 14] = [
    (
        "IV.A0.001",
        "ring magnets",
        "all(diameter-ratio <= 1.6; material: alnico | magnet-ferrite | samarium-cobalt | neodymium-iron-boron)",
    ),
    (
        "IV.A0.002",
        "frequency changers",
        "all(type: multiphase-output; electric-power >= 40 W; output-frequency overlaps 600 Hz to 2000 Hz)",
    ),
    (
        "IV.A1.001",
        "maraging steel",
        "all(tensile-strength >= 1500 MPa; form: bar-form | tube-form; outer-diameter >= 75 mm)",
    ),
    (
        "IV.A1.002",
        "magnetic alloy sheet and strip",
        "all(form: sheet-or-strip-form; any(sheet-thickness <= 0.05 mm; strip-height <= 25 mm))",
    ),
    (
        "IV.A1.003",
        "bars and tubes of a high-strength alloy",
        "all(tensile-strength >= 415 MPa; form: bar-form | tube-form; outer-diameter >= 75 mm)",
    ),
    (
        "IV.A1.004",
        "fibres",
        "all(specific-modulus > 3180000 m; specific-strength > 76200 m)",
    ),
    (
        "IV.A1.004",
        "prepregs",
        "all(material: carbon-material | aramid-material | glass-material; type: thermoset-resin; form: continuous-tow-form; strip-height <= 30 mm)",
    ),
    (
        "IV.A1.005",
        "filament winding machines",
        "all(axes >= 2; winding-diameter >= 75 mm)",
    ),
    ("IV.A2.003", "CNC machine tools", "axes within 4 to 5"),
    ("IV.A2.003", "CNC machine tools of more axes", "axes > 5"),
    (
        "IV.A2.005",
        "single-seal pumps",
        "all(pump-flow > 0.6 m3/h; any(material: chemical-resistant-material; nickel-content > 40 %; all(nickel-content > 25 %; chromium-content > 20 %); fluorine-content > 35 %))",
    ),
    (
        "IV.A2.005",
        "pump parts",
        "all(type: single-seal; pump-flow > 0.6 m3/h)",
    ),
    ("IV.A2.006", "clean rooms", "purpose: high-containment-use"),
    (
        "IV.A2.006",
        "fan-HEPA filter units",
        "purpose: high-containment-use",
    ),
];

/// Entries that a substance's CAS number of the EU's text identifies.
const CAS: [(&str, &str); 14] = [
    ("IV.A1.007", "7440-23-5"),
    ("IV.A1.008", "7446-11-9"),
    ("IV.A1.009", "7446-70-0"),
    ("IV.A1.010", "7758-02-3"),
    ("IV.A1.011", "7647-15-6"),
    ("IV.A1.012", "75-09-2"),
    ("IV.A1.013", "75-26-3"),
    ("IV.A1.014", "108-20-3"),
    ("IV.A1.015", "75-31-0"),
    ("IV.A1.016", "75-50-3"),
    ("IV.A1.017", "102-82-9"),
    ("IV.A1.018", "121-44-8"),
    ("IV.A1.019", "121-69-7"),
    ("IV.A1.020", "110-86-1"),
];

fn list() -> &'static ControlList {
    let found = embedded().iter().find(|list| list.head.id == "s-2016-308");
    found.expect("embedded")
}

fn entry(id: &str) -> &'static Entry {
    list().entry(id).unwrap_or_else(|| panic!("{id}"))
}

fn citation(entry: &'static Entry, instrument: &str) -> &'static Citation {
    let found = entry.citations.iter().find(|c| c.instrument == instrument);
    found.unwrap_or_else(|| panic!("{} {instrument}", entry.id))
}

fn written(criterion: &Criterion) -> String {
    let many = |of: &[Criterion]| of.iter().map(written).collect::<Vec<_>>().join("; ");
    match criterion {
        Criterion::All { of } => format!("all({})", many(of)),
        Criterion::Any { of } => format!("any({})", many(of)),
        Criterion::Not { of } => format!("not({})", written(of)),
        Criterion::Paragraph { para, of } => format!("{para}: {}", written(of)),
        Criterion::Quantity { role, limit, .. } => {
            let sign = match limit.comparison {
                Comparison::GreaterThan => ">",
                Comparison::AtLeast => ">=",
                Comparison::LessThan => "<",
                Comparison::AtMost => "<=",
                range => range.key(),
            };
            format!("{role} {sign} {}", limit.threshold)
        }
        Criterion::Concept {
            attribute, one_of, ..
        } => format!("{}: {}", attribute.as_str(), one_of.join(" | ")),
        Criterion::Described => String::new(),
        Criterion::Unsupported { keys } => format!("unsupported {keys:?}"),
    }
}

fn has_figure(criterion: &Criterion) -> bool {
    match criterion {
        Criterion::All { of } | Criterion::Any { of } => of.iter().any(has_figure),
        Criterion::Not { of } | Criterion::Paragraph { of, .. } => has_figure(of),
        leaf => matches!(leaf, Criterion::Quantity { .. }),
    }
}

#[test]
fn there_are_28_entries_with_their_cross_references() {
    assert_eq!(list().entries.len(), 28);
    for (id, related) in ENTRIES {
        assert_eq!(entry(id).related.join(" "), related, "{id}");
    }
}

#[test]
fn only_item_12_has_a_number_and_no_chinese_text_was_seen() {
    for (id, _) in ENTRIES {
        let un = citation(entry(id), "un");
        let expected = match id {
            "IV.A1.006" => (Some("12"), CitationStatus::Inferred),
            _ => (None, CitationStatus::Open),
        };
        assert_eq!((un.item.as_deref(), un.status), expected, "{id}");
        let cn = citation(entry(id), "cn-22-2016");
        assert_eq!(
            (&cn.item, &cn.title, cn.status),
            (&None, &None, CitationStatus::Open)
        );
        let eu = citation(entry(id), "eu-2017-1509");
        assert_eq!(
            (eu.item.as_deref(), eu.status),
            (Some(id), CitationStatus::Confirmed)
        );
        assert_eq!(
            citation(entry(id), "uk-2019-411").status,
            CitationStatus::Open
        );
    }
}

#[test]
fn every_criterion_is_that_of_the_law() {
    let mut seen = Vec::new();
    for (id, goods, expected) in CRITERIA {
        let found = entry(id).goods.iter().find(|g| g.name == goods);
        let found = found.unwrap_or_else(|| panic!("{id} {goods}"));
        assert_eq!(written(&found.criteria), expected, "{id} {goods}");
        seen.push(id);
    }
    // No other entry has a figure.
    for entry in &list().entries {
        let has_figure = entry.goods.iter().any(|goods| has_figure(&goods.criteria));
        assert!(
            !has_figure || seen.contains(&entry.id.as_str()),
            "{}",
            entry.id
        );
    }
}

#[test]
fn what_stands_in_other_documents_is_never_a_hit() {
    for goods in &entry("IV.A2.001").goods {
        assert!(goods.doubt.is_some(), "{}", goods.name);
    }
    let plant = entry("IV.A2.005").goods.iter();
    let by_reference = plant.filter(|goods| goods.subject.contains(&"valve".to_owned()));
    let doubts: Vec<bool> = by_reference.map(|goods| goods.doubt.is_some()).collect();
    assert_eq!(doubts, [true, true]);
}

#[test]
fn cas_numbers_are_the_eu_texts() {
    for (id, number) in CAS {
        let numbers: Vec<String> = entry(id).cas.iter().map(ToString::to_string).collect();
        assert_eq!(numbers, [number], "{id}");
    }
    let hydrides: Vec<String> = entry("IV.A1.006")
        .cas
        .iter()
        .map(ToString::to_string)
        .collect();
    for added in [
        "7704-99-6",
        "7787-52-2",
        "7784-21-6",
        "16853-85-3",
        "7704-98-5",
    ] {
        assert!(hydrides.contains(&added.to_owned()), "{added}");
    }
    let source = entry("IV.A1.006").cas_source.as_deref().unwrap_or("");
    assert!(source.contains("added"), "{source}");
}

#[test]
fn the_exception_of_frequency_changers_frees_nothing() {
    let exceptions: Vec<_> = list()
        .entries
        .iter()
        .flat_map(|entry| entry.exceptions.iter().map(|e| (entry.id.as_str(), e)))
        // What is only our reading is none of the law's.
        .filter(|(_, e)| e.basis.as_deref() != Some("reading"))
        .collect();
    assert_eq!(exceptions.len(), 1);
    let (id, exception) = exceptions[0];
    assert_eq!(
        (id, exception.basis.as_deref()),
        ("IV.A0.002", Some("goods"))
    );
    assert!(exception.stated_by.is_empty());
}

#[test]
fn a_limit_inside_the_definition_of_a_material_decides() {
    use tidewaiter::{GoodsItem, Ruleset, Screener, Verdict, lexicon::Lexicon};
    let rules = Ruleset::compile(vec![list().clone()], Lexicon::embedded()).expect("compiles");
    let verdict = |goods: &str| {
        let screened = Screener::new(&rules).screen(&GoodsItem::new(goods));
        let mut findings = screened.findings.iter();
        findings.find(|f| f.entry == "IV.A2.005").map(|f| f.verdict)
    };
    let pump =
        |material: &str| verdict(&format!("single mechanical seal pump, {material}, 12 m3/h"));
    assert_eq!(pump("alloy with nickel 42 %"), Some(Verdict::Hit));
    assert_eq!(pump("nickel 30 %, chromium 24 %"), Some(Verdict::Hit));
    assert_eq!(pump("nickel 10 %"), Some(Verdict::Review));
    assert_eq!(pump("cast iron"), Some(Verdict::Cleared));
}

#[test]
fn a_ratio_is_computed_from_two_diameters() {
    use tidewaiter::{GoodsItem, Ruleset, Screener, Verdict, lexicon::Lexicon};
    let rules = Ruleset::compile(vec![list().clone()], Lexicon::embedded()).expect("compiles");
    let verdict = |goods: &str| {
        let screened = Screener::new(&rules).screen(&GoodsItem::new(goods));
        let mut findings = screened.findings.iter();
        findings.find(|f| f.entry == "IV.A0.001").map(|f| f.verdict)
    };
    for (sizes, expected) in [
        ("OD 64 mm, ID 40 mm", Verdict::Hit),
        ("OD 65 mm, ID 40 mm", Verdict::Cleared),
        ("64x40x10 mm", Verdict::Hit),
        ("OD60xID40x10 mm", Verdict::Hit),
        ("65x40x10 mm", Verdict::Cleared),
        ("OD 64 mm", Verdict::Review),
    ] {
        let goods = format!("NdFeB ring magnet {sizes}");
        assert_eq!(verdict(&goods), Some(expected), "{goods}");
    }
}
