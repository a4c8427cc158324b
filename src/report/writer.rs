//! Writing a report as it comes, in bounded memory.

use std::io::{Read, Write};
use std::num::NonZeroUsize;

use super::baseline::{Baseline, BaselineUsed, GoneRecord, mark_rescreened};
use super::document::{SkippedRecord, UnreadableRecord};
use super::header::Header;
use super::item::ItemRecord;
use super::render::{RenderOptions, Renderer};
use super::row::{Court, Item, Judge, Law, Row, Unscreened, Wanted};
use super::stored::{StoredRecord, StoredReport};
use super::summary::{ManifestUsed, Stopped, Summary};
use super::watch::{Checkpoint, Moment, Next};
use crate::compile::{Rulebook, Ruleset};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::issue::{Issue, Severity};
use crate::manifest::{Field, Manifest};
use crate::pipeline::{self, Pipeline};
use crate::screen::{Circumstances, Verdict};
use crate::waiver::WaiversInForce;

/// Screens manifests and writes the report as it goes, goods item by goods item.
///
/// The line formats (`text`, `jsonl`, `csv`) need no more memory than one goods item and the
/// summary; `json` holds what it will write until the end.
///
/// ```
/// use tidewaiter::manifest::{Manifest, ReadOptions};
/// use tidewaiter::report::{Format, Header, Options, RenderOptions, ReportWriter};
/// use tidewaiter::{Ruleset, Screener, lexicon::Lexicon, list, screen::Circumstances};
///
/// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
/// let known = Circumstances::on("2020-01-01".parse()?);
/// let header = Header::new(&rules, &[], &known, Options::default());
/// let mut out = Vec::new();
/// let mut writer = ReportWriter::begin(&mut out, RenderOptions::new(Format::Text), header).unwrap();
/// let csv = "goods\nMIG WELDER 350 A DC\n";
/// let mut manifest = Manifest::open("m.csv", csv.as_bytes(), &ReadOptions::default())?;
/// writer.screen("m.csv", &mut manifest, &rules, &known).unwrap();
/// let summary = writer.end().unwrap();
/// assert_eq!((summary.sums.rows, summary.sums.hit), (1, 1));
/// assert!(String::from_utf8(out).unwrap().contains("VIII.A2.005"));
/// # Ok::<(), tidewaiter::Error>(())
/// ```
pub struct ReportWriter<W: Write> {
    renderer: Renderer<W>,
    summary: Summary,
    against: Against,
    jobs: NonZeroUsize,
    /// Rows of the next manifest that the report has already.
    done: u64,
}

/// What findings are held against: nothing, a report on an earlier state, what a person decided.
#[derive(Default)]
pub struct Against {
    /// The report that tells which findings are new.
    pub baseline: Option<Baseline>,
    /// The waivers.
    pub waivers: Option<WaiversInForce>,
}

impl<W: Write> ReportWriter<W> {
    /// Begins a report with its header.
    ///
    /// # Errors
    /// When the output can't be written; so for all methods.
    pub fn begin(out: W, options: RenderOptions, header: Header) -> std::io::Result<Self> {
        ReportWriter::begin_against(out, options, header, Against::default())
    }

