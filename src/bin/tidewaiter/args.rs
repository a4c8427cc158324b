//! The command line.

pub mod lists;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

use self::lists::{Freshness, Sources};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// Checks shipment manifests against control lists of dual-use goods, line by line, with evidence.
///
/// Each goods item gets one outcome:
///
///   hit             the goods are on a list: every limit is met by something the line says
///   review          a fact is missing; the report names the one to ask for
///   not-screenable  the line doesn't say what the goods are
///   clear           nothing was found under these lists on this date, no more
///
/// This is not legal advice: a case is decided on the text of the instrument.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    max_term_width = 90,
    verbatim_doc_comment,
    styles = STYLES,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  tidewaiter check manifest.csv                     what to stop, what to ask, and why
  tidewaiter rescreen report.jsonl                  the same goods under today's lists
  tidewaiter explain --goods \"NITRIC ACID 68 %\"     how one description is judged
  tidewaiter explain VIII.A1.004                    what an entry says
  tidewaiter list show s-2017-822                   a whole list

Exit codes:
  0  everything was screened, nothing open at or above --fail-on
  1  open findings at or above --fail-on
  2  can't be carried out: the message says why
  3  nothing found, but some lines are not screenable
  4  nothing to screen: no goods item in any manifest
  5  stopped by Ctrl-C: the report is partial and says so"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Screen manifests
    ///
    /// CSV, TSV or JSON Lines as they come, plain or compressed (gzip, zstd): any common dialect
    /// and encoding, with headers in many languages or none.
    Check(Check),
    /// Screen the goods of a stored report again, without the manifest
    ///
    /// The list changed, what about what I shipped? The report must carry its goods: check --keep-goods --format jsonl (or json). The new
    /// report says of every finding whether it is new, changed or unchanged, and which are gone.
    Rescreen(Rescreen),
    /// Tell how goods are judged, or what an entry says
    ///
    /// Of a goods description: every entry looked at, why and why not. Of an entry: what it
    /// controls and where the law says so. With both, why the goods are or aren't under it.
    Explain(Explain),
    /// Look at the control lists
    #[command(subcommand)]
    List(List),
    /// Write down what a person decided about a finding
    #[command(subcommand)]
    Waiver(Waiver),
    /// Write a tidewaiter.toml with every setting explained
    Init(Init),
    /// Measure the screener on goods lines that somebody has judged
    Eval(Eval),
    /// Print a completion script for a shell
    #[command(after_help = "\
