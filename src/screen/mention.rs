//! What the line is about: which mentions count, and which are turned round by the words beside.

use crate::compile::{ConceptId, Match, Ruleset, Strength, Topic};
use crate::lexicon::{ConceptKind, CueClass};
use crate::text::Document;

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
}

/// All that is named in a line, with the cues.
pub(super) struct Mentions {
    pub all: Vec<Mention>,
    pub matches: Vec<Match>,
    pub civil_claim: Option<Match>,
    pub unreal: Vec<usize>,
}

/// Words between a preposition and the goods it governs.
const REACH_OF_PURPOSE: usize = 3;
/// Words between a negation and what it cancels.
const REACH_OF_NEGATION: usize = 4;

impl Mentions {
    pub fn read(rules: &Ruleset, document: &Document) -> Mentions {
        let matches = rules.find(document);
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
                Topic::Cue(class) => Some((class, *m)),
                _ => None,
            })
            .collect();
        let mut all = Vec::new();
        for strength in [Strength::Strong, Strength::Weak] {
            for (concept, place) in concepts(strength) {
                let masked = lookalikes.iter().any(|(other, l)| {
                    *other == concept && l.start < place.end && place.start < l.end
                });
                if masked {
                    continue;
                }
                let supported = supports.iter().any(|(other, s)| {
                    *other == concept && (s.end <= place.start || s.start >= place.end)
                });
                let kind = rules.concept(concept).kind;
                let turn = turn(document, &cues, &place, kind);
                let weak = strength == Strength::Weak && !supported;
                all.push(Mention {
                    place,
                    concept,
                    weak,
                    turn,
                });
            }
        }
        all.sort_by_key(|m| (m.place, m.concept));
        Mentions {
            civil_claim: cues
                .iter()
                .find(|(c, _)| *c == CueClass::CivilClaim)
                .map(|(_, m)| *m),
            unreal: cues
                .iter()
                .filter(|(c, _)| *c == CueClass::Unreal)
                .map(|(_, m)| m.segment)
                .collect(),
            all,
            matches,
        }
    }

    /// Whether any mention names the subject of an entry, or could.
    pub fn names_goods(&self, rules: &Ruleset) -> bool {
        self.all.iter().any(|m| rules.is_subject(m.concept))
    }
}

fn turn(document: &Document, cues: &[(CueClass, Match)], place: &Match, kind: ConceptKind) -> Turn {
    let line = document.line();
    let between = |a: usize, b: usize| line.get(a..b).unwrap_or("");
    let adjacent = |gap: &str| gap.len() <= 2 && gap.chars().all(|c| " -/'".contains(c));
    let unbroken = |gap: &str| !gap.contains([',', ';', '\n', '(', ')', ':']);
    let words = |gap: &str| gap.split_whitespace().count();
    for (class, cue) in cues {
        let negation = match class {
            CueClass::NegationBefore if cue.end <= place.start => {
                let gap = between(cue.end, place.start);
                unbroken(gap) && words(gap) <= REACH_OF_NEGATION
            }
            CueClass::NegationAfter if cue.start >= place.end => {
                let gap = between(place.end, cue.start);
                unbroken(gap) && words(gap) <= REACH_OF_NEGATION
            }
            _ => false,
        };
        if negation {
            return Turn::Negated;
        }
    }
    if kind != ConceptKind::Goods {
        return Turn::Plain;
    }
    for (class, cue) in cues {
        match class {
            CueClass::PartNoun => {
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
                if unbroken(gap) && words(gap) <= REACH_OF_PURPOSE {
                    return Turn::Purpose;
                }
            }
            _ => {}
        }
    }
    Turn::Plain
}
