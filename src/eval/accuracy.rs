//! Labels in, screened items in, figures out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::figures::Figures;
use super::label::{Label, LabelledLine, LabelledSet, Wanted};
use crate::manifest::GoodsItem;
use crate::screen::{Outcome, Screened, Verdict};

/// How well a screener does on a labelled set.
///
/// ```
/// use tidewaiter::eval::{Accuracy, LabelledSet};
/// use tidewaiter::{Ruleset, Screener, lexicon::Lexicon, list};
/// let csv = "line_id,description,hs,cas,qty,unit,lang,entry,verdict\n\
///            1,MIG WELDER 350A DC,8515,,,,en,VIII.A2.005,hit\n\
///            2,MIG WELDER 160A DC,8515,,,,en,VIII.A2.005,cleared\n\
///            3,WELDING GLOVES,,,,,en,VIII.A2.005,none\n";
/// let set = LabelledSet::read("welders.csv", csv.as_bytes())?;
/// let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded())?;
/// let screener = Screener::new(&rules);
/// let accuracy = Accuracy::measure(&set, |item| screener.screen(item));
/// assert_eq!(accuracy.figures.verdict_accuracy.to_string(), "1.0000 (2/2)");
/// assert_eq!(accuracy.figures.false_alerts.to_string(), "0.0000 (0/1)");
/// assert!(accuracy.misses.is_empty());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Accuracy {
    /// The labelled file's name.
    pub labelled: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Only entries with this prefix were looked at; empty: all.
    pub entries: String,
    /// How many lines there are.
    pub lines: u64,
    /// How many rows there are: one for each line and entry.
    pub rows: u64,
    /// The figures over all.
    pub figures: Figures,
    /// The figures by the language of the lines.
    pub by_language: BTreeMap<String, Figures>,
    /// The figures by the entry of the rows. Lines of no entry are under `-`.
    pub by_entry: BTreeMap<String, Figures>,
    /// The figures by the kind of the rows.
    pub by_kind: BTreeMap<String, Figures>,
    /// Every row that is wrong, in the order of the file.
    pub misses: Vec<Miss>,
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissKind {
    /// Labelled hit or review, found as neither: a false negative.
    Missed,
    /// Found, or rightly not alerted, but under another verdict.
    Verdict,
    /// A hit or review on a line labelled none.
    FalseAlert,
    /// A hit under an entry that the line isn't labelled for.
    Noise,
    /// Labelled not screenable and found otherwise, or the other way round.
    Screenability,
}

/// A wrong answer, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Miss {
    /// What is wrong.
    pub kind: MissKind,
    /// The line.
    pub line_id: String,
    /// Its language.
    pub language: String,
    /// The entry it is labelled for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The verdicts that can be defended, as the file writes them.
    pub wanted: String,
    /// What was found: a verdict, an outcome, or the entries that were alerted.
    pub got: String,
    /// The description as written.
    pub description: String,
}

/// What one row or line adds to the figures.
type Change<'a> = &'a dyn Fn(&mut Figures);

impl Accuracy {
    /// Screens every line and holds the findings against the labels.
    pub fn measure(set: &LabelledSet, mut screen: impl FnMut(&GoodsItem) -> Screened) -> Accuracy {
        let mut accuracy = Accuracy {
            labelled: set.name.clone(),
            sha256: set.sha256.clone(),
            entries: set.entries.clone(),
            lines: set.lines.len() as u64,
            rows: set.rows() as u64,
            ..Accuracy::default()
        };
        for line in &set.lines {
            let screened = screen(&line.item);
            let found = strongest(&screened, &set.entries);
            accuracy.outcome(line, screened.outcome);
            for label in &line.labels {
                accuracy.row(line, label, &found);
            }
            accuracy.noise(line, &found);
        }
        accuracy
    }

    /// The rows that were missed, as (line, entry): the false negatives.
    pub fn false_negatives(&self) -> impl Iterator<Item = (&str, &str)> {
        let missed = self.misses.iter().filter(|m| m.kind == MissKind::Missed);
        missed.map(|m| (m.line_id.as_str(), m.entry.as_deref().unwrap_or("-")))
    }

