//! The criteria of an entry, held against what the line states.

use super::figures::Figure;
use super::finding::{Evaluation, Evidence, StatedFigure};
use super::mention::{Mention, Turn};
use super::screener::Line;
use crate::compile::{ConceptId, Ruleset};
use crate::lexicon::{ConceptKind, Sense};
use crate::list::{Comparison, Criterion, Limit};
use crate::logic::Truth;
use crate::vocab::Number;

/// What a criterion is evaluated against.
pub(super) struct Facts<'a> {
    pub rules: &'a Ruleset,
    pub line: &'a Line<'a>,
    pub mentions: &'a [Mention],
    pub figures: &'a [Figure],
    /// Where the goods are named, in the folded line.
    pub goods_at: (usize, usize),
    /// Concepts known to be stated without words: by a CAS number.
    pub subject: Vec<ConceptId>,
}

impl Facts<'_> {
    pub fn evaluate(&self, criterion: &Criterion) -> Evaluation {
        match criterion {
            Criterion::All { of } => self.many("all", of, Truth::all),
            Criterion::Any { of } => self.many("any", of, Truth::any),
            Criterion::Not { of } => {
                let inner = self.evaluate(of);
                Evaluation {
                    truth: !inner.truth,
                    criterion: "not".into(),
                    of: vec![inner],
                    ..blank()
                }
            }
            Criterion::Described => Evaluation {
                truth: Truth::True,
                criterion: "covered by description".into(),
                ..blank()
            },
            Criterion::Unsupported { keys } => Evaluation {
                truth: Truth::Unknown,
                criterion: format!("a criterion of a newer format ({})", keys.join(", ")),
                ask: Some("check this criterion by hand: this version can't evaluate it".into()),
                ..blank()
            },
            Criterion::Concept {
                attribute, one_of, ..
            } => self.concept(*attribute, one_of),
            Criterion::Quantity {
                role, limit, bare, ..
            } => self.quantity(role, limit, *bare),
        }
    }

    fn many(&self, word: &str, of: &[Criterion], join: impl Fn(Vec<Truth>) -> Truth) -> Evaluation {
        let parts: Vec<Evaluation> = of.iter().map(|c| self.evaluate(c)).collect();
        let truth = join(parts.iter().map(|p| p.truth).collect());
        Evaluation {
            truth,
            criterion: word.into(),
            of: parts,
            ..blank()
        }
    }

    fn concept(&self, attribute: ConceptKind, one_of: &[String]) -> Evaluation {
        let wanted: Vec<ConceptId> = one_of
            .iter()
            .filter_map(|id| self.rules.number_of(id))
            .collect();
        let titles: Vec<&str> = wanted
            .iter()
            .map(|&n| self.rules.concept(n).title.as_str())
            .collect();
        let mut evaluation = Evaluation {
            truth: Truth::Unknown,
            criterion: format!("{}: {}", attribute.as_str(), titles.join(" or ")),
            ask: Some(self.question(&wanted, &titles)),
            ..blank()
        };
        let affirms =
            |m: &&Mention| !m.weak && wanted.iter().any(|&w| self.rules.implies(m.concept, w));
        let mut denied: Vec<Evidence> = Vec::new();
        for mention in self.mentions.iter().filter(affirms) {
            let evidence = self
                .line
                .evidence(&mention.place, &self.rules.concept(mention.concept).title);
            if mention.turn == Turn::Negated {
                denied.push(evidence);
            } else if !evaluation.evidence.contains(&evidence) {
                evaluation.truth = Truth::True;
                evaluation.evidence.push(evidence);
            }
        }
        if evaluation.truth == Truth::True {
            return evaluation;
        }
        if self
            .subject
            .iter()
            .any(|&s| wanted.iter().any(|&w| self.rules.implies(s, w)))
        {
            evaluation.truth = Truth::True;
            return evaluation;
        }
        for mention in self.mentions {
            let excludes = !wanted.is_empty()
                && wanted
                    .iter()
                    .all(|&w| self.rules.excludes(mention.concept, w));
            if excludes && !mention.weak && mention.turn != Turn::Negated {
                denied.push(
                    self.line
                        .evidence(&mention.place, &self.rules.concept(mention.concept).title),
                );
            }
        }
        if !denied.is_empty() {
            evaluation.truth = Truth::False;
            evaluation.evidence = denied;
        }
        evaluation
    }

    fn question(&self, wanted: &[ConceptId], titles: &[&str]) -> String {
        let ask = wanted
            .iter()
            .find_map(|&n| self.rules.concept(n).ask.clone());
        ask.unwrap_or_else(|| format!("state whether it is: {}", titles.join(" or ")))
    }

    fn quantity(&self, role: &str, limit: &Limit, bare: Option<bool>) -> Evaluation {
        let mut evaluation = Evaluation {
            truth: Truth::Unknown,
            criterion: format!("{role} {} {}", limit.comparison.as_str(), limit.threshold),
            threshold: Some(limit.threshold.clone()),
            ..blank()
        };
        let lexicon = self.rules.lexicon();
        let Some(known) = lexicon.role(role) else {
            return evaluation;
        };
        let ask = known
            .ask
            .clone()
            .unwrap_or_else(|| format!("state the {role}"));
        evaluation.ask = Some(format!(
            "{ask}; controlled: {} {}",
            limit.comparison.as_str(),
            limit.threshold
        ));
        let bare = bare.unwrap_or(known.bare);
        let mut values = Vec::new();
        for figure in self.figures {
            let cued = figure.role.as_deref() == Some(role);
            let q = &figure.quantity;
            let alike = figure
                .role
                .as_deref()
                .is_some_and(|other| self.alike(other, role));
            let open = figure.role.is_none()
                && bare
                && !q.coded
                && (known.units.is_empty() || known.units.contains(&q.unit))
                && (known.dimension != "length" || q.place == 0);
            if !(cued || alike || open) || q.coded && !cued {
                continue;
            }
            let Some((low, high)) = self.in_dimension(figure, &known.dimension) else {
                continue;
            };
            if role == "vacuum-pressure" && !vacuum(low.as_ref()) {
                continue;
            }
            let mut truth = compare(known.sense, limit, low.as_ref(), high.as_ref());
            if let Some(other) = &q.other
                && compare(known.sense, limit, Some(other), Some(other)) != truth
            {
                truth = Truth::Unknown;
            }
            values.push((truth, figure, low, high));
        }
        for implied in lexicon.implied().iter().filter(|i| i.role == role) {
            let Some(number) = self.rules.number_of(&implied.concept) else {
                continue;
            };
            let said = self.mentions.iter().find(|m| {
                !m.weak && m.turn == Turn::Plain && self.rules.implies(m.concept, number)
            });
            if let Some(mention) = said
                && values.is_empty()
            {
                evaluation.truth = compare(known.sense, limit, Some(&implied.low), None);
                evaluation.evidence.push(self.line.evidence(
                    &mention.place,
                    &format!("{} ({})", implied.written, implied.source),
                ));
                return evaluation;
            }
        }
        if known.sense == Sense::Property && values.len() > 1 {
            // A property belongs to the goods it stands by: the first figure behind their name,
            // else the last before it; one with a cue word goes first.
            let (_, end) = self.goods_at;
            let rank = |figure: &Figure| {
                let cued = figure.role.as_deref() == Some(role);
                let start = figure.quantity.start;
                (!cued, start < end, start.abs_diff(end))
            };
            values.sort_by_key(|(_, figure, ..)| rank(figure));
            values.truncate(1);
        }
        evaluation.truth = match limit.comparison {
            _ if values.is_empty() => Truth::Unknown,
            _ if known.sense == Sense::Capability => Truth::any(values.iter().map(|v| v.0)),
            _ => Truth::all(values.iter().map(|v| v.0)),
        };
        for (_, figure, low, high) in values {
            evaluation.stated.push(StatedFigure {
                evidence: self
                    .line
                    .evidence_at(figure.quantity.start, figure.quantity.end, role),
                converted: self.written(limit, low.as_ref(), high.as_ref()),
            });
        }
        evaluation
    }

    /// Roles that one unit implies and another word names: a diameter is a diameter.
    fn alike(&self, stated: &str, wanted: &str) -> bool {
        const ALIKE: &[&[&str]] = &[
            &["nominal-diameter", "ball-diameter"],
            &["output-frequency", "synthesised-frequency"],
            &["rated-pressure", "vacuum-pressure"],
            &["time-interval", "time-interval"],
        ];
        ALIKE
            .iter()
            .any(|group| group.contains(&stated) && group.contains(&wanted))
    }

    /// The figure's bounds in a dimension, directly or by a table of the lexicon.
    fn in_dimension(
        &self,
        figure: &Figure,
        dimension: &str,
    ) -> Option<(Option<Number>, Option<Number>)> {
        let q = &figure.quantity;
        if q.dimension == dimension {
            return Some((q.low.clone(), q.high.clone()));
        }
        let table = self.rules.lexicon().conversions().iter().find(|c| {
            c.from == q.dimension
                && c.to == dimension
                && c.substance.as_ref().is_none_or(|id| self.names(id))
        })?;
        let convert = |value: &Option<Number>| match value {
            Some(value) => table.apply(value).map(Some),
            None => Some(None),
        };
        let (low, high) = (convert(&q.low)?, convert(&q.high)?);
        Some((low.map(|(low, _)| low), high.map(|(_, high)| high)))
    }

    fn names(&self, id: &str) -> bool {
        self.rules.number_of(id).is_some_and(|wanted| {
            self.subject.contains(&wanted)
                || self
                    .mentions
                    .iter()
                    .any(|m| self.rules.implies(m.concept, wanted))
        })
    }

    fn written(&self, limit: &Limit, low: Option<&Number>, high: Option<&Number>) -> String {
        let Some(unit) = self.rules.lexicon().units().by_id(&limit.unit) else {
            return String::new();
        };
        let show = |value: &Number| unit.from_base(value).to_string();
        match (low, high) {
            (Some(low), Some(high)) if low == high => format!("{} {}", show(low), unit.id),
            (Some(low), Some(high)) => format!("{} to {} {}", show(low), show(high), unit.id),
            (Some(low), None) => format!("from {} {}", show(low), unit.id),
            (None, Some(high)) => format!("up to {} {}", show(high), unit.id),
            (None, None) => "not bounded".into(),
        }
    }
}

