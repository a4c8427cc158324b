//! Reading a labelled file.
//!
//! The form is fixed and strict: UTF-8, commas, a header line. A label that is misread makes every
//! figure a lie, so nothing is guessed; a file that isn't right is refused with the place.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::label::{Label, LabelledLine, LabelledSet, Wanted};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::manifest::GoodsItem;

/// Columns that a labelled file must have. Others but `kind` are not looked at.
const COLUMNS: [&str; 9] = [
    "line_id",
    "description",
    "hs",
    "cas",
    "qty",
    "unit",
    "lang",
    "entry",
    "verdict",
];

impl LabelledSet {
    /// Reads a labelled file: UTF-8 CSV with the columns `line_id`, `description`, `hs`, `cas`,
    /// `qty`, `unit`, `lang`, `entry`, `verdict` and, where the file has it, `kind`. There is one
    /// row per line and entry; rows of one line have the same `line_id`. `verdict` is `hit`,
    /// `review`, `cleared`, `none` or `not_screenable`, or several joined by `|` that can be
    /// defended, best first. `name` is what messages call the file.
    ///
    /// ```
    /// use tidewaiter::eval::{LabelledSet, Wanted};
    /// let csv = "line_id,description,hs,cas,qty,unit,lang,entry,verdict\n\
    ///            1,NITRIC ACID 68%,2808,,18,IBC,en,VIII.A1.004,hit\n\
    ///            2,NITRIC ACID,2808,,18,IBC,en,VIII.A1.004,review|hit\n";
    /// let set = LabelledSet::read("acids.csv", csv.as_bytes())?;
    /// assert_eq!(set.lines.len(), 2);
    /// assert_eq!(set.lines[1].labels[0].wanted, [Wanted::Review, Wanted::Hit]);
    /// let wrong = LabelledSet::read("acids.csv", csv.replace("hit", "yes").as_bytes());
    /// assert!(wrong.unwrap_err().to_string().starts_with("acids.csv:2: verdict \"yes\""));
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a column is missing, a row is cut or isn't UTF-8, a verdict isn't in the vocabulary,
    /// an entry is missing where the verdict needs one, a line stands twice for one entry, or two
    /// rows with one `line_id` tell of different goods. The message says file and line.
    pub fn read(name: &str, bytes: &[u8]) -> Result<LabelledSet> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut rows = reader.records();
        let refused = |e: &csv::Error| {
            let message = match e.kind() {
                csv::ErrorKind::Utf8 { .. } => "a labelled file is UTF-8; this row isn't".into(),
                _ => format!("the labelled file can't be read: {e}"),
            };
            Error::new(ErrorKind::Value, message)
                .at(place(name, e.position().map_or(1, csv::Position::line)))
        };
        let header = match rows.next() {
            Some(row) => row.map_err(|e| refused(&e))?,
            None => csv::StringRecord::new(),
        };
        let columns = Columns::find(&header).map_err(|e| e.at(place(name, 1)))?;
        let mut set = LabelledSet {
            name: name.to_owned(),
            sha256: Sha256::digest(bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            ..LabelledSet::default()
        };
        let mut known: HashMap<String, usize> = HashMap::new();
        for row in rows {
            let row = row.map_err(|e| refused(&e))?;
            let line = row.position().map_or(0, csv::Position::line);
            if row.len() != header.len() {
                let message = format!(
                    "{} cells, but the header has {}; quote cells with commas in them",
                    row.len(),
                    header.len()
                );
                return Err(Error::new(ErrorKind::Value, message).at(place(name, line)));
            }
            columns
                .read(&row, line)
                .and_then(|read| add(&mut set, &mut known, read))
                .map_err(|e| e.at(place(name, line)))?;
        }
        Ok(set)
    }
}

fn place(name: &str, line: u64) -> Location {
    Location::new(name).at_line(line)
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Value, message)
}

