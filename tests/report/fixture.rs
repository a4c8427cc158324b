//! A report of our own making, with every kind of part, independent of lists and lexicon.

use tidewaiter::list::{CitationStatus, CodeSystem, Trust};
use tidewaiter::manifest::{Parameter, SkipReason};
use tidewaiter::report::{
    AmendmentUsed, BaselineUsed, CitationRecord, CodeListUsed, ConfigUsed, EditionUsed,
    FindingRecord, Format, GoneRecord, Header, InstrumentUsed, ItemRecord, KeptGoods, ListLeftOut,
    ListUsed, ManifestUsed, Options, Part, REPORT_VERSION, RenderOptions, Report, ReportWriter,
    SinceBaseline, SkippedRecord, State, StoredList, Tool, UnreadableRecord, WhyGone,
};
use tidewaiter::screen::{
    BanCode, Condition, Direction, Evaluation, Evidence, ExceptionCheck, Finding, Measure, Outcome,
    Question, Sectoral, SectoralAct, SectoralAnswer, SectoralBan, StatedFigure, Verdict,
};
use tidewaiter::waiver::{Waiver, WaiversUsed};
use tidewaiter::{Issue, Location, Severity, Truth};

pub fn report() -> Report {
    let mut report = Report::new(header());
    report.items = vec![
        hit(),
        review(),
        not_screenable(),
        cleared(),
        hostile(),
        waived(),
        ItemRecord {
            hs: Some("6105".into()),
            sectoral: Some(banned()),
            ..item("7", 8, "COTTON SHIRTS", Outcome::Clear)
        },
    ];
    report.skipped = vec![SkippedRecord {
        manifest: "manifest.csv".into(),
        row: 10,
        reason: SkipReason::TotalsRow,
        text: "TOTAL 6657".into(),
    }];
    report.unreadable = vec![UnreadableRecord {
        manifest: "manifest.csv".into(),
        row: 11,
        issue: Issue::new(
            "read-failed",
            Severity::Error,
            "reading the manifest failed here",
        )
        .at(Location::new("manifest.csv").at_line(11)),
    }];
    report.gone = vec![GoneRecord {
        manifest: "manifest.csv".into(),
        line_id: "A-9".into(),
        row: 12,
        description: "VACUUM PUMP".into(),
        list: "demo-list".into(),
        entry: "D.5".into(),
        title: "Vacuum pumps".into(),
        was: Verdict::Review,
        fingerprint: "0e".repeat(32),
        why: WhyGone::GoodsGone,
    }];
    report.issues = vec![
        Issue::new(
            "encoding-guessed",
            Severity::Note,
            "the encoding is taken to be GBK",
        )
        .at(Location::new("manifest.csv")),
    ];
    count(&mut report);
    report
}

/// The summary is what a writer counts.
fn count(report: &mut Report) {
    let options = RenderOptions::new(Format::Json);
    let mut writer = ReportWriter::begin(std::io::sink(), options, header()).expect("a sink");
    for item in &report.items {
        writer.item(item).expect("a sink");
    }
    for skipped in &report.skipped {
        writer.skipped(skipped).expect("a sink");
    }
    for unreadable in &report.unreadable {
        writer.unreadable(unreadable).expect("a sink");
    }
    for gone in &report.gone {
        writer.gone(gone).expect("a sink");
    }
    writer.manifest(ManifestUsed {
        name: "manifest.csv".into(),
        sha256: Some("ab".repeat(32)),
        encoding: "GBK".into(),
        rows: 9,
    });
    report.summary = writer.end().expect("a sink");
    let mut older = header().lists.remove(0);
    older.id = "demo-list@first".into();
    older.edition = "first".into();
    older.edition_id.clone_from(&older.id);
    older.amended.clear();
    older.still = vec!["CN".parse().expect("a jurisdiction")];
    report.summary.editions = vec![EditionUsed {
        list: older,
        first: "2008-09-10".parse().expect("a day"),
        last: "2008-09-10".parse().expect("a day"),
        items: 1,
    }];
}