    /// Begins a report whose findings are held against a baseline or waivers, or both; the header
    /// names them. If the header says that goods are kept, every goods item is written whole.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn begin_against(
        out: W,
        options: RenderOptions,
        mut header: Header,
        against: Against,
    ) -> std::io::Result<Self> {
        if let Some(baseline) = &against.baseline {
            header.baseline = Some(baseline.used().clone());
        }
        header.waivers = against.waivers.as_ref().map(|w| w.used().clone());
        let summary = Summary {
            since_baseline: header.baseline.as_ref().map(|_| Default::default()),
            ..Summary::default()
        };
        Ok(ReportWriter {
            renderer: Renderer::begin(out, options, header)?,
            summary,
            against,
            jobs: NonZeroUsize::MIN,
            done: 0,
        })
    }

    /// Goes on with a report at a checkpoint: `out` follows what was written up to there. The
    /// manifests that the checkpoint's summary names are not to be screened again, and of the
    /// next one the rows that were done are passed over. The caller sees to it that header and
    /// manifests are the same.
    #[must_use]
    pub fn go_on(out: W, options: RenderOptions, header: Header, at: Checkpoint) -> Self {
        ReportWriter {
            renderer: Renderer::go_on(out, options, header),
            summary: at.summary,
            against: Against::default(),
            jobs: NonZeroUsize::MIN,
            done: at.rows,
        }
    }

    /// The same, screening on so many threads beside the caller's; with one job, on the caller's
    /// alone. The report is the same at any number of jobs.
    #[must_use]
    pub fn with_jobs(mut self, jobs: NonZeroUsize) -> Self {
        self.jobs = jobs;
        self
    }

    /// Screens a manifest to its end, and writes what is found.
    ///
    /// # Errors
    /// When the output can't be written. Trouble with the manifest is part of the report.
    ///
    /// # Panics
    /// When a row is neither screened nor told of, which would be a defect of this module.
    pub fn screen<R: Read>(
        &mut self,
        name: &str,
        manifest: &mut Manifest<R>,
        rules: &Ruleset,
        known: &Circumstances,
    ) -> std::io::Result<()> {
        let law = Law::OfOneDay(rules);
        let whole = self.screen_watched(name, manifest, (law, known), &mut |_| Next::GoOn)?;
        debug_assert!(whole, "nobody stopped it");
        Ok(())
    }

    /// Screens a manifest to its end, each goods item by the law of its own date; those without
    /// one, or with one that tells nothing, by that of `known`.
    ///
    /// ```
    /// use tidewaiter::compile::Rulebook;
    /// use tidewaiter::manifest::{Manifest, ReadOptions};
    /// use tidewaiter::report::{Format, Header, Options, RenderOptions, ReportWriter};
    /// use tidewaiter::{lexicon::Lexicon, list, screen::Circumstances};
    ///
    /// let register = list::Register::new(list::embedded().to_vec())?;
    /// let mut rulebook = Rulebook::new(register, Lexicon::embedded(), Vec::new());
    /// let known = Circumstances::on("2020-01-01".parse()?);
    /// let rules = rulebook.on(known.as_of)?;
    /// let header = Header::new(&rules, &[], &known, Options::default());
    /// let options = RenderOptions::new(Format::Text);
    /// let mut writer = ReportWriter::begin(Vec::new(), options, header).unwrap();
    /// let csv = "goods,shipment date\nHOT CELL,2018-04-08\nHOT CELL,\n";
    /// let mut manifest = Manifest::open("m.csv", csv.as_bytes(), &ReadOptions::default())?;
    /// writer.screen_by_date("m.csv", &mut manifest, &mut rulebook, &known).unwrap();
    /// let summary = writer.end().unwrap();
    /// assert_eq!((summary.sums.hit, summary.editions[0].items), (2, 2));
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the output can't be written, or the lists of a day can't be compiled together.
    ///
    /// # Panics
    /// When a row is neither screened nor told of, which would be a defect of this module.
    pub fn screen_by_date<R: Read>(
        &mut self,
        name: &str,
        manifest: &mut Manifest<R>,
        rulebook: &mut Rulebook<'_>,
        known: &Circumstances,
    ) -> std::io::Result<()> {
        let law = Law::OfEachDate(rulebook);
        let whole = self.screen_watched(name, manifest, (law, known), &mut |_| Next::GoOn)?;
        debug_assert!(whole, "nobody stopped it");
        Ok(())
    }

    /// Screens a manifest to its end or until it is stopped; `watch` looks on. A report that was
    /// stopped is whole but for the rows that weren't read, and says so. Returns whether all was
    /// read.
    ///
    /// # Errors
    /// When the output can't be written, or the lists of a day can't be compiled together.
    ///
    /// # Panics
    /// As [`screen`](Self::screen).
    pub fn screen_watched<R: Read>(
        &mut self,
        name: &str,
        manifest: &mut Manifest<R>,
        (law, known): (Law<'_, '_>, &Circumstances),
        watch: &mut dyn FnMut(Moment<'_>) -> Next,
    ) -> std::io::Result<bool> {
        let dated = matches!(law, Law::OfEachDate(_))
            && manifest.columns().with_field(Field::Date).next().is_some();
        let mut court = Court::new(law, known);
        let wanted = self.wanted();
        let work = |row| Row::of(row, name, wanted);
        let done = std::mem::take(&mut self.done);
        let before = self.summary.sums.rows - done;
        let passed = manifest.by_ref().take(done as usize).count() as u64;
        let (rows, stopped) = pipeline::in_order(self.jobs, &work, |pipeline| {
            self.write_rows(
                passed,
                (name, manifest),
                (&mut court, dated),
                pipeline,
                watch,
            )
        })?;
        for issue in manifest.issues() {
            self.issue(&issue)?;
        }
        assert_eq!(
            self.summary.sums.rows - before,
            rows,
            "a row of {name} is lost"
        );
        self.manifest(ManifestUsed {
            name: name.to_owned(),
            sha256: manifest.sha256(),
            encoding: manifest.encoding().to_owned(),
            rows,
        });
        if stopped {
            self.stopped(name, rows)?;
        }
        Ok(!stopped)
    }

    /// Hands the rows of a manifest to the pipeline and writes what comes out of it. Says how many
    /// rows there were, and whether it was stopped before the end.
    fn write_rows<'a, R: Read>(
        &mut self,
        mut rows: u64,
        (name, manifest): (&str, &mut Manifest<R>),
        (court, dated): (&mut Court<'a, '_>, bool),
        pipeline: &mut Pipeline<'_, Unscreened<'a>, Row<'a>>,
        watch: &mut dyn FnMut(Moment<'_>) -> Next,
    ) -> std::io::Result<(u64, bool)> {
        let mut stopped = false;
        loop {
            while !stopped && pipeline.has_room() {
                let Some(record) = manifest.next_record() else {
                    break;
                };
                let row = court.row(record, name).map_err(std::io::Error::other)?;
                let weight = row.weight();
                pipeline.give(row, weight);
            }
            let Some(row) = pipeline.take() else {
                // What was read to its end isn't partial.
                return Ok((rows, stopped && manifest.sha256().is_none()));
            };
            rows += 1;
            match row {
                Row::Item(mut item) => {
                    self.waive(&mut item);
                    let (rules, known) = (item.judge.rules(), item.judge.known());
                    if dated {
                        self.summary.judged_by(rules.lists(), known);
                    }
                    if let Some(baseline) = &mut self.against.baseline {
                        baseline.mark(&mut item.record);
                    }
                    self.counted(&item.record, item.digest)?;
                }
                Row::Skipped(skipped) => self.skipped(&skipped)?,
                Row::Unreadable(unreadable) => self.unreadable(&unreadable)?,
            }
            if stopped {
                continue;
            }
            let passed = Moment::Passed {
                sums: &self.summary.sums,
                bytes: manifest.bytes_read(),
            };
            match watch(passed) {
                Next::GoOn => {}
                Next::Stop => stopped = true,
                Next::Checkpoint => {
                    self.renderer.flush()?;
                    let (bytes, sha256) = manifest.read_so_far();
                    let checkpoint = Checkpoint {
                        summary: self.summary.clone(),
                        rows,
                        bytes,
                        sha256,
                    };
                    stopped = watch(Moment::Checkpoint(&checkpoint)) == Next::Stop;
                }
            }
        }
    }

    fn stopped(&mut self, name: &str, rows: u64) -> std::io::Result<()> {
        let message = format!(
            "the run was stopped here after {rows} rows; what follows is not screened, and this \
             report is partial"
        );
        self.summary.stopped = Some(Stopped {
            manifest: name.to_owned(),
            after_rows: rows,
        });
        let issue = Issue::new("stopped", Severity::Error, message).at(Location::new(name));
        self.renderer.stopped(&UnreadableRecord {
            manifest: name.to_owned(),
            row: rows,
            issue,
        })
    }

    /// Screens the goods of a stored report again, and writes what is found and what became of the
    /// findings. The manifests' names, hashes and rows are those of the stored report, and so are
    /// the rows that held no goods. Of the format `jsonl` one goods item is held at a time.
    ///
    /// # Errors
    /// When the stored report doesn't carry its goods, can't be read, isn't whole, or isn't the
    /// one whose hash the header names. When the output can't be written.
    pub fn rescreen<R: Read>(
        &mut self,
        stored: &mut StoredReport<R>,
        rules: &Ruleset,
        known: &Circumstances,
    ) -> Result<()> {
        stored.check_goods()?;
        let judge = Judge::of_all(rules, known);
        while let Some(record) = stored.next_record()? {
            let written = match record {
                StoredRecord::Item(then) => {
                    let Some((item, issues)) = then.goods_item() else {
                        let message = format!(
                            "line {} of {} has no goods, though the header says that all are \
                             kept; the report isn't whole, make it again",
                            then.line_id, then.manifest
                        );
                        let place = Location::new(stored.name());
                        return Err(Error::new(ErrorKind::Report, message).at(place));
                    };
                    let name = &then.manifest;
                    let judge = judge.clone();
                    let mut item = Item::of((item, issues), name, judge, None, self.wanted());
                    self.waive(&mut item);
                    let mut record = item.record;
                    let gone = mark_rescreened(&then, &mut record, self.renderer.header());
                    self.counted(&record, item.digest).and_then(|()| {
                        let mut gone = gone.iter();
                        gone.try_for_each(|gone| self.gone(gone))
                    })
                }
                StoredRecord::Skipped(skipped) => self.skipped(&skipped),
                StoredRecord::Unreadable(unreadable) => self.unreadable(&unreadable),
                // Trouble with the manifests stays; that with waivers is told anew.
                StoredRecord::Issue(issue) if issue.code.starts_with("waiver-") => Ok(()),
                StoredRecord::Issue(issue) => self.issue(&issue),
            };
            written.map_err(unwritten)?;
        }
        stored.check_rows()?;
        let baseline: Option<&BaselineUsed> = self.renderer.header().baseline.as_ref();
        if baseline.is_some_and(|b| Some(b.sha256.as_str()) != stored.sha256()) {
            let message = "the report changed while it was read; try again";
            let place = Location::new(stored.name());
            return Err(Error::new(ErrorKind::Report, message).at(place));
        }
        let summary = stored.summary().cloned().unwrap_or_default();
        for manifest in summary.manifests {
            self.manifest(manifest);
        }
        Ok(())
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            goods: self.renderer.header().goods_kept,
            item: self.against.waivers.is_some(),
        }
    }

    /// Looks whether waivers cover what is found on a goods item.
    fn waive(&mut self, row: &mut Item<'_>) {
        let (Some(waivers), Some(item)) = (&mut self.against.waivers, &row.item) else {
            return;
        };
        let findings = row.record.findings.iter_mut();
        for found in findings.filter(|f| f.finding.verdict != Verdict::Cleared) {
            let (list, entry) = (&found.finding.list, &found.finding.entry);
            let waiver =
                waivers.covering((list, entry, &found.fingerprint), item, row.judge.known());
            found.waiver = waiver.cloned().map(Box::new);
        }
    }

    /// Whether the baseline is about these goods; to be asked before [`end`](Self::end).
    ///
    /// # Errors
    /// When it is about others. What is written so far must not get out then.
    pub fn check_baseline(&self) -> Result<()> {
        match &self.against.baseline {
            Some(baseline) => baseline.check_goods(&self.summary),
            None => Ok(()),
        }
    }

    /// Counts one goods item, and writes it if the options ask for it.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn item(&mut self, item: &ItemRecord) -> std::io::Result<()> {
        self.counted(item, item.goods_digest())
    }

    fn counted(&mut self, item: &ItemRecord, digest: String) -> std::io::Result<()> {
        self.summary.count(item, digest);
        self.renderer.item(item)
    }

    /// Counts a row that is no goods item.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn skipped(&mut self, skipped: &SkippedRecord) -> std::io::Result<()> {
        self.summary
            .count_skipped(&skipped.manifest, skipped.row, skipped.reason);
        self.renderer.skipped(skipped)
    }

    /// Counts a row that couldn't be read.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn unreadable(&mut self, unreadable: &UnreadableRecord) -> std::io::Result<()> {
        self.summary.count_unreadable();
        self.renderer.unreadable(unreadable)
    }

    /// Counts and tells of a finding of the baseline that isn't found any more.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn gone(&mut self, gone: &GoneRecord) -> std::io::Result<()> {
        self.summary.count_gone();
        self.renderer.gone(gone)
    }

    /// Tells of trouble with a manifest as a whole.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn issue(&mut self, issue: &Issue) -> std::io::Result<()> {
        self.renderer.issue(issue)
    }

    /// Notes that a manifest was read to its end.
    pub fn manifest(&mut self, manifest: ManifestUsed) {
        self.summary.manifests.push(manifest);
    }

    /// Writes the summary and ends the report.
    ///
    /// # Errors
    /// When the output can't be written.
    ///
    /// # Panics
    /// When the sums don't hold, which would be a defect of this module: a report with wrong sums
    /// must not get out.
    pub fn end(mut self) -> std::io::Result<Summary> {
        if let Some(baseline) = &self.against.baseline {
            let gone: Vec<_> = baseline.gone(self.renderer.header()).collect();
            gone.iter().try_for_each(|gone| self.gone(gone))?;
        }
        if let Some(waivers) = &self.against.waivers {
            for issue in waivers.issues() {
                self.renderer.issue(&issue)?;
            }
        }
        let (sums, sectoral) = (&self.summary.sums, &self.summary.sectoral);
        assert!(
            self.summary.holds(),
            "the sums of the report don't hold: {sums:?} {sectoral:?}"
        );
        if let Some(since) = &self.summary.since_baseline {
            let all = since.new + since.unchanged + since.changed;
            assert_eq!(all, sums.findings, "a finding has no state");
        }
        self.renderer.end(&self.summary)?;
        Ok(self.summary)
    }
}

fn unwritten(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("writing the report: {error}")).caused_by(error)
}
