//! Manifests as JSON Lines.

use proptest::prelude::*;
use tidewaiter::manifest::{Field, Manifest, ReadOptions, SkipReason};

use super::{file, mapped, read, read_with};

#[test]
fn keys_are_read_as_columns_are() {
    let reading = read(file("good/lines.jsonl"));
    assert_eq!(
        reading.descriptions(),
        [
            "NITRIC ACID 68 PCT",
            "PUMP, \"VACUUM\"\nOIL-FREE",
            "УГЛЕРОДНОЕ ВОЛОКНО"
        ]
    );
    let [acid, pump, fibre] = &reading.items[..] else {
        panic!("three items")
    };
    assert_eq!((acid.line_id.as_str(), acid.row, acid.line), ("7", 1, 1));
    // Digits stay as they are written.
    assert_eq!(acid.hs.as_deref(), Some("2808.00"));
    assert_eq!(acid.destination.as_deref(), Some("KP"));
    assert_eq!(acid.origin.as_deref(), Some("CN"));
    assert_eq!((pump.row, pump.line), (2, 3));
    assert_eq!(pump.parameters[0].name, "Rated voltage");
    assert_eq!(pump.parameters[0].value, "380 V");
    assert_eq!(fibre.cas.as_deref(), Some("7440-44-0 126-73-8"));
    assert_eq!(reading.codes(), ["array-in-cell"]);
    assert!(reading.sha256.is_some());
}

#[test]
fn the_keys_of_the_first_lines_are_told() {
    let bytes = file("good/lines.jsonl");
    let manifest = Manifest::open("m", &bytes[..], &ReadOptions::default()).expect("a manifest");
    let columns = manifest.columns();
    let goods: Vec<_> = columns.with_field(Field::Description).collect();
    assert_eq!(goods[0].header, "goods");
    assert_eq!(columns.with_field(Field::Destination).count(), 1);
    assert_eq!(manifest.delimiter(), None);
}

#[test]
fn a_key_that_comes_late_or_twice_is_read() {
    let mut text = String::new();
    for line in 0..200 {
        text.push_str(&format!("{{\"goods\": \"SHIRT {line}\"}}\n"));
    }
    text.push_str(
        "{\"goods\": \"ROTOR\", \"goods\": \"OF A CENTRIFUGE\", \"HS code\": \"8401.20\"}",
    );
    let reading = read(text);
    let last = reading.items.last().expect("an item");
    assert_eq!(last.description, "ROTOR OF A CENTRIFUGE");
    assert_eq!(last.hs.as_deref(), Some("8401.20"));
    assert_eq!((last.row, last.line), (201, 201));
}

#[test]
fn a_bad_line_is_unreadable_and_hides_nothing() {
    let text = "{\"goods\": \"PUMP\"}\n{\"goods\": \"é\", \"qty\" 5}\n[1]\n{\"goods\": \"\\ud800\"}\n\
                not JSON\n{\"goods\": \"VALVE\"}\n";
    let reading = read(text);
    assert_eq!(reading.descriptions(), ["PUMP", "VALVE"]);
    assert_eq!(reading.items[1].row, 6);
    let told: Vec<String> = reading.unreadable.iter().map(ToString::to_string).collect();
    assert_eq!(
        told[0],
        "m.csv:2:22: error[bad-json]: this line is no JSON object (expected `:`); it isn't \
         screened: look at it by hand"
    );
    assert_eq!(told.len(), 4);
    assert!(told[1].starts_with("m.csv:3:"), "{}", told[1]);
    assert!(told[1].contains("expected an object"), "{}", told[1]);
}

#[test]
fn sums_and_empty_objects_are_skipped() {
    let text = "{\"goods\": \"PUMP\"}\n{}\n{\"goods\": \" \", \"qty\": null}\n\
                {\"goods\": \"TOTAL\", \"qty\": 5}\n";
    assert_eq!(
        read(text).reasons(),
        [
            (2, SkipReason::EmptyRow),
            (3, SkipReason::EmptyRow),
            (4, SkipReason::TotalsRow)
        ]
    );
}

#[test]
fn keys_are_mapped_by_their_path() {
    let text = "{\"cargo\": {\"text\": \"PUMP\", \"code\": \"8414\"}, \"goods\": \"see cargo\"}\n";
    let map = ["description=cargo.text", "hs=cargo.code"];
    let reading = mapped(text, &map).expect("a manifest");
    assert_eq!(reading.descriptions(), ["PUMP"]);
    assert_eq!(reading.items[0].hs.as_deref(), Some("8414"));
    for (map, message) in [
        (
            "description=2",
            "m.csv: description=2 names a column by its number, and JSON Lines have keys: write \
             description=KEY, for a key within an object description=goods.text",
        ),
        (
            "description=cargo.words",
            "m.csv: the first lines have no key \"cargo.words\"; their keys are \"cargo.text\", \
             \"cargo.code\", \"goods\"",
        ),
    ] {
        assert_eq!(mapped(text, &[map]).expect_err(map).to_string(), message);
    }
}

#[test]
fn what_is_no_json_lines_is_refused() {
    let refused = |text: &str| {
        let error = read_with(text.as_bytes(), &ReadOptions::default()).expect_err(text);
        error.to_string()
    };
    let message = refused("{\"lines\": [{\"goods\": \"PUMP\"}, {\"goods\": \"VALVE\"}]}");
    assert!(message.contains("stand in an array"), "{message}");
    let message = refused("{\"colour\": \"red\"}\n");
    assert!(message.contains("no key describes the goods"), "{message}");
    assert!(message.contains("\"colour\""), "{message}");
}

#[test]
fn deep_and_endless_lines_do_no_harm() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = "x".repeat(5 << 20);
    let text = format!(
        "{{\"goods\": \"PUMP\"}}\n{{\"goods\": {deep}}}\n{{\"goods\": \"{long}\"}}\n{{\"goods\": \"VALVE\"}}\n"
    );
    let reading = read(text);
    assert_eq!(reading.items.len(), 3);
    assert_eq!(reading.items[2].description, "VALVE");
    assert!(reading.codes().contains(&"nested-too-deep"));
    assert_eq!(reading.unreadable[0].code, "field-too-long");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What a writer writes comes back, whatever it is.
    #[test]
    fn strings_come_back(cells in prop::collection::vec("\\PC{0,20}", 1..20)) {
        let mut text = String::from("{\"goods\": \"FIRST\"}\n");
        for cell in &cells {
            let line = serde_json::json!({"goods": format!("X{cell}Y"), "qty": 5});
            text.push_str(&format!("{line}\n"));
        }
        let reading = read(&text);
        prop_assert_eq!(reading.items.len(), cells.len() + 1);
        for (item, cell) in reading.items[1..].iter().zip(&cells) {
            prop_assert_eq!(&item.description, &format!("X{cell}Y"));
        }
    }

    /// Every line is an item, skipped or unreadable, in order.
    #[test]
    fn every_line_is_accounted_for(lines in prop::collection::vec("[{}\\[\\]\",:a-z0-9 é]{1,30}", 0..30)) {
        let text = format!("{{\"goods\": \"FIRST\"}}\n{}\n", lines.join("\n"));
        let reading = read(&text);
        let written = text.lines().filter(|line| !line.trim().is_empty()).count();
        let told = reading.items.len() + reading.skipped.len() + reading.unreadable.len();
        prop_assert_eq!(told, written);
    }
}
