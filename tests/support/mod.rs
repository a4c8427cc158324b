//! What several test programs need: the rules, and the labelled lines of the project.
#![allow(dead_code, reason = "each test program uses its own part of this")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;
use tidewaiter::eval::LabelledSet;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{Comparison, Criterion};
use tidewaiter::{GoodsItem, Ruleset, Screened, Screener, Verdict, list};

/// Fails where a stored schema isn't the one of the types; `remedy` is the command that writes it.
pub fn assert_stored(schemas: &[(&str, Value)], remedy: &str) {
    for (path, schema) in schemas {
        let stored = std::fs::read_to_string(path).unwrap_or_default();
        let stored: Value = serde_json::from_str(&stored).unwrap_or_default();
        assert!(stored == *schema, "{path} is stale: {remedy}");
    }
}

/// Writes the schemas where they are stored.
pub fn store(schemas: &[(&str, Value)]) {
    for (path, schema) in schemas {
        let text = serde_json::to_string_pretty(schema).expect("JSON");
        std::fs::write(path, text + "\n").expect(path);
    }
}

/// The labelled file, as named from the project's root.
pub const LABELLED: &str = "tests/labelled/s-2017-822.csv";

/// The list that the labelled lines are judged for, compiled.
pub fn rules() -> &'static Ruleset {
    static RULES: OnceLock<Ruleset> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut lists = list::embedded().to_vec();
        lists.retain(|list| list.head.id == "s-2017-822");
        Ruleset::compile(lists, Lexicon::embedded()).expect("the embedded list compiles")
    })
}

/// The labelled lines.
pub fn labelled() -> &'static LabelledSet {
    static SET: OnceLock<LabelledSet> = OnceLock::new();
    SET.get_or_init(|| {
        let bytes = include_bytes!("../labelled/s-2017-822.csv");
        LabelledSet::read(LABELLED, bytes).expect("the labelled file is sound")
    })
}

/// Screens a goods item against the list.
pub fn screen(item: &GoodsItem) -> Screened {
    Screener::new(rules()).screen(item)
}

/// The verdict under each entry.
pub fn verdicts(screened: &Screened) -> BTreeMap<String, Verdict> {
    let findings = screened.findings.iter();
    findings.map(|f| (f.entry.clone(), f.verdict)).collect()
}

/// A criterion in short: `all(volume > 500 L; material: monel)`.
pub fn written(criterion: &Criterion) -> String {
    let many = |of: &[Criterion]| of.iter().map(written).collect::<Vec<_>>().join("; ");
    match criterion {
        Criterion::All { of } => format!("all({})", many(of)),
        Criterion::Any { of } => format!("any({})", many(of)),
        Criterion::Not { of } => format!("not({})", written(of)),
        Criterion::Paragraph { para, of } => format!("{para}: {}", written(of)),
        Criterion::Quantity { role, limit, .. } => {
            let sign = match limit.comparison {
                Comparison::GreaterThan => ">",
                Comparison::AtLeast => ">=",
                Comparison::LessThan => "<",
                Comparison::AtMost => "<=",
                range => range.key(),
            };
            format!("{role} {sign} {}", limit.threshold)
        }
        Criterion::Concept {
            attribute, one_of, ..
        } => format!("{}: {}", attribute.as_str(), one_of.join(" | ")),
        Criterion::Described => String::new(),
        Criterion::Unsupported { keys } => format!("unsupported {keys:?}"),
    }
}

/// The leaves of a criterion's tree.
pub fn leaves(criterion: &Criterion) -> Vec<&Criterion> {
    match criterion {
        Criterion::All { of } | Criterion::Any { of } => of.iter().flat_map(leaves).collect(),
        Criterion::Not { of } | Criterion::Paragraph { of, .. } => leaves(of),
        leaf => vec![leaf],
    }
}
