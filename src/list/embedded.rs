//! The lists that are built into the library.

use std::sync::OnceLock;

use super::load::{File, build};
use super::model::ControlList;
use super::trust::Trust;
use crate::embedded::{LIST_TEXTS, LISTS, Texts};
use crate::lexicon::Lexicon;

/// The names and texts of the embedded lists' files, list by list.
#[must_use]
pub fn embedded_files() -> &'static [Texts] {
    &LIST_TEXTS
}

/// The embedded lists, loaded once.
///
/// ```
/// let mut lists = tidewaiter::list::embedded().iter();
/// let list = lists.find(|list| list.head.id == "s-2017-822").unwrap();
/// assert_eq!(list.entries.len(), 32);
/// ```
///
/// # Panics
/// Never in a released build: the tests load the embedded files.
#[must_use]
pub fn embedded() -> &'static [ControlList] {
    static ALL: OnceLock<Vec<ControlList>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lists = LISTS.iter().map(|files| {
            let parsed = files.iter().map(|file| {
                let (name, text) = (file.name, file.toml);
                (File { name, text }, file.read())
            });
            let mut list = build(Lexicon::embedded(), parsed.collect())
                .unwrap_or_else(|e| panic!("the embedded lists are tested to load: {e}"));
            list.trust = Trust::Embedded;
            list
        });
        lists.collect()
    })
}
