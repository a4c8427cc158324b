//! The code lists that are built into the library.

use std::sync::OnceLock;

use super::load::{File, build};
use super::model::CodeList;
use crate::embedded::{CODE_LIST_TEXTS, CODE_LISTS, Texts};

/// The names and texts of the embedded code lists' files, list by list.
#[must_use]
pub fn embedded_code_files() -> &'static [Texts] {
    &CODE_LIST_TEXTS
}

/// The embedded code lists, loaded once.
///
/// ```
/// let lists = tidewaiter::list::embedded_code_lists();
/// assert_eq!(lists[1].head.id, "eu-2017-1509-sectoral");
/// assert_eq!((lists[0].rows(), lists[1].rows()), (11, 182));
/// ```
///
/// # Panics
/// Never in a released build: the tests load the embedded files.
#[must_use]
pub fn embedded_code_lists() -> &'static [CodeList] {
    static LISTS: OnceLock<Vec<CodeList>> = OnceLock::new();
    LISTS.get_or_init(|| {
        let lists = CODE_LISTS.iter().map(|files| {
            let parsed = files.iter().map(|file| {
                let (name, text) = (file.name, file.toml);
                (File { name, text }, file.read())
            });
            build(parsed.collect())
                .unwrap_or_else(|e| panic!("the embedded code lists are tested to load: {e}"))
        });
        lists.collect()
    })
}
