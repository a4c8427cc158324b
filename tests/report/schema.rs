//! The stored JSON Schemas are those of the types, and every report keeps to them.

use serde_json::Value;
use tidewaiter::report::{Format, RenderOptions, line_schema, report_schema};

use crate::facts::screened;
use crate::fixture::report;
use crate::support;

const REPORT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/docs/schema/report.schema.json"
);
const LINE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/docs/schema/report-record.schema.json"
);

fn schemas() -> [(&'static str, Value); 2] {
    [
        (REPORT, report_schema().to_value()),
        (LINE, line_schema().to_value()),
    ]
}

#[test]
fn the_stored_schemas_are_up_to_date() {
    support::assert_stored(
        &schemas(),
        "cargo test --test report -- --ignored write_the_schemas",
    );
}

#[test]
#[ignore = "writes docs/schema"]
fn write_the_schemas() {
    support::store(&schemas());
}

#[test]
fn every_document_keeps_to_the_schema() {
    let validator = jsonschema::validator_for(&report_schema().to_value()).expect("a schema");
    for report in [report(), screened()] {
        let mut out = Vec::new();
        let options = RenderOptions::new(Format::Json).with_all(true);
        report.write(&mut out, options).expect("a vector");
        let document: Value = serde_json::from_slice(&out).expect("JSON");
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|e| e.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        assert!(
            document["items"]
                .as_array()
                .is_some_and(|items| items.len() > 3)
        );
    }
}

#[test]
fn every_line_keeps_to_the_schema() {
    let validator = jsonschema::validator_for(&line_schema().to_value()).expect("a schema");
    for report in [report(), screened()] {
        let mut out = Vec::new();
        let options = RenderOptions::new(Format::Jsonl).with_all(true);
        report.write(&mut out, options).expect("a vector");
        let out = String::from_utf8(out).expect("UTF-8");
        for line in out.lines() {
            let line: Value = serde_json::from_str(line).expect("JSON");
            let errors: Vec<String> = validator
                .iter_errors(&line)
                .map(|e| e.to_string())
                .collect();
            assert_eq!(errors, Vec::<String>::new(), "{line}");
        }
    }
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let validator = jsonschema::validator_for(&line_schema().to_value()).expect("a schema");
    for wrong in [
        serde_json::json!({}),
        serde_json::json!({ "record": "item", "line_id": "1" }),
        serde_json::json!({ "record": "nonsense" }),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}
