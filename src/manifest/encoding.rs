//! Which encoding an input is in, told from its first bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::foreign::{self, Foreign};
use super::lexicon::lexicon;

/// How many bytes a guess looks at.
pub(crate) const PREFIX: usize = 64 * 1024;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// A byte order mark of this many bytes.
    Mark(&'static Encoding, usize),
    /// UTF-16 without a mark, by its zero bytes.
    Zeros(&'static Encoding),
    /// No text that a table could be in.
    NotText(Foreign),
    /// Nothing that decides.
    Open,
}

/// How many characters of a beginning are looked at for what a text is.
const LOOK: usize = 4096;

/// Reads the first bytes for marks, zero bytes and well-known beginnings.
pub(crate) fn opening(bytes: &[u8]) -> Opening {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(foreign) = foreign::by_bytes(body) {
        return Opening::NotText(foreign);
    }
    let opening = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => Opening::Mark(encoding, length),
        None => zeros(bytes),
    };
    let (encoding, start) = match opening {
        Opening::Mark(encoding, length) => (encoding, length),
        Opening::Zeros(encoding) => (encoding, 0),
        Opening::Open => (UTF_8, 0),
        Opening::NotText(_) => return opening,
    };
    let end = bytes.len().min(start + LOOK);
    let (text, _) = encoding.decode_without_bom_handling(&bytes[start..end]);
    foreign::by_text(&text).map_or(opening, Opening::NotText)
}

/// The encoding of bytes that aren't all ASCII. `complete` when the input ends with them.
pub(crate) fn detect(bytes: &[u8], complete: bool) -> &'static Encoding {
    if is_utf8(bytes) {
        return UTF_8;
    }
    // A file may hold lines of two encodings; `mixed` reads those of the smaller part.
    let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
    let in_utf8 = |line: &&[u8]| !line.is_ascii() && std::str::from_utf8(line).is_ok();
    let utf8 = lines().filter(in_utf8).count();
    if utf8 > 1 && utf8 >= lines().filter(|line| !line.is_ascii()).count() - utf8 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    for line in lines().filter(|line| !in_utf8(line)) {
        detector.feed(line, false);
    }
    detector.feed(b"", complete);
    let guess = detector.guess(None, Utf8Detection::Deny);
    by_column_names(bytes, guess)
}

/// A guess from letter frequencies is weak on a short table; a header that reads `品名,数量` in
/// one encoding and gibberish in the others is not.
fn by_column_names(bytes: &[u8], guess: &'static Encoding) -> &'static Encoding {
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GBK, IBM866, KOI8_U, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251,
        WINDOWS_1252, WINDOWS_1258,
    };
    let others = [
        GBK,
        BIG5,
        EUC_KR,
        SHIFT_JIS,
        EUC_JP,
        WINDOWS_1251,
        KOI8_U,
        IBM866,
        WINDOWS_1252,
        WINDOWS_1250,
        WINDOWS_1258,
    ];
    let head = head(bytes);
    let mut best = (guess, known_names(head, guess));
    let margin = if best.1 == 0 { 1 } else { 2 };
    let needed = best.1 + margin;
    for encoding in others {
        let known = known_names(head, encoding);
        if known >= needed && known > best.1 {
            best = (encoding, known);
        }
    }
    best.0
}

/// How many cells are known names of columns that need this encoding, in the lines that are in
/// it.
fn known_names(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let known = |line: &[u8]| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(line)?;
        let cells = text.split([',', ';', '\t', '|']);
        let known = cells.filter(|cell| !cell.is_ascii() && lexicon().knows(cell));
        Some(known.count())
    };
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.filter_map(known).sum()
}

/// The first lines, whole.
fn head(bytes: &[u8]) -> &[u8] {
    let bytes = &bytes[..bytes.len().min(16 * 1024)];
    let ends = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'\n' | b'\r'));
    ends.map(|(at, _)| &bytes[..at])
        .take(40)
        .last()
        .unwrap_or(bytes)
}

