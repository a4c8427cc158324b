//! Screening one goods item against every entry.

use super::evaluate::Facts;
use super::figures::{Figure, assign_roles};
use super::finding::{Evidence, ExceptionCheck, Finding, Outcome, Screened, Verdict};
use super::mention::{Mention, Mentions, Turn};
use crate::compile::{Match, Ruleset, Strength, Topic};
use crate::issue::{Issue, Severity};
use crate::list::{ControlList, Entry, Goods, PartsRule};
use crate::logic::Truth;
use crate::manifest::GoodsItem;
use crate::text::{Document, read_quantities};
use crate::vocab::CasNumber;

/// Screens goods items against a ruleset.
///
/// ```
/// use tidewaiter::{GoodsItem, Outcome, Ruleset, Screener, lexicon::Lexicon, list};
/// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
/// let screener = Screener::new(&rules);
/// let screened = screener.screen(&GoodsItem::new("MIG WELDER 350A DC 380V 3PH"));
/// assert_eq!(screened.outcome, Outcome::Hit);
/// assert_eq!(screened.findings[0].entry, "VIII.A2.005");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Screener<'r> {
    rules: &'r Ruleset,
}

/// A goods item's text, folded, with the names of its fields.
pub(super) struct Line<'a> {
    pub document: Document,
    fields: Vec<(String, &'a str)>,
}

impl<'a> Line<'a> {
    fn new(item: &'a GoodsItem) -> Line<'a> {
        let mut fields = vec![("description".to_owned(), item.description.as_str())];
        for parameter in &item.parameters {
            fields.push((
                format!("parameter name: {}", parameter.name),
                &parameter.name,
            ));
            fields.push((format!("parameter: {}", parameter.name), &parameter.value));
        }
        let document = Document::new(fields.iter().map(|(_, text)| *text));
        Line { document, fields }
    }

    pub fn evidence(&self, place: &Match, means: &str) -> Evidence {
        self.evidence_at(place.start, place.end, means)
    }

    pub fn evidence_at(&self, start: usize, end: usize, means: &str) -> Evidence {
        let origin = self.document.origin(start, end);
        let (field, text) = &self.fields[origin.source];
        Evidence {
            field: field.clone(),
            start: origin.start,
            end: origin.end,
            text: text.get(origin.start..origin.end).unwrap_or("").to_owned(),
            means: means.to_owned(),
        }
    }
}

impl<'r> Screener<'r> {
    /// A screener over a ruleset.
    #[must_use]
    pub fn new(rules: &'r Ruleset) -> Screener<'r> {
        Screener { rules }
    }

    /// Screens one goods item.
    #[must_use]
    pub fn screen(&self, item: &GoodsItem) -> Screened {
        let line = Line::new(item);
        let mentions = Mentions::read(self.rules, &line.document);
        let mut issues = Vec::new();
        let cas = read_cas(item, &mut issues);
        let hs = read_hs(item, &mut issues);
        let vague = is_vague(&line.document, &mentions);
        let mut findings = Vec::new();
        if mentions.names_goods(self.rules) || !cas.is_empty() || (vague && hs.is_some()) {
            let figures = self.figures(&line, &mentions);
            let state = State {
                rules: self.rules,
                line: &line,
                mentions: &mentions,
                figures,
                cas,
                hs,
                vague,
            };
            for list in self.rules.lists() {
                for entry in &list.entries {
                    findings.extend(state.check(list, entry));
                }
            }
        }
        let strongest = findings.iter().map(|f: &Finding| f.verdict).max();
        let outcome = match strongest {
            Some(Verdict::Hit) => Outcome::Hit,
            Some(Verdict::Review) => Outcome::Review,
            _ if vague => Outcome::NotScreenable,
            _ => Outcome::Clear,
        };
        Screened {
            outcome,
            findings,
            issues,
        }
    }

    fn figures(&self, line: &Line<'_>, mentions: &Mentions) -> Vec<Figure> {
        let quantities = read_quantities(line.document.line(), self.rules.lexicon().units());
        let names: Vec<Match> = mentions
            .matches
            .iter()
            .filter(|m| {
                matches!(m.topic, Topic::Concept(c, Strength::Strong | Strength::Weak)
                    if self.rules.concept(c).kind == crate::lexicon::ConceptKind::Material
                        && line.document.line()[m.start..m.end].contains(|d: char| d.is_ascii_digit()))
            })
            .copied()
            .collect();
        assign_roles(
            self.rules,
            &line.document,
            &mentions.matches,
            &names,
            quantities,
        )
    }
}

struct State<'a> {
    rules: &'a Ruleset,
    line: &'a Line<'a>,
    mentions: &'a Mentions,
    figures: Vec<Figure>,
    cas: Vec<(CasNumber, Evidence)>,
    hs: Option<(String, Evidence)>,
    vague: bool,
}

impl State<'_> {
    /// The strongest finding of an entry, if its subject is there.
    fn check(&self, list: &ControlList, entry: &Entry) -> Option<Finding> {
        let hs_agrees = self.hs.as_ref().filter(|(code, _)| {
            entry
                .hs
                .codes
                .iter()
                .any(|known| code.starts_with(known.as_str()))
        });
        let mut best: Option<Finding> = None;
        for goods in &entry.goods {
            if let Some(finding) = self.check_goods(list, entry, goods, hs_agrees.is_some())
                && best.as_ref().is_none_or(|b| finding.verdict > b.verdict)
            {
                best = Some(finding);
            }
        }
        match (best, hs_agrees) {
            (Some(mut finding), Some((_, evidence))) => {
                finding.evidence.push(evidence.clone());
                Some(finding)
            }
            (Some(finding), None) => Some(finding),
            (None, Some((_, evidence))) if self.vague => Some(by_code_alone(list, entry, evidence)),
            (None, _) => None,
        }
    }

