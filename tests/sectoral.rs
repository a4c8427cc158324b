//! Bans by code: facts on both sides of each limit of the embedded code lists.

use tidewaiter::list::{
    CodeSystem, embedded_code_files, embedded_code_lists, lint_code_list, load_codes,
};
use tidewaiter::screen::{Circumstances, Sectoral, SectoralAnswer, SectoralBan, sectoral};
use tidewaiter::{GoodsItem, Truth};

fn known(as_of: &str, exporter: &str) -> Circumstances {
    Circumstances {
        exporter: (!exporter.is_empty()).then(|| exporter.parse().expect("a country")),
        ..Circumstances::on(as_of.parse().expect("a day"))
    }
}

fn judge(item: &GoodsItem, as_of: &str, exporter: &str) -> Sectoral {
    sectoral(embedded_code_lists(), item, None, &known(as_of, exporter)).expect("code lists")
}

fn to_kp(hs: &str) -> GoodsItem {
    GoodsItem::new("GOODS").with_hs(hs).with_destination("KP")
}

fn from_kp(hs: &str, to: &str) -> GoodsItem {
    GoodsItem {
        origin: Some("KP".into()),
        ..GoodsItem::new("GOODS").with_hs(hs).with_destination(to)
    }
}

fn ban<'a>(sectoral: &'a Sectoral, measure: &str) -> Option<&'a SectoralBan> {
    sectoral.bans.iter().find(|ban| ban.measure == measure)
}

/// The answer of one measure; nothing where the code isn't under it.
fn answer(item: &GoodsItem, as_of: &str, exporter: &str, measure: &str) -> Option<Truth> {
    ban(&judge(item, as_of, exporter), measure).map(|ban| ban.applies)
}

#[test]
fn the_embedded_code_lists_are_whole_and_sound() {
    let [cn, eu] = embedded_code_lists() else {
        panic!("two lists")
    };
    assert_eq!((eu.measures.len(), eu.rows()), (25, 182));
    assert_eq!((cn.measures.len(), cn.rows()), (6, 11));
    for files in embedded_code_files() {
        let issues: Vec<String> = lint_code_list(files)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(issues, Vec::<String>::new());
    }
    let count = |system: CodeSystem| {
        let rows = eu.measures.iter().flat_map(|measure| &measure.rows);
        rows.filter(|row| row.system == system).count()
    };
    let systems = [
        CodeSystem::Hs2,
        CodeSystem::Hs4,
        CodeSystem::Hs6,
        CodeSystem::Cn8,
        CodeSystem::Taric10,
        CodeSystem::Chn10,
    ];
    assert_eq!(systems.map(count).iter().sum::<usize>(), 182);
    assert_eq!(
        (count(CodeSystem::Taric10), count(CodeSystem::Chn10)),
        (3, 0)
    );
    let open = eu
        .measures
        .iter()
        .filter(|measure| !measure.unverified.is_empty());
    assert!(open.count() > 8, "what nobody has checked stays marked");
}

#[test]
fn a_chapter_covers_every_code_under_it() {
    let measure = "eu-XIl-industrial-machinery-vehicles-metals";
    for hs in [
        "8413",
        "8413.70",
        "84137029",
        "8413 70 29 10",
        "847989971099",
    ] {
        assert_eq!(
            answer(&to_kp(hs), "2020-01-01", "", measure),
            Some(Truth::True),
            "{hs}"
        );
    }
    for hs in ["4901", "7701.10", "9031.80"] {
        assert_eq!(answer(&to_kp(hs), "2020-01-01", "", measure), None, "{hs}");
    }
    // 7 digits: 8413700, or 08413700 without its zero.
    assert_eq!(
        answer(&to_kp("8413700"), "2020-01-01", "", measure),
        Some(Truth::Unknown)
    );
}

#[test]
fn the_first_day_is_one_of_the_ban_and_the_day_before_is_not() {
    let measure = "eu-XIl-industrial-machinery-vehicles-metals";
    let pump = to_kp("8413.70");
    for (day, expected) in [("2017-12-21", Truth::False), ("2017-12-22", Truth::True)] {
        assert_eq!(answer(&pump, day, "", measure), Some(expected), "{day}");
    }
    let judged = judge(&pump, "2018-02-27", "DE");
    let acts = &ban(&judged, measure).expect("under it").acts;
    let of = |id: &str| acts.iter().find(|act| act.instrument == id).expect(id);
    assert_eq!(of("eu-2017-1509").applies, Truth::False);
    assert_eq!(of("unsc-2397").applies, Truth::True);
    assert!(of("eu-2017-1509").why().contains("only since 2018-02-28"));
    let judged = judge(&pump, "2018-02-28", "DE");
    let acts = &ban(&judged, measure).expect("under it").acts;
    assert!(acts.iter().all(|act| act.applies == Truth::True));
}

