//! Lists in time: editions made from amendments, and who is bound since when.

use std::path::Path;

use tidewaiter::compile::Rulebook;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{ControlList, History, Register, diff, load};
use tidewaiter::manifest::{Manifest, ReadOptions};
use tidewaiter::report::{Format, Header, Options, RenderOptions, ReportWriter, Summary};
use tidewaiter::screen::Circumstances;
use tidewaiter::vocab::Jurisdiction;
use tidewaiter::{Day, GoodsItem, Screener, Truth, Verdict};

/// The lists of `tests/lists/time`: `second` amends `first`, and so does an order that was
/// suspended for half a year.
fn register() -> Register {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists/time");
    let list = |id: &str, files: &[&str]| -> ControlList {
        let texts: Vec<String> = files
            .iter()
            .map(|file| std::fs::read_to_string(folder.join(id).join(file)).expect("a text"))
            .collect();
        let files = files.iter().copied().zip(texts.iter().map(String::as_str));
        load(Lexicon::embedded(), files).expect("loads")
    };
    let first = list("first", &["list.toml", "order.toml"]);
    let second = list("second", &["list.toml"]);
    Register::new(vec![first, second]).expect("fits together")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn whose(codes: &[&str]) -> Vec<Jurisdiction> {
    let all = codes.iter();
    all.map(|code| code.parse().expect("a jurisdiction"))
        .collect()
}

fn edition(history: &History, on: &str, codes: &[&str]) -> Option<String> {
    let found = history.on(day(on), &whose(codes));
    found.map(|list| list.edition_id())
}

#[test]
fn an_edition_is_in_force_from_the_day_of_its_amendment() {
    let register = register();
    let first = register.history("first").expect("there");
    let second = register.history("second").expect("there");
    for (on, codes, expected) in [
        ("2016-04-03", &[][..], None),
        ("2016-04-04", &[], Some("first@2016-04-04")),
        ("2017-08-17", &[], Some("first@2016-04-04")),
        ("2017-08-18", &[], Some("first@2017-08-18")),
        ("2019-12-31", &[], Some("first@2017-08-18")),
        ("2020-01-01", &[], Some("first@2020-01-01")),
        ("2020-06-30", &[], Some("first@2020-01-01")),
        // The order is suspended: the edition before it is in force again.
        ("2020-07-01", &[], Some("first@2017-08-18")),
        ("2020-12-31", &[], Some("first@2017-08-18")),
        ("2021-01-01", &[], Some("first@2020-01-01")),
        // Each instrument has its own days.
        ("2016-06-13", &["CN"], None),
        ("2016-06-14", &["CN"], Some("first@2016-04-04")),
        ("2018-02-04", &["CN"], Some("first@2016-04-04")),
        ("2018-02-05", &["CN"], Some("first@2017-08-18")),
        ("2018-02-04", &["CN", "UN"], Some("first@2017-08-18")),
        ("2017-08-17", &["UN"], Some("first@2016-04-04")),
        ("2017-08-18", &["UN"], Some("first@2017-08-18")),
        // Nothing amends it for the UK, and since when it is in force there isn't known; but not
        // before there is a list.
        ("2016-04-03", &["UK"], None),
        ("2021-01-01", &["UK"], Some("first@2016-04-04")),
        ("2021-01-01", &["EU"], None),
    ] {
        let expected = expected.map(str::to_owned);
        assert_eq!(edition(first, on, codes), expected, "{on} {codes:?}");
    }
    for (on, codes, expected) in [
        ("2017-08-17", &[][..], None),
        ("2017-08-18", &[], Some("second@2017-08-18")),
        ("2018-02-04", &["CN"], None),
        ("2018-02-05", &["CN"], Some("second@2017-08-18")),
    ] {
        let expected = expected.map(str::to_owned);
        assert_eq!(edition(second, on, codes), expected, "{on} {codes:?}");
    }
}

#[test]
fn editions_have_their_intervals_and_their_text() {
    let register = register();
    let history = register.history("first").expect("there");
    let editions = history.editions();
    let told: Vec<(String, String, usize)> = editions
        .iter()
        .map(|edition| {
            let days: Vec<String> = edition.in_force.iter().map(ToString::to_string).collect();
            (
                edition.id.clone(),
                days.join(", "),
                edition.list.entries.len(),
            )
        })
        .collect();
    let row = |id: &str, days: &str, entries| (id.to_owned(), days.to_owned(), entries);
    assert_eq!(
        told,
        [
            row("first@2016-04-04", "2016-04-04 to 2017-08-17", 3),
            row(
                "first@2017-08-18",
                "2017-08-18 to 2019-12-31, 2020-07-01 to 2020-12-31",
                4
            ),
            row(
                "first@2020-01-01",
                "2020-01-01 to 2020-06-30, since 2021-01-01",
                3
            ),
        ]
    );
    let hashes: Vec<&String> = editions.iter().map(|e| &e.list.sha256).collect();
    assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2]);
    let amended = editions[1].list.entry("F.1").expect("there");
    assert_eq!(amended.title, "Nitric acid of 20 % or more");
    let cited: Vec<&str> = amended
        .citations
        .iter()
        .map(|c| c.instrument.as_str())
        .collect();
    assert_eq!(cited, ["un", "cn", "uk", "second/un", "second/cn"]);
    for citation in &amended.citations {
        assert!(editions[1].list.instrument(&citation.instrument).is_some());
    }
    // The list itself is as it was.
    assert_eq!(
        history.base().entry("F.1").expect("there").title,
        "Nitric acid of 60 % or more"
    );
}

