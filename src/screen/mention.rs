//! What the line is about: which mentions count, and which are turned round by the words beside.

use super::clause::Clauses;
use super::repair::Repaired;
use crate::compile::{ConceptId, Match, Repair, Ruleset, Strength, Topic};
use crate::lexicon::{ConceptKind, CueClass};
use crate::text::{Document, Quantity, is_unspaced};

/// A concept named in the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub place: Match,
    pub concept: ConceptId,
    /// Named by a weak term without support in the words.
    pub weak: bool,
    pub turn: Turn,
}

/// What the words beside make of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing: the goods, or a quality of them.
    Plain,
    /// The goods are a part, an accessory or a consumable of it.
    PartOf,
    /// The goods are for it.
    Purpose,
    /// It isn't there.
    Negated,
    /// The line is about a toy, a model, a book of it.
    Unreal,
}

/// All that is named in a line, with the cues.
pub(super) struct Mentions {
    pub all: Vec<Mention>,
    /// Words of a concept inside a longer phrase that means something else, with that phrase.
    pub masked: Vec<(ConceptId, Match, Match)>,
    pub civil_claim: Option<Match>,
    pub clauses: Clauses,
}

/// Fewest letters of a misspelt word that stands for itself.
const SHORTEST_SURE_TYPO: usize = 8;
const SHORTEST_SURE_MISREAD: usize = 6;
/// Words between a preposition and the goods it governs.
const REACH_OF_PURPOSE: usize = 3;
/// Words between a preposition and the brackets that explain what it governs.
const REACH_OF_BRACKETS: usize = 8;
/// Words between a negation and what it cancels.
const REACH_OF_NEGATION: usize = 4;

impl Mentions {
    /// Reads the matches of a line. What is named inside a quantity (`220 VAC`) or as a piece of a
    /// longer code (`KF16D-54094`) isn't named at all.
    pub fn read(
        rules: &Ruleset,
        document: &Document,
        matches: &[Match],
        quantities: &[Quantity],
        repaired: &[Repaired],
        end_of_description: usize,
    ) -> Mentions {
        let concepts = |strength: Strength| {
            matches.iter().filter_map(move |m| match m.topic {
                Topic::Concept(concept, s) if s == strength => Some((concept, *m)),
                _ => None,
            })
        };
        let lookalikes: Vec<_> = concepts(Strength::Lookalike).collect();
        let supports: Vec<_> = concepts(Strength::Support).collect();
        let cues: Vec<(CueClass, Match)> = matches
            .iter()
            .filter_map(|m| match m.topic {
                Topic::Cue(class) if !is_letter_of_code(document, m) => Some((class, *m)),
                _ => None,
            })
            .collect();
        let unreal: Vec<usize> = cues
            .iter()
            .filter(|(c, _)| *c == CueClass::Unreal)
            .map(|(_, m)| m.segment)
            .collect();
        let mut all = Vec::new();
        let mut masked = Vec::new();
        for strength in [Strength::Strong, Strength::Weak] {
            for (concept, place) in concepts(strength) {
                let kind = rules.concept(concept).kind;
                if is_piece_of_code(document, &place, kind)
                    || is_unit(document, &place, quantities)
                    || labels_a_vehicle(document, &place)
                {
                    continue;
                }
                if let Some((_, longer)) = lookalikes.iter().find(|(other, l)| {
                    *other == concept && l.start < place.end && place.start < l.end
                }) {
                    masked.push((concept, place, *longer));
                    continue;
                }
                let supported = supports.iter().any(|(other, s)| {
                    *other == concept && (s.end <= place.start || s.start >= place.end)
                });
                let sure = strength == Strength::Strong && is_sure(document, &place, repaired);
                all.push(Mention {
                    place,
                    concept,
                    weak: !sure && !supported,
                    turn: if unreal.contains(&place.segment) {
                        Turn::Unreal
                    } else {
                        let may_be_goods = kind == ConceptKind::Goods || rules.is_subject(concept);
                        turn(
                            document,
                            &cues,
                            &place,
                            may_be_goods,
                            rules.is_substance(concept),
                        )
                    },
                });
            }
        }
        all.sort_by_key(|m| (m.place, m.concept));
        let named = all.iter().filter(|m: &&Mention| {
            !m.weak && m.turn == Turn::Plain && rules.concept(m.concept).kind == ConceptKind::Goods
        });
        // Goods that only look like listed ones have figures of their own too.
        let others = masked.iter().map(|(_, _, longer)| longer);
        let mut goods: Vec<usize> = named
            .map(|m| m.place.start)
            .chain(others.map(|longer: &Match| longer.start))
            .collect();
        goods.sort_unstable();
        Mentions {
            civil_claim: cues
                .iter()
                .find(|(c, _)| *c == CueClass::CivilClaim)
                .map(|(_, m)| *m),
            clauses: Clauses::new(document, &goods, end_of_description),
            all,
            masked,
        }
    }
}

