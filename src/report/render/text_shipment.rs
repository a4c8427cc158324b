//! The text's answer on the shipment: whether the bans apply.

use std::io::Write;

use super::sheet::{Sheet, Style};
use super::text::COLUMN;
use crate::logic::Truth;
use crate::report::item::ItemRecord;
use crate::screen::{Direction, Measure};

/// The answer on the shipment that was told last, and for which line.
#[derive(Default)]
pub(super) struct Told {
    answer: Vec<(Truth, String, Vec<String>)>,
    title: String,
    line_id: String,
}

/// Whether the bans apply, instruments with the same answer taken together. What was said of the
/// item before isn't said again.
pub(super) fn measures<W: Write>(
    sheet: &mut Sheet<W>,
    item: &ItemRecord,
    told: &mut Told,
) -> std::io::Result<()> {
    let mut groups: Vec<(Truth, String, Vec<String>)> = Vec::new();
    for measure in foremost(&item.measures) {
        let why = measure.why();
        let symbol = measure.symbol.clone();
        match groups
            .iter_mut()
            .find(|(t, w, _)| *t == measure.applies && *w == why)
        {
            Some((_, _, symbols)) => symbols.push(symbol),
            None => groups.push((measure.applies, why, vec![symbol])),
        }
    }
    let destination = item.destination.as_deref().map(str::trim);
    let title = match destination.filter(|to| !to.is_empty()) {
        Some(to) => format!("Is the shipment to {to} banned?"),
        None => "Is the shipment banned?".to_owned(),
    };
    if told.answer == groups && told.title == title {
        let text = format!("{title} As line {}.", told.line_id);
        sheet.text(2, &text, Style::Quiet)?;
        return places(sheet, item);
    }
    sheet.text(2, &title, Style::Quiet)?;
    for (applies, why, symbols) in &groups {
        let word = match applies {
            Truth::True => "yes",
            Truth::Unknown => "not known",
            Truth::False => "no",
        };
        let text = format!("{}: {why}", symbols.join("; "));
        sheet.field(4, (word, (*applies).into()), COLUMN, &text)?;
    }
    *told = Told {
        answer: groups,
        title,
        line_id: item.line_id.clone(),
    };
    places(sheet, item)
}

/// The places that say more than a country.
fn places<W: Write>(sheet: &mut Sheet<W>, item: &ItemRecord) -> std::io::Result<()> {
    for stop in &item.places {
        let about = stop
            .place
            .iter()
            .cloned()
            .chain(stop.country.map(|c| c.to_string()));
        let about = about.collect::<Vec<_>>().join(", ");
        let text = match &stop.note {
            Some(note) => format!("{} {:?}: {note}", stop.field.replace('-', " "), stop.text),
            None if about.is_empty() => continue,
            None => format!("{} {:?}: {about}", stop.field.replace('-', " "), stop.text),
        };
        sheet.field(4, ("place", Style::Quiet), COLUMN, &text)?;
    }
    Ok(())
}

/// Of each instrument the direction that matters most.
fn foremost(measures: &[Measure]) -> Vec<&Measure> {
    let mut chosen: Vec<&Measure> = Vec::new();
    for measure in measures {
        match chosen
            .iter_mut()
            .find(|c| c.list == measure.list && c.instrument == measure.instrument)
        {
            Some(other) if measure.applies > other.applies => *other = measure,
            Some(other)
                if measure.applies == other.applies && measure.direction == Direction::Export =>
            {
                *other = measure;
            }
            Some(_) => {}
            None => chosen.push(measure),
        }
    }
    chosen
}
