//! The facts of S/2017/822, written down a second time: what the data must say.
//!
//! The tables were compared line by line with a transcript of the texts (the EU's transposition of
//! all entries, China's announcement for items 1 to 22), so that a slip in a limit, a unit or a
//! direction is seen when the data changes. The UN document itself was not seen.

use std::collections::BTreeMap;

use tidewaiter::list::{Citation, CitationStatus, ControlList, Criterion, Entry, Goods, embedded};

mod support;

use support::{leaves, written};

/// Entry; item of the Chinese list where it was seen; whether figures decide; the EU's
/// cross-references to its dual-use list; the Chinese name of the goods where it was seen.
const ENTRIES: [(&str, &str, &str, &str, &str); 32] = [
    ("VIII.A0.001", "1", "description", "0B001", "环形磁铁"),
    ("VIII.A0.002", "2", "description", "0B006", "热室"),
    ("VIII.A0.003", "3", "description", "0B005", "手套箱"),
    (
        "VIII.A0.004",
        "9",
        "description",
        "0B001",
        "用于生产氟的电解槽",
    ),
    ("VIII.A0.005", "10", "description", "", "粒子加速器"),
    (
        "VIII.A0.006",
        "11",
        "threshold",
        "0B001 0B002 1B231",
        "氟利昂和冷冻水冷却系统",
    ),
    (
        "VIII.A0.007",
        "17",
        "description",
        "0B001 2A226",
        "波纹管密封阀门",
    ),
    (
        "VIII.A0.008",
        "21",
        "mixed",
        "0B001 2A226 2B350",
        "蒙乃尔合金设备",
    ),
    (
        "VIII.A0.009",
        "22",
        "mixed",
        "0B001 1C116 1C216",
        "304、316和奥氏体不锈钢板、阀门",
    ),
    (
        "VIII.A0.010",
        "",
        "threshold",
        "0B001 0B002 2A226 2B350",
        "",
    ),
    (
        "VIII.A1.001",
        "7",
        "description",
        "1A004 6A002 6A102",
        "辐射探测、监测和测量设备",
    ),
    (
        "VIII.A1.002",
        "8",
        "description",
        "1B001 9B007",
        "射线探测设备",
    ),
    ("VIII.A1.003", "13", "description", "", "磷酸三丁酯"),
    ("VIII.A1.004", "14", "threshold", "1C111", "硝酸"),
    ("VIII.A1.005", "15", "description", "1C350", "氟"),
    (
        "VIII.A1.006",
        "16",
        "description",
        "1C236",
        "发射α粒子的放射性核素",
    ),
    ("VIII.A1.007", "", "description", "6A003", ""),
    (
        "VIII.A2.001",
        "12",
        "threshold",
        "2A001 2A101",
        "淬硬钢和碳化钨精密滚珠轴承",
    ),
    (
        "VIII.A2.002",
        "18",
        "description",
        "2B004 2B104 2B204",
        "等静压机",
    ),
    ("VIII.A2.003", "", "description", "2B005", ""),
    (
        "VIII.A2.004",
        "19",
        "description",
        "2B009 2B109 2B209",
        "波纹管制造设备",
    ),
    (
        "VIII.A2.005",
        "20",
        "threshold",
        "",
        "金属焊条惰性气体保护焊接机",
    ),
    ("VIII.A2.006", "", "description", "2B119 2B219", ""),
    ("VIII.A2.007", "", "description", "2B116 9B006", ""),
    ("VIII.A3.001", "", "threshold", "3A225", ""),
    ("VIII.A3.002", "", "description", "3A233", ""),
    ("VIII.A3.003", "", "description", "3A102", ""),
    ("VIII.A3.004", "", "threshold", "3B002", ""),
    ("VIII.A3.005", "", "description", "3A233", ""),
    (
        "VIII.B.001",
        "4",
        "description",
        "0D001",
        "中子学计算/建模软件",
    ),
    (
        "VIII.B.002",
        "5",
        "description",
        "0D001",
        "辐射输运计算/建模软件",
    ),
    (
        "VIII.B.003",
        "6",
        "description",
        "0D001",
        "流体动力学计算/建模软件",
    ),
];

