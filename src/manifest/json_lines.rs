//! A manifest as JSON Lines: one object on a line for each goods item.
//!
//! Keys are recognised by the same names as column headers; a key within an object is called by
//! its path, `goods.text`. Numbers are taken as they are written, since `8456.10` is another
//! code than `8456.1`, and a key that stands twice is read twice. A line that is no object is
//! unreadable and the next one is read: a damaged line must not hide the rest.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io::{self, Read};
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::columns::{Column, Columns, Recognition};
use super::decode::Decode;
use super::item::{GoodsItem, Parameter};
use super::lexicon::{Label, lexicon};
use super::mapping::{ColumnRef, Mapping};
use super::record::{Record, SkipReason, Skipped};
use super::row::Row;
use super::split::MAX_ROW;
use super::{Field, header, plan, reader};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::issue::{Issue, Severity};

/// The deepest object or array that is looked into.
const DEEPEST: usize = 16;
/// How many different keys are kept; what further ones mean is looked up each time.
const MOST_KEYS: usize = 16_384;

/// Whether a text begins like JSON Lines: its first line is an object, whole. A line that is
/// longer than the text is taken for one if it begins so.
pub(crate) fn begins(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if !text.starts_with('{') {
        return false;
    }
    let Some((line, _)) = text.split_once('\n') else {
        let open = text[1..].trim_start().starts_with('"');
        return Object::parse(text).map_or_else(|error| error.is_eof() && open, |_| true);
    };
    Object::parse(line).is_ok()
}

/// JSON Lines that are being read.
pub(crate) struct JsonLines {
    name: String,
    lines: Lines,
    keys: Keys,
    /// The first lines, which were looked at and not yet handed out.
    first: VecDeque<(u64, Line)>,
    rows: u64,
    failed: Option<io::Error>,
    pub columns: Columns,
    pub issues: Vec<Issue>,
    pub done: bool,
}

enum Line {
    Text(String),
    /// Longer than what is kept of a row.
    TooLong,
}

impl JsonLines {
    /// Reads the first lines and recognises their keys.
    pub fn open<R: Read>(
        name: &str,
        text: String,
        decode: &mut Decode<R>,
        mapping: &Mapping,
    ) -> Result<JsonLines> {
        let at = |error: Error| error.at(Location::new(name));
        let mut json = JsonLines {
            name: name.to_owned(),
            lines: Lines::new(text),
            keys: Keys::new(mapping).map_err(at)?,
            first: VecDeque::new(),
            rows: 0,
            failed: None,
            columns: Columns::default(),
            issues: Vec::new(),
            done: false,
        };
        let mut nested = true;
        while json.first.len() < header::WITHIN {
            let (line, text) = match json.lines.next(decode) {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(error) => {
                    json.failed = Some(error);
                    break;
                }
            };
            let text = json.lines.owned(text);
            if let Line::Text(text) = &text
                && let Ok(object) = Object::parse(text)
            {
                let mut leaves = Leaves::default();
                // What can't be read is told when its turn comes.
                let _ = leaves.add_object(&object, "", false, &mut json.keys, 0);
                let goods = |leaf: &&Leaf| leaf.is(Field::Description);
                nested &= leaves.all.iter().filter(goods).all(|leaf| leaf.in_array)
                    && leaves.all.iter().any(|leaf| goods(&leaf));
            }
            json.first.push_back((line, text));
        }
        if nested && json.first.len() == 1 && json.failed.is_none() {
            return Err(at(Error::new(
                ErrorKind::Manifest,
                "this looks like a JSON document whose goods stand in an array, not like JSON \
                 Lines; write one object on a line for each goods item",
            )));
        }
        json.keys.all_there().map_err(at)?;
        json.columns = json.keys.columns();
        if json.columns.with_field(Field::Description).next().is_none() {
            return Err(at(json.keys.no_goods()));
        }
        Ok(json)
    }

