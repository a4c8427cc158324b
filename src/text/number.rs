//! How the trade writes a number, read at one place of a folded line.
//!
//! `1,950` `1.950,0` `1 950` `1'950` `1,00,000` `1 1/2` `1.1/2` `3/32` `1e-05` `10^-5` `5x10^-3`
//! `.5`. Some forms are truly ambiguous, first of all `1.950`: a decimal in English, thousands
//! in German. They keep both readings, and a criterion that the two would decide differently
//! stays undecided. What the rest of the line shows of its writer's habit settles some of them.
//!
//! The work for one number is bounded: a run of more than forty digits is a code, not a figure.

use super::is_unspaced;
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
    /// How far it was written with a sign that something else is written with too.
    pub(super) form: Form,
}

/// A form of number that is read otherwise before some units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing doubtful.
    Plain,
    /// `1/2`: before most units these are two figures.
    Slash,
    /// `5x10-3`: before a unit of length these are sizes.
    BarePower,
}

/// How the writer of a segment writes numbers, as far as it shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    /// A comma divides decimals: there is `323,9`, or it is Russian.
    comma_decimal: bool,
    /// A point divides groups of three: it is German, Spanish, Portuguese or Vietnamese.
    point_groups: bool,
    /// Blanks between groups of three are not usual: it has ASCII letters only.
    no_blank_groups: bool,
}

impl Habit {
    pub fn of(line: &str, point_groups: bool) -> Habit {
        let bytes = line.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut habit = Habit {
            no_blank_groups: line.is_ascii(),
            point_groups,
            ..Habit::default()
        };
        for (at, c) in line.char_indices() {
            match c {
                ',' if at > 0 && digit(at - 1) && digit(at + 1) => {
                    let places = (at + 1..).take(4).take_while(|&n| digit(n)).count();
                    let next = bytes.get(at + 1 + places).copied().unwrap_or(b' ');
                    habit.comma_decimal |=
                        matches!(places, 1 | 2) && !matches!(next, b',' | b'.') && places < 3;
                }
                'а'..='я' => habit.comma_decimal = true,
                _ => {}
            }
        }
        habit
    }
}

/// What may be read at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grammar {
    pub habit: Habit,
    /// `1 950` is one number.
    pub blank_groups: bool,
    /// `1/2` is one number.
    pub slash: bool,
    /// `5x10-3` is one number.
    pub bare_power: bool,
    /// `1,5` is one number.
    pub commas: bool,
}

impl Grammar {
    pub fn all(habit: Habit) -> Grammar {
        Grammar {
            habit,
            blank_groups: true,
            slash: true,
            bare_power: true,
            commas: true,
        }
    }
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
    read_with(text, Grammar::all(Habit::default()))
}

pub(super) fn read_with(text: &str, grammar: Grammar) -> Option<Figure> {
    let mut figure = read_plain(text, grammar)?;
    let rest = &text[figure.length..];
    let ten = figure.length == 2 && text.starts_with("10");
    if let Some((power, length, form)) = read_power(rest, ten)
        && (grammar.bare_power || form == Form::Plain)
    {
        let value = match power {
            Power::OfTen(exponent) => figure.value.clone() * Number::from_parts("1", exponent)?,
            Power::OfItself(exponent) => Number::from_parts("1", exponent)?,
        };
        // `20x10-15` is a size: a mantissa is written below ten.
        if form == Form::Plain || figure.value < Number::from(10) {
            return Some(Figure {
                value,
                other: None,
                length: figure.length + length,
                form,
            });
        }
    }
    if let Some((value, length, form)) = read_fraction(rest, &text[..figure.length])
        && (grammar.slash || form == Form::Plain)
    {
        figure = Figure {
            value,
            other: None,
            length: figure.length + length,
            form,
        };
    }
    Some(figure)
}

/// Longest number in bytes, groups and signs included.
const LONGEST: usize = 52;

