//! Lines in another encoding than the rest.
//!
//! Whoever appends an export in GBK to one in UTF-8 gets a file of both. Read in one encoding,
//! half of it is gibberish in which nothing can be found. A line goes by another encoding only
//! where it is plainly not in the manifest's own.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, KOI8_U, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252,
};

/// The text of a line that isn't in the `main` encoding, and what it is in; `nearby` are the
/// encodings that come into question where that is UTF-8.
pub(crate) fn read<'a>(
    line: &[u8],
    main: &'static Encoding,
    nearby: impl FnOnce() -> &'a Vec<&'static Encoding>,
) -> Option<(String, &'static Encoding)> {
    if line.is_ascii() {
        return None;
    }
    if main == UTF_8 {
        if std::str::from_utf8(line).is_ok() {
            return None;
        }
        let (mut good, mut bad) = (0_usize, 0_usize);
        for chunk in line.utf8_chunks() {
            good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            bad += usize::from(!chunk.invalid().is_empty());
        }
        // A few bad bytes among good ones are damage, not another encoding.
        if bad <= good {
            return None;
        }
        return nearby().iter().find_map(|encoding| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(line)?;
            is_plain(&text).then(|| (text.into_owned(), *encoding))
        });
    }
    let text = std::str::from_utf8(line).ok()?;
    let strange = || text.chars().filter(|c| !c.is_ascii());
    // Two or three bytes may form UTF-8 by chance.
    let long = strange().all(|c| c.len_utf8() >= 3) && strange().count() >= 2;
    (long || strange().count() >= 6).then(|| (text.to_owned(), UTF_8))
}

/// Whether a text holds letters where it isn't ASCII, and no control characters.
fn is_plain(text: &str) -> bool {
    let strange = text.chars().filter(|c| !c.is_ascii());
    let (all, letters) = strange.fold((0_usize, 0_usize), |(all, letters), c| {
        (all + 1, letters + usize::from(c.is_alphabetic()))
    });
    letters * 2 > all
        && !text
            .chars()
            .any(|c| matches!(c, '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}'))
}

/// The encodings of the script that the UTF-8 parts of some bytes are written in.
pub(crate) fn encodings_near(bytes: &[u8]) -> Vec<&'static Encoding> {
    let has = |test: fn(char) -> bool| {
        let mut chunks = bytes.utf8_chunks();
        chunks.any(|chunk| chunk.valid().chars().any(test))
    };
    if has(|c| matches!(c, '\u{3040}'..='\u{30FF}')) {
        vec![SHIFT_JIS, EUC_JP]
    } else if has(|c| matches!(c, '\u{AC00}'..='\u{D7AF}')) {
        vec![EUC_KR]
    } else if has(|c| matches!(c, '\u{0400}'..='\u{04FF}')) {
        vec![WINDOWS_1251, KOI8_U]
    } else if has(|c| matches!(c, '\u{3400}'..='\u{9FFF}')) {
        vec![GBK, BIG5]
    } else {
        vec![WINDOWS_1252]
    }
}
