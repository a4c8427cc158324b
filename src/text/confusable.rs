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

/// Whether a word mixes letters of Latin with those of another script.
#[must_use]
pub fn mixes_scripts(word: &str) -> bool {
    let latin = |c: char| c.is_alphabetic() && c.script() == Script::Latin;
    let other =
        |c: char| c.is_alphabetic() && !matches!(c.script(), Script::Latin | Script::Common);
    !word.is_ascii() && word.chars().any(latin) && word.chars().any(other)
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
        (Some(capital), None) => image(capital).or_else(|| image(c)),
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
        ] {
            assert_eq!(as_latin(word).as_deref(), Some(latin), "{word}");
        }
        assert!(mixes_scripts("tаnk") && !mixes_scripts("танк") && !mixes_scripts("tank"));
    }
}
