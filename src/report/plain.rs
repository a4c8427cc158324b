//! Text from a manifest, made safe to show.

/// The text without what could steer a terminal or reorder what is read: control characters and
/// line breaks become blanks, characters of writing direction and of no width `U+FFFD`.
///
/// ```
/// use tidewaiter::report::plain;
/// assert_eq!(plain("a\u{1b}[31m\nb"), "a [31m b");
/// assert_eq!(plain("abc\u{202e}fdp.exe"), "abc\u{fffd}fdp.exe");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
            c => c,
        })
        .collect()
}