/// Digits with their group and decimal signs.
fn read_plain(text: &str, grammar: Grammar) -> Option<Figure> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if bytes.first() == Some(&b'.') && digit(1) {
        let length = bytes[1..]
            .iter()
            .take(LONGEST)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let value = Number::from_parts(&text[1..=length], -i32::try_from(length).ok()?)?;
        return Some(plain(value, None, length + 1));
    }
    if !digit(0) {
        return None;
    }
    // Runs of digits and the signs before them.
    let mut runs: Vec<(&str, u8)> = Vec::new();
    let mut at = 0;
    let mut sign = 0;
    while at <= LONGEST {
        let start = at;
        while digit(at) && at <= LONGEST {
            at += 1;
        }
        runs.push((&text[start..at], sign));
        sign = match bytes.get(at) {
            Some(b'.') if digit(at + 1) => b'.',
            Some(b',') if digit(at + 1) && grammar.commas => b',',
            Some(&next @ (b' ' | b'\'')) if group(&bytes[at + 1..], &runs, next, grammar) => next,
            _ => return compose(&runs, grammar.habit, &text[at..]),
        };
        at += 1;
    }
    None
}

fn plain(value: Number, other: Option<Number>, length: usize) -> Figure {
    Figure {
        value,
        other,
        length,
        form: Form::Plain,
    }
}

/// Whether what was read may go on with a blank or an apostrophe and three digits.
fn group(behind: &[u8], runs: &[(&str, u8)], sign: u8, grammar: Grammar) -> bool {
    let (first, _) = runs[0];
    (grammar.blank_groups || sign != b' ')
        && behind.len() >= 3
        && behind[..3].iter().all(u8::is_ascii_digit)
        && !behind.get(3).is_some_and(u8::is_ascii_digit)
        && (1..=3).contains(&first.len())
        && first != "0"
        && runs[1..]
            .iter()
            .all(|(run, s)| *s == sign && run.len() == 3)
}

/// The number that runs of digits make, with its decimals where they belong.
fn compose(runs: &[(&str, u8)], habit: Habit, behind: &str) -> Option<Figure> {
    let length_of = |count: usize| -> usize {
        runs[..count]
            .iter()
            .map(|(run, _)| run.len() + 1)
            .sum::<usize>()
            - 1
    };
    let value_of = |count: usize, decimals: bool| -> Option<Number> {
        let digits: String = runs[..count].iter().map(|(run, _)| *run).collect();
        let places = if decimals { runs[count - 1].0.len() } else { 0 };
        Number::from_parts(&digits, -i32::try_from(places).ok()?)
    };
    let all = runs.len();
    // In Chinese, Japanese and Korean a point divides decimals and nothing else.
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    let whole = |decimals: bool| Some(plain(value_of(all, decimals)?, None, length_of(all)));
    let Some(&(last, sign)) = runs.get(1).and(runs.last()) else {
        return whole(false);
    };
    let before = &runs[1..all - 1];
    let first = runs[0].0;
    let grouped = |runs: &[(&str, u8)]| runs.iter().all(|(run, _)| run.len() == 3);
    let groups = first.len() <= 3 && !first.starts_with('0') && last.len() == 3 && grouped(before);
    let same = before.iter().all(|(_, s)| *s == sign);
    match (all, sign) {
        (_, b' ' | b'\'') => {
            let mut figure = whole(false)?;
            // `2 500 ml` may be two of 500 ml, where blanks don't divide groups.
            if sign == b' ' && all == 2 && habit.no_blank_groups && !last.starts_with('0') {
                figure.other = Number::from_parts(last, 0);
            }
            Some(figure)
        }
        (2, b',') if groups && habit.comma_decimal => {
            Some(plain(value_of(2, false)?, value_of(2, true), length_of(2)))
        }
        (2, b',') if groups => whole(false),
        // Nobody writes 1.500 for one and a half where a comma divides decimals.
        (2, b'.') if groups && habit.point_groups && last.ends_with("00") => whole(false),
        (2, _) if groups && !behind.starts_with(is_unspaced) => {
            Some(plain(value_of(2, true)?, value_of(2, false), length_of(2)))
        }
        (2, _) => whole(true),
        _ if same && (groups || is_indian(runs)) => whole(false),
        _ if !same && is_grouped_then_decimal(runs) => whole(true),
        // `1.2.3` is the number of a version or a paragraph.
        _ if same && sign == b'.' => None,
        // A list without blanks: `1.5,2.5` or `30,40,50`.
        _ if runs[1].1 == b'.' => Some(plain(value_of(2, true)?, None, length_of(2))),
        _ => {
            let value = Number::from_parts(first, 0)?;
            Some(plain(value, None, first.len()))
        }
    }
}

