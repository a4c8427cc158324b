//! What holds whatever a manifest looks like.

use std::io::{self, Read};

use proptest::prelude::*;
use tidewaiter::manifest::{Manifest, ReadOptions, Record};

use super::{read, read_with};

/// Hands out a few bytes at a time.
struct Drip<'a>(&'a [u8], usize);

impl Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len()).min(out.len());
        let (now, later) = self.0.split_at(length);
        out[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What a writer quotes comes back, in whatever dialect and whatever pieces it arrives.
    #[test]
    fn quoted_cells_come_back(
        cells in prop::collection::vec("[A-Za-zа-я硝酸 ,;|\"\n\t]{0,20}", 1..20),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        piece in 1_usize..50,
    ) {
        let mut text = format!("No{delimiter}Goods{delimiter}Qty\n");
        for (number, cell) in cells.iter().enumerate() {
            text.push_str(&format!("{number}{delimiter}{}{delimiter}5\n", quoted(cell)));
        }
        let reading = read_with(Drip(text.as_bytes(), piece), &ReadOptions::default())?;
        let expected: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
        prop_assert_eq!(reading.descriptions(), expected);
        prop_assert_eq!(reading.codes(), Vec::<&str>::new());
    }

    /// Whatever the rows are, each is an item, skipped or unreadable, and nothing panics.
    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec("[a-zA-Z0-9,;\" .硝]{0,30}", 0..40)) {
        let text = format!("No,Goods,HS code\n{}\n", rows.join("\n"));
        let reading = read(&text);
        let lines = rows.iter().filter(|row| !row.is_empty()).count();
        let numbers: Vec<u64> = (reading.items.iter().map(|item| item.row))
            .chain(reading.skipped.iter().map(|row| row.row))
            .collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        let expected: Vec<u64> = (2..2 + numbers.len() as u64).collect();
        prop_assert_eq!(&sorted, &expected);
        prop_assert!(numbers.len() <= lines);
        // Every letter that was written stands in some record.
        if !text.contains('"') {
            prop_assert_eq!(numbers.len(), lines);
        }
    }

    /// Arbitrary bytes are read or refused, never a panic; and every row is told of once, in order.
    #[test]
    fn arbitrary_bytes_do_no_harm(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        head in prop::sample::select(vec!["", "No,Goods,Qty\n", "品名;数量\n,\n", "sep=\t\nGoods\tHS\n", "\u{FEFF}Goods\n"]),
        piece in 1_usize..700,
    ) {
        let text = [head.as_bytes(), &bytes].concat();
        let Ok(mut manifest) = Manifest::open("m.csv", Drip(&text, piece), &ReadOptions::default()) else {
            return Ok(());
        };
        let header = manifest.columns().header_row;
        let mut rows = Vec::new();
        while let Some(record) = manifest.next_record() {
            rows.push(match record {
                Record::Item { item, .. } => item.row,
                Record::Skipped(skipped) => skipped.row,
                Record::Unreadable { row, .. } => row,
            });
        }
        let last = rows.last().copied().unwrap_or(0);
        let missing: Vec<u64> = (1..=last).filter(|row| !rows.contains(row)).collect();
        prop_assert!(rows.is_sorted_by(|a, b| a < b), "{:?}", rows);
        prop_assert!(missing.len() <= 2 && missing.iter().all(|row| header.is_some_and(|h| *row - h < 2)));
        prop_assert!(manifest.sha256().is_some());
    }

    /// Rows that continue, repeat, sum up or go wrong add up, and no goods text is lost.
    #[test]
    fn no_goods_are_lost(rows in prop::collection::vec(
        prop::sample::select(vec![
            "1,PUMP,8414,5", ",VALVE,,", ",,,", "TOTAL,,,5", "No,Goods,HS,Qty", "2,ROTOR", "3,TUBE,8401,5,more", "4,\"open,1,2",
            ",,,7", "品名,Goods,HS,Qty", ",pcs,kg,", "--,--,--,--", "5,\u{FFFD},1,2",
        ]), 0..30,
    )) {
        let reading = read(format!("No,Goods,HS,Qty\n{}\n", rows.join("\n")));
        let all = reading.descriptions().join(" ");
        for word in ["PUMP", "VALVE", "ROTOR", "TUBE"] {
            let written = rows.iter().filter(|row| row.contains(word)).count();
            prop_assert_eq!(all.matches(word).count(), written, "{}", word);
        }
    }
}
