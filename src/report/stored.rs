//! Reading a report that was written before.
//!
//! A stored report is read for two things: what was found then ([`Baseline`](super::Baseline)),
//! and the goods, where it keeps them. Nothing else of it is looked at, so a report of an older
//! or newer program can be read as long as `report_version` is the same.
//!
//! The format `jsonl` streams, a line at a time. `json` is one document and is held whole. A
//! report that breaks off is refused: what is missing could be the one line that matters.

use std::io::{BufRead, BufReader, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::document::{SkippedRecord, UnreadableRecord};
use super::goods::KeptGoods;
use super::header::REPORT_VERSION;
use super::summary::ManifestUsed;
use crate::error::{Error, ErrorKind, Location, Result};
use crate::issue::Issue;
use crate::logic::Truth;
use crate::manifest::{GoodsItem, Parameter};
use crate::screen::{Evaluation, Finding, Verdict};
use crate::vocab::{Country, Day, Jurisdiction};

/// The longest line of a report that is read.
const LONGEST: u64 = 256 << 20;

/// A report that was written before, read record by record.
///
/// ```
/// use tidewaiter::report::StoredReport;
/// let text = "goods\nMIG WELDER\n";
/// let error = StoredReport::open("m.csv", text.as_bytes()).err().unwrap();
/// assert!(error.to_string().contains("no report in the format json or jsonl"));
/// ```
pub struct StoredReport<R: Read> {
    name: String,
    header: StoredHeader,
    body: Body<R>,
    rows: u64,
    summary: Option<StoredSummary>,
    sha256: Option<String>,
}

enum Body<R: Read> {
    Lines {
        reader: BufReader<Hashing<R>>,
        line: u64,
    },
    Document(std::vec::IntoIter<StoredRecord>),
}

/// The header of a stored report, as far as it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredHeader {
    /// Version of the document.
    pub report_version: u32,
    /// The program that wrote it.
    pub tool: super::header::Tool,
    /// Its decisive date.
    pub as_of: Day,
    /// The lists it was screened with.
    pub lists: Vec<StoredList>,
    /// Whether it carries its goods.
    #[serde(default)]
    pub goods_kept: bool,
    /// Its options.
    pub options: StoredOptions,
}

/// A list that a stored report was screened with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct StoredList {
    /// Its id.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// SHA-256 of its files, in hexadecimal.
    pub sha256: String,
}

/// The options of a stored report that a rescreening takes over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct StoredOptions {
    /// Columns that were named for fields.
    #[serde(default)]
    pub map: Vec<String>,
    /// The encoding that was named.
    #[serde(default)]
    pub encoding: Option<String>,
    /// The destination of goods items that state none.
    #[serde(default)]
    pub destination: Option<Country>,
    /// The country whose law binds the exporter.
    #[serde(default)]
    pub exporter: Option<Country>,
    /// Whose instruments were asked about.
    #[serde(default)]
    pub jurisdictions: Vec<Jurisdiction>,
}

/// One record of a stored report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly all records are items")]
pub enum StoredRecord {
    /// A goods item.
    Item(StoredItem),
    /// A row that is no goods item.
    Skipped(SkippedRecord),
    /// A row that couldn't be read.
    Unreadable(UnreadableRecord),
    /// Trouble with a manifest as a whole.
    Issue(Issue),
}

/// A goods item of a stored report.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredItem {
    /// The manifest's name.
    pub manifest: String,
    /// The manifest's own line id, else the row number.
    pub line_id: String,
    /// Row in the manifest.
    pub row: u64,
    /// The description.
    pub description: String,
    /// The declared commodity code.
    #[serde(default)]
    pub hs: Option<String>,
    /// The declared CAS number.
    #[serde(default)]
    pub cas: Option<String>,
    /// The goods' number at whoever sells them.
    #[serde(default)]
    pub sku: Option<String>,
    /// Parameters from columns of their own.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// The destination.
    #[serde(default)]
    pub destination: Option<String>,
    /// The origin.
    #[serde(default)]
    pub origin: Option<String>,
    /// The rest of the goods, where they are kept.
    #[serde(default)]
    pub goods: Option<KeptGoods>,
    /// What was found then.
    pub findings: Vec<StoredFinding>,
    /// What the lists of bans by code said then.
    #[serde(default)]
    pub sectoral: Option<StoredSectoral>,
}

