//! CAS registry numbers.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A CAS registry number whose check digit is right: two to seven digits, two digits, and the
/// check digit, which is the sum of all other digits, each times its place from the right,
/// modulo ten (CAS, "Check Digit Verification of CAS Registry Numbers").
///
/// ```
/// use tidewaiter::CasNumber;
/// let cas: CasNumber = "7697-37-2".parse()?;
/// assert_eq!(cas.to_string(), "7697-37-2");
/// assert!("7697-37-3".parse::<CasNumber>().is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CasNumber {
    /// All digits as one number; the last is the check digit.
    digits: u64,
}

impl CasNumber {
    /// The number for three parts whose check digit is right.
    fn from_parts(a: &str, b: &str, c: &str) -> Option<CasNumber> {
        let shape = (2..=7).contains(&a.len()) && b.len() == 2 && c.len() == 1;
        let all = format!("{a}{b}{c}");
        if !shape || a.starts_with('0') || !all.bytes().all(|d| d.is_ascii_digit()) {
            return None;
        }
        let (body, check) = all.split_at(all.len() - 1);
        let sum: u64 = body
            .bytes()
            .rev()
            .zip(1..)
            .map(|(digit, place)| u64::from(digit - b'0') * place)
            .sum();
        let digits = all.parse().ok()?;
        (check.parse() == Ok(sum % 10)).then_some(CasNumber { digits })
    }
}

impl FromStr for CasNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<CasNumber, Error> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let [a, b, c] = parts[..] else {
            return Err(Error::new(
                ErrorKind::Value,
                format!("{text:?} is not a CAS number; one looks like 126-73-8"),
            ));
        };
        CasNumber::from_parts(a, b, c).ok_or_else(|| {
            Error::new(
                ErrorKind::Value,
                format!("{text:?} is not a CAS number: its form or its check digit is wrong"),
            )
        })
    }
}

impl fmt::Display for CasNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rest, check) = (self.digits / 10, self.digits % 10);
        write!(f, "{}-{:02}-{check}", rest / 100, rest % 100)
    }
}

impl From<CasNumber> for String {
    fn from(cas: CasNumber) -> String {
        cas.to_string()
    }
}

impl TryFrom<String> for CasNumber {
    type Error = Error;

    fn try_from(text: String) -> Result<CasNumber, Error> {
        text.parse()
    }
}

impl JsonSchema for CasNumber {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CasNumber".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[1-9][0-9]{1,6}-[0-9]{2}-[0-9]$" })
    }
}

#[cfg(test)]
mod tests {
    use super::CasNumber;

    #[test]
    fn known_numbers_pass_and_neighbours_fail() {
        for good in ["126-73-8", "7697-37-2", "7782-41-4", "50-00-0", "77-90-7"] {
            assert_eq!(good.parse::<CasNumber>().expect(good).to_string(), good);
        }
        for bad in [
            "126-73-9",
            "126-37-8",
            "1-26-8",
            "0126-73-8",
            "126738",
            "",
            "a-bc-d",
            "--",
        ] {
            assert!(bad.parse::<CasNumber>().is_err(), "{bad}");
        }
    }
}