/// `1,00,000`: the last three digits, then pairs.
fn is_indian(runs: &[(&str, u8)]) -> bool {
    let [(first, _), between @ .., (last, b',')] = runs else {
        return false;
    };
    first.len() <= 2
        && !first.starts_with('0')
        && last.len() == 3
        && between
            .iter()
            .all(|(run, sign)| run.len() == 2 && *sign == b',')
}

/// `1.950,5` and `1,950.5`: one sign for groups, the other once for decimals.
fn is_grouped_then_decimal(runs: &[(&str, u8)]) -> bool {
    let [(first, _), between @ .., (_, decimal)] = runs else {
        return false;
    };
    let sign = between.first().map_or(0, |(_, sign)| *sign);
    first.len() <= 3
        && sign != *decimal
        && between.iter().all(|(run, s)| run.len() == 3 && *s == sign)
}

enum Power {
    /// The number times ten to this.
    OfTen(i32),
    /// The number is a ten, raised to this.
    OfItself(i32),
}

/// `e-05`, `e-05` behind a blank, `x10^-5`, `x10-5`, `*10^5`, and `^-5` after a ten.
fn read_power(rest: &str, after_ten: bool) -> Option<(Power, usize, Form)> {
    let integer = |text: &str, signed: bool| -> Option<(i32, usize)> {
        let sign = usize::from(text.starts_with(['-', '+']));
        if signed && sign == 0 {
            return None;
        }
        let body = &text.as_bytes()[sign..];
        let digits = body
            .iter()
            .take(4)
            .take_while(|b| b.is_ascii_digit())
            .count();
        if !(1..=2).contains(&digits) {
            return None;
        }
        let value = text[sign..sign + digits].parse::<i32>().ok()?;
        let value = if text.starts_with('-') { -value } else { value };
        Some((value, sign + digits))
    };
    if let Some(exponent) = rest.strip_prefix('e') {
        // `5e3` is a number, `10ea` and `8e 6` are not.
        let (value, length) = integer(exponent, false)?;
        return Some((Power::OfTen(value), 1 + length, Form::Plain));
    }
    if let Some(exponent) = rest.strip_prefix(" e") {
        let (value, length) = integer(exponent, true)?;
        return Some((Power::OfTen(value), 2 + length, Form::Plain));
    }
    if after_ten && let Some(exponent) = rest.strip_prefix('^') {
        let (value, length) = integer(exponent, false)?;
        return Some((Power::OfItself(value), 1 + length, Form::Plain));
    }
    let trimmed = rest.strip_prefix(' ').unwrap_or(rest);
    let times = trimmed.strip_prefix(['x', '*', '·', '⋅', '∙', 'х', '.'])?;
    let times = times.strip_prefix(' ').unwrap_or(times);
    let ten = times.strip_prefix("10")?;
    let before = rest.len() - ten.len();
    if let Some(exponent) = ten.strip_prefix('^') {
        let (value, length) = integer(exponent, false)?;
        return Some((Power::OfTen(value), before + length + 1, Form::Plain));
    }
    let (value, length) = integer(ten, true)?;
    Some((Power::OfTen(value), before + length, Form::BarePower))
}

/// The denominators that inch sizes and shares are written with.
const DENOMINATORS: [&str; 6] = ["2", "4", "8", "16", "32", "64"];

