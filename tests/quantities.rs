//! Quantities as the trade writes them: a table of forms, and what must hold for all texts.

use proptest::prelude::*;
use tidewaiter::Number;
use tidewaiter::lexicon::{Lexicon, Units};
use tidewaiter::text::{Document, Quantity, read_quantities};

fn units() -> &'static Units {
    Lexicon::embedded().units()
}

fn read(text: &str) -> (Document, Vec<Quantity>) {
    let document = Document::new([text]);
    let quantities = read_quantities(document.line(), units());
    (document, quantities)
}

/// A quantity as the table of forms writes it.
fn written(text: &str, document: &Document, q: &Quantity) -> String {
    let origin = document.origin(q.start, q.end);
    let unit = units().by_id(&q.unit).expect("a unit of the table");
    let shown = |n: &Option<Number>| {
        n.as_ref()
            .map_or(String::new(), |n| unit.from_base(n).to_string())
    };
    let value = if q.is_exact() {
        shown(&q.low)
    } else {
        format!("{}..{}", shown(&q.low), shown(&q.high))
    };
    let other = q
        .other
        .as_ref()
        .map_or(String::new(), |_| format!(" ?{}", shown(&q.other)));
    let coded = if q.coded { " !" } else { "" };
    format!(
        "{} = {value} {}{other}{coded}",
        &text[origin.start..origin.end],
        q.unit
    )
}

