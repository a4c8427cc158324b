//! Finding quantities in a folded line: number, unit, range or bound, and where they stand.
//!
//! The reader says what is written, not what it is for: whether `50 Hz` is a supply or an output
//! frequency is decided later, by cue words (see the roles of the lexicon).

use crate::lexicon::{Unit, Units};
use crate::text::number::read_figure;
use crate::vocab::Number;

/// A quantity as stated: an interval of values in the base unit of its dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// First byte in the folded line.
    pub start: usize,
    /// One past the last byte in the folded line.
    pub end: usize,
    /// The unit's id, as in the units table.
    pub unit: String,
    /// The unit's dimension.
    pub dimension: String,
    /// The role that the unit itself implies, if any.
    pub role: Option<String>,
    /// Least value, in the dimension's base unit; `None`: not bounded from below.
    pub low: Option<Number>,
    /// Greatest value, in the dimension's base unit; `None`: not bounded from above.
    pub high: Option<Number>,
    /// The other possible value of an ambiguous figure, in the base unit.
    pub other: Option<Number>,
    /// For `60x40x10 mm`: which of the sizes this is, from 0.
    pub place: usize,
    /// Whether the figure is glued to letters before it, as model numbers are (`RT500A`).
    pub coded: bool,
}

impl Quantity {
    /// Whether a single value is stated.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }
}

/// Most quantities that one goods line is read for; a line with more is a table, not a line.
const MOST_QUANTITIES: usize = 200;

/// Reads all quantities of a folded line, from left to right.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, text::{Document, read_quantities}};
/// let document = Document::new(["Converter 0–400 Hz, 90 kVA"]);
/// let quantities = read_quantities(document.line(), Lexicon::embedded().units());
/// assert_eq!(quantities.len(), 1);
/// assert_eq!(quantities[0].high.as_ref().unwrap().to_string(), "400");
/// ```
#[must_use]
pub fn read_quantities(line: &str, units: &Units) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < line.len() && found.len() < MOST_QUANTITIES {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { break };
        let starts =
            c.is_ascii_digit() || (c == '.' && rest[1..].starts_with(|d: char| d.is_ascii_digit()));
        if !starts {
            at += c.len_utf8();
            continue;
        }
        at = read_at(line, at, units, &mut found);
    }
    found
}

/// Reads what begins with the digit at `at`; returns where to go on.
fn read_at(line: &str, at: usize, units: &Units, found: &mut Vec<Quantity>) -> usize {
    let before = &line[..at];
    let Some(first) = read_figure(&line[at..]) else {
        return at + 1;
    };
    let mut end = at + first.length;
    if let Some((unit, start)) = prefix_unit(before, units) {
        let end = skip_size_of_dn(line, end);
        found.push(quantity(
            start,
            end,
            unit,
            &first.value,
            &first.value,
            None,
            0,
            false,
        ));
        return end;
    }
    let diameter = before.trim_end().ends_with(['ø', 'φ', 'ф']);
    let coded = !diameter && before.ends_with(|c: char| c.is_alphabetic() && !is_wide(c));
    let mut figures = vec![(first, at, end, None::<&Unit>)];
    figures[0].3 = suffix_unit(&line[end..], units).map(|(unit, length)| {
        figures[0].2 = end + length;
        end += length;
        unit
    });
    let mut range = false;
    // More figures of the same quantity: ranges, sizes, alternatives.
    while figures.len() < 6 {
        let Some((link, kind)) = read_link(&line[end..]) else {
            break;
        };
        let next = end + link;
        let Some(figure) = read_figure(&line[next..]) else {
            break;
        };
        let mut stop = next + figure.length;
        let unit = suffix_unit(&line[stop..], units).map(|(unit, length)| {
            stop += length;
            unit
        });
        let known = figures.iter().find_map(|f| f.3);
        let fits = match (known, unit) {
            (Some(a), Some(b)) => a.dimension == b.dimension,
            (Some(_), None) => false,
            (None, _) => true,
        };
        if !fits || (kind == Link::Range && (range || figures.len() > 1)) {
            break;
        }
        range |= kind == Link::Range;
        figures.push((figure, next, stop, unit));
        end = stop;
    }
    // A trailing chain without any unit says nothing, except sizes behind a diameter sign.
    let millimetre = if diameter { units.by_id("mm") } else { None };
    let Some(unit) = figures.iter().rev().find_map(|f| f.3).or(millimetre) else {
        return figures[0].2;
    };
    let start = at;
    if range && let [(a, ..), (b, ..)] = &figures[..] {
        let unit_a = figures[0].3.unwrap_or(unit);
        let (x, y) = (unit_a.to_base(&a.value), unit.to_base(&b.value));
        let (low, high) = if x <= y { (x, y) } else { (y, x) };
        let mut q = quantity(start, end, unit, &a.value, &a.value, None, 0, coded);
        (q.low, q.high) = (Some(low), Some(high));
        found.push(q);
        return end;
    }
    let single = figures.len() == 1;
    for (place, (figure, from, to, own)) in figures.iter().enumerate() {
        let unit = own.unwrap_or(unit);
        let from = if place == 0 { start } else { *from };
        let mut q = quantity(
            from,
            *to,
            unit,
            &figure.value,
            &figure.value,
            figure.other.as_ref(),
            place,
            coded,
        );
        if single {
            bound(line, &mut q);
        }
        found.push(q);
    }
    end
}

