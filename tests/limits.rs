//! What holds of figures: at a limit, on both sides of it, and in every unit.

mod support;

use proptest::prelude::*;
use support::{rules, screen};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::screen::Evaluation;
use tidewaiter::text::{Document, read_quantities};
use tidewaiter::{GoodsItem, Number, Truth, Verdict};

/// Goods that want one more figure: all other criteria of the entry are met.
struct Goods {
    entry: &'static str,
    /// The line; `{}` is where the figure and its unit stand.
    line: &'static str,
    role: &'static str,
    /// The limit of the law.
    limit: &'static str,
    unit: &'static str,
    /// Whether goods above the limit are controlled; else those below.
    above: bool,
    /// Whether the limit itself is controlled.
    inclusive: bool,
}

const GOODS: &[Goods] = &[
    Goods {
        entry: "VIII.A2.005",
        line: "MIG WELDER, WELDING CURRENT {} DC",
        role: "welding-current",
        limit: "180",
        unit: "A",
        above: true,
        inclusive: false,
    },
    Goods {
        entry: "VIII.A1.004",
        line: "NITRIC ACID {} BY WEIGHT, IN DRUMS",
        role: "mass-fraction",
        limit: "20",
        unit: "%",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A0.006",
        line: "WATER CHILLER, COOLING CAPACITY {}, R134A",
        role: "cooling-capacity",
        limit: "29.3",
        unit: "kW",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A0.009",
        line: "SUS304 STORAGE TANK, VOLUME {}",
        role: "volume",
        limit: "500",
        unit: "L",
        above: true,
        inclusive: false,
    },
    Goods {
        entry: "VIII.A0.008",
        line: "MONEL 400 TANK, VOLUME {}",
        role: "volume",
        limit: "500",
        unit: "L",
        above: true,
        inclusive: false,
    },
    Goods {
        entry: "VIII.A0.009",
        line: "SS316L PIPE, OUTSIDE DIAMETER 12 IN, DESIGN PRESSURE {}",
        role: "rated-pressure",
        limit: "500",
        unit: "psi",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A0.008",
        line: "MONEL GATE VALVE, NOMINAL DIAMETER {}, DESIGN PRESSURE 900 PSI",
        role: "nominal-diameter",
        limit: "8",
        unit: "in",
        above: true,
        inclusive: false,
    },
    Goods {
        entry: "VIII.A0.010",
        line: "VACUUM ANGLE VALVE, WORKING PRESSURE {}",
        role: "vacuum-pressure",
        limit: "0.1",
        unit: "Pa",
        above: false,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A2.001",
        line: "STEEL BALLS, HARDENED, GRADE 10, DIAMETER {}",
        role: "ball-diameter",
        limit: "3",
        unit: "mm",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A3.001",
        line: "FREQUENCY CONVERTER, OUTPUT FREQUENCY {}",
        role: "output-frequency",
        limit: "300",
        unit: "Hz",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A3.001",
        line: "FREQUENCY CONVERTER, OUTPUT FREQUENCY {}",
        role: "output-frequency",
        limit: "600",
        unit: "Hz",
        above: false,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A3.004",
        line: "DIGITAL DELAY GENERATOR, SYNTHESIZED FREQUENCY {}, OUTPUT POWER 200 MW, \
               RESOLUTION 10 NS, DELAY UP TO 10 MS",
        role: "synthesised-frequency",
        limit: "31.8",
        unit: "GHz",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A3.004",
        line: "DIGITAL DELAY GENERATOR, SYNTHESIZED FREQUENCY 40 GHZ, OUTPUT POWER {}, \
               RESOLUTION 10 NS, DELAY UP TO 10 MS",
        role: "power-output",
        limit: "100",
        unit: "mW",
        above: true,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A3.004",
        line: "DIGITAL DELAY GENERATOR, SYNTHESIZED FREQUENCY 40 GHZ, OUTPUT POWER 200 MW, \
               RESOLUTION {}, DELAY UP TO 10 MS",
        role: "time-resolution",
        limit: "50",
        unit: "ns",
        above: false,
        inclusive: true,
    },
    Goods {
        entry: "VIII.A3.004",
        line: "DIGITAL DELAY GENERATOR, SYNTHESIZED FREQUENCY 40 GHZ, OUTPUT POWER 200 MW, \
               RESOLUTION 10 NS, DELAY UP TO {}",
        role: "time-interval",
        limit: "1",
        unit: "us",
        above: true,
        inclusive: true,
    },
];