    /// The next record; `None` at the end.
    pub fn next_record<R: Read>(&mut self, decode: &mut Decode<R>) -> Option<Record> {
        if self.done {
            return None;
        }
        let (line, text) = match self.first.pop_front() {
            Some(first) => first,
            None => {
                let next = match self.failed.take() {
                    Some(error) => Err(error),
                    None => self.lines.next(decode),
                };
                match next {
                    Ok(Some((line, text))) => {
                        self.rows += 1;
                        let other = decode.other_within(line, line + 1);
                        let record = match text {
                            Some(range) => self.record(line, range),
                            None => self.too_long(line),
                        };
                        return Some(with_other(record, other, &self.name, line));
                    }
                    Ok(None) => {
                        self.done = true;
                        return None;
                    }
                    Err(error) => {
                        self.done = true;
                        let (row, line) = (self.rows + 1, self.lines.line + 1);
                        return Some(reader::broke_off(&self.name, row, line, &error));
                    }
                }
            }
        };
        self.rows += 1;
        let other = decode.other_within(line, line + 1);
        let record = match text {
            Line::Text(text) => read(&text, (self.rows, line), &self.name, &mut self.keys),
            Line::TooLong => self.too_long(line),
        };
        Some(with_other(record, other, &self.name, line))
    }

    fn record(&mut self, line: u64, range: Range<usize>) -> Record {
        let text = &self.lines.buffer[range];
        read(text, (self.rows, line), &self.name, &mut self.keys)
    }

    fn too_long(&self, line: u64) -> Record {
        let message = format!(
            "this line goes on beyond the {} MiB that are kept of one; it isn't screened: look at \
             it by hand, or see whether a line end is missing",
            MAX_ROW >> 20
        );
        unreadable(
            (self.rows, line),
            Issue::new("field-too-long", Severity::Error, message),
            Location::new(self.name.clone()).at_line(line),
        )
    }
}

/// Notes on an item that its line was in another encoding than the rest.
fn with_other(record: Record, other: Option<&'static str>, name: &str, line: u64) -> Record {
    let Some(other) = other else { return record };
    let message = format!("this line is in {other}, unlike the rest of the manifest");
    let issue = Issue::new("mixed-encodings", Severity::Warning, message);
    match record {
        Record::Item { item, mut issues } => {
            issues.push(issue.at(Location::new(name).at_line(line)));
            Record::Item { item, issues }
        }
        record => record,
    }
}

fn unreadable((row, line): (u64, u64), issue: Issue, place: Location) -> Record {
    Record::Unreadable {
        row,
        line,
        issue: issue.at(place),
    }
}

/// The record of one line.
fn read(text: &str, place: (u64, u64), name: &str, keys: &mut Keys) -> Record {
    let (row, line) = place;
    let object = match Object::parse(text) {
        Ok(object) => object,
        Err(error) => return broken(text, &error, place, name),
    };
    let mut leaves = Leaves::default();
    if let Err(error) = leaves.add_object(&object, "", false, keys, 0) {
        return broken(text, &error, place, name);
    }
    let item = leaves.item(row, line);
    if leaves.all.iter().all(|leaf| leaf.text.is_empty()) {
        return skipped(place, SkipReason::EmptyRow, &item);
    }
    let codes = item.hs.is_some() || item.cas.is_some();
    if !codes && lexicon().is_total(&item.description) {
        return skipped(place, SkipReason::TotalsRow, &item);
    }
    let mut issues = Vec::new();
    let mut tell = |code, message: String| {
        let place = Location::new(name).at_line(line);
        issues.push(Issue::new(code, Severity::Warning, message).at(place));
    };
    for (path, count) in &leaves.arrays {
        tell(
            "array-in-cell",
            format!(
                "the key {path:?} holds an array of {count}; all of it is read as one goods item"
            ),
        );
    }
    for path in &leaves.deep {
        tell(
            "nested-too-deep",
            format!("the key {path:?} is nested {DEEPEST} deep; what it holds is read as text"),
        );
    }
    if text.contains('\u{FFFD}') {
        tell(
            "undecodable-bytes",
            "characters of this line can't be read and stand as \u{FFFD}".to_owned(),
        );
    }
    Record::Item { item, issues }
}

fn skipped((row, line): (u64, u64), reason: SkipReason, item: &GoodsItem) -> Record {
    let mut words = Row::default();
    words.push(&item.description);
    words.close(false);
    Record::Skipped(Skipped {
        row,
        line,
        reason,
        text: words.excerpt(),
    })
}