/// Entry, goods, criteria; of goods that the entry names, not of those that are in doubt.
const CRITERIA: [(&str, &str, &str); 48] = [
    ("VIII.A0.001", "ring magnets", ""),
    (
        "VIII.A0.001",
        "permanent magnets of unstated shape",
        "form: ring-shape",
    ),
    ("VIII.A0.002", "hot cells", ""),
    (
        "VIII.A0.003",
        "glove boxes",
        "purpose: radioactive-material-use",
    ),
    ("VIII.A0.004", "fluorine cells", ""),
    (
        "VIII.A0.004",
        "electrolytic cells",
        "purpose: fluorine-production",
    ),
    ("VIII.A0.005", "particle accelerators", ""),
    (
        "VIII.A0.006",
        "freon and chilled-water cooling systems",
        "any(cooling-capacity >= 100000 Btu/h; cooling-capacity >= 29.3 kW)",
    ),
    ("VIII.A0.007", "bellows-sealed valves", ""),
    (
        "VIII.A0.008",
        "pipes and valves",
        "all(nominal-diameter > 8 in; rated-pressure >= 500 psi)",
    ),
    ("VIII.A0.008", "tanks and vessels", "volume > 500 L"),
    ("VIII.A0.008", "other equipment", ""),
    (
        "VIII.A0.009",
        "pipes and valves",
        "all(material: austenitic-stainless; nominal-diameter > 8 in; rated-pressure >= 500 psi)",
    ),
    (
        "VIII.A0.009",
        "tanks and vessels",
        "all(material: austenitic-stainless; volume > 500 L)",
    ),
    ("VIII.A0.009", "plates", "material: austenitic-stainless"),
    (
        "VIII.A0.010",
        "valves, piping, flanges and gaskets",
        "vacuum-pressure <= 0.1 Pa",
    ),
    (
        "VIII.A1.001",
        "radiation detection, monitoring and measuring equipment",
        "",
    ),
    ("VIII.A1.002", "radiographic detectors", ""),
    ("VIII.A1.002", "industrial radiography systems", ""),
    ("VIII.A1.003", "tributyl phosphate", ""),
    ("VIII.A1.004", "nitric acid", "mass-fraction >= 20 %"),
    ("VIII.A1.005", "fluorine", ""),
    ("VIII.A1.006", "alpha-emitting radionuclides", ""),
    (
        "VIII.A1.006",
        "radioactive material",
        "material: alpha-emitter",
    ),
    (
        "VIII.A1.007",
        "radiation-hardened television cameras",
        "type: radiation-hardened",
    ),
    (
        "VIII.A1.007",
        "television cameras for nuclear surroundings",
        "type: radiation-hardened",
    ),
    (
        "VIII.A2.001",
        "ball bearings",
        "all(material: hardened-steel | tungsten-carbide; type: precision; any(ball-diameter >= 3 mm; type: bearing-bore-of-3-mm-or-more))",
    ),
    (
        "VIII.A2.001",
        "balls for bearings",
        "all(material: hardened-steel | tungsten-carbide; type: precision; ball-diameter >= 3 mm)",
    ),
    ("VIII.A2.002", "isostatic presses", ""),
    (
        "VIII.A2.003",
        "electroplating equipment",
        "purpose: nickel-or-aluminium-coating",
    ),
    ("VIII.A2.004", "bellows manufacturing equipment", ""),
    ("VIII.A2.005", "MIG welders", "welding-current > 180 A"),
    (
        "VIII.A2.005",
        "welders, process not said",
        "all(type: mig-process; welding-current > 180 A)",
    ),
    (
        "VIII.A2.006",
        "balancing machines",
        "all(type: centrifugal-balancing; type: multiplane-balancing)",
    ),
    (
        "VIII.A2.007",
        "seismic detection equipment",
        "all(function: source-classification; function: source-bearing)",
    ),
    (
        "VIII.A2.007",
        "seismic intrusion-detection systems",
        "all(function: source-detection; function: source-classification; function: source-bearing)",
    ),
    (
        "VIII.A3.001",
        "frequency changers",
        "output-frequency overlaps 300 Hz to 600 Hz",
    ),
    ("VIII.A3.002", "mass spectrometers", ""),
    ("VIII.A3.003", "flash X-ray machines", ""),
    (
        "VIII.A3.003",
        "parts of pulsed-power systems",
        "purpose: pulsed-power-for-flash-x-ray",
    ),
    (
        "VIII.A3.003",
        "high-voltage capacitors",
        "purpose: pulsed-power-for-flash-x-ray",
    ),
    (
        "VIII.A3.004",
        "digital time-delay generators",
        "all(synthesised-frequency >= 31.8 GHz; power-output >= 100 mW; time-resolution <= 50 ns; time-interval >= 1 µs)",
    ),
    (
        "VIII.A3.004",
        "time-interval meters and chronometry equipment",
        "all(synthesised-frequency >= 31.8 GHz; power-output >= 100 mW; time-resolution <= 50 ns; time-interval >= 1 µs; any(channels >= 3; type: modular-instrument))",
    ),
    ("VIII.A3.005", "chromatographs", ""),
    ("VIII.A3.005", "spectrometers", ""),
    ("VIII.B.001", "neutronics software", ""),
    ("VIII.B.002", "radiation-transport software", ""),
    ("VIII.B.003", "hydrodynamics software", ""),
];

