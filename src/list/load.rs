//! From what is written to what is checked.

use std::borrow::Cow;
use std::collections::HashSet;

use sha2::{Digest, Sha256};

use super::amendment::{Amendment, PlacedAmendment};
use super::model::{
    Comparison, ControlList, Criterion, Ends, Entry, Exception, Goods, Limit, PartsRule,
};
use super::source::{CriterionSource, EntrySource, GoodsSource, Head, Instrument, ListFile};
use super::tree::{Step, locate};
use super::trust::Trust;
use crate::error::{Error, ErrorKind, Location, Result};
use crate::lexicon::{ConceptKind, Lexicon, Role, UnitSource, parse_toml};
use crate::vocab::Interval;

/// Reads a list from its files, each with its name, in the order of the names.
///
/// The reader is lenient about what it doesn't know (a newer format may say more), and strict
/// about what it does: a limit without a unit, a CAS number with a wrong check digit, a wrong
/// count of entries are errors. A criterion of an unknown kind is kept as undetermined.
///
/// A list may bring its own words: `[[concept]]`, `[[role]]` and `[[unit]]` tables in the form of
/// the lexicon.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, list};
/// let text = r#"
/// [list]
/// id = "house-list"
/// title = "Goods that our company asks about"
/// decision = "export compliance manual, chapter 4"
/// edition = "2024-01-01"
/// entries = 1
/// [[instrument]]
/// id = "manual"
/// authority = "the company"
/// symbol = "manual"
/// measure = "export-ban"
/// [[entry]]
/// id = "H.1"
/// title = "Widget gauges"
/// description = "Gauges for widgets."
/// citations = [{ instrument = "manual", item = "4.1", status = "confirmed" }]
/// [[entry.goods]]
/// name = "widget gauges"
/// subject = ["widget-gauge"]
/// [[concept]]
/// id = "widget-gauge"
/// kind = "goods"
/// title = "widget gauge"
/// terms = { en = ["widget gauge"] }
/// "#;
/// let list = list::load(Lexicon::embedded(), [("house.toml", text)])?;
/// assert_eq!(list.entries[0].goods[0].name, "widget gauges");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
///
/// # Errors
/// When a file can't be read as a list, or contradicts itself or the lexicon; each points at its
/// file, line and column.
pub fn load<'a>(
    lexicon: &Lexicon,
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<ControlList> {
    let files = files
        .into_iter()
        .map(|(name, text)| parse_toml(name, text).map(|content| (File { name, text }, content)));
    build(lexicon, files.collect::<Result<_>>()?)
}

