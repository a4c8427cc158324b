//! One entry against one goods item.
//!
//! An entry may name several kinds of goods, and a line may name the goods several times, each
//! with figures of its own. Every such pair is judged by itself; the strongest verdict is the
//! entry's.

use super::clause::{Group, Nearness};
use super::evaluate::Facts;
use super::explain::Supposed;
use super::figures::Figure;
use super::finding::{Evaluation, Evidence, ExceptionCheck, Finding, Verdict};
use super::line::Line;
use super::mention::{Mention, Mentions, Turn};
use crate::compile::Ruleset;
use crate::list::{ControlList, Entry, Exception, Goods, PartsRule};
use crate::logic::Truth;
use crate::vocab::{CasNumber, HsCode};

/// All that is known of a goods item, ready to be held against entries.
pub(super) struct Known<'a> {
    pub rules: &'a Ruleset,
    pub line: &'a Line<'a>,
    pub mentions: Mentions,
    pub figures: Vec<Figure>,
    pub cas: Vec<(CasNumber, Evidence)>,
    pub hs: Option<(HsCode, Evidence)>,
    pub vague: bool,
}

impl Known<'_> {
    /// The strongest finding of an entry, if its subject is there.
    pub fn judge(&self, list: &ControlList, entry: &Entry) -> Option<Finding> {
        let hs = self.agreeing_hs(entry);
        let mut best: Option<Finding> = None;
        for goods in &entry.goods {
            for finding in self.judge_goods(list, entry, goods, hs.is_some()) {
                if best.as_ref().is_none_or(|b| finding.verdict > b.verdict) {
                    best = Some(finding);
                }
            }
        }
        match (best, hs) {
            (Some(mut finding), Some(evidence)) => {
                finding.evidence.push(evidence.clone());
                Some(finding)
            }
            (Some(finding), None) => Some(finding),
            (None, _) => {
                let (code, evidence) = self.hs.as_ref().filter(|_| self.vague)?;
                let mut codes = entry.hs.codes.iter();
                let suggests = codes.any(|known| code.agrees_with(known));
                suggests.then(|| by_code_alone(list, entry, evidence))
            }
        }
    }

    /// What the criteria of an entry would say if its goods were named.
    pub fn suppose(&self, entry: &Entry) -> Vec<Supposed> {
        let facts = Facts {
            known: self,
            group: None,
            hs_agrees: false,
            goods_at: (0, 0),
            subject: Vec::new(),
            excepted: Vec::new(),
        };
        entry
            .goods
            .iter()
            .map(|goods| Supposed {
                goods: goods.name.clone(),
                criteria: facts.evaluate(&goods.criteria),
            })
            .collect()
    }

    /// The declared HS code, where it lies under an indicative one of the entry. A heading that
    /// is only truncated (`8504`) says too little to support a word.
    pub fn agreeing_hs(&self, entry: &Entry) -> Option<&Evidence> {
        let (code, evidence) = self.hs.as_ref()?;
        let agrees = entry.hs.codes.iter().any(|known| code.starts_with(known));
        agrees.then_some(evidence)
    }

    /// Whether a mention is of one of these concepts, or of a kind of one of them.
    pub fn is_one_of(&self, mention: &Mention, ids: &[String]) -> bool {
        ids.iter()
            .filter_map(|id| self.rules.number_of(id))
            .any(|wanted| self.rules.implies(mention.concept, wanted))
    }

    /// Whether a mention names these goods, and not a part or an absence of them.
    pub fn names(&self, mention: &Mention, goods: &Goods, hs_agrees: bool) -> bool {
        let turn = match mention.turn {
            Turn::Plain => true,
            Turn::PartOf | Turn::Purpose => goods.parts != PartsRule::NotCovered,
            Turn::Negated | Turn::Unreal => false,
        };
        turn && (!mention.weak || hs_agrees) && self.is_one_of(mention, &goods.subject)
    }

    fn judge_goods(
        &self,
        list: &ControlList,
        entry: &Entry,
        goods: &Goods,
        hs_agrees: bool,
    ) -> Vec<Finding> {
        let named: Vec<&Mention> = self
            .mentions
            .all
            .iter()
            .filter(|m| self.names(m, goods, hs_agrees))
            .collect();
        let by_cas: Vec<&Evidence> = self
            .cas
            .iter()
            .filter(|(number, _)| goods.doubt.is_none() && entry.cas.contains(number))
            .map(|(_, evidence)| evidence)
            .collect();
        if named.is_empty() && by_cas.is_empty() {
            return Vec::new();
        }
        let mut groups: Vec<Option<Group>> = Vec::new();
        for mention in &named {
            let group = self.mentions.clauses.group_at(mention.place.start);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        if groups.is_empty() {
            groups.push(None);
        }
        groups
            .into_iter()
            .filter_map(|group| {
                let here: Vec<&Mention> = named
                    .iter()
                    .filter(|m| self.mentions.clauses.group_at(m.place.start) == group)
                    .copied()
                    .collect();
                self.judge_group(list, entry, goods, hs_agrees, group, &here, &by_cas)
            })
            .collect()
    }

    #[allow(clippy::too_many_arguments)]
    fn judge_group(
        &self,
        list: &ControlList,
        entry: &Entry,
        goods: &Goods,
        hs_agrees: bool,
        group: Option<Group>,
        named: &[&Mention],
        by_cas: &[&Evidence],
    ) -> Option<Finding> {
        let mut facts = Facts {
            known: self,
            group,
            hs_agrees,
            goods_at: named
                .first()
                .map_or((0, 0), |m| (m.place.start, m.place.end)),
            subject: if named.is_empty() {
                let ids = goods.subject.iter();
                ids.filter_map(|id| self.rules.number_of(id)).collect()
            } else {
                Vec::new()
            },
            excepted: Vec::new(),
        };
        let mut evidence: Vec<Evidence> = by_cas.iter().map(|e| (*e).clone()).collect();
        for required in &goods.requires {
            evidence.push(self.cite(facts.said(required)?));
        }
        for mention in named {
            let cited = self.cite(mention);
            if !evidence.contains(&cited) {
                evidence.push(cited);
            }
        }
        let looked_at: Vec<&Exception> = entry
            .exceptions
            .iter()
            .filter(|e| e.applies_to.is_empty() || e.applies_to.contains(&goods.name))
            .collect();
        let exceptions: Vec<ExceptionCheck> = looked_at
            .iter()
            .map(|exception| self.check_exception(exception, &facts))
            .collect();
        let pairs = || looked_at.iter().zip(&exceptions);
        let cleared = pairs().any(|(e, check)| check.stated && e.scope.is_empty());
        // Words state it, but whether its limits are met is open.
        let open = || pairs().filter(|(_, check)| check.is_open());
        let stated = pairs().filter(|(_, check)| check.stated);
        facts.excepted = stated.flat_map(|(e, _)| scope(e)).collect();
        let criteria = facts.evaluate(&goods.criteria);
        facts.excepted.extend(open().flat_map(|(e, _)| scope(e)));
        let in_question = open().any(|(e, _)| e.scope.is_empty())
            || (open().next().is_some() && facts.evaluate(&goods.criteria).truth != criteria.truth);
        let only_parts = !named.is_empty() && named.iter().all(|m| m.turn != Turn::Plain);
        let part_question = only_parts && goods.parts == PartsRule::Review;
        let verdict = match criteria.truth {
            _ if cleared => Verdict::Cleared,
            Truth::False => Verdict::Cleared,
            Truth::Unknown => Verdict::Review,
            Truth::True if goods.doubt.is_some() || part_question || in_question => Verdict::Review,
            Truth::True => Verdict::Hit,
        };
        let mut missing = Vec::new();
        if verdict == Verdict::Review {
            criteria.missing(&mut missing);
            for limits in exceptions.iter().filter(|e| e.is_open()) {
                limits.criteria.iter().for_each(|c| c.missing(&mut missing));
            }
            if part_question {
                missing.push("state which part it is: parts of these goods may be covered".into());
            }
        }
        Some(Finding {
            list: list.head.id.clone(),
            entry: entry.id.clone(),
            title: entry.title.clone(),
            verdict,
            goods: goods.name.clone(),
            evidence,
            criteria,
            exceptions,
            doubt: goods.doubt.clone(),
            missing,
            notes: self.notes(named.is_empty()),
        })
    }

    /// An exception applies where words by the goods state it and its limits are met.
    fn check_exception(&self, exception: &Exception, facts: &Facts<'_>) -> ExceptionCheck {
        let states = |m: &&Mention| {
            (!m.weak || facts.hs_agrees)
                && !matches!(m.turn, Turn::Negated | Turn::Unreal)
                && self.mentions.clauses.nearness(m.place.start, facts.group) != Nearness::Apart
                && self.is_one_of(m, &exception.stated_by)
        };
        let words: Vec<Evidence> = self
            .mentions
            .all
            .iter()
            .filter(states)
            .map(|m| self.cite(m))
            .collect();
        let limits = exception.criteria.as_ref().filter(|_| !words.is_empty());
        let criteria = limits.map(|limits| facts.evaluate(limits));
        ExceptionCheck {
            exception: exception.text.clone(),
            stated: !words.is_empty() && criteria.as_ref().is_none_or(|c| c.truth == Truth::True),
            evidence: words,
            criteria,
        }
    }

    fn notes(&self, by_cas_alone: bool) -> Vec<String> {
        let mut notes = Vec::new();
        if by_cas_alone && !self.vague {
            notes.push(
                "the CAS number says what it is, the words don't: one of the two may be wrong"
                    .to_owned(),
            );
        }
        if let Some(claim) = &self.mentions.civil_claim {
            let claim = self.line.evidence(claim, "");
            notes.push(format!(
                "{:?} is a claim, not a fact: it clears nothing",
                claim.text
            ));
        }
        notes
    }

    pub fn cite(&self, mention: &Mention) -> Evidence {
        self.line
            .evidence(&mention.place, &self.rules.concept(mention.concept).title)
    }
}

/// The paragraphs that an exception takes out.
fn scope(exception: &Exception) -> impl Iterator<Item = &str> {
    exception.scope.iter().map(String::as_str)
}

/// A line whose words say nothing, but whose HS code suggests an entry.
fn by_code_alone(list: &ControlList, entry: &Entry, evidence: &Evidence) -> Finding {
    let ask = format!(
        "say what the goods are: the HS code alone suggests {}",
        entry.title
    );
    Finding {
        list: list.head.id.clone(),
        entry: entry.id.clone(),
        title: entry.title.clone(),
        verdict: Verdict::Review,
        goods: "by HS code alone".into(),
        evidence: vec![evidence.clone()],
        criteria: Evaluation {
            ask: Some(ask.clone()),
            ..Evaluation::unknown("description of the goods")
        },
        exceptions: Vec::new(),
        doubt: None,
        missing: vec![ask],
        notes: Vec::new(),
    }
}
