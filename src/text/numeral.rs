//! Numbers in Chinese characters, and dates.

use crate::vocab::Number;

/// Longest numeral, in characters.
const LONGEST: usize = 12;

/// Whether a character can begin a Chinese numeral.
pub(super) fn begins_numeral(c: char) -> bool {
    digit(c).is_some_and(|value| value > 0) || matches!(c, '十' | '拾')
}

/// The number that a text begins with in Chinese characters, and the bytes it takes up.
pub(super) fn read_numeral(text: &str) -> Option<(Number, usize)> {
    let (mut total, mut section, mut last) = (0i64, 0i64, None::<i64>);
    let mut length = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        if let Some(value) = digit(c) {
            // Digits one after another are a telephone number or a year.
            if last.is_some_and(|before| before != 0) {
                return None;
            }
            last = Some(value);
        } else if let Some(power) = power(c) {
            let below = last.take();
            // `十五千` is fifteen thousand.
            section = if section > 0 && section < power {
                (section + below.unwrap_or(0)) * power
            } else {
                section + below.unwrap_or(1) * power
            };
        } else if matches!(c, '万' | '萬') {
            total = (total + section + last.take().unwrap_or(0)) * 10_000;
            section = 0;
        } else {
            break;
        }
        length = at + c.len_utf8();
    }
    let value = total + section + last.unwrap_or(0);
    (length > 0 && value > 0).then(|| (Number::from(value), length))
}

fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn power(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// The length of a date that a text begins with: `2021-03-05`, `05.03.2021`, `5/8/2021`.
pub(super) fn date_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |at: usize| {
        let rest = bytes.get(at..).unwrap_or(&[]);
        rest.iter()
            .take(5)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let number = |at: usize, length: usize| text[at..at + length].parse::<u32>().unwrap_or(0);
    let first = digits(0);
    let sign = *bytes.get(first)?;
    let second = digits(first + 1);
    let third_at = first + 1 + second + 1;
    if !matches!(sign, b'-' | b'.' | b'/')
        || bytes.get(first + 1 + second) != Some(&sign)
        || !(1..=2).contains(&second)
    {
        return None;
    }
    let third = digits(third_at);
    let year = |at: usize, length: usize| length == 4 && (1950..2100).contains(&number(at, length));
    let (day, middle) = if year(0, first) && (1..=2).contains(&third) {
        (number(third_at, third), number(first + 1, second))
    } else if (1..=2).contains(&first) && year(third_at, third) {
        (number(0, first), number(first + 1, second))
    } else {
        return None;
    };
    let plausible = day.max(middle) <= 31 && day.min(middle) <= 12 && day.min(middle) > 0;
    plausible.then_some(third_at + third)
}

#[cfg(test)]
mod tests {
    use super::{date_length, read_numeral};

    #[test]
    fn numerals() {
        for (text, value, length) in [
            ("五百升", "500", 6),
            ("十五千瓦", "15000", 9),
            ("一百二十升", "120", 12),
            ("两千", "2000", 6),
            ("一千零五升", "1005", 12),
            ("三十万大卡", "300000", 9),
            ("三", "3", 3),
        ] {
            let (number, bytes) = read_numeral(text).expect(text);
            assert_eq!(
                (number.to_string().as_str(), bytes),
                (value, length),
                "{text}"
            );
        }
        assert!(read_numeral("二一").is_none());
        assert!(read_numeral("升").is_none());
    }

    #[test]
    fn dates() {
        for (text, length) in [("2021-03-05 x", 10), ("05.03.2021", 10), ("5/8/2021", 8)] {
            assert_eq!(date_length(text), Some(length), "{text}");
        }
        for text in [
            "60-40-10",
            "2021",
            "1/2",
            "2017/0457",
            "99.99.2021",
            "1.5.3",
        ] {
            assert_eq!(date_length(text), None, "{text}");
        }
    }
}
