//! How the trade writes a number, read at one place of a folded line.
//!
//! `1,950` `1.950,0` `1 950` `1 1/2` `3/32` `1e-05` `10^-5` `5x10^-3` `.5`. One form is truly
//! ambiguous, `1.950`: a decimal in English, thousands in German. It keeps both readings, and a
//! criterion that the two would decide differently stays undecided.

use crate::vocab::Number;

/// A number as written: its value, its length, and the other reading where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The value.
    pub value: Number,
    /// The other possible value: `1.950` may be 1950.
    pub other: Option<Number>,
    /// Bytes of the line it takes up.
    pub length: usize,
}

/// Reads the number that begins at the start of a folded text, as far as it goes.
///
/// ```
/// use tidewaiter::text::read_figure;
/// let figure = read_figure("1.950,5 kg").unwrap();
/// assert_eq!((figure.value.to_string().as_str(), figure.length), ("1950.5", 7));
/// assert_eq!(read_figure("5x10^-3 pa").unwrap().value.to_string(), "0.005");
/// assert_eq!(read_figure("1 1/2 in").unwrap().value.to_string(), "1.5");
/// assert!(read_figure("kg").is_none());
/// ```
#[must_use]
pub fn read_figure(text: &str) -> Option<Figure> {
    let mut figure = read_plain(text)?;
    let rest = &text[figure.length..];
    if let Some((power, length)) = read_power(rest, figure.length == 2 && text.starts_with("10")) {
        figure.value = match power {
            Power::OfTen(exponent) => figure.value.clone() * Number::from_parts("1", exponent)?,
            Power::OfItself(exponent) => Number::from_parts("1", exponent)?,
        };
        figure.other = None;
        figure.length += length;
    } else if figure.other.is_none()
        && let Some((fraction, length)) = read_fraction(rest, &text[..figure.length])
    {
        figure.value = match fraction {
            Fraction::Added(part) => figure.value + part,
            Fraction::Divisor(divisor) => figure.value.checked_div(&divisor)?,
        };
        figure.length += length;
    }
    Some(figure)
}

/// Digits with their group and decimal signs.
fn read_plain(text: &str) -> Option<Figure> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let leading_point = bytes.first() == Some(&b'.') && digit(1);
    if !digit(0) && !leading_point {
        return None;
    }
    // Runs of digits and the signs between them.
    let mut runs: Vec<(&str, u8)> = Vec::new();
    let mut at = 0;
    let mut sign = if leading_point {
        at = 1;
        b'.'
    } else {
        0
    };
    loop {
        let start = at;
        while digit(at) {
            at += 1;
        }
        runs.push((&text[start..at], sign));
        match bytes.get(at) {
            Some(&next @ (b'.' | b',' | b'\'')) if digit(at + 1) => sign = next,
            Some(b' ') if is_group_of_three(&bytes[at + 1..]) && runs_can_group(&runs) => {
                sign = b' ';
            }
            _ => break,
        }
        at += 1;
    }
    if leading_point {
        let digits = runs[0].0;
        let value = Number::from_parts(digits, -i32::try_from(digits.len()).ok()?)?;
        return Some(Figure {
            value,
            other: None,
            length: at,
        });
    }
    let (decimal, other_decimal) = decimal_sign(&runs);
    let value = compose(&runs, decimal)?;
    let other = match other_decimal {
        Some(reading) => compose(&runs, reading),
        None => None,
    };
    Some(Figure {
        value,
        other,
        length: at,
    })
}

/// Exactly three digits, and then none.
fn is_group_of_three(bytes: &[u8]) -> bool {
    bytes.len() >= 3
        && bytes[..3].iter().all(u8::is_ascii_digit)
        && !bytes.get(3).is_some_and(u8::is_ascii_digit)
}

/// Whether what was read may go on with a blank and three digits.
fn runs_can_group(runs: &[(&str, u8)]) -> bool {
    let (first, _) = runs[0];
    (1..=3).contains(&first.len())
        && first != "0"
        && runs[1..]
            .iter()
            .all(|(run, sign)| *sign == b' ' && run.len() == 3)
}

/// Which run begins the decimals (`None`: no run), and the other possible answer.
fn decimal_sign(runs: &[(&str, u8)]) -> (Option<usize>, Option<Option<usize>>) {
    let last = runs.len() - 1;
    if last == 0 {
        return (None, None);
    }
    let (digits, sign) = runs[last];
    let same = runs[1..].iter().all(|(_, s)| *s == sign);
    let groups =
        runs[0].0.len() <= 3 && runs[0].0 != "0" && runs[1..].iter().all(|(run, _)| run.len() == 3);
    match sign {
        b' ' | b'\'' => (None, None),
        _ if !same => (Some(last), None),
        _ if last > 1 && groups => (None, None),
        b',' if groups => (None, None),
        b'.' if groups && digits != "000" => (Some(last), Some(None)),
        b'.' if groups => (Some(last), Some(None)),
        _ => (Some(last), None),
    }
}

fn compose(runs: &[(&str, u8)], decimal: Option<usize>) -> Option<Number> {
    let digits: String = runs.iter().map(|(run, _)| *run).collect();
    let places = decimal.map_or(0, |at| runs[at].0.len());
    Number::from_parts(&digits, -i32::try_from(places).ok()?)
}