fn number(text: &str) -> Number {
    text.parse().expect("a number")
}

impl Goods {
    /// The limit, moved by thousandths of itself.
    fn moved(&self, thousandths: i64) -> Number {
        let share = Number::from(1000 + thousandths);
        let moved = number(self.limit) * share;
        moved.checked_div(&Number::from(1000)).expect("not zero")
    }

    fn with(&self, figure: &str) -> GoodsItem {
        GoodsItem::new(self.line.replace("{}", figure))
    }

    /// The verdict under the entry, and each figure's criterion with its truth.
    fn judged(&self, figure: &str) -> (Option<Verdict>, Vec<(String, Truth)>) {
        let screened = screen(&self.with(figure));
        let found = screened.findings.iter().find(|f| f.entry == self.entry);
        let leaves = found.map_or(Vec::new(), |f| leaves(&f.criteria));
        (found.map(|f| f.verdict), leaves)
    }
}

fn leaves(evaluation: &Evaluation) -> Vec<(String, Truth)> {
    if evaluation.of.is_empty() {
        return vec![(evaluation.criterion.clone(), evaluation.truth)];
    }
    evaluation.of.iter().flat_map(leaves).collect()
}

/// A number as a trader writes it, in a form that can't be taken for thousands.
fn written(number: &Number) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{text}00"),
        _ => text,
    }
}

#[test]
fn the_limit_itself_is_as_the_law_has_it() {
    for goods in GOODS {
        let (verdict, _) = goods.judged(&format!("{} {}", goods.limit, goods.unit));
        let expected = if goods.inclusive {
            Verdict::Hit
        } else {
            Verdict::Cleared
        };
        assert_eq!(verdict, Some(expected), "{} {}", goods.line, goods.limit);
    }
}

