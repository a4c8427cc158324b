//! The manifest: one line for each file, its SHA-256 and its name, as `sha256sum` writes them.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The manifest of some files.
pub(super) fn write(files: &BTreeMap<String, Vec<u8>>) -> String {
    let lines = files.iter();
    lines
        .map(|(name, bytes)| format!("{}  {name}\n", sum(bytes)))
        .collect()
}

/// The sum of every file by name; or the line that is wrong, from 1, and why.
pub(super) fn read(text: &str) -> Result<BTreeMap<&str, &str>, (u64, String)> {
    let mut sums = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let wrong = |message: &str| (number as u64 + 1, message.to_owned());
        let form = "a line of the manifest is the SHA-256 in 64 small hexadecimal digits, two \
                    blanks, and the name of a file";
        let (sum, name) = line.split_once("  ").ok_or_else(|| wrong(form))?;
        let hexadecimal = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if sum.len() != 64 || !sum.bytes().all(hexadecimal) || name.is_empty() {
            return Err(wrong(form));
        }
        super::archive::name(name.as_bytes()).map_err(|e| wrong(&e))?;
        if sums.insert(name, sum).is_some() {
            return Err(wrong("this file stands twice in the manifest"));
        }
    }
    Ok(sums)
}

/// SHA-256 in hexadecimal.
pub(super) fn sum(bytes: &[u8]) -> String {
    let sum = Sha256::digest(bytes);
    sum.iter().map(|b| format!("{b:02x}")).collect()
}
