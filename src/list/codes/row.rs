//! One code of a ban, and whether a declared code is under it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::since::Since;
use crate::logic::Truth;
use crate::vocab::HsCode;

/// Whose code it is. The first six digits are the world's, the rest a country's own.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum CodeSystem {
    /// A chapter of the Harmonized System: two digits.
    #[serde(rename = "HS2")]
    Hs2,
    /// A heading: four digits.
    #[serde(rename = "HS4")]
    Hs4,
    /// A subheading: six digits.
    #[serde(rename = "HS6")]
    Hs6,
    /// The EU's Combined Nomenclature: eight digits.
    #[serde(rename = "CN8")]
    Cn8,
    /// The EU's TARIC: ten digits.
    #[serde(rename = "TARIC10")]
    Taric10,
    /// China's tariff: ten digits.
    #[serde(rename = "CHN10")]
    Chn10,
}

impl CodeSystem {
    /// The name used in lists.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            CodeSystem::Hs2 => "HS2",
            CodeSystem::Hs4 => "HS4",
            CodeSystem::Hs6 => "HS6",
            CodeSystem::Cn8 => "CN8",
            CodeSystem::Taric10 => "TARIC10",
            CodeSystem::Chn10 => "CHN10",
        }
    }

    /// How many digits its codes have.
    #[must_use]
    pub fn digits(self) -> usize {
        match self {
            CodeSystem::Hs2 => 2,
            CodeSystem::Hs4 => 4,
            CodeSystem::Hs6 => 6,
            CodeSystem::Cn8 => 8,
            CodeSystem::Taric10 | CodeSystem::Chn10 => 10,
        }
    }

    /// Whose tariff it is: `EU`, `CN`; nobody's for the world's digits.
    #[must_use]
    pub fn tariff(self) -> Option<&'static str> {
        match self {
            CodeSystem::Hs2 | CodeSystem::Hs4 | CodeSystem::Hs6 => None,
            CodeSystem::Cn8 | CodeSystem::Taric10 => Some("EU"),
            CodeSystem::Chn10 => Some("CN"),
        }
    }
}

/// A code, or a range of codes, with what it covers.
#[derive(Clone, Debug, Serialize)]
pub struct CodeRow {
    /// The code; of a range, the first.
    pub code: String,
    /// The last code of a range, included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whose code it is.
    pub system: CodeSystem,
    /// The goods in our own words.
    pub goods: String,
    /// Whether only a part of the code is covered.
    pub part: bool,
    /// Codes that stand for it in later editions of the HS.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<String>,
    /// First days that differ from the act's, by instrument.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub since: BTreeMap<String, Since>,
    /// What is worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Whether a declared code is under a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeAnswer {
    /// The answer.
    pub truth: Truth,
    /// Why, in plain words.
    pub why: String,
    /// The fact to ask for, where the answer is open.
    pub ask: Option<String>,
}

impl CodeRow {
    /// Whether a code, as declared, is under this row. `tariff` tells whose digits stand behind
    /// the sixth, where that is known: `EU`, `CN`, or another country's code.
    ///
    /// Too few digits leave it open, and so do national digits of another tariff or of one that
    /// isn't known. The answer on the code alone: whether goods are the covered part of a code
    /// (`part`) is no matter of digits.
    ///
    /// ```
    /// use tidewaiter::{Truth, list};
    /// let lists = list::embedded_code_lists();
    /// let fuel = &lists[1].measures[0].rows[0]; // 2710 12 31 to 2710 12 59
    /// let answer = |code: &str| Ok(fuel.covers(&code.parse()?, Some("EU")).truth);
    /// assert_eq!(answer("2710.12.45")?, Truth::True);
    /// assert_eq!(answer("2710.12.70")?, Truth::False);
    /// assert_eq!(answer("2710")?, Truth::Unknown);
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn covers(&self, declared: &HsCode, tariff: Option<&str>) -> CodeAnswer {
        let truth = self.holds_code(declared, tariff);
        let undivided = self.to.is_none() && is_undivided(&self.code);
        let length = if undivided { 6 } else { self.system.digits() };
        let name = self.name();
        let (why, ask) = match truth {
            Truth::True => (format!("{declared} is under {name}"), None),
            Truth::False => (format!("{declared} is not under {name}"), None),
            Truth::Unknown if declared.may_lack_zero() => (
                format!("{declared} may have lost a zero in front; it may be under {name}"),
                Some(format!("write the code {declared} with all its digits")),
            ),
            Truth::Unknown if declared.digits().len() < length => (
                format!(
                    "{declared} has {} digits, {name} {length}",
                    declared.digits().len()
                ),
                Some(format!(
                    "declare {length} digits of the code; {name} is {}",
                    self.goods
                )),
            ),
            Truth::Unknown => (
                format!(
                    "{declared} and {name} have the same six digits; whose tariff the others are \
                     of is not known"
                ),
                Some(format!(
                    "give the {} code: {name} is {}",
                    self.system.as_str(),
                    self.goods
                )),
            ),
        };
        CodeAnswer { truth, why, ask }
    }