/// Entry, what the exception turns on, words of it.
const EXCEPTIONS: [(&str, &str, &str); 6] = [
    ("VIII.A0.001", "design", "consumer electronics"),
    ("VIII.A0.001", "design", "automobile"),
    ("VIII.A0.006", "reading", "without a cooling unit"),
    ("VIII.A1.002", "design", "medical"),
    ("VIII.A1.005", "end-use", "strictly for civilian purposes"),
    ("VIII.B.003", "end-use", "strictly for civilian purposes"),
];

/// Entry, CAS number, whether it stands in the text of an instrument.
const CAS: [(&str, &str, bool); 3] = [
    ("VIII.A1.003", "126-73-8", true),
    ("VIII.A1.004", "7697-37-2", false),
    ("VIII.A1.005", "7782-41-4", false),
];

/// Criteria whose direction, and/or, or attachment is our reading, not in the words.
const READINGS: [(&str, &str); 8] = [
    ("VIII.A0.004", "purpose: fluorine-production"),
    ("VIII.A0.008", "rated-pressure >= 500 psi"),
    ("VIII.A0.008", "volume > 500 L"),
    ("VIII.A0.009", "rated-pressure >= 500 psi"),
    ("VIII.A2.001", "material: hardened-steel | tungsten-carbide"),
    ("VIII.A2.007", "function: source-classification"),
    ("VIII.A3.001", "output-frequency overlaps 300 Hz to 600 Hz"),
    ("VIII.A3.003", "purpose: pulsed-power-for-flash-x-ray"),
];

fn list() -> &'static ControlList {
    let found = embedded().iter().find(|list| list.head.id == "s-2017-822");
    found.expect("embedded")
}

fn entry(id: &str) -> &'static Entry {
    list().entry(id).unwrap_or_else(|| panic!("{id}"))
}

