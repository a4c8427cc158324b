//! One row as it was split, before anything is known of its columns.

/// What was odd about the form of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A quote opened a cell and nothing closed it.
    UnclosedQuote,
    /// Text followed a closing quote.
    StrayQuote,
    /// The line was in another encoding than the rest.
    OtherEncoding(&'static str),
}

/// One row. Its cells stand in one string, so that a row can be used again without allocating.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The record's number, from 1.
    pub number: u64,
    /// The physical line it begins on, from 1.
    pub line: u64,
    text: String,
    /// Where each cell begins and ends in the text.
    bounds: Vec<(usize, usize)>,
    /// Where the open cell begins.
    open: usize,
    quoted: Vec<bool>,
    troubles: Vec<Trouble>,
    /// The cells of which only the beginning is kept.
    cut: Vec<usize>,
}

impl Row {
    pub fn clear(&mut self) {
        self.text.clear();
        self.bounds.clear();
        self.open = 0;
        self.quoted.clear();
        self.troubles.clear();
        self.cut.clear();
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.bounds.len()
    }

    /// A cell, without the blanks around it; empty where the row has none.
    pub fn cell(&self, index: usize) -> &str {
        trim(self.raw(index))
    }

    /// All cells, as written.
    #[cfg(test)]
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.raw(index))
    }

    /// All cells, without the blanks around them.
    pub fn trimmed(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.cell(index))
    }

    /// The cells that hold something.
    pub fn filled(&self) -> impl Iterator<Item = &str> {
        self.trimmed().filter(|cell| !cell.is_empty())
    }

    /// Whether the row holds nothing, or a ruled line: `---`, `***`, `═══`.
    pub fn says_nothing(&self) -> bool {
        let ruled =
            |c: char| "-=_*.+~:#–—|,;".contains(c) || ('\u{2500}'..='\u{257F}').contains(&c);
        self.filled()
            .all(|cell| cell.chars().all(|c| ruled(c) || c.is_whitespace()))
    }

    pub fn is_quoted(&self, index: usize) -> bool {
        self.quoted.get(index).copied().unwrap_or_default()
    }

    /// The cells of which only the beginning is kept, as they or the row were too long.
    pub fn cut(&self) -> &[usize] {
        &self.cut
    }

    /// Notes that the rest of the open cell isn't kept.
    pub fn cut_open(&mut self) {
        let open = self.bounds.len();
        if self.cut.last() != Some(&open) {
            self.cut.push(open);
        }
    }

    pub fn troubles(&self) -> &[Trouble] {
        &self.troubles
    }

    /// All text of the row, for a quick look.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first words of the row, for a report.
    pub fn excerpt(&self) -> String {
        let mut excerpt = String::new();
        for cell in self.filled() {
            if !excerpt.is_empty() {
                excerpt.push_str(" | ");
            }
            excerpt.extend(
                cell.chars()
                    .take(120)
                    .map(|c| if c.is_control() { ' ' } else { c }),
            );
            if excerpt.len() > 120 {
                break;
            }
        }
        if excerpt.chars().count() > 80 {
            excerpt = excerpt.chars().take(79).chain(['…']).collect();
        }
        excerpt
    }

    pub fn trouble(&mut self, trouble: Trouble) {
        if !self.troubles.contains(&trouble) {
            self.troubles.push(trouble);
        }
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the open cell.
    pub fn close(&mut self, quoted: bool) {
        self.bounds.push((self.open, self.text.len()));
        self.open = self.text.len();
        self.quoted.push(quoted);
    }

    /// Takes a whole line without quotes, whose cells end at delimiters.
    pub fn take_line(&mut self, line: &str, delimiters: impl Iterator<Item = usize>) {
        self.text.push_str(line);
        let mut start = 0;
        for end in delimiters {
            self.bounds.push((start, end));
            start = end + 1;
        }
        self.bounds.push((start, line.len()));
        self.open = line.len();
        self.quoted.resize(self.bounds.len(), false);
    }

    pub fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Bytes of the open cell.
    pub fn open_len(&self) -> usize {
        self.text.len() - self.open
    }

    /// Forgets what came after a place in the open cell.
    pub fn truncate(&mut self, text: usize, troubles: usize) {
        self.text.truncate(text);
        self.troubles.truncate(troubles);
        let open = self.bounds.len();
        self.cut.retain(|cell| *cell < open);
    }

    fn raw(&self, index: usize) -> &str {
        let bounds = self.bounds.get(index);
        bounds.map_or("", |(start, end)| &self.text[*start..*end])
    }
}

/// Without blanks, and without the zero bytes and the end-of-file mark that old systems leave.
pub(crate) fn trim(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}')
}
