//! Finding the lists that a command needs, and whether they may be used.

use std::io::Read;
use std::path::{Path, PathBuf};

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::pack::{Contents, MANIFEST, MOST_BYTES, Permission, SIGNATURE, TrustedKey};
use tidewaiter::list::{ControlList, MaxAge, Register, Trust, embedded, is_code_list};
use tidewaiter::vocab::{Day, Jurisdiction};
use tidewaiter::{Error, ErrorKind, Location, Result};

use crate::args::lists::{Keys, Sources, StaleLists};

/// Most bytes of the file of a public key: two short lines.
const MOST_BYTES_OF_A_KEY: usize = 4096;

/// The embedded lists and those of the sources, with their editions.
pub fn register(sources: &Sources) -> Result<Register> {
    let mut lists = embedded().to_vec();
    let keys = trusted_keys(&sources.keys)?;
    let mut paths = Vec::new();
    if let Some(folder) = &sources.lists_dir {
        paths.extend(sorted(folder)?.into_iter().filter(|path| path.is_dir()));
        if paths.is_empty() {
            let message = format!(
                "{}: no list in it; every list is a folder of its own with .toml files",
                folder.display()
            );
            return Err(Error::new(ErrorKind::Option, message));
        }
    }
    let mut lists_of_goods = Vec::new();
    for path in paths {
        // Bans by code are read by their own reader.
        if !is_code_list(&borrowed(&files(&path)?)) {
            lists_of_goods.push(path);
        }
    }
    let mut paths = lists_of_goods;
    paths.extend(sources.packs.iter().cloned());
    let permission = Permission {
        unsigned: sources.allow_unsigned,
        altered: sources.allow_altered,
    };
    for path in paths {
        let list = read(&path, &keys, permission)?;
        if lists.iter().any(|other| other.head.id == list.head.id) {
            let message = format!(
                "{}: there is a list {:?} already; give it another id",
                path.display(),
                list.head.id
            );
            return Err(Error::new(ErrorKind::List, message));
        }
        lists.push(list);
    }
    Register::new(lists)
}

/// The lists that were asked for, with their editions; all if none was.
pub fn register_of(ids: &[String], sources: &Sources) -> Result<Register> {
    let register = register(sources)?;
    if let Some(unknown) = ids.iter().find(|id| register.history(id).is_err()) {
        let codes = super::code_lists::all(sources.lists_dir.as_deref())?;
        let known = register.histories().iter();
        let known = known.map(|h| h.base().head.id.as_str());
        let known: Vec<&str> = known
            .chain(codes.iter().map(|l| l.head.id.as_str()))
            .collect();
        let message = format!(
            "there is no list {unknown:?}; there are {}",
            known.join(", ")
        );
        return Err(Error::new(ErrorKind::Option, message));
    }
    register.only(ids)
}

/// The lists as they were decided, or only the ones asked for.
pub fn select(ids: &[String], sources: &Sources) -> Result<Vec<ControlList>> {
    let register = register_of(ids, sources)?;
    let histories = register.histories().iter();
    Ok(histories.map(|history| history.base().clone()).collect())
}

/// Whose instruments count.
pub fn jurisdictions(codes: &[String]) -> Result<Vec<Jurisdiction>> {
    let mut all: Vec<Jurisdiction> = codes
        .iter()
        .map(|code| {
            let failed = |e: Error| {
                Error::new(
                    ErrorKind::Option,
                    format!("--jurisdiction: {}", e.message()),
                )
            };
            code.parse().map_err(failed)
        })
        .collect::<Result<_>>()?;
    all.sort();
    all.dedup();
    Ok(all)
}

/// The list in a pack or a folder. A pack must be sealed; a folder that is sealed must be whole.
fn read(path: &Path, keys: &[TrustedKey], permission: Permission) -> Result<ControlList> {
    let contents = contents(path)?;
    let trust = if contents.manifest().is_none() {
        Trust::Folder
    } else {
        let sealed = contents.check(keys)?;
        // Whoever names a folder vouches for it; a seal can only be broken.
        let unsigned = permission.unsigned || (path.is_dir() && !contents.has_signature());
        let trust = sealed.trust(Permission {
            unsigned,
            ..permission
        })?;
        match trust {
            Trust::Unsigned if path.is_dir() => Trust::Folder,
            trust => trust,
        }
    };
    contents.load(Lexicon::embedded(), trust)
}

/// What is in a pack or a folder.
pub fn contents(path: &Path) -> Result<Contents> {
    let name = path.display().to_string();
    if !path.is_dir() {
        let bytes = read_bounded(path, MOST_BYTES, "reading the pack")?;
        return Contents::read_pack(name, &bytes);
    }
    let mut files = Vec::new();
    for path in sorted(path)? {
        let Some(file) = path.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        if file.ends_with(".toml") || file == MANIFEST || file == SIGNATURE {
            let bytes = read_bounded(&path, MOST_BYTES, "reading a list")?;
            files.push((file.to_owned(), bytes));
        }
    }
    Contents::of_files(name, files)
}

/// The keys whose signatures count.
pub fn trusted_keys(keys: &Keys) -> Result<Vec<TrustedKey>> {
    let read = |written: &String| {
        // A key itself is base64 and could be the name of a file only by intent.
        if let Ok(key) = written.parse() {
            return Ok(key);
        }
        let bytes = read_bounded(
            Path::new(written),
            MOST_BYTES_OF_A_KEY,
            "reading a public key",
        )?;
        String::from_utf8_lossy(&bytes)
            .parse()
            .map_err(|e: Error| e.at(Location::new(written.as_str())))
    };
    keys.trusted.iter().map(read).collect()
}

/// Refuses lists that were checked too long ago, or warns of them.
pub fn fresh(lists: &[ControlList], age: MaxAge, day: Day, how: StaleLists) -> Result<()> {
    let stale: Vec<String> = lists
        .iter()
        .filter_map(|list| Some(format!("{}: {}", list.head.id, age.stale(list, day)?)))
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    if how == StaleLists::Warn {
        for list in &stale {
            anstream::eprintln!("warning: the list is stale: {list}");
        }
        return Ok(());
    }
    let message = format!(
        "stale lists, so nothing was screened (--stale-lists warn screens with them): {}",
        stale.join("; ")
    );
    Err(Error::new(ErrorKind::List, message))
}

/// The bytes of a file, if they aren't more than `most`.
pub fn read_bounded(path: &Path, most: usize, what: &str) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let failed = |e| Error::io(name.clone(), what, e);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    let mut limited = file.take(most as u64 + 1);
    limited.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > most {
        let message = format!("larger than the {most} bytes that it may have");
        return Err(Error::new(ErrorKind::List, message).at(Location::new(name)));
    }
    Ok(bytes)
}

/// The `.toml` files of a folder, each with its name and text, in the order of the names.
pub fn files(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in sorted(folder)? {
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(&path)
                .map_err(|e| Error::io(name.clone(), "reading a list", e))?;
            files.push((name, text));
        }
    }
    if files.is_empty() {
        let message = format!("{}: no .toml file in it", folder.display());
        return Err(Error::new(ErrorKind::Option, message));
    }
    Ok(files)
}

/// Names and texts, as the library takes them.
pub fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let files = files.iter();
    files.map(|(name, text)| (&**name, &**text)).collect()
}

pub fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |e| Error::io(folder.display().to_string(), "reading the folder", e);
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .map_err(failed)?;
    paths.sort();
    Ok(paths)
}
