//! Finds real words that would be read as a misspelt term of the lexicon.
//!
//! Feed it word lists, one word a line; what it prints belongs into
//! `data/lexicon/neighbours.txt`, so that `citric` is never taken for `nitric`:
//!
//! ```text
//! cat /usr/share/dict/words | cargo run --release --example near_words | sort -u
//! ```
#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::io::BufRead;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::text::{Document, fold_phrase};
use tidewaiter::{Ruleset, list};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
    for line in std::io::stdin().lock().lines() {
        let word = fold_phrase(&line?);
        let part = !rules.find(&Document::new([word.as_str()])).is_empty();
        if !word.contains(' ') && rules.read_unknown(&word, false, part).is_some() {
            println!("{word}");
        }
    }
    Ok(())
}
