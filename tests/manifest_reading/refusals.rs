//! Inputs that are no manifest, refused in plain words.

use tidewaiter::ErrorKind;
use tidewaiter::manifest::ReadOptions;

use super::{file, read, read_with};

#[test]
fn bad_inputs_are_refused_in_plain_words() {
    let looked_for = "looked for names such as \"Description\", \"Goods\", \"Commodity\", \"品名\", \
                      \"наименование товара\"; name the column with --map description=COLUMN (its \
                      header, or its number from 1)";
    let sheet = "open it in a spreadsheet program and save it as CSV (UTF-8)";
    let table = "export the goods as a CSV table";
    let rows = "export the goods as a CSV table, one row for each goods item";
    let lines = "write JSON Lines, one object on a line for each goods item, or a CSV table";
    let text = "save the manifest as CSV (UTF-8)";
    let mail = "save the table that it holds or that is attached to it as CSV (UTF-8)";
    for (name, message) in [
        (
            "unknown-headers",
            format!(
                "no column describes the goods: the columns in row 1 are \"Foo\", \"Bar\", \"Baz\"; {looked_for}"
            ),
        ),
        (
            "no-goods-column",
            format!(
                "no column describes the goods: the columns in row 2 are \"No\", \"HS code\", \"Qty\", \"Remarks\"; {looked_for}"
            ),
        ),
        (
            "only-numbers",
            format!(
                "no column describes the goods: there is no header row, and row 1 holds \"1\", \"5\", \"2024-01-01\"; {looked_for}"
            ),
        ),
    ] {
        refuses(name, &message);
    }
    for (name, what, advice) in [
        ("workbook", "an Excel workbook (.xlsx)", sheet),
        (
            "old-workbook",
            "an old Excel, Word or Outlook file (.xls, .doc, .msg)",
            sheet,
        ),
        ("workbook-in-xml", "an Excel workbook in XML", sheet),
        ("open-document", "an OpenDocument spreadsheet (.ods)", sheet),
        ("word-document", "a Word document (.docx)", table),
        ("document", "a PDF document", table),
        ("zip-archive", "a zip archive", "unpack it first"),
        ("json", "a JSON document", lines),
        ("xml", "an XML document", rows),
        ("xml-in-utf16", "an XML document", rows),
        ("webpage", "a web page", sheet),
        ("table-of-a-web-page", "a web page", sheet),
        ("e-mail", "an e-mail message", mail),
        ("edifact", "an EDIFACT message", table),
        ("picture", "a picture", table),
        ("binary", "a binary file", text),
        ("random-bytes", "a binary file", text),
    ] {
        refuses(
            name,
            &format!("this looks like {what}, not like a CSV or TSV table or JSON Lines; {advice}"),
        );
    }
}

/// The one message that a bad input gives.
fn refuses(name: &str, message: &str) {
    let bytes = file(&format!("bad/{name}.csv"));
    let error = read_with(&bytes[..], &ReadOptions::default()).expect_err(name);
    assert_eq!(error.kind(), ErrorKind::Manifest, "{name}");
    assert_eq!(error.to_string(), format!("m.csv: {message}"), "{name}");
}

#[test]
fn nothing_in_it_is_no_error() {
    for text in ["", "\n\n", "\u{FEFF}", "Description,Qty\n", "sep=;\n"] {
        let reading = read(text);
        assert!(
            reading.items.is_empty() && reading.skipped.is_empty(),
            "{text:?}"
        );
        assert!(reading.sha256.is_some());
    }
    let reading = read("\n  \n\t\n,,\n");
    assert!(reading.items.is_empty());
    assert_eq!(reading.skipped.len(), 3);
}
