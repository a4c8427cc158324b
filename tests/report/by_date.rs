//! Goods items judged by the law of their own dates: the report is the same at any number of jobs,
//! and when a run goes on where it was stopped.

use std::cell::RefCell;
use std::io::Write;
use std::num::NonZeroUsize;
use std::rc::Rc;

use tidewaiter::compile::Rulebook;
use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{self, Register};
use tidewaiter::manifest::{Manifest, ReadOptions};
use tidewaiter::report::{
    Checkpoint, Format, Header, Law, Moment, Next, Options, RenderOptions, ReportWriter, Summary,
};
use tidewaiter::screen::Circumstances;

/// What is written, while a writer still holds it.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn manifest() -> String {
    let goods = ["RING MAGNET", "GLOVE BOX", "TOTAL", "MIG WELDER 350 A DC"];
    let days = ["2016-05-01", "2018-04-08", "", "soon", "30.06.2020"];
    let rows = (0..3000).map(|row| format!("{},{}\n", goods[row % 4], days[row / 7 % 5]));
    std::iter::once("goods,shipment date\n".to_owned())
        .chain(rows)
        .collect()
}

/// Screens the manifest from its beginning or from a checkpoint, to its end or until the row at
/// which it is stopped.
fn run(jobs: usize, from: Option<Checkpoint>, to: Option<u64>) -> Ran {
    let register = Register::new(list::embedded().to_vec()).expect("fits together");
    let mut rulebook = Rulebook::new(register, Lexicon::embedded(), Vec::new());
    let known = Circumstances::on("2026-01-01".parse().expect("a day"));
    let rules = rulebook.on(known.as_of).expect("in force");
    let header = Header::new(&rules, &[], &known, Options::default());
    let options = RenderOptions::new(Format::Jsonl).with_all(true);
    let out = Shared::default();
    let writer = match from {
        Some(at) => ReportWriter::go_on(out.clone(), options, header, at),
        None => ReportWriter::begin(out.clone(), options, header).expect("a vector"),
    };
    let mut writer = writer.with_jobs(NonZeroUsize::new(jobs).expect("jobs"));
    let text = manifest();
    let mut manifest =
        Manifest::open("m.csv", text.as_bytes(), &ReadOptions::default()).expect("a manifest");
    let mut stopped = None;
    let whole = writer.screen_watched(
        "m.csv",
        &mut manifest,
        (Law::OfEachDate(&mut rulebook), &known),
        &mut |moment| match moment {
            Moment::Passed { sums, .. } if Some(sums.rows) == to => Next::Checkpoint,
            Moment::Passed { .. } => Next::GoOn,
            Moment::Checkpoint(at) => {
                let note = serde_json::to_string(at).expect("JSON");
                stopped = Some((note, out.0.borrow().clone()));
                Next::Stop
            }
        },
    );
    assert_eq!(whole.expect("a vector"), to.is_none());
    let summary = writer.end().expect("a vector");
    Ran {
        written: out.0.take(),
        summary,
        stopped,
    }
}

struct Ran {
    written: Vec<u8>,
    summary: Summary,
    /// The checkpoint as it is noted, and what was written until there.
    stopped: Option<(String, Vec<u8>)>,
}

#[test]
fn the_same_bytes_at_any_number_of_jobs() {
    let alone = run(1, None, None);
    let days: Vec<String> = alone
        .summary
        .editions
        .iter()
        .map(|used| used.first.to_string())
        .collect();
    assert!(days.contains(&"2016-05-01".to_owned()), "{days:?}");
    assert!(days.contains(&"2018-04-08".to_owned()), "{days:?}");
    for jobs in [2, 5] {
        assert!(
            run(jobs, None, None).written == alone.written,
            "{jobs} jobs"
        );
    }
}

#[test]
fn a_run_that_goes_on_gives_the_same_bytes() {
    let whole = run(1, None, None);
    for (row, jobs) in [(1, 1), (3, 2), (299, 1), (450, 2)] {
        let stopped = run(jobs, None, Some(row));
        let at = stopped.summary.stopped.expect("it was stopped");
        assert!(at.after_rows >= row);
        let (note, mut bytes) = stopped.stopped.expect("a checkpoint");
        let from = serde_json::from_str(&note).expect("a checkpoint");
        let rest = run(jobs, Some(from), None);
        bytes.extend(rest.written);
        assert!(bytes == whole.written, "from row {row}, {jobs} jobs");
        assert_eq!(rest.summary, whole.summary);
    }
}
