//! The lists that are built into the library.

use std::sync::OnceLock;

use super::model::ControlList;
use crate::lexicon::Lexicon;

macro_rules! embed {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $file)))),*]
    };
}

const FILES: &[&[(&str, &str)]] = &[embed![
    "data/lists/s-2017-822/a0-nuclear.toml",
    "data/lists/s-2017-822/a0-plant.toml",
    "data/lists/s-2017-822/a1-materials.toml",
    "data/lists/s-2017-822/a2-processing.toml",
    "data/lists/s-2017-822/a3-electronics.toml",
    "data/lists/s-2017-822/b-software.toml",
    "data/lists/s-2017-822/list.toml",
]];

/// The names and texts of the embedded lists' files, list by list.
#[must_use]
pub fn embedded_files() -> &'static [&'static [(&'static str, &'static str)]] {
    FILES
}

/// The embedded lists, loaded once.
///
/// ```
/// let lists = tidewaiter::list::embedded();
/// assert_eq!(lists[0].head.id, "s-2017-822");
/// assert_eq!(lists[0].entries.len(), 32);
/// ```
///
/// # Panics
/// Never in a released build: the tests load the embedded files.
#[must_use]
pub fn embedded() -> &'static [ControlList] {
    static LISTS: OnceLock<Vec<ControlList>> = OnceLock::new();
    LISTS.get_or_init(|| {
        let load = |files: &&[(&str, &str)]| {
            super::load(Lexicon::embedded(), files.iter().copied())
                .unwrap_or_else(|e| panic!("the embedded lists are tested to load: {e}"))
        };
        FILES.iter().map(load).collect()
    })
}
