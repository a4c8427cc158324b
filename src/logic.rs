//! Three-valued logic.
//!
//! A goods line that doesn't state the concentration of an acid neither meets nor fails the
//! limit of the list. Two-valued logic would have to call that "no", and a silent "no" is the
//! one mistake a screener must not make. So criteria are evaluated in Kleene's strong logic:
//! false < unknown < true, `and` is the minimum, `or` the maximum. Learning one more fact can
//! turn `unknown` into something definite; it never turns a definite answer round.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The truth of a criterion: met, failed, or not decided by what is stated.
///
/// ```
/// use tidewaiter::Truth;
/// assert_eq!(Truth::True.and(Truth::Unknown), Truth::Unknown);
/// assert_eq!(Truth::False.and(Truth::Unknown), Truth::False);
/// assert_eq!(Truth::True.or(Truth::Unknown), Truth::True);
/// assert_eq!(!Truth::Unknown, Truth::Unknown);
/// ```
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// A stated fact fails the criterion.
    False,
    /// Nothing stated decides the criterion.
    Unknown,
    /// A stated fact meets the criterion.
    True,
}

impl Truth {
    /// Kleene conjunction: the lesser of the two.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Kleene disjunction: the greater of the two.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// Conjunction of all; `True` of none.
    pub fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().fold(Truth::True, Truth::and)
    }

    /// Disjunction of all; `False` of none.
    pub fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
        truths.into_iter().fold(Truth::False, Truth::or)
    }

    /// The word used in reports: `true`, `unknown`, `false`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Truth::False => "false",
            Truth::Unknown => "unknown",
            Truth::True => "true",
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(b: bool) -> Truth {
        if b { Truth::True } else { Truth::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, *};

    const ALL: [Truth; 3] = [False, Unknown, True];

    #[test]
    fn laws_of_kleene_logic_hold_for_all_values() {
        for a in ALL {
            assert_eq!(!!a, a);
            for b in ALL {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(!(a.and(b)), (!a).or(!b));
                for c in ALL {
                    assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
                }
            }
        }
    }

    #[test]
    fn a_definite_answer_survives_learning_one_more_fact() {
        for known in ALL {
            for learned in [False, True] {
                for op in [Truth::and, Truth::or] {
                    let before = op(known, Unknown);
                    if before != Unknown {
                        assert_eq!(op(known, learned), before);
                    }
                }
            }
        }
    }
}
