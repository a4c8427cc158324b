//! Characters written as escapes: `&#1072;`, `&nbsp;`, `%20`.
//!
//! They come from web forms and from people who hide words from a search. Each escape is folded as
//! the character it stands for, and remembers where it stood.

/// The longest character reference that is looked at.
const LONGEST: usize = 12;

/// The character reference of HTML that a text begins with, and its length.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let body = text.get(1..end)?;
    let c = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => {
            let decoded = html_escape::decode_html_entities(&text[..=end]);
            let mut chars = decoded.chars();
            let first = chars.next()?;
            if chars.next().is_some() {
                return None;
            }
            first
        }
    };
    Some((c, end + 1))
}

/// The percent escape that a text begins with: one character in UTF-8, and its length.
pub(super) fn percent(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let byte = |at: usize| -> Option<u8> {
        let digits = text.get(at + 1..at + 3)?;
        (bytes[at] == b'%').then(|| u8::from_str_radix(digits, 16).ok())?
    };
    let first = byte(0)?;
    let count = match first {
        0x20..=0x7e => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut decoded = [0u8; 4];
    for (n, slot) in decoded.iter_mut().take(count).enumerate() {
        let at = n * 3;
        *slot = (at < bytes.len()).then(|| byte(at)).flatten()?;
    }
    let c = std::str::from_utf8(&decoded[..count])
        .ok()?
        .chars()
        .next()?;
    Some((c, count * 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_stand_for_characters() {
        for (text, expected) in [
            ("&#78;itric", Some(('N', 5))),
            ("&#x430;", Some(('а', 7))),
            ("&amp;", Some(('&', 5))),
            ("&nbsp;x", Some(('\u{a0}', 6))),
            ("& Sons;", None),
            ("&unknown;", None),
            ("&#xffffff;", None),
        ] {
            assert_eq!(reference(text), expected, "{text}");
        }
        for (text, expected) in [
            ("%20x", Some((' ', 3))),
            ("%D0%BA", Some(('к', 6))),
            ("%98", None),
            ("%zz", None),
            ("%", None),
            ("%D0", None),
            ("%+1", None),
        ] {
            assert_eq!(percent(text), expected, "{text}");
        }
    }
}
