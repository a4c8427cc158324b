//! The configuration file `tidewaiter.toml`: defaults for options, columns, waivers.
//!
//! It lies beside the manifests, so that all who screen them do it alike. Reading it is strict: a
//! key that nobody knows is an error with its place, since a misspelt default is one that silently
//! doesn't hold. The decisive date is no default: a date in a file would screen with old law for
//! ever after.

use sha2::{Digest, Sha256};
use toml::de::DeValue;

use crate::error::{Error, ErrorKind, Location, Result};
use crate::list::tree::Node;
use crate::manifest::Mapping;
use crate::report::{ConfigUsed, Format};
use crate::vocab::Country;
use crate::waiver::{Waivers, parse, unknown_keys};

/// What the file is called where nobody names it.
pub const FILE_NAME: &str = "tidewaiter.toml";

/// The file that `init` writes: every key, explained, and all of them comments.
pub const TEMPLATE: &str = include_str!("config.template.toml");

const TABLES: [&str; 3] = ["options", "columns", "waiver"];

const OPTIONS: [&str; 10] = [
    "lists",
    "lists-dir",
    "destination",
    "exporter",
    "encoding",
    "format",
    "fail-on",
    "all",
    "show-waived",
    "keep-goods",
];

/// A configuration file, read and checked.
///
/// ```
/// use tidewaiter::config::Config;
/// let text = "[options]\nexporter = \"CN\"\n[columns]\ndescription = \"Goods text\"\nhs = 3\n";
/// let config = Config::read("tidewaiter.toml", text)?;
/// assert_eq!(config.exporter, Some("CN".parse()?));
/// assert_eq!(config.columns, ["description=Goods text", "hs=3"]);
/// let error = Config::read("tidewaiter.toml", "[options]\nexportr = \"CN\"\n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "tidewaiter.toml:2:1: \"exportr\" is no key of [options]; did you mean \"exporter\"?"
/// );
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file's name and hash.
    pub used: ConfigUsed,
    /// Only these lists.
    pub lists: Vec<String>,
    /// Where further lists are, from the folder of the file.
    pub lists_dir: Option<String>,
    /// The destination of goods items that state none.
    pub destination: Option<Country>,
    /// The country whose law binds the exporter.
    pub exporter: Option<Country>,
    /// The encoding of the manifests.
    pub encoding: Option<String>,
    /// How the report is written.
    pub format: Option<Format>,
    /// From which verdict on the exit code is 1: `hit`, `review` or `never`.
    pub fail_on: Option<String>,
    /// Report clear lines too.
    pub all: bool,
    /// Show waived findings whole in the text.
    pub show_waived: bool,
    /// Keep the goods in the report.
    pub keep_goods: bool,
    /// Columns for fields, as `FIELD=COLUMN`.
    pub columns: Vec<String>,
    /// The waivers.
    pub waivers: Waivers,
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// When it is no TOML, or has an unknown key or a value that doesn't fit its key; each with
    /// file, line and column. Unsound waivers are no errors, see [`Waivers::read`].
    pub fn read(name: &str, text: &str) -> Result<Config> {
        let sha256 = Sha256::digest(text.as_bytes());
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let root = parse(name, text)?;
        let root = Node::new(root.get_ref(), 0);
        let place = |start| Location::new(name).at_offset(text, start);
        unknown_keys(root, &TABLES, "a configuration file", &place)?;
        let options = Options::of(root, &place)?;
        let country = |key: &str| -> Result<Option<Country>> {
            let Some((words, start)) = options.text(key)? else {
                return Ok(None);
            };
            let country = words.parse().ok().or_else(|| Country::recognise(&words));
            country.map(Some).ok_or_else(|| {
                let message = format!("{words:?} names no country; give its ISO 3166-1 code: KP");
                Error::new(ErrorKind::Config, message).at(place(start))
            })
        };
        let format = match options.text("format")? {
            Some((words, start)) => {
                let format = words.parse::<Format>();
                Some(format.map_err(|e| e.at(place(start)))?)
            }
            None => None,
        };
        let fail_on = match options.text("fail-on")? {
            Some((words, start)) if !["hit", "review", "never"].contains(&words.as_str()) => {
                let message = format!("fail-on takes hit, review or never, not {words:?}");
                return Err(Error::new(ErrorKind::Config, message).at(place(start)));
            }
            found => found.map(|(words, _)| words),
        };
        Ok(Config {
            used: ConfigUsed {
                name: name.to_owned(),
                sha256: sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            },
            lists: options.texts("lists")?,
            lists_dir: options.text("lists-dir")?.map(|(words, _)| words),
            destination: country("destination")?,
            exporter: country("exporter")?,
            encoding: options.text("encoding")?.map(|(words, _)| words),
            format,
            fail_on,
            all: options.flag("all")?,
            show_waived: options.flag("show-waived")?,
            keep_goods: options.flag("keep-goods")?,
            columns: columns(root, &place)?,
            waivers: Waivers::from_root(name, text, root)?,
        })
    }
}

