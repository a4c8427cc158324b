//! Manifests that come compressed.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use sha2::{Digest, Sha256};
use tidewaiter::manifest::ReadOptions;

use super::{Reading, file, read, read_with};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_is_in_it_is_read_and_what_was_given_is_hashed() {
    for name in [
        "chinese.tsv",
        "excel-with-titles.csv",
        "lines.jsonl",
        "mixed-encodings.csv",
    ] {
        let plain = file(&format!("good/{name}"));
        let expected = read(&plain);
        for packed in [gzip(&plain), zstd(&plain)] {
            let reading = read(&packed);
            assert_eq!(reading.items, expected.items, "{name}");
            assert_eq!(reading.issues, expected.issues, "{name}");
            assert_eq!(reading.skipped, expected.skipped, "{name}");
            assert_eq!(reading.sha256, Some(sha256(&packed)), "{name}");
        }
    }
}

#[test]
fn an_archive_that_breaks_off_is_no_shorter_manifest() {
    let mut text = String::from("goods,qty\n");
    for line in 0..20_000 {
        text.push_str(&format!("PUMP NO. {line},{}\n", line * 7919 % 10_007));
    }
    let packed = gzip(text.as_bytes());
    let reading = read(&packed[..packed.len() - 9]);
    assert!(reading.items.len() < 20_001);
    assert_eq!(reading.unreadable.len(), 1);
    assert_eq!(reading.unreadable[0].code, "read-failed");
    assert_eq!(reading.sha256, None);
    // Damage in the first bytes is told before there is any report.
    assert!(read_with(&packed[..40], &ReadOptions::default()).is_err());
}

#[test]
fn an_archive_within_an_archive_is_refused() {
    let twice = gzip(&gzip(b"goods\nPUMP\n"));
    let error = read_with(&twice[..], &ReadOptions::default()).expect_err("refused");
    assert!(
        error.to_string().contains("a gzip archive in another"),
        "{error}"
    );
}

/// A reader that says how far it was read at most ahead of what was handed out.
struct Endless {
    left: u64,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = out
            .len()
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        out[..length].fill(b'A');
        self.left -= length as u64;
        Ok(length)
    }
}

#[test]
fn a_bomb_is_one_cell_that_is_too_long() {
    // 64 MiB of one letter in 64 KiB; no more than a megabyte of it is kept.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"goods\nPUMP\n").expect("memory");
    std::io::copy(&mut Endless { left: 64 << 20 }, &mut encoder).expect("memory");
    encoder.write_all(b"\nVALVE\n").expect("memory");
    let packed = encoder.finish().expect("memory");
    assert!(packed.len() < 100 << 10);
    let reading: Reading = read(&packed);
    assert_eq!(reading.descriptions(), ["PUMP", "VALVE"]);
    assert_eq!(reading.unreadable[0].code, "field-too-long");
}
