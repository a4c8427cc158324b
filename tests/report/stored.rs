//! Reports that are read again.

use proptest::prelude::*;
use tidewaiter::config::Config;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::manifest::{Manifest, ReadOptions};
use tidewaiter::report::{
    Against, Baseline, BaselineUsed, Format, Header, Options, RenderOptions, ReportWriter,
    StoredReport, Summary,
};
use tidewaiter::screen::Circumstances;
use tidewaiter::waiver::Waivers;
use tidewaiter::{Error, ErrorKind, Ruleset, list};

use std::sync::OnceLock;

const MANIFEST: &str = "\
No,SKU,Goods,CAS,Consignee,Destination,Current
1,W-1,MIG WELDER 350A DC,,Yard,KP,
2,W-2,MIG WELDING MACHINE,,Yard,DE,200 A
3,T-1,TRI-N-BUTYL PHOSPHATE 99%,126-73-9,Plant,,
4,P-1,SPARE PARTS,,Yard,KP,
5,C-1,COTTON SHIRTS,,Shop,KP,
TOTAL,,,,,,
";

fn rules() -> &'static Ruleset {
    static RULES: OnceLock<Ruleset> = OnceLock::new();
    RULES.get_or_init(|| {
        Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded()).expect("rules")
    })
}

fn known() -> Circumstances {
    Circumstances::on("2020-01-01".parse().expect("a day"))
}

fn header(goods_kept: bool) -> Header {
    let mut header = Header::new(rules(), &[], &known(), Options::default());
    header.goods_kept = goods_kept;
    header
}

fn check(manifest: &str, format: Format, against: Against) -> (Vec<u8>, Summary) {
    check_by(rules(), manifest, format, against)
}

fn check_by(
    rules: &Ruleset,
    manifest: &str,
    format: Format,
    against: Against,
) -> (Vec<u8>, Summary) {
    let mut out = Vec::new();
    let options = RenderOptions::new(format);
    let writer = ReportWriter::begin_against(&mut out, options, header(true), against);
    let mut writer = writer.expect("a vector");
    let read = ReadOptions::default();
    let mut opened = Manifest::open("m.csv", manifest.as_bytes(), &read).expect("a manifest");
    writer
        .screen("m.csv", &mut opened, rules, &known())
        .expect("a vector");
    writer.check_baseline().expect("the same goods");
    let summary = writer.end().expect("a vector");
    (out, summary)
}

fn stored() -> &'static [u8] {
    static STORED: OnceLock<Vec<u8>> = OnceLock::new();
    STORED.get_or_init(|| check(MANIFEST, Format::Jsonl, Against::default()).0)
}

/// Reads a report to its end.
fn read(bytes: &[u8]) -> Result<u64, Error> {
    let mut stored = StoredReport::open("r.jsonl", bytes)?;
    let mut records = 0;
    while stored.next_record()?.is_some() {
        records += 1;
    }
    stored.check_rows()?;
    Ok(records)
}

#[test]
fn a_report_is_its_own_baseline() {
    for format in [Format::Json, Format::Jsonl] {
        let (bytes, first) = check(MANIFEST, format, Against::default());
        let stored = StoredReport::open("r", bytes.as_slice()).expect("a report");
        let against = Against {
            baseline: Some(Baseline::read(stored).expect("a baseline")),
            waivers: None,
        };
        let (_, second) = check(MANIFEST, format, against);
        let since = second.since_baseline.expect("a baseline");
        assert_eq!(since.unchanged, first.sums.findings);
        assert_eq!((since.new, since.changed, since.gone), (0, 0, 0));
        assert_eq!((since.fresh_hits, since.fresh_reviews), (0, 0));
        assert_eq!(first.sums, second.sums);
    }
}

#[test]
fn a_ban_by_code_is_new_once() {
    let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded()).expect("rules");
    let rules = rules.with_code_lists(list::embedded_code_lists().to_vec());
    let manifest =
        |hs: &str| format!("Goods,HS,Destination\nSTEEL PUMP,{hs},KP\nCOTTON SHIRTS,610910,FR\n");
    let since = |then: &str, now: &str| {
        let (stored, first) = check_by(&rules, &manifest(then), Format::Jsonl, Against::default());
        assert!(
            first
                .sectoral
                .is_some_and(|bans| bans.applies + bans.may_apply > 0)
        );
        let stored = StoredReport::open("r", stored.as_slice()).expect("a report");
        let against = Against {
            baseline: Some(Baseline::read(stored).expect("a baseline")),
            waivers: None,
        };
        let (_, second) = check_by(&rules, &manifest(now), Format::Jsonl, against);
        let since = second.since_baseline.unwrap_or_default();
        since.fresh_bans + since.fresh_open_bans
    };
    assert_eq!(since("841370", "841370"), 0);
    // Another code makes other goods of it: nobody has seen them.
    assert_eq!(since("8413", "841370"), 1);
}

