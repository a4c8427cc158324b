//! Folding: the form of a text in which two spellings of one word are equal.
//!
//! Case, width, accents and the kind of dash say nothing about goods, so they go. Numbers do
//! say something, so what compatibility normalisation would destroy stays: `10⁻³` becomes
//! `10^-3`, `1½` becomes `1 1/2`. Folding changes lengths (`ﬁ`, `ß`, `㎏`), hence every folded
//! byte remembers the bytes of the original that it came from: evidence always points at what
//! was written.
//!
//! There are two folded forms. The *line* keeps punctuation and feeds the quantity reader. The
//! *skeleton* keeps only the letters and digits of the words and feeds the term index; letters and
//! digits are different words in it (`SS304` is `ss` and `304`). It has no blanks, so that words
//! written together or apart are found alike; where words begin and end is kept beside it.

use std::sync::LazyLock;

use super::escape;
use super::han::plain_form;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_script::{Script, UnicodeScript};

/// Where a piece of folded text came from: a source text and its bytes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Which of the document's sources, from 0.
    pub source: usize,
    /// First byte in that source.
    pub start: usize,
    /// One past the last byte in that source.
    pub end: usize,
}

/// A stretch of the line that came from one stretch of a source.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// First byte in the line.
    at: usize,
    origin: Origin,
    /// Whether each character came from one of the same length, in order (then the end of the
    /// origin isn't kept); otherwise all came from the whole of it.
    alike: bool,
}

/// A word of the skeleton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte in the skeleton.
    pub start: usize,
    /// One past the last byte in the skeleton.
    pub end: usize,
    /// First byte in the line.
    pub line_start: usize,
    /// One past the last byte in the line.
    pub line_end: usize,
    /// Number of the segment the word stands in.
    pub segment: usize,
}

/// The folded form of one or several source texts, with the way back to them.
///
/// ```
/// use tidewaiter::text::Document;
/// let text = "ＣＡＦÉ – 10⁻³ Pa";
/// let folded = Document::new([text]);
/// assert_eq!(folded.line(), "cafe - 10^-3 pa");
/// assert_eq!(folded.skeleton(), "cafe103pa");
/// assert_eq!(folded.word_texts().collect::<Vec<_>>(), ["cafe", "10", "3", "pa"]);
/// let origin = folded.origin(0, 4);
/// assert_eq!(&text[origin.start..origin.end], "ＣＡＦÉ");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Document {
    line: String,
    /// Where the bytes of `line` came from, stretch by stretch.
    runs: Vec<Run>,
    skeleton: String,
    words: Vec<Word>,
    segments: usize,
    escapes: usize,
    hidden: usize,
}