#[test]
fn forms_are_read_as_the_table_says() {
    let table = include_str!("quantities/forms.txt");
    let mut wrong = Vec::new();
    let mut forms = 0;
    for (number, line) in table.lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let (text, expected) = line.split_once(" => ").expect("a form and what it means");
        forms += 1;
        let (document, quantities) = read(text);
        let found: Vec<String> = quantities
            .iter()
            .map(|q| written(text, &document, q))
            .collect();
        let found = if found.is_empty() {
            "-".to_owned()
        } else {
            found.join(" ; ")
        };
        // Numbers are compared as they are shown, in at most six digits.
        let same = normal(&found) == normal(expected);
        if !same {
            wrong.push(format!(
                "{}: {text}\n  expected {expected}\n  found    {found}",
                number + 1
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {forms}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(forms > 300, "{forms}");
}

/// The same with every number written the way `Number` writes it.
fn normal(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let (sign, body) = word
            .strip_prefix('?')
            .map_or(("", word), |body| ("?", body));
        let shown = |part: &str| {
            part.parse::<Number>()
                .map_or(part.to_owned(), |n| n.to_string())
        };
        match body.split_once("..") {
            Some((low, high)) => format!("{sign}{}..{}", shown(low), shown(high)),
            None => format!("{sign}{}", shown(body)),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn units_convert_to_their_base_as_defined() {
    for (stated, base) in [
        ("1 psi", "6894.757293168361"),
        ("500 psi", "3447378.6465841805"),
        ("1 Torr", "133.32236842105263"),
        ("1 mTorr", "0.13332236842105263"),
        ("1 bar", "100000"),
        ("1 mbar", "100"),
        ("1 MPa", "1000000"),
        ("1 kgf/cm2", "98066.5"),
        ("1 atm", "101325"),
        ("1 in", "0.0254"),
        ("8 NPS", "0.2032"),
        ("1 ft", "0.3048"),
        ("1 US gal", "0.003785411784"),
        ("1 imp gal", "0.00454609"),
        ("500 L", "0.5"),
        ("100000 Btu/h", "29307.107017222"),
        ("1 TR", "3516.8528420667"),
        ("1 kcal/h", "1.163"),
        ("1 Gcal/h", "1163000"),
        ("1 hp", "745.69987158227022"),
        ("1 metric hp", "735.49875"),
        ("31.8 GHz", "31800000000"),
        ("50 ns", "0.00000005"),
        ("1 µs", "0.000001"),
        ("20 %", "0.2"),
        ("1 ppm", "0.000001"),
        ("25 °C", "298.15"),
        ("212 °F", "373.15"),
        ("1 lb", "0.45359237"),
        ("1 Ci", "37000000000"),
    ] {
        let (number, unit) = stated.split_once(' ').expect("a number and a unit");
        let unit = units().by_id(unit).expect(stated);
        let value = unit.to_base(&number.parse().expect(stated));
        let base: Number = base.parse().expect(base);
        // The bases above are rounded to sixteen digits.
        let off = (value.to_f64() - base.to_f64()).abs();
        assert!(off <= base.to_f64().abs() * 1e-13, "{stated}: {value}");
    }
}

/// Spellings that mean their unit wherever they stand.
const SPELLINGS: &[(&str, &str)] = &[
    ("A", "A"),
    ("A", "安培"),
    ("A", "ампер"),
    ("kW", "кВт"),
    ("kW", "kW"),
    ("kW", "千瓦"),
    ("Btu/h", "BTU/h"),
    ("kcal/h", "大卡/小时"),
    ("kcal/h", "ккал/ч"),
    ("TR", "USRT"),
    ("bar", "barg"),
    ("psi", "psig"),
    ("MPa", "МПа"),
    ("kPa", "kPa"),
    ("Torr", "Torr"),
    ("mbar", "mbar"),
    ("kgf/cm2", "kgf/cm²"),
    ("L", "升"),
    ("L", "литров"),
    ("L", "리터"),
    ("L", "リットル"),
    ("m3", "m³"),
    ("US gal", "gallons"),
    ("Hz", "Гц"),
    ("Hz", "赫兹"),
    ("GHz", "GHz"),
    ("ns", "ns"),
    ("µs", "µs"),
    ("%", "%"),
    ("% by weight", "wt%"),
    ("mm", "mm"),
    ("in", "inch"),
    ("kg", "公斤"),
    ("g/L", "g/l"),
    ("mol/L", "mol/l"),
];

/// An exact number and one of the ways to write it.
fn number_and_writing() -> impl Strategy<Value = (String, String)> {
    (1u64..9_999_999, 0usize..4, 0usize..5).prop_map(|(digits, places, style)| {
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        let exact = if places == 0 {
            whole.to_owned()
        } else {
            format!("{whole}.{fraction}")
        };
        let grouped = |sign: &str| {
            let mut out = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at).is_multiple_of(3) {
                    out.push_str(sign);
                }
                out.push(digit);
            }
            out
        };
        let text = match style {
            0 if places > 0 && places != 3 => format!("{},{fraction}", grouped(".")),
            1 if places > 0 && places != 3 => format!("{}.{fraction}", grouped(",")),
            2 => format!("{digits}E-{places:02}"),
            3 => format!("{digits}×10^-{places}"),
            4 if places == 0 => grouped("'"),
            _ if places == 3 => format!("{digits}E-3"),
            _ => exact.clone(),
        };
        (exact, text)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_is_written_is_read_back(
        (exact, text) in number_and_writing(),
        pick in 0..SPELLINGS.len(),
        blank in proptest::bool::ANY,
    ) {
        let (unit, spelling) = SPELLINGS[pick];
        let line = format!("GOODS {text}{}{spelling}", if blank { " " } else { "" });
        let (_, quantities) = read(&line);
        let exact: Number = exact.parse().expect("a number");
        let base = units().by_id(unit).expect("a unit").to_base(&exact);
        prop_assert_eq!(quantities.len(), 1, "{}", line);
        let q = &quantities[0];
        prop_assert_eq!(&q.unit, unit, "{}", line);
        let read = [&q.low, &q.other].into_iter().any(|value| value.as_ref() == Some(&base));
        prop_assert!(read, "{}: {:?}", line, q);
    }

    #[test]
    fn conversions_round_trip_exactly(digits in 0i64..1_000_000_000, pick in 0usize..200) {
        let all: Vec<_> = units().iter().collect();
        let unit = all[pick % all.len()];
        let value = Number::from(digits);
        prop_assert_eq!(unit.from_base(&unit.to_base(&value)), value);
    }

    #[test]
    fn spans_are_whole_in_order_and_apart(
        text in "([0-9]{1,5}|[ ./x×*,'~±^-]|[AVLKk%\"]|mm|DN|PN|CL|to|MPa|升|Гц|十|百|\\PC){0,30}",
    ) {
        let (document, quantities) = read(&text);
        let line = document.line();
        let mut end = 0;
        for q in &quantities {
            prop_assert!(line.get(q.start..q.end).is_some(), "{}: {:?}", line, q);
            prop_assert!(q.start >= end && q.start < q.end, "{}: {:?}", line, q);
            prop_assert!(q.low.is_none() || q.high.is_none() || q.low <= q.high);
            end = q.end;
        }
    }
}

#[test]
fn hostile_lines_take_linear_time() {
    // Each would take minutes if the work at one number weren't bounded.
    for piece in [
        "1",
        "1x",
        "1 ",
        "1.",
        "1,",
        "1'000 ",
        "1-",
        "1/",
        "1/2 ",
        "1±",
        "12 kg ",
        "DN1",
        "DN ",
        "10^",
        "1e",
        "五",
        "百分之",
        "5 ...",
        "1 a ",
        "min ",
        "> ",
        "1 m/",
        "ø",
        "  ",
        "1000 000 ",
    ] {
        let line = piece.repeat(100_000 / piece.len());
        let (_, quantities) = read(&line);
        assert!(quantities.len() <= 208, "{piece}");
    }
}