fn broken(text: &str, error: &serde_json::Error, place: (u64, u64), name: &str) -> Record {
    let mut end = error.column().saturating_sub(1).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let column = text[..end].chars().count() as u64 + 1;
    let told = error.to_string();
    let told = told.split(" at line ").next().unwrap_or_default();
    let message =
        format!("this line is no JSON object ({told}); it isn't screened: look at it by hand");
    unreadable(
        place,
        Issue::new("bad-json", Severity::Error, message),
        Location::new(name).at(place.1, column),
    )
}

/// A JSON object with its keys in order, twice where they stand twice, its values as written.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    fn parse(text: &'a str) -> serde_json::Result<Object<'a>> {
        serde_json::from_str(text)
    }
}

#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object<'de>, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some((Key(key), value)) = map.next_entry::<Key<'de>, &RawValue>()? {
                    pairs.push((key, value));
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A value that is neither object nor array, and where it stands.
struct Leaf<'a> {
    path: Cow<'a, str>,
    label: Option<Label>,
    /// The key's place among all keys.
    place: usize,
    text: Cow<'a, str>,
    in_array: bool,
}

impl Leaf<'_> {
    fn is(&self, field: Field) -> bool {
        self.label.is_some_and(|label| label.field == field)
    }
}

#[derive(Default)]
struct Leaves<'a> {
    all: Vec<Leaf<'a>>,
    /// The keys that hold arrays, and how many values.
    arrays: Vec<(String, usize)>,
    /// The keys that are nested too deep.
    deep: Vec<String>,
}

impl<'a> Leaves<'a> {
    fn add_object(
        &mut self,
        object: &Object<'a>,
        within: &str,
        in_array: bool,
        keys: &mut Keys,
        depth: usize,
    ) -> serde_json::Result<()> {
        for (key, value) in &object.0 {
            let path = if within.is_empty() {
                key.clone()
            } else {
                Cow::Owned(format!("{within}.{key}"))
            };
            self.add(path, value, in_array, keys, depth)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        path: Cow<'a, str>,
        value: &'a RawValue,
        in_array: bool,
        keys: &mut Keys,
        depth: usize,
    ) -> serde_json::Result<()> {
        let raw = value.get();
        let nested = raw.starts_with(['{', '[']);
        if nested && depth >= DEEPEST {
            self.deep.push(path.clone().into_owned());
        } else if raw.starts_with('{') {
            return self.add_object(&Object::parse(raw)?, &path, in_array, keys, depth + 1);
        } else if nested {
            let values: Vec<&RawValue> = serde_json::from_str(raw)?;
            // An array of one is that one.
            if values.len() > 1 {
                self.arrays.push((path.clone().into_owned(), values.len()));
            }
            let many = in_array || values.len() > 1;
            return values
                .into_iter()
                .try_for_each(|value| self.add(path.clone(), value, many, keys, depth + 1));
        }
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<Key<'a>>(raw)?.0,
            Some(b'n') => Cow::Borrowed(""),
            _ => Cow::Borrowed(raw),
        };
        let (place, label) = keys.recognise(&path);
        self.all.push(Leaf {
            path,
            label,
            place,
            text: trimmed(text),
            in_array,
        });
        Ok(())
    }

    fn item(&self, row: u64, line: u64) -> GoodsItem {
        let first = |field: Field| {
            let leaves = self.all.iter().filter(|leaf| leaf.is(field));
            let filled = leaves.filter(|leaf| !leaf.text.is_empty());
            let preferred =
                filled.min_by_key(|leaf| (leaf.label.map(|label| label.rank), leaf.place));
            preferred.map(|leaf| leaf.text.clone().into_owned())
        };
        let all = |field: Field| {
            let mut joined = String::new();
            for leaf in self.all.iter().filter(|leaf| leaf.is(field)) {
                if !joined.is_empty() && !leaf.text.is_empty() {
                    // Descriptions in an array are goods of their own.
                    let apart = leaf.in_array && field == Field::Description;
                    joined.push(if apart { '\n' } else { ' ' });
                }
                joined.push_str(&leaf.text);
            }
            joined
        };
        let parameters = self.all.iter().filter(|leaf| leaf.is(Field::Parameter));
        let parameters = parameters.filter(|leaf| !leaf.text.is_empty());
        GoodsItem {
            line_id: first(Field::LineId).unwrap_or_else(|| row.to_string()),
            row,
            line,
            description: all(Field::Description),
            hs: first(Field::Hs),
            cas: Some(all(Field::Cas)).filter(|cas| !cas.is_empty()),
            quantity: first(Field::Quantity),
            unit: first(Field::Unit),
            weight: first(Field::Weight),
            consignee: first(Field::Consignee),
            shipper: first(Field::Shipper),
            origin: first(Field::Origin),
            destination: first(Field::Destination),
            transit: first(Field::Transit),
            port_of_loading: first(Field::PortOfLoading),
            port_of_discharge: first(Field::PortOfDischarge),
            consignee_address: first(Field::ConsigneeAddress),
            date: first(Field::Date),
            sku: first(Field::Sku),
            parameters: parameters
                .map(|leaf| Parameter {
                    name: leaf.path.clone().into_owned(),
                    value: leaf.text.clone().into_owned(),
                })
                .collect(),
        }
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(super::row::trim(text)),
        Cow::Owned(text) => Cow::Owned(super::row::trim(&text).to_owned()),
    }
}