#[test]
fn no_two_editions_are_in_force_on_one_day() {
    let register = register();
    let editions = register.history("first").expect("there").editions();
    let mut spans: Vec<_> = editions.iter().flat_map(|e| &e.in_force).collect();
    spans.sort();
    for pair in spans.windows(2) {
        assert!(
            pair[0].to().is_some_and(|last| last < pair[1].from()),
            "{pair:?}"
        );
    }
}

#[test]
fn an_edition_is_found_by_name_and_by_day_or_the_error_says_which_there_are() {
    let register = register();
    for (id, expected) in [
        ("first", "first@2016-04-04"),
        ("first@2017-08-18", "first@2017-08-18"),
        ("first@2018-01-01", "first@2017-08-18"),
        ("first@2020-08-01", "first@2017-08-18"),
    ] {
        assert_eq!(register.find(id).expect(id).edition_id(), expected);
    }
    for (id, words) in [
        (
            "first@2015",
            "no edition \"2015\"; it has 2016-04-04, 2017-08-18, 2020-01-01",
        ),
        (
            "first@2016-04-03",
            "2016-04-03 is before the first edition of first, which is in force since 2016-04-04",
        ),
        ("first@", "no edition \"\""),
        (
            "third",
            "there is no list \"third\"; there are first, second",
        ),
        ("third@2018-01-01", "there is no list \"third\""),
    ] {
        let error = register.find(id).expect_err(id).to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn what_changed_is_told_entry_by_entry_and_criterion_by_criterion() {
    let register = register();
    let find = |id: &str| register.find(id).expect(id);
    let between = diff(&find("first@2016-04-04"), &find("first@2020-01-01"));
    assert_eq!(between.added[0].entry, "F.4");
    assert_eq!(between.removed[0].entry, "F.3");
    assert_eq!((between.changed.len(), between.unchanged), (1, 1));
    let limit = between.changed[0]
        .changes
        .iter()
        .find(|change| change.what == "criterion of nitric acid")
        .expect("the limit changed");
    assert_eq!(limit.before.as_deref(), Some("mass fraction at least 60 %"));
    assert_eq!(limit.after.as_deref(), Some("mass fraction at least 20 %"));
    // The other way round everything is turned.
    let back = diff(&find("first@2020-01-01"), &find("first@2016-04-04"));
    assert_eq!((back.added.len(), back.removed.len()), (1, 1));
    assert_eq!(back.added[0].entry, between.removed[0].entry);
}

/// The findings of a day, as `list entry`, by verdict.
fn found(on: &str, codes: &[&str], goods: &str) -> Vec<(String, Verdict)> {
    let mut rulebook = Rulebook::new(register(), Lexicon::embedded(), whose(codes));
    let rules = rulebook.on(day(on)).expect("in force");
    let item = GoodsItem::new(goods);
    let screened = Screener::new(&rules).screen(&item);
    let known = Circumstances {
        jurisdictions: whose(codes),
        ..Circumstances::on(day(on))
    };
    let record = tidewaiter::report::ItemRecord::new("m", item, screened, &rules, &known);
    let findings = record.findings.into_iter();
    findings
        .map(|f| {
            (
                format!("{} {}", f.edition, f.finding.entry),
                f.finding.verdict,
            )
        })
        .collect()
}

#[test]
fn goods_are_judged_by_the_wording_of_the_day() {
    let row = |text: &str, verdict| vec![(text.to_owned(), verdict)];
    for (on, goods, expected) in [
        (
            "2017-08-17",
            "NITRIC ACID 40 %",
            row("first@2016-04-04 F.1", Verdict::Cleared),
        ),
        (
            "2017-08-18",
            "NITRIC ACID 40 %",
            row("first@2017-08-18 F.1", Verdict::Hit),
        ),
        ("2017-08-17", "RING MAGNET", vec![]),
        (
            "2017-08-18",
            "RING MAGNET",
            row("first@2017-08-18 F.4", Verdict::Hit),
        ),
        ("2017-08-17", "PARTICLE ACCELERATOR", vec![]),
        (
            "2017-08-18",
            "PARTICLE ACCELERATOR",
            row("second@2017-08-18 S.1", Verdict::Hit),
        ),
    ] {
        assert_eq!(found(on, &["UN"], goods), expected, "{on} {goods}");
    }
}

#[test]
fn what_an_amendment_lets_go_is_stopped_where_it_is_not_in_force_yet() {
    let row = |text: &str| vec![(text.to_owned(), Verdict::Hit)];
    // Struck out for the UN and China; nothing says so for the UK.
    assert_eq!(
        found("2020-02-01", &[], "GLOVE BOX"),
        row("first@2016-04-04 F.3")
    );
    assert_eq!(
        found("2020-02-01", &["UK"], "GLOVE BOX"),
        row("first@2016-04-04 F.3")
    );
    assert!(found("2020-02-01", &["CN", "UN"], "GLOVE BOX").is_empty());
    // Suspended: the entry is back for all.
    assert_eq!(
        found("2020-07-01", &["CN"], "GLOVE BOX"),
        row("first@2017-08-18 F.3")
    );
    // What both wordings find is told once, by the newer one.
    assert_eq!(
        found("2017-10-01", &[], "NITRIC ACID 68 %"),
        row("first@2017-08-18 F.1")
    );
    let mut rulebook = Rulebook::new(register(), Lexicon::embedded(), Vec::new());
    let rules = rulebook.on(day("2017-10-01")).expect("in force");
    let ids: Vec<&str> = rules.lists().iter().map(|l| l.head.id.as_str()).collect();
    assert_eq!(ids, ["first", "first@2016-04-04", "second"]);
    let older = rules.lists()[1].older.as_ref().expect("older");
    assert_eq!(older.still, whose(&["CN", "UK"]));
}

#[test]
fn china_is_bound_later_than_the_council_decides() {
    let embedded = Register::new(tidewaiter::list::embedded().to_vec()).expect("embedded");
    let only = embedded.only(&["s-2017-822".to_owned()]).expect("there");
    let on = |date: &str, codes: &[&str]| only.in_force_on(day(date), &whose(codes));
    let error = on("2018-04-07", &["CN"]).expect_err("not yet").to_string();
    assert!(
        error.contains("no list is in force on 2018-04-07 for CN")
            && error.contains("not yet in force on 2018-04-07 for CN (Announcement No. 36 of 2018: since 2018-04-08)"),
        "{error}"
    );
    assert_eq!(on("2018-04-08", &["CN"]).expect("in force").lists.len(), 1);
    assert_eq!(
        on("2018-04-07", &["CN", "UN"])
            .expect("in force")
            .lists
            .len(),
        1
    );
    assert_eq!(on("2018-04-07", &[]).expect("in force").lists.len(), 1);
    let list = only.find("s-2017-822").expect("there");
    let asked = |codes: &[&str]| {
        let known = Circumstances {
            jurisdictions: whose(codes),
            exporter: Some("CN".parse().expect("a country")),
            ..Circumstances::on(day("2018-04-07"))
        };
        let item = GoodsItem::new("HOT CELL").with_destination("KP");
        let measures = tidewaiter::screen::measures(&list, &item, &known);
        let exports = measures.into_iter();
        let exports = exports.filter(|m| m.direction == tidewaiter::screen::Direction::Export);
        exports
            .map(|m| (m.instrument, m.applies))
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(&["CN"]), [("cn-36-2018".to_owned(), Truth::False)]);
    assert_eq!(
        asked(&["CN", "UN"]),
        [
            ("un".to_owned(), Truth::True),
            ("cn-36-2018".to_owned(), Truth::False)
        ]
    );
    assert_eq!(asked(&[]).len(), 4);
}

#[test]
fn no_list_is_in_force_before_there_is_one() {
    // One instrument's days aren't known, but nobody puts a list in force that isn't there.
    let mut lists = tidewaiter::list::embedded().iter();
    let list = lists
        .find(|list| list.head.id == "s-2017-822")
        .expect("there");
    assert_eq!(list.in_force_on(day("2017-09-28")), Truth::False);
    assert_eq!(list.in_force_on(day("2017-09-29")), Truth::True);
    assert_eq!(
        list.in_force_for(day("2017-09-29"), &whose(&["UK"])),
        Truth::Unknown
    );
}

fn screen(csv: &str) -> (Vec<serde_json::Value>, Summary) {
    let mut rulebook = Rulebook::new(register(), Lexicon::embedded(), whose(&["UN"]));
    let known = Circumstances {
        jurisdictions: whose(&["UN"]),
        ..Circumstances::on(day("2026-01-01"))
    };
    let rules = rulebook.on(known.as_of).expect("in force");
    let header = Header::new(&rules, &[], &known, Options::default());
    let mut out = Vec::new();
    let options = RenderOptions::new(Format::Jsonl).with_all(true);
    let mut writer = ReportWriter::begin(&mut out, options, header).expect("a vector");
    let options = ReadOptions::default();
    let mut manifest = Manifest::open("m.csv", csv.as_bytes(), &options).expect("a manifest");
    writer
        .screen_by_date("m.csv", &mut manifest, &mut rulebook, &known)
        .expect("a vector");
    let summary = writer.end().expect("a vector");
    let lines = String::from_utf8(out).expect("UTF-8");
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    let items = lines.filter(|line: &serde_json::Value| line["record"] == "item");
    (items.collect(), summary)
}

#[test]
fn each_goods_item_is_judged_by_its_own_date() {
    let (items, summary) = screen(
        "goods,shipment date\nNITRIC ACID 40 %,2017-08-17\nNITRIC ACID 40 %,18 Aug 2017\n\
         GLOVE BOX,30.06.2020\nGLOVE BOX,01.07.2020\nGLOVE BOX,\nGLOVE BOX,-\n",
    );
    let told: Vec<(String, String, String)> = items
        .iter()
        .map(|item| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
            assert!(item.get("issues").is_none(), "{item}");
            let edition = &item["findings"][0]["edition"];
            (text(&item["outcome"]), text(&item["as_of"]), text(edition))
        })
        .collect();
    let row = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(
        told,
        [
            row("clear", "2017-08-17", "first@2016-04-04"),
            row("hit", "2017-08-18", "first@2017-08-18"),
            row("clear", "2020-06-30", "-"),
            row("hit", "2020-07-01", "first@2017-08-18"),
            row("clear", "-", "-"),
            row("clear", "-", "-"),
        ]
    );
    assert_eq!(summary.sums.hit, 2);
    let used: Vec<(String, String, String, u64)> = summary
        .editions
        .iter()
        .map(|e| {
            (
                e.list.edition_id.clone(),
                e.first.to_string(),
                e.last.to_string(),
                e.items,
            )
        })
        .collect();
    let row = |a: &str, b: &str, c: &str, items| (a.to_owned(), b.to_owned(), c.to_owned(), items);
    assert_eq!(
        used,
        [
            row("first@2016-04-04", "2017-08-17", "2017-08-17", 1),
            row("first@2017-08-18", "2017-08-18", "2020-07-01", 2),
            row("second@2017-08-18", "2017-08-18", "2026-01-01", 5),
            row("first@2020-01-01", "2020-06-30", "2026-01-01", 3),
        ]
    );
}

#[test]
fn a_date_that_tells_nothing_is_an_issue_and_the_day_of_the_run_counts() {
    let (items, _) = screen(
        "goods,shipment date\nRING MAGNET,soon\nRING MAGNET,2001-01-01\nRING MAGNET,07/08/2017\n\
         RING MAGNET,31.06.2018\nRING MAGNET,08/18/2017\nGLOVE BOX,01/07/2020\n",
    );
    let codes: Vec<&str> = items
        .iter()
        .map(|item| item["issues"][0]["code"].as_str().unwrap_or("-"))
        .collect();
    assert_eq!(
        codes,
        [
            "date-not-understood",
            "date-before-lists",
            // 8 July or 7 August: before the amendment on both.
            "-",
            "date-not-understood",
            "-",
            "date-ambiguous",
        ]
    );
    let outcomes: Vec<&str> = items
        .iter()
        .map(|item| item["outcome"].as_str().expect("a text"))
        .collect();
    assert_eq!(outcomes, ["hit", "hit", "clear", "hit", "hit", "clear"]);
    assert_eq!(items[0]["issues"][0]["location"]["line"], 2);
}

#[test]
fn rules_of_many_days_are_compiled_once_for_each_set_of_editions() {
    let mut rulebook = Rulebook::new(register(), Lexicon::embedded(), whose(&["UN"]));
    let mut on = |date: &str| rulebook.on(day(date)).expect("in force");
    let first = on("2016-05-01");
    let second = on("2017-09-01");
    assert!(std::sync::Arc::ptr_eq(&first, &on("2017-01-01")));
    assert!(std::sync::Arc::ptr_eq(&second, &on("2020-07-01")));
    assert!(!std::sync::Arc::ptr_eq(&first, &second));
}

#[test]
fn metal_hydrides_are_under_the_general_words_first_and_named_by_the_amended_item_then() {
    let embedded = Register::new(tidewaiter::list::embedded().to_vec()).expect("embedded");
    let only = embedded.only(&["s-2016-308".to_owned()]).expect("there");
    let mut rulebook = Rulebook::new(only, Lexicon::embedded(), Vec::new());
    for (on, edition, named, cited) in [
        ("2017-06-01", "s-2016-308@2016-04-04", false, false),
        ("2017-08-17", "s-2016-308@2016-04-04", false, false),
        ("2017-08-18", "s-2016-308@2017-08-18", true, true),
        ("2017-10-01", "s-2016-308@2017-08-18", true, true),
    ] {
        let rules = rulebook.on(day(on)).expect("in force");
        let item = GoodsItem::new("LITHIUM ALUMINIUM HYDRIDE 95 %, 1 KG");
        let screened = Screener::new(&rules).screen(&item);
        let known = Circumstances::on(day(on));
        let record = tidewaiter::report::ItemRecord::new("m", item, screened, &rules, &known);
        let findings: Vec<_> = record.findings.iter().collect();
        let [found] = findings.as_slice() else {
            panic!("{on}: {findings:?}");
        };
        assert_eq!(found.finding.verdict, Verdict::Hit, "{on}");
        assert_eq!(found.edition, edition, "{on}");
        assert_eq!(
            found.finding.title.contains("lithium aluminium"),
            named,
            "{on}"
        );
        let amended = found.citations.iter().any(|c| c.symbol == "S/2017/728");
        assert_eq!(amended, cited, "{on}");
    }
    // China was bound by the new wording later than the Council decided.
    let history = Register::new(tidewaiter::list::embedded().to_vec()).expect("embedded");
    let history = history.history("s-2016-308").expect("there");
    for (on, edition_id) in [
        ("2018-02-04", "s-2016-308@2016-04-04"),
        ("2018-02-05", "s-2016-308@2017-08-18"),
    ] {
        assert_eq!(edition(history, on, &["CN"]).as_deref(), Some(edition_id));
    }
}
