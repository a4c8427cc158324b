//! What changed between two editions, or two lists: entry by entry, criterion by criterion.
//!
//! Entries are compared by their ids, kinds of goods by their names, criteria in their tree. A
//! changed limit is told as one change with both figures, not as one criterion gone and another
//! come: that is how somebody who has to check old shipments reads it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use schemars::JsonSchema;
use serde::Serialize;

use super::model::{ControlList, Criterion, Entry, Exception, Goods, PartsRule};
use super::source::{Citation, CitationStatus};

/// What changed between two lists or editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListDiff {
    /// The id of the one edition.
    pub from: String,
    /// The id of the other.
    pub to: String,
    /// Entries that only the other has, in its order.
    pub added: Vec<EntryRef>,
    /// Entries that only the one has, in its order.
    pub removed: Vec<EntryRef>,
    /// Entries that both have and that differ, in the order of the other.
    pub changed: Vec<EntryChange>,
    /// How many entries are the same in both.
    pub unchanged: usize,
}

/// An entry, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EntryRef {
    /// Its id.
    pub entry: String,
    /// Its title.
    pub title: String,
}

/// An entry that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EntryChange {
    /// Its id.
    pub entry: String,
    /// Its title in the other edition.
    pub title: String,
    /// What differs, in the order in which an entry is printed.
    pub changes: Vec<Change>,
}

/// One thing that differs. Without `before` it is new, without `after` it is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// What it is: `title`, `goods`, `criterion of ring magnets`.
    pub what: String,
    /// What the one edition says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the other edition says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl ListDiff {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two lists or editions. What doesn't move a verdict or its citation (examples, our
/// notes, indicative codes' edition) is left aside.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, list};
/// let mut lists = list::embedded().iter();
/// let before = lists.find(|list| list.head.id == "s-2017-822").unwrap().clone();
/// let mut after = before.clone();
/// after.entries[3].title = "Another title".into();
/// after.entries.remove(0);
/// let diff = list::diff(&before, &after);
/// assert_eq!((diff.removed.len(), diff.changed.len(), diff.unchanged), (1, 1, 30));
/// assert_eq!(diff.changed[0].changes[0].what, "title");
/// ```
#[must_use]
pub fn diff(from: &ControlList, to: &ControlList) -> ListDiff {
    let before: BTreeMap<&str, &Entry> = by_id(from);
    let after: BTreeMap<&str, &Entry> = by_id(to);
    let mut changed = Vec::new();
    let mut unchanged = 0;
    for entry in &to.entries {
        let Some(old) = before.get(entry.id.as_str()) else {
            continue;
        };
        let changes = changes((from, old), (to, entry));
        if changes.is_empty() {
            unchanged += 1;
        } else {
            changed.push(EntryChange {
                entry: entry.id.clone(),
                title: entry.title.clone(),
                changes,
            });
        }
    }
    let only = |list: &ControlList, other: &BTreeMap<&str, &Entry>| -> Vec<EntryRef> {
        let entries = list.entries.iter();
        let lost = entries.filter(|e| !other.contains_key(e.id.as_str()));
        lost.map(|e| EntryRef {
            entry: e.id.clone(),
            title: e.title.clone(),
        })
        .collect()
    };
    ListDiff {
        from: from.edition_id(),
        to: to.edition_id(),
        added: only(to, &before),
        removed: only(from, &after),
        changed,
        unchanged,
    }
}

fn by_id(list: &ControlList) -> BTreeMap<&str, &Entry> {
    list.entries.iter().map(|e| (e.id.as_str(), e)).collect()
}

fn changes(before: (&ControlList, &Entry), after: (&ControlList, &Entry)) -> Vec<Change> {
    let ((old_list, old), (new_list, new)) = (before, after);
    let mut all = Vec::new();
    text(&mut all, "title", &old.title, &new.title);
    text(&mut all, "description", &old.description, &new.description);
    let cited = |list: &ControlList, entry: &Entry| -> Vec<String> {
        entry.citations.iter().map(|c| citation(list, c)).collect()
    };
    set(
        &mut all,
        "citation",
        cited(old_list, old),
        cited(new_list, new),
    );
    let numbers = |entry: &Entry| entry.cas.iter().map(ToString::to_string).collect();
    set(&mut all, "CAS number", numbers(old), numbers(new));
    goods(&mut all, &old.goods, &new.goods);
    let exceptions = |entry: &Entry| entry.exceptions.iter().map(exception).collect();
    set(&mut all, "exception", exceptions(old), exceptions(new));
    set(
        &mut all,
        "indicative HS code",
        old.hs.codes.clone(),
        new.hs.codes.clone(),
    );
    all
}