    fn add(&mut self, line: &LabelledLine, label: &Label, change: Change<'_>) {
        change(&mut self.figures);
        change(self.by_language.entry(line.language.clone()).or_default());
        let entry = label.entry.clone().unwrap_or_else(|| "-".to_owned());
        change(self.by_entry.entry(entry).or_default());
        change(self.by_kind.entry(label.kind.clone()).or_default());
    }

    fn miss(&mut self, kind: MissKind, line: &LabelledLine, label: &Label, got: String) {
        self.misses.push(Miss {
            kind,
            line_id: line.item.line_id.clone(),
            language: line.language.clone(),
            entry: label.entry.clone(),
            wanted: label.written(),
            got,
            description: line.item.description.clone(),
        });
    }

    /// Whether the line says what the goods are; its first row tells.
    fn outcome(&mut self, line: &LabelledLine, outcome: Outcome) {
        let Some(label) = line.labels.first() else {
            return;
        };
        let found = outcome == Outcome::NotScreenable;
        let allowed = label.allows(Wanted::NotScreenable);
        let missed = label.best() == Wanted::NotScreenable && !found;
        self.add(line, label, &|figures| {
            figures.unscreenable.right += u64::from(found && allowed);
            figures.unscreenable.wrong += u64::from(found && !allowed);
            figures.unscreenable.missed += u64::from(missed);
        });
        if missed || found && !allowed {
            let got = outcome.as_str().to_owned();
            self.miss(MissKind::Screenability, line, label, got);
        }
    }

    fn row(&mut self, line: &LabelledLine, label: &Label, found: &BTreeMap<&str, Verdict>) {
        let best = label.best();
        match best {
            Wanted::NotScreenable => return,
            Wanted::Nothing => {
                let alerts = entries(found, |verdict| verdict > Verdict::Cleared);
                let alerted = !alerts.is_empty();
                self.add(line, label, &|f| f.false_alerts.add(alerted));
                if alerted {
                    self.miss(MissKind::FalseAlert, line, label, alerts);
                }
                return;
            }
            Wanted::Hit | Wanted::Review | Wanted::Cleared => {}
        }
        let verdict = label.entry.as_deref().and_then(|entry| found.get(entry));
        let got = match verdict {
            Some(Verdict::Hit) => Wanted::Hit,
            Some(Verdict::Review) => Wanted::Review,
            Some(Verdict::Cleared) => Wanted::Cleared,
            None => Wanted::Nothing,
        };
        let right = label.allows(got);
        let alerted = right || matches!(got, Wanted::Hit | Wanted::Review);
        self.add(line, label, &|figures| {
            figures.verdict_accuracy.add(right);
            match best {
                Wanted::Hit => {
                    figures.alert_recall.add(alerted);
                    figures.hit_recall.add(right);
                }
                Wanted::Review => figures.alert_recall.add(alerted),
                _ => figures.clearing.add(right),
            }
        });
        if !right {
            let kind = if best != Wanted::Cleared && !alerted {
                MissKind::Missed
            } else {
                MissKind::Verdict
            };
            self.miss(kind, line, label, got.as_str().to_owned());
        }
    }

    /// Hits under entries that the line isn't labelled for.
    fn noise(&mut self, line: &LabelledLine, found: &BTreeMap<&str, Verdict>) {
        let about_goods =
            |label: &&Label| !matches!(label.best(), Wanted::Nothing | Wanted::NotScreenable);
        let Some(label) = line.labels.iter().find(about_goods) else {
            return;
        };
        let labelled = |entry: &str| {
            let mut all = line.labels.iter();
            all.any(|label| label.entry.as_deref() == Some(entry))
        };
        let mut extra = found.clone();
        extra.retain(|entry, _| !labelled(entry));
        let extra = entries(&extra, |verdict| verdict == Verdict::Hit);
        let noisy = !extra.is_empty();
        self.add(line, label, &|figures| figures.noise.add(noisy));
        if noisy {
            self.miss(MissKind::Noise, line, label, extra);
        }
    }
}

/// The strongest verdict under each entry.
fn strongest<'s>(screened: &'s Screened, prefix: &str) -> BTreeMap<&'s str, Verdict> {
    let mut found = BTreeMap::new();
    for finding in &screened.findings {
        if finding.entry.starts_with(prefix) {
            let verdict = found
                .entry(finding.entry.as_str())
                .or_insert(finding.verdict);
            *verdict = finding.verdict.max(*verdict);
        }
    }
    found
}