enum Power {
    /// The number times ten to this.
    OfTen(i32),
    /// The number is a ten, raised to this.
    OfItself(i32),
}

/// `e-05`, `x10^-5`, `x10-5`, `*10^5`, and `^-5` after a ten.
fn read_power(rest: &str, after_ten: bool) -> Option<(Power, usize)> {
    let integer = |text: &str, signed: bool| -> Option<(i32, usize)> {
        let sign = usize::from(text.starts_with(['-', '+']));
        if signed && sign == 0 {
            return None;
        }
        let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=3).contains(&digits) {
            return None;
        }
        let value = text[sign..sign + digits].parse::<i32>().ok()?;
        Some((
            if text.starts_with('-') { -value } else { value },
            sign + digits,
        ))
    };
    if let Some(exponent) = rest.strip_prefix('e') {
        // `5e3` is a number, `10ea` and `8e 6` are not: a letter or blank must not follow.
        let (value, length) = integer(exponent, false)?;
        let ends =
            !exponent[length..].starts_with(|c: char| c.is_alphanumeric() && c.is_ascii_digit());
        return ends.then_some((Power::OfTen(value), 1 + length));
    }
    if after_ten && let Some(exponent) = rest.strip_prefix('^') {
        let (value, length) = integer(exponent, false)?;
        return Some((Power::OfItself(value), 1 + length));
    }
    let trimmed = rest.trim_start_matches(' ');
    let times = trimmed
        .strip_prefix(['x', '*', '·', 'х'])?
        .trim_start_matches(' ');
    let ten = times.strip_prefix("10")?;
    let before = rest.len() - ten.len();
    let (value, length) = match ten.strip_prefix('^') {
        Some(exponent) => {
            let (value, length) = integer(exponent, false)?;
            (value, length + 1)
        }
        None => {
            let (value, length) = integer(ten, true)?;
            // `20x10-15 mm` is a size; powers of ten of figures are written with a small base.
            (value, length)
        }
    };
    Some((Power::OfTen(value), before + length))
}

enum Fraction {
    /// A proper fraction to add: `1 1/2`, `1-1/2`.
    Added(Number),
    /// What the number is to be divided by: `3/32`.
    Divisor(Number),
}

/// The denominators that inch sizes and shares are written with.
const DENOMINATORS: [&str; 6] = ["2", "4", "8", "16", "32", "64"];

fn read_fraction(rest: &str, whole: &str) -> Option<(Fraction, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let denominator = |text: &str| -> Option<(Number, usize)> {
        let length = digits(text);
        let written = &text[..length];
        DENOMINATORS
            .contains(&written)
            .then(|| written.parse().ok())
            .flatten()
            .map(|n| (n, length))
    };
    if let Some(below) = rest.strip_prefix('/') {
        let (divisor, length) = denominator(below)?;
        let proper = whole.parse::<u32>().ok()? < below[..length].parse::<u32>().ok()?;
        return proper.then_some((Fraction::Divisor(divisor), 1 + length));
    }
    let inner = rest.strip_prefix([' ', '-'])?;
    let above = digits(inner);
    let numerator = inner.get(..above).filter(|n| (1..=2).contains(&n.len()))?;
    let below = inner[above..].strip_prefix('/')?;
    let (divisor, length) = denominator(below)?;
    let proper = numerator.parse::<u32>().ok()? < below[..length].parse::<u32>().ok()?;
    let part = numerator.parse::<Number>().ok()?.checked_div(&divisor)?;
    (proper && whole.len() <= 2).then_some((Fraction::Added(part), 1 + above + 1 + length))
}

#[cfg(test)]
mod tests {
    use super::read_figure;

    #[test]
    fn forms_of_the_trade() {
        for (text, value, length) in [
            ("1,950 kg", "1950", 5),
            ("1.950,0", "1950", 7),
            ("1,950.5", "1950.5", 7),
            ("1 950 l", "1950", 5),
            ("2 1000", "2", 1),
            ("0,950", "0.95", 5),
            ("323,9x12,7", "323.9", 5),
            ("22,500", "22500", 6),
            ("1'000", "1000", 5),
            ("1 1/2\"", "1.5", 5),
            ("1-1/4\"", "1.25", 5),
            ("3/32in", "0.09375", 4),
            ("50/60hz", "50", 2),
            ("10^-5 pa", "1e-5", 5),
            ("1e-05", "1e-5", 5),
            ("5x10^-3", "0.005", 7),
            ("3.7x10^4bq", "37000", 8),
            ("1.3 x 10-6 mbar", "1.3e-6", 10),
            ("5e3", "5000", 3),
            ("10ea", "10", 2),
            (".5 l", "0.5", 2),
            ("1.5mm", "1.5", 3),
            ("1.234.567", "1234567", 9),
            ("60x40x10", "60", 2),
        ] {
            let figure = read_figure(text).expect(text);
            assert_eq!(
                (figure.value.to_string().as_str(), figure.length),
                (value, length),
                "{text}"
            );
        }
    }

    #[test]
    fn thousands_or_decimals_keep_both_readings() {
        let figure = read_figure("1.200 l").expect("a figure");
        assert_eq!(figure.value.to_string(), "1.2");
        assert_eq!(figure.other.expect("another reading").to_string(), "1200");
        assert_eq!(read_figure("1.20").expect("a figure").other, None);
    }
}