impl Document {
    /// Folds the sources, one after another; each begins a segment of its own.
    pub fn new<'a>(sources: impl IntoIterator<Item = &'a str>) -> Document {
        Document::joined(sources.into_iter().map(|source| (source, true)))
    }

    /// Folds the sources, one after another, each with whether it begins a segment of its own
    /// or goes on with the one before.
    pub fn joined<'a>(sources: impl IntoIterator<Item = (&'a str, bool)>) -> Document {
        let mut document = Document::default();
        for (number, (source, apart)) in sources.into_iter().enumerate() {
            if number > 0 {
                let end = Origin {
                    source: number,
                    start: 0,
                    end: 0,
                };
                document.push(if apart { '\n' } else { ' ' }, end);
            }
            document.fold(number, source);
        }
        document.build_skeleton();
        document
    }

    /// The first byte of the line that came from a source or one behind it.
    #[must_use]
    pub fn start_of(&self, source: usize) -> usize {
        let run = self.runs.partition_point(|run| run.origin.source < source);
        self.runs.get(run).map_or(self.line.len(), |run| run.at)
    }

    /// The folded text with its punctuation; segments are divided by line feeds.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The words of the folded text, with nothing between them.
    #[must_use]
    pub fn skeleton(&self) -> &str {
        &self.skeleton
    }

    /// The words of the folded text, one by one.
    pub fn word_texts(&self) -> impl Iterator<Item = &str> {
        self.words
            .iter()
            .map(|word| &self.skeleton[word.start..word.end])
    }

    /// The words of the skeleton, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// How many segments there are; a line feed or a semicolon divides two.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.segments
    }

    /// How many characters are written as escapes (`&#78;`, `%20`).
    #[must_use]
    pub fn escapes(&self) -> usize {
        self.escapes
    }

    /// How many characters without width stand behind a letter or digit.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The source bytes behind a span of the line. A span over two sources is cut at the
    /// end of the first.
    #[must_use]
    pub fn origin(&self, start: usize, end: usize) -> Origin {
        if start >= end || end > self.line.len() {
            return Origin {
                source: 0,
                start: 0,
                end: 0,
            };
        }
        let first = self.origin_of(start);
        let last = self.origin_of(end.min(self.start_of(first.source + 1)) - 1);
        Origin {
            source: first.source,
            start: first.start,
            end: last.end.max(first.start),
        }
    }

    /// The source bytes that the character at a byte of the line came from.
    fn origin_of(&self, at: usize) -> Origin {
        let after = self.runs.partition_point(|run| run.at <= at);
        let run = &self.runs[after - 1];
        if !run.alike {
            return run.origin;
        }
        let mut from = at;
        while !self.line.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = at + 1;
        while !self.line.is_char_boundary(to) {
            to += 1;
        }
        Origin {
            source: run.origin.source,
            start: run.origin.start + from - run.at,
            end: run.origin.start + to - run.at,
        }
    }

    /// The number of the word that a skeleton byte belongs to, or the next one after it.
    #[must_use]
    pub fn word_at(&self, skeleton_byte: usize) -> usize {
        self.words.partition_point(|word| word.end <= skeleton_byte)
    }

    /// The byte in the line, counted from a word's first, that stands for a byte in the
    /// skeleton, counted alike. (`ø` and words read as others have another length there.)
    #[must_use]
    pub(crate) fn line_offset(&self, word: usize, skeleton_bytes: usize) -> usize {
        let Some(w) = self.words.get(word) else {
            return 0;
        };
        if w.line_end - w.line_start == w.end - w.start {
            return skeleton_bytes;
        }
        if skeleton_bytes == w.end - w.start {
            return w.line_end - w.line_start;
        }
        let text = &self.skeleton[w.start..w.start + skeleton_bytes];
        let count = text.chars().count();
        let line = &self.line[w.line_start..w.line_end];
        line.chars().take(count).map(char::len_utf8).sum()
    }

    /// The number of the first word that begins at or after a byte of the line.
    #[must_use]
    pub fn word_at_line(&self, line_byte: usize) -> usize {
        self.words
            .partition_point(|word| word.line_end <= line_byte)
    }

    /// The same document, some of its words read as others: each replacement has the numbers of
    /// the first and the last word that it stands for, in ascending order, and a word or several
    /// divided by blanks.
    pub(crate) fn with_words(&self, replacements: &[(usize, usize, String)]) -> Document {
        let mut document = Document {
            skeleton: String::with_capacity(self.skeleton.len()),
            words: Vec::with_capacity(self.words.len()),
            ..self.clone()
        };
        let mut replacements = replacements.iter().peekable();
        let mut at = 0;
        // A break inside a word divides no segments.
        let mut closed = 0;
        while let Some(word) = self.words.get(at) {
            let segment = word.segment - closed;
            let Some((_, last, text)) = replacements.next_if(|(first, ..)| *first == at) else {
                let text = &self.skeleton[word.start..word.end];
                document.push_word(text, word.line_start, word.line_end, segment);
                at += 1;
                continue;
            };
            let ends = self.letter_places(at, *last);
            let same_letters = ends.len() == text.chars().filter(|c| *c != ' ').count();
            let mut done = 0;
            for piece in text.split(' ') {
                let from = done;
                done += piece.chars().count();
                let (start, end) = if same_letters && done > from {
                    (ends[from].0, ends[done - 1].1)
                } else {
                    (word.line_start, self.words[*last].line_end)
                };
                document.push_word(piece, start, end, segment);
            }
            closed += self.words[*last].segment - word.segment;
            at = last + 1;
        }
        document.segments -= closed;
        document
    }

    fn push_word(&mut self, text: &str, line_start: usize, line_end: usize, segment: usize) {
        let start = self.skeleton.len();
        self.skeleton.push_str(text);
        self.words.push(Word {
            start,
            end: self.skeleton.len(),
            line_start,
            line_end,
            segment,
        });
    }

    /// Where the letters of some words stand in the line.
    fn letter_places(&self, first: usize, last: usize) -> Vec<(usize, usize)> {
        let words = &self.words[first..=last];
        let letters = words.iter().flat_map(|word| {
            let text = &self.line[word.line_start..word.line_end];
            text.char_indices().map(move |(at, c)| {
                let start = word.line_start + at;
                (start, start + c.len_utf8())
            })
        });
        letters.collect()
    }

    /// The same document, some letters of its line read as others.
    pub(crate) fn with_letters(&self, read: impl Fn(usize, char) -> char) -> Document {
        let mut document = Document {
            escapes: self.escapes,
            hidden: self.hidden,
            ..Document::default()
        };
        for (at, c) in self.line.char_indices() {
            document.push(read(at, c), self.origin_of(at));
        }
        document.build_skeleton();
        document
    }

    fn push(&mut self, c: char, origin: Origin) {
        let goes_on = |run: &Run| !run.alike && run.origin == origin;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(Run {
                at: self.line.len(),
                origin,
                alike: false,
            });
        }
        self.line.push(c);
    }

    /// Begins or goes on with a stretch whose characters are as long as those of the source.
    fn run_alike(&mut self, source: usize, start: usize) {
        let at = self.line.len();
        let goes_on = |run: &Run| {
            run.alike && run.origin.source == source && run.origin.start + (at - run.at) == start
        };
        if !self.runs.last().is_some_and(goes_on) {
            let end = start;
            self.runs.push(Run {
                at,
                origin: Origin { source, start, end },
                alike: true,
            });
        }
    }

    /// Folds the characters at the beginning of a text that need no look at their neighbours, and
    /// tells how many bytes they have.
    fn fold_plain(&mut self, source: usize, start: usize, text: &str) -> usize {
        let mut length = 0;
        loop {
            let rest = &text[length..];
            let bytes = rest.as_bytes();
            let mut plain_bytes = bytes.iter().take_while(|b| is_plain(**b)).count();
            let (mut c, mut next) = (None, plain_bytes);
            if !bytes.get(plain_bytes).is_none_or(u8::is_ascii) {
                c = rest[plain_bytes..].chars().next().and_then(plain);
                match c {
                    Some(c) => next += c.len_utf8(),
                    // The character may be a mark of the letter before.
                    None => plain_bytes = plain_bytes.saturating_sub(1),
                }
            }
            if c.is_some() && !begins_alone(&rest[next..]) {
                c = None;
            }
            if plain_bytes == 0 && c.is_none() {
                return length;
            }
            if length == 0 {
                self.run_alike(source, start);
            }
            let from = self.line.len();
            self.line.push_str(&rest[..plain_bytes]);
            self.line[from..].make_ascii_lowercase();
            length += plain_bytes;
            let Some(c) = c else {
                return length;
            };
            self.line.push(c);
            length = length - plain_bytes + next;
        }
    }

    fn fold(&mut self, source: usize, text: &str) {
        self.line.reserve(text.len());
        let mut rest = text;
        let mut at = 0;
        let mut percents = false;
        loop {
            let length = self.fold_plain(source, at, rest);
            rest = &rest[length..];
            at += length;
            let Some(first) = rest.chars().next() else {
                break;
            };
            // `68%20` and `%65 HNO3` are strengths; `ACID%2068%25` and `%43ELL` are not.
            let escape = match first {
                '&' => escape::reference(rest),
                '%' => {
                    let found = escape::percent(rest).filter(|(c, length)| {
                        percents
                            || text[..at].ends_with(char::is_alphabetic)
                            || c.is_alphabetic()
                                && rest[*length..]
                                    .starts_with(|n: char| n.is_alphabetic() || n == '%')
                    });
                    percents |= found.is_some();
                    found
                }
                _ => None,
            };
            let mut buffer = [0; 4];
            let (cluster, first, length) = match escape {
                Some((c, length)) => {
                    self.escapes += 1;
                    (&*c.encode_utf8(&mut buffer), c, length)
                }
                None => {
                    let length = cluster_length(rest, first);
                    (&rest[..length], first, length)
                }
            };
            let origin = Origin {
                source,
                start: at,
                end: at + length,
            };
            self.fold_cluster(cluster, first, origin);
            rest = &rest[length..];
            at += length;
        }
    }

    fn fold_cluster(&mut self, cluster: &str, first: char, origin: Origin) {
        if let [byte] = cluster.as_bytes() {
            self.push(char::from(ASCII[usize::from(*byte)]), origin);
            return;
        }
        if cluster == "_x000D_" {
            self.push('\n', origin);
            return;
        }
        if let Some(c) = superscript(first) {
            if !self.line.ends_with(|p: char| p == '^' || p.is_alphabetic())
                && !self.in_superscript()
            {
                self.push('^', origin);
            }
            self.push(c, origin);
            return;
        }
        if is_invisible(first) {
            self.hidden +=
                usize::from(first != '\u{feff}' && self.line.ends_with(char::is_alphanumeric));
            return;
        }
        if let Some(c) = punctuation(first) {
            self.push(c, origin);
            return;
        }
        let strip = has_strippable_accents(first);
        let unspaced = is_unspaced(first);
        let mut before = true;
        for c in cluster.nfkc().flat_map(char::to_lowercase) {
            if before && c.is_ascii_digit() && cluster.contains(is_vulgar_fraction) {
                if self.line.ends_with(|p: char| p.is_ascii_digit()) {
                    self.push(' ', origin);
                }
                before = false;
            }
            match c {
                '⁄' => self.push('/', origin),
                'ß' => {
                    self.push('s', origin);
                    self.push('s', origin);
                }
                'đ' | 'ð' => self.push('d', origin),
                'ł' => self.push('l', origin),
                'ı' => self.push('i', origin),
                'œ' | 'æ' => {
                    self.push(if c == 'œ' { 'o' } else { 'a' }, origin);
                    self.push('e', origin);
                }
                c if strip => {
                    for plain in std::iter::once(c).nfd().filter(|d| !is_combining_mark(*d)) {
                        self.push(plain, origin);
                    }
                }
                // What voiced marks the kana has are part of it by now.
                c if unspaced && is_combining_mark(c) => {}
                c => self.push(punctuation(c).unwrap_or_else(|| plain_form(c)), origin),
            }
        }
    }

    /// Whether the text so far ends in digits or signs that were superscripts.
    fn in_superscript(&self) -> bool {
        let digits = self
            .line
            .trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
        digits.len() < self.line.len() && digits.ends_with('^')
    }

    fn build_skeleton(&mut self) {
        let line = self.line.as_str();
        let bytes = line.as_bytes();
        self.skeleton.reserve(line.len());
        let mut segment = 0;
        let mut previous = Class::Separator;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let (c, next) = match line[at..].chars().next() {
                Some(c) if !byte.is_ascii() => (c, at + c.len_utf8()),
                _ => (char::from(byte), at + 1),
            };
            let mut class = Class::of(c);
            if matches!(c, '.' | ',')
                && previous == Class::Digit
                && bytes.get(next).is_some_and(u8::is_ascii_digit)
            {
                class = Class::Digit;
            }
            if class == Class::Separator {
                segment += usize::from(matches!(c, '\n' | ';'));
            } else {
                if class != previous {
                    let start = self.skeleton.len();
                    self.words.push(Word {
                        start,
                        end: start,
                        line_start: at,
                        line_end: at,
                        segment,
                    });
                }
                self.skeleton.push(if c == 'ø' { 'o' } else { c });
                if let Some(word) = self.words.last_mut() {
                    word.end = self.skeleton.len();
                    word.line_end = next;
                }
            }
            previous = class;
            at = next;
        }
        self.segments = segment + 1;
    }
}

