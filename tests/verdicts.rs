//! Verdicts on goods lines of our own: facts, not looks.

use tidewaiter::lexicon::Lexicon;
use tidewaiter::{GoodsItem, Outcome, Ruleset, Screener, Verdict, list};

fn rules() -> &'static Ruleset {
    static RULES: std::sync::OnceLock<Ruleset> = std::sync::OnceLock::new();
    RULES.get_or_init(|| {
        Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded()).expect("compiles")
    })
}

fn verdict(goods: &str, entry: &str) -> Option<Verdict> {
    let screened = Screener::new(rules()).screen(&GoodsItem::new(goods));
    screened
        .findings
        .iter()
        .find(|f| f.entry == entry)
        .map(|f| f.verdict)
}

#[test]
fn thresholds_decide() {
    for (goods, entry, expected) in [
        ("MIG WELDER 250 A DC", "VIII.A2.005", Verdict::Hit),
        ("MIG WELDER 180 A DC", "VIII.A2.005", Verdict::Cleared),
        ("MIG WELDER 181 A DC", "VIII.A2.005", Verdict::Hit),
        ("MIG WELDER WITH TROLLEY", "VIII.A2.005", Verdict::Review),
        ("NITRIC ACID 20 % W/W", "VIII.A1.004", Verdict::Hit),
        ("NITRIC ACID 19.9 % W/W", "VIII.A1.004", Verdict::Cleared),
        ("NITRIC ACID IN DRUMS", "VIII.A1.004", Verdict::Review),
        (
            "WATER CHILLER COOLING CAPACITY 40 KW R134A",
            "VIII.A0.006",
            Verdict::Hit,
        ),
        (
            "WATER CHILLER COOLING CAPACITY 20 KW R134A",
            "VIII.A0.006",
            Verdict::Cleared,
        ),
        (
            "FREQUENCY CONVERTER OUTPUT 0-400 HZ 380V 50HZ INPUT",
            "VIII.A3.001",
            Verdict::Hit,
        ),
        (
            "FREQUENCY CONVERTER OUTPUT 0-120 HZ",
            "VIII.A3.001",
            Verdict::Cleared,
        ),
        ("SUS304 STORAGE TANK 501 L", "VIII.A0.009", Verdict::Hit),
        ("SUS304 STORAGE TANK 500 L", "VIII.A0.009", Verdict::Cleared),
    ] {
        assert_eq!(verdict(goods, entry), Some(expected), "{goods}");
    }
}

#[test]
fn description_alone_is_enough_where_the_law_has_no_figure() {
    for (goods, entry) in [
        ("RING MAGNETS SMCO 60X30X10", "VIII.A0.001"),
        ("环形磁铁 钕铁硼", "VIII.A0.001"),
        ("МАСС-СПЕКТРОМЕТР КВАДРУПОЛЬНЫЙ", "VIII.A3.002"),
        ("질량분석기 GC-MS", "VIII.A3.002"),
        ("ＭＡＳＳ　ＳＰＥＣＴＲＯＭＥＴＥＲ", "VIII.A3.002"),
    ] {
        assert_eq!(verdict(goods, entry), Some(Verdict::Hit), "{goods}");
    }
}

#[test]
fn exceptions_parts_and_lookalikes_raise_no_alert() {
    for goods in [
        "FERRITE RING MAGNETS FOR LOUDSPEAKERS 134X60X20 MM",
        "ACCELERATOR PEDAL ASSY",
        "热室压铸机 60吨",
        "NITRIC OXIDE CAPSULES",
        "VACUUM CLEANER 1400W",
        "MEN'S COTTON SHIRTS",
    ] {
        let screened = Screener::new(rules()).screen(&GoodsItem::new(goods));
        assert_eq!(
            screened.outcome,
            Outcome::Clear,
            "{goods}: {:?}",
            screened.findings
        );
    }
}