    /// The truth of [`covers`](CodeRow::covers) alone: most rows of a list are asked for nothing
    /// more.
    pub(crate) fn holds_code(&self, declared: &HsCode, tariff: Option<&str>) -> Truth {
        let answer = |digits: &str| {
            let later = self.later.iter().map(|code| (code.as_str(), code.as_str()));
            let spans = [(self.code.as_str(), self.to.as_deref().unwrap_or(&self.code))];
            let spans = spans.into_iter().chain(later);
            Truth::any(spans.map(|(first, last)| self.holds(digits, first, last, tariff)))
        };
        let as_written = answer(declared.digits());
        if declared.may_lack_zero() {
            let with_zero = answer(&format!("0{}", declared.digits()));
            if with_zero != as_written {
                return Truth::Unknown;
            }
        }
        as_written
    }

    /// The row as reports call it: `HS 7201`, `CN 27101231 to 27101259`.
    #[must_use]
    pub fn name(&self) -> String {
        let system = match self.system {
            CodeSystem::Hs2 => "HS chapter",
            CodeSystem::Hs4 | CodeSystem::Hs6 => "HS",
            CodeSystem::Cn8 => "CN",
            CodeSystem::Taric10 => "TARIC",
            CodeSystem::Chn10 => "the Chinese code",
        };
        let part = if self.part { "a part of " } else { "" };
        match &self.to {
            Some(to) => format!("{part}{system} {} to {to}", self.code),
            None => format!("{part}{system} {}", self.code),
        }
    }

    fn holds(&self, declared: &str, first: &str, last: &str, tariff: Option<&str>) -> Truth {
        // Most rows are of another chapter, and a code of any length tells that.
        let chapter = |code: &str| code.as_bytes().first_chunk::<2>().copied();
        if chapter(declared) < chapter(first) || chapter(declared) > chapter(last) {
            return Truth::False;
        }
        let (first, last) = if first == last && is_undivided(first) {
            (
                first.get(..6).unwrap_or(first),
                last.get(..6).unwrap_or(last),
            )
        } else {
            (first, last)
        };
        let national = first.len() > 6 && declared.len() > 6;
        if national && self.system.tariff() != tariff {
            fn world(code: &str) -> &str {
                code.get(..6).unwrap_or(code)
            }
            let same = (world(first)..=world(last)).contains(&world(declared));
            return if same { Truth::Unknown } else { Truth::False };
        }
        between(declared, first, last)
    }
}

/// Whether national digits divide nothing, being all zeros: the code is the whole subheading.
fn is_undivided(code: &str) -> bool {
    code.get(6..)
        .is_some_and(|rest| rest.bytes().all(|b| b == b'0'))
}