/// The folded words of a phrase, divided by single blanks.
///
/// ```
/// assert_eq!(tidewaiter::text::fold_phrase("Glove-Box (SS304)"), "glove box ss 304");
/// ```
#[must_use]
pub fn fold_phrase(phrase: &str) -> String {
    let document = Document::new([phrase]);
    document.word_texts().collect::<Vec<_>>().join(" ")
}

/// Writes the letters of the folded words of a text, and tells where each begins and ends. Terms
/// are many, and most are one word of letters that fold by themselves.
pub(crate) fn fold_words(text: &str, letters: &mut String, mut word: impl FnMut(usize, usize)) {
    let start = letters.len();
    // Words are told when all of the text has folded.
    if !fold_letters(text, letters) {
        letters.truncate(start);
        let document = Document::new([text]);
        letters.push_str(document.skeleton());
        for w in document.words() {
            word(start + w.start, start + w.end);
        }
        return;
    }
    let mut from = start;
    let mut previous = None;
    for (at, c) in letters[start..].char_indices() {
        let class = Class::of(c);
        if previous.is_some_and(|previous| previous != class) {
            word(from, start + at);
            from = start + at;
        }
        previous = Some(class);
    }
    if previous.is_some() {
        word(from, letters.len());
    }
}

/// Folds a text of letters and digits that need no look at their neighbours; false for others.
fn fold_letters(text: &str, letters: &mut String) -> bool {
    text.chars().all(|c| {
        let folded = match c {
            'a'..='z' | '0'..='9' => Some(c),
            'A'..='Z' => Some(c.to_ascii_lowercase()),
            '\0'..='\x7f' => None,
            c => plain(c).or_else(|| latin(c)),
        };
        letters.extend(folded);
        folded.is_some()
    })
}

