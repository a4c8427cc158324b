//! Letters of one script that look like letters of another.
//!
//! `СНLОRINЕ` may be written with Cyrillic С, Н, О, Е. The Unicode Consortium keeps the list of
//! such pairs (UTS #39, confusables.txt); the crate `unicode-security` carries it. Folded text is
//! in lower case, while letters are confused in either case (`в` looks like nothing, `В` like
//! `B`), so both cases are asked.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};
use unicode_security::confusable_detection::skeleton;

/// A word, its letters of other scripts replaced by the Latin letters that they look like; nothing
/// where it has none, or one that looks like no Latin letter.
///
/// ```
/// use tidewaiter::text::as_latin;
/// assert_eq!(as_latin("сhlоrinе").as_deref(), Some("chlorine"));
/// assert_eq!(as_latin("chlorine"), None);
/// assert_eq!(as_latin("фтор"), None);
/// ```
#[must_use]
pub fn as_latin(word: &str) -> Option<String> {
    let mut changed = false;
    let latin: Option<String> = word
        .chars()
        .map(|c| {
            if c.is_ascii() || c.script() == Script::Latin {
                return Some(c);
            }
            changed = true;
            latin_image(c)
        })
        .collect();
    latin.filter(|_| changed)
}

/// A word, its Latin and Greek letters replaced by the Cyrillic ones that look like them; nothing
/// where it has none, or one that looks like no Cyrillic letter.
///
/// ```
/// use tidewaiter::text::as_cyrillic;
/// assert_eq!(as_cyrillic("hacoc").as_deref(), Some("насос"));
/// assert_eq!(as_cyrillic("pump"), None);
/// ```
#[must_use]
pub fn as_cyrillic(word: &str) -> Option<String> {
    static IMAGES: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let mut images = HashMap::new();
        for c in 'а'..='я' {
            if let Some(latin) = latin_image(c) {
                images.entry(latin).or_insert(c);
            }
        }
        images
    });
    let mut changed = false;
    let cyrillic: Option<String> = word
        .chars()
        .map(|c| {
            if c.script() == Script::Cyrillic {
                return Some(c);
            }
            changed = true;
            let latin = if c.is_ascii() {
                Some(c)
            } else {
                latin_image(c)
            };
            IMAGES.get(&latin?).copied()
        })
        .collect();
    cyrillic.filter(|_| changed)
}

/// Whether a word mixes letters of two scripts that look alike: Latin, Cyrillic, Greek. Units with
/// a Greek letter (`μm`, `Ωm`) mix nothing.
///
/// ```
/// use tidewaiter::text::mixes_scripts;
/// assert!(mixes_scripts("tаnk") && mixes_scripts("ІΝЕ"));
/// assert!(!mixes_scripts("танк") && !mixes_scripts("μm"));
/// ```
#[must_use]
pub fn mixes_scripts(word: &str) -> bool {
    if word.is_ascii() || is_micro_unit(word) {
        return false;
    }
    let mut first = None;
    word.chars()
        .filter_map(look_alike_script)
        .any(|script| *first.get_or_insert(script) != script)
}

/// The words of a line that mixes scripts, as they read in one script each; nothing for words that
/// stay. In a line where most words are mixed, words wholly of the wrong script are read too: who
/// swaps every letter that can be swapped leaves such words.
pub(crate) fn in_one_script<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Option<String>> {
    let words: Vec<&str> = words.collect();
    let mixed: Vec<bool> = words.iter().map(|word| mixes_scripts(word)).collect();
    if !mixed.contains(&true) {
        return Vec::new();
    }
    let (mut latin, mut cyrillic, mut long, mut long_mixed) = (0, 0, 0, 0);
    for (word, mixed) in words.iter().zip(&mixed) {
        let (l, c) = unmistakable(word);
        latin += l;
        cyrillic += c;
        if word.chars().count() >= 3 && word.chars().all(|c| look_alike_script(c).is_some()) {
            long += 1;
            long_mixed += usize::from(*mixed);
        }
    }
    let base = if cyrillic > latin {
        Script::Cyrillic
    } else {
        Script::Latin
    };
    let heavy = long_mixed * 2 >= long;
    let read = |word: &str, script: Script| match script {
        Script::Cyrillic => as_cyrillic(word),
        _ => as_latin(word),
    };
    words
        .iter()
        .zip(mixed)
        .map(|(word, mixed)| {
            if !mixed && !heavy {
                return None;
            }
            let script = match unmistakable(word) {
                (0, 0) => base,
                (_, 0) => Script::Latin,
                (0, _) => Script::Cyrillic,
                _ => return None,
            };
            read(word, script)
        })
        .collect()
}

