//! Splitting text into rows and cells.
//!
//! The `csv` crate isn't used here, for three reasons that all matter to a screener. An opening
//! quote that is never closed makes it swallow every following row into one field; here such a
//! quote is read as a character and the rows stay rows. It keeps a record in memory however
//! long it is. And it doesn't tell the physical line in files whose lines end with a carriage
//! return alone, nor which cells were quoted.

use std::io;

use super::row::{Row, Trouble};

/// The longest cell that is kept, in bytes.
pub(crate) const MAX_CELL: usize = 1 << 20;
/// The longest row that is kept, in bytes.
pub(crate) const MAX_ROW: usize = 4 << 20;
/// The most cells of a row, as many as a spreadsheet has columns.
const MAX_CELLS: usize = 16_384;

/// What stands between cells and between rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// The byte between cells; `None` in a table of one column.
    pub delimiter: Option<u8>,
    /// Whether a carriage return alone ends a row.
    pub cr_ends: bool,
}

/// Where more text comes from: appends some and says whether there was any.
pub(crate) trait Source {
    fn more(&mut self, out: &mut String) -> io::Result<bool>;
}

impl<F: FnMut(&mut String) -> io::Result<bool>> Source for F {
    fn more(&mut self, out: &mut String) -> io::Result<bool> {
        self(out)
    }
}

/// A place in the text and in the row, to return to.
struct Mark {
    line: u64,
    text: usize,
    troubles: usize,
}

pub(crate) struct Splitter {
    pub dialect: Dialect,
    buffer: String,
    at: usize,
    /// From where on the buffer must be kept.
    rewind: Option<usize>,
    line: u64,
    rows: u64,
}

impl Splitter {
    /// A splitter that begins with some text, at a physical line.
    pub fn new(dialect: Dialect, buffer: String, line: u64) -> Splitter {
        Splitter {
            dialect,
            buffer,
            at: 0,
            rewind: None,
            line,
            rows: 0,
        }
    }

    /// The physical line that is read next.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many rows were begun.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Reads the next row that isn't an empty line; false at the end.
    pub fn read(&mut self, row: &mut Row, source: &mut impl Source) -> io::Result<bool> {
        row.clear();
        while self.newline(source)? {}
        if self.peek(source)?.is_none() {
            return Ok(false);
        }
        self.rows += 1;
        row.number = self.rows;
        row.line = self.line;
        if self.whole_line(row) {
            return Ok(true);
        }
        loop {
            let quoted = self.cell(row, source)?;
            let next = self.peek(source)?;
            if next.is_some() && next == self.dialect.delimiter {
                self.at += 1;
                if row.len() + 1 < MAX_CELLS {
                    row.close(quoted);
                } else {
                    self.push(row, " ");
                }
            } else {
                row.close(quoted);
                self.newline(source)?;
                return Ok(true);
            }
        }
    }

    /// Takes the next row in one piece if it is a line without quotes that is wholly there, as
    /// nearly all are: cell by cell it takes three times as long. False where it is anything else.
    fn whole_line(&mut self, row: &mut Row) -> bool {
        let rest = &self.buffer.as_bytes()[self.at..];
        let Some(feed) = memchr::memchr(b'\n', rest) else {
            return false;
        };
        let length = match rest[..feed].last() {
            Some(b'\r') => feed - 1,
            _ => feed,
        };
        let odd = self.dialect.cr_ends || length > MAX_CELL;
        if odd || memchr::memchr(b'"', &rest[..length]).is_some() {
            return false;
        }
        let delimiter = match self.dialect.delimiter {
            Some(b'\n' | b'\r' | b'"') => return false,
            delimiter => delimiter.unwrap_or(b'\n'),
        };
        let mut delimiters = memchr::memchr_iter(delimiter, &rest[..length]);
        row.take_line(
            &self.buffer[self.at..self.at + length],
            delimiters.by_ref().take(MAX_CELLS),
        );
        if row.len() > MAX_CELLS {
            // The last cell takes what is too much.
            let (number, line) = (row.number, row.line);
            row.clear();
            (row.number, row.line) = (number, line);
            return false;
        }
        self.at += feed + 1;
        self.line += 1;
        true
    }

    /// Reads one cell, up to its delimiter or line end. Says whether it was quoted.
    fn cell(&mut self, row: &mut Row, source: &mut impl Source) -> io::Result<bool> {
        let blanks = self.blanks(source)?;
        if self.byte(self.at + blanks) != Some(b'"') {
            self.plain(row, source)?;
            return Ok(false);
        }
        let mark = Mark {
            line: self.line,
            text: row.text_len(),
            troubles: row.troubles().len(),
        };
        self.rewind = Some(self.at);
        self.at += blanks + 1;
        let closed = self.quoted(row, &mark, source);
        let start = self.rewind.take();
        if closed? {
            return Ok(true);
        }
        // The quote was a character: inches, or half of a pair. Read the cell again.
        if let Some(start) = start {
            self.at = start;
            self.line = mark.line;
            row.truncate(mark.text, mark.troubles);
        }
        row.trouble(Trouble::UnclosedQuote);
        self.plain(row, source)?;
        Ok(false)
    }

