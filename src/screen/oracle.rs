//! The brute-force oracle: every phrase at every place, every entry against every goods item.
//!
//! The screener looks at entries only where the index finds a name. Here nothing is left out, so
//! an index or a shortcut that loses a finding is found out.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::finding::Finding;
use super::line::Line;
use super::screener::Screener;
use crate::compile::Ruleset;
use crate::eval::LabelledSet;
use crate::lexicon::Lexicon;
use crate::manifest::GoodsItem;

fn rules() -> &'static Ruleset {
    static RULES: OnceLock<Ruleset> = OnceLock::new();
    RULES.get_or_init(|| {
        let lists = crate::list::embedded().to_vec();
        Ruleset::compile(lists, Lexicon::embedded()).expect("the embedded lists compile")
    })
}

fn labelled() -> &'static LabelledSet {
    static SET: OnceLock<LabelledSet> = OnceLock::new();
    SET.get_or_init(|| {
        let name = "tests/labelled/s-2017-822.csv";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let bytes = std::fs::read(path).expect("the labelled file is there");
        LabelledSet::read(name, &bytes).expect("the labelled file is sound")
    })
}

/// All that the rules say of a goods item, found without the index and without a shortcut.
fn findings_by_brute_force(item: &GoodsItem) -> Vec<Finding> {
    let rules = rules();
    let line = Line::found_by(item, rules, |document| rules.find_naively(document));
    let screener = Screener::new(rules);
    let known = screener.read_all(item, &line);
    rules
        .entries()
        .filter_map(|(list, entry)| known.judge(list, entry))
        .collect()
}

/// Every word of the lexicon, as a trader would write it.
fn words() -> &'static [String] {
    static WORDS: OnceLock<Vec<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lexicon = rules().lexicon();
        let concepts = lexicon
            .concepts()
            .flat_map(|c| [&c.terms, &c.weak, &c.support, &c.lookalikes]);
        let cues = lexicon.cues().iter().map(|cue| &cue.terms);
        let roles = lexicon.roles().map(|role| &role.cues);
        let vague = lexicon.vague().iter().map(|vague| &vague.terms);
        let terms = concepts.chain(cues).chain(roles).chain(vague);
        let words: BTreeSet<String> = terms
            .flat_map(|terms| terms.values().flatten())
            .map(|term| term.replace(" + ", " ").replace('*', ""))
            .collect();
        words.into_iter().collect()
    })
}

/// A piece of a goods line: words of the lexicon, figures, pieces of labelled lines, noise.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => any::<prop::sample::Index>().prop_map(|at| at.get(words()).clone()),
        1 => any::<prop::sample::Index>().prop_map(|at| at.get(words()).to_uppercase()),
        2 => (1u32..2000, prop::sample::select(vec![
            "A", "V", "%", "kW", "L", "psi", "mm", "in", "Hz", "GHz", "Pa", "DN", "ns", "mW",
        ])).prop_map(|(figure, unit)| format!("{figure} {unit}")),
        2 => any::<prop::sample::Index>().prop_map(|at| {
            let text = &at.get(&labelled().lines).item.description;
            let half = text.chars().count() / 2;
            text.chars().take(half).collect()
        }),
        1 => "[ -~éß№、。]{0,8}",
    ]
}

fn goods() -> impl Strategy<Value = GoodsItem> {
    let link = prop::sample::select(vec![" ", " ", " ", ", ", "; ", "-", "", "/", "\n"]);
    let description = prop::collection::vec((piece(), link), 1..7).prop_map(|pieces| {
        let pieces = pieces.into_iter().map(|(piece, link)| piece + link);
        pieces.collect::<String>()
    });
    let hs = prop::option::of(prop::sample::select(vec![
        "854310", "2808.00", "8481", "610910",
    ]));
    let cas = prop::option::weighted(0.2, prop::sample::select(vec!["126-73-8", "7697-37-2"]));
    (description, hs, cas).prop_map(|(description, hs, cas)| GoodsItem {
        hs: hs.map(str::to_owned),
        cas: cas.map(str::to_owned),
        ..GoodsItem::new(description)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn the_screener_finds_what_brute_force_finds(item in goods()) {
        let found = Screener::new(rules()).screen(&item).findings;
        prop_assert_eq!(found, findings_by_brute_force(&item), "{:?}", item);
    }
}

#[test]
fn labelled_lines_get_the_findings_of_brute_force() {
    // Each tenth: the whole set takes a minute.
    for line in labelled().lines.iter().step_by(10) {
        let found = Screener::new(rules()).screen(&line.item).findings;
        assert_eq!(
            found,
            findings_by_brute_force(&line.item),
            "{:?}",
            line.item
        );
    }
}
