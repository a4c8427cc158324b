//! Keys and types: the file against the schema of its type.
//!
//! The schema is generated from the types that read the file, so the linter can't know other keys
//! than the reader. Only what the generator writes is understood: `$ref`, `properties`,
//! `required`, `additionalProperties`, `items`, `type`, `enum`, `const` and `oneOf`.

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use super::{Collector, LintCode};
use crate::list::tree::Node;

/// Checks a file's tables against a schema.
pub(super) fn check(found: &mut Collector, file: usize, root: Node, schema: &Value) {
    Shape {
        found,
        file,
        definitions: &schema["$defs"],
    }
    .table(root, schema);
}

struct Shape<'a> {
    found: &'a mut Collector,
    file: usize,
    definitions: &'a Value,
}

impl<'a> Shape<'a> {
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let name = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next());
        match name {
            Some(name) => &self.definitions[name],
            None => schema,
        }
    }

    fn table(&mut self, node: Node, schema: &'a Value) {
        let properties = schema["properties"].as_object();
        let further = &schema["additionalProperties"];
        for (key, value) in node.keys() {
            let known = properties.and_then(|p| p.get(key.value));
            if let Some(known) = known {
                self.value(value, known, key.value);
            } else if further.is_object() {
                self.value(value, further, key.value);
            } else {
                let names: Vec<&str> = properties
                    .into_iter()
                    .flat_map(|p| p.keys().map(String::as_str))
                    .collect();
                let near = self.found.suggestion(key.value, names.iter().copied());
                let message = if near.is_empty() {
                    format!(
                        "unknown key {:?}; known here: {}",
                        key.value,
                        names.join(", ")
                    )
                } else {
                    format!("unknown key {:?}{near}", key.value)
                };
                self.found
                    .add(self.file, key.start, LintCode::UnknownKey, message);
            }
        }
        for key in schema["required"].as_array().into_iter().flatten() {
            let Some(key) = key.as_str() else { continue };
            let empty = node.text(key).is_some_and(|t| t.value.trim().is_empty());
            if !node.has(key) || empty {
                let what = if empty { "is empty" } else { "is missing" };
                let message = format!("the key {key:?} {what}{}", told(schema, key));
                self.found
                    .add(self.file, node.place(key), LintCode::MissingKey, message);
            }
        }
    }

    fn value(&mut self, value: &Spanned<DeValue>, schema: &'a Value, key: &str) {
        let schema = self.resolve(schema);
        let start = value.span().start;
        let choices = choices(schema);
        match (value.get_ref(), schema["type"].as_str()) {
            (DeValue::Table(table), Some("object")) => self.table(Node::new(table, start), schema),
            (DeValue::Array(items), Some("array")) => {
                for item in items.iter() {
                    self.value(item, &schema["items"], key);
                }
            }
            (DeValue::String(word), _) if !choices.is_empty() => {
                if !choices.contains(&word.as_ref()) {
                    let near = self.found.suggestion(word, choices.iter().copied());
                    let message = format!(
                        "{word:?} is no value of {key:?}; it takes {}{near}",
                        choices.join(", ")
                    );
                    self.found
                        .add(self.file, start, LintCode::UnknownValue, message);
                }
            }
            (DeValue::String(_), Some("string"))
            | (DeValue::Boolean(_), Some("boolean"))
            | (DeValue::Integer(_), Some("integer")) => {}
            (given, wanted) => {
                let wanted = wanted.map_or("a string", name_of_type);
                let advice = match given {
                    DeValue::Float(_) | DeValue::Integer(_) if wanted == "a string" => {
                        "; figures of the law are written as strings with a unit"
                    }
                    DeValue::Datetime(_) => "; dates are written as strings",
                    _ => "",
                };
                let message = format!("{key:?} takes {wanted}, this is {}{advice}", name_of(given));
                self.found
                    .add(self.file, start, LintCode::WrongType, message);
            }
        }
    }
}

/// What the schema says of a key, as an explanation.
fn told(schema: &Value, key: &str) -> String {
    let told = schema["properties"][key]["description"].as_str();
    let first = told.and_then(|text| text.split(['.', '\n']).next());
    first.map_or(String::new(), |text| format!(" ({})", lower_first(text)))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(c) if !chars.as_str().starts_with(char::is_uppercase) => {
            c.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// The words that a value may be; empty: any.
fn choices(schema: &Value) -> Vec<&str> {
    let listed = schema["enum"].as_array().into_iter().flatten();
    let single = schema["oneOf"].as_array().into_iter().flatten();
    let nested = single.flat_map(|choice| {
        let listed = choice["enum"].as_array().into_iter().flatten();
        listed.chain(choice.get("const"))
    });
    listed.chain(nested).filter_map(Value::as_str).collect()
}

fn name_of_type(name: &str) -> &'static str {
    match name {
        "object" => "a table",
        "array" => "an array",
        "boolean" => "true or false",
        "integer" => "a whole number",
        _ => "a string",
    }
}

fn name_of(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