fn text(all: &mut Vec<Change>, what: &str, before: &str, after: &str) {
    if before != after {
        all.push(Change {
            what: what.to_owned(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        });
    }
}

/// What only one of two sets has, each in its own order.
fn set(all: &mut Vec<Change>, what: &str, before: Vec<String>, after: Vec<String>) {
    let old: BTreeSet<&String> = before.iter().collect();
    let new: BTreeSet<&String> = after.iter().collect();
    for gone in before.iter().filter(|one| !new.contains(one)) {
        all.push(Change {
            what: what.to_owned(),
            before: Some(gone.clone()),
            after: None,
        });
    }
    for come in after.iter().filter(|one| !old.contains(one)) {
        all.push(Change {
            what: what.to_owned(),
            before: None,
            after: Some(come.clone()),
        });
    }
}

fn citation(list: &ControlList, citation: &Citation) -> String {
    let symbol = list
        .instrument(&citation.instrument)
        .map_or(citation.instrument.as_str(), |i| i.symbol.as_str());
    match (&citation.item, citation.status) {
        (Some(item), CitationStatus::Confirmed) => format!("{symbol}, {item}"),
        (Some(item), _) => format!("{symbol}, {item} (inferred)"),
        (None, _) => format!("{symbol}, item open"),
    }
}

fn exception(exception: &Exception) -> String {
    let mut said = exception.text.clone();
    if let Some(basis) = &exception.basis {
        said.push_str(&format!(" ({basis})"));
    }
    if !exception.applies_to.is_empty() {
        said.push_str(&format!(", only {}", exception.applies_to.join(", ")));
    }
    if !exception.scope.is_empty() {
        said.push_str(&format!(", of paragraph {}", exception.scope.join(", ")));
    }
    if let Some(limits) = &exception.criteria {
        said.push_str(&format!(", where {}", words(limits)));
    }
    if !exception.stated_by.is_empty() {
        said.push_str(&format!("; stated by {}", exception.stated_by.join(", ")));
    }
    said
}

fn goods(all: &mut Vec<Change>, before: &[Goods], after: &[Goods]) {
    let names = |goods: &[Goods]| goods.iter().map(|kind| kind.name.clone()).collect();
    set(all, "goods", names(before), names(after));
    let old: BTreeMap<&str, &Goods> = before.iter().map(|k| (k.name.as_str(), k)).collect();
    for new in after {
        let Some(old) = old.get(new.name.as_str()) else {
            continue;
        };
        let of = |what: &str| format!("{what} of {}", new.name);
        let (subject, requires) = (of("subject"), of("further condition"));
        set(all, &subject, old.subject.clone(), new.subject.clone());
        set(all, &requires, old.requires.clone(), new.requires.clone());
        text(all, &of("parts"), parts(old.parts), parts(new.parts));
        let doubt = |kind: &Goods| kind.doubt.clone().into_iter().collect();
        set(all, &of("doubt"), doubt(old), doubt(new));
        criterion(all, &of("criterion"), &old.criteria, &new.criteria);
    }
}

fn parts(rule: PartsRule) -> &'static str {
    match rule {
        PartsRule::NotCovered => "not covered",
        PartsRule::Covered => "covered",
        PartsRule::Review => "a question",
    }
}

/// Compares two trees of criteria.
fn criterion(all: &mut Vec<Change>, what: &str, before: &Criterion, after: &Criterion) {
    if words(before) == words(after) {
        return;
    }
    match (before, after) {
        (Criterion::All { of: old }, Criterion::All { of: new }) => {
            members(all, &format!("{what}, all of"), old, new);
        }
        (Criterion::Any { of: old }, Criterion::Any { of: new }) => {
            members(all, &format!("{what}, one of"), old, new);
        }
        (Criterion::Not { of: old }, Criterion::Not { of: new }) => {
            criterion(all, &format!("{what}, not"), old, new);
        }
        (
            Criterion::Paragraph { para, of: old },
            Criterion::Paragraph {
                para: same,
                of: new,
            },
        ) if para == same => criterion(all, &format!("{what}, paragraph {para}"), old, new),
        (before, after) => text(all, what, &words(before), &words(after)),
    }
}

/// Compares the members of two groups: the same ones first, then those about the same.
fn members(all: &mut Vec<Change>, what: &str, before: &[Criterion], after: &[Criterion]) {
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    for old in before {
        *same.entry(words(old)).or_default() += 1;
    }
    let mut new = Vec::new();
    for one in after {
        match same.get_mut(&words(one)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(one),
        }
    }
    let mut old: BTreeMap<String, VecDeque<&Criterion>> = BTreeMap::new();
    let mut left: Vec<&Criterion> = Vec::new();
    for one in before.iter().rev() {
        if let Some(count) = same.get_mut(&words(one)).filter(|count| **count > 0) {
            *count -= 1;
            old.entry(about(one)).or_default().push_front(one);
        }
    }
    for one in new {
        match old.get_mut(&about(one)).and_then(VecDeque::pop_front) {
            Some(before) => criterion(all, what, before, one),
            None => left.push(one),
        }
    }
    let gone = old.into_values().flatten().map(words).collect();
    set(all, what, gone, left.into_iter().map(words).collect());
}