#[test]
fn an_older_ban_leaves_the_days_before_open() {
    let copper = from_kp("7403.11", "DE");
    assert_eq!(
        answer(&copper, "2017-08-31", "", "eu-VII-copper"),
        Some(Truth::Unknown)
    );
    assert_eq!(
        answer(&copper, "2017-09-01", "", "eu-VII-copper"),
        Some(Truth::True)
    );
    // The heading is whole since 2017-10-12 only; before, the older act leaves it open.
    let coke = from_kp("2704.00", "DE");
    let measure = "eu-V-coal-iron-iron-ore";
    assert_eq!(answer(&coke, "2017-10-12", "", measure), Some(Truth::True));
    assert_eq!(
        answer(&coke, "2017-10-11", "", measure),
        Some(Truth::Unknown)
    );
}

#[test]
fn a_month_without_its_day_is_open_for_that_month() {
    let gas = to_kp("2711.11");
    for (day, expected) in [
        ("2017-08-31", Truth::False),
        ("2017-09-15", Truth::Unknown),
        ("2017-09-30", Truth::True),
    ] {
        assert_eq!(
            answer(&gas, day, "CN", "cn-2017-52-lng"),
            Some(expected),
            "{day}"
        );
    }
}

#[test]
fn a_range_has_both_its_ends() {
    let measure = "eu-III-aviation-fuel";
    for (hs, expected) in [
        ("27101230", None),
        ("27101231", Some(Truth::True)),
        ("2710125990", Some(Truth::True)),
        ("27101260", None),
        ("271012", Some(Truth::Unknown)),
        ("2710", Some(Truth::Unknown)),
    ] {
        assert_eq!(
            answer(&to_kp(hs), "2020-01-01", "DE", measure),
            expected,
            "{hs}"
        );
    }
}

#[test]
fn too_few_digits_and_another_tariffs_digits_ask_for_more() {
    let measure = "eu-XIc-condensates-ngl";
    let judged = judge(&to_kp("2709"), "2020-01-01", "DE");
    let found = ban(&judged, measure).expect("perhaps under it");
    assert_eq!(found.applies, Truth::Unknown);
    assert!(
        found.missing[0].contains("declare 8 digits"),
        "{:?}",
        found.missing
    );
    // Ten digits of China's tariff say nothing on the seventh of the EU's.
    assert_eq!(
        answer(&to_kp("2709001000"), "2020-01-01", "CN", measure),
        Some(Truth::Unknown)
    );
    assert_eq!(
        answer(&to_kp("2709001000"), "2020-01-01", "DE", measure),
        Some(Truth::True)
    );
    assert_eq!(
        answer(&to_kp("2709009000"), "2020-01-01", "DE", measure),
        None
    );
    let ore = from_kp("2601111000", "CN");
    assert_eq!(
        answer(&ore, "2020-01-01", "", "cn-2017-40-iron-ore"),
        Some(Truth::True)
    );
    let ore = from_kp("2601119100", "CN");
    assert_eq!(answer(&ore, "2020-01-01", "", "cn-2017-40-iron-ore"), None);
}

#[test]
fn a_part_of_a_code_is_a_question_that_names_the_part() {
    let judged = judge(&from_kp("9703", "IT"), "2020-01-01", "");
    let found = ban(&judged, "eu-X-statues").expect("under it");
    assert_eq!(
        (found.applies, found.row.truth),
        (Truth::Unknown, Truth::True)
    );
    assert!(found.row.part);
    assert!(
        found.missing[0].contains("original statuary"),
        "{:?}",
        found.missing
    );
    // Split in HS 2022: found under its later codes.
    for hs in ["442010", "4420.11", "44201990"] {
        assert_eq!(
            answer(&from_kp(hs, "IT"), "2023-01-01", "", "eu-X-statues"),
            Some(Truth::Unknown),
            "{hs}"
        );
    }
    assert_eq!(
        answer(&from_kp("442090", "IT"), "2023-01-01", "", "eu-X-statues"),
        None
    );
}

#[test]
fn export_and_import_are_two_bans() {
    let textiles = "eu-XIf-textiles";
    assert_eq!(
        answer(&from_kp("6105.10", "DE"), "2020-01-01", "", textiles),
        Some(Truth::True)
    );
    assert_eq!(answer(&to_kp("6105.10"), "2020-01-01", "", textiles), None);
    let helicopters = "eu-XI-helicopters";
    assert_eq!(
        answer(&to_kp("8802.11"), "2020-01-01", "DE", helicopters),
        Some(Truth::True)
    );
    assert_eq!(
        answer(&from_kp("8802.11", "DE"), "2020-01-01", "", helicopters),
        None
    );
    // The EU's own ban binds the EU's exporters only.
    let gold = "eu-IX-gold-precious-metals-diamonds-export";
    for (exporter, expected) in [
        ("DE", Truth::Unknown),
        ("CN", Truth::False),
        ("", Truth::Unknown),
    ] {
        assert_eq!(
            answer(&to_kp("7108.12"), "2020-01-01", exporter, gold),
            Some(expected)
        );
    }
}

