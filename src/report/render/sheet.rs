//! The sheet that the text report is written on: columns, hanging indents, colours.

use std::borrow::Cow;
use std::io::Write;

use textwrap::core::display_width;

use crate::logic::Truth;
use crate::report::baseline::State;
use crate::report::plain::plain;
use crate::screen::{Outcome, Verdict};

/// How wide the text is at most; the same everywhere, so that a report is.
pub(super) const WIDTH: usize = 88;

/// What a piece of text is, for its colour.
#[derive(Clone, Copy)]
pub(super) enum Style {
    Plain,
    Strong,
    Quiet,
    Hit,
    Review,
    Vague,
    Clear,
    Ask,
}

impl From<Outcome> for Style {
    fn from(outcome: Outcome) -> Style {
        match outcome {
            Outcome::Hit => Style::Hit,
            Outcome::Review => Style::Review,
            Outcome::NotScreenable => Style::Vague,
            Outcome::Clear => Style::Clear,
        }
    }
}

impl From<Verdict> for Style {
    fn from(verdict: Verdict) -> Style {
        match verdict {
            Verdict::Hit => Style::Hit,
            Verdict::Review => Style::Review,
            Verdict::Cleared => Style::Clear,
        }
    }
}

impl From<Truth> for Style {
    fn from(truth: Truth) -> Style {
        match truth {
            Truth::True => Style::Hit,
            Truth::Unknown => Style::Review,
            Truth::False => Style::Clear,
        }
    }
}

impl From<State> for Style {
    fn from(state: State) -> Style {
        match state {
            State::New => Style::Hit,
            State::Changed => Style::Review,
            State::Unchanged => Style::Quiet,
        }
    }
}

/// Lines of text, wrapped.
pub(super) struct Sheet<W: Write> {
    out: W,
    colour: bool,
}

impl<W: Write> Sheet<W> {
    pub fn new(out: W, colour: bool) -> Sheet<W> {
        Sheet { out, colour }
    }

    pub fn blank(&mut self) -> std::io::Result<()> {
        self.out.write_all(b"\n")
    }

    pub fn rule(&mut self) -> std::io::Result<()> {
        let line = "─".repeat(WIDTH);
        writeln!(self.out, "{}", self.paint(&line, Style::Quiet))
    }

    /// A paragraph.
    pub fn text(&mut self, indent: usize, text: &str, style: Style) -> std::io::Result<()> {
        for line in wrap(&plain(text), WIDTH.saturating_sub(indent)) {
            let painted = self.paint(&line, style);
            writeln!(self.out, "{:indent$}{painted}", "")?;
        }
        Ok(())
    }

    /// A label, and a paragraph in a column of its own beside it.
    pub fn field(
        &mut self,
        indent: usize,
        (label, style): (&str, Style),
        column: usize,
        text: &str,
    ) -> std::io::Result<()> {
        let column = column.max(indent + display_width(label) + 1);
        let blanks = column - indent - display_width(label);
        let mut begin = format!("{:indent$}{}{:blanks$}", "", self.paint(label, style), "");
        for line in wrap(&plain(text), WIDTH.saturating_sub(column)) {
            writeln!(self.out, "{}", format!("{begin}{line}").trim_end())?;
            begin = " ".repeat(column);
        }
        Ok(())
    }

    /// A line of pieces, each with its colour; it isn't wrapped.
    pub fn pieces(&mut self, pieces: &[(&str, Style)]) -> std::io::Result<()> {
        for (text, style) in pieces {
            let text = plain(text);
            let painted = self.paint(&text, *style);
            write!(self.out, "{painted}")?;
        }
        self.blank()
    }

    fn paint<'t>(&self, text: &'t str, style: Style) -> Cow<'t, str> {
        let code = match style {
            Style::Plain => return text.into(),
            Style::Strong => "1",
            Style::Quiet => "2",
            Style::Hit => "1;31",
            Style::Review => "1;33",
            Style::Vague => "1;35",
            Style::Clear => "32",
            Style::Ask => "1;36",
        };
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m").into()
        } else {
            text.into()
        }
    }
}

/// Lines of at most a width; at least one.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(20))
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
        .into_iter()
        .map(Cow::into_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_sheet_in_any_script() {
        for text in [
            "nitric acid ".repeat(40),
            "硝酸".repeat(200),
            "x".repeat(500),
            "질량 분석기 ".repeat(60),
        ] {
            let mut out = Vec::new();
            let mut sheet = Sheet::new(&mut out, false);
            sheet
                .field(4, ("label", Style::Plain), 15, &text)
                .expect("a vector");
            sheet.text(2, &text, Style::Plain).expect("a vector");
            let out = String::from_utf8(out).expect("UTF-8");
            let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
            assert_eq!(letters(&out), 2 * letters(&text) + letters("label"));
            for line in out.lines() {
                assert!(display_width(line) <= WIDTH, "{line}");
            }
        }
    }
}
