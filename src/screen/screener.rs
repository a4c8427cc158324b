//! Screening one goods item against every entry.

use super::explain::{Considered, why_not};
use super::figures::assign_roles;
use super::finding::{Finding, Outcome, Screened, Verdict};
use super::identifiers::{read_cas, read_hs};
use super::judge::Known;
use super::line::Line;
use super::long::{is_long, screen_in_pieces};
use super::mention::{Mentions, is_unit};
use super::repair::disguises;
use super::vague::is_vague;
use crate::compile::{Match, Ruleset, Strength, Topic};
use crate::lexicon::ConceptKind;
use crate::manifest::GoodsItem;
use crate::text::read_quantities;

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

impl<'r> Screener<'r> {
    /// A screener over a ruleset.
    #[must_use]
    pub fn new(rules: &'r Ruleset) -> Screener<'r> {
        Screener { rules }
    }

    /// Screens one goods item. The time is proportional to its text.
    #[must_use]
    pub fn screen(&self, item: &GoodsItem) -> Screened {
        if is_long(item) {
            screen_in_pieces(item, |piece| self.screen_short(piece))
        } else {
            self.screen_short(item)
        }
    }

    fn screen_short(&self, item: &GoodsItem) -> Screened {
        let line = Line::new(item, self.rules);
        let mut issues = disguises(&line.document, &line.repaired);
        let cas = read_cas(item, &mut issues);
        let hs = read_hs(item, &mut issues);
        let vague = is_vague(&line.document, &line.matches);
        let mut findings = Vec::new();
        if self.names_goods(&line.matches) || !cas.is_empty() || (vague && hs.is_some()) {
            let known = Known {
                rules: self.rules,
                line: &line,
                cas,
                hs,
                vague,
                ..self.read(&line)
            };
            let lists = self.rules.lists().iter();
            let entries = lists.flat_map(|list| list.entries.iter().map(move |e| (list, e)));
            findings.extend(entries.filter_map(|(list, entry)| known.judge(list, entry)));
        }
        Screened {
            outcome: outcome(&findings, vague),
            findings,
            issues,
        }
    }

    /// Tells of every entry of every list why the goods item is under it, or why not.
    ///
    /// ```
    /// use tidewaiter::{GoodsItem, Ruleset, Screener, lexicon::Lexicon, list};
    /// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
    /// let considered = Screener::new(&rules).explain(&GoodsItem::new("pump for mass spectrometer"));
    /// assert_eq!(considered.len(), 32);
    /// let spectrometers = considered.iter().find(|c| c.entry == "VIII.A3.002").unwrap();
    /// assert!(spectrometers.finding.is_none() && spectrometers.came_near());
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn explain(&self, item: &GoodsItem) -> Vec<Considered> {
        let line = Line::new(item, self.rules);
        let known = Known {
            cas: read_cas(item, &mut Vec::new()),
            hs: read_hs(item, &mut Vec::new()),
            vague: is_vague(&line.document, &line.matches),
            ..self.read(&line)
        };
        let lists = self.rules.lists().iter();
        let entries = lists.flat_map(|list| list.entries.iter().map(move |e| (list, e)));
        entries
            .map(|(list, entry)| {
                let finding = known.judge(list, entry);
                let (reasons, supposed) = if finding.is_none() {
                    (why_not(&known, entry), known.suppose(entry))
                } else {
                    Default::default()
                };
                Considered {
                    list: list.head.id.clone(),
                    entry: entry.id.clone(),
                    title: entry.title.clone(),
                    finding,
                    reasons,
                    supposed,
                }
            })
            .collect()
    }

    /// Whether any match names the subject of an entry, or could.
    fn names_goods(&self, matches: &[Match]) -> bool {
        matches.iter().any(|m| {
            matches!(m.topic, Topic::Concept(c, Strength::Strong | Strength::Weak)
                if self.rules.is_subject(c))
        })
    }

    /// What the words and figures of a line say.
    pub(super) fn read<'a>(&'a self, line: &'a Line<'a>) -> Known<'a> {
        let (document, matches) = (&line.document, &line.matches);
        let quantities = read_quantities(document.line(), self.rules.lexicon().units());
        let mentions = Mentions::read(
            self.rules,
            document,
            matches,
            &quantities,
            &line.repaired,
            line.end_of_description(),
        );
        // `316L` is a grade, no volume.
        let is_grade = |m: &&Match| {
            !m.pair
                && matches!(m.topic, Topic::Concept(c, Strength::Strong | Strength::Weak)
                if self.rules.concept(c).kind == ConceptKind::Material
                    && document.line()[m.start..m.end].contains(|d: char| d.is_ascii_digit()))
        };
        let grades: Vec<Match> = matches
            .iter()
            .filter(is_grade)
            .filter(|m| !is_unit(document, m, &quantities))
            .copied()
            .collect();
        Known {
            rules: self.rules,
            line,
            figures: assign_roles(self.rules, document, matches, &grades, quantities),
            mentions,
            cas: Vec::new(),
            hs: None,
            vague: false,
        }
    }
}

/// The strongest that applies.
pub(super) fn outcome(findings: &[Finding], vague: bool) -> Outcome {
    match findings.iter().map(|f| f.verdict).max() {
        Some(Verdict::Hit) => Outcome::Hit,
        Some(Verdict::Review) => Outcome::Review,
        _ if vague => Outcome::NotScreenable,
        _ => Outcome::Clear,
    }
}
