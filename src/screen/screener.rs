//! Screening one goods item against every entry.

use super::explain::{Considered, why_not};
use super::figures::assign_roles;
use super::finding::{Evidence, Screened};
use super::identifiers::{check_ec, read_cas, read_hs};
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
use crate::vocab::{CasNumber, HsCode};

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
        check_ec(item, &mut issues);
        let hs = read_hs(item, &mut issues);
        let vague = is_vague(&line.document, &line.matches);
        let mut findings = Vec::new();
        if self.names_goods(&line.matches) || !cas.is_empty() || (vague && hs.is_some()) {
            let known = self.read(&line, cas, hs, vague);
            let entries = self.rules.entries();
            findings.extend(entries.filter_map(|(list, entry)| known.judge(list, entry)));
        }
        Screened::new(findings, issues, vague)
    }

    /// Tells of every entry of every list why the goods item is under it, or why not.
    ///
    /// ```
    /// use tidewaiter::{GoodsItem, Ruleset, Screener, lexicon::Lexicon, list};
    /// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
    /// let considered = Screener::new(&rules).explain(&GoodsItem::new("pump for mass spectrometer"));
    /// assert_eq!(considered.len(), rules.entries().count());
    /// let spectrometers = considered.iter().find(|c| c.entry == "VIII.A3.002").unwrap();
    /// assert!(spectrometers.finding.is_none() && spectrometers.came_near());
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn explain(&self, item: &GoodsItem) -> Vec<Considered> {
        let line = Line::new(item, self.rules);
        let known = self.read_all(item, &line);
        self.rules
            .entries()
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

    /// All that is known of a goods item, whether or not anything names listed goods.
    pub(super) fn read_all<'a>(&'a self, item: &GoodsItem, line: &'a Line<'a>) -> Known<'a> {
        self.read(
            line,
            read_cas(item, &mut Vec::new()),
            read_hs(item, &mut Vec::new()),
            is_vague(&line.document, &line.matches),
        )
    }

    /// What the words and figures of a line say, beside its codes.
    fn read<'a>(
        &'a self,
        line: &'a Line<'a>,
        cas: Vec<(CasNumber, Evidence)>,
        hs: Option<(HsCode, Evidence)>,
        vague: bool,
    ) -> Known<'a> {
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
            cas,
            hs,
            vague,
        }
    }
}
