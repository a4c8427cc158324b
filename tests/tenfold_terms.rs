//! Ten times the terms cost little more time for each line.
//!
//! Run alone, and optimised: `cargo test --release --test tenfold_terms -- --ignored --nocapture`.

#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::time::{Duration, Instant};

use tidewaiter::eval::LabelledSet;
use tidewaiter::lexicon::{Concept, Lexicon, Terms};
use tidewaiter::{GoodsItem, Ruleset, Screener, list};

/// A letter of another word: vowels stay vowels, so that the words look like words.
fn other(c: char, by: usize) -> char {
    let rings = [
        "aeiouy",
        "bcdfghjklmnpqrstvwxz",
        "аеиоуыэюя",
        "бвгджзклмнпрстфхцчшщ",
    ];
    let lower = c.to_lowercase().next().unwrap_or(c);
    for ring in rings {
        let letters: Vec<char> = ring.chars().collect();
        if let Some(at) = letters.iter().position(|l| *l == lower) {
            return letters[(at + by) % letters.len()];
        }
    }
    match c {
        '\u{4e00}'..='\u{9f00}' => {
            let place = (c as u32 - 0x4e00 + by as u32 * 131) % 0x5100;
            char::from_u32(0x4e00 + place).unwrap_or(c)
        }
        c => c,
    }
}

fn others(terms: &Terms, by: usize) -> Terms {
    let word = |term: &String| term.chars().map(|c| other(c, by)).collect();
    let words = |(language, terms): (&String, &Vec<String>)| {
        (language.clone(), terms.iter().map(word).collect())
    };
    terms.iter().map(words).collect()
}

/// The lexicon, with as many times its concepts, of made-up words.
fn lexicon(times: usize) -> Lexicon {
    let mut lexicon = Lexicon::embedded().clone();
    for by in 1..times {
        for concept in Lexicon::embedded().concepts() {
            let made_up = Concept {
                id: format!("made-up-{by}-{}", concept.id),
                implies: Vec::new(),
                excludes: Vec::new(),
                terms: others(&concept.terms, by),
                weak: others(&concept.weak, by),
                support: others(&concept.support, by),
                lookalikes: others(&concept.lookalikes, by),
                ..concept.clone()
            };
            lexicon.add(made_up).expect("an id of its own");
        }
    }
    lexicon
}

fn time(screener: &Screener<'_>, items: &[GoodsItem]) -> Duration {
    let start = Instant::now();
    let findings: usize = items
        .iter()
        .map(|item| screener.screen(item).findings.len())
        .sum();
    assert!(findings > 0);
    start.elapsed()
}

#[test]
#[ignore = "measures time"]
fn ten_times_the_terms_cost_at_most_1_3_times_the_time() {
    let bytes = std::fs::read("tests/labelled/s-2017-822.csv").expect("the labelled file");
    let set = LabelledSet::read("s-2017-822.csv", &bytes).expect("the labelled file is sound");
    let items: Vec<GoodsItem> = set.lines.into_iter().map(|line| line.item).collect();
    let rules =
        |times| Ruleset::compile(list::embedded().to_vec(), &lexicon(times)).expect("compiles");
    let (one, ten) = (rules(1), rules(10));
    let (one, ten) = (Screener::new(&one), Screener::new(&ten));
    // The first round fills what is made when it is first needed.
    let (mut of_one, mut of_ten) = (Vec::new(), Vec::new());
    for _ in 0..12 {
        of_one.push(time(&one, &items));
        of_ten.push(time(&ten, &items));
    }
    let least = |times: &[Duration]| times[1..].iter().min().copied().unwrap_or_default();
    let ratio = least(&of_ten).as_secs_f64() / least(&of_one).as_secs_f64();
    println!("{:?} and {:?}: {ratio:.2}", least(&of_one), least(&of_ten));
    assert!(ratio <= 1.3, "{ratio}");
}
