//! Exact numbers.
//!
//! A legal threshold is a decimal, a unit conversion is a fraction (1 psi is
//! 4.4482216152605/0.00064516 Pa), and whether a figure is above a limit must not hang on a
//! rounding. So all figures are rational numbers, bounded in size on the way in.

use std::fmt;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::error::{Error, ErrorKind};

/// An exact rational number.
///
/// ```
/// use tidewaiter::Number;
/// let third: Number = "1/3".parse()?;
/// let sum = third.clone() + third.clone() + third;
/// assert_eq!(sum, "1".parse()?);
/// assert_eq!("1e-10".parse::<Number>()?.to_string(), "1e-10");
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(BigRational);

/// Longest run of digits that is read as a number; longer ones are codes.
const MOST_DIGITS: usize = 40;
/// Largest power of ten, in either direction, that is read.
const MOST_EXPONENT: i32 = 60;

impl Number {
    /// The number for a mantissa and a power of ten: `from_parts("18", -1)` is 1.8.
    /// `None` when either is larger than any real figure.
    #[must_use]
    pub fn from_parts(digits: &str, exponent: i32) -> Option<Number> {
        let fits = !digits.is_empty()
            && digits.len() <= MOST_DIGITS
            && digits.bytes().all(|b| b.is_ascii_digit())
            && exponent.abs() <= MOST_EXPONENT;
        if !fits {
            return None;
        }
        let mantissa: BigInt = digits.parse().ok()?;
        let power = BigInt::from(10).pow(exponent.unsigned_abs());
        Some(Number(if exponent < 0 {
            BigRational::new(mantissa, power)
        } else {
            BigRational::from_integer(mantissa * power)
        }))
    }

    /// The quotient, unless the divisor is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Number) -> Option<Number> {
        (!divisor.0.is_zero()).then(|| Number(&self.0 / &divisor.0))
    }

    /// The nearest double, for what needs no exactness.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

impl From<i64> for Number {
    fn from(n: i64) -> Number {
        Number(BigRational::from_integer(n.into()))
    }
}

impl FromStr for Number {
    type Err = Error;

    /// Reads `123`, `-1.5`, `3.18e6`, and quotients of two such.
    fn from_str(text: &str) -> Result<Number, Error> {
        let wrong = || Error::new(ErrorKind::Value, format!("{text:?} is not a number"));
        if let Some((numerator, denominator)) = text.split_once('/') {
            let (n, d) = (numerator.parse::<Number>()?, denominator.parse::<Number>()?);
            return n.checked_div(&d).ok_or_else(wrong);
        }
        let (negative, body) = match text.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, text),
        };
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().map_err(|_| wrong())?),
            None => (body, 0i32),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let exponent = exponent
            .checked_sub(fraction.len() as i32)
            .ok_or_else(wrong)?;
        let number = Number::from_parts(&format!("{whole}{fraction}"), exponent);
        let number = number.ok_or_else(wrong)?;
        Ok(if negative { Number(-number.0) } else { number })
    }
}

impl fmt::Display for Number {
    /// As a decimal of at most six significant digits; very large and very small numbers in
    /// exponent form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_zero() {
            return f.write_str("0");
        }
        let size = self.0.abs().to_f64().unwrap_or(f64::INFINITY);
        if self.0.is_integer() && size < 1e15 {
            return write!(f, "{}", self.0.to_integer());
        }
        let value = self.to_f64();
        let text = format!("{value:.5e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        if (-4..15).contains(&exponent) {
            let places = (5 - exponent).max(0) as usize;
            let plain = format!("{value:.places$}");
            let trimmed = if plain.contains('.') {
                plain.trim_end_matches('0').trim_end_matches('.')
            } else {
                &plain
            };
            return f.write_str(trimmed);
        }
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        write!(f, "{mantissa}e{exponent}")
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $op:tt) => {
        impl $trait for Number {
            type Output = Number;
            fn $method(self, other: Number) -> Number {
                Number(self.0 $op other.0)
            }
        }
        impl $trait for &Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number {
                Number(&self.0 $op &other.0)
            }
        }
    };
}
operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(Mul, mul, *);

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (text, shown) in [
            ("180", "180"),
            ("0.1", "0.1"),
            ("1/3", "0.333333"),
            ("1e-10", "1e-10"),
            ("1.3e-10", "1.3e-10"),
            ("31.8e9", "31800000000"),
            ("0.10", "0.1"),
            ("100000", "100000"),
            ("29307.107", "29307.1"),
            ("-5", "-5"),
        ] {
            assert_eq!(text.parse::<Number>().expect(text).to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in [
            "",
            "x",
            "1e999",
            "1/0",
            "--1",
            "1.2.3",
            "1e",
            &"9".repeat(50),
        ] {
            assert!(bad.parse::<Number>().is_err(), "{bad}");
        }
    }
}
