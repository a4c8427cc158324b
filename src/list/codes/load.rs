//! From what is written to what is checked.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use super::model::{Act, CodeList, CodeMeasure, Order};
use super::row::CodeRow;
use super::source::{CodeListFile, CodeListHead, CodeSource, MeasureSource};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::lexicon::parse_toml;
use crate::list::source::Instrument;
use crate::list::tree::{Step, locate};
use crate::screen::Direction;

/// Whether a folder's files are a code list: one of them has a `[code-list]` table.
///
/// ```
/// use tidewaiter::list::is_code_list;
/// assert!(is_code_list(&[("x.toml", "[code-list]\nid = \"x\"\n")]));
/// assert!(!is_code_list(&[("x.toml", "[list]\nid = \"x\"\n")]));
/// ```
#[must_use]
pub fn is_code_list(files: &[(&str, &str)]) -> bool {
    let heads = |text: &str| text.lines().any(|line| line.trim() == "[code-list]");
    files.iter().any(|(_, text)| heads(text))
}

/// Reads a code list from its files, each with its name, in the order of the names.
///
/// ```
/// use tidewaiter::list::load_codes;
/// let text = r#"
/// [code-list]
/// id = "house-codes"
/// title = "Headings that our company doesn't ship"
/// decision = "export compliance manual, chapter 5"
/// edition = "2024-01-01"
/// codes = 1
/// [[instrument]]
/// id = "manual"
/// authority = "the company"
/// symbol = "manual"
/// measure = "export-ban"
/// destinations = ["KP"]
/// [[measure]]
/// id = "pumps"
/// title = "Pumps"
/// direction = "export"
/// order = "ban"
/// codes = [{ code = "8413", system = "HS4", goods = "pumps for liquids" }]
/// [[measure.act]]
/// instrument = "manual"
/// item = "5.1"
/// since = "2024-01-01"
/// status = "confirmed"
/// "#;
/// let list = load_codes([("house.toml", text)])?;
/// assert_eq!(list.measures[0].rows[0].code, "8413");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
///
/// # Errors
/// When a file can't be read as a code list or contradicts itself: a code of a wrong length, a
/// range that ends before it begins, an act of no instrument, a wrong count. Each points at its
/// file, line and column.
pub fn load_codes<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<CodeList> {
    let files = files
        .into_iter()
        .map(|(name, text)| parse_toml(name, text).map(|content| (File { name, text }, content)));
    build(files.collect::<Result<_>>()?)
}

/// Checks a code list whose files have been parsed.
pub(super) fn build(parsed: Vec<(File<'_>, CodeListFile)>) -> Result<CodeList> {
    let mut hash = Sha256::new();
    let mut head: Option<(CodeListHead, File)> = None;
    let mut first = None;
    let mut instruments: Vec<Instrument> = Vec::new();
    let mut measures: Vec<(MeasureSource, File, usize)> = Vec::new();
    for (file, content) in parsed {
        first.get_or_insert(file);
        hash.update(file.text.as_bytes());
        if let Some(found) = content.code_list {
            if let Some((_, other)) = head {
                let message = format!("a second [code-list] table; the first is in {}", other.name);
                return Err(file.error(message, &[Step::Key("code-list")]));
            }
            head = Some((found, file));
        }
        instruments.extend(content.instrument);
        let of_file = content.measure.into_iter().enumerate();
        measures.extend(of_file.map(|(number, measure)| (measure, file, number)));
    }
    let Some((head, head_file)) = head else {
        let message = "no [code-list] table in any file of the code list";
        let place = Location::new(first.map_or("", |file| file.name));
        return Err(Error::new(ErrorKind::List, message).at(place));
    };
    let mut ids = HashSet::new();
    let mut checked = Vec::new();
    for (source, file, number) in measures {
        let here = [Step::Key("measure"), Step::At(number)];
        if !ids.insert(source.id.clone()) {
            let message = format!("measure {} stands twice", source.id);
            return Err(file.error(message, &[&here[..], &[Step::Key("id")]].concat()));
        }
        let measure = check(source, &instruments)
            .map_err(|(message, path)| file.error(message, &[&here[..], &path].concat()))?;
        checked.push(measure);
    }
    let rows: usize = checked
        .iter()
        .map(|measure: &CodeMeasure| measure.rows.len())
        .sum();
    if head.codes != rows {
        let message = format!(
            "the code list says {} codes, its files have {rows}",
            head.codes
        );
        return Err(head_file.error(message, &[Step::Key("code-list"), Step::Key("codes")]));
    }
    Ok(CodeList {
        head,
        sha256: hash.finalize().iter().map(|b| format!("{b:02x}")).collect(),
        instruments,
        measures: checked,
    })
}

#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl File<'_> {
    fn error(self, message: String, path: &[Step]) -> Error {
        let place = Location::new(self.name).at_offset(self.text, locate(self.text, path));
        Error::new(ErrorKind::List, message).at(place)
    }
}