    fn check_goods(
        &self,
        list: &ControlList,
        entry: &Entry,
        goods: &Goods,
        hs_agrees: bool,
    ) -> Option<Finding> {
        let all: Vec<Mention> = self
            .mentions
            .all
            .iter()
            .map(|m| Mention {
                weak: m.weak && !hs_agrees,
                ..*m
            })
            .filter(|m| !self.mentions.unreal.contains(&m.place.segment))
            .collect();
        let is_one_of = |m: &Mention, ids: &[String]| {
            ids.iter()
                .filter_map(|id| self.rules.number_of(id))
                .any(|wanted| self.rules.implies(m.concept, wanted))
        };
        let counts = |m: &Mention| match m.turn {
            Turn::Plain => true,
            Turn::PartOf | Turn::Purpose => goods.parts != PartsRule::NotCovered,
            Turn::Negated => false,
        };
        let named: Vec<&Mention> = all
            .iter()
            .filter(|m| !m.weak && counts(m) && is_one_of(m, &goods.subject))
            .collect();
        let by_cas: Vec<&Evidence> = self
            .cas
            .iter()
            .filter(|(number, _)| goods.doubt.is_none() && entry.cas.contains(number))
            .map(|(_, evidence)| evidence)
            .collect();
        if named.is_empty() && by_cas.is_empty() {
            return None;
        }
        let mut evidence: Vec<Evidence> = by_cas.into_iter().cloned().collect();
        for required in &goods.requires {
            let ids = std::slice::from_ref(required);
            let said = all
                .iter()
                .find(|m| !m.weak && m.turn != Turn::Negated && is_one_of(m, ids))?;
            evidence.push(self.cite(said));
        }
        for mention in &named {
            let cited = self.cite(mention);
            if !evidence.contains(&cited) {
                evidence.push(cited);
            }
        }
        let goods_at = named
            .first()
            .map_or((0, 0), |m| (m.place.start, m.place.end));
        let subject = if named.is_empty() {
            goods
                .subject
                .iter()
                .filter_map(|id| self.rules.number_of(id))
                .collect()
        } else {
            Vec::new()
        };
        let facts = Facts {
            rules: self.rules,
            line: self.line,
            mentions: &all,
            figures: &self.figures,
            goods_at,
            subject,
        };
        let criteria = facts.evaluate(&goods.criteria);
        let exceptions: Vec<ExceptionCheck> = entry
            .exceptions
            .iter()
            .filter(|e| e.applies_to.is_empty() || e.applies_to.contains(&goods.name))
            .map(|exception| {
                let words: Vec<Evidence> = all
                    .iter()
                    .filter(|m| {
                        !m.weak && m.turn != Turn::Negated && is_one_of(m, &exception.stated_by)
                    })
                    .map(|m| self.cite(m))
                    .collect();
                ExceptionCheck {
                    exception: exception.text.clone(),
                    stated: !words.is_empty(),
                    evidence: words,
                }
            })
            .collect();
        let only_parts = !named.is_empty() && named.iter().all(|m| m.turn != Turn::Plain);
        let part_question = only_parts && goods.parts == PartsRule::Review;
        let excepted = exceptions.iter().any(|e| e.stated);
        let verdict = match criteria.truth {
            _ if excepted => Verdict::Cleared,
            Truth::False => Verdict::Cleared,
            Truth::Unknown => Verdict::Review,
            Truth::True if goods.doubt.is_some() || part_question => Verdict::Review,
            Truth::True => Verdict::Hit,
        };
        let mut missing = Vec::new();
        if verdict == Verdict::Review {
            criteria.missing(&mut missing);
            if part_question {
                missing.push("state which part it is: parts of these goods may be covered".into());
            }
        }
        let mut notes = Vec::new();
        if let Some(claim) = &self.mentions.civil_claim {
            let claim = self.line.evidence(claim, "");
            notes.push(format!(
                "{:?} is a claim, not a fact: it clears nothing",
                claim.text
            ));
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
            notes,
        })
    }

    fn cite(&self, mention: &Mention) -> Evidence {
        self.line
            .evidence(&mention.place, &self.rules.concept(mention.concept).title)
    }
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
        criteria: super::finding::Evaluation {
            truth: Truth::Unknown,
            criterion: "description of the goods".into(),
            threshold: None,
            stated: Vec::new(),
            evidence: Vec::new(),
            ask: Some(ask.clone()),
            of: Vec::new(),
        },
        exceptions: Vec::new(),
        doubt: None,
        missing: vec![ask],
        notes: Vec::new(),
    }
}