    /// Reads what stands in quotes; false when the quote turns out to be a character.
    fn quoted(&mut self, row: &mut Row, mark: &Mark, source: &mut impl Source) -> io::Result<bool> {
        loop {
            if self.peek(source)?.is_none() {
                return Ok(self.rewind.is_none());
            }
            let rest = &self.buffer.as_bytes()[self.at..];
            let special = memchr::memchr3(b'"', b'\n', b'\r', rest);
            let length = special.unwrap_or(rest.len());
            self.push_ahead(row, length);
            if self.rewind.is_some_and(|start| self.at - start >= MAX_CELL) {
                if self.line > mark.line {
                    return Ok(false);
                }
                self.rewind = None;
            }
            // There is no way back from a cell that long; it must not swallow the rows below.
            if self.rewind.is_none() && self.at_newline(source)? {
                return Ok(true);
            }
            match self.byte(self.at) {
                Some(b'"') if self.second(source)? == Some(b'"') => {
                    self.at += 2;
                    self.push(row, "\"");
                }
                Some(b'"') => {
                    self.at += 1;
                    return self.after_quote(row, mark, source);
                }
                Some(b'\n') => {
                    self.line += 1;
                    self.push_ahead(row, 1);
                }
                Some(b'\r') => {
                    let lone = self.second(source)? != Some(b'\n');
                    self.line += u64::from(lone && self.dialect.cr_ends);
                    self.push_ahead(row, 1);
                }
                _ => {}
            }
        }
    }

    /// Reads what follows a closing quote, which should be nothing.
    fn after_quote(
        &mut self,
        row: &mut Row,
        mark: &Mark,
        source: &mut impl Source,
    ) -> io::Result<bool> {
        let blanks = self.blanks(source)?;
        let next = self.byte(self.at + blanks);
        let ends =
            next.is_none() || next == self.dialect.delimiter || matches!(next, Some(b'\n' | b'\r'));
        if ends {
            self.at += blanks;
        } else if self.line > mark.line && self.rewind.is_some() {
            return Ok(false);
        } else {
            row.trouble(Trouble::StrayQuote);
        }
        self.plain(row, source)?;
        Ok(true)
    }

    /// Reads up to the next delimiter or line end.
    fn plain(&mut self, row: &mut Row, source: &mut impl Source) -> io::Result<()> {
        let delimiter = self.dialect.delimiter.unwrap_or(b'\n');
        while self.peek(source)?.is_some() {
            let rest = &self.buffer.as_bytes()[self.at..];
            let special = memchr::memchr3(delimiter, b'\n', b'\r', rest);
            let length = special.unwrap_or(rest.len());
            self.push_ahead(row, length);
            match self.byte(self.at) {
                None => {}
                Some(b'\r') if delimiter != b'\r' && !self.at_newline(source)? => {
                    self.push_ahead(row, 1);
                }
                Some(_) => break,
            }
        }
        Ok(())
    }

    /// Takes one line end, if one is next.
    fn newline(&mut self, source: &mut impl Source) -> io::Result<bool> {
        let ends = self.peek(source)?.is_some() && self.at_newline(source)?;
        if ends {
            let pair = self.byte(self.at) == Some(b'\r') && self.second(source)? == Some(b'\n');
            self.at += if pair { 2 } else { 1 };
            self.line += 1;
        }
        Ok(ends)
    }

    fn at_newline(&mut self, source: &mut impl Source) -> io::Result<bool> {
        Ok(match self.byte(self.at) {
            Some(b'\n') => true,
            Some(b'\r') => self.dialect.cr_ends || self.second(source)? == Some(b'\n'),
            _ => false,
        })
    }

    /// How many spaces are next.
    fn blanks(&mut self, source: &mut impl Source) -> io::Result<usize> {
        let mut count = 0;
        loop {
            match self.byte(self.at + count) {
                Some(b' ') if count < 1024 => count += 1,
                None if self.load(source)? => {}
                _ => return Ok(count),
            }
        }
    }

    fn peek(&mut self, source: &mut impl Source) -> io::Result<Option<u8>> {
        if self.at >= self.buffer.len() {
            self.load(source)?;
        }
        Ok(self.byte(self.at))
    }

    fn second(&mut self, source: &mut impl Source) -> io::Result<Option<u8>> {
        if self.at + 1 >= self.buffer.len() {
            self.load(source)?;
        }
        Ok(self.byte(self.at + 1))
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.buffer.as_bytes().get(at).copied()
    }

    fn load(&mut self, source: &mut impl Source) -> io::Result<bool> {
        let used = self.rewind.unwrap_or(self.at).min(self.at);
        self.buffer.drain(..used);
        self.at -= used;
        self.rewind = self.rewind.map(|at| at - used);
        source.more(&mut self.buffer)
    }