/// The script of a letter that may stand for one of another script.
fn look_alike_script(c: char) -> Option<Script> {
    match c.script() {
        script @ (Script::Latin | Script::Cyrillic) => Some(script),
        Script::Greek if latin_image(c).is_some() => Some(Script::Greek),
        _ => None,
    }
}

/// Whether a word is a unit with the prefix micro. In capitals Μ is no other sign than M, so only
/// known units are: `μonel` is a disguise.
fn is_micro_unit(word: &str) -> bool {
    const UNITS: [&str; 23] = [
        "m", "l", "g", "s", "a", "v", "w", "f", "h", "n", "c", "j", "t", "k", "sv", "gy", "pa",
        "hz", "bq", "mol", "bar", "ohm", "rad",
    ];
    let unit = word.strip_prefix('μ');
    unit.is_some_and(|unit| UNITS.contains(&unit))
}

/// How many letters of a word look like none of the other script: of Latin, and of Cyrillic.
fn unmistakable(word: &str) -> (usize, usize) {
    let mut buffer = [0; 4];
    word.chars()
        .fold((0, 0), |(latin, cyrillic), c| match c.script() {
            Script::Latin if as_cyrillic(c.encode_utf8(&mut buffer)).is_none() => {
                (latin + 1, cyrillic)
            }
            Script::Cyrillic if latin_image(c).is_none() => (latin, cyrillic + 1),
            _ => (latin, cyrillic),
        })
}

/// The one Latin letter that a letter looks like, in capitals or else in small letters.
fn latin_image(c: char) -> Option<char> {
    let image = |c: char| {
        let mut buffer = [0; 4];
        let mut letters = skeleton(c.encode_utf8(&mut buffer));
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii_alphabetic() => {
                Some(letter.to_ascii_lowercase())
            }
            _ => None,
        }
    };
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        // The data has one form for `I` and `l`; the small letter tells which.
        (Some(capital), None) => match image(capital) {
            Some('l') => image(c).or(Some('l')),
            found => found.or_else(|| image(c)),
        },
        _ => image(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike() {
        for (word, latin) in [
            ("мass", "mass"),
            ("вeam", "beam"),
            ("tаnk", "tank"),
            ("рump", "pump"),
            ("нot", "hot"),
            ("nіtrіс", "nitric"),
            ("сιtу", "city"),
        ] {
            assert_eq!(as_latin(word).as_deref(), Some(latin), "{word}");
        }
    }

    #[test]
    fn a_line_is_read_in_one_script() {
        let read = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            let read = in_one_script(words.iter().copied());
            let word = |(n, word): (usize, &&str)| {
                read.get(n)
                    .cloned()
                    .flatten()
                    .unwrap_or_else(|| (*word).to_owned())
            };
            words
                .iter()
                .enumerate()
                .map(word)
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (line, expected) in [
            ("gаtе vаlvе сf", "gate valve cf"),
            ("фланeц cf", "фланец cf"),
            ("tpyбa бecшoвнaя tee", "труба бесшовная тее"),
            ("фланец cf", "фланец cf"),
        ] {
            assert_eq!(read(line), expected);
        }
    }
}