fn entries(found: &BTreeMap<&str, Verdict>, counts: impl Fn(Verdict) -> bool) -> String {
    let ids = found.iter().filter(|(_, verdict)| counts(**verdict));
    let ids: Vec<&str> = ids.map(|(entry, _)| *entry).collect();
    ids.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::screen::{Finding, Screener};
    use crate::{Ruleset, list};

    /// Says of each line what its `cas` cell orders: outcome, then entries with verdicts.
    fn scripted(item: &GoodsItem, sample: &Finding) -> Screened {
        let script = item.cas.clone().unwrap_or_default();
        let mut words = script.split_whitespace();
        let outcome = match words.next() {
            Some("hit") => Outcome::Hit,
            Some("review") => Outcome::Review,
            Some("not-screenable") => Outcome::NotScreenable,
            _ => Outcome::Clear,
        };
        let findings = words.map(|word| {
            let (entry, verdict) = word.split_once('=').expect("entry=verdict");
            let verdict = match verdict {
                "hit" => Verdict::Hit,
                "review" => Verdict::Review,
                _ => Verdict::Cleared,
            };
            let mut finding = sample.clone();
            (finding.entry, finding.verdict) = (entry.to_owned(), verdict);
            finding
        });
        Screened {
            outcome,
            findings: findings.collect(),
            issues: Vec::new(),
        }
    }

    /// The figures expected here are those of an independent scorer in another language.
    #[test]
    fn each_figure_counts_what_it_says() {
        let csv = "line_id,description,hs,cas,qty,unit,lang,entry,verdict\n\
                   1,a,,hit E1=hit,,,en,E1,hit\n\
                   2,b,,review E1=review,,,en,E1,hit\n\
                   3,c,,clear E1=cleared,,,en,E1,hit\n\
                   4,d,,clear,,,de,E1,review|none\n\
                   5,e,,hit E1=hit E2=hit,,,de,E1,review\n\
                   6,f,,clear E1=cleared,,,de,E1,cleared\n\
                   7,g,,clear,,,de,E1,cleared\n\
                   8,h,,clear,,,de,E1,cleared|none\n\
                   9,i,,review E3=review,,,de,E1,none\n\
                   10,j,,clear E1=cleared,,,en,,none\n\
                   11,k,,not-screenable,,,en,,not_screenable\n\
                   12,l,,clear,,,en,,not_screenable\n\
                   13,m,,not-screenable,,,en,E2,review\n\
                   14,n,,hit E1=hit E2=review E1=review,,,en,E1,hit|review\n\
                   14,n,,hit E1=hit E2=review E1=review,,,en,E2,hit|review\n";
        let set = LabelledSet::read("x.csv", csv.as_bytes()).expect("reads");
        let rules = Ruleset::compile(list::embedded().to_vec(), Lexicon::embedded());
        let rules = rules.expect("compiles");
        let sample = Screener::new(&rules).screen(&GoodsItem::new("CYCLOTRON"));
        let accuracy = Accuracy::measure(&set, |item| scripted(item, &sample.findings[0]));
        let shares: Vec<String> = accuracy
            .figures
            .shares()
            .iter()
            .map(|(name, share)| format!("{name} {}/{}", share.count, share.of))
            .collect();
        assert_eq!(
            shares,
            [
                "alert recall 6/8",
                "hit recall 3/5",
                "verdict accuracy 6/11",
                "clearing 2/3",
                "false alerts 1/2",
                "noise 1/10"
            ]
        );
        let u = accuracy.figures.unscreenable;
        assert_eq!((u.right, u.wrong, u.missed, u.f1()), (1, 1, 1, Some(0.5)));
        let missed: Vec<_> = accuracy.false_negatives().collect();
        assert_eq!(missed, [("3", "E1"), ("13", "E2")]);
        assert_eq!(
            accuracy.by_language["de"].clearing.to_string(),
            "0.6667 (2/3)"
        );
        assert_eq!(
            accuracy.by_entry["-"].false_alerts.to_string(),
            "0.0000 (0/1)"
        );
    }
}