impl StoredItem {
    /// The bans by code that applied, or may have applied.
    pub fn bans(&self) -> impl Iterator<Item = &StoredBan> {
        let bans = self.sectoral.iter().flat_map(|sectoral| &sectoral.bans);
        bans.filter(|ban| ban.applies != Truth::False)
    }
}

/// The bans by code of a stored goods item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredSectoral {
    /// The bans whose codes the declared one is under, or may be.
    #[serde(default)]
    pub bans: Vec<StoredBan>,
}

/// A ban by code of a stored report, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredBan {
    /// The code list's id.
    pub list: String,
    /// The measure's id.
    pub measure: String,
    /// Whether any act applied.
    pub applies: Truth,
}

impl StoredBan {
    /// Whether both are of one measure.
    pub(super) fn is_same(&self, other: &StoredBan) -> bool {
        self.list == other.list && self.measure == other.measure
    }
}

/// A finding of a stored report, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredFinding {
    /// The list's id.
    pub list: String,
    /// The entry's id.
    pub entry: String,
    /// The entry's title.
    pub title: String,
    /// The verdict then.
    pub verdict: Verdict,
    /// The criteria and what became of them.
    pub criteria: StoredCriterion,
    /// The exceptions looked at.
    #[serde(default)]
    pub exceptions: Vec<StoredException>,
    /// The facts that were missing.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Its identity over re-runs.
    pub fingerprint: String,
}

/// A criterion of a stored finding, without the words that decided it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredCriterion {
    /// Whether it was met.
    pub truth: Truth,
    /// The criterion in words.
    pub criterion: String,
    /// Its parts.
    #[serde(default)]
    pub of: Vec<StoredCriterion>,
}

/// An exception of a stored finding.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredException {
    /// The exception in words.
    pub exception: String,
    /// Whether the line stated it.
    pub stated: bool,
}

/// The end of a stored report, as far as it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct StoredSummary {
    /// The manifests it was about.
    #[serde(default)]
    pub manifests: Vec<ManifestUsed>,
    /// Its sums.
    pub sums: StoredSums,
    /// The lowest of the goods' digests, see [`Summary`](super::Summary::goods_sample).
    #[serde(default)]
    pub goods_sample: Vec<String>,
}

/// The sums of a stored report, as far as they are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct StoredSums {
    /// Rows read.
    pub rows: u64,
    /// Goods items that could be screened.
    pub screened: u64,
    /// Goods items that didn't say what they are.
    pub not_screenable: u64,
}

#[derive(Deserialize)]
struct Probe {
    header: Option<Versioned>,
}

#[derive(Deserialize)]
struct Versioned {
    report_version: Option<u64>,
    tool: Option<super::header::Tool>,
}

#[derive(Deserialize)]
struct Document {
    header: StoredHeader,
    items: Vec<StoredItem>,
    skipped: Vec<SkippedRecord>,
    unreadable: Vec<UnreadableRecord>,
    issues: Vec<Issue>,
    summary: StoredSummary,
}

#[derive(Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
enum Line {
    Header {},
    Item(Box<StoredItem>),
    Skipped(SkippedRecord),
    Unreadable(UnreadableRecord),
    Issue(Issue),
    Summary(Box<StoredSummary>),
    #[serde(other)]
    Other,
}

