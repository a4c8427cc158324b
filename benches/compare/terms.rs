//! Writes the English terms of the lexicon, one a line, in lower case.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};

use tidewaiter::lexicon::Lexicon;

fn main() -> std::io::Result<()> {
    let lexicon = Lexicon::embedded();
    let terms: BTreeSet<String> = lexicon
        .concepts()
        .filter_map(|concept| concept.terms.get("en"))
        .flatten()
        .map(|term| term.to_lowercase())
        .collect();
    let mut out = BufWriter::new(std::io::stdout());
    for term in terms {
        writeln!(out, "{term}")?;
    }
    out.flush()
}