#[allow(clippy::too_many_arguments)]
fn quantity(
    start: usize,
    end: usize,
    unit: &Unit,
    low: &Number,
    high: &Number,
    other: Option<&Number>,
    place: usize,
    coded: bool,
) -> Quantity {
    Quantity {
        start,
        end,
        unit: unit.id.clone(),
        dimension: unit.dimension.clone(),
        role: unit.role.clone(),
        low: Some(unit.to_base(low)),
        high: Some(unit.to_base(high)),
        other: other.map(|o| unit.to_base(o)),
        place,
        coded,
    }
}

/// `DN 200`, `PN40`, `Class 600`: a unit in front.
fn prefix_unit<'u>(before: &str, units: &'u Units) -> Option<(&'u Unit, usize)> {
    let trimmed = before.trim_end_matches([' ', '.', ':', '=']);
    units
        .prefix(trimmed)
        .map(|(unit, length)| (unit, trimmed.len() - length))
}

/// In `DN200mm` the unit behind says nothing new.
fn skip_size_of_dn(line: &str, end: usize) -> usize {
    if line[end..].starts_with("mm") {
        end + 2
    } else {
        end
    }
}

/// A unit behind the number, with blanks or a hyphen between; its length from the number's end.
fn suffix_unit<'u>(rest: &str, units: &'u Units) -> Option<(&'u Unit, usize)> {
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    if blank > 2 {
        return None;
    }
    let mut body = &rest[blank..];
    let mut skipped = blank;
    if let Some(behind) = body.strip_prefix('-')
        && behind.starts_with(|c: char| c.is_alphabetic())
    {
        body = behind;
        skipped += 1;
    }
    if let Some(behind) = body.strip_prefix('k')
        && blank == 0
        && behind.starts_with("btu")
    {
        return units
            .suffix(body)
            .map(|(unit, length)| (unit, skipped + length));
    }
    units
        .suffix(body)
        .map(|(unit, length)| (unit, skipped + length))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Range,
    Size,
    Alternative,
}

