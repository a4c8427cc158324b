//! JSON Schemas of list files and lexicon files, generated from the types that read them.
//!
//! The reader ignores keys it doesn't know, since newer data may have more. Whoever writes a file
//! wants to hear of a misspelt key, so the schemas (and the linter, which walks them) are closed.

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use super::code_source::CodeListFile;
use super::source::ListFile;
use crate::lexicon::LexiconFile;

/// The JSON Schema (draft 2020-12) of one file of a list.
///
/// ```
/// let schema = tidewaiter::list::list_file_schema();
/// assert_eq!(schema["title"], "A file of a control list");
/// assert!(schema["properties"]["entry"].is_object());
/// ```
#[must_use]
pub fn list_file_schema() -> Value {
    closed::<ListFile>("A file of a control list")
}

/// The JSON Schema (draft 2020-12) of one file of a list of bans by code.
///
/// ```
/// let schema = tidewaiter::list::code_list_file_schema();
/// assert!(schema["properties"]["measure"].is_object());
/// ```
#[must_use]
pub fn code_list_file_schema() -> Value {
    closed::<CodeListFile>("A file of a list of bans by code")
}

/// The JSON Schema (draft 2020-12) of one file of the lexicon.
///
/// ```
/// let schema = tidewaiter::list::lexicon_file_schema();
/// assert!(schema["properties"]["concept"].is_object());
/// ```
#[must_use]
pub fn lexicon_file_schema() -> Value {
    closed::<LexiconFile>("A file of the lexicon")
}

fn closed<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaGenerator::default().into_root_schema_for::<T>();
    RecursiveTransform(close).transform(&mut schema);
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// No further keys, and no null, which TOML doesn't have.
fn close(schema: &mut Schema) {
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = choices.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                schema.insert(key, value);
            }
        }
    }
    if schema.get("default") == Some(&Value::Null) {
        schema.remove("default");
    }
}