fn no_ban() -> Sectoral {
    Sectoral {
        answer: SectoralAnswer::DoesNotApply,
        bans: Vec::new(),
        words: None,
    }
}

fn banned() -> Sectoral {
    let condition = |truth: Truth, question: Question, why: &str| Condition {
        question,
        truth,
        why: why.into(),
    };
    let bound = condition(
        Truth::Unknown,
        Question::Bound,
        "whose law binds is not stated",
    );
    let act = |symbol: &str, applies: Truth, last: Condition| SectoralAct {
        instrument: symbol.to_lowercase().replace(' ', "-"),
        symbol: symbol.into(),
        item: "Annex 1".into(),
        status: CitationStatus::Confirmed,
        applies,
        conditions: vec![
            condition(Truth::True, Question::Country, "comes from KP"),
            last,
        ],
    };
    Sectoral {
        answer: SectoralAnswer::Applies,
        bans: vec![SectoralBan {
            list: "demo-codes".into(),
            measure: "shirts".into(),
            title: "Shirts".into(),
            direction: Direction::Import,
            applies: Truth::True,
            row: BanCode {
                declared: "6105".into(),
                code: "61".into(),
                to: None,
                system: CodeSystem::Hs2,
                goods: "knitted apparel".into(),
                part: false,
                truth: Truth::True,
                why: "6105 is under HS chapter 61".into(),
            },
            acts: vec![
                act(
                    "Act 1",
                    Truth::True,
                    condition(Truth::True, Question::InForce, "since 2001-02-03"),
                ),
                act("Order 2", Truth::Unknown, bound),
            ],
            missing: Vec::new(),
            notes: vec!["exception: contracts of before".into()],
        }],
        words: Some("the goods text agrees: it says “shirt…” too".into()),
    }
}

fn header() -> Header {
    let instrument = |id: &str, symbol: &str, binds: &str, in_force: Truth| InstrumentUsed {
        id: id.into(),
        authority: "an authority".into(),
        symbol: symbol.into(),
        binds: vec![binds.into()],
        measure: "export-ban".into(),
        destinations: vec!["KP".into()],
        when: match in_force {
            Truth::Unknown => "not known".into(),
            _ => "since 2001-02-03".into(),
        },
        in_force,
        asked: true,
        unverified: vec!["the day of approval".into()],
    };
    Header {
        report_version: REPORT_VERSION,
        tool: Tool {
            name: "tidewaiter".into(),
            version: "VERSION".into(),
        },
        as_of: "2010-11-12".parse().expect("a day"),
        lists: vec![ListUsed {
            id: "demo-list".into(),
            title: "A list for demonstration".into(),
            decision: "Decision 1".into(),
            edition: "second".into(),
            edition_id: "demo-list@second".into(),
            amended: vec![AmendmentUsed {
                decision: "Order No. 2, item 5".into(),
                by: vec!["order".into()],
                entries: vec!["D.2".into()],
            }],
            still: Vec::new(),
            sha256: "01".repeat(32),
            entries: 3,
            in_force: Truth::True,
            trust: Trust::Signed {
                key: "0123456789ABCDEF".into(),
            },
            checked: Some("2008-01-01".parse().expect("a day")),
            stale: Some("last checked on 2008-01-01, 1046 days before 2010-11-12".into()),
            instruments: vec![
                instrument("act", "Act 1", "UN", Truth::True),
                instrument("order", "Order No. 2, Annex", "CN", Truth::Unknown),
            ],
            unverified: vec!["item numbers from 23 on".into()],
        }],
        code_lists: vec![CodeListUsed {
            id: "demo-codes".into(),
            title: "Bans by code for demonstration".into(),
            decision: "Decision 2".into(),
            edition: "first".into(),
            sha256: "03".repeat(32),
            measures: 1,
            codes: 1,
            unverified: vec!["the day of the decision".into()],
        }],
        not_screened: vec![ListLeftOut {
            id: "ended-list".into(),
            title: "A list that has ended".into(),
            edition: "first".into(),
            sha256: "02".repeat(32),
            reason: "not in force on 2010-11-12 (Act 0: 1999-01-01 to 2000-12-31)".into(),
        }],
        options: Options {
            map: vec!["hs=3".into()],
            destination: Some("KP".parse().expect("a country")),
            ..Options::default()
        },
        goods_kept: false,
        config: Some(ConfigUsed {
            name: "tidewaiter.toml".into(),
            sha256: "03".repeat(32),
        }),
        waivers: Some(WaiversUsed {
            file: "tidewaiter.toml".into(),
            sha256: "04".repeat(32),
            read: 2,
            in_force: 1,
        }),
        baseline: Some(BaselineUsed {
            name: "old.jsonl".into(),
            sha256: "05".repeat(32),
            tool: Tool {
                name: "tidewaiter".into(),
                version: "OLDER".into(),
            },
            as_of: "2010-01-02".parse().expect("a day"),
            lists: vec![StoredList {
                id: "demo-list".into(),
                edition: "zeroth".into(),
                sha256: "06".repeat(32),
            }],
            goods: false,
        }),
    }
}