/// The whole value of a fraction whose first digits were read, and how far it goes on.
fn read_fraction(rest: &str, read: &str) -> Option<(Number, usize, Form)> {
    let digits = |text: &str| {
        let bytes = text.as_bytes();
        bytes
            .iter()
            .take(3)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let part = |numerator: &str, below: &str| -> Option<(Number, usize)> {
        let length = digits(below);
        let denominator = &below[..length];
        let proper = DENOMINATORS.contains(&denominator)
            && (1..=2).contains(&numerator.len())
            && numerator.parse::<u32>().ok()? < denominator.parse::<u32>().ok()?
            && numerator != "0";
        let value = numerator.parse::<Number>().ok()?;
        let value = value.checked_div(&denominator.parse().ok()?)?;
        proper.then_some((value, length))
    };
    if let Some(below) = rest.strip_prefix('/') {
        // `1.1/2` is how some write 1 1/2.
        if let Some((whole, numerator)) = read.split_once('.') {
            let (value, length) = part(numerator, below)?;
            let whole = Number::from_parts(whole, 0)?;
            return (read.len() <= 5).then(|| (whole + value, 1 + length, Form::Plain));
        }
        let (value, length) = part(read, below)?;
        return Some((value, 1 + length, Form::Slash));
    }
    let inner = rest.strip_prefix([' ', '-'])?;
    let above = digits(inner);
    let below = inner[above..].strip_prefix('/')?;
    let (value, length) = part(&inner[..above], below)?;
    let whole = Number::from_parts(read, 0).filter(|_| read.len() <= 2)?;
    Some((whole + value, 1 + above + 1 + length, Form::Plain))
}

#[cfg(test)]
mod tests {
    use super::{Grammar, Habit, read_figure, read_with};

    #[test]
    fn forms_of_the_trade() {
        for (text, value, length) in [
            ("1,950 kg", "1950", 5),
            ("1.950,0", "1950", 7),
            ("1,950.5", "1950.5", 7),
            ("12,345.5", "12345.5", 8),
            ("1 950 l", "1950", 5),
            ("1 950,5 l", "1950.5", 7),
            ("2 1000", "2", 1),
            ("0,950", "0.95", 5),
            ("323,9x12,7", "323.9", 5),
            ("22,500", "22500", 6),
            ("1'000", "1000", 5),
            ("8'6", "8", 1),
            ("1,00,000 btu", "100000", 8),
            ("12,34,567", "1234567", 9),
            ("1 1/2\"", "1.5", 5),
            ("1-1/4\"", "1.25", 5),
            ("1.1/2\"", "1.5", 5),
            ("3/32in", "0.09375", 4),
            ("50/60hz", "50", 2),
            ("10^-5 pa", "1e-5", 5),
            ("1e-05", "1e-5", 5),
            ("5.0 e-3", "0.005", 7),
            ("5x10^-3", "0.005", 7),
            ("5x10-3", "0.005", 6),
            ("20x10-15", "20", 2),
            ("3.7x10^4bq", "37000", 8),
            ("3.7·10^4", "37000", 9),
            ("1.3 x 10-6 mbar", "1.3e-6", 10),
            ("5e3", "5000", 3),
            ("10ea", "10", 2),
            (".5 l", "0.5", 2),
            ("1.5mm", "1.5", 3),
            ("1.5,2.5mm", "1.5", 3),
            ("30,40,50 kva", "30", 2),
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
        assert!(read_figure("1.2.3").is_none());
        assert!(read_figure(&"9".repeat(60)).is_none());
    }

    #[test]
    fn thousands_or_decimals_keep_both_readings() {
        let read = |text: &str, line: &str| {
            let figure = read_with(text, Grammar::all(Habit::of(line, line.contains("litros"))))
                .expect(text);
            let other = figure.other.map(|n| n.to_string());
            (figure.value.to_string(), other)
        };
        let both = |a: &str, b: &str| (a.to_owned(), Some(b.to_owned()));
        let one = |a: &str| (a.to_owned(), None);
        assert_eq!(read("1.200 l", "tank 1.200 l"), both("1.2", "1200"));
        assert_eq!(read("1.200 升", "储罐 1.200 升"), one("1.2"));
        assert_eq!(read("1.500 l", "1.500 litros"), one("1500"));
        assert_eq!(
            read("19.050", "19.050 mm, 5 litros"),
            both("19.05", "19050")
        );
        assert_eq!(read("1.20", "1.20"), one("1.2"));
        assert_eq!(read("1,200 l", "tank 1,200 l"), one("1200"));
        assert_eq!(read("3,175 мм", "шарик 3,175 мм"), both("3175", "3.175"));
        assert_eq!(read("3,175", "rohr 323,9 x 3,175"), both("3175", "3.175"));
        assert_eq!(read("2 500 ml", "2 500 ml bottles"), both("2500", "500"));
        assert_eq!(read("2 500 мл", "2 500 мл"), one("2500"));
        assert_eq!(read("10 000 btu", "10 000 btu"), one("10000"));
    }
}
