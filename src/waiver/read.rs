//! From a file to waivers, and what is wrong with them.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::model::Waiver;
use crate::error::{Error, ErrorKind, Location, Result};
use crate::issue::{Issue, Severity};
use crate::list::tree::Node;
use crate::near::nearest;
use crate::vocab::{Country, Day};

/// The keys of a `[[waiver]]` table.
const KEYS: [&str; 12] = [
    "list",
    "entry",
    "fingerprint",
    "sku",
    "description",
    "consignee",
    "destination",
    "reason",
    "approver",
    "issued",
    "expires",
    "reference",
];

/// The waivers of a file: those that are sound, and what is wrong with the others.
///
/// ```
/// use tidewaiter::waiver::Waivers;
/// let text = r#"
/// [[waiver]]
/// list = "s-2017-822"
/// entry = "VIII.A2.005"
/// description = "MIG WELDER 350 A"
/// reason = "welders of the shipyard's own workshop, seen on board"
/// approver = "A. Officer"
/// issued = "2024-01-01"
/// expires = "2024-12-31"
/// [[waiver]]
/// list = "s-2017-822"
/// entry = "VIII.A2.005"
/// reason = "all of them"
/// approver = "A. Officer"
/// issued = "2024-01-01"
/// expires = "2024-12-31"
/// "#;
/// let waivers = Waivers::read("tidewaiter.toml", text)?;
/// assert_eq!(waivers.sound().len(), 1);
/// assert_eq!(waivers.issues()[0].code, "waiver-over-broad");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waivers {
    pub(super) file: String,
    pub(super) sound: Vec<Waiver>,
    pub(super) issues: Vec<Issue>,
    pub(super) read: u64,
}

impl Waivers {
    /// Reads the `[[waiver]]` tables of a file; other tables are not looked at.
    ///
    /// # Errors
    /// When it is no TOML, when `waiver` is no array of tables, or when a waiver has an unknown
    /// key: a misspelt `destination` would make it wider than was meant. What else is wrong with a
    /// waiver is an [`Issue`], and the waiver covers nothing.
    pub fn read(name: &str, text: &str) -> Result<Waivers> {
        let root = parse(name, text)?;
        let root = Node::new(root.get_ref(), 0);
        Waivers::from_root(name, text, root)
    }

    pub(crate) fn from_root(name: &str, text: &str, root: Node) -> Result<Waivers> {
        let place = |start| Location::new(name).at_offset(text, start);
        let tables = root.tables("waiver");
        let array = root.keys().find(|(key, _)| key.value == "waiver");
        if let Some((key, value)) = array {
            let whole = matches!(value.get_ref(), DeValue::Array(a) if a.len() == tables.len());
            if !whole {
                let message = "a waiver is a table of its own: begin it with [[waiver]]";
                return Err(Error::new(ErrorKind::Config, message).at(place(key.start)));
            }
        }
        let mut waivers = Waivers {
            file: name.to_owned(),
            read: tables.len() as u64,
            ..Waivers::default()
        };
        for table in tables {
            unknown_keys(table, &KEYS, "a waiver", &place)?;
            match read_one(table, &place) {
                Ok(waiver) => waivers.sound.push(waiver),
                Err(issue) => waivers.issues.push(issue),
            }
        }
        Ok(waivers)
    }

    /// Those that are sound, in the order of the file. Whether they are in force is another
    /// question.
    #[must_use]
    pub fn sound(&self) -> &[Waiver] {
        &self.sound
    }

    /// What is wrong with the others.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Whether the file has none at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read == 0
    }
}

/// A configuration file as a tree.
pub(crate) fn parse<'t>(name: &str, text: &'t str) -> Result<Spanned<DeTable<'t>>> {
    DeTable::parse(text).map_err(|e| {
        let place = Location::new(name);
        let place = match e.span() {
            Some(span) => place.at_offset(text, span.start),
            None => place,
        };
        let message = format!("this is no TOML: {}", e.message().trim());
        Error::new(ErrorKind::Config, message).at(place)
    })
}