/// Whether a pressure can be a vacuum: below the atmosphere.
fn vacuum(low: Option<&Number>) -> bool {
    low.is_none_or(|low| *low < Number::from(100_000))
}

/// A stated interval against a limit. A missing end is open.
fn compare(sense: Sense, limit: &Limit, low: Option<&Number>, high: Option<&Number>) -> Truth {
    let t = &limit.low;
    let capability = sense == Sense::Capability;
    // Whether the lowest stated value meets a lower limit, and whether the highest one does.
    let against_lower = |meets: &dyn Fn(&Number) -> bool| {
        let lowest = low.is_some_and(meets);
        let highest = high.map(meets);
        match (lowest, highest) {
            (true, _) => Truth::True,
            (false, Some(true)) if capability => Truth::True,
            (false, Some(false)) => Truth::False,
            (false, None) if capability && low.is_none() => Truth::Unknown,
            _ => Truth::Unknown,
        }
    };
    let against_upper = |meets: &dyn Fn(&Number) -> bool| {
        let highest = high.is_some_and(meets);
        let lowest = low.map(meets);
        match (highest, lowest) {
            (true, _) => Truth::True,
            (false, Some(true)) if capability => Truth::True,
            (false, Some(false)) => Truth::False,
            _ => Truth::Unknown,
        }
    };
    match limit.comparison {
        Comparison::GreaterThan => against_lower(&|v| v > t),
        Comparison::AtLeast => against_lower(&|v| v >= t),
        Comparison::LessThan => against_upper(&|v| v < t),
        Comparison::AtMost => against_upper(&|v| v <= t),
        Comparison::Overlaps => {
            let below = high.is_some_and(|h| h < &limit.low);
            let above = low.is_some_and(|l| l > &limit.high);
            match (low, high) {
                _ if below || above => Truth::False,
                // "up to 400 Hz" reaches the range; "from 1 Hz" may end below it.
                (_, Some(_)) => Truth::True,
                (Some(l), None) if l >= &limit.low => Truth::True,
                _ => Truth::Unknown,
            }
        }
        Comparison::Within => match (low, high) {
            (Some(l), Some(h)) => (l >= &limit.low && h <= &limit.high).into(),
            _ => Truth::Unknown,
        },
    }
}

fn blank() -> Evaluation {
    Evaluation {
        truth: Truth::Unknown,
        criterion: String::new(),
        threshold: None,
        stated: Vec::new(),
        evidence: Vec::new(),
        ask: None,
        of: Vec::new(),
    }
}