/// Checks a list whose files have been parsed.
pub(super) fn build(
    lexicon: &Lexicon,
    mut parsed: Vec<(File<'_>, ListFile)>,
) -> Result<ControlList> {
    let mut hash = Sha256::new();
    for (file, _) in &parsed {
        hash.update(file.text.as_bytes());
    }
    let mut concepts = Vec::new();
    let (measured, roles, units) = measures(lexicon, &mut parsed)?;
    let mut words = Words {
        lexicon: &measured,
        beneath: lexicon,
        own: HashSet::new(),
    };
    for (file, content) in &mut parsed {
        for (number, concept) in std::mem::take(&mut content.concept).into_iter().enumerate() {
            if words.knows(&concept.id) {
                let message = format!(
                    "there is a concept {:?} already; give it another id",
                    concept.id
                );
                let path = [Step::Key("concept"), Step::At(number), Step::Key("id")];
                return Err(file.error(message, &path));
            }
            words.own.insert(concept.id.clone());
            concepts.push(concept);
        }
    }
    let mut head: Option<(Head, File)> = None;
    let mut instruments: Vec<Instrument> = Vec::new();
    let mut amending = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut ids = HashSet::new();
    let mut citations = Vec::new();
    let first = parsed.first().map(|(file, _)| *file);
    for (file, content) in parsed {
        if let Some(found) = content.list {
            if let Some((_, other)) = head {
                let message = format!("a second [list] table; the first is in {}", other.name);
                return Err(file.error(message, &[Step::Key("list")]));
            }
            head = Some((found, file));
        }
        for (number, instrument) in content.instrument.iter().enumerate() {
            check_intervals(&instrument.in_force).map_err(|trouble| {
                let here = [Step::Key("instrument"), Step::At(number)];
                file.error_within(&here, trouble.within("in_force"))
            })?;
        }
        instruments.extend(content.instrument);
        if !content.amendment.is_empty() {
            amending.push((file, content.amendment));
        }
        for (number, source) in content.entry.into_iter().enumerate() {
            let here = [Step::Key("entry"), Step::At(number)];
            if !ids.insert(source.id.clone()) {
                let message = format!("entry {} stands twice", source.id);
                return Err(file.error(
                    message,
                    &[here[0].clone(), here[1].clone(), Step::Key("id")],
                ));
            }
            let entry =
                check_entry(&words, source).map_err(|trouble| file.error_within(&here, trouble))?;
            citations.push((file, number));
            entries.push(entry);
        }
    }
    let Some((head, head_file)) = head else {
        let message = "no [list] table in any file of the list";
        let place = Location::new(first.map_or("", |file| file.name));
        return Err(Error::new(ErrorKind::List, message).at(place));
    };
    if head.id.contains('@') {
        let message = format!(
            "the id {:?} has an @, which stands before an edition",
            head.id
        );
        return Err(head_file.error(message, &[Step::Key("list"), Step::Key("id")]));
    }
    if head.entries != entries.len() {
        let message = format!(
            "the list says {} entries, its files have {}",
            head.entries,
            entries.len()
        );
        return Err(head_file.error(message, &[Step::Key("list"), Step::Key("entries")]));
    }
    for (entry, (file, number)) in entries.iter().zip(citations) {
        for (at, citation) in entry.citations.iter().enumerate() {
            if !instruments.iter().any(|i| i.id == citation.instrument) {
                let message = format!(
                    "{} cites {:?}, which is no instrument of the list",
                    entry.id, citation.instrument
                );
                let path = [
                    Step::Key("entry"),
                    Step::At(number),
                    Step::Key("citations"),
                    Step::At(at),
                    Step::Key("instrument"),
                ];
                return Err(file.error(message, &path));
            }
        }
    }
    let sha256: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    let mut amendments = Vec::new();
    for (file, sources) in amending {
        let placed = PlacedAmendment::find(file.name, file.text, sources);
        for (number, placed) in placed.into_iter().enumerate() {
            let of = (head.id.as_str(), sha256.as_str());
            let amendment = Amendment::check(&words, of, &instruments, placed);
            amendments.push(amendment.map_err(|trouble| {
                let here = [Step::Key("amendment"), Step::At(number)];
                file.error_within(&here, trouble)
            })?);
        }
    }
    Ok(ControlList {
        head,
        sha256,
        trust: Trust::default(),
        instruments,
        entries,
        concepts,
        roles,
        units,
        amended: Vec::new(),
        older: None,
        amendments,
    })
}

/// The lexicon with the roles and units that the files bring, and those.
fn measures<'l>(
    lexicon: &'l Lexicon,
    parsed: &mut [(File<'_>, ListFile)],
) -> Result<(Cow<'l, Lexicon>, Vec<Role>, Vec<UnitSource>)> {
    let mut measured = Cow::Borrowed(lexicon);
    let (mut roles, mut units) = (Vec::new(), Vec::new());
    for (file, content) in parsed {
        let clash = |table, number, error: &Error| {
            let path = [Step::Key(table), Step::At(number), Step::Key("id")];
            file.error(error.message().to_owned(), &path)
        };
        for (number, unit) in std::mem::take(&mut content.unit).into_iter().enumerate() {
            let added = measured.to_mut().add_unit(unit.clone());
            added.map_err(|e| clash("unit", number, &e))?;
            units.push(unit);
        }
        for (number, role) in std::mem::take(&mut content.role).into_iter().enumerate() {
            let added = measured.to_mut().add_role(role.clone());
            added.map_err(|e| clash("role", number, &e))?;
            roles.push(role);
        }
    }
    Ok((measured, roles, units))
}

/// That intervals of days in force have no day in common.
pub(super) fn check_intervals(intervals: &[Interval]) -> Checked<()> {
    let mut sorted: Vec<(usize, &Interval)> = intervals.iter().enumerate().collect();
    sorted.sort_by_key(|(_, interval)| interval.from());
    for pair in sorted.windows(2) {
        let ((_, first), (number, second)) = (pair[0], pair[1]);
        if first.to().is_none_or(|last| second.from() <= last) {
            let message = format!(
                "the interval from {} overlaps the one from {}; `to` is the last day in force",
                second.from(),
                first.from()
            );
            return wrong(message).map_err(|t| t.item(number));
        }
    }
    Ok(())
}

/// A file of a list, for errors that point into it.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl File<'_> {
    fn error(self, message: String, path: &[Step]) -> Error {
        let place = Location::new(self.name).at_offset(self.text, locate(self.text, path));
        Error::new(ErrorKind::List, message).at(place)
    }

    fn error_within(self, here: &[Step], trouble: Trouble) -> Error {
        let inner = trouble.path.into_iter().rev();
        let path: Vec<Step> = here.iter().cloned().chain(inner).collect();
        self.error(trouble.message, &path)
    }
}

/// The concepts that a list may refer to.
pub(super) struct Words<'a> {
    /// With the list's own roles and units.
    lexicon: &'a Lexicon,
    /// Without them.
    beneath: &'a Lexicon,
    own: HashSet<String>,
}

