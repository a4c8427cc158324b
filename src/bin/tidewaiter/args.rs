//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Checks shipment manifests against control lists of dual-use goods, line by line, with evidence.
///
/// A hit means that the goods are listed, a review that a fact is missing (the report names it),
/// not-screenable that a line doesn't say what the goods are. Clear means that nothing was found
/// under these lists, no more. This is not legal advice.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 nothing found, everything screened; 1 findings; \
2 can't be carried out; 3 nothing found, but some lines are not screenable; 4 nothing to screen."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Screen manifests (CSV or TSV; - is standard input)
    Check(Check),
    /// Tell how one goods description, or one entry, is judged
    Explain(Explain),
    /// Look at the control lists
    #[command(subcommand)]
    List(List),
    /// Print a completion script for a shell
    Completions {
        /// bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, clap::Args)]
pub struct Check {
    /// The manifests; - is standard input
    #[arg(required = true)]
    pub manifests: Vec<PathBuf>,
    /// Screen against this list only (repeatable); all lists otherwise
    #[arg(long = "list", value_name = "ID")]
    pub lists: Vec<String>,
    /// Read further lists from the folders in this folder
    #[arg(long, value_name = "DIR")]
    pub lists_dir: Option<PathBuf>,
    /// The decisive date, YYYY-MM-DD; today otherwise
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Country of destination for lines that state none, ISO 3166-1 alpha-2
    #[arg(long, value_name = "CC")]
    pub destination: Option<String>,
    /// Take a field from a column: description="Goods text" or hs=3 (repeatable)
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// From which verdict on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Review)]
    pub fail_on: FailOn,
    /// Report clear lines and cleared findings too
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// One row per finding
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
pub struct Explain {
    /// An entry, for example VIII.A1.004
    #[arg(required_unless_present = "goods")]
    pub entry: Option<String>,
    /// A goods description to judge
    #[arg(long, value_name = "TEXT")]
    pub goods: Option<String>,
    /// Its HS code
    #[arg(long, requires = "goods")]
    pub hs: Option<String>,
    /// Its CAS number
    #[arg(long, requires = "goods")]
    pub cas: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum List {
    /// Tell which lists there are, their editions and what is unverified
    Status,
    /// Print a list with its entries
    Show {
        /// The list's id
        id: String,
        /// How it is printed
        #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
        format: ShowFormat,
    },
    /// Check the embedded lists, or the list in a folder
    Lint {
        /// A folder with the .toml files of one list
        folder: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people
    Text,
    /// JSON with an entries array
    Json,
}
