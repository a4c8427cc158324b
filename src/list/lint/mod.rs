//! The strict linter of lists and of the lexicon: all that is wrong, each with its place.
//!
//! The reader ([`super::load`]) is lenient, since newer data may say more than it knows. Whoever
//! writes a list wants the opposite: a misspelt key is a lost limit, and a lost limit is goods
//! that nobody stops. So the linter walks the text again, by rules: keys and types against the
//! schema, references, figures against the description, and words that are too common to stand
//! for controlled goods. It reports everything, sorted by place, not the first trouble.

mod amendments;
mod citations;
mod code;
mod code_lists;
mod collect;
mod concepts;
mod criteria;
mod entries;
mod figures;
mod instruments;
mod measures;
mod names;
mod shape;
mod standing;
mod trade;

pub use code::LintCode;
pub use code_lists::lint_code_list;

use std::collections::BTreeMap;

use serde_json::Value;
use toml::de::DeTable;

use self::collect::Collector;
use self::names::Names;
use super::schema::{lexicon_file_schema, list_file_schema};
use super::tree::Node;
use crate::issue::Issue;
use crate::lexicon::Lexicon;

/// Everything that is wrong with a list, given as its files with their names; empty: nothing.
///
/// Where a file isn't TOML, only that is told, since the rest would follow from it.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, list};
/// let text = "[list]\nid = \"x\"\ntitel = \"Widgets\"\n";
/// let issues = list::lint_list(Lexicon::embedded(), &[("x.toml", text)]);
/// let printed: Vec<String> = issues.iter().map(ToString::to_string).collect();
/// assert!(printed.contains(
///     &"x.toml:3:1: error[unknown-key]: unknown key \"titel\"; did you mean \"title\"?".to_owned()
/// ));
/// ```
#[must_use]
pub fn lint_list(lexicon: &Lexicon, files: &[(&str, &str)]) -> Vec<Issue> {
    run(files, &list_file_schema(), |run| {
        let names = Names::of_list(lexicon, run);
        instruments::check(run);
        let own = concepts::check(run, &names);
        measures::check(run, &names);
        let lexicon = &measures::take_up(run, lexicon);
        entries::check(run, lexicon, &names, &own);
        amendments::check(run, lexicon, &names, &own);
    })
}

/// Everything that is wrong with a lexicon, given as its files with their names.
#[must_use]
pub fn lint_lexicon(files: &[(&str, &str)]) -> Vec<Issue> {
    run(files, &lexicon_file_schema(), |run| {
        let names = Names::of_lexicon(run);
        concepts::check(run, &names);
        measures::check(run, &names);
        trade::check(run, &names);
    })
}

/// The files of one run, parsed, and what was found in them.
struct Run<'a> {
    texts: &'a [(&'a str, &'a str)],
    roots: Vec<Node<'a>>,
    found: Collector,
}

impl<'a> Run<'a> {
    /// The tables of a name in all files, each with the number of its file.
    fn tables(&self, key: &str) -> Vec<(usize, Node<'a>)> {
        let roots = self.roots.iter().enumerate();
        roots
            .flat_map(|(file, root)| root.tables(key).into_iter().map(move |node| (file, node)))
            .collect()
    }

    /// The table of a name in each file that has it.
    fn tables_of(&self, key: &str) -> impl Iterator<Item = Node<'a>> {
        self.roots.iter().filter_map(move |root| root.table(key))
    }

    fn add(&mut self, file: usize, start: usize, code: LintCode, message: impl Into<String>) {
        self.found.add(file, start, code, message);
    }

    /// Reports a word of a key that isn't one of the few it knows; a newer format may know more,
    /// so the reader takes it.
    fn one_of(&mut self, file: usize, node: Node, key: &str, known: &[&str]) {
        let Some(word) = node.text(key).filter(|word| !known.contains(&word.value)) else {
            return;
        };
        let near = self.found.suggestion(word.value, known.iter().copied());
        let message = format!(
            "{:?} is no value of {key:?}; it takes {}{near}",
            word.value,
            known.join(", ")
        );
        self.add(file, word.start, LintCode::UnknownValue, message);
    }

    /// Reports every id that stands twice; `what` names the kind of thing.
    fn unique<'n>(
        &mut self,
        what: &str,
        key: &str,
        nodes: impl IntoIterator<Item = (usize, Node<'n>)>,
    ) {
        let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
        for (file, node) in nodes {
            let Some(id) = node.text(key) else { continue };
            if seen.insert(id.value, ()).is_some() {
                let message = format!("{what} {:?} stands twice", id.value);
                self.add(file, id.start, LintCode::DuplicateId, message);
            }
        }
    }
}

fn run(files: &[(&str, &str)], schema: &Value, rules: impl FnOnce(&mut Run)) -> Vec<Issue> {
    let mut found = Collector::default();
    let mut tables = Vec::new();
    for (number, (_, text)) in files.iter().enumerate() {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let start = error.span().map_or(0, |span| span.start);
            found.add(number, start, LintCode::TomlSyntax, error.message().trim());
        }
        tables.push(table);
    }
    if !found.is_empty() {
        return found.into_issues(files);
    }
    let roots = tables.iter().map(|table| Node::new(table.get_ref(), 0));
    let mut state = Run {
        texts: files,
        roots: roots.collect(),
        found,
    };
    for (file, root) in state.roots.clone().into_iter().enumerate() {
        shape::check(&mut state.found, file, root, schema);
    }
    rules(&mut state);
    state.found.into_issues(files)
}