Examples:
  tidewaiter completions bash > ~/.local/share/bash-completion/completions/tidewaiter
  tidewaiter completions zsh  > ~/.zfunc/_tidewaiter
  tidewaiter completions fish > ~/.config/fish/completions/tidewaiter.fish")]
    Completions {
        /// Whose language the script is in
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tidewaiter check manifest.csv
  tidewaiter check *.csv --destination KP --exporter CN
  tidewaiter check export.txt --map description=\"Goods text\" --map hs=3
  tidewaiter check manifest.csv --format jsonl --all --output report.jsonl
  tidewaiter check manifest.csv.gz --format csv --fail-on hit
  tidewaiter check archive.jsonl.zst --format jsonl -o report.jsonl --resume
  tidewaiter check manifest.csv --format jsonl --keep-goods -o report.jsonl
  tidewaiter check manifest.csv --baseline report.jsonl --fail-on-new

Goods are screened against every list in force on the decisive date: the one of --as-of,
else the date in the line's own column, else today. Whether a ban applies to the shipment
is a second answer: it hangs on the destination, on who exports and on the date, and never
changes what is found on the goods.

A tidewaiter.toml beside the first manifest gives defaults, columns and waivers; `tidewaiter
init` writes one. A waived finding stays in the report and is not open.

Exit codes:
  0  everything was screened, nothing open at or above --fail-on
  1  open findings at or above --fail-on; with --fail-on-new, new or stronger ones only
  2  can't be carried out: the message says why
  3  nothing found, but some lines are not screenable
  4  nothing to screen: no goods item in any manifest
  5  stopped by Ctrl-C: the report is partial and says so")]
pub struct Check {
    /// The manifests; - is standard input
    #[arg(required = true, value_name = "MANIFEST")]
    pub manifests: Vec<PathBuf>,
    /// Take a field from a column, by its header or number: hs=3 (repeatable)
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// The encoding of the manifests, if it is guessed wrong: gb18030, windows-1251
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Screen on so many threads; as many as there are cores if nothing else is said. The report
    /// is the same
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Go on with a jsonl report to --output that was killed or stopped, or begin it
    #[arg(long)]
    pub resume: bool,
    /// Tell which findings are new, changed, unchanged or gone since this report (json, jsonl)
    #[arg(long, value_name = "REPORT")]
    pub baseline: Option<PathBuf>,
    /// Let only findings that are new or stronger than in the baseline make the exit code 1
    #[arg(long, requires = "baseline")]
    pub fail_on_new: bool,
    #[command(flatten)]
    pub screening: Screening,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tidewaiter check manifest.csv --format jsonl --keep-goods -o report.jsonl
  tidewaiter rescreen report.jsonl
  tidewaiter rescreen report.jsonl --as-of 2018-04-08 --fail-on-new
  tidewaiter rescreen report.jsonl --lists-dir amended --format jsonl --keep-goods -o new.jsonl

The manifest is not needed. Destination, exporter and columns are those of the stored report
unless others are given; lists and date are those given here, or today's.

Exit codes:
  0  everything was screened, nothing open at or above --fail-on
  1  open findings at or above --fail-on; with --fail-on-new, new or stronger ones only
  2  can't be carried out: the message says why
  3  nothing found, but some lines are not screenable
  4  nothing to screen: no goods item in the report")]
pub struct Rescreen {
    /// A report in the format json or jsonl that carries its goods
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// Let only findings that are new or stronger than in the report make the exit code 1
    #[arg(long)]
    pub fail_on_new: bool,
    #[command(flatten)]
    pub screening: Screening,
}

/// What every screening takes.
#[derive(Debug, clap::Args)]
pub struct Screening {
    /// Screen against this list only (repeatable), an item list or a list of bans by code;
    /// otherwise against all in force
    #[arg(long = "list", value_name = "ID")]
    pub lists: Vec<String>,
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub freshness: Freshness,
    /// The decisive date of all goods, as 2018-04-08; otherwise today in UTC, and in `check` each
    /// line's own date where it has one
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Whose instruments count: CN, EU, UK, UN (repeatable); otherwise everybody's
    #[arg(long = "jurisdiction", value_name = "CODE", value_delimiter = ',')]
    pub jurisdictions: Vec<String>,
    /// The country of destination of lines that state none: KP
    #[arg(long, value_name = "COUNTRY")]
    pub destination: Option<String>,
    /// The country whose law binds the exporter: CN
    #[arg(long, value_name = "COUNTRY")]
    pub exporter: Option<String>,
    /// How the report is written; text if nothing else is said
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write the report to this file, whole or not at all; otherwise to standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// From which verdict on the exit code is 1; review if nothing else is said. A ban by code
    /// that applies counts as a hit, one that may apply as a review
    #[arg(long, value_enum, value_name = "VERDICT")]
    pub fail_on: Option<FailOn>,
    /// Report clear lines, and in the text cleared findings
    #[arg(long)]
    pub all: bool,
    /// Show waived findings whole in the text, not in one line
    #[arg(long)]
    pub show_waived: bool,
    /// Keep every goods item in the report (json, jsonl), so that rescreen can read it
    #[arg(long)]
    pub keep_goods: bool,
    /// Take defaults, columns and waivers from this file, not from the tidewaiter.toml beside
    /// what is read
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Look at no tidewaiter.toml
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,
}

#[derive(Debug, Subcommand)]
pub enum Waiver {
    /// Write a waiver for a finding of a report
    ///
    /// It is printed, or appended to a configuration file. Read it before you sign it: the reason
    /// and the approver are yours.
    New(WaiverNew),
}

#[derive(Debug, clap::Args)]
#[command(
    override_usage = "tidewaiter waiver new [OPTIONS] --reason <TEXT> --approver <NAME>\n       \
                      --expires <DATE> <REPORT> <FINGERPRINT>"
)]
#[command(after_help = "\
Examples:
  tidewaiter waiver new report.jsonl 3f2a81c09d5e77b1 --reason \"seen on board\" \\
      --approver \"A. Officer\" --expires 2027-06-30
  tidewaiter waiver new report.jsonl 3f2a81c09d5e77b1 --by sku --reason \"catalogue checked\" \\
      --approver \"A. Officer\" --expires 2027-06-30 --append tidewaiter.toml