fn item(line_id: &str, row: u64, description: &str, outcome: Outcome) -> ItemRecord {
    ItemRecord {
        manifest: "manifest.csv".into(),
        line_id: line_id.into(),
        row,
        outcome,
        description: description.into(),
        hs: None,
        cas: None,
        sku: None,
        parameters: Vec::new(),
        destination: None,
        origin: None,
        as_of: None,
        findings: Vec::new(),
        measures: Vec::new(),
        sectoral: Some(no_ban()),
        sectoral_since_baseline: None,
        places: Vec::new(),
        issues: Vec::new(),
        goods: None,
    }
}

fn evidence(field: &str, text: &str, part: &str, means: &str) -> Evidence {
    let start = text.find(part).expect("a part of the text");
    Evidence {
        field: field.into(),
        start,
        end: start + part.len(),
        text: part.into(),
        means: means.into(),
        reading: None,
    }
}

fn leaf(truth: Truth, criterion: &str, threshold: Option<&str>) -> Evaluation {
    Evaluation {
        truth,
        criterion: criterion.into(),
        threshold: threshold.map(str::to_owned),
        stated: Vec::new(),
        evidence: Vec::new(),
        ask: None,
        of: Vec::new(),
    }
}

fn finding(entry: &str, title: &str, verdict: Verdict, criteria: Evaluation) -> FindingRecord {
    FindingRecord {
        finding: Finding {
            list: "demo-list".into(),
            entry: entry.into(),
            title: title.into(),
            verdict,
            goods: title.to_lowercase(),
            evidence: Vec::new(),
            criteria,
            exceptions: Vec::new(),
            doubt: None,
            missing: Vec::new(),
            notes: Vec::new(),
        },
        edition: "demo-list@second".into(),
        citations: vec![
            CitationRecord {
                instrument: "act".into(),
                symbol: "Act 1".into(),
                item: Some("14".into()),
                status: CitationStatus::Confirmed,
            },
            CitationRecord {
                instrument: "order".into(),
                symbol: "Order No. 2, Annex".into(),
                item: None,
                status: CitationStatus::Open,
            },
        ],
        fingerprint: "0f".repeat(32),
        since_baseline: Some(since(State::Unchanged, Some(verdict), &[])),
        waiver: None,
    }
}

fn since(state: State, was: Option<Verdict>, changed: &[Part]) -> SinceBaseline {
    SinceBaseline {
        state,
        was,
        changed: changed.to_vec(),
    }
}