impl<R: Read> StoredReport<R> {
    /// Opens a report in the format `json` or `jsonl` and reads its header.
    ///
    /// # Errors
    /// When it can't be read, is no report, or is one of another version.
    pub fn open(name: impl Into<String>, reader: R) -> Result<StoredReport<R>> {
        let name = name.into();
        let mut reader = BufReader::new(Hashing::new(reader));
        let mut first = Vec::new();
        read_line(&name, &mut reader, &mut first)?;
        if let Ok(value) = serde_json::from_slice::<serde_json::Value>(&first)
            && value["record"] == "header"
        {
            let versioned = Versioned::deserialize(&value).ok();
            check_version(&name, versioned)?;
            let header = StoredHeader::deserialize(&value)
                .map_err(|e| no_report(&name, 1, &e.to_string()))?;
            return Ok(StoredReport {
                name,
                header,
                body: Body::Lines { reader, line: 1 },
                rows: 0,
                summary: None,
                sha256: None,
            });
        }
        let mut bytes = first;
        reader
            .read_to_end(&mut bytes)
            .map_err(|e| Error::io(name.clone(), "reading the report", e))?;
        let sha256 = Some(reader.into_inner().sha256());
        let at = |e: serde_json::Error| no_report(&name, e.line() as u64, &e.to_string());
        if bytes.trim_ascii().is_empty() {
            let message = "this file is empty; give a report in the format json or jsonl";
            return Err(Error::new(ErrorKind::Report, message).at(Location::new(name)));
        }
        let probe = match serde_json::from_slice(&bytes) {
            // JSON, and something else.
            Err(e) if e.is_data() => Probe { header: None },
            other => other.map_err(at)?,
        };
        check_version(&name, probe.header)?;
        let document: Document = serde_json::from_slice(&bytes).map_err(at)?;
        let mut records: Vec<StoredRecord> =
            document.items.into_iter().map(StoredRecord::Item).collect();
        records.extend(document.skipped.into_iter().map(StoredRecord::Skipped));
        let unreadable = document.unreadable.into_iter();
        records.extend(unreadable.map(StoredRecord::Unreadable));
        records.extend(document.issues.into_iter().map(StoredRecord::Issue));
        Ok(StoredReport {
            name,
            header: document.header,
            body: Body::Document(records.into_iter()),
            rows: 0,
            summary: Some(document.summary),
            sha256,
        })
    }

    /// What messages call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its header.
    #[must_use]
    pub fn header(&self) -> &StoredHeader {
        &self.header
    }

    /// Its end; known once all records were read.
    #[must_use]
    pub fn summary(&self) -> Option<&StoredSummary> {
        self.summary.as_ref()
    }

    /// SHA-256 of its bytes in hexadecimal; known once all records were read.
    #[must_use]
    pub fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// When it can't be read, or breaks off.
    pub fn next_record(&mut self) -> Result<Option<StoredRecord>> {
        let record = match &mut self.body {
            Body::Document(records) => records.next(),
            Body::Lines { reader, line } => loop {
                let mut bytes = Vec::new();
                read_line(&self.name, reader, &mut bytes)?;
                if bytes.is_empty() {
                    self.sha256 = Some(reader.get_ref().sha256());
                    break None;
                }
                *line += 1;
                if bytes.trim_ascii().is_empty() {
                    continue;
                }
                if self.summary.is_some() {
                    let message = "a record after the summary: these are two reports in one file";
                    let place = Location::new(self.name.clone()).at_line(*line);
                    return Err(Error::new(ErrorKind::Report, message).at(place));
                }
                let read: Line = serde_json::from_slice(&bytes)
                    .map_err(|e| no_report(&self.name, *line, &e.to_string()))?;
                match read {
                    Line::Item(item) => break Some(StoredRecord::Item(*item)),
                    Line::Skipped(skipped) => break Some(StoredRecord::Skipped(skipped)),
                    Line::Unreadable(row) => break Some(StoredRecord::Unreadable(row)),
                    Line::Issue(issue) => break Some(StoredRecord::Issue(issue)),
                    Line::Summary(summary) => self.summary = Some(*summary),
                    Line::Header {} => {
                        let message = "a second header: these are two reports in one file";
                        let place = Location::new(self.name.clone()).at_line(*line);
                        return Err(Error::new(ErrorKind::Report, message).at(place));
                    }
                    Line::Other => {}
                }
            },
        };
        match &record {
            Some(StoredRecord::Issue(_)) => {}
            Some(_) => self.rows += 1,
            None if self.summary.is_none() => {
                let message = "the report breaks off: it has no summary at its end; make it again";
                let place = Location::new(self.name.clone());
                return Err(Error::new(ErrorKind::Report, message).at(place));
            }
            None => {}
        }
        Ok(record)
    }

    /// Whether it carries every goods item, whole.
    ///
    /// # Errors
    /// When it doesn't; the message says how to make one that does.
    pub fn check_goods(&self) -> Result<()> {
        if self.header.goods_kept {
            return Ok(());
        }
        let message = "this report doesn't carry its goods, only what was found on them, so there \
                       is nothing to screen again; make it with: tidewaiter check MANIFEST \
                       --format jsonl --keep-goods";
        Err(Error::new(ErrorKind::Report, message).at(Location::new(self.name.clone())))
    }