type Checked<T> = std::result::Result<T, (String, Vec<Step>)>;

fn check(source: MeasureSource, instruments: &[Instrument]) -> Checked<CodeMeasure> {
    let direction = match source.direction.as_str() {
        "export" => Direction::Export,
        "import" => Direction::Import,
        other => {
            let message = format!("{other:?} is no direction; write export or import");
            return Err((message, vec![Step::Key("direction")]));
        }
    };
    if source.codes.is_empty() || source.act.is_empty() {
        let what = if source.act.is_empty() { "act" } else { "code" };
        return Err((format!("measure {} has no {what}", source.id), Vec::new()));
    }
    let order = order(&source.order);
    let mut acts = Vec::new();
    for (number, act) in source.act.into_iter().enumerate() {
        if !instruments.iter().any(|i| i.id == act.instrument) {
            let message = format!(
                "{} is ordered by {:?}, which is no instrument of the code list",
                source.id, act.instrument
            );
            let path = vec![Step::Key("act"), Step::At(number), Step::Key("instrument")];
            return Err((message, path));
        }
        acts.push(Act {
            instrument: act.instrument,
            item: act.item,
            since: act.since,
            status: act.status,
            order: act.order.map_or(order, |word| self::order(&word)),
            earlier: act.earlier,
        });
    }
    let mut rows = Vec::new();
    for (number, code) in source.codes.into_iter().enumerate() {
        let row = check_row(code).map_err(|(message, key)| {
            (
                message,
                vec![Step::Key("codes"), Step::At(number), Step::Key(key)],
            )
        })?;
        rows.push(row);
    }
    Ok(CodeMeasure {
        id: source.id,
        title: source.title,
        direction,
        order,
        only: source.only,
        exceptions: source.exceptions,
        notes: source.notes,
        unverified: source.unverified,
        rows,
        acts,
    })
}

fn order(word: &str) -> Order {
    match word {
        "ban" => Order::Ban,
        "ceiling" => Order::Ceiling,
        // Of a newer format: nobody may take it for none.
        _ => Order::Other,
    }
}

fn check_row(source: CodeSource) -> std::result::Result<CodeRow, (String, &'static str)> {
    let system = source.system;
    let codes = [(Some(&source.code), "code"), (source.to.as_ref(), "to")];
    for (code, key) in codes
        .into_iter()
        .filter_map(|(code, key)| Some((code?, key)))
    {
        if !is_code(code, system.digits()) {
            let (name, digits) = (system.as_str(), system.digits());
            return Err((
                format!("{code:?} is no {name} code; it has {digits} digits"),
                key,
            ));
        }
    }
    if let Some(to) = source.to.as_ref().filter(|to| **to < source.code) {
        return Err((
            format!(
                "the range ends at {to}, before it begins at {}",
                source.code
            ),
            "to",
        ));
    }
    if let Some(code) = source
        .later
        .iter()
        .find(|code| !is_code(code, system.digits().min(6)))
    {
        return Err((
            format!(
                "{code:?} is no HS code of {} digits",
                system.digits().min(6)
            ),
            "later",
        ));
    }
    Ok(CodeRow {
        code: source.code,
        to: source.to,
        system,
        goods: source.goods,
        part: source.part,
        later: source.later,
        since: source.since,
        note: source.note,
    })
}

fn is_code(code: &str, digits: usize) -> bool {
    code.len() == digits && code.bytes().all(|b| b.is_ascii_digit())
}
