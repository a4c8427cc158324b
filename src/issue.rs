//! Trouble in an input that doesn't stop the run.
//!
//! A ragged row, a CAS number with a wrong check digit, a date nobody can read: each is
//! reported with a stable code and its place, and the goods item concerned is never silently
//! clear.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Location;

/// How much an [`Issue`] matters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something was read in a way that a person should check.
    Warning,
    /// Something could not be read.
    Error,
}

impl Severity {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Something wrong at one place of an input, with a stable code.
///
/// ```
/// use tidewaiter::{Issue, Location, Severity};
/// let issue = Issue::new("cas-check-digit", Severity::Warning, "126-73-9 fails its check digit")
///     .at(Location::new("manifest.csv").at_line(17));
/// assert_eq!(
///     issue.to_string(),
///     "manifest.csv:17: warning[cas-check-digit]: 126-73-9 fails its check digit"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// Stable code in kebab case, for example `ragged-row`.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// One plain sentence: what is wrong and what was done about it.
    pub message: String,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

impl Issue {
    /// An issue without a place yet.
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Issue {
        Issue {
            code: code.into(),
            severity,
            message: message.into(),
            location: None,
        }
    }

    /// The same issue, at a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Issue {
        self.location = Some(location);
        self
    }
}

impl std::fmt::Display for Issue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        write!(
            f,
            "{}[{}]: {}",
            self.severity.as_str(),
            self.code,
            self.message
        )
    }
}