/// What the keys stand for, as they come up.
struct Keys {
    mapping: Mapping,
    /// The keys in the order in which they came up.
    paths: Vec<(String, Option<Label>)>,
    places: HashMap<String, usize>,
}

impl Keys {
    fn new(mapping: &Mapping) -> Result<Keys> {
        for (field, column) in mapping.entries() {
            if let ColumnRef::Number(number) = column {
                let message = format!(
                    "{field}={number} names a column by its number, and JSON Lines have keys: \
                     write {field}=KEY, for a key within an object {field}=goods.text"
                );
                return Err(Error::new(ErrorKind::Option, message));
            }
        }
        Ok(Keys {
            mapping: mapping.clone(),
            paths: Vec::new(),
            places: HashMap::new(),
        })
    }

    /// A key's place, and what it stands for.
    fn recognise(&mut self, path: &str) -> (usize, Option<Label>) {
        if let Some(place) = self.places.get(path) {
            return (*place, self.paths[*place].1);
        }
        let label = self.label(path);
        let place = self.paths.len();
        if place < MOST_KEYS {
            self.paths.push((path.to_owned(), label));
            self.places.insert(path.to_owned(), place);
        }
        (place, label)
    }

    fn label(&self, path: &str) -> Option<Label> {
        let named = [path.to_owned()];
        let mut entries = self.mapping.entries().enumerate();
        let mapped = entries.find(|(_, (_, column))| !column.find_all(&named).is_empty());
        if let Some((rank, (field, _))) = mapped {
            return Some(Label { field, rank });
        }
        let label = by_name(path)?;
        // A field that is mapped is read from these keys alone.
        let taken = self.mapping.columns_for(label.field).next().is_some();
        (!taken).then_some(label)
    }

    /// Whether every key that was named came up.
    fn all_there(&self) -> Result<()> {
        let paths: Vec<String> = self.paths.iter().map(|(path, _)| path.clone()).collect();
        let mut entries = self.mapping.entries();
        match entries.find(|(_, column)| column.find_all(&paths).is_empty()) {
            Some((_, ColumnRef::Name(name))) if !paths.is_empty() => Err(Error::new(
                ErrorKind::Option,
                format!(
                    "the first lines have no key {name:?}; their keys are {}",
                    plan::listed(&paths)
                ),
            )),
            _ => Ok(()),
        }
    }

    fn columns(&self) -> Columns {
        let columns = self.paths.iter().enumerate();
        Columns {
            header_row: None,
            header_line: None,
            recognised_by: match self.paths.iter().all(|(_, label)| label.is_none()) {
                true => Recognition::Nothing,
                false if self.mapping.is_empty() => Recognition::Header,
                false => Recognition::Mapping,
            },
            columns: columns
                .map(|(place, (path, label))| Column {
                    number: place + 1,
                    header: path.clone(),
                    field: label.map(|label| label.field),
                })
                .collect(),
        }
    }

    fn no_goods(&self) -> Error {
        let paths: Vec<String> = self.paths.iter().map(|(path, _)| path.clone()).collect();
        let message = format!(
            "no key describes the goods: the keys of the first lines are {}; looked for names such \
             as \"description\", \"goods\", \"commodity\", \"品名\"; name the key with \
             --map description=KEY",
            plan::listed(&paths)
        );
        Error::new(ErrorKind::Manifest, message)
    }
}