impl<'a> Words<'a> {
    /// Without those that the list brings with it.
    pub(super) fn shared(&self) -> Words<'a> {
        Words {
            lexicon: self.beneath,
            beneath: self.beneath,
            own: HashSet::new(),
        }
    }

    fn knows(&self, id: &str) -> bool {
        self.lexicon.concept(id).is_some() || self.own.contains(id)
    }
}

/// What is wrong, and the way to it, innermost step first.
pub(super) struct Trouble {
    message: String,
    path: Vec<Step>,
}

pub(super) type Checked<T> = std::result::Result<T, Trouble>;

pub(super) fn wrong<T>(message: String) -> Checked<T> {
    Err(Trouble {
        message,
        path: Vec::new(),
    })
}

impl Trouble {
    pub(super) fn item(mut self, number: usize) -> Trouble {
        self.path.push(Step::At(number));
        self
    }

    pub(super) fn within(mut self, key: &'static str) -> Trouble {
        self.path.push(Step::Key(key));
        self
    }
}

pub(super) fn check_entry(words: &Words, source: EntrySource) -> Checked<Entry> {
    if source.citations.is_empty() {
        return wrong(format!("entry {} has no citation", source.id));
    }
    if source.goods.is_empty() {
        return wrong(format!("entry {} names no goods", source.id));
    }
    let mut cas = Vec::new();
    for (number, text) in source.cas.iter().enumerate() {
        let read = text
            .parse()
            .or_else(|e: Error| wrong(e.message().to_owned()));
        cas.push(read.map_err(|t| t.item(number).within("cas"))?);
    }
    let mut goods = Vec::new();
    for (number, kind) in source.goods.into_iter().enumerate() {
        let kind = check_goods(words, kind).map_err(|t| t.item(number).within("goods"))?;
        goods.push(kind);
    }
    let mut exceptions = Vec::new();
    for (number, exception) in source.exception.into_iter().enumerate() {
        check_concepts(words, &exception.stated_by)
            .map_err(|t| t.within("stated_by"))
            .and_then(|()| check_names(&goods, &exception.applies_to))
            .map_err(|t| t.item(number).within("exception"))?;
        let limits = exception.criteria.map(|c| check_criterion(words, c));
        let limits = limits.transpose();
        let limits = limits.map_err(|t| t.within("criteria").item(number).within("exception"))?;
        check_scope(&goods, &exception.scope).map_err(|t| t.item(number).within("exception"))?;
        exceptions.push(Exception {
            text: exception.text,
            basis: exception.basis,
            stated_by: exception.stated_by,
            applies_to: exception.applies_to,
            scope: exception.scope,
            criteria: limits,
        });
    }
    Ok(Entry {
        id: source.id,
        title: source.title,
        description: source.description,
        citations: source.citations,
        cas,
        cas_source: source.cas_source,
        related: source.related,
        notes: source.notes,
        hs: source.hs.unwrap_or_default(),
        goods,
        exceptions,
        examples: source.example,
    })
}

