//! EC numbers of substances.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// An EC number (EINECS, ELINCS, no-longer polymers) whose check digit is right: three digits,
/// three digits, and the check digit, which is the sum of all other digits, each times its place
/// from the left, modulo eleven; a remainder of ten is no number (ECHA, "EC Inventory").
///
/// ```
/// use tidewaiter::EcNumber;
/// let nitric_acid: EcNumber = "231-714-2".parse()?;
/// assert_eq!(nitric_acid.to_string(), "231-714-2");
/// assert!("231-714-3".parse::<EcNumber>().is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EcNumber {
    /// All digits as one number; the last is the check digit.
    digits: u32,
}

impl FromStr for EcNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<EcNumber, Error> {
        let wrong = |what: &str| {
            let message = format!("{text:?} is no EC number: {what}; one looks like 231-714-2");
            Error::new(ErrorKind::Value, message)
        };
        let parts: Vec<&str> = text.trim().split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let all = parts.concat();
        if lengths != [3, 3, 1] || !all.bytes().all(|d| d.is_ascii_digit()) {
            return Err(wrong("its form is wrong"));
        }
        let sum: u32 = all[..6]
            .bytes()
            .zip(1..)
            .map(|(digit, place)| u32::from(digit - b'0') * place)
            .sum();
        match all.parse::<u32>() {
            Ok(digits) if digits % 10 == sum % 11 => Ok(EcNumber { digits }),
            _ => Err(wrong("its check digit is wrong")),
        }
    }
}

impl fmt::Display for EcNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rest, check) = (self.digits / 10, self.digits % 10);
        write!(f, "{:03}-{:03}-{check}", rest / 1000, rest % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::EcNumber;

    #[test]
    fn known_numbers_pass_and_neighbours_fail() {
        for good in ["231-714-2", "231-954-8", "204-800-2", "200-838-9"] {
            assert_eq!(good.parse::<EcNumber>().expect(good).to_string(), good);
        }
        for bad in [
            "231-714-3",
            "231-741-2",
            "2317142",
            "231-714",
            "",
            "abc-def-g",
            "231-7142",
        ] {
            assert!(bad.parse::<EcNumber>().is_err(), "{bad}");
        }
    }
}