/// A hit that somebody let go, with its goods kept.
fn waived() -> ItemRecord {
    let tree = leaf(Truth::True, "covered by description", None);
    let mut found = finding("D.3", "Ring magnets", Verdict::Hit, tree);
    found.waiver = Some(Box::new(Waiver {
        list: "demo-list".into(),
        entry: "D.3".into(),
        fingerprint: None,
        sku: Some("M-17".into()),
        description: None,
        consignee: Some("Museum".into()),
        destination: None,
        reason: "exhibits, returned after the fair".into(),
        approver: "A. Officer".into(),
        issued: "2010-01-01".parse().expect("a day"),
        expires: "2010-12-31".parse().expect("a day"),
        reference: Some("file 17".into()),
        location: Location::new("tidewaiter.toml").at(3, 1),
    }));
    ItemRecord {
        sku: Some("M-17".into()),
        findings: vec![found],
        goods: Some(KeptGoods {
            line: 9,
            consignee: Some("Museum".into()),
            ..KeptGoods::default()
        }),
        ..item("A-8", 9, "RING MAGNETS", Outcome::Hit)
    }
}

fn measures(applies: Truth, country: &str) -> Vec<Measure> {
    let condition = |question, truth, why: &str| Condition {
        question,
        truth,
        why: why.into(),
    };
    let mut bans = Measure {
        list: "demo-list".into(),
        instrument: "act".into(),
        symbol: "Act 1".into(),
        direction: Direction::Export,
        applies,
        conditions: vec![
            condition(Question::Measure, Truth::True, "export is banned"),
            condition(Question::Country, applies, country),
            condition(Question::Bound, Truth::True, "binds every member of the UN"),
        ],
    };
    let first = bans.clone();
    bans.instrument = "order".into();
    bans.symbol = "Order No. 2, Annex".into();
    bans.applies = applies.and(Truth::Unknown);
    bans.conditions.push(condition(
        Question::InForce,
        Truth::Unknown,
        "when it is in force is not known",
    ));
    vec![first, bans]
}

fn hit() -> ItemRecord {
    let text = "硝酸 65% 试剂级 2.5L, NITRIC ACID REAGENT GRADE";
    let mut limit = leaf(Truth::True, "mass-fraction at least 20 %", Some("20 %"));
    limit.stated = vec![StatedFigure {
        evidence: evidence("description", text, "65%", "mass-fraction"),
        converted: "65 %".into(),
    }];
    let mut found = finding("D.1", "Nitric acid of 20 % or more", Verdict::Hit, limit);
    found.finding.evidence = vec![
        evidence("cas", "7697-37-2", "7697-37-2", "CAS number"),
        evidence("description", text, "硝酸", "nitric acid"),
        evidence("description", text, "ACID", "nitric acid"),
        evidence("description", text, "NITRIC ACID", "nitric acid"),
        evidence("hs", "2808.00", "2808.00", "HS code"),
    ];
    ItemRecord {
        hs: Some("2808.00".into()),
        cas: Some("7697-37-2".into()),
        destination: Some("KP".into()),
        findings: vec![found],
        measures: measures(Truth::True, "goes to KP"),
        ..item("A-1", 2, text, Outcome::Hit)
    }
}