    /// Whether as many rows were read as its sums say; to be asked at the end.
    ///
    /// # Errors
    /// When rows are missing.
    pub fn check_rows(&self) -> Result<()> {
        let said = self.summary.as_ref().map_or(0, |s| s.sums.rows);
        if said == self.rows {
            return Ok(());
        }
        let message = format!(
            "the report's sums say {said} rows, it has {}; it isn't whole, make it again",
            self.rows
        );
        Err(Error::new(ErrorKind::Report, message).at(Location::new(self.name.clone())))
    }
}

impl StoredItem {
    /// The goods item and the trouble there was in reading it, where they are kept.
    #[must_use]
    pub fn goods_item(&self) -> Option<(GoodsItem, Vec<Issue>)> {
        let kept = self.goods.clone()?;
        let item = GoodsItem {
            line_id: self.line_id.clone(),
            row: self.row,
            line: kept.line,
            description: self.description.clone(),
            hs: self.hs.clone(),
            cas: self.cas.clone(),
            quantity: kept.quantity,
            unit: kept.unit,
            weight: kept.weight,
            consignee: kept.consignee,
            shipper: kept.shipper,
            origin: self.origin.clone(),
            destination: self.destination.clone(),
            transit: kept.transit,
            port_of_loading: kept.port_of_loading,
            port_of_discharge: kept.port_of_discharge,
            consignee_address: kept.consignee_address,
            date: kept.date,
            sku: self.sku.clone(),
            parameters: self.parameters.clone(),
        };
        Some((item, kept.issues))
    }
}

impl From<&Evaluation> for StoredCriterion {
    fn from(evaluation: &Evaluation) -> StoredCriterion {
        StoredCriterion {
            truth: evaluation.truth,
            criterion: evaluation.criterion.clone(),
            of: evaluation.of.iter().map(StoredCriterion::from).collect(),
        }
    }
}

impl StoredFinding {
    /// A finding, as it would be read from a report.
    #[must_use]
    pub fn new(finding: &Finding, fingerprint: &str) -> StoredFinding {
        StoredFinding {
            list: finding.list.clone(),
            entry: finding.entry.clone(),
            title: finding.title.clone(),
            verdict: finding.verdict,
            criteria: (&finding.criteria).into(),
            exceptions: finding
                .exceptions
                .iter()
                .map(|check| StoredException {
                    exception: check.exception.clone(),
                    stated: check.stated,
                })
                .collect(),
            missing: finding.missing.clone(),
            fingerprint: fingerprint.to_owned(),
        }
    }
}

fn read_line(name: &str, reader: &mut impl BufRead, into: &mut Vec<u8>) -> Result<()> {
    let mut limited = reader.take(LONGEST);
    limited
        .read_until(b'\n', into)
        .map(|_| ())
        .map_err(|e| Error::io(name, "reading the report", e))
}

fn check_version(name: &str, header: Option<Versioned>) -> Result<()> {
    let place = || Location::new(name);
    let version = header.as_ref().and_then(|header| header.report_version);
    match version {
        Some(version) if version == u64::from(REPORT_VERSION) => Ok(()),
        Some(version) => {
            let by = header.and_then(|header| header.tool);
            let by = by.map_or(String::new(), |t| format!(" by {} {}", t.name, t.version));
            let message = format!(
                "this report was written{by} in version {version} of the report, this program \
                 reads version {REPORT_VERSION}; make it again with this program"
            );
            Err(Error::new(ErrorKind::Report, message).at(place()))
        }
        None => {
            let message = "this JSON is no report: it has no header with a report_version; give a \
                           report that tidewaiter wrote with --format json or jsonl";
            Err(Error::new(ErrorKind::Report, message).at(place()))
        }
    }
}

fn no_report(name: &str, line: u64, why: &str) -> Error {
    // The reader's own place is within one line of it.
    let why = why.split(" at line ").next().unwrap_or(why);
    let message = format!(
        "this is no report in the format json or jsonl ({why}); write one with --format json or \
         jsonl"
    );
    Error::new(ErrorKind::Report, message).at(Location::new(name).at_line(line.max(1)))
}

/// A reader that remembers the hash of what went through it.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R> Hashing<R> {
    fn new(inner: R) -> Hashing<R> {
        Hashing {
            inner,
            hash: Sha256::new(),
        }
    }

    fn sha256(&self) -> String {
        let digest = self.hash.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        Ok(read)
    }
}
