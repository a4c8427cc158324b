//! The lists in the text: one line each at the beginning, what an auditor asks at the end.

use std::io::Write;

use super::sheet::{Sheet, Style};
use super::text::COLUMN;
use crate::list::Trust;
use crate::logic::Truth;
use crate::report::header::{Header, ListUsed};

/// One line for each list, and what isn't as it should be.
pub(super) fn brief<W: Write>(sheet: &mut Sheet<W>, header: &Header) -> std::io::Result<()> {
    let mut label = "lists";
    for list in &header.lists {
        let mut text = format!(
            "{}, edition {}, {} entries",
            list.id, list.edition, list.entries
        );
        if !list.still.is_empty() {
            text.push_str(", older wording");
        }
        if list.trust != Trust::Embedded {
            text.push_str(&format!(", {}", list.trust));
        }
        sheet.field(2, (label, Style::Quiet), COLUMN, &text)?;
        label = "";
        if list.in_force == Truth::Unknown {
            let text = "whether it is in force is not known; it is screened with all the same";
            sheet.field(2, ("", Style::Plain), COLUMN, text)?;
        }
        if let Some(stale) = &list.stale {
            sheet.field(2, ("stale", Style::Review), COLUMN, stale)?;
        }
    }
    let mut label = "code lists";
    for list in &header.code_lists {
        let text = format!(
            "{}, edition {}, {} codes",
            list.id, list.edition, list.codes
        );
        sheet.field(2, (label, Style::Quiet), COLUMN, &text)?;
        label = "";
    }
    Ok(())
}

/// Of each list its title, what amends it, who is bound since when, its hash, who vouches for it.
pub(super) fn details<W: Write>(sheet: &mut Sheet<W>, header: &Header) -> std::io::Result<()> {
    for list in &header.lists {
        sheet.blank()?;
        sheet.field(2, ("list", Style::Quiet), COLUMN, &about(list))?;
        if !list.still.is_empty() {
            let whose: Vec<String> = list.still.iter().map(ToString::to_string).collect();
            let text = format!(
                "older wording, for {}, of entries that the newer edition words otherwise or lacks",
                whose.join(", ")
            );
            sheet.field(2, ("", Style::Plain), COLUMN, &text)?;
        }
        for amended in &list.amended {
            let text = format!("{}: {}", amended.decision, amended.entries.join(", "));
            sheet.field(2, ("amended by", Style::Quiet), COLUMN, &text)?;
        }
        let mut label = "in force";
        for instrument in list.instruments.iter().filter(|i| i.asked) {
            let when = match instrument.in_force {
                Truth::True => instrument.when.clone(),
                Truth::False => format!("not on this date ({})", instrument.when),
                Truth::Unknown => "not known since when".to_owned(),
            };
            let text = format!("{}: {when}", instrument.symbol);
            sheet.field(2, (label, Style::Quiet), COLUMN, &text)?;
            label = "";
        }
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, &list.sha256)?;
        sheet.field(2, ("trust", Style::Quiet), COLUMN, &list.trust.to_string())?;
    }
    for list in &header.code_lists {
        sheet.blank()?;
        let text = format!(
            "{}, {} ({} measures, {} codes, edition {})",
            list.id, list.title, list.measures, list.codes, list.edition
        );
        sheet.field(2, ("code list", Style::Quiet), COLUMN, &text)?;
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, &list.sha256)?;
    }
    Ok(())
}

fn about(list: &ListUsed) -> String {
    format!(
        "{}, {} ({} entries, edition {})",
        list.id, list.title, list.entries, list.edition
    )
}