/// The small letter without marks that a Latin letter folds to.
fn latin(c: char) -> Option<char> {
    const FIRST: usize = 0xc0;
    const LAST: usize = 0x1eff;
    static LETTERS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
        let letters = (FIRST as u32..=LAST as u32).map(|code| {
            let c = char::from_u32(code).filter(|_| !(0x250..0x1e00).contains(&code))?;
            let mut document = Document::default();
            let origin = Origin {
                source: 0,
                start: 0,
                end: c.len_utf8(),
            };
            document.fold_cluster(c.encode_utf8(&mut [0; 4]), c, origin);
            let mut folded = document.line.chars();
            let letter = folded.next().filter(char::is_ascii_lowercase);
            letter.filter(|_| folded.next().is_none())
        });
        letters.collect()
    });
    let at = (c as usize).checked_sub(FIRST)?;
    *LETTERS.get(at)?
}

/// Whether words of a character's script are written without blanks between them.
#[must_use]
pub(crate) fn is_unspaced(c: char) -> bool {
    Class::of(c) == Class::Unspaced
}

/// Whether a character is a letter of a script that divides words by blanks.
#[must_use]
pub(crate) fn is_spaced_letter(c: char) -> bool {
    Class::of(c) == Class::Letter
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Unspaced,
    Separator,
}

