//! What an operator does to the figures.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tidewaiter::eval::{LabelledLine, Wanted};
use tidewaiter::{GoodsItem, Verdict};

use crate::operators::Change;
use crate::random::Random;
use crate::support::{labelled, screen, verdicts};

/// What an operator keeps and raises.
#[derive(Default)]
pub struct Effect {
    /// Rows alerted clean and changed by the operator.
    pub alerted: u32,
    /// Of those: still alerted.
    pub kept: u32,
    /// Rows that are a hit clean and changed.
    pub hits: u32,
    /// Of those: still a hit.
    pub hits_kept: u32,
    /// Changed lines on which nothing is to be found.
    pub lookalikes: u32,
    /// Of those: alerted clean.
    pub false_clean: u32,
    /// Of those: alerted changed.
    pub false_changed: u32,
    /// What was alerted clean and no longer is.
    pub lost: Vec<String>,
    /// Look-alikes that are alerted only when changed.
    pub raised: Vec<String>,
}

impl Effect {
    /// Applies an operator to each labelled line that it changes.
    pub fn of(name: &str, change: Change) -> Effect {
        let mut effect = Effect::default();
        for (line, clean) in labelled().lines.iter().zip(clean_verdicts()) {
            if let Some(changed) = apply(line, name, change) {
                effect.count(line, clean, &changed);
            }
        }
        effect
    }

    fn count(&mut self, line: &LabelledLine, clean: &Verdicts, changed: &GoodsItem) {
        let found = verdicts(&screen(changed));
        for label in &line.labels {
            let entry = label.entry.as_deref().unwrap_or("");
            let was = clean.get(entry).copied();
            let is = found.get(entry).copied();
            let wanted = matches!(label.best(), Wanted::Hit | Wanted::Review);
            if !wanted || was <= Some(Verdict::Cleared) {
                continue;
            }
            self.alerted += 1;
            if is > Some(Verdict::Cleared) {
                self.kept += 1;
            } else {
                self.lost.push(format!("{entry} {:?}", changed.description));
            }
            if was == Some(Verdict::Hit) {
                self.hits += 1;
                self.hits_kept += u32::from(is == was);
            }
        }
        if line.labels.iter().all(|l| l.best() == Wanted::Nothing) {
            self.lookalikes += 1;
            self.false_clean += u32::from(alerts(clean));
            self.false_changed += u32::from(alerts(&found));
            if alerts(&found) && !alerts(clean) {
                let entries: Vec<&String> = found.keys().collect();
                self.raised
                    .push(format!("{entries:?} {:?}", changed.description));
            }
        }
    }

    /// The share of alerts that the operator leaves, in per cent.
    pub fn alerts_kept(&self) -> f64 {
        share(self.kept, self.alerted)
    }

    /// The share of hits that stay hits, in per cent.
    pub fn hits_kept(&self) -> f64 {
        share(self.hits_kept, self.hits)
    }

    /// How many more of a hundred look-alikes are alerted.
    pub fn raised_points(&self) -> f64 {
        share(self.false_changed, self.lookalikes) - share(self.false_clean, self.lookalikes)
    }
}

type Verdicts = BTreeMap<String, Verdict>;

fn clean_verdicts() -> &'static [Verdicts] {
    static CLEAN: OnceLock<Vec<Verdicts>> = OnceLock::new();
    let lines = || labelled().lines.iter();
    CLEAN.get_or_init(|| lines().map(|line| verdicts(&screen(&line.item))).collect())
}

fn share(count: u32, of: u32) -> f64 {
    100.0 * f64::from(count) / f64::from(of.max(1))
}

fn alerts(found: &Verdicts) -> bool {
    found.values().any(|verdict| *verdict > Verdict::Cleared)
}

/// The line as the operator leaves it, if it changes it.
pub fn apply(line: &LabelledLine, name: &str, change: Change) -> Option<GoodsItem> {
    let mut random = Random::new(&format!("{name}/{}", line.item.line_id));
    let description = change(&line.item.description, &mut random);
    (description != line.item.description).then(|| GoodsItem {
        description,
        ..line.item.clone()
    })
}
