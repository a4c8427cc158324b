//! How each format looks. Facts are asserted elsewhere; a snapshot only freezes.

use tidewaiter::report::{Format, RenderOptions};

use crate::fixture::report;

fn written(options: RenderOptions) -> Vec<u8> {
    let mut out = Vec::new();
    report().write(&mut out, options).expect("a vector");
    out
}

fn text(options: RenderOptions) -> String {
    String::from_utf8(written(options)).expect("UTF-8")
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/report"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn text_for_people() {
    settings().bind(|| {
        insta::assert_snapshot!("text", text(RenderOptions::new(Format::Text)));
        insta::assert_snapshot!(
            "text-all",
            text(
                RenderOptions::new(Format::Text)
                    .with_all(true)
                    .with_waived(true)
            )
        );
        let colour = text(RenderOptions::new(Format::Text).with_colour(true));
        insta::assert_snapshot!("text-colour", colour.replace('\u{1b}', "␛"));
    });
}

#[test]
fn json_document() {
    settings().bind(|| insta::assert_snapshot!("json", text(RenderOptions::new(Format::Json))));
}

/// Byte formats are kept byte for byte: line ends and the last line feed count.
#[test]
fn line_formats() {
    settings().bind(|| {
        let all = |format| written(RenderOptions::new(format).with_all(true));
        insta::assert_binary_snapshot!("lines.jsonl", all(Format::Jsonl));
        insta::assert_binary_snapshot!("rows.csv", all(Format::Csv));
    });
}

#[test]
fn no_format_lets_the_manifest_steer_a_terminal() {
    for format in [Format::Text, Format::Csv] {
        let out = text(RenderOptions::new(format).with_all(true));
        let bad = |c: &char| {
            (c.is_control() && !matches!(c, '\n' | '\r')) || ('\u{202a}'..='\u{202e}').contains(c)
        };
        assert_eq!(out.chars().find(bad), None, "{format:?}");
    }
    for format in [Format::Json, Format::Jsonl] {
        let out = text(RenderOptions::new(format).with_all(true));
        assert!(!out.contains('\u{1b}'), "{format:?}");
    }
}

#[test]
fn no_line_of_the_text_is_too_wide() {
    let wide = |line: &&str| textwrap::core::display_width(line) > 88;
    let out = text(RenderOptions::new(Format::Text).with_all(true));
    assert_eq!(out.lines().find(wide), None);
}

#[test]
fn colour_changes_no_word() {
    let plain = text(RenderOptions::new(Format::Text));
    let mut colour = text(RenderOptions::new(Format::Text).with_colour(true));
    while let Some(at) = colour.find('\u{1b}') {
        let end = colour[at..].find('m').expect("the end of a colour") + at;
        colour.replace_range(at..=end, "");
    }
    assert_eq!(colour, plain);
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let out = written(RenderOptions::new(Format::Csv).with_all(true));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(out.as_slice());
    let mut rows = 0;
    for row in reader.records() {
        let row = row.expect("a row of as many cells as the header");
        rows += 1;
        for cell in &row {
            assert!(
                !cell.trim_start().starts_with(['=', '+', '-', '@']),
                "{cell:?}"
            );
        }
    }
    // The header, five findings, two items without, an unreadable row, a finding that is gone and an issue.
    assert_eq!(rows, 11);
}