/// CAS numbers in their own field and in the description, with a right check digit.
fn read_cas(item: &GoodsItem, issues: &mut Vec<Issue>) -> Vec<(CasNumber, Evidence)> {
    let mut found = Vec::new();
    let fields = [
        ("cas", item.cas.as_deref()),
        ("description", Some(item.description.as_str())),
    ];
    for (field, text) in fields {
        let Some(text) = text else { continue };
        let mut at = 0;
        for piece in text.split(|c: char| !c.is_ascii_digit() && c != '-') {
            let start = at + text[at..].find(piece).unwrap_or(0);
            at = start + piece.len();
            let trimmed = piece.trim_matches('-');
            match trimmed.parse::<CasNumber>() {
                Ok(number) => {
                    let start = start + piece.find(trimmed).unwrap_or(0);
                    found.push((
                        number,
                        Evidence {
                            field: field.to_owned(),
                            start,
                            end: start + trimmed.len(),
                            text: trimmed.to_owned(),
                            means: "CAS number".to_owned(),
                        },
                    ));
                }
                Err(error) if field == "cas" && !trimmed.is_empty() => issues.push(Issue::new(
                    "cas-check-digit",
                    Severity::Warning,
                    format!("{}; it was used as text only", error.message()),
                )),
                Err(_) => {}
            }
        }
    }
    found
}

/// The declared HS code's digits, when there are four to twelve.
fn read_hs(item: &GoodsItem, issues: &mut Vec<Issue>) -> Option<(String, Evidence)> {
    let text = item
        .hs
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !(4..=12).contains(&digits.len()) {
        issues.push(Issue::new(
            "hs-form",
            Severity::Note,
            format!("{text:?} is no HS code of 4 to 12 digits; it was not used"),
        ));
        return None;
    }
    let evidence = Evidence {
        field: "hs".to_owned(),
        start: 0,
        end: item.hs.as_deref().map_or(0, str::len),
        text: item.hs.clone().unwrap_or_default(),
        means: "HS code".to_owned(),
    };
    Some((digits, evidence))
}

/// Whether no word of the line says what the goods are: each is vague, a number or a code.
fn is_vague(document: &Document, mentions: &Mentions) -> bool {
    let words = document.words();
    let skeleton = document.skeleton();
    let mut covered: Vec<(usize, usize)> = mentions
        .matches
        .iter()
        .filter(|m| m.topic == Topic::Vague)
        .map(|m| (m.start, m.end))
        .collect();
    covered.sort_unstable();
    words.iter().enumerate().all(|(at, word)| {
        let text = &skeleton[word.start..word.end];
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return true;
        }
        // Letters glued to digits are a code.
        let glued = |other: Option<&crate::text::Word>, after: bool| {
            other.is_some_and(|o| {
                let touches = if after {
                    o.line_start == word.line_end
                } else {
                    o.line_end == word.line_start
                };
                touches && skeleton[o.start..o.end].starts_with(|c: char| c.is_ascii_digit())
            })
        };
        let short = text.chars().count() <= 4 && text.is_ascii();
        if text.len() <= 2 && text.is_ascii()
            || short
                && (glued(words.get(at + 1), true)
                    || glued(at.checked_sub(1).and_then(|n| words.get(n)), false))
        {
            return true;
        }
        let mut reached = word.line_start;
        for &(start, end) in &covered {
            if start <= reached && end > reached {
                reached = end;
            }
        }
        reached >= word.line_end
    })
}