/// Adds a row to its line, or begins a new one.
fn add(set: &mut LabelledSet, known: &mut HashMap<String, usize>, row: LabelledLine) -> Result<()> {
    let id = &row.item.line_id;
    let Some(&number) = known.get(id) else {
        known.insert(id.clone(), set.lines.len());
        set.lines.push(row);
        return Ok(());
    };
    let line = &mut set.lines[number];
    let first = line.item.line;
    let same = GoodsItem {
        row: line.item.row,
        line: first,
        ..row.item.clone()
    };
    if same != line.item || row.language != line.language {
        return Err(wrong(format!(
            "line_id {id:?} stands in line {first} with other goods; rows of one line have the \
             same description, hs, cas, qty, unit and lang"
        )));
    }
    for label in row.labels {
        if line.labels.iter().any(|l| l.entry == label.entry) {
            let entry = label.entry.as_deref().unwrap_or("no entry");
            return Err(wrong(format!(
                "line_id {id:?} is labelled twice for {entry}; keep one row"
            )));
        }
        line.labels.push(label);
    }
    Ok(())
}

/// Which cell of a row is which.
struct Columns {
    at: [usize; COLUMNS.len()],
    kind: Option<usize>,
}

impl Columns {
    fn find(header: &csv::StringRecord) -> Result<Columns> {
        let find = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let mut at = [0; COLUMNS.len()];
        for (slot, name) in at.iter_mut().zip(COLUMNS) {
            *slot = find(name).ok_or_else(|| {
                let found: Vec<&str> = header.iter().collect();
                wrong(format!(
                    "column {name:?} is missing; a labelled file has the columns {}; found: {}",
                    COLUMNS.join(", "),
                    found.join(", ")
                ))
            })?;
        }
        Ok(Columns {
            at,
            kind: find("kind"),
        })
    }

    fn read(&self, row: &csv::StringRecord, line: u64) -> Result<LabelledLine> {
        let cell = |at: usize| row.get(at).unwrap_or("").trim();
        let [
            id,
            description,
            hs,
            cas,
            quantity,
            unit,
            language,
            entry,
            verdict,
        ] = self.at.map(cell);
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        if id.is_empty() || language.is_empty() {
            let column = if id.is_empty() { "line_id" } else { "lang" };
            return Err(wrong(format!("{column} is empty; every row needs one")));
        }
        let wanted = read_verdicts(verdict)?;
        let needs_entry = |w: &Wanted| matches!(w, Wanted::Hit | Wanted::Review | Wanted::Cleared);
        if entry.is_empty() && wanted.iter().any(needs_entry) {
            return Err(wrong(format!(
                "verdict {verdict:?} needs an entry, for example VIII.A1.004"
            )));
        }
        let kind = self.kind.map_or("", cell);
        let best = wanted.first().copied().unwrap_or(Wanted::Nothing);
        Ok(LabelledLine {
            item: GoodsItem {
                line_id: id.to_owned(),
                row: line,
                line,
                hs: given(hs),
                cas: given(cas),
                quantity: given(quantity),
                unit: given(unit),
                ..GoodsItem::new(description)
            },
            language: language.to_owned(),
            labels: vec![Label {
                entry: given(entry),
                kind: given(kind).unwrap_or_else(|| best.kind().to_owned()),
                wanted,
            }],
        })
    }
}