#[test]
fn vague_lines_are_not_screenable_and_codes_on_them_still_count() {
    for goods in [
        "SPARE PARTS",
        "AS PER ATTACHED LIST",
        "杂货",
        "",
        "ЗАПЧАСТИ",
    ] {
        let screened = Screener::new(rules()).screen(&GoodsItem::new(goods));
        assert_eq!(screened.outcome, Outcome::NotScreenable, "{goods:?}");
    }
    let with_hs = GoodsItem::new("SPARE PARTS").with_hs("8543.10");
    assert_eq!(
        Screener::new(rules()).screen(&with_hs).outcome,
        Outcome::Review
    );
    let with_cas = GoodsItem::new("CHEMICALS").with_cas("126-73-8");
    assert_eq!(
        Screener::new(rules()).screen(&with_cas).outcome,
        Outcome::Hit
    );
}

#[test]
fn a_review_names_the_missing_fact() {
    let screened = Screener::new(rules()).screen(&GoodsItem::new("MIG WELDER"));
    let finding = screened
        .findings
        .iter()
        .find(|f| f.entry == "VIII.A2.005")
        .expect("a finding");
    assert!(
        finding.missing.iter().any(|ask| ask.contains("180 A")),
        "{:?}",
        finding.missing
    );
}

#[test]
fn the_list_is_whole() {
    let mut lists = list::embedded().iter();
    let list = lists
        .find(|list| list.head.id == "s-2017-822")
        .expect("embedded");
    assert_eq!(list.entries.len(), 32);
    for (prefix, count) in [
        ("VIII.A0.", 10),
        ("VIII.A1.", 7),
        ("VIII.A2.", 7),
        ("VIII.A3.", 5),
        ("VIII.B.", 3),
    ] {
        let found = list
            .entries
            .iter()
            .filter(|e| e.id.starts_with(prefix))
            .count();
        assert_eq!(found, count, "{prefix}");
    }
    let cited = |entry: &list::Entry| {
        entry
            .citations
            .iter()
            .any(|c| c.instrument == "cn-36-2018" && c.item.is_some())
    };
    assert_eq!(list.entries.iter().filter(|e| cited(e)).count(), 22);
    let tbp = list.entry("VIII.A1.003").expect("the entry");
    assert_eq!(tbp.cas[0].to_string(), "126-73-8");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    #[test]
    fn evidence_equals_the_source_at_its_span(noise in "[ -~é№％]{0,20}", pick in 0usize..4) {
        let goods = ["NITRIC ACID 68 %", "高纯氟气 F2", "MIG welder 250 A", "Масс-спектрометр"][pick];
        let item = GoodsItem::new(format!("{noise} {goods} {noise}"));
        for finding in Screener::new(rules()).screen(&item).findings {
            for evidence in finding.evidence.iter().filter(|e| e.field == "description") {
                proptest::prop_assert_eq!(
                    item.description.get(evidence.start..evidence.end),
                    Some(evidence.text.as_str())
                );
            }
        }
    }
}

#[test]
fn the_share_of_another_substance_clears_nothing() {
    for goods in [
        "NITRIC ACID\nPHOSPHORIC ACID 5%",
        "PHOSPHORIC ACID 5%\nNITRIC ACID",
        "NITRIC ACID; ACETIC ACID 10%",
    ] {
        assert_eq!(
            verdict(goods, "VIII.A1.004"),
            Some(Verdict::Review),
            "{goods}"
        );
    }
    for goods in [
        "NITRIC ACID; 5%",
        "NITRIC ACID 5%, IN DRUMS",
        "5% NITRIC ACID",
    ] {
        assert_eq!(
            verdict(goods, "VIII.A1.004"),
            Some(Verdict::Cleared),
            "{goods}"
        );
    }
}

#[test]
fn figures_belong_to_the_goods_they_stand_by() {
    for (goods, expected) in [
        ("MIG WELDER 160 A; TIG WELDER 250 A", Verdict::Cleared),
        ("TIG WELDER 160 A; MIG WELDER 250 A", Verdict::Hit),
        ("160 A TIG WELDER AND 250 A MIG WELDER", Verdict::Hit),
    ] {
        assert_eq!(verdict(goods, "VIII.A2.005"), Some(expected), "{goods}");
    }
}
