//! Readings of figures and words that decide goods of the lists of 2016 and 2017.

use std::sync::OnceLock;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::{GoodsItem, Ruleset, Screener, Verdict, list};

fn verdict(entry: &str, goods: &str) -> Option<Verdict> {
    static RULES: OnceLock<Ruleset> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let lists = list::embedded().to_vec();
        Ruleset::compile(lists, Lexicon::embedded()).expect("the embedded lists compile")
    });
    let screened = Screener::new(rules).screen(&GoodsItem::new(goods));
    let finding = screened.findings.iter().find(|f| f.entry == entry);
    finding.map(|f| f.verdict)
}

fn assert_verdicts(entry: &str, cases: &[(&str, Option<Verdict>)]) {
    for (goods, expected) in cases {
        assert_eq!(verdict(entry, goods), *expected, "{entry}: {goods}");
    }
}

#[test]
fn sizes_without_a_unit_give_a_ratio() {
    assert_verdicts(
        "IV.A0.001",
        &[
            ("FERRITE RING MAGNET 72X60X10 Y30", Some(Verdict::Hit)),
            ("FERRITE RING MAGNET 134X60X20 Y30", Some(Verdict::Cleared)),
            // Two sizes may be anything.
            ("FERRITE RING MAGNET 72X60", Some(Verdict::Review)),
        ],
    );
}

#[test]
fn inner_diameters_are_read_in_chinese_and_korean() {
    assert_verdicts(
        "VI.A1.007",
        &[
            ("马氏体时效钢管 C300 内径300mm 壁厚10mm", Some(Verdict::Hit)),
            (
                "马氏体时效钢管 C300 内径200mm 壁厚10mm",
                Some(Verdict::Cleared),
            ),
            (
                "마레이징강 C350 강관 내경 300mm 두께 8mm",
                Some(Verdict::Hit),
            ),
        ],
    );
}

#[test]
fn a_cube_has_three_equal_sizes_and_a_lone_size_leaves_two_open() {
    assert_verdicts(
        "V.A9.001",
        &[
            ("NDT CHAMBER, INT. 800MM CUBE", Some(Verdict::Cleared)),
            ("NDT CHAMBER, INT. 1200MM CUBE", Some(Verdict::Hit)),
            ("NDT CHAMBER, INT. 800MM", Some(Verdict::Review)),
        ],
    );
}

#[test]
fn three_sizes_in_metres_are_a_chamber_in_centimetres_a_box() {
    assert_verdicts(
        "V.A2.002",
        &[
            (
                "HEAT TREATMENT FURNACE 1.5M X 2M X 4M, MAX 1100 °C",
                Some(Verdict::Hit),
            ),
            (
                "HEAT TREATMENT FURNACE MAX 1100 °C, 1 CRATE 150X200X400 CM",
                Some(Verdict::Review),
            ),
        ],
    );
}

#[test]
fn words_between_two_figures_belong_to_the_one_without_other_words() {
    assert_verdicts(
        "V.A2.007",
        &[
            ("FERMENTER 20 L WORKING VOLUME 14 L", Some(Verdict::Hit)),
            ("FERMENTER 30 L WORKING VOLUME 14 L", Some(Verdict::Cleared)),
        ],
    );
}

#[test]
fn a_reagent_of_a_substance_is_the_substance() {
    assert_verdicts(
        "IV.A1.020",
        &[
            ("PYRIDINE REAGENT 500 ML", Some(Verdict::Hit)),
            ("ピリジン 試薬", Some(Verdict::Hit)),
        ],
    );
    assert_verdicts("VIII.A3.002", &[("MASS SPECTROMETER REAGENT", None)]);
}

#[test]
fn the_p_of_a_safety_level_is_no_preposition() {
    assert_verdicts(
        "IV.A2.006",
        &[("P3实验室用 风机高效过滤单元 H14", Some(Verdict::Hit))],
    );
}

#[test]
fn a_vehicle_beside_them_makes_axes_axles() {
    assert_verdicts(
        "V.A9.004",
        &[
            ("LKW-Fahrgestell, 6 Achsen", Some(Verdict::Hit)),
            ("CHASIS DE CAMION, 4 EJES", Some(Verdict::Cleared)),
            ("CHASSI DE CAMINHÃO 6 EIXOS", Some(Verdict::Hit)),
            ("TRUCK CHASSIS NO. LZZ5EXSD1A", None),
            ("USED TRUCK CHASSIS: LZZ5EXSD1AB123456, DIESEL", None),
        ],
    );
    assert_verdicts(
        "IV.A2.003",
        &[
            ("CNC-Bearbeitungszentrum, 5 Achsen", Some(Verdict::Hit)),
            ("CENTRO DE MECANIZADO CNC 5 EJES", Some(Verdict::Hit)),
            ("五軸加工機", Some(Verdict::Hit)),
        ],
    );
}

#[test]
fn a_paint_stripper_is_a_question_and_a_container_is_no_mixture() {
    assert_verdicts(
        "IV.A1.012",
        &[
            (
                "Paint stripper, contains methylene chloride",
                Some(Verdict::Review),
            ),
            ("METHYLENE CHLORIDE, 1X20 CONTAINER", Some(Verdict::Hit)),
            ("PAINT STRIPPER, NO METHYLENE CHLORIDE", None),
            ("除漆剂 含二氯甲烷", Some(Verdict::Review)),
            ("二氯甲烷 含量99.9%", Some(Verdict::Hit)),
        ],
    );
}

#[test]
fn capacitors_and_ointments_are_no_plant_and_no_acid() {
    assert_verdicts(
        "IV.A2.005",
        &[("КОНДЕНСАТОР ПОСТОЯННОЙ ЕМКОСТИ КЕРАМИЧЕСКИЙ", None)],
    );
    assert_verdicts(
        "IV.A1.008",
        &[
            ("GAS OLEUM IN BULK", None),
            ("CALCIUM AMMONIUM NITRATE 24 (SULFAN)", None),
        ],
    );
}
