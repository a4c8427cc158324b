//! Which day a date cell means.
//!
//! Manifests write dates in every way there is, and `03/04/2018` is another day in London than in
//! New York. So a cell is read as all days that it can mean; whoever uses it asks whether they make
//! a difference. The names of months are data (`data/lexicon/months.toml`).

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::embedded::MONTHS as MONTHS_FILE;
use crate::vocab::Day;

/// The longest cell that is read as a date.
const LONGEST: usize = 60;
/// The years of dates: shipments that somebody may ask about.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2100;
/// The first and last day of 1950 to 2100 as spreadsheets number them from 1900, five digits.
const SERIALS: std::ops::RangeInclusive<i32> = 18264..=73415;

static MONTHS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let names: BTreeMap<String, BTreeMap<String, Vec<String>>> = MONTHS_FILE.read();
    let mut months = HashMap::new();
    for (number, english) in (1..).zip(ENGLISH) {
        for name in names
            .get(english)
            .into_iter()
            .flat_map(BTreeMap::values)
            .flatten()
        {
            months.insert(plain(name), number);
        }
    }
    months
});

const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// All days that a date cell can mean, earliest first; none where it isn't understood.
///
/// The time of day is left aside. A year of two digits is one of this century. A month without a
/// day is each of its ends.
///
/// ```
/// use tidewaiter::manifest::read_date;
/// let days = |cell| read_date(cell).iter().map(ToString::to_string).collect::<Vec<_>>();
/// assert_eq!(days("1 Jun 2017"), ["2017-06-01"]);
/// assert_eq!(days("2017年6月1日"), ["2017-06-01"]);
/// assert_eq!(days("03/04/2018"), ["2018-03-04", "2018-04-03"]);
/// assert_eq!(days("13/04/2018"), ["2018-04-13"]);
/// assert!(days("T.B.A.").is_empty() && days("31.02.2018").is_empty());
/// ```
#[must_use]
pub fn read_date(cell: &str) -> Vec<Day> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > LONGEST {
        return Vec::new();
    }
    let mut days = parts(&plain(cell)).map_or_else(Vec::new, |parts| of_parts(&parts));
    days.sort_unstable();
    days.dedup();
    days
}

/// Lower case, full-width forms made narrow, accents taken off.
fn plain(text: &str) -> String {
    let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}');
    // Cyrillic й and Korean syllables fall apart the same way on both sides.
    text.nfkd().filter(marks).collect::<String>().to_lowercase()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number, and how many digits it is written with.
    Number(i32, usize),
    Month(i8),
    /// What stands between: `.`, `-`, `/`, or a blank.
    Sign(char),
}

/// The parts of a date; nothing where something else stands in it.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                first.is_alphabetic() && c.is_alphabetic()
            }
        };
        let end = rest.find(|c| !is(c)).unwrap_or(rest.len());
        let end = if end == 0 { first.len_utf8() } else { end };
        let (word, behind) = rest.split_at(end);
        if first.is_ascii_digit() {
            if is_time(word, behind) {
                break;
            }
            parts.push(Part::Number(word.parse().ok()?, word.len()));
        } else if let Some(month) = MONTHS.get(word) {
            parts.push(Part::Month(*month));
        } else if matches!(first, '.' | '-' | '/' | '‐' | '–') {
            parts.push(Part::Sign(if matches!(first, '‐' | '–') {
                '-'
            } else {
                first
            }));
        } else if matches!(word, "t") && behind.starts_with(|c: char| c.is_ascii_digit()) {
            break; // The time of ISO 8601.
        } else if first.is_whitespace() || is_filler(word, first) {
            parts.push(Part::Sign(' '));
        } else {
            return None;
        }
        rest = behind;
    }
    Some(parts)
}

/// Whether a number begins a time of day: `14:30`.
fn is_time(word: &str, behind: &str) -> bool {
    let minutes = behind.strip_prefix(':').map(str::as_bytes);
    word.len() <= 2 && minutes.is_some_and(|m| m.first().is_some_and(u8::is_ascii_digit))
}

