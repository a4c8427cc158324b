//! Lists and lexicon, compiled.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::index::{Index, IndexBuilder, Match, Strength, Topic};
use super::vocabulary::{Reading, Vocabulary};
use crate::error::{Location, Result};
use crate::lexicon::{Concept, Lexicon, Role};
use crate::list::{CodeList, ControlList, Entry};
use crate::text::Document;

/// A concept's number in a ruleset.
pub type ConceptId = usize;

/// Lists and lexicon, ready to screen with: immutable, and shared between threads.
///
/// ```
/// use tidewaiter::{Ruleset, lexicon::Lexicon, list};
/// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
/// assert_eq!(rules.lists().len(), list::embedded().len());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Debug)]
pub struct Ruleset {
    lists: Vec<ControlList>,
    code_lists: Vec<CodeList>,
    lexicon: Lexicon,
    concepts: Vec<Arc<Concept>>,
    numbers: HashMap<String, ConceptId>,
    roles: Vec<Role>,
    /// For each concept: itself and all that it implies.
    implied: Vec<Vec<ConceptId>>,
    /// For each concept: all that it or an implied one excludes.
    excluded: Vec<Vec<ConceptId>>,
    /// For each concept: whether it is the subject of an entry, or implies one.
    subjects: Vec<bool>,
    substances: Vec<bool>,
    index: Index,
    /// Made when the first unknown word is met.
    vocabulary: OnceLock<Vocabulary>,
}

impl Ruleset {
    /// Builds the index over all terms.
    ///
    /// # Errors
    /// When the index would be too large, or two lists bring concepts, roles or units with the
    /// same id.
    pub fn compile(lists: Vec<ControlList>, lexicon: &Lexicon) -> Result<Ruleset> {
        let mut lexicon = lexicon.clone();
        for list in &lists {
            take_up(list, &mut lexicon).map_err(|e| e.at(Location::new(list.head.id.as_str())))?;
        }
        let concepts: Vec<Arc<Concept>> = lexicon.shared_concepts().cloned().collect();
        let numbers: HashMap<String, ConceptId> = concepts
            .iter()
            .enumerate()
            .map(|(n, c)| (c.id.clone(), n))
            .collect();
        let implied: Vec<Vec<ConceptId>> = (0..concepts.len())
            .map(|start| closure(start, &concepts, &numbers))
            .collect();
        let excluded = implied
            .iter()
            .map(|all| {
                let ids = all.iter().flat_map(|&n| &concepts[n].excludes);
                ids.filter_map(|id| numbers.get(id).copied()).collect()
            })
            .collect();
        let of_cas = lists.iter().flat_map(|list| &list.entries);
        let of_cas = of_cas.filter(|entry| !entry.cas.is_empty());
        let of_cas = of_cas.flat_map(|entry| &entry.goods);
        let of_cas: HashSet<&String> = of_cas.flat_map(|goods| &goods.subject).collect();
        let substances = concepts.iter().map(|c| of_cas.contains(&c.id)).collect();
        let entries = lists.iter().flat_map(|list| &list.entries);
        let goods = entries.flat_map(|entry| &entry.goods);
        let subjects: HashSet<&String> = goods.flat_map(|goods| &goods.subject).collect();
        let subjects = implied
            .iter()
            .map(|all| all.iter().any(|&n| subjects.contains(&concepts[n].id)))
            .collect();
        let roles: Vec<Role> = lexicon.roles().cloned().collect();
        let mut index = IndexBuilder::default();
        for (number, concept) in concepts.iter().enumerate() {
            for (strength, terms) in [
                (Strength::Strong, &concept.terms),
                (Strength::Weak, &concept.weak),
                (Strength::Support, &concept.support),
                (Strength::Lookalike, &concept.lookalikes),
            ] {
                index.add(Topic::Concept(number, strength), terms);
            }
        }
        for (number, role) in roles.iter().enumerate() {
            index.add(Topic::Role(number), &role.cues);
        }
        for cue in lexicon.cues() {
            index.add(Topic::Cue(cue.class), &cue.terms);
        }
        for vague in lexicon.vague() {
            index.add(Topic::Vague, &vague.terms);
        }
        let index = index.build();
        Ok(Ruleset {
            lists,
            code_lists: Vec::new(),
            lexicon,
            concepts,
            numbers,
            roles,
            implied,
            excluded,
            subjects,
            substances,
            index,
            vocabulary: OnceLock::new(),
        })
    }

    /// The same, with lists of bans by code, which are judged beside the goods.
    #[must_use]
    pub fn with_code_lists(mut self, lists: Vec<CodeList>) -> Ruleset {
        self.code_lists = lists;
        self
    }

    /// The lists of bans by code.
    #[must_use]
    pub fn code_lists(&self) -> &[CodeList] {
        &self.code_lists
    }

    /// The lists.
    #[must_use]
    pub fn lists(&self) -> &[ControlList] {
        &self.lists
    }

