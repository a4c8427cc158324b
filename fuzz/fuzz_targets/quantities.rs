//! The quantity reader on any text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::text::{Document, read_quantities};

fuzz_target!(|text: &str| {
    let document = Document::new([text]);
    let line = document.line();
    let mut end = 0;
    for q in read_quantities(line, Lexicon::embedded().units()) {
        assert!(q.start >= end && q.start < q.end, "{line:?}: {q:?}");
        assert!(line.get(q.start..q.end).is_some(), "{line:?}: {q:?}");
        if let (Some(low), Some(high)) = (&q.low, &q.high) {
            assert!(low <= high, "{line:?}: {q:?}");
        }
        end = q.end;
    }
});