/// Whether a term is unmistakable although words of it are misspelt: several words, or one long
/// word. Signs that look alike leave less doubt than letters that differ.
fn is_sure(document: &Document, place: &Match, repaired: &[Repaired]) -> bool {
    let mut read = repaired
        .iter()
        .filter(|r| r.start < place.end && place.start < r.end)
        .peekable();
    if read.peek().is_none() || place.last - place.first > 1 {
        return true;
    }
    read.all(|r| {
        let letters = document.line()[r.start..r.end].chars().count();
        match r.reading.repair {
            Repair::Script | Repair::Together | Repair::Apart | Repair::Abbreviation => true,
            Repair::Misread => letters >= SHORTEST_SURE_MISREAD,
            Repair::Typo(edits) => letters >= SHORTEST_SURE_TYPO + 2 * (edits - 1),
        }
    })
}

/// Whether letters and digits of a term are only a piece of a longer code: `KF16` in
/// `KF16D-54094`, `CF 200` in `CF (200L)`. Grades of a material are written into codes on purpose
/// (`A182F316L`).
fn is_piece_of_code(document: &Document, place: &Match, kind: ConceptKind) -> bool {
    let line = document.line();
    let text = &line[place.start..place.end];
    if place.pair || !text.is_ascii() {
        return false;
    }
    if kind == ConceptKind::Material && is_series(text, &line[place.end..]) {
        return true;
    }
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let glued = |c: char| c.is_ascii_alphanumeric();
    let inside = line[..place.start].ends_with(glued) || line[place.end..].starts_with(glued);
    // In a formula a letter stands behind the bracket: `(C4H9)3N`.
    let mut brackets = text.split('(').skip(1);
    let remark = brackets.any(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    remark || (inside && kind != ConceptKind::Material)
}

/// Whether two letters begin the name of a model (`SS-08`, `SS-2000H`) rather than a grade
/// (`SS-316`): grades have three digits.
fn is_series(letters: &str, behind: &str) -> bool {
    let Some(digits) = behind.strip_prefix('-') else {
        return false;
    };
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    letters.len() == 2
        && letters.bytes().all(|c| c.is_ascii_alphabetic())
        && !matches!(count, 0 | 3)
}

/// Whether a word of one letter is glued to a digit: the `P` of `P3` is no `para`.
fn is_letter_of_code(document: &Document, place: &Match) -> bool {
    let line = document.line();
    let digit = |c: char| c.is_ascii_digit();
    line[place.start..place.end].chars().count() == 1
        && line[place.start..place.end]
            .chars()
            .all(char::is_alphabetic)
        && !line[place.start..place.end].contains(is_unspaced)
        && (line[place.end..].starts_with(digit) || line[..place.start].ends_with(digit))
}

/// Letters and digits of a vehicle's identification number (ISO 3779).
const VIN: usize = 17;

/// Whether a vehicle's number follows at once, so that the words only tell what the number is of:
/// `TRUCK CHASSIS: KNFWTZ76ACK677390`.
fn labels_a_vehicle(document: &Document, place: &Match) -> bool {
    let behind = &document.line()[place.end..];
    let number = behind.trim_start_matches([' ', ':', '#', ';', '=', '.']);
    if number.len() == behind.len() {
        return false;
    }
    let length = number.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let number = &number.as_bytes()[..length];
    length == VIN
        && number.iter().filter(|b| b.is_ascii_digit()).count() >= 4
        && number.iter().filter(|b| b.is_ascii_alphabetic()).count() >= 2
        && !number.iter().any(|b| b"ioq".contains(b))
}

/// Whether a term is only the unit of a figure (`220 VAC`), or its number (`316 PSI`). A number
/// before a litre sign is a grade rather than a volume (`316 L`).
pub(super) fn is_unit(document: &Document, place: &Match, quantities: &[Quantity]) -> bool {
    let digits = document.line()[place.start..place.end].contains(|c: char| c.is_ascii_digit());
    quantities.iter().any(|q| {
        if digits {
            q.start == place.start && place.end < q.end && q.unit != "L" && !q.coded
        } else {
            q.start < place.start && place.end <= q.end
        }
    })
}

/// How many words a gap between a cue and goods has. Letters that stand alone are counted as the
/// words that they were read as.
fn words_between(gap: &str, cue: &Match, place: &Match) -> usize {
    let read = place
        .first
        .saturating_sub(cue.last)
        .max(cue.first.saturating_sub(place.last));
    gap.split_whitespace().count().min(read.max(1))
}

/// Whether what stands between a noun and its negation is no noun: `는`, `-`, nothing.
fn is_particle(gap: &str) -> bool {
    gap.chars().count() <= 1
}

fn turn(
    document: &Document,
    cues: &[(CueClass, Match)],
    place: &Match,
    may_be_goods: bool,
    substance: bool,
) -> Turn {
    let line = document.line();
    let between = |a: usize, b: usize| line.get(a..b).unwrap_or("");
    let adjacent = |gap: &str| gap.len() <= 2 && gap.chars().all(|c| " -/'".contains(c));
    // A negation that ends a row of the cell, or begins one, governs the neighbouring row.
    let unbroken = |gap: &str| !gap.contains([',', ';', '\n', '(', ')', ':']) || gap == "\n";
    for (class, cue) in cues {
        let words = |gap: &str| words_between(gap, cue, place);
        let negation = match class {
            CueClass::NegationBefore if cue.end <= place.start => {
                let gap = between(cue.end, place.start);
                unbroken(gap) && words(gap) <= REACH_OF_NEGATION
            }
            // `not` and its like govern the next word or two; `ITEM NO. 12` is a number.
            CueClass::NegationWord if cue.end <= place.start => {
                let gap = between(cue.end, place.start);
                // Without blanks between words there is no telling how far it reaches: `无损检测`
                // (non-destructive testing) and `비파괴` aren't the negation of what comes next.
                unbroken(gap)
                    && words(gap) <= 1
                    && !gap.contains(|c: char| c.is_ascii_digit() || ".#".contains(c))
                    && !gap.contains(is_unspaced)
            }
            CueClass::NegationAfter if cue.start >= place.end => {
                let gap = between(place.end, cue.start).trim();
                unbroken(gap) && (is_particle(gap) || words(gap) <= 1 && !gap.contains(is_unspaced))
            }
            // A suffix negates the noun it is glued to: `タンク 攪拌機なし`, `PUMP OIL FREE`.
            CueClass::NegationSuffix if cue.start >= place.end => {
                let gap = between(place.end, cue.start);
                unbroken(gap) && is_particle(gap.trim())
            }
            _ => false,
        };
        if negation {
            return Turn::Negated;
        }
    }
    if !may_be_goods {
        return Turn::Plain;
    }
    for (class, cue) in cues {
        let words = |gap: &str| words_between(gap, cue, place);
        match class {
            // `PYRIDINE REAGENT` is pyridine, `CHROMATOGRAPH REAGENT` no chromatograph.
            CueClass::ChemicalNoun if substance && cue.start >= place.end => {}
            CueClass::PartNoun | CueClass::ChemicalNoun => {
                if cue.start >= place.end && adjacent(between(place.end, cue.start)) {
                    return Turn::PartOf;
                }
                let governs = cue.end <= place.start && {
                    let gap = between(cue.end, place.start);
                    cues.iter().any(|(c, of)| {
                        matches!(c, CueClass::OfBefore | CueClass::PurposeBefore)
                            && of.start >= cue.end
                            && of.end <= place.start
                            && adjacent(between(cue.end, of.start))
                    }) && unbroken(gap)
                        && words(gap) <= REACH_OF_PURPOSE + 1
                };
                if governs {
                    return Turn::PartOf;
                }
            }
            CueClass::PurposeAfter
                if cue.start >= place.end && between(place.end, cue.start).trim().is_empty() =>
            {
                return Turn::Purpose;
            }
            CueClass::PurposeBefore if cue.end <= place.start => {
                let gap = between(cue.end, place.start);
                // `SPARE PARTS FOR: MASS SPECTROMETER`; a cell may break behind `FOR` as well.
                let gap = gap.trim_start_matches([' ', '\n']);
                let gap = gap.strip_prefix(':').unwrap_or(gap);
                if unbroken(gap) && words(gap) <= REACH_OF_PURPOSE {
                    return Turn::Purpose;
                }
                // `FOR PLANT EQUIPMENT (PUMPS, VALVES)`: what brackets list explains the purpose.
                if let Some((purpose, listed)) = gap.split_once('(')
                    && unbroken(purpose)
                    && words(purpose) <= REACH_OF_BRACKETS
                    && !listed.contains([')', ';', '\n'])
                {
                    return Turn::Purpose;
                }
            }
            _ => {}
        }
    }
    Turn::Plain
}