impl Class {
    /// The blocks that manifests are written in are told by their place, for speed.
    fn of(c: char) -> Class {
        match c {
            'a'..='z' | 'A'..='Z' | 'а'..='я' => Class::Letter,
            '0'..='9' => Class::Digit,
            '\0'..='\x7f' => Class::Separator,
            '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Class::Unspaced,
            'à'..='ö' | 'ø'..='ɏ' => Class::Letter,
            _ => Class::by_script(c),
        }
    }

    fn by_script(c: char) -> Class {
        match c.script() {
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul => Class::Unspaced,
            _ if c == 'ー' => Class::Unspaced,
            _ if c.is_alphabetic() => Class::Letter,
            _ if c.is_numeric() => Class::Digit,
            _ => Class::Separator,
        }
    }
}

/// How each ASCII character is folded.
const ASCII: [u8; 128] = {
    let mut table = [b' '; 128];
    let mut at: u8 = 0x20;
    while at < 0x7f {
        table[at as usize] = at.to_ascii_lowercase();
        at += 1;
    }
    table[b'\r' as usize] = b'\n';
    table[b'\n' as usize] = b'\n';
    table
};

/// The folded form of a character that needs no look at its neighbours, where it is as long as the
/// character: Cyrillic letters, Han characters, Hangul syllables, kana. Nothing for all others.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'Ё' | 'ё' => 'е',
        'Й' | 'й' => 'и',
        'А'..='Я' => char::from_u32(c as u32 + 0x20)?,
        'а'..='я' => c,
        '\u{4e00}'..='\u{9fff}' => {
            let form = plain_form(c);
            (form.len_utf8() == c.len_utf8()).then_some(form)?
        }
        '\u{ac00}'..='\u{d7a3}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' => c,
        _ => return None,
    })
}