/// The table `[options]`.
struct Options<'a> {
    table: Option<Node<'a>>,
    place: &'a dyn Fn(usize) -> Location,
}

impl<'a> Options<'a> {
    fn of(root: Node<'a>, place: &'a dyn Fn(usize) -> Location) -> Result<Options<'a>> {
        let table = table(root, "options", place)?;
        if let Some(table) = table {
            for key in ["as-of", "as_of"] {
                if table.has(key) {
                    let message = "the decisive date is no default: a date in a file would screen \
                                   with old law for ever after; give --as-of on the command line";
                    let place = place(table.place(key));
                    return Err(Error::new(ErrorKind::Config, message).at(place));
                }
            }
            unknown_keys(table, &OPTIONS, "[options]", place)?;
        }
        Ok(Options { table, place })
    }

    fn find(&self, key: &str) -> Option<(&'a DeValue<'a>, usize)> {
        let mut keys = self.table?.keys();
        let (_, value) = keys.find(|(name, _)| name.value == key)?;
        Some((value.get_ref(), value.span().start))
    }

    fn wrong<T>(&self, key: &str, takes: &str, start: usize) -> Result<T> {
        let message = format!("{key} takes {takes}");
        Err(Error::new(ErrorKind::Config, message).at((self.place)(start)))
    }

    fn text(&self, key: &str) -> Result<Option<(String, usize)>> {
        match self.find(key) {
            None => Ok(None),
            Some((DeValue::String(text), start)) if !text.trim().is_empty() => {
                Ok(Some((text.trim().to_owned(), start)))
            }
            Some((_, start)) => self.wrong(key, "a text in quotes", start),
        }
    }

    fn texts(&self, key: &str) -> Result<Vec<String>> {
        let Some((value, start)) = self.find(key) else {
            return Ok(Vec::new());
        };
        let takes = "texts in brackets: [\"a\", \"b\"]";
        let DeValue::Array(items) = value else {
            return self.wrong(key, takes, start);
        };
        items
            .iter()
            .map(|item| match item.get_ref() {
                DeValue::String(text) => Ok(text.to_string()),
                _ => self.wrong(key, takes, item.span().start),
            })
            .collect()
    }

    fn flag(&self, key: &str) -> Result<bool> {
        match self.find(key) {
            None => Ok(false),
            Some((DeValue::Boolean(flag), _)) => Ok(*flag),
            Some((_, start)) => self.wrong(key, "true or false", start),
        }
    }
}

fn table<'a>(
    root: Node<'a>,
    name: &str,
    place: &dyn Fn(usize) -> Location,
) -> Result<Option<Node<'a>>> {
    if root.has(name) && root.table(name).is_none() {
        let message = format!("{name:?} is a table: begin it with [{name}]");
        return Err(Error::new(ErrorKind::Config, message).at(place(root.place(name))));
    }
    Ok(root.table(name))
}

/// The table `[columns]`: a field, and its column by header or number, or several of them.
fn columns(root: Node, place: &dyn Fn(usize) -> Location) -> Result<Vec<String>> {
    let Some(table) = table(root, "columns", place)? else {
        return Ok(Vec::new());
    };
    let mut fields: Vec<_> = table.keys().collect();
    fields.sort_by_key(|(key, _)| key.start);
    let mut columns = Vec::new();
    for (key, value) in fields {
        let one = |value: &DeValue| match value {
            DeValue::String(header) => Some(header.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            _ => None,
        };
        let named = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| one(item.get_ref())).collect(),
            value => vec![one(value)],
        };
        for column in named {
            let Some(column) = column else {
                let message = format!("{} takes a column's header or its number", key.value);
                let place = place(value.span().start);
                return Err(Error::new(ErrorKind::Config, message).at(place));
            };
            let column = format!("{}={column}", key.value);
            let mut mapping = Mapping::default();
            mapping.add(&column).map_err(|e| e.at(place(key.start)))?;
            columns.push(column);
        }
    }
    Ok(columns)
}