/// Whether the bytes are UTF-8, or UTF-8 with a little damage; a cut last character is none.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut = bytes
        .utf8_chunks()
        .last()
        .is_some_and(|chunk| is_cut(chunk.invalid()));
    if cut {
        bad -= 1;
    }
    let escapes = bytes
        .windows(2)
        .any(|pair| pair == b"\x1B$" || pair == b"\x1B(");
    (bad == 0 && (good > 0 || !escapes) && !(good == 0 && cut))
        || (bad > 0 && good >= 8.max(4 * bad))
}

/// Whether these are the first bytes of a longer character.
fn is_cut(bytes: &[u8]) -> bool {
    let wanted = match bytes.first() {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        _ => return false,
    };
    bytes.len() < wanted && bytes[1..].iter().all(|byte| byte & 0xC0 == 0x80)
}

/// UTF-16 has a zero byte in every ASCII character, and all of them on one side. Other zero
/// bytes, and other control characters, are no text, or text with a little damage.
fn zeros(bytes: &[u8]) -> Opening {
    let count = |first: usize| {
        bytes
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (count(0), count(1));
    let whole = &bytes[..bytes.len() & !1];
    let reads = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(whole);
        let strange = |c: &char| {
            matches!(*c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
                || (c.is_control() && !c.is_whitespace())
        };
        text.chars().filter(strange).count() * 50 <= text.chars().count()
    };
    if odd > 4 * even && reads(UTF_16LE) {
        return Opening::Zeros(UTF_16LE);
    }
    if even > 4 * odd && reads(UTF_16BE) {
        return Opening::Zeros(UTF_16BE);
    }
    // Zero bytes alone are what old systems fill up with; an escape begins ISO-2022-JP.
    let controls = bytes.iter().filter(|byte| {
        byte.is_ascii_control()
            && !matches!(byte, 0 | b'\t' | b'\n' | 0x0B | 0x0C | b'\r' | 0x1A..=0x1F)
    });
    let filled = bytes.len() - even - odd;
    if controls.count() * 50 > filled || (even + odd) * 2 > bytes.len() {
        Opening::NotText(Foreign {
            what: "a binary file",
            advice: "save the manifest as CSV (UTF-8)",
        })
    } else {
        Opening::Open
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252};

    use super::{Opening, detect, opening};

    #[test]
    fn short_tables_are_told_apart() {
        for (encoding, text) in [
            (GBK, "品名,数量\n硝酸,5\n"),
            (BIG5, "貨品名稱,數量\n硝酸,5\n"),
            (EUC_KR, "품명,수량\n질산,5\n"),
            (SHIFT_JIS, "品名,数量\n硝酸ポンプ,5\n"),
            (EUC_JP, "品名,数量\n硝酸ポンプ,5\n"),
            (
                WINDOWS_1251,
                "Наименование товара;Количество\nАзотная кислота;5\n",
            ),
            (
                WINDOWS_1252,
                "Désignation;Quantité\nAcide nitrique fumé;5\n",
            ),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(
                encoding.decode(&bytes).0,
                detect(&bytes, true).decode(&bytes).0,
                "{text}"
            );
        }
    }

    #[test]
    fn damaged_utf8_is_still_utf8() {
        let mut bytes = "品名,数量\n硝酸百分之六十八,十八个集装箱桶,朝鲜民主主义人民共和国\n"
            .as_bytes()
            .to_vec();
        assert_eq!(detect(&bytes[..bytes.len() - 2], false), UTF_8);
        bytes.extend_from_slice(b"\xFF\n");
        assert_eq!(detect(&bytes, true), UTF_8);
    }

    #[test]
    fn other_formats_are_named() {
        for bytes in [
            &b"PK\x03\x04\x14"[..],
            b"%PDF-1.7",
            b"\xEF\xBB\xBF<?xml",
            b"\n<HTML>",
            &[0; 64],
        ] {
            assert!(matches!(opening(bytes), Opening::NotText(..)), "{bytes:?}");
        }
        assert_eq!(opening(b"Description,Qty\n"), Opening::Open);
        assert_eq!(opening(b""), Opening::Open);
    }
}