/// Words and marks that stand in dates and say nothing.
fn is_filler(word: &str, first: char) -> bool {
    // 年 月 日, and 년 월 일 in their folded form.
    const UNITS: [&str; 6] = ["年", "月", "日", "년", "월", "일"];
    static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| UNITS.map(plain).to_vec());
    matches!(first, ',' | '\'' | '’' | '،')
        || matches!(
            word,
            "st" | "nd" | "rd" | "th" | "de" | "del" | "of" | "er" | "г" | "года"
        )
        || FOLDED.iter().any(|unit| unit == word)
}

fn of_parts(parts: &[Part]) -> Vec<Day> {
    let month = parts.iter().find_map(|part| match part {
        Part::Month(month) => Some(*month),
        _ => None,
    });
    let numbers: Vec<(i32, usize)> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Number(value, digits) => Some((*value, *digits)),
            _ => None,
        })
        .collect();
    let named = parts.iter().filter(|p| matches!(p, Part::Month(_))).count();
    match (named, month, numbers.as_slice()) {
        (1, Some(month), &[one, other]) => {
            // Beside the name of a month the day comes first, unless that is no day.
            let day_first = date(other, month.into(), one);
            let day = day_first.or_else(|| date(one, month.into(), other));
            day.into_iter().collect()
        }
        (1, Some(month), &[year]) if year.1 == 4 => ends_of(year, month.into()),
        (0, None, &[one, two, three]) => of_numbers(one, two, three, parts),
        (0, None, &[(value, 8)]) => {
            let (year, month, day) = (value / 10000, value / 100 % 100, value % 100);
            let whole = date((year, 4), month, (day, 2));
            // Written the other way: 21062017.
            let (one, two, year) = (value / 1_000_000, value / 10000 % 100, value % 10000);
            let other = [(one, two), (two, one)];
            let other = other.map(|(day, month)| date((year, 4), month, (day, 2)));
            whole
                .into_iter()
                .chain(other.into_iter().flatten())
                .collect()
        }
        (0, None, &[(value, 5)]) if SERIALS.contains(&value) => serial(value),
        (0, None, &[year, month]) if year.1 == 4 && month.1 <= 2 => ends_of(year, month.0),
        (0, None, &[month, year]) if year.1 == 4 && month.1 <= 2 => ends_of(year, month.0),
        _ => Vec::new(),
    }
}

fn of_numbers(
    one: (i32, usize),
    two: (i32, usize),
    three: (i32, usize),
    parts: &[Part],
) -> Vec<Day> {
    let mut days = Vec::new();
    let short = |number: (i32, usize)| number.1 <= 2;
    if one.1 == 4 {
        days.extend(date(one, two.0, three));
        return days;
    }
    // With dots the day is first everywhere.
    let dots = parts.contains(&Part::Sign('.'));
    if short(one) && short(two) && (three.1 == 4 || three.1 == 2) {
        days.extend(date(three, two.0, one));
        if !dots {
            days.extend(date(three, one.0, two));
        }
    }
    if !dots && one.1 == 2 && three.1 == 2 && short(two) {
        days.extend(date(one, two.0, three));
    }
    days
}

/// A day, if it is one; each number with its count of digits.
fn date(year: (i32, usize), month: i32, day: (i32, usize)) -> Option<Day> {
    let year = match year {
        (year, 4) => year,
        (year, 2) => 2000 + year,
        _ => return None,
    };
    if day.1 > 2 {
        return None;
    }
    let year = i16::try_from(year)
        .ok()
        .filter(|year| YEARS.contains(year))?;
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day.0).ok()?)
}

/// The first and the last day of a month.
fn ends_of(year: (i32, usize), month: i32) -> Vec<Day> {
    let first = date(year, month, (1, 1));
    let last = (28..=31).rev().find_map(|day| date(year, month, (day, 2)));
    first.into_iter().chain(last).collect()
}