    /// Every entry with its list, in the order of lists and entries.
    pub fn entries(&self) -> impl Iterator<Item = (&ControlList, &Entry)> {
        let lists = self.lists.iter();
        lists.flat_map(|list| list.entries.iter().map(move |entry| (list, entry)))
    }

    /// The lexicon.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// All phrases of the lexicon in a document, sorted by their place.
    #[must_use]
    pub fn find(&self, document: &Document) -> Vec<Match> {
        self.index.find(document)
    }

    /// The same by looking for every phrase at every place.
    #[cfg(test)]
    pub(crate) fn find_naively(&self, document: &Document) -> Vec<Match> {
        self.index.find_naively(document)
    }

    /// What a folded word that no term explains may be, if it is misspelt or disguised. Where the
    /// line has disguised words already, short ones are suspected too. Where a term explains a part
    /// of the word, it may be a `compound`.
    #[must_use]
    pub fn read_unknown(&self, word: &str, disguised: bool, compound: bool) -> Option<Reading> {
        self.vocabulary().read(word, disguised, compound)
    }

    /// What letters that all stand alone may be: a word, or several divided by blanks.
    #[must_use]
    pub fn read_apart(&self, letters: &str) -> Option<Reading> {
        self.vocabulary().read_apart(letters)
    }

    /// What two words with a line break between them may be: one word that it divides.
    #[must_use]
    pub fn read_broken(&self, first: &str, second: &str) -> Option<Reading> {
        self.vocabulary().read_broken(first, second)
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let is_code = |concept: ConceptId| self.concepts[concept].is_code;
            let abbreviations = self.lexicon.abbreviations().iter();
            let pairs = abbreviations.flat_map(|a| {
                a.short
                    .iter()
                    .map(|short| (short.as_str(), a.word.as_str()))
            });
            Vocabulary::new(&self.index, is_code, self.lexicon.neighbours())
                .with_abbreviations(pairs)
        })
    }

    /// A concept by its number.
    #[must_use]
    pub fn concept(&self, number: ConceptId) -> &Concept {
        &self.concepts[number]
    }

    /// A concept's number.
    #[must_use]
    pub fn number_of(&self, id: &str) -> Option<ConceptId> {
        self.numbers.get(id).copied()
    }

    /// A role by its number.
    #[must_use]
    pub fn role(&self, number: usize) -> &Role {
        &self.roles[number]
    }

    /// Whether a concept names the subject of any entry.
    #[must_use]
    pub fn is_subject(&self, number: ConceptId) -> bool {
        self.subjects[number]
    }

    /// Whether a concept names the subject of an entry that has CAS numbers.
    #[must_use]
    pub fn is_substance(&self, number: ConceptId) -> bool {
        self.substances[number]
    }

    /// Whether what is `a` is also `b`.
    #[must_use]
    pub fn implies(&self, a: ConceptId, b: ConceptId) -> bool {
        self.implied[a].contains(&b)
    }

    /// Whether what is `a` can't be `b`.
    #[must_use]
    pub fn excludes(&self, a: ConceptId, b: ConceptId) -> bool {
        self.excluded[a].contains(&b)
    }
}

/// Adds the words and measures that a list brings with it.
fn take_up(list: &ControlList, lexicon: &mut Lexicon) -> Result<()> {
    for concept in &list.concepts {
        lexicon.add(concept.clone())?;
    }
    for role in &list.roles {
        lexicon.add_role(role.clone())?;
    }
    for unit in &list.units {
        lexicon.add_unit(unit.clone())?;
    }
    Ok(())
}

fn closure(
    start: ConceptId,
    concepts: &[Arc<Concept>],
    numbers: &HashMap<String, ConceptId>,
) -> Vec<ConceptId> {
    let mut all = vec![start];
    let mut next = 0;
    while let Some(&number) = all.get(next) {
        for id in &concepts[number].implies {
            if let Some(&implied) = numbers.get(id)
                && !all.contains(&implied)
            {
                all.push(implied);
            }
        }
        next += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_finds_what_a_full_scan_finds() {
        let rules = Ruleset::compile(crate::list::embedded().to_vec(), Lexicon::embedded());
        let rules = rules.expect("compiles");
        for line in [
            "GATE VALVE 12IN CL600 CF8M, SS304 PIPE; ring-magnets",
            "熔化极惰性气体保护焊机(MIG) 直流500A 质谱仪配件",
            "КОЛЬЦЕВЫЕ МАГНИТЫ ФЕРРИТОВЫЕ, БЕЗ ПРУЖИН",
            "링 마그네트 글로브박스 방사선 측정",
            "Fluorgasflasche, Teilchenbeschleunigeranlage gloveboxes",
        ] {
            let document = Document::new([line]);
            assert_eq!(
                rules.find(&document),
                rules.index.find_naively(&document),
                "{line}"
            );
        }
    }
}
