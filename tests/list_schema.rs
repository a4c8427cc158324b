//! The stored JSON Schemas are those of the types, and all data keeps to them.

mod support;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{
    LintCode, code_list_file_schema, embedded_code_files, embedded_files, lexicon_file_schema,
    list_file_schema,
};

const LIST: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/docs/schema/list-file.schema.json"
);
const LEXICON: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/docs/schema/lexicon-file.schema.json"
);

const CODE_LIST: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/docs/schema/code-list-file.schema.json"
);

fn schemas() -> [(&'static str, Value); 3] {
    [
        (LIST, list_file_schema()),
        (LEXICON, lexicon_file_schema()),
        (CODE_LIST, code_list_file_schema()),
    ]
}

fn errors(schema: &Value, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    validator
        .iter_errors(document)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect()
}

fn to_json(text: &str) -> Value {
    let table: toml::Table = toml::from_str(text).expect("TOML");
    serde_json::to_value(table).expect("JSON")
}

#[test]
fn the_stored_schemas_are_up_to_date() {
    support::assert_stored(
        &schemas(),
        "cargo test --test list_schema -- --ignored write_the_schemas",
    );
}

#[test]
#[ignore = "writes docs/schema"]
fn write_the_schemas() {
    support::store(&schemas());
}

#[test]
fn all_data_keeps_to_the_schemas() {
    let lists = embedded_files().iter().flat_map(|files| files.iter());
    let lists = lists.map(|file| (file, list_file_schema()));
    let lexicon = Lexicon::embedded_files().iter();
    let lexicon = lexicon.map(|file| (file, lexicon_file_schema()));
    let mut count = 0;
    let codes = embedded_code_files().iter().flat_map(|files| files.iter());
    let codes = codes.map(|file| (file, code_list_file_schema()));
    for ((name, text), schema) in lists.chain(lexicon).chain(codes) {
        assert_eq!(
            errors(&schema, &to_json(text)),
            Vec::<String>::new(),
            "{name}"
        );
        count += 1;
    }
    assert!(count > 15, "{count}");
}

/// Every name of a key and every word of a choice in a schema.
fn words(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                found.extend(properties.keys().cloned());
            }
            for key in ["const", "enum"] {
                let words = object.get(key).into_iter();
                let words = words.flat_map(|v| v.as_array().cloned().unwrap_or(vec![v.clone()]));
                found.extend(words.filter_map(|v| v.as_str().map(str::to_owned)));
            }
            object.values().for_each(|value| words(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        _ => {}
    }
}

#[test]
fn the_docs_tell_of_every_key_and_of_every_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/list-format.md");
    let docs = std::fs::read_to_string(path).expect(path);
    let mut all = Vec::new();
    words(&list_file_schema(), &mut all);
    words(&lexicon_file_schema(), &mut all);
    all.extend(LintCode::ALL.iter().map(|code| code.as_str().to_owned()));
    assert!(all.len() > 100, "{}", all.len());
    let said: BTreeSet<&str> = docs
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
        .collect();
    let missing: Vec<&String> = all
        .iter()
        .filter(|word| !said.contains(word.as_str()))
        .collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn the_schemas_are_closed_and_ask_for_what_must_be_there() {
    let list = list_file_schema();
    let entry = json!({ "id": "E", "title": "t", "description": "d" });
    assert_eq!(
        errors(&list, &json!({ "entry": [entry] })),
        Vec::<String>::new()
    );
    for (wrong, schema) in [
        (json!({ "entries": [] }), &list),
        (json!({ "entry": [{ "id": "E", "title": "t" }] }), &list),
        (
            json!({ "entry": [{ "id": "E", "title": "t", "description": "d", "note": [] }] }),
            &list,
        ),
        (
            json!({ "entry": [{ "id": "E", "title": "t", "description": "d",
                "goods": [{ "name": "n", "subject": [], "criteria": { "at_lest": "5 kW" } }] }] }),
            &list,
        ),
        (
            json!({ "entry": [{ "id": "E", "title": "t", "description": "d",
                "goods": [{ "name": "n", "subject": [], "criteria": { "at_least": 5.0 } }] }] }),
            &list,
        ),
        (
            json!({ "concept": [{ "id": "c", "kind": "thing", "title": "t" }] }),
            &lexicon_file_schema(),
        ),
    ] {
        assert!(!errors(schema, &wrong).is_empty(), "{wrong}");
    }
}
