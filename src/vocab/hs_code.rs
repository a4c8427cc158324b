//! Commodity codes of the Harmonized System and of what countries add to it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A commodity code: four to twelve digits, of which the first six are the world's and the rest
/// a country's own.
///
/// Manifests write it with dots, spaces or hyphens, with `HS` before it, and with the apostrophe
/// or the formula that keeps a spreadsheet from taking it for a number. An odd number of digits
/// is kept as it is: it may be a national form, or a leading zero may be lost
/// ([`may_lack_zero`](HsCode::may_lack_zero)); nothing is guessed.
///
/// ```
/// use tidewaiter::vocab::HsCode;
/// let code: HsCode = "2808 00 00 10".parse()?;
/// assert_eq!(code.digits(), "2808000010");
/// assert_eq!(code.to_string(), "2808.00.0010");
/// assert!(code.starts_with("2808.00"));
/// assert!("28".parse::<HsCode>().is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct HsCode {
    digits: String,
}

impl HsCode {
    /// The digits alone.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Whether the code lies under a chapter, heading or subheading.
    #[must_use]
    pub fn starts_with(&self, prefix: &str) -> bool {
        let prefix = digits_of(prefix);
        !prefix.is_empty() && self.digits.starts_with(&prefix)
    }

    /// Whether the code, as declared, and an indicative one are the same as far as both go.
    ///
    /// ```
    /// use tidewaiter::vocab::HsCode;
    /// let declared: HsCode = "8401.20".parse()?;
    /// assert!(declared.agrees_with("8401"));
    /// assert!(declared.agrees_with("8401.20.00"));
    /// assert!(!declared.agrees_with("8402"));
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn agrees_with(&self, indicative: &str) -> bool {
        let indicative = digits_of(indicative);
        !indicative.is_empty()
            && (self.digits.starts_with(&indicative) || indicative.starts_with(&self.digits))
    }

    /// Whether a spreadsheet may have taken a leading zero away: `3061010` for `03061010`.
    #[must_use]
    pub fn may_lack_zero(&self) -> bool {
        self.digits.len() % 2 == 1
    }
}

impl FromStr for HsCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<HsCode, Error> {
        let wrong = || {
            Error::new(
                ErrorKind::Value,
                format!("{text:?} is not a commodity code; one has 4 to 12 digits: 2808.00"),
            )
        };
        let code = bare(text);
        let separator =
            |c: char| matches!(c, '.' | ' ' | '-' | '\u{A0}' | '\u{2009}' | '．' | '　');
        let mut digits = String::new();
        for c in code.chars() {
            match narrow(c) {
                Some(digit) => digits.push(digit),
                None if separator(c) => {}
                None => return Err(wrong()),
            }
        }
        if (4..=12).contains(&digits.len()) && digits.bytes().any(|digit| digit != b'0') {
            Ok(HsCode { digits })
        } else {
            Err(wrong())
        }
    }
}

/// The code without what stands around it.
fn bare(text: &str) -> &str {
    let around = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '=' | '’' | '`');
    let mut code = text.trim_matches(around);
    for word in ["HS", "HTS", "HTSUS", "CN", "TARIC", "NCM"] {
        if let Some((head, rest)) = code.split_at_checked(word.len())
            && head.eq_ignore_ascii_case(word)
            && !rest.starts_with(|c: char| c.is_alphabetic())
        {
            code = rest.trim_start();
            break;
        }
    }
    for word in ["code", "no.", "no", "nr."] {
        if let Some((head, rest)) = code.split_at_checked(word.len())
            && head.eq_ignore_ascii_case(word)
        {
            code = rest;
            break;
        }
    }
    code.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '#' | '.' | '-')
    })
    .trim_end_matches(['.', ',', ';', '-'])
    .trim()
}

/// An ASCII digit, also where it is written full-width.
fn narrow(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => c.is_ascii_digit().then_some(c),
    }
}

fn digits_of(code: &str) -> String {
    code.chars().filter_map(narrow).collect()
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (heading, rest) = self.digits.split_at(4);
        let (subheading, national) = rest.split_at(rest.len().min(2));
        f.write_str(heading)?;
        for part in [subheading, national]
            .into_iter()
            .filter(|part| !part.is_empty())
        {
            write!(f, ".{part}")?;
        }
        Ok(())
    }
}

impl From<HsCode> for String {
    fn from(code: HsCode) -> String {
        code.digits
    }
}

impl TryFrom<String> for HsCode {
    type Error = Error;

    fn try_from(text: String) -> Result<HsCode, Error> {
        text.parse()
    }
}

impl JsonSchema for HsCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "HsCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4,12}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::HsCode;

    #[test]
    fn forms_of_the_trade() {
        for (text, digits) in [
            ("2808.00", "280800"),
            ("2808 00 00 10", "2808000010"),
            ("28080000", "28080000"),
            ("8414.10-00", "84141000"),
            ("8479.89.97.10.99", "847989971099"),
            ("HS 2808.00", "280800"),
            ("HS: 2808.00", "280800"),
            ("hs code 2808", "2808"),
            ("HTS-8401.20", "840120"),
            ("'2808", "2808"),
            ("=\"03061010\"", "03061010"),
            ("２８０８．００", "280800"),
            ("3061010", "3061010"),
            (" 2808.00. ", "280800"),
        ] {
            assert_eq!(
                text.parse::<HsCode>().expect(text).digits(),
                digits,
                "{text}"
            );
        }
        for bad in [
            "",
            "28",
            "280",
            "n/a",
            "1234567890123",
            "28o8",
            "2808,00",
            "0000",
            "8414 PUMP",
            "-",
        ] {
            assert!(bad.parse::<HsCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_agree_as_far_as_both_go() {
        let code: HsCode = "2808.00".parse().expect("a code");
        for yes in ["2808", "28", "2808.00", "2808.00.10"] {
            assert!(code.agrees_with(yes), "{yes}");
        }
        for no in ["", "2807", "2808.10", "8"] {
            assert!(!code.agrees_with(no), "{no}");
        }
        assert!(code.starts_with("28") && !code.starts_with("2808.00.10"));
        assert!("3061010".parse::<HsCode>().expect("a code").may_lack_zero());
    }
}
