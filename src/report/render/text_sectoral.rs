//! The text's answer on bans by code.

use std::io::Write;

use super::sheet::{Sheet, Style};
use super::text::COLUMN;
use crate::logic::Truth;
use crate::screen::{Sectoral, SectoralBan};

/// The bans that apply or may apply; with `all`, also those that don't.
pub(super) fn bans<W: Write>(
    sheet: &mut Sheet<W>,
    sectoral: &Sectoral,
    all: bool,
) -> std::io::Result<()> {
    let told = sectoral
        .bans
        .iter()
        .filter(|ban| all || ban.applies != Truth::False);
    let mut told = told.peekable();
    if told.peek().is_none() {
        return Ok(());
    }
    sheet.blank()?;
    for ban in told {
        self::ban(sheet, ban)?;
    }
    if let Some(words) = &sectoral.words {
        sheet.field(4, ("words", Style::Quiet), COLUMN, words)?;
    }
    Ok(())
}

fn ban<W: Write>(sheet: &mut Sheet<W>, ban: &SectoralBan) -> std::io::Result<()> {
    let word = match ban.applies {
        Truth::True => "ban by code applies: ",
        Truth::Unknown => "ban by code may apply: ",
        Truth::False => "ban by code does not apply: ",
    };
    let title = format!(
        "{word}{}  {}, {}",
        ban.measure,
        ban.title,
        ban.direction.as_str()
    );
    sheet.text(2, &title, ban.applies.into())?;
    let code = format!("{}: {}", ban.row.why, ban.row.goods);
    sheet.field(4, ("code", ban.row.truth.into()), COLUMN, &code)?;
    for act in &ban.acts {
        let word = match act.applies {
            Truth::True => "yes",
            Truth::Unknown => "not known",
            Truth::False => "no",
        };
        let text = format!("{}, {}: {}", act.symbol, act.item, act.why());
        sheet.field(4, (word, act.applies.into()), COLUMN, &text)?;
    }
    for ask in &ban.missing {
        sheet.field(4, ("ask", Style::Ask), COLUMN, ask)?;
    }
    for note in &ban.notes {
        sheet.field(4, ("note", Style::Quiet), COLUMN, note)?;
    }
    Ok(())
}