/// Whether an ASCII byte folds to its small letter or itself, and begins no escape.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'%' | b'_')
}

/// Whether a text begins with nothing that belongs to a character before it.
fn begins_alone(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_none_or(|c| c.is_ascii() || plain(c).is_some())
}

/// Length in bytes of what must be folded together: a letter with its marks, the letters of
/// one Hangul syllable, a spreadsheet's escaped carriage return.
fn cluster_length(rest: &str, first: char) -> usize {
    if first == '_' && rest.starts_with("_x000D_") {
        return "_x000D_".len();
    }
    if first == '\r' && rest[1..].starts_with('\n') {
        return 1;
    }
    let mut length = first.len_utf8();
    let jamo = is_jamo(first);
    // The bound keeps a hostile pile of marks from being folded as one cluster.
    for c in rest[length..].chars().take(32) {
        let joins = canonical_combining_class(c) != 0
            || matches!(c, '\u{ff9e}' | '\u{ff9f}')
            || (jamo && is_jamo(c) && !is_leading_jamo(c));
        if !joins {
            break;
        }
        length += c.len_utf8();
    }
    length
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}')
}

fn is_leading_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}')
}

fn is_vulgar_fraction(c: char) -> bool {
    matches!(c, '¼' | '½' | '¾' | '\u{2150}'..='\u{215f}')
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from(b'4' + (c as u32 - '⁴' as u32) as u8),
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}

/// Zero-width, joining, directional and soft-hyphen characters.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{180e}' | '\u{34f}'
    )
}

/// One sign for all of a kind.
fn punctuation(c: char) -> Option<char> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '〜' | '～' | '∼' => '~',
        '×' | '✕' | '✖' | '╳' => 'x',
        '“' | '”' | '„' | '‟' | '″' | '〃' | '＂' => '"',
        '‘' | '’' | '‚' | '′' | '＇' | '`' | '´' => '\'',
        '、' | '，' => ',',
        '。' => '.',
        '；' => ';',
        '⌀' | '∅' => 'ø',
        'µ' => 'μ',
        '【' | '〔' | '「' | '『' => '(',
        '】' | '〕' | '」' | '』' => ')',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c if c.is_whitespace() => ' ',
        c if c.is_control() => ' ',
        _ => return None,
    })
}

