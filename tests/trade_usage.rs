//! What the trade writes instead of names: abbreviations, makers' series, EC and UN numbers, formulae.

use tidewaiter::lexicon::Lexicon;
use tidewaiter::{GoodsItem, Ruleset, Screened, Screener, Verdict, list};

fn rules() -> &'static Ruleset {
    static RULES: std::sync::OnceLock<Ruleset> = std::sync::OnceLock::new();
    RULES.get_or_init(|| {
        let lists = list::embedded().to_vec();
        Ruleset::compile(lists, Lexicon::embedded()).expect("compiles")
    })
}

fn screened(goods: &str) -> Screened {
    Screener::new(rules()).screen(&GoodsItem::new(goods))
}

fn verdict(screened: &Screened, entry: &str) -> Option<Verdict> {
    let mut findings = screened.findings.iter();
    findings.find(|f| f.entry == entry).map(|f| f.verdict)
}

/// What the evidence of an entry says that the text means, and how it was read.
fn evidence(screened: &Screened, entry: &str) -> Vec<String> {
    let findings = screened.findings.iter().filter(|f| f.entry == entry);
    let said = findings.flat_map(|f| &f.evidence);
    said.map(|e| format!("{} ({})", e.means, e.reading.as_deref().unwrap_or("")))
        .collect()
}

#[test]
fn words_cut_short_are_read_and_labelled() {
    for (goods, entry, expected) in [
        ("SPECTROM. FT-IR", "VIII.A3.005", Verdict::Hit),
        ("CHROMATOGR. COMPL. SYST.", "VIII.A3.005", Verdict::Hit),
        ("MASS SPCTRMTR", "VIII.A3.002", Verdict::Hit),
        ("FREQ CONVTR OUTPUT 0-400 HZ", "VIII.A3.001", Verdict::Hit),
        (
            "STNLS STL TKS 5000 L GRADE 304",
            "VIII.A0.009",
            Verdict::Hit,
        ),
    ] {
        assert_eq!(verdict(&screened(goods), entry), Some(expected), "{goods}");
    }
    let read = screened("MASS SPCTRMTR");
    let said = evidence(&read, "VIII.A3.002");
    assert!(said.iter().any(|e| e.contains("cut short")), "{said:?}");
}

#[test]
fn what_several_words_are_cut_short_to_names_nothing() {
    for goods in [
        "GEN SET 5 KVA",
        "ACCEL PEDAL",
        "LAB COAT",
        "VAC 220 LAMP",
        "COMPR TABLETS 500 MG",
    ] {
        assert!(screened(goods).findings.is_empty(), "{goods}");
    }
}

#[test]
fn a_series_counts_beside_its_maker() {
    for (goods, entry, expected) in [
        ("Pfeiffer HiPace 300", "VIII.A0.010", Verdict::Review),
        ("Danfoss VLT FC-302P11K", "VIII.A3.001", Verdict::Hit),
        ("Fronius TPS 320i", "VIII.A2.005", Verdict::Hit),
        ("安捷伦 5977B", "VIII.A3.002", Verdict::Hit),
        ("FR-A840-00250", "VIII.A3.001", Verdict::Hit),
    ] {
        assert_eq!(verdict(&screened(goods), entry), Some(expected), "{goods}");
    }
    for goods in [
        "TPS 320 WHEEL SENSOR",
        "5977B GASKET",
        "Fronius cap, size 320",
    ] {
        assert!(screened(goods).findings.is_empty(), "{goods}");
    }
}

#[test]
fn the_figure_of_a_series_names_its_source() {
    let read = screened("Yaskawa V1000");
    let mut findings = read.findings.iter();
    let finding = findings
        .find(|f| f.entry == "VIII.A3.001")
        .expect("a finding");
    let said = format!("{:?}", finding.criteria);
    assert!(said.contains("SIEP C710606 16C"), "{said}");
}

#[test]
fn numbers_name_substances() {
    for (goods, entry, expected) in [
        ("CHEMICAL EC 231-954-8", "VIII.A1.005", Verdict::Hit),
        ("ACID UN2031 68 % IN DRUMS", "VIII.A1.004", Verdict::Hit),
        ("UN NO. 2031", "VIII.A1.004", Verdict::Review),
        ("ПРОДУКТ ОПАСНЫЙ ООН 1428", "IV.A1.007", Verdict::Hit),
        ("化学品 联合国编号1829", "IV.A1.008", Verdict::Hit),
        ("producto quimico ONU 1593", "IV.A1.012", Verdict::Hit),
        ("SOLVENT UN 2344", "IV.A1.013", Verdict::Review),
    ] {
        let read = screened(goods);
        assert_eq!(verdict(&read, entry), Some(expected), "{goods}");
    }
    let said = evidence(&screened("UN NO. 2031"), "VIII.A1.004");
    assert!(
        said.iter().any(|e| e.starts_with("UN number 2031")),
        "{said:?}"
    );
    for goods in [
        "ITEM 1428",
        "PHONE 231-954-9",
        "MODEL 2031",
        "UN 1203 GASOLINE",
    ] {
        assert!(screened(goods).findings.is_empty(), "{goods}");
    }
}

#[test]
fn numbers_stand_in_columns_of_their_own() {
    let item = GoodsItem::new("chemical product").with_parameter("UN No", "1428");
    let read = Screener::new(rules()).screen(&item);
    assert_eq!(verdict(&read, "IV.A1.007"), Some(Verdict::Hit));
    let item = GoodsItem::new("chemical product").with_parameter("EINECS", "200-838-9");
    let read = Screener::new(rules()).screen(&item);
    assert_eq!(verdict(&read, "IV.A1.012"), Some(Verdict::Hit));
}

#[test]
fn an_ec_number_may_stand_among_cas_numbers_and_a_wrong_one_is_told() {
    let screen = |item: GoodsItem| Screener::new(rules()).screen(&item);
    let read = screen(GoodsItem::new("gas").with_cas("231-954-8"));
    assert_eq!(verdict(&read, "VIII.A1.005"), Some(Verdict::Hit));
    assert!(read.issues.is_empty(), "{:?}", read.issues);
    let read = screen(GoodsItem::new("gas").with_parameter("EC No", "231-954-7"));
    assert!(read.findings.is_empty());
    assert_eq!(read.issues[0].code, "ec-check-digit");
}

#[test]
fn formulae_name_substances() {
    for (goods, entry) in [
        ("(BuO)3PO 99 %", "VIII.A1.003"),
        ("(C4H9)3N, 25 L", "IV.A1.017"),
        ("N(CH3)3 in water", "IV.A1.016"),
        ("LiAlH₄ powder", "IV.A1.006"),
        ("C5H5N 99 %", "IV.A1.020"),
        ("CH₂Cl₂ HPLC", "IV.A1.012"),
    ] {
        assert_eq!(
            verdict(&screened(goods), entry),
            Some(Verdict::Hit),
            "{goods}"
        );
    }
}
