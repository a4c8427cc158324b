//! The criteria of an entry, held against what the line states.

use super::clause::{Group, Nearness};
use super::figures::Figure;
use super::finding::{Evaluation, Evidence, StatedFigure};
use super::judge::Known;
use super::mention::{Mention, Turn};
use crate::compile::ConceptId;
use crate::lexicon::{ConceptKind, Role, Sense};
use crate::list::{Comparison, Criterion, Limit, is_under};
use crate::logic::Truth;
use crate::text::Quantity;
use crate::vocab::Number;

/// What a criterion is evaluated against.
pub(super) struct Facts<'a> {
    pub known: &'a Known<'a>,
    /// The goods of the line that are looked at; none: the line names only one.
    pub group: Option<Group>,
    /// Whether the HS code supports the entry, so that weak names count.
    pub hs_agrees: bool,
    /// Where the goods are named, in the folded line.
    pub goods_at: (usize, usize),
    /// Concepts known to be stated without words: by a CAS number.
    pub subject: Vec<ConceptId>,
    /// Paragraphs that an exception takes out.
    pub excepted: Vec<&'a str>,
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
                    of: vec![inner],
                    ..Evaluation::unknown("not")
                }
            }
            Criterion::Paragraph { para, of } => {
                let inner = self.evaluate(of);
                let name = format!("paragraph {para}");
                let out = self.excepted.iter().any(|scope| is_under(para, scope));
                Evaluation {
                    truth: if out { Truth::False } else { inner.truth },
                    of: vec![inner],
                    ..Evaluation::unknown(if out {
                        format!("{name}, taken out by an exception")
                    } else {
                        name
                    })
                }
            }
            Criterion::Described => Evaluation {
                truth: Truth::True,
                ..Evaluation::unknown("covered by description")
            },
            Criterion::Unsupported { keys } => Evaluation {
                ask: Some("check this criterion by hand: this version can't evaluate it".into()),
                ..Evaluation::unknown(format!(
                    "a criterion of a newer format ({})",
                    keys.join(", ")
                ))
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
            of: parts,
            ..Evaluation::unknown(word)
        }
    }

    /// The mentions that count as words by these goods, the nearest first: their own, else those
    /// of neighbours, else all.
    fn nearest<'m>(&self, mut mentions: Vec<&'m Mention>) -> Vec<&'m Mention> {
        let nearness = |m: &Mention| {
            self.known
                .mentions
                .clauses
                .nearness(m.place.start, self.group)
        };
        if let Some(nearest) = mentions.iter().map(|m| nearness(m)).min() {
            mentions.retain(|m| nearness(m) == nearest);
        }
        mentions
    }

    /// The words that say what a concept stands for, unless they are said of other goods only.
    pub fn said(&self, id: &str) -> Option<&Mention> {
        let wanted = self.known.rules.number_of(id)?;
        let kind = self.known.rules.concept(wanted).kind;
        let all = self.known.mentions.all.iter();
        let of_kind = all.filter(|m| {
            !self.is_weak(m)
                && !matches!(m.turn, Turn::Negated | Turn::Unreal)
                && (kind == ConceptKind::Material) == (self.kind(m) == ConceptKind::Material)
                && (kind == ConceptKind::Material || self.known.rules.implies(m.concept, wanted))
        });
        self.nearest(of_kind.collect())
            .into_iter()
            .find(|m| self.known.rules.implies(m.concept, wanted))
    }

    fn is_weak(&self, mention: &Mention) -> bool {
        mention.weak && !self.hs_agrees
    }

    fn kind(&self, mention: &Mention) -> ConceptKind {
        self.known.rules.concept(mention.concept).kind
    }

    fn concept(&self, attribute: ConceptKind, one_of: &[String]) -> Evaluation {
        let rules = self.known.rules;
        let wanted: Vec<ConceptId> = one_of.iter().filter_map(|id| rules.number_of(id)).collect();
        let titles: Vec<&str> = wanted
            .iter()
            .map(|&n| rules.concept(n).title.as_str())
            .collect();
        let mut evaluation = Evaluation {
            ask: Some(self.question(&wanted, &titles)),
            ..Evaluation::unknown(format!("{}: {}", attribute.as_str(), titles.join(" or ")))
        };
        let affirms = |m: &Mention| wanted.iter().any(|&w| rules.implies(m.concept, w));
        let rules_out = |m: &Mention| {
            !wanted.is_empty() && wanted.iter().all(|&w| rules.excludes(m.concept, w))
        };
        // What is said of these goods goes before what is said of others in the line.
        let telling =
            self.known.mentions.all.iter().filter(|m| {
                !self.is_weak(m) && m.turn != Turn::Unreal && (affirms(m) || rules_out(m))
            });
        let telling = self.nearest(telling.collect());
        let cite = |m: &Mention| self.known.cite(m);
        for mention in telling
            .iter()
            .filter(|m| affirms(m) && m.turn != Turn::Negated)
        {
            evaluation.truth = Truth::True;
            let evidence = cite(mention);
            if !evaluation.evidence.contains(&evidence) {
                evaluation.evidence.push(evidence);
            }
        }
        let by_code = |s: &ConceptId| wanted.iter().any(|&w| rules.implies(*s, w));
        if evaluation.truth == Truth::True || self.subject.iter().any(by_code) {
            evaluation.truth = Truth::True;
            return evaluation;
        }
        let denied = |m: &&&Mention| affirms(m) == (m.turn == Turn::Negated);
        evaluation.evidence = telling.iter().filter(denied).map(|m| cite(m)).collect();
        if !evaluation.evidence.is_empty() {
            evaluation.truth = Truth::False;
        }
        evaluation
    }

    fn question(&self, wanted: &[ConceptId], titles: &[&str]) -> String {
        let ask = wanted
            .iter()
            .find_map(|&n| self.known.rules.concept(n).ask.clone());
        ask.unwrap_or_else(|| format!("state whether it is: {}", titles.join(" or ")))
    }

    fn quantity(&self, role: &str, limit: &Limit, bare: Option<bool>) -> Evaluation {
        let mut evaluation = Evaluation {
            threshold: Some(limit.threshold.clone()),
            ..Evaluation::unknown(format!("{role} {limit}"))
        };
        let lexicon = self.known.rules.lexicon();
        let Some(known) = lexicon.role(role) else {
            return evaluation;
        };
        let ask = known
            .ask
            .clone()
            .unwrap_or_else(|| format!("state the {role}"));
        evaluation.ask = Some(format!("{ask}; controlled: {limit}"));
        let mut values = self.values(known, limit, bare.unwrap_or(known.bare));
        let nearness = |v: &Value<'_>| {
            let clauses = &self.known.mentions.clauses;
            clauses.nearness(v.figure.quantity.start, self.group)
        };
        if let Some(nearest) = values.iter().map(nearness).min() {
            values.retain(|v| nearness(v) == nearest && nearest != Nearness::Apart);
        }
        if known.sense == Sense::Property && values.len() > 1 {
            // A property belongs to the goods it stands by: the first figure behind their name,
            // else the last before it; one with a cue word goes first.
            let (_, end) = self.goods_at;
            values.sort_by_key(|v| {
                let cued = v.figure.role.as_deref() == Some(role);
                let start = v.figure.quantity.start;
                (!cued, start < end, start.abs_diff(end))
            });
            values.truncate(1);
        }
        let truths = values.iter().map(|v| v.truth);
        let stated = (!values.is_empty()).then(|| match known.sense {
            Sense::Capability => Truth::any(truths),
            Sense::Property => Truth::all(truths),
        });
        let implied = self.implied(known, limit, &mut evaluation.evidence);
        evaluation.truth = match (stated, implied, known.sense) {
            (Some(stated), Some(implied), Sense::Capability) => stated.or(implied),
            // "Fuming" and "20 %" contradict each other: somebody has to say which is right.
            (Some(stated), Some(implied), Sense::Property) if stated != implied => Truth::Unknown,
            (stated, implied, _) => stated.or(implied).unwrap_or(Truth::Unknown),
        };
        for value in values {
            let q = &value.figure.quantity;
            evaluation.stated.push(StatedFigure {
                evidence: self.known.line.evidence_at(q.start, q.end, role),
                converted: self.written(limit, value.low.as_ref(), value.high.as_ref()),
            });
        }
        evaluation
    }

    /// The figures of the line that count in a role, held against a limit.
    fn values(&self, known: &Role, limit: &Limit, bare: bool) -> Vec<Value<'_>> {
        let mut values = Vec::new();
        for stated in self.stated(known, bare) {
            let Stated {
                figure, low, high, ..
            } = stated;
            let mut truth = compare(known.sense, limit, low.as_ref(), high.as_ref());
            if let Some(other) = &figure.quantity.other
                && compare(known.sense, limit, Some(other), Some(other)) != truth
            {
                truth = Truth::Unknown;
            }
            if known.any_of_sizes && truth == Truth::False && self.is_lone(&figure.quantity) {
                truth = Truth::Unknown;
            }
            // Another substance's share can't clear this one.
            let property = known.sense == Sense::Property;
            let start = figure.quantity.start;
            if property && truth == Truth::False && !stated.cued && self.stands_by_others(start) {
                truth = Truth::Unknown;
            }
            values.push(Value {
                truth,
                figure,
                low,
                high,
            });
        }
        values.extend(self.quotient(known, limit));
        values
    }

    /// A figure that isn't stated, computed from two that are: of each the first one, one with a
    /// cue word before others.
    fn quotient(&self, known: &Role, limit: &Limit) -> Option<Value<'_>> {
        let formula = known.quotient.as_ref()?;
        let lexicon = self.known.rules.lexicon();
        let pick = |id: &str| {
            let role = lexicon.role(id)?;
            let clauses = &self.known.mentions.clauses;
            let stated = self.stated(role, role.bare).into_iter();
            let own = stated.filter(|s| {
                clauses.nearness(s.figure.quantity.start, self.group) != Nearness::Apart
            });
            own.min_by_key(|s| !s.cued)
        };
        let (of, by) = match (pick(&formula.of), pick(&formula.by)) {
            (Some(of), Some(by)) => (of, by),
            _ => self.proportion(&formula.of, &formula.by)?,
        };
        if of.figure.quantity.start == by.figure.quantity.start {
            return None;
        }
        let divide = |of: &Option<Number>, by: &Option<Number>| {
            let quotient = of.as_ref()?.checked_div(by.as_ref()?)?;
            match &formula.divisor {
                Some(divisor) => quotient.checked_div(&divisor.parse().ok()?),
                None => Some(quotient),
            }
        };
        let (low, high) = (divide(&of.low, &by.high), divide(&of.high, &by.low));
        Some(Value {
            truth: compare(known.sense, limit, low.as_ref(), high.as_ref()),
            figure: of.figure,
            low,
            high,
        })
    }

    /// Two sizes of one expression without a unit, each in the place of its role: their quotient
    /// needs no unit.
    fn proportion(&self, of: &str, by: &str) -> Option<(Stated<'_>, Stated<'_>)> {
        let sizes = |id: &str| {
            let role = self.known.rules.lexicon().role(id)?;
            let clauses = &self.known.mentions.clauses;
            self.known.figures.iter().find(|figure| {
                let q = &figure.quantity;
                q.dimension == Quantity::PROPORTION
                    && self.is_in_place(role, q)
                    && clauses.nearness(q.start, self.group) != Nearness::Apart
            })
        };
        let (of, by) = (sizes(of)?, sizes(by)?);
        (of.quantity.chain == by.quantity.chain).then(|| (Stated::plain(of), Stated::plain(by)))
    }

    /// The figures of the line that count in a role.
    fn stated(&self, known: &Role, bare: bool) -> Vec<Stated<'_>> {
        let mut found = Vec::new();
        for figure in &self.known.figures {
            let q = &figure.quantity;
            let stated = figure.role.as_deref();
            let cued = stated == Some(&known.id);
            let alike = stated.is_some_and(|role| known.alike.iter().any(|a| a == role));
            let open = stated.is_none()
                && bare
                && (known.units.is_empty() || known.units.contains(&q.unit))
                && (known.dimension != "length"
                    || (known.any_of_sizes || self.is_in_place(known, q))
                        && !(self.is_box(q) && !(known.any_of_sizes && q.unit == "m")));
            if !(cued || (alike || open) && !q.coded) {
                continue;
            }
            let Some((mut low, mut high)) = self.in_dimension(figure, &known.dimension) else {
                continue;
            };
            if let Some(count) = q.count.as_ref().filter(|_| known.times_count) {
                low = low.map(|value| value * count.clone());
                high = high.map(|value| value * count.clone());
            }
            let outside = known.below.as_ref().is_some_and(|below| {
                let units = self.known.rules.lexicon().units();
                let most = units.parse_value(below).map(|(n, unit)| unit.to_base(&n));
                low.as_ref()
                    .zip(most.ok())
                    .is_some_and(|(low, most)| *low >= most)
            });
            if !outside {
                found.push(Stated {
                    figure,
                    low,
                    high,
                    cued,
                });
            }
        }
        found
    }

    /// Whether a size stands where a role's figure stands in an expression of sizes.
    fn is_in_place(&self, known: &Role, q: &Quantity) -> bool {
        let chain = || self.known.figures.iter().map(|f| &f.quantity);
        q.place == known.place
            && (known.sizes == 0
                || chain().filter(|other| other.chain == q.chain).count() >= known.sizes)
    }

    /// Whether a size stands by itself, so that it tells nothing of the other dimensions.
    fn is_lone(&self, q: &Quantity) -> bool {
        let sizes = self.known.figures.iter().map(|f| &f.quantity);
        let mut others = sizes.filter(|other| {
            other.chain == q.chain && (other.start, other.place) != (q.start, q.place)
        });
        others.next().is_none()
    }

    /// Whether a size is one of three in a unit for boxes: `120X80X100 CM`.
    fn is_box(&self, q: &Quantity) -> bool {
        let sizes = self.known.figures.iter().map(|f| &f.quantity);
        let mut third = sizes.filter(|other| other.chain == q.chain && other.place == 2);
        matches!(q.unit.as_str(), "cm" | "m") && third.next().is_some()
    }

    /// Whether a figure stands in another segment or clause than the goods, behind words of its
    /// own: `NITRIC ACID; PHOSPHORIC ACID 5 %`.
    fn stands_by_others(&self, figure: usize) -> bool {
        let line = self.known.line.document.line();
        let cut = |c: char| matches!(c, ';' | '\n' | ',');
        let (_, goods) = self.goods_at;
        let Some(between) = line.get(goods..figure) else {
            // The figure stands before the goods.
            let (start, _) = self.goods_at;
            return line.get(figure..start).is_some_and(|gap| gap.contains(cut));
        };
        let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() >= 4;
        between
            .rsplit_once(cut)
            .is_some_and(|(_, own)| own.split_whitespace().any(is_word))
    }

    /// What figures that words imply make of a limit: fuming nitric acid is above 86 %.
    fn implied(&self, known: &Role, limit: &Limit, evidence: &mut Vec<Evidence>) -> Option<Truth> {
        let mut truth = None;
        let implied = self.known.rules.lexicon().implied().iter();
        for fact in implied.filter(|fact| fact.role == known.id) {
            let Some(number) = self.known.rules.number_of(&fact.concept) else {
                continue;
            };
            let said = self.known.mentions.all.iter().find(|m| {
                !self.is_weak(m)
                    && matches!(m.turn, Turn::Plain | Turn::Purpose)
                    && self.known.rules.implies(m.concept, number)
            });
            if let Some(mention) = said {
                let means = format!("{} ({})", fact.written, fact.source);
                evidence.push(self.known.line.evidence(&mention.place, &means));
                let this = compare(known.sense, limit, fact.low.as_ref(), fact.high.as_ref());
                truth = Some(truth.map_or(this, |other: Truth| other.or(this)));
            }
        }
        truth
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
        let table = self.known.rules.lexicon().conversions().iter().find(|c| {
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
        self.known.rules.number_of(id).is_some_and(|wanted| {
            self.subject.contains(&wanted)
                || self
                    .known
                    .mentions
                    .all
                    .iter()
                    .any(|m| self.known.rules.implies(m.concept, wanted))
        })
    }

    fn written(&self, limit: &Limit, low: Option<&Number>, high: Option<&Number>) -> String {
        let Some(unit) = self.known.rules.lexicon().units().by_id(&limit.unit) else {
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

/// A figure of the line in a role.
struct Stated<'a> {
    figure: &'a Figure,
    low: Option<Number>,
    high: Option<Number>,
    /// Whether a word or the unit says that it has the role.
    cued: bool,
}

impl Stated<'_> {
    /// A figure as it stands, without a word for its role.
    fn plain(figure: &Figure) -> Stated<'_> {
        Stated {
            figure,
            low: figure.quantity.low.clone(),
            high: figure.quantity.high.clone(),
            cued: false,
        }
    }
}

/// A figure of the line, held against a limit.
struct Value<'a> {
    truth: Truth,
    figure: &'a Figure,
    low: Option<Number>,
    high: Option<Number>,
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
        Comparison::Overlaps => match (low, high) {
            _ if is_below(limit, high) || is_above(limit, low) => Truth::False,
            // "up to 400 Hz" reaches the range; "from 1 Hz" may end below it.
            (_, Some(_)) => Truth::True,
            (Some(l), None) if begins_in_or_above(limit, l) => Truth::True,
            _ => Truth::Unknown,
        },
        Comparison::Within => match (low, high) {
            (Some(l), Some(h)) => {
                (begins_in_or_above(limit, l) && ends_in_or_below(limit, h)).into()
            }
            _ => Truth::Unknown,
        },
        Comparison::Outside => match (low, high) {
            _ if is_below(limit, high) || is_above(limit, low) => Truth::True,
            (Some(l), Some(h)) if begins_in_or_above(limit, l) && ends_in_or_below(limit, h) => {
                Truth::False
            }
            // A range with a part outside can do it.
            (Some(_), Some(_)) if capability => Truth::True,
            _ => Truth::Unknown,
        },
        Comparison::Covers => {
            let from = low.map(|l| *l <= limit.low);
            let to = high.map(|h| *h >= limit.high);
            match (from, to) {
                (Some(true), Some(true)) => Truth::True,
                (Some(false), _) | (_, Some(false)) => Truth::False,
                _ => Truth::Unknown,
            }
        }
    }
}