#[test]
fn screened_again_under_the_same_lists_it_is_the_same_report() {
    let mut stored = StoredReport::open("r", stored()).expect("a report");
    let sha256 = {
        use sha2::Digest;
        let digest = sha2::Sha256::digest(crate::stored::stored());
        digest
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect::<String>()
    };
    let mut header = header(true);
    header.baseline = Some(BaselineUsed::new(&stored, &sha256, true));
    let mut out = Vec::new();
    let options = RenderOptions::new(Format::Jsonl);
    let mut writer = ReportWriter::begin(&mut out, options, header).expect("a vector");
    writer
        .rescreen(&mut stored, rules(), &known())
        .expect("a report with goods");
    let summary = writer.end().expect("a vector");
    assert_eq!(
        summary.since_baseline.map(|s| s.unchanged),
        Some(summary.sums.findings)
    );
    let bare = |bytes: &[u8]| -> Vec<serde_json::Value> {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let lines = text.lines().skip(1);
        let mut records: Vec<serde_json::Value> = lines
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .collect();
        for record in &mut records {
            let fields = record.as_object_mut().expect("an object");
            fields.remove("since_baseline");
            for finding in fields
                .get_mut("findings")
                .into_iter()
                .flat_map(|f| f.as_array_mut().expect("findings").iter_mut())
            {
                finding
                    .as_object_mut()
                    .expect("a finding")
                    .remove("since_baseline");
            }
        }
        records
    };
    assert_eq!(bare(&out), bare(crate::stored::stored()));
    // A report that isn't the one whose hash the header names is refused.
    let mut stored = StoredReport::open("r", crate::stored::stored()).expect("a report");
    let mut header = crate::stored::header(true);
    header.baseline = Some(BaselineUsed::new(&stored, "another", true));
    let writer = ReportWriter::begin(Vec::new(), options, header);
    let error = writer
        .expect("a vector")
        .rescreen(&mut stored, rules(), &known())
        .expect_err("another report");
    assert!(error.to_string().contains("changed while it was read"));
}

#[test]
fn a_stronger_verdict_counts_as_new_and_a_weaker_one_does_not() {
    let state = |before: &str, after: &str| {
        let line = |goods: &str| format!("No,Goods\n1,{goods}\n2,COTTON SHIRTS\n");
        let (bytes, _) = check(
            &line("MIG WELDER 350A DC"),
            Format::Jsonl,
            Against::default(),
        );
        let text = String::from_utf8(bytes).expect("UTF-8");
        let text = text.replace("\"verdict\":\"hit\"", &format!("\"verdict\":\"{before}\""));
        let stored = StoredReport::open("r", text.as_bytes()).expect("a report");
        let against = Against {
            baseline: Some(Baseline::read(stored).expect("a baseline")),
            waivers: None,
        };
        let (_, summary) = check(&line(after), Format::Jsonl, against);
        let since = summary.since_baseline.expect("a baseline");
        (since.changed, since.fresh_hits, since.fresh_reviews)
    };
    let same = "mig  welder 350A DC";
    assert_eq!(state("hit", same), (0, 0, 0));
    assert_eq!(state("review", same), (1, 1, 0));
    assert_eq!(state("cleared", same), (1, 1, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Wherever a report breaks off, it is refused: what is missing could be what matters.
    #[test]
    fn a_report_that_breaks_off_is_refused(at in 0..stored().len() - 1) {
        prop_assert_eq!(read(&stored()[..at]).unwrap_err().kind(), ErrorKind::Report);
    }

    /// Whatever is in a file, it is read or refused.
    #[test]
    fn a_hostile_report_makes_no_panic(at in 0..stored().len(), bytes in any::<[u8; 3]>()) {
        let mut hostile = stored().to_vec();
        let end = hostile.len().min(at + 3);
        hostile.splice(at..end, bytes);
        if let Ok(records) = read(&hostile) {
            prop_assert!(records >= 6);
        }
        let _ = StoredReport::open("r", &bytes[..]).err();
    }

    /// Whatever is in a configuration, it is read or refused with a place.
    #[test]
    fn a_hostile_configuration_makes_no_panic(text in "(\\[options\\]|\\[\\[waiver\\]\\]|list|expires|=|\"[^\"]*\"|\n|[0-9-]+|\\PC){0,40}") {
        if let Err(error) = Config::read("c.toml", &text) {
            prop_assert!(error.location().is_some_and(|l| l.line.is_some()), "{}", error);
        }
        let _ = Waivers::read("c.toml", &text);
    }
}