/// What a key stands for by its name; the last part of a path says most, but for the parts of a
/// party: `consignee.name` names no goods.
fn by_name(path: &str) -> Option<Label> {
    let whole = || lexicon().recognise(path);
    let Some((_, last)) = path.rsplit_once('.') else {
        return whole();
    };
    let is_party = |label: &Label| {
        matches!(
            label.field,
            Field::Shipper | Field::Consignee | Field::ConsigneeAddress
        )
    };
    let ends = path.rmatch_indices('.').map(|(dot, _)| dot);
    let party = std::iter::once(path.len())
        .chain(ends)
        .filter_map(|end| lexicon().recognise(&path[..end]))
        .find(is_party);
    party.or_else(|| lexicon().recognise(last)).or_else(whole)
}

/// Lines of a text that streams by, without the blank ones.
struct Lines {
    buffer: String,
    at: usize,
    /// The physical line that was read last.
    line: u64,
}

impl Lines {
    fn new(buffer: String) -> Lines {
        Lines {
            buffer,
            at: 0,
            line: 0,
        }
    }

    /// The next line that isn't blank, by its number and its place in the buffer; no place where
    /// it is too long.
    fn next<R: Read>(
        &mut self,
        decode: &mut Decode<R>,
    ) -> io::Result<Option<(u64, Option<Range<usize>>)>> {
        loop {
            let Some(range) = self.physical(decode)? else {
                return Ok(None);
            };
            match range {
                Some(range) if self.buffer[range.clone()].trim().is_empty() => {}
                range => return Ok(Some((self.line, range))),
            }
        }
    }

    fn physical<R: Read>(
        &mut self,
        decode: &mut Decode<R>,
    ) -> io::Result<Option<Option<Range<usize>>>> {
        let mut from = self.at;
        let mut long = false;
        loop {
            if let Some(feed) = memchr::memchr(b'\n', &self.buffer.as_bytes()[from..]) {
                let range = self.at..from + feed;
                self.at = range.end + 1;
                self.line += 1;
                let long = long || range.len() > MAX_ROW;
                return Ok(Some((!long).then_some(range)));
            }
            if self.buffer.len() - self.at > MAX_ROW {
                long = true;
                self.at = self.buffer.len();
            }
            self.buffer.drain(..self.at);
            self.at = 0;
            from = self.buffer.len();
            if !decode.fill(&mut self.buffer)? {
                if self.buffer.is_empty() && !long {
                    return Ok(None);
                }
                self.at = self.buffer.len();
                self.line += 1;
                return Ok(Some((!long).then_some(0..self.at)));
            }
        }
    }

    fn owned(&self, range: Option<Range<usize>>) -> Line {
        range.map_or(Line::TooLong, |range| {
            Line::Text(self.buffer[range].to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{begins, by_name};
    use crate::manifest::Field;

    #[test]
    fn the_first_line_tells() {
        for text in [
            "{\"goods\": \"PUMP\"}",
            "\u{FEFF}\n {\"goods\": \"PUMP\"}\r\n{",
            "{}\n",
            "{\"goods\": \"PU",
        ] {
            assert!(begins(text), "{text}");
        }
        for text in [
            "",
            "{\n \"goods\": 1}\n",
            "[{}]\n",
            "{goods},qty\n",
            "{PUMP",
            "{\"a\" 1}\n",
        ] {
            assert!(!begins(text), "{text}");
        }
    }

    #[test]
    fn paths_are_recognised_by_their_last_part() {
        for (path, field) in [
            ("description", Some(Field::Description)),
            ("goods.text", Some(Field::Description)),
            ("goods.description", Some(Field::Description)),
            ("goods.qty", Some(Field::Quantity)),
            ("item.hs_code", Some(Field::Hs)),
            ("hs.code", Some(Field::Hs)),
            ("consignee.name", Some(Field::Consignee)),
            ("consignee.address", Some(Field::ConsigneeAddress)),
            ("consignee.address.city", Some(Field::ConsigneeAddress)),
            ("shipper.address.city", Some(Field::Shipper)),
            ("goods.value", None),
            ("colour", None),
        ] {
            assert_eq!(by_name(path).map(|label| label.field), field, "{path}");
        }
    }
}
