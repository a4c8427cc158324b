//! What happens to goods lines on their way: haste, scanners, forms, and hands that hide.

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use crate::random::Random;

/// A change of a line; the same text where it doesn't apply.
pub type Change = fn(&str, &mut Random) -> String;

/// The operators with their names, in the order of the table.
pub const OPERATORS: &[(&str, Change)] = &[
    ("typo in one word", |t, r| one_word(t, r, 6, typo)),
    ("two typos in a word of ten", |t, r| {
        one_word(t, r, 10, |w, r| typo(&typo(w, r), r))
    }),
    ("typo in every word", |t, r| every_word(t, r, 6, typo)),
    ("doubled letter", |t, r| one_word(t, r, 6, doubled)),
    ("doubled letter in every word", |t, r| {
        every_word(t, r, 6, doubled)
    }),
    ("dropped letter", |t, r| one_word(t, r, 6, dropped)),
    ("dropped letter in every word", |t, r| {
        every_word(t, r, 6, dropped)
    }),
    ("misread sign (0/O 1/l/I 5/S rn/m)", |t, r| {
        one_word(t, r, 4, misread)
    }),
    ("misread sign in every word", |t, r| {
        every_word(t, r, 4, misread)
    }),
    ("digits for letters", |t, r| every_word(t, r, 4, leet)),
    ("two words joined", joined),
    ("all words joined", |t, _| between_words(t, "")),
    ("word letter-spaced", |t, r| {
        one_word(t, r, 4, |w, _| spaced(w))
    }),
    ("line letter-spaced", |t, r| {
        every_word(t, r, 2, |w, _| spaced(w))
    }),
    ("word split by a hyphen", |t, r| {
        one_word(t, r, 6, |w, r| split(w, "-", r))
    }),
    ("word split by a hyphen and a line break", |t, r| {
        one_word(t, r, 6, |w, r| split(w, "-\n", r))
    }),
    ("word split by a line break", |t, r| {
        one_word(t, r, 6, |w, r| split(w, "\n", r))
    }),
    ("line break for a blank", line_break),
    ("dashes and dots between words", separators),
    ("no-break and thin blanks", |t, r| {
        blanks(t, r, &["\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "  "])
    }),
    ("last word of a phrase first (ACID, NITRIC)", turned),
    ("cut at the end of the field", cut),
    ("homoglyphs, one letter in three", |t, r| {
        homoglyphs(t, r, 33)
    }),
    ("homoglyphs, every letter that has one", |t, r| {
        homoglyphs(t, r, 100)
    }),
    ("full-width letters", |t, _| t.chars().map(wide).collect()),
    ("zero-width characters", |t, r| {
        inserted(
            t,
            r,
            &['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'],
        )
    }),
    ("soft hyphens", |t, r| inserted(t, r, &['\u{ad}'])),
    ("combining marks", |t, r| {
        inserted(t, r, &['\u{301}', '\u{308}', '\u{323}', '\u{336}'])
    }),
    ("bidi controls", |t, r| {
        inserted(
            t,
            r,
            &[
                '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2066}', '\u{2069}',
            ],
        )
    }),
    ("decomposed letters", |t, _| t.nfd().collect()),
    ("HTML entities", |t, r| {
        escaped(t, r, |c| format!("&#{};", c as u32))
    }),
    ("hexadecimal HTML entities", |t, r| {
        escaped(t, r, |c| format!("&#x{:X};", c as u32))
    }),
    ("percent escapes", |t, r| {
        escaped(t, r, |c| {
            let mut bytes = [0; 4];
            let utf8 = c.encode_utf8(&mut bytes).as_bytes();
            utf8.iter().map(|byte| format!("%{byte:02X}")).collect()
        })
    }),
    ("case at random", |t, r| {
        let change = |c: char, r: &mut Random| {
            if r.percent(50) {
                c.to_uppercase().collect::<String>()
            } else {
                c.to_lowercase().collect()
            }
        };
        t.chars().map(|c| change(c, r)).collect()
    }),
];

fn is_wide(c: char) -> bool {
    matches!(
        c.script(),
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul
    )
}

/// The words of a line that are letters only, of scripts that divide words by blanks; with their
/// first and last byte.
fn words(text: &str, shortest: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = std::iter::once((text.len(), ' '));
    for (at, c) in text.char_indices().chain(ends) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let word = &text[from..at];
            let letters = word.chars().all(|c| c.is_alphabetic() && !is_wide(c));
            if letters && word.chars().count() >= shortest {
                found.push((from, at));
            }
        }
    }
    found
}

