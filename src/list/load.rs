//! From what is written to what is checked.

use sha2::{Digest, Sha256};

use super::model::{Comparison, ControlList, Criterion, Entry, Exception, Goods, Limit, PartsRule};
use super::source::{CriterionSource, EntrySource, GoodsSource, Head, ListFile};
use crate::error::{Error, ErrorKind, Location, Result};
use crate::lexicon::{ConceptKind, Lexicon, parse_toml};

/// Reads a list from its files, each with its name, in the order of the names.
///
/// The reader is lenient about what it doesn't know (a newer format may say more), and strict
/// about what it does: a limit without a unit, a CAS number with a wrong check digit, a wrong
/// count of entries are errors.
///
/// # Errors
/// When a file can't be read as a list, or contradicts itself or the lexicon.
pub fn load<'a>(
    lexicon: &Lexicon,
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<ControlList> {
    let mut head: Option<(Head, &str)> = None;
    let mut instruments = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut hash = Sha256::new();
    let mut first = "";
    for (name, text) in files {
        if first.is_empty() {
            first = name;
        }
        hash.update(text.as_bytes());
        let file: ListFile = parse_toml(name, text)?;
        if let Some(found) = file.list {
            head = Some((found, name));
        }
        instruments.extend(file.instrument);
        for source in file.entry {
            let offset = text.find(&format!("\"{}\"", source.id)).unwrap_or(0);
            let place = Location::new(name).at_offset(text, offset);
            if entries.iter().any(|entry| entry.id == source.id) {
                let message = format!("entry {} stands twice", source.id);
                return Err(Error::new(ErrorKind::List, message).at(place));
            }
            entries.push(check_entry(lexicon, source).map_err(|e| e.at(place))?);
        }
    }
    let Some((head, name)) = head else {
        return Err(
            Error::new(ErrorKind::List, "no [list] table in any file of the list")
                .at(Location::new(first)),
        );
    };
    if head.entries != entries.len() {
        let message = format!(
            "the list says {} entries, its files have {}",
            head.entries,
            entries.len()
        );
        return Err(Error::new(ErrorKind::List, message).at(Location::new(name)));
    }
    for entry in &entries {
        for citation in &entry.citations {
            if !instruments.iter().any(|i| i.id == citation.instrument) {
                let message = format!(
                    "{} cites {:?}, which is no instrument",
                    entry.id, citation.instrument
                );
                return Err(Error::new(ErrorKind::List, message).at(Location::new(name)));
            }
        }
    }
    let sha256 = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(ControlList {
        head,
        sha256,
        instruments,
        entries,
    })
}

fn check_entry(lexicon: &Lexicon, source: EntrySource) -> Result<Entry> {
    let wrong = |message: String| Error::new(ErrorKind::List, message);
    if source.citations.is_empty() {
        return Err(wrong(format!("entry {} has no citation", source.id)));
    }
    if source.goods.is_empty() {
        return Err(wrong(format!("entry {} names no goods", source.id)));
    }
    let cas = source
        .cas
        .iter()
        .map(|c| c.parse())
        .collect::<Result<_>>()?;
    let goods = source
        .goods
        .into_iter()
        .map(|g| check_goods(lexicon, g))
        .collect::<Result<Vec<_>>>()?;
    let mut exceptions = Vec::new();
    for exception in source.exception {
        check_concepts(lexicon, &exception.stated_by)?;
        for name in &exception.applies_to {
            if !goods.iter().any(|g| &g.name == name) {
                return Err(wrong(format!(
                    "the exception names {name:?}, no goods of the entry"
                )));
            }
        }
        exceptions.push(Exception {
            text: exception.text,
            stated_by: exception.stated_by,
            applies_to: exception.applies_to,
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
    })
}

fn check_goods(lexicon: &Lexicon, source: GoodsSource) -> Result<Goods> {
    check_concepts(lexicon, &source.subject)?;
    check_concepts(lexicon, &source.requires)?;
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
            Some(criteria) => check_criterion(lexicon, criteria)?,
            None => Criterion::Described,
        },
    })
}

fn check_concepts(lexicon: &Lexicon, ids: &[String]) -> Result<()> {
    match ids.iter().find(|id| lexicon.concept(id).is_none()) {
        Some(id) => Err(Error::new(
            ErrorKind::List,
            format!("{id:?} is no concept of the lexicon"),
        )),
        None => Ok(()),
    }
}

fn check_criterion(lexicon: &Lexicon, source: CriterionSource) -> Result<Criterion> {
    if !source.other.is_empty() {
        return Ok(Criterion::Unsupported {
            keys: source.other.into_keys().collect(),
        });
    }
    let many = |list: Vec<CriterionSource>| {
        list.into_iter()
            .map(|c| check_criterion(lexicon, c))
            .collect::<Result<Vec<_>>>()
    };
    if let Some(all) = source.all {
        return Ok(Criterion::All { of: many(all)? });
    }
    if let Some(any) = source.any {
        return Ok(Criterion::Any { of: many(any)? });
    }
    if let Some(not) = source.not {
        return Ok(Criterion::Not {
            of: Box::new(check_criterion(lexicon, *not)?),
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
            check_concepts(lexicon, &one_of)?;
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
    let wrong = |message: String| Error::new(ErrorKind::List, message);
    let Some(known) = lexicon.role(&role) else {
        return Err(wrong(format!("{role:?} is no role of the lexicon")));
    };
    let stated = [
        (Comparison::GreaterThan, source.greater_than),
        (Comparison::AtLeast, source.at_least),
        (Comparison::LessThan, source.less_than),
        (Comparison::AtMost, source.at_most),
        (Comparison::Overlaps, source.overlaps),
        (Comparison::Within, source.within),
    ];
    let mut stated = stated
        .into_iter()
        .filter_map(|(c, text)| text.map(|text| (c, text)));
    let (Some((comparison, threshold)), None) = (stated.next(), stated.next()) else {
        return Err(wrong(format!(
            "the criterion on {role} needs one comparison with a limit"
        )));
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
        _ => lexicon.units().parse_value(text),
    };
    let (low, unit) = value(low)?;
    let (high, _) = value(high)?;
    if unit.dimension != known.dimension {
        return Err(wrong(format!(
            "unit {:?} of the limit {threshold:?} measures {}, {role} is a {}",
            unit.id, unit.dimension, known.dimension
        )));
    }
    Ok(Criterion::Quantity {
        role,
        bare: source.bare,
        reading: source.reading,
        limit: Limit {
            comparison,
            unit: unit.id.clone(),
            low: unit.to_base(&low),
            high: unit.to_base(&high),
            threshold,
        },
    })
}
