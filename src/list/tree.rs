//! A file of a list or of the lexicon as a tree whose every value knows its place.
//!
//! The types of [`super::source`] are what the program works with; they don't know where they
//! stood. Messages have to. So the loader, when something is wrong, and the linter, always, walk
//! the text once more.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A step from a table to what is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(&'static str),
    /// A value of an array, counted from 0.
    At(usize),
}

/// A table, and the byte it begins at.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    table: &'a DeTable<'a>,
    pub start: usize,
}

/// A text, and the byte it begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pub value: &'a str,
    pub start: usize,
}

impl<'a> Node<'a> {
    pub fn new(table: &'a DeTable<'a>, start: usize) -> Node<'a> {
        Node { table, start }
    }

    fn value(self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// All keys, each with the byte it begins at.
    pub fn keys(self) -> impl Iterator<Item = (Text<'a>, &'a Spanned<DeValue<'a>>)> {
        self.table.iter().map(|(key, value)| {
            let name = Text {
                value: key.get_ref(),
                start: key.span().start,
            };
            (name, value)
        })
    }

    pub fn has(self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where a key stands; where the table begins if it has no such key.
    pub fn place(self, key: &str) -> usize {
        let found = self.table.get_key_value(key);
        found.map_or(self.start, |(key, _)| key.span().start)
    }

    /// The text of a key; nothing if it is of another type.
    pub fn text(self, key: &str) -> Option<Text<'a>> {
        self.value(key).and_then(as_text)
    }

    /// The texts of a key.
    pub fn texts(self, key: &str) -> Vec<Text<'a>> {
        self.value(key).map(as_texts).unwrap_or_default()
    }

    pub fn is_empty_array(self, key: &str) -> bool {
        let value = self.value(key).map(Spanned::get_ref);
        matches!(value, Some(DeValue::Array(items)) if items.is_empty())
    }

    pub fn count(self, key: &str) -> Option<usize> {
        match self.value(key)?.get_ref() {
            DeValue::Integer(number) => usize::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        }
    }

    pub fn table(self, key: &str) -> Option<Node<'a>> {
        self.value(key).and_then(as_node)
    }

    /// The tables of an array of tables.
    pub fn tables(self, key: &str) -> Vec<Node<'a>> {
        self.items(key).filter_map(as_node).collect()
    }

    /// The values of an array of arrays of texts.
    pub fn rows(self, key: &str) -> Vec<Vec<Text<'a>>> {
        self.items(key).map(as_texts).collect()
    }

    fn items(self, key: &str) -> impl Iterator<Item = &'a Spanned<DeValue<'a>>> {
        let array = match self.value(key).map(Spanned::get_ref) {
            Some(DeValue::Array(array)) => Some(array),
            _ => None,
        };
        array.into_iter().flat_map(|array| array.iter())
    }
}

/// The texts of an array; nothing if it is none.
pub(super) fn as_texts<'a>(value: &'a Spanned<DeValue<'a>>) -> Vec<Text<'a>> {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().filter_map(as_text).collect(),
        _ => Vec::new(),
    }
}

fn as_text<'a>(value: &'a Spanned<DeValue<'a>>) -> Option<Text<'a>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Text {
            value: text,
            start: value.span().start,
        }),
        _ => None,
    }
}

fn as_node<'a>(value: &'a Spanned<DeValue<'a>>) -> Option<Node<'a>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(Node::new(table, value.span().start)),
        _ => None,
    }
}

/// The byte at which a value stands, or the nearest one on the way to it.
pub(super) fn locate(text: &str, path: &[Step]) -> usize {
    let Ok(root) = DeTable::parse(text) else {
        return 0;
    };
    let mut start = root.span().start;
    let root = DeValue::Table(root.into_inner());
    let mut value = &root;
    for step in path {
        let next = match (step, value) {
            (Step::Key(key), DeValue::Table(table)) => table.get(*key),
            (Step::At(number), DeValue::Array(array)) => array.get(*number),
            _ => None,
        };
        let Some(next) = next else { break };
        start = next.span().start;
        value = next.get_ref();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_where_it_stands() {
        let text = "[[entry]]\nid = \"a\"\n[[entry]]\ncas = [\"1\", \"2\"]\n";
        let path = [
            Step::Key("entry"),
            Step::At(1),
            Step::Key("cas"),
            Step::At(1),
        ];
        assert_eq!(&text[locate(text, &path)..][..3], "\"2\"");
        let lost = [
            Step::Key("entry"),
            Step::At(1),
            Step::Key("goods"),
            Step::At(0),
        ];
        assert_eq!(&text[locate(text, &lost)..][..9], "[[entry]]");
        assert_eq!(locate("not toml", &path), 0);
    }
}