fn check_names(goods: &[Goods], names: &[String]) -> Checked<()> {
    let lost = |name: &String| !goods.iter().any(|kind| &kind.name == name);
    match names.iter().position(lost) {
        Some(number) => {
            let message = format!(
                "the exception names {:?}, no goods of the entry",
                names[number]
            );
            wrong(message).map_err(|t| t.item(number).within("applies_to"))
        }
        None => Ok(()),
    }
}

fn check_scope(goods: &[Goods], scope: &[String]) -> Checked<()> {
    let lost = |para: &String| !goods.iter().any(|kind| kind.criteria.has_paragraph(para));
    match scope.iter().position(lost) {
        Some(number) => {
            let message = format!(
                "the exception's scope names {:?}, no `para` of the entry's criteria",
                scope[number]
            );
            wrong(message).map_err(|t| t.item(number).within("scope"))
        }
        None => Ok(()),
    }
}

fn check_goods(words: &Words, source: GoodsSource) -> Checked<Goods> {
    check_concepts(words, &source.subject).map_err(|t| t.within("subject"))?;
    check_concepts(words, &source.requires).map_err(|t| t.within("requires"))?;
    let parts = match source.parts.as_deref() {
        None | Some("not-covered") => PartsRule::NotCovered,
        Some("covered") => PartsRule::Covered,
        // A rule of a newer format: ask.
        Some(_) => PartsRule::Review,
    };
    Ok(Goods {
        name: source.name,
        subject: source.subject,
        requires: source.requires,
        parts,
        doubt: source.doubt,
        criteria: match source.criteria {
            Some(criteria) => check_criterion(words, criteria).map_err(|t| t.within("criteria"))?,
            None => Criterion::Described,
        },
    })
}

fn check_concepts(words: &Words, ids: &[String]) -> Checked<()> {
    match ids.iter().position(|id| !words.knows(id)) {
        Some(number) => {
            let message = format!(
                "{:?} is no concept of the lexicon or of the list",
                ids[number]
            );
            wrong(message).map_err(|t| t.item(number))
        }
        None => Ok(()),
    }
}

