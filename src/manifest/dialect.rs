//! Which byte stands between cells.
//!
//! Each of `,` `;` tab and `|`, and some rarer ones, is tried on the beginning of the text, with
//! quotes honoured. The one under which a row holds the most known column names wins; where no
//! row tells, the one that cuts the rows most evenly. A decimal comma inside `1,5` is no evidence for a comma.

use super::header;
use super::row::Row;
use super::split::{Dialect, Splitter};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rarer ones, which only count where a row cut by them names columns.
const RARE: [u8; 3] = [b'^', b'~', 0x1F];

/// How many rows are tried.
const ROWS: usize = 200;

/// The dialect of a text, of which this is the beginning, or all of it when `complete`.
pub(crate) fn sniff(text: &str, complete: bool, given: Option<u8>) -> Dialect {
    let cr_ends = ends_with_cr(text);
    if given.is_some() {
        return Dialect {
            delimiter: given,
            cr_ends,
        };
    }
    let mut best = (
        Dialect {
            delimiter: None,
            cr_ends,
        },
        Score::default(),
    );
    best.1 = Score::of(&rows(best.0, text, complete), text, None);
    for delimiter in DELIMITERS.into_iter().chain(RARE) {
        let dialect = Dialect {
            delimiter: Some(delimiter),
            cr_ends,
        };
        let score = Score::of(&rows(dialect, text, complete), text, Some(delimiter));
        let counts = !RARE.contains(&delimiter) || score.names >= 2;
        if counts && score.beats(&best.1) {
            best = (dialect, score);
        }
    }
    best.0
}

/// The delimiter that a first line `sep=;` names, and the length of that line with its end.
pub(crate) fn declared(text: &str) -> Option<(u8, usize)> {
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = text[..length].trim_matches('"');
    let (key, value) = line.split_at_checked(4)?;
    let [delimiter] = value.as_bytes() else {
        return None;
    };
    let end = if text[length..].starts_with("\r\n") {
        2
    } else {
        1
    };
    let known = key.eq_ignore_ascii_case("sep=") && !delimiter.is_ascii_alphanumeric();
    known.then_some((*delimiter, (length + end).min(text.len())))
}

/// Whether carriage returns alone end rows: there are more of them than line feeds.
fn ends_with_cr(text: &str) -> bool {
    let bytes = text.as_bytes();
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
    returns - pairs > feeds
}

fn rows(dialect: Dialect, text: &str, complete: bool) -> Vec<Row> {
    let mut splitter = Splitter::new(dialect, text.to_owned(), 1);
    let mut rows = Vec::new();
    let mut row = Row::default();
    while rows.len() < ROWS
        && splitter
            .read(&mut row, &mut |_: &mut String| Ok(false))
            .is_ok_and(|more| more)
    {
        if !row.says_nothing() {
            rows.push(row.clone());
        }
    }
    if !complete && rows.len() < ROWS && rows.len() > 1 {
        rows.pop();
    }
    rows
}

#[derive(Debug, Default)]
struct Score {
    /// Known column names in the row that has the most of them.
    names: usize,
    /// How evenly the rows are cut, and into how many cells.
    evenness: f64,
}

impl Score {
    fn of(rows: &[Row], text: &str, delimiter: Option<u8>) -> Score {
        let counted: Vec<usize> = rows.iter().map(Row::len).collect();
        let best = rows
            .iter()
            .take(header::WITHIN)
            .map(|row| (header::count_names(row), row.len()))
            .max_by_key(|(names, _)| *names)
            .unwrap_or_default();
        let mut most = (1, 0);
        for width in 2..=counted.iter().copied().max().unwrap_or(1).min(512) {
            let rows = counted.iter().filter(|count| **count == width).count();
            if rows > most.1 {
                most = (width, rows);
            }
        }
        let share = most.1 as f64 / counted.len().max(1) as f64;
        let mut evenness = match delimiter {
            None => 1.0,
            // A header of one cell over rows of several: the text has commas, not the table.
            Some(_) if best.0 == 1 && best.1 == 1 => 0.0,
            Some(_) => share * (1.0 + (most.0 as f64).ln()),
        };
        if delimiter == Some(b',') && mostly_decimal(text) {
            // "1,5" in a list of one column, or "1,5;2,5": rather no delimiter, or the other one.
            evenness *= if most.0 == 2 { 0.3 } else { 0.9 };
        }
        Score {
            names: best.0,
            evenness,
        }
    }

    fn beats(&self, other: &Score) -> bool {
        if self.names.max(other.names) >= 2 && self.names != other.names {
            return self.names > other.names;
        }
        self.evenness > other.evenness
    }
}

/// Whether most commas stand between two digits.
fn mostly_decimal(text: &str) -> bool {
    let (mut all, mut decimal) = (0_usize, 0_usize);
    for triple in text
        .as_bytes()
        .windows(3)
        .filter(|triple| triple[1] == b',')
    {
        all += 1;
        decimal += usize::from(triple[0].is_ascii_digit() && triple[2].is_ascii_digit());
    }
    decimal * 5 > all * 4
}

#[cfg(test)]
mod tests {
    use super::{declared, sniff};

    fn delimiter(text: &str) -> Option<char> {
        sniff(text, true, None).delimiter.map(char::from)
    }

    #[test]
    fn delimiters_are_found() {
        for (wanted, text) in [
            (Some(','), "Description,Qty\nPUMP,5\n"),
            (Some(';'), "Description;Weight\nPump;1,5\nValve;2,5\n"),
            (Some(';'), "Bezeichnung;Gewicht, kg\nPumpe;1,5\n"),
            (
                Some('\t'),
                "Item\tGoods\n1\tPUMP, CENTRIFUGAL, SS\n2\tVALVE, BALL\n",
            ),
            (Some('|'), "no|goods|hs\n1|a, b; c|8414\n"),
            (
                Some(','),
                "CARGO MANIFEST\nM/V SEA STAR; voyage 12\n\nNo,Goods,HS\n1,Pump; spare,8414\n",
            ),
            (Some(','), "no,goods\n1,\"a;b;c\"\n2,\"d;e;f\"\n"),
            (
                Some(';'),
                "1;PUMP, VACUUM;2\n2;VALVE;3\n3;ROTOR, TUBE, X;4\n",
            ),
            (None, "Description\nPUMP, CENTRIFUGAL\nVALVE, BALL\n"),
            (None, "PUMP, CENTRIFUGAL, SS\nVALVE\nNITRIC ACID\nROTOR\n"),
            (Some('^'), "no^goods^hs\n1^a, b; c^8414\n"),
            (None, "PUMP 10~20 bar\nVALVE 5~6 bar\n"),
            (None, ""),
        ] {
            assert_eq!(delimiter(text), wanted, "{text}");
        }
    }

    #[test]
    fn excel_names_its_delimiter() {
        assert_eq!(declared("sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(declared("\"sep=|\"\na|b"), Some((b'|', 8)));
        assert_eq!(declared("SEP=\t\na"), Some((b'\t', 6)));
        assert_eq!(declared("separate,goods\n"), None);
        assert_eq!(declared("sep=x\n"), None);
    }

    #[test]
    fn line_ends() {
        assert!(sniff("a,b\rc,d\r", true, None).cr_ends);
        assert!(!sniff("a,b\r\nc,d\r\n", true, None).cr_ends);
        assert!(!sniff("a\rb,c\nd,e\n", true, None).cr_ends);
    }
}