fn read_verdicts(text: &str) -> Result<Vec<Wanted>> {
    let mut wanted = Vec::new();
    for word in text.split('|') {
        let known = Wanted::ALL.into_iter().find(|w| w.as_str() == word);
        let verdict = known.ok_or_else(|| {
            let words = Wanted::ALL.map(Wanted::as_str);
            wrong(format!(
                "verdict {word:?} isn't known; there are {}, and several joined by |",
                words.join(", ")
            ))
        })?;
        if wanted.contains(&verdict) {
            return Err(wrong(format!("verdict {word:?} stands twice in {text:?}")));
        }
        wanted.push(verdict);
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "line_id,description,hs,cas,qty,unit,lang,entry,verdict\n";

    fn message(rows: &str) -> String {
        let text = format!("{HEADER}{rows}");
        match LabelledSet::read("x.csv", text.as_bytes()) {
            Err(error) => error.to_string(),
            Ok(set) => panic!("read {} lines of {rows:?}", set.lines.len()),
        }
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (rows, expected) in [
            (
                "1,a,,,,,en,E,hit|hit\n",
                "x.csv:2: verdict \"hit\" stands twice in \"hit|hit\"",
            ),
            (
                "1,a,,,,,en,E,\n",
                "x.csv:2: verdict \"\" isn't known; there are hit, review, cleared, none, not_screenable, and several joined by |",
            ),
            (
                "1,a,,,,,en,,review\n",
                "x.csv:2: verdict \"review\" needs an entry, for example VIII.A1.004",
            ),
            (
                ",a,,,,,en,E,hit\n",
                "x.csv:2: line_id is empty; every row needs one",
            ),
            (
                "1,a,,,,,,E,hit\n",
                "x.csv:2: lang is empty; every row needs one",
            ),
            (
                "1,\"a\nb\",,,,,en,E,hit\n1,a,,,,,en,F,hit\n",
                "x.csv:4: line_id \"1\" stands in line 2 with other goods; rows of one line have the same description, hs, cas, qty, unit and lang",
            ),
            (
                "1,a,,,,,en,E,hit\n1,a,,,,,en,E,none\n",
                "x.csv:3: line_id \"1\" is labelled twice for E; keep one row",
            ),
            (
                "1,a,b,,,,,en,E,hit\n",
                "x.csv:2: 10 cells, but the header has 9; quote cells with commas in them",
            ),
        ] {
            assert_eq!(message(rows), expected);
        }
        let no_column = LabelledSet::read("x.csv", b"line_id,description,hs,cas,qty,unit,entry\n");
        let text = no_column.expect_err("refused").to_string();
        assert!(
            text.starts_with("x.csv:1: column \"lang\" is missing;"),
            "{text}"
        );
        let latin = LabelledSet::read("x.csv", &[HEADER.as_bytes(), b"1,caf\xe9\n"].concat());
        let text = latin.expect_err("refused").to_string();
        assert_eq!(text, "x.csv:2: a labelled file is UTF-8; this row isn't");
        let empty = LabelledSet::read("x.csv", b"").expect_err("refused");
        assert!(
            empty.to_string().starts_with("x.csv:1: column \"line_id\""),
            "{empty}"
        );
    }

    #[test]
    fn a_byte_order_mark_and_foreign_columns_are_no_trouble() {
        let text = "\u{feff}note,line_id,description,hs,cas,qty,unit,lang,entry,verdict,kind\r\n\
                    n,1,a,,,,,en,E,cleared|none,mine\r\n";
        let set = LabelledSet::read("x.csv", text.as_bytes()).expect("reads");
        let label = &set.lines[0].labels[0];
        assert_eq!(
            (label.kind.as_str(), label.written()),
            ("mine", "cleared|none".into())
        );
    }

    #[test]
    fn a_prefix_keeps_lines_of_no_entry_unless_another_entry_claims_them() {
        let text = format!(
            "{HEADER}1,a,,,,,en,A.1,hit\n2,b,,,,,en,B.1,hit\n3,c,,,,,en,,none\n\
             4,d,,,,,en,,none\n4,d,,,,,en,B.1,hit\n5,e,,,,,en,,none\n5,e,,,,,en,B.1,none\n"
        );
        let set = LabelledSet::read("x.csv", text.as_bytes()).expect("reads");
        let kept = set.only_entries("A.");
        let ids: Vec<&str> = kept.lines.iter().map(|l| l.item.line_id.as_str()).collect();
        assert_eq!(ids, ["1", "3", "5"]);
        assert_eq!((set.rows(), kept.rows()), (7, 3));
    }
}
