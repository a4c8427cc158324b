//! A whole goods item: description, HS code, CAS number and a parameter column.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::{GoodsItem, Ruleset, Screener, list};

fuzz_target!(|text: &str| {
    static RULES: OnceLock<Ruleset> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded()).expect("compiles")
    });
    let mut parts = text.split('\n');
    let mut next = || parts.next().unwrap_or("");
    let mut item = GoodsItem::new(next());
    let (hs, cas, parameter, value) = (next(), next(), next(), next());
    if !hs.is_empty() {
        item = item.with_hs(hs);
    }
    if !cas.is_empty() {
        item = item.with_cas(cas);
    }
    if !parameter.is_empty() {
        item = item.with_parameter(parameter, value);
    }
    for finding in Screener::new(rules).screen(&item).findings {
        for evidence in finding.evidence.iter().filter(|e| e.field == "description") {
            let stated = item.description.get(evidence.start..evidence.end);
            assert_eq!(stated, Some(evidence.text.as_str()), "{item:?}");
        }
    }
});
