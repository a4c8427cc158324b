//! Sizes that nobody means well: what is held stays small, and every row is told of.

use std::cell::Cell;
use std::io::Read;

use tidewaiter::manifest::{Manifest, ReadOptions, Record};

use super::read;

/// A manifest without an end, made as it is read, and how much of it was.
struct Endless<'a> {
    row: &'a [u8],
    at: usize,
    read: &'a Cell<usize>,
}

impl Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        for byte in out.iter_mut() {
            *byte = self.row[self.at % self.row.len()];
            self.at += 1;
        }
        self.read.set(self.read.get() + out.len());
        Ok(out.len())
    }
}

#[test]
fn no_more_is_read_than_a_little_ahead() {
    for row in [
        "1,PUMP,5\n",
        "{\"goods\": \"PUMP\", \"qty\": 5}\n",
        "1,НАСОС,5\n",
        "1,\"PUMP, \"\"X\"\"\",5\r\n",
    ] {
        let read = Cell::new(0);
        let reader = Endless {
            row: row.as_bytes(),
            at: 0,
            read: &read,
        };
        let options = ReadOptions::default();
        let mut manifest = Manifest::open("m", reader, &options).expect("a manifest");
        for records in 1..=20_000 {
            assert!(manifest.next_record().is_some());
            let ahead = read.get() - records * row.len();
            assert!(ahead < 300 << 10, "{ahead} bytes ahead of {row}");
        }
    }
}

#[test]
fn a_million_columns_are_no_more_than_a_spreadsheet_has() {
    // Two names, as one alone doesn't tell the delimiter of so wide a table.
    let header = ",".repeat(20_000);
    let row = ",x".repeat(100_000);
    let text = format!("goods,qty{header}\nPUMP{row}\nVALVE\n");
    let manifest = Manifest::open("m", text.as_bytes(), &ReadOptions::default());
    let manifest = manifest.expect("a manifest");
    assert_eq!(manifest.columns().columns.len(), 16_384);
    let reading = read(text);
    assert_eq!(reading.descriptions().len(), 2);
    assert!(reading.descriptions()[0].starts_with("PUMP"));
    assert_eq!(reading.descriptions()[1], "VALVE");
}

#[test]
fn a_row_beyond_bounds_is_unreadable_and_the_next_is_read() {
    let long = "LONG WORDS ".repeat(1 << 19);
    for cell in [long.clone(), format!("\"{long}\""), format!("\"{long}")] {
        let reading = read(format!("no,goods\n1,PUMP\n2,{cell}\n3,VALVE\n"));
        assert_eq!(reading.descriptions(), ["PUMP", "VALVE"]);
        assert_eq!(reading.unreadable[0].code, "field-too-long");
    }
}

#[test]
fn quotes_in_quotes_swallow_no_row() {
    for quotes in [
        "\"\"\"",
        "\"",
        "\"\"\"\"",
        "\"\"\"x\"",
        "x\"\"",
        "\"x\"\"\"\"y",
    ] {
        let mut text = String::from("no,goods,qty\n");
        for row in 0..3000 {
            text.push_str(&format!("{row},{quotes}PUMP{row} ,5\n"));
        }
        let reading = read(text);
        let all = reading.descriptions().join(" ");
        for row in (0..3000).step_by(97) {
            assert!(
                all.contains(&format!("PUMP{row} ")) || all.contains(&format!("PUMP{row}")),
                "{quotes}"
            );
        }
    }
}

#[test]
fn empty_lines_without_end_are_no_rows() {
    let text = format!("goods\n{}PUMP\n", "\n".repeat(2 << 20));
    let mut manifest =
        Manifest::open("m", text.as_bytes(), &ReadOptions::default()).expect("a manifest");
    let Some(Record::Item { item, .. }) = manifest.next_record() else {
        panic!("no item")
    };
    assert_eq!((item.row, item.line), (2, (2 << 20) + 2));
}