fn has_strippable_accents(c: char) -> bool {
    matches!(c.script(), Script::Latin | Script::Cyrillic | Script::Greek)
        || matches!(c.nfkd().next().map(|d| d.script()), Some(Script::Latin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeleton(text: &str) -> String {
        fold_phrase(text)
    }

    #[test]
    fn spellings_of_one_word_fold_alike() {
        for (a, b) in [
            ("CAFÉ", "cafe\u{301}"),
            ("STRASSE", "straße"),
            ("ＧＬＯＶＥ　ＢＯＸ", "glove-box"),
            ("Нержавеющей", "НЕРЖАВЕЮЩЕИ"),
            ("ｶﾞｽ", "ガス"),
            (
                "글로브",
                "\u{1100}\u{1173}\u{11af}\u{1105}\u{1169}\u{1107}\u{1173}",
            ),
            ("ﬁlter", "FILTER"),
            ("điện", "DIEN"),
            ("HNO₃", "hno3"),
            ("so\u{ad}ft\u{200b}ware", "software"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
    }

    #[test]
    fn numbers_survive() {
        for (text, line) in [
            ("10⁻³", "10^-3"),
            ("1½ in", "1 1/2 in"),
            ("3 m³", "3 m3"),
            ("5×10⁻¹²Pa", "5x10^-12pa"),
            ("≥98 ％", "≥98 %"),
            ("20 ㎜", "20 mm"),
            ("Ø219.1", "ø219.1"),
        ] {
            assert_eq!(Document::new([text]).line(), line);
        }
    }

    #[test]
    fn decimals_stay_one_word() {
        assert_eq!(skeleton("315/80R22.5 R22"), "315 80 r 22.5 r 22");
        assert_eq!(skeleton("SS304不锈钢管"), "ss 304 不锈钢管");
    }

    #[test]
    fn segments_are_divided_by_line_feeds_and_semicolons() {
        let document = Document::new(["pump; valve_x000D_ pipe", "tank"]);
        let segments: Vec<usize> = document.words().iter().map(|w| w.segment).collect();
        assert_eq!(segments, [0, 1, 2, 3]);
    }

    #[test]
    fn characters_of_common_blocks_have_the_class_of_their_script() {
        for c in '\0'..=char::MAX {
            assert_eq!(Class::of(c), Class::by_script(c), "{c:?}");
        }
    }

    #[test]
    fn characters_folded_by_themselves_fold_as_clusters_do() {
        for c in '\0'..=char::MAX {
            let Some(folded) = plain(c).or_else(|| ASCII.get(c as usize).map(|b| char::from(*b)))
            else {
                continue;
            };
            let mut document = Document::default();
            let mut buffer = [0; 4];
            let origin = Origin {
                source: 0,
                start: 0,
                end: c.len_utf8(),
            };
            document.fold_cluster(c.encode_utf8(&mut buffer), c, origin);
            assert_eq!(document.line, folded.to_string(), "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn words_fold_as_in_a_line(text in "[a-zA-Z0-9àéßơđĐЁйЖ射ガ가ー .,*-]{0,8}|\\PC{0,6}") {
            let document = Document::new([text.as_str()]);
            let (mut letters, mut words) = ("x".to_owned(), Vec::new());
            fold_words(&text, &mut letters, |start, end| words.push((start, end)));
            let words: Vec<&str> = words.iter().map(|(start, end)| &letters[*start..*end]).collect();
            proptest::prop_assert_eq!(words, document.word_texts().collect::<Vec<_>>());
        }

        #[test]
        fn every_folded_byte_points_into_its_source(text in "\\PC{0,40}", other in "\\PC{0,9}") {
            let document = Document::new([text.as_str(), other.as_str()]);
            for at in 0..document.line().len() {
                if !document.line().is_char_boundary(at) { continue; }
                let origin = document.origin(at, at + 1);
                let source = [&text, &other][origin.source];
                proptest::prop_assert!(source.get(origin.start..origin.end).is_some());
            }
            for word in document.words() {
                proptest::prop_assert!(document.skeleton().get(word.start..word.end).is_some());
                proptest::prop_assert!(document.line().get(word.line_start..word.line_end).is_some());
            }
        }
    }
}
