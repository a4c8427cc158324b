//! The examples of the embedded lists get the verdicts that they say.

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::embedded_files;
use tidewaiter::screen::run_examples;

#[test]
fn every_example_of_the_embedded_lists_gets_its_verdict() {
    for files in embedded_files() {
        let run = run_examples(Lexicon::embedded(), files).expect("an embedded list");
        let wrong = run.issues.iter().map(ToString::to_string);
        let wrong: Vec<String> = wrong.collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(run.examples >= 2 * run.entries, "{}", run.list);
    }
}
