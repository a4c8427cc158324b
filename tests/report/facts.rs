//! What a report of a real run says.

use serde_json::Value;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::manifest::{Manifest, ReadOptions};
use tidewaiter::report::{
    Format, Header, Options, RenderOptions, Report, ReportWriter, fingerprint,
};
use tidewaiter::screen::Circumstances;
use tidewaiter::{GoodsItem, Ruleset, list};

const MANIFEST: &str = "\
line,Description of goods,HS code,CAS,Destination,Welding current
w-1,MIG WELDER 350A DC 400V 3PH,8515.39,,KP,
w-2,MIG WELDER 140A DC,8515.39,,KP,
w-3,MIG WELDING MACHINE,8515.39,,DE,
w-4,TRI-N-BUTYL PHOSPHATE 99%,,126-73-8,,
w-5,硝酸 65% 试剂级,2808.00,7697-37-3,somewhere,
w-6,SPARE PARTS,,,KP,
w-7,COTTON SHIRTS,,,KP,
TOTAL,,,,,
";

fn lines(format: Format) -> String {
    let known = Circumstances::on("2020-01-01".parse().expect("a day"));
    let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded()).expect("rules");
    let header = Header::new(&rules, &[], &known, Options::default());
    let mut out = Vec::new();
    let options = RenderOptions::new(format).with_all(true);
    let mut writer = ReportWriter::begin(&mut out, options, header).expect("a vector");
    let read = ReadOptions::default();
    let mut manifest = Manifest::open("m.csv", MANIFEST.as_bytes(), &read).expect("a manifest");
    writer
        .screen("m.csv", &mut manifest, &rules, &known)
        .expect("a vector");
    writer.end().expect("a vector");
    String::from_utf8(out).expect("UTF-8")
}

fn records(kind: &str) -> Vec<Value> {
    lines(Format::Jsonl)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .filter(|record| record["record"] == kind)
        .collect()
}

/// The report on the manifest above, with what has no other way into a document.
pub fn screened() -> Report {
    let known = Circumstances::on("2020-01-01".parse().expect("a day"));
    let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded()).expect("rules");
    let mut report = Report::new(Header::new(&rules, &[], &known, Options::default()));
    let screener = tidewaiter::Screener::new(&rules);
    let read = ReadOptions::default();
    let manifest = Manifest::open("m.csv", MANIFEST.as_bytes(), &read).expect("a manifest");
    for record in manifest {
        if let tidewaiter::manifest::Record::Item { item, .. } = record {
            let screened = screener.screen(&item);
            let record =
                tidewaiter::report::ItemRecord::new("m.csv", item, screened, &rules, &known);
            report.items.push(record);
        }
    }
    report
}

#[test]
fn there_is_one_object_for_each_goods_item() {
    let items = records("item");
    let outcomes: Vec<(&str, &str)> = items
        .iter()
        .map(|i| {
            (
                i["line_id"].as_str().expect("a text"),
                i["outcome"].as_str().expect("a text"),
            )
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            ("w-1", "hit"),
            ("w-2", "clear"),
            ("w-3", "review"),
            ("w-4", "hit"),
            ("w-5", "hit"),
            ("w-6", "not-screenable"),
            ("w-7", "clear"),
        ]
    );
    assert_eq!(records("header").len(), 1);
    assert_eq!(records("summary").len(), 1);
    assert_eq!(records("skipped")[0]["reason"], "totals-row");
}

#[test]
fn the_sums_hold_and_count_everything() {
    let sums = &records("summary")[0]["sums"];
    let number = |name: &str| sums[name].as_u64().expect(name);
    assert_eq!(number("rows"), 8);
    assert_eq!(
        (
            number("screened"),
            number("not_screenable"),
            number("skipped")
        ),
        (6, 1, 1)
    );
    assert_eq!(
        (number("hit"), number("review"), number("clear")),
        (3, 1, 2)
    );
    assert_eq!(number("findings"), 5);
    assert_eq!(number("cleared_findings"), 1);
}

