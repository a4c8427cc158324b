//! Inputs that aren't tables of text: what they look like, and what to do about it.
//!
//! People hand over a workbook, a web page or an archive under the name of a CSV file. Read as
//! text it would be one goods item of gibberish, or a line that is clear.

use super::json_lines;

/// What an input looks like, and what its owner should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub what: &'static str,
    pub advice: &'static str,
}

const SHEET: &str = "open it in a spreadsheet program and save it as CSV (UTF-8)";
const TABLE: &str = "export the goods as a CSV table";
const UNPACK: &str = "unpack it first";
const ROWS: &str = "export the goods as a CSV table, one row for each goods item";
const LINES: &str = "write JSON Lines, one object on a line for each goods item, or a CSV table";

/// The beginnings of formats that get passed off as CSV.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"PK\x05\x06", "an empty zip archive", UNPACK),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Excel, Word or Outlook file (.xls, .doc, .msg)",
        SHEET,
    ),
    (b"%PDF", "a PDF document", TABLE),
    (b"%!PS", "a PostScript document", TABLE),
    (b"{\\rtf", "a rich text document", TABLE),
    (b"\x1F\x8B", "a gzip archive in another", UNPACK),
    (b"BZh91AY&SY", "a bzip2 archive", UNPACK),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1A\x07", "a RAR archive", UNPACK),
    (
        b"\x28\xB5\x2F\xFD",
        "a Zstandard archive in another",
        UNPACK,
    ),
    (b"PAR1", "a Parquet file", TABLE),
    (b"SQLite format 3\0", "an SQLite database", TABLE),
    (b"\0\x01\0\0Standard ", "an Access database", TABLE),
    (b"\x89PNG", "a picture", TABLE),
    (b"\xFF\xD8\xFF", "a picture", TABLE),
    (b"GIF87a", "a picture", TABLE),
    (b"GIF89a", "a picture", TABLE),
    (b"II*\0", "a picture", TABLE),
    (b"MM\0*", "a picture", TABLE),
    (b"UNA:+", "an EDIFACT message", TABLE),
    (b"UNB+", "an EDIFACT message", TABLE),
    (b"ISA*", "an X12 message", TABLE),
    (b"\xFF\xFE\0\0", "text in UTF-32", "save it as CSV in UTF-8"),
    (b"\0\0\xFE\xFF", "text in UTF-32", "save it as CSV in UTF-8"),
];

/// Tags that begin a web page, or what a program exports as one.
const WEB: [&str; 12] = [
    "html", "!doctype", "head", "body", "table", "div", "meta", "style", "span", "p", "center", "b",
];

/// What bytes look like by their beginning, if not like text.
pub(crate) fn by_bytes(bytes: &[u8]) -> Option<Foreign> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(archive(bytes));
    }
    let known = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic));
    known.map(|(_, what, advice)| Foreign { what, advice })
}

/// What a text looks like by its beginning, if not like a table.
pub(crate) fn by_text(text: &str) -> Option<Foreign> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let found = |what, advice| Some(Foreign { what, advice });
    if is_json(text) && !json_lines::begins(text) {
        return found("a JSON document", LINES);
    }
    if is_mail(text) {
        return found(
            "an e-mail message",
            "save the table that it holds or that is attached to it as CSV (UTF-8)",
        );
    }
    let markup = text.strip_prefix('<')?;
    let length = markup
        .find(|c: char| !(c.is_ascii_alphanumeric() || "!?:_-".contains(c)))
        .unwrap_or(markup.len());
    let tag = markup[..length].to_ascii_lowercase();
    if tag.starts_with("!--") {
        let rest = markup.split_once("-->").map_or("", |(_, rest)| rest);
        return by_text(rest).or(found("an XML document", ROWS));
    }
    if WEB.contains(&tag.as_str()) {
        return found("a web page", SHEET);
    }
    if tag.starts_with('?') && markup.contains("urn:schemas-microsoft-com:office:spreadsheet")
        || markup.contains("progid=\"Excel.Sheet\"")
    {
        return found("an Excel workbook in XML", SHEET);
    }
    // A column may be named "<Goods>"; what is closed again is markup.
    let closes = markup.contains("</") || markup.contains("/>");
    let named = tag.starts_with(|c: char| c.is_ascii_alphabetic());
    (tag.starts_with(['?', '!']) || named && closes).then_some(Foreign {
        what: "an XML document",
        advice: ROWS,
    })
}

/// Which kind of zip archive this is, by the names of the files in it.
fn archive(bytes: &[u8]) -> Foreign {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    let (what, advice) = if holds(b"opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet (.ods)", SHEET)
    } else if holds(b"opendocument") {
        ("an OpenDocument file (.odt)", TABLE)
    } else if holds(b"xl/") {
        ("an Excel workbook (.xlsx)", SHEET)
    } else if holds(b"word/") {
        ("a Word document (.docx)", TABLE)
    } else if holds(b"[Content_Types].xml") {
        (
            "an Office document, such as an Excel workbook (.xlsx)",
            SHEET,
        )
    } else {
        ("a zip archive", UNPACK)
    };
    Foreign { what, advice }
}

fn is_json(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    match (marks.next(), marks.next()) {
        (Some('{'), next) => matches!(next, Some('"' | '}') | None),
        (Some('['), next) => matches!(next, Some('{' | '[' | '"' | ']') | None),
        _ => false,
    }
}

/// A message begins with header lines, of which some are always there.
fn is_mail(text: &str) -> bool {
    const SURE: [&str; 5] = ["mime-version", "message-id", "received", "subject", "from"];
    let names = text
        .lines()
        .take_while(|line| !line.is_empty())
        .take(60)
        .filter(|line| !line.starts_with([' ', '\t']))
        .map_while(|line| {
            let (name, _) = line.split_once(": ")?;
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            plain.then(|| name.to_ascii_lowercase())
        });
    names.filter(|name| SURE.contains(&name.as_str())).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::{by_bytes, by_text};

    #[test]
    fn texts_that_are_no_tables() {
        for (what, text) in [
            ("a JSON document", "[{\"goods\": \"PUMP\"}]"),
            ("a JSON document", "\n{\n \"lines\": []}"),
            ("a web page", " <HTML><body>"),
            ("a web page", "<!-- saved --><table><tr>"),
            ("an XML document", "<manifest><line/></manifest>"),
            ("an XML document", "<?xml version='1.0'?><a/>"),
            (
                "an e-mail message",
                "From: a@example.org\nSubject: goods\n\nHello",
            ),
        ] {
            assert_eq!(
                by_text(text).map(|foreign| foreign.what),
                Some(what),
                "{text}"
            );
        }
        for text in [
            "",
            "Goods,Qty\n",
            "<Goods>;<Qty>\nPUMP;5\n",
            "{goods},qty",
            "[1] PUMP\n",
            "From: ACME,To: KOREA\nNo,Goods\n",
            "< 5 kg,PUMP",
        ] {
            assert_eq!(by_text(text), None, "{text}");
        }
    }

    #[test]
    fn archives_are_told_by_what_they_hold() {
        for (what, bytes) in [
            (
                "an Excel workbook (.xlsx)",
                &b"PK\x03\x04[Content_Types].xml..xl/workbook.xml"[..],
            ),
            (
                "a Word document (.docx)",
                b"PK\x03\x04[Content_Types].xml..word/document.xml",
            ),
            ("a zip archive", b"PK\x03\x04manifest.csv"),
            ("a picture", b"GIF89a"),
        ] {
            assert_eq!(by_bytes(bytes).map(|foreign| foreign.what), Some(what));
        }
    }
}
