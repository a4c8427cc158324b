//! The figures: shares with their counts.

use schemars::JsonSchema;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A share: how many of how many.
///
/// ```
/// use tidewaiter::eval::Share;
/// let share = Share { count: 2, of: 3 };
/// assert_eq!(share.to_string(), "0.6667 (2/3)");
/// assert_eq!(Share::default().value(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
pub struct Share {
    /// How many it is true of.
    pub count: u64,
    /// How many were looked at.
    pub of: u64,
}

impl Share {
    /// The share as a number from 0 to 1; none where nothing was looked at.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    pub(super) fn add(&mut self, is: bool) {
        self.of += 1;
        self.count += u64::from(is);
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.value() {
            Some(value) => write!(f, "{value:.4} ({}/{})", self.count, self.of),
            None => f.write_str("- (0/0)"),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Share", 3)?;
        out.serialize_field("share", &self.value().map(rounded))?;
        out.serialize_field("count", &self.count)?;
        out.serialize_field("of", &self.of)?;
        out.end()
    }
}

/// How well lines that say nothing of their goods are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
pub struct Unscreenable {
    /// Lines rightly found not screenable.
    pub right: u64,
    /// Lines found not screenable that aren't.
    pub wrong: u64,
    /// Lines labelled not screenable that were taken for something else.
    pub missed: u64,
}

impl Unscreenable {
    /// The harmonic mean of precision and recall, from 0 to 1; none where there are no such
    /// lines.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        let share = |of: u64| {
            if of > 0 {
                self.right as f64 / of as f64
            } else {
                0.0
            }
        };
        let (precision, recall) = (
            share(self.right + self.wrong),
            share(self.right + self.missed),
        );
        let some = self.right + self.wrong + self.missed > 0;
        some.then(|| {
            if precision + recall > 0.0 {
                2.0 * precision * recall / (precision + recall)
            } else {
                0.0
            }
        })
    }
}

impl Serialize for Unscreenable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Unscreenable", 4)?;
        out.serialize_field("f1", &self.f1().map(rounded))?;
        out.serialize_field("right", &self.right)?;
        out.serialize_field("wrong", &self.wrong)?;
        out.serialize_field("missed", &self.missed)?;
        out.end()
    }
}

/// Four places: more would pretend to more than some hundred lines can tell.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// The figures of a labelled set, or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figures {
    /// Rows labelled hit or review that are found as hit or review under that entry, or as one
    /// of the verdicts that can be defended.
    pub alert_recall: Share,
    /// Rows labelled hit that are found as hit, or as one of the verdicts that can be defended.
    pub hit_recall: Share,
    /// Rows labelled for an entry, lookalikes aside, that get a verdict that can be defended.
    pub verdict_accuracy: Share,
    /// Rows labelled cleared that are found as cleared, not merely missed.
    pub clearing: Share,
    /// Rows labelled none whose line has any hit or review at all. Lower is better.
    pub false_alerts: Share,
    /// Lines with a row labelled hit, review or cleared that have a hit under an entry they
    /// aren't labelled for. Lower is better. Reviews under such entries were not judged.
    pub noise: Share,
    /// Lines labelled not screenable against lines found so.
    pub unscreenable: Unscreenable,
}

impl Figures {
    /// The shares with their names, in the order of reports.
    #[must_use]
    pub fn shares(&self) -> [(&'static str, Share); 6] {
        [
            ("alert recall", self.alert_recall),
            ("hit recall", self.hit_recall),
            ("verdict accuracy", self.verdict_accuracy),
            ("clearing", self.clearing),
            ("false alerts", self.false_alerts),
            ("noise", self.noise),
        ]
    }
}
