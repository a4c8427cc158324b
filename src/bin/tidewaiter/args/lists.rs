//! Arguments about lists: where they come from, whom to trust, and the commands that make them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Which lists there are besides the embedded ones, and who vouches for them.
#[derive(Clone, Debug, Default, Args)]
pub struct Sources {
    /// Read further lists from the folders in this folder
    #[arg(long, value_name = "DIR")]
    pub lists_dir: Option<PathBuf>,
    /// Read a further list from a pack (repeatable)
    #[arg(long = "pack", value_name = "FILE")]
    pub packs: Vec<PathBuf>,
    #[command(flatten)]
    pub keys: Keys,
    /// Take packs that nobody signed, or that an unknown key signed
    #[arg(long)]
    pub allow_unsigned: bool,
    /// Take packs and sealed folders whose files differ from what was sealed
    #[arg(long)]
    pub allow_altered: bool,
}

/// Whose signatures count.
#[derive(Clone, Debug, Default, Args)]
pub struct Keys {
    /// A minisign public key to trust: its file, or the key itself (repeatable)
    #[arg(long = "trusted-key", value_name = "KEY")]
    pub trusted: Vec<String>,
}

/// How old a list may be.
#[derive(Debug, Default, Args)]
pub struct Freshness {
    /// The longest time since a list was checked against its source, in days: 400d
    ///
    /// Counted to the decisive date. A list of which that isn't known counts as stale.
    #[arg(long, value_name = "DAYS")]
    pub max_list_age: Option<String>,
    /// What a stale list is
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "HOW",
        requires = "max_list_age"
    )]
    pub stale_lists: StaleLists,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum StaleLists {
    /// An error: nothing is screened
    #[default]
    Error,
    /// A warning, in the report and on standard error
    Warn,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tidewaiter list new house
  tidewaiter list new house --dir lists
  tidewaiter list lint lists/house && tidewaiter list test lists/house
  tidewaiter check manifest.csv --lists-dir lists")]
pub struct New {
    /// The list's id: small letters, digits, hyphens
    pub id: String,
    /// The folder in which the list's folder is made
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every example gets its verdict; 1 some don't, or are missing; 2 can't be
carried out.")]
pub struct Test {
    /// A folder with the .toml files of one list
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  minisign -G                                              makes a key pair
  tidewaiter list pack lists/house -o house.tar --key ~/.minisign/minisign.key
  tidewaiter list verify house.tar --trusted-key minisign.pub

The password of the key is asked for, or taken from the environment variable
TIDEWAITER_KEY_PASSWORD. A key without password (minisign -G -W) needs none.")]
pub struct Pack {
    /// The folder of the list
    pub folder: PathBuf,
    /// The pack to write
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// Sign it with this minisign secret key
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 unaltered and signed with a trusted key; 1 not so; 2 can't be read.")]
pub struct Verify {
    /// A pack, or the folder of a list with a MANIFEST.sha256
    pub path: PathBuf,
    #[command(flatten)]
    pub keys: Keys,
}