/// A day by its number in a spreadsheet: two systems are in use, one counts from 1904.
fn serial(number: i32) -> Vec<Day> {
    let day = |from: Option<Day>| from.and_then(|from| from.plus(number));
    // 1900 is taken for a leap year there, so the count begins a day early.
    let days = [day(Day::new(1899, 12, 30)), day(Day::new(1904, 1, 1))];
    days.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(cell: &str) -> String {
        let days: Vec<String> = read_date(cell).iter().map(ToString::to_string).collect();
        days.join(" ")
    }

    #[test]
    fn one_day_in_many_spellings() {
        for cell in [
            "2017-06-21",
            "2017/06/21",
            "2017.6.21",
            "20170621",
            "2017-6-21",
            "2017-06-21T14:30:00Z",
            "2017-06-21 14:30",
            "2017-06-21 14:30:00+08:00",
            "21.06.2017",
            "21.6.17",
            "21/06/2017",
            "06/21/2017",
            "21-06-2017",
            "21 Jun 2017",
            "21-JUN-2017",
            "21-Jun-17",
            "Jun 21, 2017",
            "June 21st, 2017",
            "JUN.21,2017",
            "21st of June 2017",
            "21 juin 2017",
            "21. Juni 2017",
            "21 июня 2017 г.",
            "21 июня 2017",
            "21 de junio de 2017",
            "21 de junho de 2017",
            "2017年6月21日",
            "2017年06月21日 14:30",
            "２０１７年６月２１日",
            "2017년 6월 21일",
            "2017. 6. 21.",
            "21JUN2017",
            " 2017-06-21 ",
            "21‐06‐2017",
        ] {
            assert_eq!(days(cell), "2017-06-21", "{cell}");
        }
        for (cell, day) in [
            ("1er juin 2017", "2017-06-01"),
            ("3. März 2018", "2018-03-03"),
            ("3 мая 2018", "2018-05-03"),
            ("1º de março de 2018", ""),
            ("12 août 2018", "2018-08-12"),
            ("29.02.2016", "2016-02-29"),
        ] {
            assert_eq!(days(cell), day, "{cell}");
        }
    }

    #[test]
    fn what_can_be_read_twice_is_read_twice() {
        assert_eq!(days("03/04/2018"), "2018-03-04 2018-04-03");
        assert_eq!(days("03-04-2018"), "2018-03-04 2018-04-03");
        assert_eq!(days("03.04.2018"), "2018-04-03");
        assert_eq!(days("04/04/2018"), "2018-04-04");
        assert_eq!(days("01-02-03"), "2001-02-03 2003-01-02 2003-02-01");
        assert_eq!(days("17-06-21"), "2017-06-21 2021-06-17");
        assert_eq!(days("05-Jun-17"), "2017-06-05");
        assert_eq!(days("2017-Jun-05"), "2017-06-05");
        assert_eq!(days("Jun 2017"), "2017-06-01 2017-06-30");
        assert_eq!(days("02/2016"), "2016-02-01 2016-02-29");
        // A number of a spreadsheet, from 1900 and from 1904.
        assert_eq!(days("42907"), "2017-06-21 2021-06-22");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cell in [
            "",
            "-",
            "T.B.A.",
            "n/a",
            "31.02.2018",
            "2018-13-01",
            "2018-02-30",
            "00/00/0000",
            "1",
            "12345678901234567890",
            "2018",
            "June",
            "week 23",
            "INV-2018-04",
            "0001-01-01",
            "8",
            "99999999",
            "2018-04-08 / 2018-04-09",
            "1 2 3 4",
            "Jun Jul 2017",
            "12:30",
            "3000-01-01",
            "次日",
            "\u{202e}2018",
            "2018-04-08; DROP",
            "-2018-04-08-05",
        ] {
            assert_eq!(days(cell), "", "{cell:?}");
        }
        assert_eq!(days(&"2018-04-08 ".repeat(100)), "");
    }
}