fn one_word(
    text: &str,
    random: &mut Random,
    shortest: usize,
    change: impl Fn(&str, &mut Random) -> String,
) -> String {
    let words = words(text, shortest);
    if words.is_empty() {
        return text.to_owned();
    }
    let &(from, to) = random.pick(&words);
    let changed = change(&text[from..to], random);
    format!("{}{changed}{}", &text[..from], &text[to..])
}

fn every_word(
    text: &str,
    random: &mut Random,
    shortest: usize,
    change: impl Fn(&str, &mut Random) -> String,
) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (from, to) in words(text, shortest) {
        out.push_str(&text[done..from]);
        out.push_str(&change(&text[from..to], random));
        done = to;
    }
    out + &text[done..]
}

/// One edit: a letter replaced by one of the word's own, added, left out, or two changed about. The first letter stays, as
/// it mostly does when people type.
fn typo(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + random.below(letters.len() - 1);
    match random.below(4) {
        0 => letters[at] = *random.pick(&letters.clone()),
        1 => {
            let new = *random.pick(&letters);
            letters.insert(at, new);
        }
        2 => {
            letters.remove(at);
        }
        _ => {
            let first = at.min(letters.len() - 2);
            letters.swap(first, first + 1);
        }
    }
    letters.into_iter().collect()
}

fn doubled(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len());
    let twice = letters[at];
    letters.insert(at, twice);
    letters.into_iter().collect()
}

fn dropped(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.remove(1 + random.below(letters.len() - 1));
    letters.into_iter().collect()
}

/// One sign read as another by a scanner.
fn misread(word: &str, random: &mut Random) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("O", "0"),
        ("o", "0"),
        ("I", "1"),
        ("I", "l"),
        ("l", "1"),
        ("L", "1"),
        ("S", "5"),
        ("s", "5"),
        ("B", "8"),
        ("rn", "m"),
        ("m", "rn"),
        ("M", "RN"),
        ("О", "0"),
        ("о", "0"),
        ("З", "3"),
        ("з", "3"),
    ];
    let fitting: Vec<_> = PAIRS
        .iter()
        .filter(|(from, _)| word.contains(from))
        .collect();
    if fitting.is_empty() {
        return word.to_owned();
    }
    let (from, to) = random.pick(&fitting);
    word.replacen(from, to, 1)
}

fn leet(word: &str, random: &mut Random) -> String {
    let swap = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' => '1',
        'E' => '3',
        'A' => '4',
        'S' => '5',
        'T' => '7',
        _ => c,
    };
    let letters = word.chars();
    letters
        .map(|c| if random.percent(40) { swap(c) } else { c })
        .collect()
}

fn spaced(word: &str) -> String {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    letters.join(" ")
}

fn split(word: &str, by: &str, random: &mut Random) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = 2 + random.below(letters.len() - 3);
    let (a, b) = letters.split_at(at);
    let (a, b): (String, String) = (a.iter().collect(), b.iter().collect());
    format!("{a}{by}{b}")
}

/// The blanks between two words of letters.
fn gaps(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let letter_before = |at: usize| text[..at].ends_with(char::is_alphabetic);
    let letter_behind = |at: usize| text[at + 1..].starts_with(char::is_alphabetic);
    (0..bytes.len())
        .filter(|&at| bytes[at] == b' ' && letter_before(at) && letter_behind(at))
        .collect()
}

fn at_one_gap(text: &str, random: &mut Random, with: &str) -> String {
    let gaps = gaps(text);
    if gaps.is_empty() {
        return text.to_owned();
    }
    let at = *random.pick(&gaps);
    format!("{}{with}{}", &text[..at], &text[at + 1..])
}