/// What joins two figures of one quantity, and its length.
fn read_link(rest: &str) -> Option<(usize, Link)> {
    const LINKS: &[(&str, Link)] = &[
        ("to", Link::Range),
        ("-", Link::Range),
        ("~", Link::Range),
        ("...", Link::Range),
        ("..", Link::Range),
        ("…", Link::Range),
        ("至", Link::Range),
        ("到", Link::Range),
        ("до", Link::Range),
        ("bis", Link::Range),
        ("đen", Link::Range),
        ("den", Link::Range),
        ("から", Link::Range),
        ("a", Link::Range),
        ("до", Link::Range),
        ("/", Link::Alternative),
        ("x", Link::Size),
        ("х", Link::Size),
        ("*", Link::Size),
    ];
    let trimmed = rest.trim_start_matches(' ');
    for (word, kind) in LINKS {
        if let Some(behind) = trimmed.strip_prefix(word) {
            let next = behind.trim_start_matches([' ', 'ø', 'φ', 'ф']);
            let letters =
                word.chars().all(char::is_alphabetic) && word.len() > 1 && !is_wide_word(word);
            let apart = !letters && *word != "a"
                || behind.starts_with(' ') && trimmed.len() < rest.len()
                || *word == "to" && behind.starts_with(' ');
            if apart && next.starts_with(|c: char| c.is_ascii_digit()) {
                return Some((rest.len() - next.len(), *kind));
            }
        }
    }
    None
}

fn is_wide(c: char) -> bool {
    super::fold::is_unspaced(c)
}

fn is_wide_word(word: &str) -> bool {
    word.chars().all(is_wide)
}

/// Words in front of or behind a figure that make it a bound.
const LOWER: &[&str] = &[
    ">=",
    "≥",
    "≧",
    ">",
    "min",
    "min.",
    "minimum",
    "at least",
    "more than",
    "over",
    "above",
    "from",
    "не менее",
    "более",
    "свыше",
    "от",
    "mindestens",
    "uber",
    "ueber",
    "mehr als",
    "au moins",
    "plus de",
    "mas de",
    "minimo",
    "mais de",
    "tren",
    "tu",
    "大于",
    "不低于",
    "不小于",
    "超过",
    "最少",
    "大於",
    "高于",
    "exceeding",
    "greater than",
];
const UPPER: &[&str] = &[
    "<=",
    "≤",
    "≦",
    "<",
    "up to",
    "upto",
    "less than",
    "below",
    "under",
    "не более",
    "менее",
    "до",
    "bis",
    "bis zu",
    "weniger als",
    "unter",
    "jusqu'a",
    "moins de",
    "hasta",
    "menos de",
    "ate",
    "duoi",
    "不超过",
    "小于",
    "低于",
    "最高",
    "至多",
    "小於",
    "not exceeding",
    "not more than",
];
const LOWER_BEHIND: &[&str] = &[
    "min",
    "以上",
    "이상",
    "minimum",
    "or more",
    "and above",
    "и более",
    "起",
    "+",
];
const UPPER_BEHIND: &[&str] = &[
    "以下",
    "이하",
    "or less",
    "and below",
    "и менее",
    "以内",
    "미만",
    "未満",
];

fn bound(line: &str, q: &mut Quantity) {
    let before = line[..q.start].trim_end();
    let behind = line[q.end..].trim_start_matches([' ', '.']);
    let stands_before = |words: &[&str]| {
        words.iter().any(|word| {
            before.strip_suffix(word).is_some_and(|rest| {
                !word.starts_with(|c: char| c.is_alphabetic() && !is_wide(c))
                    || !rest.ends_with(|c: char| c.is_alphanumeric())
            })
        })
    };
    let stands_behind = |words: &[&str]| {
        words.iter().any(|word| {
            behind.strip_prefix(word).is_some_and(|rest| {
                !word.ends_with(|c: char| c.is_alphabetic() && !is_wide(c))
                    || !rest.starts_with(|c: char| c.is_alphanumeric())
            })
        })
    };
    if stands_before(UPPER) || stands_behind(UPPER_BEHIND) {
        q.low = None;
    } else if stands_before(LOWER) || stands_behind(LOWER_BEHIND) {
        q.high = None;
    }
}
