//! What holds of every goods item, whatever it says.
//!
//! Where a property can be tried on each labelled line, it is: a sample would leave the one line
//! out that breaks it. Random goods are made of labelled lines and noise.

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use support::{labelled, rules, screen, verdicts};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::manifest::{Manifest, ReadOptions, Record};
use tidewaiter::report::{Format, Header, Options, RenderOptions};
use tidewaiter::screen::{Circumstances, Evaluation, Evidence};
use tidewaiter::{Finding, GoodsItem, ReportWriter, Ruleset, Screened, Screener, Truth, Verdict};
use unicode_normalization::UnicodeNormalization;

fn line(number: usize) -> &'static GoodsItem {
    let lines = &labelled().lines;
    &lines[number % lines.len()].item
}

fn all_evidence(finding: &Finding) -> Vec<&Evidence> {
    fn of(evaluation: &Evaluation) -> Vec<&Evidence> {
        let stated = evaluation.stated.iter().map(|s| &s.evidence);
        let inner = evaluation.of.iter().flat_map(of);
        evaluation
            .evidence
            .iter()
            .chain(stated)
            .chain(inner)
            .collect()
    }
    let exceptions = finding.exceptions.iter().flat_map(|e| &e.evidence);
    finding
        .evidence
        .iter()
        .chain(exceptions)
        .chain(of(&finding.criteria))
        .collect()
}

/// The text of the field that evidence speaks of.
fn field<'i>(item: &'i GoodsItem, name: &str) -> Option<&'i str> {
    let parameter = |prefix: &str| {
        let wanted = name.strip_prefix(prefix)?;
        item.parameters.iter().find(|p| p.name == wanted)
    };
    match name {
        "description" => Some(&item.description),
        "hs" => item.hs.as_deref(),
        "cas" => item.cas.as_deref(),
        _ => parameter("parameter name: ")
            .map(|p| p.name.as_str())
            .or_else(|| parameter("parameter: ").map(|p| p.value.as_str())),
    }
}

fn false_evidence(item: &GoodsItem, screened: &Screened) -> Option<String> {
    let findings = screened.findings.iter();
    let found = findings.flat_map(all_evidence).find(|evidence| {
        let text = field(item, &evidence.field);
        text.and_then(|t| t.get(evidence.start..evidence.end)) != Some(evidence.text.as_str())
            || evidence.text.is_empty()
    });
    found.map(|evidence| format!("{item:?}: {evidence:?}"))
}