fn joined(text: &str, random: &mut Random) -> String {
    at_one_gap(text, random, "")
}

fn line_break(text: &str, random: &mut Random) -> String {
    at_one_gap(text, random, "\n")
}

fn at_gaps(text: &str, mut with: impl FnMut() -> String) -> String {
    let mut out = String::new();
    let mut done = 0;
    for at in gaps(text) {
        out.push_str(&text[done..at]);
        out.push_str(&with());
        done = at + 1;
    }
    out + &text[done..]
}

fn between_words(text: &str, with: &str) -> String {
    at_gaps(text, || with.to_owned())
}

fn separators(text: &str, random: &mut Random) -> String {
    const SIGNS: &[&str] = &["-", "–", "—", "‑", ".", " - ", "_", "·", "/", "."];
    at_gaps(text, || (*random.pick(SIGNS)).to_owned())
}

fn blanks(text: &str, random: &mut Random, of: &[&str]) -> String {
    let with = |c: char, random: &mut Random| {
        if c == ' ' {
            (*random.pick(of)).to_owned()
        } else {
            c.to_string()
        }
    };
    text.chars().map(|c| with(c, random)).collect()
}

/// `NITRIC ACID 68 %` as `ACID, NITRIC 68 %`: the first two words of four letters or more that stand
/// side by side at the end of a phrase, where no other word goes on.
fn turned(text: &str, _: &mut Random) -> String {
    let words = words(text, 4);
    let goes_on = |at: usize| {
        let rest = text[at..].trim_start();
        rest.starts_with(|c: char| c.is_alphabetic() || c == '-')
    };
    let glued = |at: usize| text[..at].ends_with(|c: char| !c.is_whitespace());
    let pair = words.windows(2).find(|pair| {
        &text[pair[0].1..pair[1].0] == " " && !goes_on(pair[1].1) && !glued(pair[0].0)
    });
    let Some([a, b]) = pair else {
        return text.to_owned();
    };
    format!(
        "{}{}, {}{}",
        &text[..a.0],
        &text[b.0..b.1],
        &text[a.0..a.1],
        &text[b.1..]
    )
}

/// The field is too short: up to a quarter of the line is gone.
fn cut(text: &str, random: &mut Random) -> String {
    let length = text.chars().count();
    let gone = random.below(length / 4 + 1);
    text.chars().take(length - gone).collect()
}

/// Letters of Latin, Cyrillic and Greek that look the same. From the Unicode confusables data
/// (UTS #39); the pairs that hold for capitals or small letters in common typefaces.
const LOOK_ALIKE: &[&str] = &[
    "AАΑ", "BВΒ", "CС", "EЕΕ", "HНΗ", "IІΙ", "JЈ", "KКΚ", "MМΜ", "NΝ", "OОΟ", "PРΡ", "SЅ", "TТΤ",
    "XХΧ", "YУΥ", "ZΖ", "aа", "cс", "eе", "iі", "jј", "oоο", "pр", "sѕ", "xх", "yу",
];

fn homoglyphs(text: &str, random: &mut Random, share: u64) -> String {
    let swap = |c: char, random: &mut Random| {
        let Some(group) = LOOK_ALIKE.iter().find(|group| group.contains(c)) else {
            return c;
        };
        let others: Vec<char> = group.chars().filter(|o| *o != c).collect();
        if random.percent(share) {
            *random.pick(&others)
        } else {
            c
        }
    };
    text.chars().map(|c| swap(c, random)).collect()
}

fn wide(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// A character put behind one letter in four.
fn inserted(text: &str, random: &mut Random, what: &[char]) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if c.is_alphabetic() && random.percent(25) {
            out.push(*random.pick(what));
        }
    }
    out
}

/// One letter in four written as an escape.
fn escaped(text: &str, random: &mut Random, write: impl Fn(char) -> String) -> String {
    let one = |c: char, random: &mut Random| {
        if c.is_alphabetic() && random.percent(25) {
            write(c)
        } else {
            c.to_string()
        }
    };
    text.chars().map(|c| one(c, random)).collect()
}