#[test]
fn without_the_figure_it_is_asked_for() {
    for goods in GOODS {
        let screened = screen(&goods.with(""));
        let found = screened.findings.iter().find(|f| f.entry == goods.entry);
        let found = found.expect(goods.line);
        assert_eq!(found.verdict, Verdict::Review, "{}", goods.line);
        assert!(!found.missing.is_empty(), "{}", goods.line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// On the controlled side of the limit it is a hit, on the other it is cleared, and nothing
    /// but the criteria of that figure differs.
    #[test]
    fn crossing_a_limit_flips_exactly_its_criterion(
        pick in 0..GOODS.len(),
        inside in 2i64..400,
        outside in 2i64..400,
    ) {
        let goods = &GOODS[pick];
        let sign = if goods.above { 1 } else { -1 };
        let figure = |by: i64| format!("{} {}", written(&goods.moved(by)), goods.unit);
        let (inside, outside) = (figure(sign * inside), figure(-sign * outside));
        // 316 is a number of the trade for a steel as well; the screener asks.
        let grades = ["304", "309", "310", "316", "317", "321", "347"];
        prop_assume!(!grades.iter().any(|grade| outside.starts_with(&format!("{grade} "))));
        let (hit, met) = goods.judged(&inside);
        let (cleared, failed) = goods.judged(&outside);
        prop_assert_eq!(hit, Some(Verdict::Hit), "{} {}", goods.line, inside);
        prop_assert_eq!(cleared, Some(Verdict::Cleared), "{} {}", goods.line, outside);
        let differing: Vec<&str> = met
            .iter()
            .zip(&failed)
            .filter(|(a, b)| a != b)
            .map(|(a, _)| a.0.as_str())
            .collect();
        prop_assert!(!differing.is_empty());
        prop_assert!(
            differing.iter().all(|c| c.starts_with(goods.role)),
            "{differing:?} differ in {}", goods.line
        );
    }

    #[test]
    fn units_convert_there_and_back(
        digits in "[1-9][0-9]{0,17}",
        exponent in -20i32..20,
    ) {
        let value = Number::from_parts(&digits, exponent).expect("fits");
        for unit in Lexicon::embedded().units().iter() {
            prop_assert_eq!(&unit.from_base(&unit.to_base(&value)), &value, "{}", unit.id);
        }
    }
}

#[test]
fn a_figure_with_a_unit_is_no_grade_of_steel() {
    let item = GoodsItem::new("SS316L PIPE, OUTSIDE DIAMETER 12 IN, DESIGN PRESSURE 316 PSI");
    let found = screen(&item).findings;
    let pipe = found.iter().find(|f| f.entry == "VIII.A0.009");
    assert_eq!(pipe.map(|f| f.verdict), Some(Verdict::Cleared));
}

/// A bearing whose outer ring is too small has no bore of 3 mm either, but the criterion of the
/// bore's designation stays open.
#[test]
#[ignore = "the outer diameter doesn't yet decide the criterion of the bore"]
fn a_bearing_that_is_too_small_is_cleared() {
    let item = GoodsItem::new("PRECISION BALL BEARING, HARDENED STEEL, OUTSIDE DIAMETER 2.5 MM");
    let found = screen(&item).findings;
    let bearing = found.iter().find(|f| f.entry == "VIII.A2.001");
    assert_eq!(bearing.map(|f| f.verdict), Some(Verdict::Cleared));
}

/// Whether a figure in this unit is read as such when the unit is written by its id.
fn is_read(unit: &str) -> bool {
    let document = Document::new([format!("5 {unit}").as_str()]);
    let read = read_quantities(document.line(), Lexicon::embedded().units());
    matches!(&read[..], [one] if one.unit == unit)
}

#[test]
fn the_unit_changes_no_verdict() {
    let units = Lexicon::embedded().units();
    let mut tried = 0;
    for goods in GOODS {
        let spelt = if goods.unit == "us" {
            "µs"
        } else {
            goods.unit
        };
        let own = units.by_id(spelt).expect(goods.unit);
        let alike = units.iter().filter(|u| u.dimension == own.dimension);
        // A unit may say itself what its figures are: horsepower is a motor's.
        let counts = |role: Option<&str>| role.is_none_or(|role| role == goods.role);
        for other in alike.filter(|u| counts(u.role.as_deref()) && is_read(&u.id)) {
            for thousandths in [-300, -100, -10, 10, 100, 300] {
                let value = goods.moved(thousandths);
                let figure = format!("{} {}", written(&value), goods.unit);
                let converted = other.from_base(&own.to_base(&value));
                let converted = format!("{} {}", written(&converted), other.id);
                assert_eq!(
                    goods.judged(&converted).0,
                    goods.judged(&figure).0,
                    "{}: {figure} is {converted}",
                    goods.line
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "only {tried} conversions were tried");
}

#[test]
fn every_limit_of_the_list_is_tried() {
    use tidewaiter::list::Criterion;
    fn roles(criterion: &Criterion, into: &mut Vec<String>) {
        match criterion {
            Criterion::All { of } | Criterion::Any { of } => {
                of.iter().for_each(|c| roles(c, into));
            }
            Criterion::Not { of } | Criterion::Paragraph { of, .. } => roles(of, into),
            Criterion::Quantity { role, .. } => into.push(role.clone()),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let entries = rules().lists()[0].entries.iter();
    entries
        .flat_map(|e| &e.goods)
        .for_each(|g| roles(&g.criteria, &mut found));
    for role in found {
        // Channels are counted, not measured: there is no unit to move through.
        let tried = GOODS.iter().any(|g| g.role == role) || role == "channels";
        assert!(tried, "no goods here have a limit of {role}");
    }
}