fn citation(entry: &'static Entry, instrument: &str) -> &'static Citation {
    let found = entry.citations.iter().find(|c| c.instrument == instrument);
    found.unwrap_or_else(|| panic!("{} {instrument}", entry.id))
}

fn firm(entry: &Entry) -> impl Iterator<Item = &Goods> {
    entry.goods.iter().filter(|goods| goods.doubt.is_none())
}

fn has_figure(criterion: &Criterion) -> bool {
    let mut leaves = leaves(criterion).into_iter();
    leaves.any(|leaf| matches!(leaf, Criterion::Quantity { .. }))
}

#[test]
fn there_are_32_entries_by_category() {
    let ids: Vec<&str> = list().entries.iter().map(|e| e.id.as_str()).collect();
    let expected: Vec<&str> = ENTRIES.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids, expected);
    let mut counts = BTreeMap::new();
    for id in ids {
        *counts.entry(id.split('.').nth(1)).or_insert(0) += 1;
    }
    let counts: Vec<i32> = counts.into_values().collect();
    assert_eq!(counts, [10, 7, 7, 5, 3], "A0 A1 A2 A3 B");
}

#[test]
fn items_1_to_22_are_confirmed_and_the_ten_others_open() {
    let mut seen = Vec::new();
    for (id, item, _, _, title) in ENTRIES {
        let (cn, un) = (citation(entry(id), "cn-36-2018"), citation(entry(id), "un"));
        assert_eq!(un.item, cn.item, "{id}");
        assert_eq!(cn.title.as_deref().unwrap_or(""), title, "{id}");
        if item.is_empty() {
            assert_eq!((cn.status, &cn.item), (CitationStatus::Open, &None), "{id}");
            assert_eq!(un.status, CitationStatus::Open, "{id}");
        } else {
            assert_eq!(cn.item.as_deref(), Some(item), "{id}");
            assert_eq!(cn.status, CitationStatus::Confirmed, "{id}");
            // The UN's numbering was not seen: it is taken over from China's.
            assert_eq!(un.status, CitationStatus::Inferred, "{id}");
            seen.push(item.parse::<u32>().expect(item));
        }
        let eu = citation(entry(id), "eu-2017-1509");
        assert_eq!(
            (eu.item.as_deref(), eu.status),
            (Some(id), CitationStatus::Confirmed)
        );
        let uk = citation(entry(id), "uk-2019-411");
        assert_eq!((&uk.item, uk.status), (&None, CitationStatus::Open), "{id}");
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=22).collect::<Vec<u32>>());
}

#[test]
fn every_limit_has_the_figure_the_unit_and_the_direction_of_the_law() {
    let found: Vec<(&str, &str, String)> = list()
        .entries
        .iter()
        .flat_map(|e| firm(e).map(move |g| (e.id.as_str(), g.name.as_str(), written(&g.criteria))))
        .collect();
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|(e, g, c)| (*e, *g, c.as_str())).collect();
    assert_eq!(found, CRITERIA);
}

#[test]
fn goods_in_doubt_have_no_figure_that_the_law_has_not() {
    for entry in &list().entries {
        let law: Vec<String> = firm(entry)
            .flat_map(|g| leaves(&g.criteria))
            .map(written)
            .collect();
        for goods in entry.goods.iter().filter(|goods| goods.doubt.is_some()) {
            for leaf in leaves(&goods.criteria) {
                if has_figure(leaf) {
                    assert!(law.contains(&written(leaf)), "{} {}", entry.id, goods.name);
                }
            }
        }
    }
}

#[test]
fn whether_figures_decide_is_that_of_the_law() {
    for (id, _, coverage, _, _) in ENTRIES {
        let figures: Vec<bool> = firm(entry(id))
            .map(|goods| has_figure(&goods.criteria))
            .collect();
        let found = match (figures.contains(&true), figures.contains(&false)) {
            (true, true) => "mixed",
            (true, false) => "threshold",
            _ => "description",
        };
        assert_eq!(found, coverage, "{id}");
    }
}

#[test]
fn what_is_our_reading_says_so() {
    for (id, criterion) in READINGS {
        let leaves = firm(entry(id)).flat_map(|goods| leaves(&goods.criteria));
        let alike: Vec<&Criterion> = leaves.filter(|leaf| written(leaf) == criterion).collect();
        assert!(!alike.is_empty(), "{id} {criterion}");
        let said = |leaf: &&Criterion| match leaf {
            Criterion::Quantity { reading, .. } | Criterion::Concept { reading, .. } => {
                reading.is_some()
            }
            _ => false,
        };
        assert!(alike.iter().any(said), "{id} {criterion}");
    }
}