fn check_criterion(words: &Words, mut source: CriterionSource) -> Checked<Criterion> {
    if let Some(para) = source.para.take() {
        let of = Box::new(check_criterion(words, source)?);
        return Ok(Criterion::Paragraph { para, of });
    }
    if !source.other.is_empty() {
        return Ok(Criterion::Unsupported {
            keys: source.other.into_keys().collect(),
        });
    }
    let many = |list: Vec<CriterionSource>| {
        list.into_iter()
            .enumerate()
            .map(|(number, c)| check_criterion(words, c).map_err(|t| t.item(number)))
            .collect::<Checked<Vec<_>>>()
    };
    if let Some(all) = source.all {
        return Ok(Criterion::All {
            of: many(all).map_err(|t| t.within("all"))?,
        });
    }
    if let Some(any) = source.any {
        return Ok(Criterion::Any {
            of: many(any).map_err(|t| t.within("any"))?,
        });
    }
    if let Some(not) = source.not {
        return Ok(Criterion::Not {
            of: Box::new(check_criterion(words, *not).map_err(|t| t.within("not"))?),
        });
    }
    for (attribute, concepts) in [
        (ConceptKind::Material, source.material),
        (ConceptKind::Form, source.form),
        (ConceptKind::Purpose, source.purpose),
        (ConceptKind::Type, source.kind),
        (ConceptKind::Function, source.function),
    ] {
        if let Some(one_of) = concepts {
            check_concepts(words, &one_of).map_err(|t| t.within(attribute.as_str()))?;
            return Ok(Criterion::Concept {
                attribute,
                one_of,
                reading: source.reading,
            });
        }
    }
    let Some(role) = source.quantity else {
        return Ok(Criterion::Described);
    };
    let stated = [
        (Comparison::GreaterThan, source.greater_than),
        (Comparison::AtLeast, source.at_least),
        (Comparison::LessThan, source.less_than),
        (Comparison::AtMost, source.at_most),
        (Comparison::Overlaps, source.overlaps),
        (Comparison::Within, source.within),
        (Comparison::Outside, source.outside),
        (Comparison::Covers, source.covers),
    ];
    let mut stated = stated
        .into_iter()
        .filter_map(|(c, text)| text.map(|text| (c, text)));
    let (Some((comparison, threshold)), None) = (stated.next(), stated.next()) else {
        return wrong(format!(
            "the criterion on {role} needs one comparison with a limit"
        ));
    };
    let mut limit = read_limit(words.lexicon, &role, comparison, threshold)?;
    if let Some(text) = source.ends {
        let Some(ends) = Ends::read(&text) else {
            let message = format!("{text:?} tells no ends of a range; write [], (], [) or ()");
            return wrong(message).map_err(|t| t.within("ends"));
        };
        limit.ends = ends;
    }
    Ok(Criterion::Quantity {
        role,
        bare: source.bare,
        reading: source.reading,
        limit,
    })
}

fn read_limit(
    lexicon: &Lexicon,
    role: &str,
    comparison: Comparison,
    threshold: String,
) -> Checked<Limit> {
    let Some(known) = lexicon.role(role) else {
        let message = format!("{role:?} is no role of the lexicon");
        return wrong(message).map_err(|t| t.within("quantity"));
    };
    let (low, high) = threshold
        .split_once(" to ")
        .unwrap_or((&threshold, &threshold));
    // A bare count ("3") is in the unit of its role's dimension.
    let count = lexicon
        .units()
        .iter()
        .find(|unit| unit.dimension == known.dimension);
    let value = |text: &str| match (text.parse(), count) {
        (Ok(number), Some(unit)) if known.dimension.starts_with("count") => Ok((number, unit)),
        _ => lexicon
            .units()
            .parse_value(text)
            .or_else(|e| wrong(e.message().to_owned()))
            .map_err(|t| t.within(comparison.key())),
    };
    let (low, unit) = value(low)?;
    let (high, high_unit) = value(high)?;
    if let Some(unit) = [unit, high_unit]
        .into_iter()
        .find(|unit| unit.dimension != known.dimension)
    {
        let message = format!(
            "unit {:?} of the limit {threshold:?} measures {}, {role} is a {}",
            unit.id, unit.dimension, known.dimension
        );
        return wrong(message).map_err(|t| t.within(comparison.key()));
    }
    let (low, high) = (unit.to_base(&low), high_unit.to_base(&high));
    if low > high {
        let message = format!("the range {threshold:?} ends below its beginning");
        return wrong(message).map_err(|t| t.within(comparison.key()));
    }
    Ok(Limit {
        comparison,
        ends: Ends::INSIDE,
        unit: unit.id.clone(),
        low,
        high,
        threshold,
    })
}
