//! Which encoding an input is in, told from its first bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

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
    /// No text that a table could be in: what it looks like, and what to do.
    NotText(&'static str, &'static str),
    /// Nothing that decides.
    Open,
}

const SHEET: &str = "open it in a spreadsheet program and save it as CSV (UTF-8)";
const TABLE: &str = "export the goods as a CSV table";

/// The beginnings of formats that get passed off as CSV.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (
        b"PK\x03\x04",
        "a zip archive or an Excel workbook (.xlsx)",
        SHEET,
    ),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Excel or Word file (.xls, .doc)",
        SHEET,
    ),
    (b"%PDF", "a PDF document", TABLE),
    (b"{\\rtf", "a rich text document", TABLE),
    (b"\x1F\x8B", "a gzip archive", "unpack it first"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1A\x07", "a RAR archive", "unpack it first"),
    (
        b"\x28\xB5\x2F\xFD",
        "a Zstandard archive",
        "unpack it first",
    ),
    (b"PAR1", "a Parquet file", TABLE),
    (b"\x89PNG", "a picture", TABLE),
    (b"\xFF\xD8\xFF", "a picture", TABLE),
    (b"<?xml", "an XML document", TABLE),
    (b"<html", "a web page", SHEET),
    (b"<!doctype", "a web page", SHEET),
    (b"<table", "a web page", SHEET),
    (b"UNA:+", "an EDIFACT message", TABLE),
    (b"UNB+", "an EDIFACT message", TABLE),
    (b"ISA*", "an X12 message", TABLE),
    (b"\xFF\xFE\0\0", "text in UTF-32", "save it as CSV in UTF-8"),
    (b"\0\0\xFE\xFF", "text in UTF-32", "save it as CSV in UTF-8"),
];

/// Reads the first bytes for marks, zero bytes and well-known beginnings.
pub(crate) fn opening(bytes: &[u8]) -> Opening {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = body.trim_ascii_start();
    for (magic, what, advice) in MAGIC {
        let begins = |bytes: &[u8]| {
            bytes
                .get(..magic.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(magic))
        };
        if begins(bytes) || (magic[0] == b'<' && begins(text)) {
            return Opening::NotText(what, advice);
        }
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Opening::Mark(encoding, length);
    }
    zeros(bytes)
}

/// The encoding of bytes that aren't all ASCII. `complete` when the input ends with them.
pub(crate) fn detect(bytes: &[u8], complete: bool) -> &'static Encoding {
    if is_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, complete);
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
    let mut best = (guess, known_names(head, guess).unwrap_or(0));
    let margin = if best.1 == 0 { 1 } else { 2 };
    let needed = best.1 + margin;
    for encoding in others {
        let known = known_names(head, encoding).unwrap_or(0);
        if known >= needed && known > best.1 {
            best = (encoding, known);
        }
    }
    best.0
}

/// How many cells are known names of columns that need this encoding; `None` when the bytes
/// aren't in it.
fn known_names(bytes: &[u8], encoding: &'static Encoding) -> Option<usize> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let cells = text.split([',', ';', '\t', '|', '\n', '\r']);
    Some(
        cells
            .filter(|cell| !cell.is_ascii() && lexicon().knows(cell))
            .count(),
    )
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

/// UTF-16 has a zero byte in every ASCII character, and all of them on one side.
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
    if even + odd == 0 {
        return Opening::Open;
    }
    let whole = &bytes[..bytes.len() & !1];
    let reads = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(whole);
        let odd = |c: &char| *c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace());
        text.chars().filter(odd).count() * 50 <= text.chars().count()
    };
    if odd > 4 * even && reads(UTF_16LE) {
        Opening::Zeros(UTF_16LE)
    } else if even > 4 * odd && reads(UTF_16BE) {
        Opening::Zeros(UTF_16BE)
    } else if (even + odd) * 10 > bytes.len() {
        Opening::NotText("a binary file", "save the manifest as CSV (UTF-8)")
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