#[test]
fn evidence_is_at_its_span_in_the_records_own_cells() {
    let mut checked = 0;
    for item in records("item") {
        for finding in item["findings"].as_array().expect("findings") {
            for evidence in finding["evidence"].as_array().expect("evidence") {
                let field = evidence["field"].as_str().expect("a field");
                let text = item[field].as_str().expect(field);
                let at = |name: &str| evidence[name].as_u64().expect(name) as usize;
                assert_eq!(text.get(at("start")..at("end")), evidence["text"].as_str());
                checked += 1;
            }
        }
    }
    assert!(checked >= 8, "{checked}");
}

#[test]
fn a_finding_says_where_the_law_is_and_what_it_is_the_same_as() {
    let items = records("item");
    let finding = &items[0]["findings"][0];
    assert_eq!(finding["entry"], "VIII.A2.005");
    assert_eq!(finding["criteria"]["threshold"], "180 A");
    assert_eq!(finding["criteria"]["stated"][0]["converted"], "350 A");
    let citation = |instrument: &str| {
        let citations = finding["citations"].as_array().expect("citations");
        let found = citations.iter().find(|c| c["instrument"] == instrument);
        found.expect(instrument).clone()
    };
    assert_eq!(citation("cn-36-2018")["item"], "20");
    assert_eq!(citation("cn-36-2018")["status"], "confirmed");
    assert_eq!(citation("un")["status"], "inferred");
    assert_eq!(citation("uk-2019-411")["status"], "open");
    assert!(citation("uk-2019-411")["item"].is_null());
    let item = GoodsItem::new("mig welder  350a dc 400V 3ph").with_hs("8515.39");
    assert_eq!(
        finding["fingerprint"],
        fingerprint("s-2017-822", "VIII.A2.005", &item)
    );
    let lists = &records("header")[0]["lists"];
    let used = lists.as_array().expect("lists").iter();
    let used: Vec<_> = used
        .map(|list| (list["id"].as_str(), list["sha256"].as_str()))
        .collect();
    for list in list::embedded() {
        assert!(
            used.contains(&(Some(&list.head.id), Some(&list.sha256))),
            "{used:?}"
        );
    }
    assert!(used.iter().any(|(id, _)| *id == finding["list"].as_str()));
}

#[test]
fn a_cleared_finding_has_its_reason_and_no_measure() {
    let items = records("item");
    assert_eq!(items[1]["findings"][0]["verdict"], "cleared");
    assert_eq!(items[1]["findings"][0]["criteria"]["truth"], "false");
    assert!(items[1]["measures"].is_null());
}

#[test]
fn the_measure_is_a_second_answer() {
    let items = records("item");
    let un = |item: &Value| {
        let all = item["measures"].as_array().expect("measures");
        let export = all
            .iter()
            .find(|m| m["instrument"] == "un" && m["direction"] == "export");
        export.expect("the UN's export ban")["applies"].clone()
    };
    assert_eq!(un(&items[0]), "true", "to KP");
    assert_eq!(un(&items[2]), "false", "to DE");
    assert_eq!(un(&items[3]), "unknown", "nowhere stated");
    assert_eq!(un(&items[4]), "unknown", "to somewhere");
    // A destination elsewhere takes no verdict away.
    assert_eq!(items[2]["outcome"], "review");
}

#[test]
fn a_wrong_check_digit_is_told() {
    let items = records("item");
    assert_eq!(items[4]["issues"][0]["code"], "cas-check-digit");
}

#[test]
fn the_summary_says_what_to_ask_and_where() {
    let summary = &records("summary")[0];
    let asks = summary["ask"].as_array().expect("questions");
    let current = asks
        .iter()
        .find(|a| a["ask"].as_str().is_some_and(|t| t.contains("180 A")));
    assert_eq!(
        current.expect("the question")["lines"]["first"][0]["line_id"],
        "w-3"
    );
    assert_eq!(summary["entries"][0]["entry"], "VIII.A1.003");
    assert_eq!(summary["manifests"][0]["rows"], 8);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in [Format::Text, Format::Json, Format::Jsonl, Format::Csv] {
        assert_eq!(lines(format), lines(format));
    }
}