/// Whether all, none or some of the codes that begin with the declared digits are in a range.
fn between(declared: &str, first: &str, last: &str) -> Truth {
    let length = first.len();
    let declared = declared.get(..length).unwrap_or(declared);
    let filled = |with: u8| {
        let digits = declared.bytes().chain(std::iter::repeat(with));
        digits.take(length.max(declared.len()))
    };
    let (lowest, highest) = (|| filled(b'0'), || filled(b'9'));
    if first.bytes().le(lowest()) && highest().le(last.bytes()) {
        Truth::True
    } else if highest().lt(first.bytes()) || last.bytes().lt(lowest()) {
        Truth::False
    } else {
        Truth::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, to: Option<&str>, system: CodeSystem) -> CodeRow {
        CodeRow {
            code: code.into(),
            to: to.map(str::to_owned),
            system,
            goods: "widgets".into(),
            part: false,
            later: Vec::new(),
            since: BTreeMap::new(),
            note: None,
        }
    }

    #[test]
    fn codes_meet_a_row_by_their_digits() {
        use CodeSystem::{Chn10, Cn8, Hs2, Hs4, Hs6, Taric10};
        use Truth::{False, True, Unknown};
        let range = Some("27101259");
        for (row, declared, tariff, expected) in [
            (row("84", None, Hs2), "8479", None, True),
            (row("84", None, Hs2), "847989970010", Some("CN"), True),
            (row("84", None, Hs2), "8501", None, False),
            (row("07", None, Hs2), "0701", None, True),
            // 7 digits: 0701900 or 07 without its zero.
            (row("07", None, Hs2), "7019000", None, Unknown),
            (row("7208", None, Hs4), "7208", None, True),
            (row("7208", None, Hs4), "72085100", None, True),
            (row("7208", None, Hs4), "7209", None, False),
            (row("271121", None, Hs6), "2711", None, Unknown),
            (row("271121", None, Hs6), "2711.21", None, True),
            (row("271121", None, Hs6), "2711.29", None, False),
            (row("27101231", range, Cn8), "27101231", Some("EU"), True),
            (row("27101231", range, Cn8), "2710125900", Some("EU"), True),
            (row("27101231", range, Cn8), "27101230", Some("EU"), False),
            (row("27101231", range, Cn8), "27101260", Some("EU"), False),
            (row("27101231", range, Cn8), "271012", Some("EU"), Unknown),
            (row("27101231", range, Cn8), "2710", None, Unknown),
            (row("27101231", range, Cn8), "2707", None, False),
            // National digits of another tariff can't be compared.
            (
                row("27101231", range, Cn8),
                "2710121000",
                Some("CN"),
                Unknown,
            ),
            (row("27101231", range, Cn8), "2710123100", None, Unknown),
            (row("27101231", range, Cn8), "2710191000", Some("CN"), False),
            (
                row("2616900010", None, Taric10),
                "26169000",
                Some("EU"),
                Unknown,
            ),
            (
                row("2616900010", None, Taric10),
                "2616900010",
                Some("EU"),
                True,
            ),
            (
                row("2616900010", None, Taric10),
                "2616900090",
                Some("EU"),
                False,
            ),
            (
                row("2601111000", None, Chn10),
                "2601111000",
                Some("CN"),
                True,
            ),
            (
                row("2601111000", None, Chn10),
                "2601.11",
                Some("CN"),
                Unknown,
            ),
            // Zeros behind the sixth digit divide nothing.
            (row("26140000", None, Cn8), "2614001000", Some("CN"), True),
            (row("2711110000", None, Chn10), "271111", None, True),
        ] {
            let answer = row.covers(&declared.parse().expect("a code"), tariff);
            assert_eq!(
                answer.truth,
                expected,
                "{} {declared} {tariff:?}",
                row.name()
            );
            assert_eq!(answer.ask.is_some(), expected == Unknown, "{answer:?}");
        }
    }

    #[test]
    fn a_code_that_was_split_is_found_under_its_later_codes() {
        let mut statues = row("442010", None, CodeSystem::Hs6);
        statues.later = vec!["442011".into(), "442019".into()];
        for (declared, expected) in [
            ("442010", Truth::True),
            ("4420.11", Truth::True),
            ("44201990", Truth::True),
            ("442090", Truth::False),
            ("4420", Truth::Unknown),
        ] {
            let answer = statues.covers(&declared.parse().expect("a code"), None);
            assert_eq!(answer.truth, expected, "{declared}");
        }
    }
}
