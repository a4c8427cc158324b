//! A list to begin with.

use crate::error::{Error, ErrorKind, Result};
use crate::vocab::Day;

const TEMPLATE: &str = include_str!("scaffold.toml");
/// Most letters of an id: it is the name of a folder and stands in every line of a report.
const MOST_LETTERS: usize = 40;

/// The text of a new list with an id: commented, sound, with one entry of invented goods whose
/// examples get their verdicts. Its edition is the given day.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, list};
/// let text = list::scaffold("house", "2024-01-01".parse()?)?;
/// assert!(list::lint_list(Lexicon::embedded(), &[("list.toml", &text)]).is_empty());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
///
/// # Errors
/// When the id isn't made of small letters, digits and single hyphens, with a letter in front.
pub fn scaffold(id: &str, day: Day) -> Result<String> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let sound = id.bytes().all(plain)
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && !id.ends_with('-')
        && !id.contains("--")
        && id.len() <= MOST_LETTERS;
    if !sound {
        let message = format!(
            "{id:?} is no id for a list: up to {MOST_LETTERS} small letters a to z, digits and \
             single hyphens, a letter in front"
        );
        return Err(Error::new(ErrorKind::Option, message));
    }
    let text = TEMPLATE.replace("LIST-ID", id);
    let text = text.replace("PREFIX", &id.to_uppercase());
    Ok(text.replace("EDITION-DAY", &day.to_string()))
}
