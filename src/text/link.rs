//! What joins two figures of one quantity.

use crate::lexicon::{Units, WordUse};

/// How two figures belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// The ends of a range: `0-400`.
    Range,
    /// The ends of a range if a word before the first says so: `300 a 600`.
    RangeIfBetween,
    /// Sizes, or a count and what it counts: `60x40`.
    Size,
    /// One as well as the other: `50/60`.
    Alternative,
    /// The second is how far the first may be off: `10±0.5`.
    Tolerance,
}

/// Signs, the longer before the shorter. `~` and three points stand for a range only.
const SIGNS: &[(&str, Link)] = &[
    ("+/-", Link::Tolerance),
    ("+-", Link::Tolerance),
    ("±", Link::Tolerance),
    ("...", Link::Range),
    ("..", Link::Range),
    ("…", Link::Range),
    ("->", Link::Alternative),
    ("→", Link::Alternative),
    (">", Link::Alternative),
    ("--", Link::Range),
    ("-", Link::Range),
    ("~", Link::Range),
    ("÷", Link::Range),
    ("/", Link::Alternative),
    ("x", Link::Size),
    ("х", Link::Size),
    ("*", Link::Size),
];

/// A link, the bytes up to the next figure, and whether a minus sign stands before that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined {
    pub link: Link,
    pub length: usize,
    pub negative: bool,
    /// Whether commas divide the figures, so that they divide no decimals.
    pub commas: bool,
}

/// What joins a figure to the next one, if the text behind it does.
pub(super) fn read_link(rest: &str, units: &Units) -> Option<Joined> {
    let trimmed = rest.trim_start_matches(' ');
    // `1.5,2.5 mm`: a comma without a blank divides a list.
    if let Some(next) = rest.strip_prefix(',')
        && next.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(Joined {
            link: Link::Alternative,
            length: 1,
            negative: false,
            commas: true,
        });
    }
    let sign = SIGNS
        .iter()
        .find_map(|(sign, link)| trimmed.strip_prefix(sign).map(|behind| (*link, behind)));
    let (link, behind) = match sign {
        Some(found) => found,
        None => {
            let (usage, length) = units.words().link(trimmed)?;
            let link = match usage {
                WordUse::To => Link::Range,
                _ => Link::RangeIfBetween,
            };
            (link, &trimmed[length..])
        }
    };
    let mut next = behind.trim_start_matches([' ', 'ø', 'φ', 'ф']);
    let mut negative = false;
    if matches!(link, Link::Range | Link::RangeIfBetween)
        && let Some(signed) = next.strip_prefix(['-', '+'])
    {
        negative = next.starts_with('-');
        next = signed;
    }
    // `75xid50`: the letters say which size comes.
    if link == Link::Size {
        let letters = next
            .chars()
            .take(4)
            .take_while(|c| c.is_alphabetic())
            .map(char::len_utf8)
            .sum::<usize>();
        if letters > 0 && units.words().size(&next[..letters]) == Some(0) {
            next = next[letters..].trim_start_matches([' ', '.']);
        }
    }
    next.starts_with(|c: char| c.is_ascii_digit())
        .then(|| Joined {
            link,
            length: rest.len() - next.len(),
            negative,
            commas: false,
        })
}