/// What a criterion is about, without its limit.
fn about(criterion: &Criterion) -> String {
    match criterion {
        Criterion::All { .. } => "all".to_owned(),
        Criterion::Any { .. } => "any".to_owned(),
        Criterion::Not { .. } => "not".to_owned(),
        Criterion::Paragraph { para, .. } => format!("paragraph {para}"),
        Criterion::Quantity { role, .. } => format!("quantity {role}"),
        Criterion::Concept { attribute, .. } => format!("concept {}", attribute.as_str()),
        Criterion::Described => "described".to_owned(),
        Criterion::Unsupported { .. } => "unsupported".to_owned(),
    }
}

/// A criterion in one line.
fn words(criterion: &Criterion) -> String {
    let joined = |of: &[Criterion], word: &str| {
        let members: Vec<String> = of.iter().map(words).collect();
        format!("({})", members.join(word))
    };
    match criterion {
        Criterion::All { of } => joined(of, " and "),
        Criterion::Any { of } => joined(of, " or "),
        Criterion::Not { of } => format!("not {}", words(of)),
        Criterion::Paragraph { para, of } => format!("paragraph {para}: {}", words(of)),
        Criterion::Quantity {
            role, limit, bare, ..
        } => {
            let only = match bare {
                Some(false) => ", only where it is named",
                _ => "",
            };
            format!("{} {limit}{only}", role.replace('-', " "))
        }
        Criterion::Concept {
            attribute, one_of, ..
        } => format!("{}: {}", attribute.as_str(), one_of.join(" or ")),
        Criterion::Described => "covered by description".to_owned(),
        Criterion::Unsupported { keys } => format!("undetermined: {}", keys.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::list::load;

    fn list(criteria: &str) -> ControlList {
        let text = format!(
            "[list]\nid = \"x\"\ntitle = \"X\"\ndecision = \"D\"\nedition = \"1\"\nentries = 1\n\
             [[instrument]]\nid = \"act\"\nauthority = \"A\"\nsymbol = \"Act 1\"\n\
             measure = \"export-ban\"\n\
             [[entry]]\nid = \"X.1\"\ntitle = \"T\"\ndescription = \"D\"\n\
             citations = [{{ instrument = \"act\", item = \"1\", status = \"confirmed\" }}]\n\
             [[entry.goods]]\nname = \"acid\"\nsubject = [\"nitric-acid\"]\n\
             criteria = {criteria}\n"
        );
        load(Lexicon::embedded(), [("x.toml", text.as_str())]).expect("loads")
    }

    /// The changes between two criteria, as `before -> after`.
    fn between(before: &str, after: &str) -> Vec<String> {
        let diff = diff(&list(before), &list(after));
        let changes = diff.changed.into_iter().flat_map(|entry| entry.changes);
        let said = |side: Option<String>| side.unwrap_or_else(|| "-".into());
        changes
            .map(|c| format!("{}: {} -> {}", c.what, said(c.before), said(c.after)))
            .collect()
    }

    #[test]
    fn a_changed_limit_is_one_change_with_both_figures() {
        assert_eq!(
            between(
                "{ all = [{ quantity = \"mass-fraction\", at_least = \"20 %\" }, { quantity = \"volume\", greater_than = \"500 L\" }] }",
                "{ all = [{ quantity = \"volume\", greater_than = \"500 L\" }, { quantity = \"mass-fraction\", at_least = \"10 %\" }] }",
            ),
            [
                "criterion of acid, all of: mass fraction at least 20 % -> mass fraction at least 10 %"
            ]
        );
    }

    #[test]
    fn members_come_and_go_and_groups_are_looked_into() {
        let (twenty, ten) = (
            "{ quantity = \"mass-fraction\", at_least = \"20 %\" }",
            "{ quantity = \"mass-fraction\", at_least = \"10 %\" }",
        );
        let volume = "{ quantity = \"volume\", greater_than = \"500 L\" }";
        assert_eq!(
            between(
                &format!("{{ any = [{{ all = [{twenty}, {volume}] }}, {volume}] }}"),
                &format!("{{ any = [{{ all = [{ten}, {volume}, {volume}] }}] }}"),
            ),
            [
                "criterion of acid, one of, all of: mass fraction at least 20 % -> mass fraction at least 10 %",
                "criterion of acid, one of, all of: - -> volume greater than 500 L",
                "criterion of acid, one of: volume greater than 500 L -> -",
            ]
        );
        assert_eq!(
            between("{}", twenty),
            ["criterion of acid: covered by description -> mass fraction at least 20 %"]
        );
        assert!(between(twenty, twenty).is_empty());
    }

    #[test]
    fn a_list_differs_in_nothing_from_itself() {
        for list in crate::list::embedded() {
            let diff = diff(list, list);
            assert!(diff.is_empty(), "{diff:?}");
            assert_eq!(diff.unchanged, list.entries.len());
        }
    }
}