/// Whether a stated range ends below a limit's range.
fn is_below(limit: &Limit, high: Option<&Number>) -> bool {
    high.is_some_and(|h| *h < limit.low || (*h == limit.low && !limit.ends.low))
}

/// Whether a stated range begins above a limit's range.
fn is_above(limit: &Limit, low: Option<&Number>) -> bool {
    low.is_some_and(|l| *l > limit.high || (*l == limit.high && !limit.ends.high))
}

fn begins_in_or_above(limit: &Limit, low: &Number) -> bool {
    *low > limit.low || (*low == limit.low && limit.ends.low)
}

fn ends_in_or_below(limit: &Limit, high: &Number) -> bool {
    *high < limit.high || (*high == limit.high && limit.ends.high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Ends;

    fn limit(comparison: Comparison, ends: &str) -> Limit {
        Limit {
            comparison,
            threshold: "10 to 20".to_owned(),
            ends: Ends::read(ends).expect("ends"),
            unit: String::new(),
            low: Number::from(10),
            high: Number::from(20),
        }
    }

    fn held(sense: Sense, limit: &Limit, low: i64, high: i64) -> Truth {
        compare(
            sense,
            limit,
            Some(&Number::from(low)),
            Some(&Number::from(high)),
        )
    }

    #[test]
    fn outside_is_below_or_above_and_of_a_capability_partly() {
        use Truth::{False, True, Unknown};
        let closed = limit(Comparison::Outside, "[]");
        for (low, high, property, capability) in [
            (5, 9, True, True),
            (21, 30, True, True),
            (10, 20, False, False),
            (5, 15, Unknown, True),
            (5, 30, Unknown, True),
        ] {
            assert_eq!(
                held(Sense::Property, &closed, low, high),
                property,
                "{low} to {high}"
            );
            assert_eq!(
                held(Sense::Capability, &closed, low, high),
                capability,
                "{low} to {high}"
            );
        }
        let open = limit(Comparison::Outside, "()");
        assert_eq!(held(Sense::Property, &open, 10, 10), True);
        assert_eq!(held(Sense::Property, &open, 20, 20), True);
        assert_eq!(held(Sense::Property, &open, 11, 19), False);
    }

    #[test]
    fn covers_takes_in_the_whole_range() {
        use Truth::{False, True, Unknown};
        let whole = limit(Comparison::Covers, "[]");
        for (low, high, expected) in [
            (10, 20, True),
            (5, 30, True),
            (11, 30, False),
            (5, 19, False),
            (15, 15, False),
        ] {
            assert_eq!(
                held(Sense::Capability, &whole, low, high),
                expected,
                "{low} to {high}"
            );
        }
        let from = Number::from(5);
        assert_eq!(
            compare(Sense::Capability, &whole, Some(&from), None),
            Unknown
        );
    }
}