/// Refuses keys that nobody knows.
pub(crate) fn unknown_keys(
    table: Node,
    known: &[&str],
    what: &str,
    place: &dyn Fn(usize) -> Location,
) -> Result<()> {
    let mut keys: Vec<_> = table.keys().map(|(key, _)| key).collect();
    keys.sort_by_key(|key| key.start);
    match keys.into_iter().find(|key| !known.contains(&key.value)) {
        None => Ok(()),
        Some(key) => {
            let advice = match nearest(key.value, known.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("there are {}", known.join(", ")),
            };
            let message = format!("{:?} is no key of {what}; {advice}", key.value);
            Err(Error::new(ErrorKind::Config, message).at(place(key.start)))
        }
    }
}

fn read_one(table: Node, place: &dyn Fn(usize) -> Location) -> Result<Waiver, Issue> {
    let malformed = |start: usize, message: String| {
        let message = format!("{message}; the waiver covers nothing until this is mended");
        Issue::new("waiver-malformed", Severity::Error, message).at(place(start))
    };
    let text = |key: &str| -> Result<Option<String>, Issue> {
        let Some((_, value)) = table.keys().find(|(k, _)| k.value == key) else {
            return Ok(None);
        };
        let words = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(day) => day.to_string(),
            _ => {
                let message = format!("{key:?} takes a text in quotes");
                return Err(malformed(value.span().start, message));
            }
        };
        if words.is_empty() {
            return Err(malformed(value.span().start, format!("{key:?} is empty")));
        }
        Ok(Some(words))
    };
    let needed = |key: &str, what: &str| -> Result<String, Issue> {
        text(key)?.ok_or_else(|| malformed(table.start, format!("{key:?} is missing: {what}")))
    };
    let day = |key: &str, what: &str| -> Result<Day, Issue> {
        let words = needed(key, what)?;
        words.parse().map_err(|e: Error| {
            let start = table.text(key).map_or(table.place(key), |t| t.start);
            malformed(start, format!("{key:?}: {}", e.message()))
        })
    };
    let (fingerprint, sku, description) =
        (text("fingerprint")?, text("sku")?, text("description")?);
    let all = |words: &Option<String>| words.as_deref().is_some_and(|w| w.contains('*'));
    let names = [text("list")?, text("entry")?, sku.clone()];
    if fingerprint.is_none() && sku.is_none() && description.is_none() || names.iter().any(all) {
        let message = "the waiver is too broad: it must name a list, an entry, and goods by \
                       fingerprint, sku or description; it covers nothing until it does";
        let issue = Issue::new("waiver-over-broad", Severity::Error, message);
        return Err(issue.at(place(table.start)));
    }
    let hexadecimal = |f: &String| f.len() == 64 && f.bytes().all(|b| b.is_ascii_hexdigit());
    if fingerprint.as_ref().is_some_and(|f| !hexadecimal(f)) {
        let start = table.text("fingerprint").map_or(table.start, |t| t.start);
        let message = "\"fingerprint\" takes the whole fingerprint, 64 hexadecimal digits";
        return Err(malformed(start, message.to_owned()));
    }
    let destination = match text("destination")? {
        None => None,
        Some(words) => {
            let country = words.parse().ok().or_else(|| Country::recognise(&words));
            let start = table.text("destination").map_or(table.start, |t| t.start);
            let message = format!("{words:?} names no country; give its ISO 3166-1 code");
            Some(country.ok_or_else(|| malformed(start, message))?)
        }
    };
    let waiver = Waiver {
        list: needed("list", "the id of the list")?,
        entry: needed("entry", "the id of the entry")?,
        fingerprint: fingerprint.map(|f| f.to_ascii_lowercase()),
        sku,
        description,
        consignee: text("consignee")?,
        destination,
        reason: needed("reason", "say why these goods may go")?,
        approver: needed("approver", "say who decided")?,
        issued: day("issued", "the first day, as 2018-04-08")?,
        expires: day("expires", "the last day, as 2018-04-08")?,
        reference: text("reference")?,
        location: place(table.start),
    };
    if waiver.expires < waiver.issued {
        let message = format!(
            "it expires on {}, before it is issued on {}",
            waiver.expires, waiver.issued
        );
        return Err(malformed(table.place("expires"), message));
    }
    Ok(waiver)
}