#[test]
fn evidence_of_labelled_lines_equals_the_source_at_its_span() {
    for line in &labelled().lines {
        let wrong = false_evidence(&line.item, &screen(&line.item));
        assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn evidence_equals_the_source_at_its_span(
        pick in 0usize..10_000,
        noise in "[ -~é№％ßﬁ½⁻³µ\u{200b}\u{ad}Ωж中한]{0,20}",
        header in prop::sample::select(vec![
            "Output frequency (Hz)", "Volume, L", "规格", "Cooling capacity [kW]", "Ток, А", "Remarks",
        ]),
        value in prop::sample::select(vec!["0-400", "5000", "35.5 kW", "１８５ A", "SUS304 DN300", ""]),
        behind in any::<bool>(),
    ) {
        let mut item = line(pick).clone();
        item.description = if behind {
            format!("{} {noise}", item.description)
        } else {
            format!("{noise} {}", item.description)
        };
        let item = item.with_parameter(header, value).with_parameter("Note", noise);
        let wrong = false_evidence(&item, &screen(&item));
        prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
    }
}

/// A manifest's row, as it may come.
fn row() -> impl Strategy<Value = String> {
    let quoted = |pick: usize| format!("\"{}\"", line(pick).description.replace('"', "\"\""));
    prop_oneof![
        8 => (0usize..10_000).prop_map(move |pick| format!("{pick},{},,PCS", quoted(pick))),
        1 => Just(",,,".to_owned()),
        1 => Just("TOTAL,,120,PCS".to_owned()),
        1 => Just("line_id,description,qty,unit".to_owned()),
        1 => "[0-9]{1,3},[A-Za-z \"']{0,12}".prop_map(|text| text),
        1 => Just("7,MIG WELDER 250A,1,PCS,more,and more".to_owned()),
    ]
}

fn read(csv: &str) -> Vec<Record> {
    let mut manifest = Manifest::open("m.csv", csv.as_bytes(), &ReadOptions::default())
        .expect("the header names the goods");
    std::iter::from_fn(|| manifest.next_record()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_is_counted_once(rows in prop::collection::vec(row(), 0..12)) {
        let csv = format!("line_id,description,qty,unit\n{}\n", rows.join("\n"));
        let mut numbers = Vec::new();
        let (mut items, mut findings) = (0, 0);
        for record in read(&csv) {
            numbers.push(match record {
                Record::Item { item, .. } => {
                    items += 1;
                    findings += screen(&item).findings.len() as u64;
                    item.row
                }
                Record::Skipped(skipped) => skipped.row,
                Record::Unreadable { row, .. } => row,
            });
        }
        let mut once = numbers.clone();
        once.dedup();
        prop_assert_eq!(&once, &numbers);
        let known = Circumstances::on("2020-01-01".parse().expect("a day"));
        let header = Header::new(rules(), &[], &known, Options::default());
        let mut out = Vec::new();
        let render = RenderOptions::new(Format::Jsonl).with_all(true);
        let mut writer = ReportWriter::begin(&mut out, render, header).expect("writes");
        let mut manifest = Manifest::open("m.csv", csv.as_bytes(), &ReadOptions::default())
            .expect("the header names the goods");
        writer.screen("m.csv", &mut manifest, rules(), &known).expect("writes");
        let sums = writer.end().expect("writes").sums;
        prop_assert!(sums.hold(), "{sums:?}");
        prop_assert_eq!(sums.rows, numbers.len() as u64);
        prop_assert_eq!(sums.screened + sums.not_screenable, items);
        prop_assert_eq!(sums.findings, findings);
        let text = String::from_utf8(out).expect("UTF-8");
        let written = text.lines().filter(|line| line.starts_with("{\"record\":\"item\""));
        prop_assert_eq!(written.count() as u64, items);
    }

    #[test]
    fn the_order_of_the_lines_changes_no_finding(
        picks in prop::collection::btree_set(0usize..900, 2..12),
        turn in 0usize..12,
    ) {
        let mut rows: Vec<String> = picks
            .iter()
            .map(|&pick| format!("W{pick},\"{}\"", line(pick).description.replace('"', "\"\"")))
            .collect();
        let screened = |rows: &[String]| -> BTreeMap<String, Screened> {
            let csv = format!("line_id,description\n{}\n", rows.join("\n"));
            let items = read(&csv).into_iter().filter_map(|record| match record {
                Record::Item { item, .. } => Some((item.line_id.clone(), screen(&item))),
                _ => None,
            });
            items.collect()
        };
        let before = screened(&rows);
        let turn = turn % rows.len();
        rows.rotate_left(turn);
        rows.reverse();
        prop_assert_eq!(screened(&rows), before);
    }

}

proptest! {
    // Each case compiles a ruleset.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn more_entries_take_no_finding_away(
        kept in prop::collection::vec(any::<bool>(), 32),
        picks in prop::collection::vec(0usize..10_000, 100),
    ) {
        let mut fewer = rules().lists().to_vec();
        let mut keep = kept.iter().copied().cycle();
        for list in &mut fewer {
            list.entries.retain(|_| keep.next().unwrap_or(true));
        }
        let fewer = Ruleset::compile(fewer, Lexicon::embedded()).expect("compiles");
        for pick in picks {
            let item = line(pick);
            let all = screen(item).findings;
            for finding in Screener::new(&fewer).screen(item).findings {
                prop_assert!(all.contains(&finding), "{:?}: {finding:?}", item.description);
            }
        }
    }

    #[test]
    fn another_list_takes_no_finding_away(
        kept in prop::collection::vec(any::<bool>(), 32),
        picks in prop::collection::vec(0usize..10_000, 100),
    ) {
        let mut other = rules().lists()[0].clone();
        other.head.id = "another".into();
        let mut keep = kept.iter().copied();
        other.entries.retain(|_| keep.next().unwrap_or(true));
        let lists = vec![rules().lists()[0].clone(), other];
        let both = Ruleset::compile(lists, Lexicon::embedded()).expect("compiles");
        for pick in picks {
            let item = line(pick);
            let mut found = Screener::new(&both).screen(item).findings;
            found.retain(|finding| finding.list != "another");
            prop_assert_eq!(found, screen(item).findings, "{:?}", item.description);
        }
    }
}

/// Screens every labelled line as it is and changed, and tells where a verdict differs.
fn differences(change: impl Fn(&GoodsItem) -> Option<GoodsItem>) -> Vec<String> {
    let mut told = Vec::new();
    for line in &labelled().lines {
        let Some(changed) = change(&line.item) else {
            continue;
        };
        let (before, after) = (screen(&line.item), screen(&changed));
        let (was, is) = (verdicts(&before), verdicts(&after));
        if was != is || before.outcome != after.outcome {
            told.push(format!(
                "{} {:?}\n     {:?}\n  was {was:?} {:?}\n  is  {is:?} {:?}",
                line.item.line_id,
                line.item.description,
                changed.description,
                before.outcome,
                after.outcome
            ));
        }
    }
    told
}

fn rewritten(write: impl Fn(&str) -> String) -> Vec<String> {
    differences(|item| {
        Some(GoodsItem {
            description: write(&item.description),
            ..item.clone()
        })
    })
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(wide).collect()
}

#[test]
fn case_changes_no_verdict() {
    assert_eq!(rewritten(str::to_uppercase), [] as [String; 0]);
    assert_eq!(rewritten(str::to_lowercase), [] as [String; 0]);
}

#[test]
fn full_width_letters_change_no_verdict() {
    assert_eq!(rewritten(full_width), [] as [String; 0]);
}

#[test]
fn decomposed_letters_change_no_verdict() {
    assert_eq!(rewritten(|text| text.nfd().collect()), [] as [String; 0]);
}

#[test]
fn blanks_at_the_ends_change_no_verdict() {
    assert_eq!(rewritten(|text| format!("  {text}\t\n")), [] as [String; 0]);
}

/// A claim is no fact: it clears nothing.
#[test]
fn a_claim_of_civil_use_changes_no_verdict() {
    for claim in [" FOR CIVIL USE ONLY", "; 民用"] {
        let changed = rewritten(|text| format!("{text}{claim}"));
        assert_eq!(changed, [] as [String; 0], "{claim}");
    }
}

/// What turns a hit is the law's own exception, said in words; it clears and takes nothing away.
#[test]
fn an_exception_in_words_clears_a_hit() {
    for (entry, hit, exception) in [
        (
            "VIII.A0.001",
            "SMCO RING MAGNETS 60X30X10",
            " FOR LOUDSPEAKERS",
        ),
        (
            "VIII.A1.002",
            "X-RAY FLAT PANEL DETECTOR 43X43 CM",
            " FOR MEDICAL USE, MAMMOGRAPHY",
        ),
        (
            "VIII.B.003",
            "HYDRODYNAMIC MODELLING SOFTWARE",
            " FOR DISTRICT HEATING",
        ),
    ] {
        let before = verdicts(&screen(&GoodsItem::new(hit)));
        assert_eq!(before.get(entry), Some(&Verdict::Hit), "{hit}");
        let after = verdicts(&screen(&GoodsItem::new(format!("{hit}{exception}"))));
        assert_eq!(
            after.get(entry),
            Some(&Verdict::Cleared),
            "{hit}{exception}"
        );
    }
}

/// Facts that no criterion asks for may turn no verdict, definite or not.
#[test]
fn facts_of_the_shipment_change_no_verdict() {
    for fact in [
        "; COUNTRY OF ORIGIN CN",
        "; N.W. 812 KG",
        ", G.W. 1.5 MT",
        "; 2 PALLETS",
        ", INVOICE NO 2017/0457",
    ] {
        let changed = rewritten(|text| format!("{text}{fact}"));
        assert_eq!(changed, [] as [String; 0], "{fact}");
    }
}

#[test]
fn more_facts_of_the_shipment_change_no_verdict() {
    for fact in [
        ", 220V 50HZ",
        ", DIM 120X80X100 CM",
        "; PACKED IN WOODEN CASES",
        "; FOB DALIAN",
    ] {
        let changed = rewritten(|text| format!("{text}{fact}"));
        assert_eq!(changed, [] as [String; 0], "{fact}");
    }
}

/// An HS code is an indicator: one that disagrees clears nothing and finds nothing on a line whose
/// words say what the goods are.
#[test]
fn a_disagreeing_hs_code_changes_no_verdict() {
    let changed = differences(|item| item.hs.is_none().then(|| item.clone().with_hs("610910")));
    assert_eq!(changed, [] as [String; 0]);
}

/// An HS code that agrees is a fact more: it may lift what was not definite, and turns no hit and
/// no cleared finding round.
#[test]
fn an_agreeing_hs_code_turns_no_definite_verdict() {
    for line in labelled().lines.iter().filter(|l| l.item.hs.is_none()) {
        let before = verdicts(&screen(&line.item));
        for (entry, was) in &before {
            let list = &rules().lists()[0];
            let Some(code) = list.entry(entry).and_then(|e| e.hs.codes.first()) else {
                continue;
            };
            let after = verdicts(&screen(&line.item.clone().with_hs(code.to_string())));
            let is = after.get(entry).copied();
            let kept = match was {
                Verdict::Review => is.is_some(),
                definite => is == Some(*definite),
            };
            assert!(
                kept,
                "{} {:?} with {code:?}: {entry} was {was:?}, is {is:?}",
                line.item.line_id, line.item.description
            );
        }
    }
}

/// A CAS number identifies: that of an entry makes at least a finding of it, whatever else is said.
#[test]
fn the_cas_number_of_an_entry_is_never_lost() {
    let list = &rules().lists()[0];
    for entry in list.entries.iter().filter(|e| !e.cas.is_empty()) {
        for line in labelled().lines.iter().filter(|l| l.item.cas.is_none()) {
            let item = line.item.clone().with_cas(entry.cas[0].to_string());
            let found = verdicts(&screen(&item));
            assert!(
                found.contains_key(&entry.id),
                "{} {:?}: {found:?}",
                entry.id,
                item.description
            );
        }
    }
}

/// A tree of conditions over facts.
#[derive(Clone, Debug)]
enum Tree {
    Fact(usize),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
}

impl Tree {
    fn truth(&self, facts: &[Truth]) -> Truth {
        match self {
            Tree::Fact(number) => facts[number % facts.len()],
            Tree::All(of) => Truth::all(of.iter().map(|t| t.truth(facts))),
            Tree::Any(of) => Truth::any(of.iter().map(|t| t.truth(facts))),
            Tree::Not(of) => !of.truth(facts),
        }
    }
}

fn tree() -> impl Strategy<Value = Tree> {
    (0usize..8)
        .prop_map(Tree::Fact)
        .prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::All),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::Any),
                inner.prop_map(|t| Tree::Not(Box::new(t))),
            ]
        })
}

proptest! {
    #[test]
    fn learning_a_fact_turns_no_definite_criterion(
        tree in tree(),
        known in prop::collection::vec(0u8..3, 8),
        learnt in 0usize..8,
        truth in any::<bool>(),
    ) {
        let mut facts: Vec<Truth> = known
            .iter()
            .map(|k| [Truth::False, Truth::Unknown, Truth::True][*k as usize])
            .collect();
        let before = tree.truth(&facts);
        if facts[learnt] == Truth::Unknown {
            facts[learnt] = truth.into();
        }
        let after = tree.truth(&facts);
        prop_assert!(before == Truth::Unknown || before == after, "{before:?} became {after:?}");
    }
}
