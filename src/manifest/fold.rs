//! How column names are compared.
//!
//! Manifests write the same name as `HS CODE`, `hs_code`, `ＨＳコード`, `Désignation` or
//! `DESIGNATION`. Both sides of a comparison go through [`name`], which keeps letters and digits
//! only: folded case, no accents, one space between words, none between ideographs.

use unicode_normalization::UnicodeNormalization;

/// A column name in its comparable form.
pub(crate) fn name(text: &str) -> String {
    if text.is_ascii() {
        return ascii_name(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text
        .nfkd()
        .filter(|c| !is_accent(*c))
        .flat_map(char::to_lowercase)
        .nfc()
    {
        let Some(c) = plain(c) else {
            gap = true;
            continue;
        };
        let joined = folded
            .chars()
            .next_back()
            .is_none_or(|last| is_cjk(last) && is_cjk(c));
        if gap && !joined {
            folded.push(' ');
        }
        gap = false;
        if c == 'ß' {
            folded.push('s');
            folded.push('s');
        } else {
            folded.push(c);
        }
    }
    folded
}

/// The same for letters without accents, as most names and nearly all goods are.
fn ascii_name(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        if !byte.is_ascii_alphanumeric() && byte != b'#' {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        folded.push(char::from(byte.to_ascii_lowercase()));
    }
    folded
}

/// Whether a folded phrase stands in a folded name, as whole words where the script has words.
pub(crate) fn contains(name: &str, phrase: &str) -> bool {
    // Both are short: a search that is prepared first would cost more than it saves.
    let Some(first) = phrase.bytes().next() else {
        return false;
    };
    memchr::memchr_iter(first, name.as_bytes()).any(|start| {
        let end = start + phrase.len();
        name.as_bytes()[start..].starts_with(phrase.as_bytes())
            && is_edge(name[..start].chars().next_back(), phrase.chars().next())
            && is_edge(name[end..].chars().next(), phrase.chars().next_back())
    })
}

/// Ideographs, kana and hangul: scripts whose words need no space between them.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FFF}' | '\u{3005}' | '\u{3040}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_edge(outside: Option<char>, inside: Option<char>) -> bool {
    outside.is_none_or(|c| c == ' ' || is_cjk(c)) || inside.is_some_and(is_cjk)
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// The character to keep, if it is one; `#`, `№` and `°` are names of columns by themselves.
fn plain(c: char) -> Option<char> {
    match c {
        'đ' => Some('d'),
        'ø' => Some('o'),
        'ł' => Some('l'),
        'ı' => Some('i'),
        '#' => Some('#'),
        _ => c.is_alphanumeric().then_some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{contains, name};

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (a, b) in [
            ("HS CODE", "hs_code"),
            ("ＨＳコード", "HSコード"),
            (
                "Désignation\nDes  Marchandises",
                "designation des marchandises",
            ),
            ("品 名", "品名"),
            ("Maßeinheit", "MASSEINHEIT"),
            ("Mô tả hàng hóa", "MO TA HANG HOA"),
            ("Đơn vị", "don vi"),
            ("№ п/п", "No п п"),
            ("품 명", "품명"),
            (" *Description* ", "description"),
        ] {
            assert_eq!(name(a), name(b), "{a} / {b}");
        }
        assert_eq!(name("-- ** --"), "");
    }

    #[test]
    fn ascii_is_folded_as_everything_is() {
        for text in ["HS  Code", "#", "No. # 5", " -- a_b (C)", "", "C12H27O4P"] {
            // A letter that folds away makes the text one of the others.
            assert_eq!(name(text), name(&format!("{text}\u{301}")), "{text}");
        }
    }

    #[test]
    fn phrases_are_found_as_words() {
        assert!(contains("full description of goods", "description"));
        assert!(!contains("subdescription", "description"));
        assert!(contains("货物名称及规格", "货物名称"));
        assert!(contains("hs编码", "hs"));
        assert!(!contains("hscode", "hs"));
    }
}
