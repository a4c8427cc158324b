//! The files of `data` that are built into the library.
//!
//! `build.rs` finds them: a list is embedded by having its folder in `data/lists`, a list of bans by
//! code by having one in `data/code-lists`.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;

/// A file of `data`, as it is written and as it is loaded.
pub(crate) struct EmbeddedFile {
    /// Its path from the root of the project.
    pub name: &'static str,
    /// Its text.
    pub toml: &'static str,
    /// The same in JSON, which is read many times faster.
    json: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl EmbeddedFile {
    /// Its content.
    ///
    /// # Panics
    /// Never in a released build: the tests load every embedded file.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(self.json)
            .unwrap_or_else(|e| panic!("{} is tested to load: {e}", self.name))
    }
}

/// Names and texts.
pub(crate) type Texts = Vec<(&'static str, &'static str)>;

/// The names and texts of the lexicon's files.
pub(crate) static LEXICON_TEXTS: LazyLock<Texts> = LazyLock::new(|| texts(LEXICON));

/// The names and texts of the lists' files, list by list.
pub(crate) static LIST_TEXTS: LazyLock<Vec<Texts>> =
    LazyLock::new(|| LISTS.iter().map(|files| texts(files)).collect());

/// The names and texts of the code lists' files, list by list.
pub(crate) static CODE_LIST_TEXTS: LazyLock<Vec<Texts>> =
    LazyLock::new(|| CODE_LISTS.iter().map(|files| texts(files)).collect());

fn texts(files: &'static [EmbeddedFile]) -> Texts {
    files.iter().map(|file| (file.name, file.toml)).collect()
}