fn review() -> ItemRecord {
    let text = "PIPE STAINLESS STEEL FOR CHEMICAL PLANT";
    let mut steel = leaf(Truth::True, "stainless steel", None);
    steel.evidence = vec![evidence(
        "description",
        text,
        "STAINLESS STEEL",
        "stainless steel",
    )];
    let mut size = leaf(Truth::Unknown, "diameter greater than 8 in", Some("8 in"));
    size.ask = Some("state the diameter in in or mm; controlled: greater than 8 in".into());
    let pressure = leaf(
        Truth::False,
        "rated-pressure at least 500 psi",
        Some("500 psi"),
    );
    let mut either = leaf(Truth::Unknown, "any", None);
    either.of = vec![size, pressure];
    let mut tree = leaf(Truth::Unknown, "all", None);
    tree.of = vec![steel, either];
    let mut found = finding("D.2", "Pipes, valves and tanks", Verdict::Review, tree);
    found.since_baseline = Some(since(
        State::Changed,
        Some(Verdict::Cleared),
        &[Part::Verdict, Part::Criteria],
    ));
    found.finding.goods = "pipes of stainless steel".into();
    found.finding.evidence = vec![
        evidence("description", text, "PIPE", "pipe"),
        evidence(
            "parameter: Grade",
            "316L",
            "316L",
            "austenitic stainless steel",
        ),
    ];
    found.finding.exceptions = vec![ExceptionCheck {
        exception: "pipes for district heating".into(),
        stated: false,
        evidence: Vec::new(),
        criteria: None,
    }];
    found.finding.doubt = Some("whether welded pipe is meant is open".into());
    found.finding.missing =
        vec!["state the diameter in in or mm; controlled: greater than 8 in".into()];
    found.finding.notes = vec!["\"CIVIL USE\" is a claim, not a fact: it clears nothing".into()];
    ItemRecord {
        parameters: vec![Parameter {
            name: "Grade".into(),
            value: "316L".into(),
        }],
        destination: Some("T.B.A.".into()),
        findings: vec![found],
        measures: measures(
            Truth::Unknown,
            "the destination \"T.B.A.\" names no country we know",
        ),
        ..item("A-2", 3, text, Outcome::Review)
    }
}

fn not_screenable() -> ItemRecord {
    ItemRecord {
        issues: vec![
            Issue::new("ragged-row", Severity::Warning, "2 cells, the header has 7")
                .at(Location::new("manifest.csv").at_line(4)),
        ],
        ..item("A-3", 4, "SPARE PARTS", Outcome::NotScreenable)
    }
}

fn cleared() -> ItemRecord {
    let text = "RING MAGNETS FOR LOUDSPEAKERS";
    let tree = leaf(Truth::True, "covered by description", None);
    let mut found = finding("D.3", "Ring magnets", Verdict::Cleared, tree);
    found.finding.list = "demo-list@first".into();
    found.edition = "demo-list@first".into();
    found.finding.evidence = vec![evidence("description", text, "RING MAGNETS", "ring magnet")];
    found.finding.exceptions = vec![ExceptionCheck {
        exception: "magnets for loudspeakers".into(),
        stated: true,
        evidence: vec![evidence("description", text, "LOUDSPEAKERS", "loudspeaker")],
        criteria: None,
    }];
    ItemRecord {
        as_of: Some("2008-09-10".parse().expect("a day")),
        findings: vec![found],
        ..item("A-4", 5, text, Outcome::Clear)
    }
}

/// What a hostile manifest may hold: a formula, terminal controls, turned writing, great length.
fn hostile() -> ItemRecord {
    let text = format!(
        " =HYPERLINK(\"http://x\")\u{1b}[31m\u{202e}gnp.exe\r\nMIG WELDER 350A {}",
        "é".repeat(500)
    );
    let mut limit = leaf(
        Truth::True,
        "welding-current greater than 180 A",
        Some("180 A"),
    );
    limit.stated = vec![StatedFigure {
        evidence: evidence("description", &text, "350A", "welding-current"),
        converted: "350 A".into(),
    }];
    let mut found = finding("D.4", "MIG welders", Verdict::Hit, limit);
    found.since_baseline = Some(since(State::New, None, &[]));
    let mut misspelt = evidence("description", &text, "MIG WELDER", "MIG welder");
    misspelt.reading = Some("read as \"mig welders\"".into());
    found.finding.evidence = vec![misspelt];
    ItemRecord {
        destination: Some("=KP".into()),
        findings: vec![found],
        ..item("'+6", 7, &text, Outcome::Hit)
    }
}
