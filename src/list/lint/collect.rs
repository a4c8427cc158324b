//! Gathering what was found, and giving it lines and columns.

use super::LintCode;
use crate::error::Location;
use crate::issue::{Issue, Severity};
use crate::near::nearest;

/// Most names that a near one is looked for: the search is quadratic in hostile files.
const MOST_SUGGESTIONS: usize = 200;

/// What was found in the files of one run.
#[derive(Default)]
pub(super) struct Collector {
    found: Vec<Found>,
    suggested: usize,
}

struct Found {
    file: usize,
    start: usize,
    code: LintCode,
    message: String,
}

impl Collector {
    pub fn add(&mut self, file: usize, start: usize, code: LintCode, message: impl Into<String>) {
        self.found.push(Found {
            file,
            start,
            code,
            message: message.into(),
        });
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// `; did you mean "…"?` when one of the names is near, else nothing.
    pub fn suggestion<'n>(
        &mut self,
        word: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) -> String {
        self.suggested += 1;
        if self.suggested > MOST_SUGGESTIONS || word.len() > 64 {
            return String::new();
        }
        nearest(word, names).map_or(String::new(), |name| format!("; did you mean {name:?}?"))
    }

    /// The issues, by file and place; lines and columns are counted in one sweep.
    pub fn into_issues(mut self, files: &[(&str, &str)]) -> Vec<Issue> {
        self.found
            .sort_by_key(|found| (found.file, found.start, found.code));
        let mut cursor = Cursor::default();
        let mut current = 0;
        let found = self.found.into_iter();
        found
            .map(|found| {
                if found.file != current {
                    current = found.file;
                    cursor = Cursor::default();
                }
                let (name, text) = files.get(found.file).copied().unwrap_or(("", ""));
                cursor.advance(text, found.start);
                Issue::new(found.code.as_str(), Severity::Error, found.message)
                    .at(Location::new(name).at(cursor.line + 1, cursor.column + 1))
            })
            .collect()
    }
}

#[derive(Default)]
struct Cursor {
    byte: usize,
    line: u64,
    column: u64,
}

impl Cursor {
    fn advance(&mut self, text: &str, to: usize) {
        for c in text[self.byte..].chars() {
            if self.byte >= to {
                break;
            }
            self.byte += c.len_utf8();
            self.column += 1;
            if c == '\n' {
                self.line += 1;
                self.column = 0;
            }
        }
    }
}