#[test]
fn a_ceiling_and_an_unconfirmed_basis_never_apply_for_certain() {
    let oil = to_kp("2709.00");
    let measure = "cn-2018-4-crude-oil-cap";
    assert_eq!(
        answer(&oil, "2020-01-01", "CN", measure),
        Some(Truth::Unknown)
    );
    let judged = judge(&from_kp("7403.11", "CN"), "2020-01-01", "");
    let found = ban(&judged, "eu-VII-copper").expect("under it");
    let act = found
        .acts
        .iter()
        .find(|act| act.instrument == "unsc-2321")
        .expect("the basis");
    assert_eq!(act.applies, Truth::Unknown);
    assert!(act.why().contains("not confirmed"), "{}", act.why());
}

#[test]
fn it_does_not_flood_where_only_the_country_is_unknown() {
    let pump = |destination: Option<&str>, origin: Option<&str>| GoodsItem {
        destination: destination.map(str::to_owned),
        origin: origin.map(str::to_owned),
        ..GoodsItem::new("PUMP").with_hs("8413.70")
    };
    for (item, expected) in [
        (pump(None, None), SectoralAnswer::CountryNotKnown),
        (pump(Some("Korea"), None), SectoralAnswer::CountryNotKnown),
        (pump(Some("DE"), None), SectoralAnswer::CountryNotKnown),
        (pump(Some("DE"), Some("CN")), SectoralAnswer::DoesNotApply),
        (pump(Some("Nampo"), None), SectoralAnswer::Applies),
        (
            GoodsItem::new("BOOKS").with_hs("4901"),
            SectoralAnswer::DoesNotApply,
        ),
        (
            GoodsItem::new("PUMP").with_destination("KP"),
            SectoralAnswer::NoCode,
        ),
        (to_kp("n/a"), SectoralAnswer::NoCode),
        (
            GoodsItem::new("PUMP").with_destination("DE"),
            SectoralAnswer::DoesNotApply,
        ),
    ] {
        let judged = judge(&item, "2020-01-01", "");
        assert_eq!(judged.answer, expected, "{item:?}");
        assert_eq!(judged.bans.is_empty(), expected != SectoralAnswer::Applies);
    }
    // A place named on the way makes a question of it.
    let mut item = pump(Some("CN"), Some("CN"));
    item.transit = Some("Dalian; Nampo".into());
    assert_eq!(
        judge(&item, "2020-01-01", "").answer,
        SectoralAnswer::MayApply
    );
    assert!(sectoral(&[], &item, None, &known("2020-01-01", "")).is_none());
}

#[test]
fn the_words_of_the_goods_are_told_and_decide_nothing() {
    let mut item = to_kp("7208.51");
    let silent = judge(&item, "2020-01-01", "");
    item.description = "HOT ROLLED STEEL COILS".into();
    let agreeing = judge(&item, "2020-01-01", "");
    assert_eq!(silent.words, None);
    assert!(agreeing.words.is_some_and(|words| words.contains("agrees")));
    assert_eq!(silent.bans, agreeing.bans);
}

#[test]
fn an_order_of_a_newer_format_stays_open() {
    let text = "[code-list]\nid = \"x\"\ntitle = \"X\"\ndecision = \"D\"\nedition = \"1\"\ncodes = 1\n\
        [[instrument]]\nid = \"a\"\nauthority = \"A\"\nsymbol = \"Act\"\nmeasure = \"export-ban\"\n\
        binds = [\"UN\"]\nin_force = [{ from = \"2000-01-01\" }]\ndestinations = [\"KP\"]\n\
        [[measure]]\nid = \"m\"\ntitle = \"M\"\ndirection = \"export\"\norder = \"licence\"\n\
        codes = [{ code = \"84\", system = \"HS2\", goods = \"machinery\" }]\n\
        act = [{ instrument = \"a\", item = \"1\", since = \"2000-01-01\", status = \"confirmed\" }]\n";
    let lists = [load_codes([("x.toml", text)]).expect("loads")];
    let judged = sectoral(&lists, &to_kp("8413"), None, &known("2020-01-01", ""));
    assert_eq!(judged.expect("a list").answer, SectoralAnswer::MayApply);
}
