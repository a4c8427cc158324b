//! Manifests of every dialect, encoding and layout, read as their writers meant them.

mod compressed;
mod encodings;
mod hostile;
mod json_lines;
mod layouts;
mod properties;
mod refusals;
mod rows;

use std::io::Read;

use tidewaiter::manifest::{GoodsItem, Manifest, ReadOptions, Record, SkipReason, Skipped};
use tidewaiter::{Error, Issue};

/// All that reading one manifest yields.
#[derive(Debug, Default)]
struct Reading {
    items: Vec<GoodsItem>,
    issues: Vec<Issue>,
    skipped: Vec<Skipped>,
    unreadable: Vec<Issue>,
    encoding: &'static str,
    sha256: Option<String>,
}

impl Reading {
    fn descriptions(&self) -> Vec<&str> {
        self.items
            .iter()
            .map(|item| item.description.as_str())
            .collect()
    }

    fn codes(&self) -> Vec<&str> {
        self.issues.iter().map(|issue| &*issue.code).collect()
    }

    fn reasons(&self) -> Vec<(u64, SkipReason)> {
        self.skipped
            .iter()
            .map(|row| (row.row, row.reason))
            .collect()
    }
}

fn read_with(bytes: impl Read, options: &ReadOptions) -> Result<Reading, Error> {
    let mut manifest = Manifest::open("m.csv", bytes, options)?;
    let mut reading = Reading {
        issues: manifest.issues(),
        ..Reading::default()
    };
    while let Some(record) = manifest.next_record() {
        match record {
            Record::Item { item, issues } => {
                reading.items.push(item);
                reading.issues.extend(issues);
            }
            Record::Skipped(row) => reading.skipped.push(row),
            Record::Unreadable { issue, .. } => reading.unreadable.push(issue),
        }
    }
    assert!(manifest.next_record().is_none(), "the end is the end");
    reading.issues.extend(manifest.issues());
    reading.encoding = manifest.encoding();
    reading.sha256 = manifest.sha256();
    Ok(reading)
}

fn read(bytes: impl AsRef<[u8]>) -> Reading {
    read_with(bytes.as_ref(), &ReadOptions::default()).expect("a readable manifest")
}

fn mapped(text: &str, mapping: &[&str]) -> Result<Reading, Error> {
    let mut options = ReadOptions::default();
    for entry in mapping {
        options.mapping.add(entry)?;
    }
    read_with(text.as_bytes(), &options)
}

fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/manifests/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
