//! The tar file of a pack: plain files with plain names, each once, within limits.
//!
//! tar can carry links, devices, paths upwards, sparse files of any size and headers that rename
//! what follows. None of it belongs in a list, so each is refused by its own message instead of
//! being made harmless. Sizes are looked at before anything is copied.

use std::collections::BTreeSet;
use std::io::Read;

use tar::{Archive, Builder, EntryType, Header};

use super::{MANIFEST, SIGNATURE};
use crate::error::{Error, ErrorKind, Location, Result};

/// Most bytes of a pack. The largest list known, 150 entries in ten languages, has half a million.
pub const MOST_BYTES: usize = 16 << 20;
/// Most files of a pack.
const MOST_FILES: usize = 1000;
/// Most letters of a file's name: what the plain header of tar holds.
const MOST_LETTERS: usize = 100;

/// The files of a pack with their names.
pub(super) fn read(pack: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let wrong = |message: String| Error::new(ErrorKind::List, message).at(Location::new(pack));
    let broken = |e: std::io::Error| {
        wrong(format!("not a whole tar file, or none at all: {e}")).caused_by(e)
    };
    if bytes.len() > MOST_BYTES {
        return Err(wrong(format!(
            "larger than the {MOST_BYTES} bytes that a pack may have"
        )));
    }
    // An archive ends with two empty blocks; without them its end was cut off.
    if !bytes.ends_with(&[0; 1024]) {
        return Err(wrong("not a whole tar file, or none at all".to_owned()));
    }
    let mut archive = Archive::new(bytes);
    let mut files = Vec::new();
    let mut seen = BTreeSet::new();
    // Raw: no header may rename or resize the entry behind it.
    for entry in archive.entries().map_err(broken)?.raw(true) {
        let entry = entry.map_err(broken)?;
        let name = name(&entry.path_bytes()).map_err(&wrong)?;
        let kind = entry.header().entry_type();
        if kind != EntryType::Regular {
            return Err(wrong(format!(
                "{name:?} is {}; a pack holds plain files only",
                kind_of(kind)
            )));
        }
        if !seen.insert(name.clone()) {
            return Err(wrong(format!("{name:?} is in it twice")));
        }
        if seen.len() > MOST_FILES {
            return Err(wrong(format!("more than {MOST_FILES} files in it")));
        }
        let size = entry.header().entry_size().map_err(broken)?;
        if size > bytes.len() as u64 {
            return Err(wrong(format!(
                "{name:?} says it has {size} bytes, more than the whole pack"
            )));
        }
        let mut content = Vec::new();
        entry.take(size).read_to_end(&mut content).map_err(broken)?;
        if content.len() as u64 != size {
            return Err(wrong(format!("it ends inside {name:?}")));
        }
        files.push((name, content));
    }
    Ok(files)
}

/// The tar file of some files, in their order: no owner, no time, so that the same files give the
/// same bytes.
pub(super) fn write(pack: &str, files: &[(&str, &[u8])]) -> Result<Vec<u8>> {
    let wrong = |message: String| Error::new(ErrorKind::List, message).at(Location::new(pack));
    if files.len() > MOST_FILES {
        return Err(wrong(format!("more than {MOST_FILES} files in it")));
    }
    let mut builder = Builder::new(Vec::new());
    for (file, bytes) in files {
        let name = name(file.as_bytes()).map_err(&wrong)?;
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        header.set_size(bytes.len() as u64);
        builder
            .append_data(&mut header, name, *bytes)
            .map_err(|e| wrong(format!("packing {file:?}: {e}")).caused_by(e))?;
    }
    let bytes = builder
        .into_inner()
        .map_err(|e| wrong(format!("packing: {e}")).caused_by(e))?;
    if bytes.len() > MOST_BYTES {
        return Err(wrong(format!(
            "larger than the {MOST_BYTES} bytes that a pack may have"
        )));
    }
    Ok(bytes)
}

/// A name as a pack may have it, or what is wrong with it.
pub(super) fn name(bytes: &[u8]) -> std::result::Result<String, String> {
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    if bytes.iter().any(|b| matches!(b, b'/' | b'\\')) {
        return Err(format!(
            "{shown:?} names a place; the files of a pack have plain names without folders"
        ));
    }
    let known = shown == MANIFEST || shown == SIGNATURE || shown.ends_with(".toml");
    if !known {
        return Err(format!(
            "{shown:?} doesn't belong in a pack: it holds .toml files, {MANIFEST} and {SIGNATURE}"
        ));
    }
    if bytes.len() > MOST_LETTERS || bytes.starts_with(b".") || !bytes.iter().all(plain) {
        return Err(format!(
            "{shown:?} is no name for a file of a pack: up to {MOST_LETTERS} letters a to z, \
             digits, dots, hyphens and underscores, without a dot in front"
        ));
    }
    Ok(shown.into_owned())
}

fn kind_of(kind: EntryType) -> &'static str {
    match kind {
        EntryType::Symlink => "a symbolic link",
        EntryType::Link => "a hard link",
        EntryType::Directory => "a folder",
        EntryType::GNULongName | EntryType::GNULongLink => "a header with a long name",
        EntryType::XHeader | EntryType::XGlobalHeader => "an extended header",
        EntryType::GNUSparse => "a sparse file",
        _ => "a device or something else that is no file",
    }
}