#[test]
fn exceptions_are_those_of_the_law_and_say_what_they_turn_on() {
    let found: Vec<(&str, Option<&str>, &str)> = list()
        .entries
        .iter()
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
fn substances_have_their_cas_numbers_and_where_these_are_from() {
    let mut found = Vec::new();
    for entry in &list().entries {
        for cas in &entry.cas {
            let source = entry.cas_source.as_deref().expect(&entry.id);
            found.push((
                entry.id.as_str(),
                cas.to_string(),
                source.starts_with("in the EU text"),
            ));
            assert!(
                source.starts_with("in the EU text") || source.starts_with("added"),
                "{source}"
            );
        }
    }
    let expected: Vec<(&str, String, bool)> = CAS
        .iter()
        .map(|(entry, cas, in_text)| (*entry, (*cas).to_owned(), *in_text))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn cross_references_are_those_of_the_eu() {
    for (id, _, _, related, _) in ENTRIES {
        assert_eq!(entry(id).related.join(" "), related, "{id}");
    }
}

#[test]
fn days_and_directions_of_the_instruments() {
    let day = |text: &str| Some(text.parse().expect("a day"));
    for (id, adopted, from, binds, measure) in [
        (
            "un",
            day("2017-09-11"),
            day("2017-09-29"),
            "UN",
            "export-and-import-ban",
        ),
        (
            "cn-36-2018",
            day("2018-04-08"),
            day("2018-04-08"),
            "CN",
            "export-ban",
        ),
        (
            "eu-2017-1509",
            None,
            day("2017-10-12"),
            "EU",
            "export-and-import-ban",
        ),
        ("uk-2019-411", None, None, "UK", "export-ban"),
    ] {
        let found = list()
            .instruments
            .iter()
            .find(|instrument| instrument.id == id);
        let found = found.expect(id);
        assert_eq!(found.adopted, adopted, "{id}");
        assert_eq!(
            found
                .in_force
                .first()
                .map(tidewaiter::vocab::Interval::from),
            from,
            "{id}"
        );
        assert_eq!(found.binds, [binds], "{id}");
        assert_eq!(found.measure, measure, "{id}");
        assert_eq!(found.destinations, ["KP"], "{id}");
        assert!(
            !found.unverified.is_empty(),
            "{id}: something of each is unverified"
        );
    }
}

#[test]
fn what_nobody_has_checked_is_said() {
    let head = list().head.unverified.join("\n");
    for words in [
        "UN document itself was not seen",
        "23 to 32",
        "HS codes",
        "EU act",
        "symbol",
    ] {
        assert!(head.contains(words), "{words}");
    }
    for entry in &list().entries {
        assert_eq!(entry.hs.edition, "HS 2022", "{}", entry.id);
        assert!(
            entry.hs.status.contains("not part of the list"),
            "{}",
            entry.id
        );
        assert!(
            !entry.hs.codes.is_empty() && !entry.notes.is_empty(),
            "{}",
            entry.id
        );
    }
}

#[test]
fn the_json_has_entries_with_criteria_citations_and_figures_as_written() {
    let json = serde_json::to_value(list()).expect("JSON");
    let entries = json["entries"].as_array().expect("an array");
    assert_eq!(entries.len(), 32);
    let nitric = entries
        .iter()
        .find(|e| e["id"] == "VIII.A1.004")
        .expect("there");
    assert_eq!(nitric["goods"][0]["criteria"]["threshold"], "20 %");
    assert_eq!(nitric["goods"][0]["criteria"]["comparison"], "at-least");
    assert_eq!(nitric["citations"][1]["item"], "14");
    assert_eq!(nitric["citations"][1]["status"], "confirmed");
}
