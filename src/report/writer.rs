//! Writing a report as it comes, in bounded memory.

use std::io::{Read, Write};

use super::document::{SkippedRecord, UnreadableRecord};
use super::header::Header;
use super::item::ItemRecord;
use super::render::{RenderOptions, Renderer};
use super::summary::{ManifestUsed, Summary};
use crate::compile::Ruleset;
use crate::issue::Issue;
use crate::manifest::{Manifest, Record};
use crate::screen::{Circumstances, Screener};

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
}

impl<W: Write> ReportWriter<W> {
    /// Begins a report with its header.
    ///
    /// # Errors
    /// When the output can't be written; so for all methods.
    pub fn begin(out: W, options: RenderOptions, header: Header) -> std::io::Result<Self> {
        Ok(ReportWriter {
            renderer: Renderer::begin(out, options, header)?,
            summary: Summary::default(),
        })
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
        let screener = Screener::new(rules);
        let before = self.summary.sums.rows;
        let mut rows = 0;
        while let Some(record) = manifest.next_record() {
            rows += 1;
            match record {
                Record::Item { item, issues } => {
                    let mut screened = screener.screen(&item);
                    screened.issues.splice(0..0, issues);
                    self.item(&ItemRecord::new(name, item, screened, rules, known))?;
                }
                Record::Skipped(skipped) => self.skipped(&SkippedRecord::new(name, skipped))?,
                Record::Unreadable { row, issue, .. } => self.unreadable(&UnreadableRecord {
                    manifest: name.to_owned(),
                    row,
                    issue,
                })?,
            }
        }
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
        Ok(())
    }

    /// Counts one goods item, and writes it if the options ask for it.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn item(&mut self, item: &ItemRecord) -> std::io::Result<()> {
        self.summary.count(item);
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
    pub fn end(self) -> std::io::Result<Summary> {
        let sums = &self.summary.sums;
        assert!(sums.hold(), "the sums of the report don't hold: {sums:?}");
        self.renderer.end(&self.summary)?;
        Ok(self.summary)
    }
}
