//! Finding the lists that a command needs.

use std::path::{Path, PathBuf};

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{ControlList, embedded, is_code_list, load};
use tidewaiter::{Error, ErrorKind, Result};

/// The embedded lists and those of a folder, or only the ones asked for.
pub fn select(ids: &[String], folder: Option<&Path>) -> Result<Vec<ControlList>> {
    let mut lists = embedded().to_vec();
    if let Some(folder) = folder {
        let mut any = false;
        for path in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
            any = true;
            if is_code_list(&borrowed(&files(&path)?)) {
                continue;
            }
            let list = read(&path)?;
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
        if !any {
            let message = format!(
                "{}: no list in it; every list is a folder of its own with .toml files",
                folder.display()
            );
            return Err(Error::new(ErrorKind::Option, message));
        }
    }
    if let Some(unknown) = ids
        .iter()
        .find(|id| !lists.iter().any(|l| &&l.head.id == id))
    {
        let codes = super::code_lists::all(folder)?;
        let known = lists.iter().map(|l| l.head.id.as_str());
        let known: Vec<&str> = known
            .chain(codes.iter().map(|l| l.head.id.as_str()))
            .collect();
        let message = format!(
            "there is no list {unknown:?}; there are {}",
            known.join(", ")
        );
        return Err(Error::new(ErrorKind::Option, message));
    }
    if !ids.is_empty() {
        lists.retain(|list| ids.contains(&list.head.id));
    }
    Ok(lists)
}

/// The list whose files are in a folder.
pub fn read(folder: &Path) -> Result<ControlList> {
    let files = files(folder)?;
    load(Lexicon::embedded(), borrowed(&files))
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