The text shows the first digits of each fingerprint beside \"finding\".")]
pub struct WaiverNew {
    /// A report in the format json or jsonl
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// The finding's fingerprint, or its first digits: at least eight
    pub fingerprint: String,
    /// Why these goods may go
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who decided
    #[arg(long, value_name = "NAME")]
    pub approver: String,
    /// The last day, as 2027-06-30; it counts
    #[arg(long, value_name = "DATE")]
    pub expires: String,
    /// The first day; otherwise today in UTC
    #[arg(long, value_name = "DATE")]
    pub issued: Option<String>,
    /// Where the decision is filed
    #[arg(long, value_name = "TEXT")]
    pub reference: Option<String>,
    /// By what the waiver knows the goods
    #[arg(long, value_enum, default_value_t = By::Fingerprint)]
    pub by: By,
    /// Only for this consignee, as the manifest writes it
    #[arg(long, value_name = "TEXT")]
    pub consignee: Option<String>,
    /// Only to this country: VN
    #[arg(long, value_name = "COUNTRY")]
    pub destination: Option<String>,
    /// Append it to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    pub append: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// The finding: description, codes and parameters as they are
    Fingerprint,
    /// The number in the manifest's column sku
    Sku,
    /// The description, whatever the codes say
    Description,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tidewaiter init              writes ./tidewaiter.toml
  tidewaiter init shipments    writes shipments/tidewaiter.toml

A file that is there already is left as it is.")]
pub struct Init {
    /// The folder of the manifests
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// One row per finding, for spreadsheets
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Hits only
    Hit,
    /// Hits and reviews
    Review,
    /// Never
    Never,
}

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
#[command(after_help = "\
Examples:
  tidewaiter explain VIII.A2.005
  tidewaiter explain --goods \"MIG WELDER 140 A DC\"
  tidewaiter explain --goods \"SOLVENT, DRUMS\" --cas 126-73-8
  tidewaiter explain VIII.A3.002 --goods \"PUMP FOR MASS SPECTROMETER\"")]
pub struct Explain {
    /// An entry: VIII.A1.004
    #[arg(group = "what")]
    pub entry: Option<String>,
    /// A goods description to judge
    #[arg(long, value_name = "TEXT", group = "what")]
    pub goods: Option<String>,
    /// Its HS code
    #[arg(long, value_name = "CODE", requires = "goods")]
    pub hs: Option<String>,
    /// Its CAS number
    #[arg(long, value_name = "NUMBER", requires = "goods")]
    pub cas: Option<String>,
    #[command(flatten)]
    pub sources: Sources,
}

#[derive(Debug, Subcommand)]
pub enum List {
    /// Tell all lists at a glance: edition, age, trust, what is unverified
    Status {
        /// The day to which the age is counted, as 2018-04-08; otherwise today in UTC
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        #[command(flatten)]
        sources: Sources,
    },
    /// Print a list with its entries, or an edition of it
    Show {
        /// The list's id, or an edition: s-2016-308@2017-06-01
        id: String,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
        format: ShowFormat,
        #[command(flatten)]
        sources: Sources,
    },
    /// Tell which editions are in force on a day, by which instrument, since when
    At {
        /// The day, as 2018-04-08
        date: String,
        /// Whose instruments count: CN, EU, UK, UN (repeatable); otherwise everybody's
        #[arg(long = "jurisdiction", value_name = "CODE", value_delimiter = ',')]
        jurisdictions: Vec<String>,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
        format: ShowFormat,
        #[command(flatten)]
        sources: Sources,
    },
    /// Tell the editions of a list, and what made them
    History {
        /// The list's id
        id: String,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
        format: ShowFormat,
        #[command(flatten)]
        sources: Sources,
    },
    /// Tell what changed between two editions, entry by entry, criterion by criterion
    #[command(after_help = "\
Examples:
  tidewaiter list diff s-2016-308@2017-06-01 s-2016-308@2017-10-01
  tidewaiter list diff my-list@2024 my-list@2025 --lists-dir lists --format json")]
    Diff {
        /// The one edition: LIST@NAME, or LIST@DATE for the one in force on a day
        from: String,
        /// The other
        to: String,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
        format: ShowFormat,
        #[command(flatten)]
        sources: Sources,
    },
    /// Check the list in a folder, or the embedded lists and lexicon
    ///
    /// Prints everything that is wrong, each with file, line, column and a stable code. The exit
    /// code is 1 when there is something.
    Lint {
        /// A folder with the .toml files of one list
        folder: Option<PathBuf>,
    },
    /// Screen the examples of the list in a folder, or of the embedded lists
    ///
    /// Prints every example that gets another verdict than it says, and every kind of example
    /// that an entry owes and lacks, each with file, line and column.
    Test(lists::Test),
    /// Make the folder of a new list, to be filled in
    New(lists::New),
    /// Seal the list in a folder into one file, and sign it
    Pack(lists::Pack),
    /// Tell whether a pack is unaltered, and who signed it
    Verify(lists::Verify),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 measured, however well; 2 can't be carried out.")]
pub struct Eval {
    /// CSV with the columns line_id, description, hs, cas, qty, unit, lang, entry, verdict
    pub labelled: PathBuf,
    /// Name every wrong row too
    #[arg(long)]
    pub misses: bool,
    /// Look only at entries whose id begins so, and at lines of no entry
    #[arg(long, value_name = "PREFIX")]
    pub entries: Option<String>,
    /// Screen against this list only (repeatable); all lists otherwise
    #[arg(long = "list", value_name = "ID")]
    pub lists: Vec<String>,
    #[command(flatten)]
    pub sources: Sources,
    /// How the figures are written
    #[arg(long, value_enum, default_value_t = EvalFormat::Text)]
    pub format: EvalFormat,
    /// Write them to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A document to keep
    Markdown,
}