    fn push_ahead(&mut self, row: &mut Row, length: usize) {
        let end = self.at + length;
        push_limited(row, &self.buffer[self.at..end]);
        self.at = end;
    }

    fn push(&self, row: &mut Row, text: &str) {
        push_limited(row, text);
    }
}

/// Appends to the open cell what fits.
fn push_limited(row: &mut Row, text: &str) {
    let room = (MAX_CELL - row.open_len().min(MAX_CELL)).min(MAX_ROW - row.text_len().min(MAX_ROW));
    if text.len() <= room {
        row.push(text);
    } else {
        row.cut_open();
        let cut = (0..=room).rev().find(|end| text.is_char_boundary(*end));
        row.push(&text[..cut.unwrap_or(0)]);
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, MAX_CELL, Splitter};
    use crate::manifest::row::{Row, Trouble};

    /// Splits a text that arrives in pieces of some size.
    fn split(text: &str, piece: usize) -> Vec<Row> {
        let mut rest: Vec<char> = text.chars().rev().collect();
        let mut source = |out: &mut String| {
            let from = rest.len().saturating_sub(piece);
            out.extend(rest.drain(from..).rev());
            Ok(!out.is_empty() && piece > 0)
        };
        let dialect = Dialect {
            delimiter: Some(b','),
            cr_ends: !text.contains('\n'),
        };
        let mut splitter = Splitter::new(dialect, String::new(), 1);
        let mut rows = Vec::new();
        let mut row = Row::default();
        while splitter
            .read(&mut row, &mut source)
            .expect("memory doesn't fail")
        {
            rows.push(row.clone());
        }
        rows
    }

    fn cells(rows: &[Row]) -> Vec<Vec<&str>> {
        rows.iter().map(|row| row.cells().collect()).collect()
    }

    #[test]
    fn pieces_of_any_size_give_the_same_rows() {
        let text = "a,b\r\n\r\n1, \"x \"\"3\"\" , y\nz\" ,é\n\"open,2\n\"q\"r,\n,,\n";
        let whole = split(text, 1000);
        assert_eq!(
            cells(&whole),
            [
                vec!["a", "b"],
                vec!["1", "x \"3\" , y\nz", "é"],
                vec!["\"open", "2"],
                vec!["qr", ""],
                vec!["", "", ""],
            ]
        );
        let lines: Vec<u64> = whole.iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 3, 5, 6, 7]);
        for piece in 1..20 {
            let pieces = split(text, piece);
            assert_eq!(cells(&pieces), cells(&whole), "{piece}");
            for (row, same) in pieces.iter().zip(&whole) {
                let quoted = |row: &Row| -> Vec<bool> {
                    (0..row.len()).map(|cell| row.is_quoted(cell)).collect()
                };
                assert_eq!(
                    (row.number, row.line, quoted(row), row.cut(), row.troubles()),
                    (
                        same.number,
                        same.line,
                        quoted(same),
                        same.cut(),
                        same.troubles()
                    ),
                    "{piece}"
                );
            }
        }
    }

    #[test]
    fn carriage_returns_alone_end_rows_where_no_line_feed_does() {
        let rows = split("a,b\r1,2\r\r3,\"x\ry\"\r4,5", 3);
        assert_eq!(
            cells(&rows),
            [["a", "b"], ["1", "2"], ["3", "x\ry"], ["4", "5"]]
        );
        assert_eq!(
            rows.iter().map(|row| row.line).collect::<Vec<_>>(),
            [1, 2, 4, 6]
        );
        assert_eq!(
            cells(&split("a\rb,c\nd,e\n", 9)),
            [["a\rb", "c"], ["d", "e"]]
        );
    }

    #[test]
    fn a_quote_that_never_closes_swallows_nothing() {
        let mut text = String::from("1,\"3 inch pipe,5\n");
        for line in 2..50_000 {
            text.push_str(&format!("{line},centrifuge rotor tube,5\n"));
        }
        let rows = split(&text, 4096);
        assert_eq!(rows.len(), 49_999);
        assert_eq!(rows[0].cell(1), "\"3 inch pipe");
        assert_eq!(rows[0].troubles(), [Trouble::UnclosedQuote]);
        assert_eq!(rows[49_998].line, 49_999);
    }

    #[test]
    fn an_enormous_cell_is_cut() {
        let long = "ü".repeat(MAX_CELL);
        for text in [
            format!("1,{long},5\n2,x,y\n"),
            format!("1,\"{long}\",5\n2,x,y\n"),
        ] {
            let rows = split(&text, 10_000);
            assert_eq!(rows.len(), 2);
            assert_eq!(rows[0].cell(1).len(), MAX_CELL);
            assert_eq!(rows[0].cell(2), "5");
            assert_eq!((rows[0].cut(), rows[0].troubles()), (&[1][..], &[][..]));
        }
    }
}
