//! Labelled goods lines: what a person says the right answer is.

use crate::manifest::GoodsItem;

/// What a screener should say of a line, for one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// The line puts the goods under the entry.
    Hit,
    /// Under the subject; a fact is missing.
    Review,
    /// Under the subject; a stated fact fails a criterion or states an exception.
    Cleared,
    /// Not the entry's subject, although words look alike.
    Nothing,
    /// The line doesn't say what the goods are.
    NotScreenable,
}

impl Wanted {
    /// All of them, in the order of their weight.
    pub const ALL: [Wanted; 5] = [
        Wanted::Hit,
        Wanted::Review,
        Wanted::Cleared,
        Wanted::Nothing,
        Wanted::NotScreenable,
    ];

    /// The word in the column `verdict` of a labelled file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Wanted::Hit => "hit",
            Wanted::Review => "review",
            Wanted::Cleared => "cleared",
            Wanted::Nothing => "none",
            Wanted::NotScreenable => "not_screenable",
        }
    }

    /// What a row with this as its best verdict is called where no kind is given.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Wanted::Hit => "positive",
            Wanted::Review => "undetermined",
            Wanted::Cleared => "cleared",
            Wanted::Nothing => "lookalike",
            Wanted::NotScreenable => "not_screenable",
        }
    }
}

/// The right answer for one line and one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The entry's id; none where the line names no goods.
    pub entry: Option<String>,
    /// The verdicts that can be defended, best first; never empty.
    pub wanted: Vec<Wanted>,
    /// What kind of row it is, for grouping: `positive`, `lookalike`, or the file's own word.
    pub kind: String,
}

impl Label {
    /// The best of the verdicts that can be defended.
    #[must_use]
    pub fn best(&self) -> Wanted {
        self.wanted.first().copied().unwrap_or(Wanted::Nothing)
    }

    /// Whether a verdict can be defended.
    #[must_use]
    pub fn allows(&self, verdict: Wanted) -> bool {
        self.wanted.contains(&verdict)
    }

    /// The verdicts as the file writes them: `review|hit`.
    #[must_use]
    pub fn written(&self) -> String {
        let words: Vec<&str> = self.wanted.iter().map(|w| w.as_str()).collect();
        words.join("|")
    }
}

/// A goods line with the right answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledLine {
    /// The goods, as a manifest would have them.
    pub item: GoodsItem,
    /// The language of the description (BCP 47; two are joined by `+`).
    pub language: String,
    /// One label per entry judged, in the order of the file; never empty.
    pub labels: Vec<Label>,
}

/// Labelled goods lines, in the order of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelledSet {
    /// The file's name, as the caller gave it.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Only entries with this prefix are looked at; empty: all.
    pub entries: String,
    /// The lines.
    pub lines: Vec<LabelledLine>,
}

impl LabelledSet {
    /// The rows of the file that are looked at.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.iter().map(|line| line.labels.len()).sum()
    }

    /// The same set, restricted to entries whose id begins with a prefix. Lines that are labelled
    /// for no entry stay, unless they are labelled for another entry as well.
    #[must_use]
    pub fn only_entries(&self, prefix: &str) -> LabelledSet {
        let inside = |label: &Label| label.entry.as_ref().is_some_and(|e| e.starts_with(prefix));
        let lines = self.lines.iter().filter_map(|line| {
            let elsewhere = line.labels.iter().any(|label| {
                label.entry.is_some() && !inside(label) && label.wanted != [Wanted::Nothing]
            });
            let mut line = line.clone();
            line.labels
                .retain(|label| inside(label) || label.entry.is_none() && !elsewhere);
            (!line.labels.is_empty()).then_some(line)
        });
        LabelledSet {
            name: self.name.clone(),
            sha256: self.sha256.clone(),
            entries: prefix.to_owned(),
            lines: lines.collect(),
        }
    }
}
