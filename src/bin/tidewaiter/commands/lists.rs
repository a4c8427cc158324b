//! Finding the lists that a command needs.

use std::path::Path;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::{ControlList, embedded, load};
use tidewaiter::{Error, ErrorKind, Result};

/// The embedded lists and those of a folder, or only the ones asked for.
pub fn select(ids: &[String], folder: Option<&Path>) -> Result<Vec<ControlList>> {
    let mut lists = embedded().to_vec();
    if let Some(folder) = folder {
        for path in sorted(folder)?.into_iter().filter(|path| path.is_dir()) {
            lists.push(read(&path)?);
        }
    }
    if let Some(unknown) = ids
        .iter()
        .find(|id| !lists.iter().any(|l| &&l.head.id == id))
    {
        let known: Vec<&str> = lists.iter().map(|l| l.head.id.as_str()).collect();
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
    let mut files = Vec::new();
    for path in sorted(folder)? {
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(&path)
                .map_err(|e| Error::io(name.clone(), "reading a list", e))?;
            files.push((name, text));
        }
    }
    load(
        Lexicon::embedded(),
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let failed = |e| Error::io(folder.display().to_string(), "reading the folder", e);
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .map_err(failed)?;
    paths.sort();
    Ok(paths)
}
