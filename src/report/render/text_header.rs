//! The beginning of the text: with which lists, on which date, by which options.

use std::io::Write;

use super::sheet::{Sheet, Style};
use super::text::COLUMN;
use super::text_lists;
use crate::report::header::Header;

pub(super) fn header(out: impl Write, header: &Header, colour: bool) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    sheet.pieces(&[
        (
            "Goods screened against lists of dual-use goods",
            Style::Strong,
        ),
        ("  as of ", Style::Plain),
        (&header.as_of.to_string(), Style::Strong),
    ])?;
    sheet.blank()?;
    text_lists::brief(&mut sheet, header)?;
    for list in &header.not_screened {
        let text = format!("{}, {}: {}", list.id, list.title, list.reason);
        sheet.field(2, ("not screened", Style::Review), COLUMN, &text)?;
    }
    let options = &header.options;
    let mut said: Vec<String> = Vec::new();
    said.extend(options.as_of.map(|day| format!("all goods as of {day}")));
    if !options.jurisdictions.is_empty() {
        let whose: Vec<String> = options
            .jurisdictions
            .iter()
            .map(ToString::to_string)
            .collect();
        said.push(format!("only instruments of {}", whose.join(", ")));
    }
    said.extend(
        options
            .destination
            .map(|c| format!("destination {c} where none is stated")),
    );
    said.extend(
        options
            .exporter
            .map(|c| format!("exporter under the law of {c}")),
    );
    said.extend(options.map.iter().map(|m| format!("column {m}")));
    said.extend(options.encoding.iter().map(|e| format!("encoding {e}")));
    if !options.lists.is_empty() {
        said.push(format!("only the lists {}", options.lists.join(", ")));
    }
    if !said.is_empty() {
        sheet.field(2, ("options", Style::Quiet), COLUMN, &said.join("; "))?;
    }
    if options
        .fail_on
        .as_deref()
        .is_some_and(|word| word != "review")
        || options.fail_on_new
    {
        let verdict = options.fail_on.as_deref().unwrap_or("review");
        let only = if options.fail_on_new {
            ", new or stronger findings only"
        } else {
            ""
        };
        let text = format!("fail on {verdict}{only}");
        sheet.field(2, ("exit code", Style::Quiet), COLUMN, &text)?;
    }
    if let Some(config) = &header.config {
        sheet.field(2, ("config", Style::Quiet), COLUMN, &config.name)?;
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, &config.sha256)?;
    }
    if let Some(waivers) = &header.waivers {
        let text = format!(
            "{} of {} in force, {}",
            waivers.in_force, waivers.read, waivers.file
        );
        sheet.field(2, ("waivers", Style::Quiet), COLUMN, &text)?;
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, &waivers.sha256)?;
    }
    if let Some(baseline) = &header.baseline {
        let what = if baseline.goods {
            "the goods of it are screened again"
        } else {
            "findings are held against it"
        };
        let (name, as_of) = (&baseline.name, baseline.as_of);
        let text = format!("{name}, as of {as_of}: {what}");
        sheet.field(2, ("baseline", Style::Quiet), COLUMN, &text)?;
        for list in &baseline.lists {
            let text = format!("{}, edition {}", list.id, list.edition);
            sheet.field(2, ("", Style::Plain), COLUMN, &text)?;
        }
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, &baseline.sha256)?;
    }
    let tool = format!("{} {}", header.tool.name, header.tool.version);
    sheet.field(2, ("program", Style::Quiet), COLUMN, &tool)?;
    sheet.blank()
}
