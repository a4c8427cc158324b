//! The end of the text: what was found, what to ask, the sums.

use std::io::Write;

use super::sheet::{Sheet, Style};
use super::text::COLUMN;
use super::text_lists;
use crate::logic::Truth;
use crate::report::header::Header;
use crate::report::summary::{EditionUsed, Lines, SectoralSums, Summary};

pub(super) fn summary(
    out: impl Write,
    summary: &Summary,
    header: &Header,
    colour: bool,
) -> std::io::Result<()> {
    let mut sheet = Sheet::new(out, colour);
    let sums = &summary.sums;
    let many = summary.manifests.len() > 1;
    sheet.rule()?;
    if let Some(stopped) = &summary.stopped {
        let text = format!(
            "This report is partial: the run was stopped in {} after {} rows; what follows was not \
             screened.",
            stopped.manifest, stopped.after_rows
        );
        sheet.text(0, &text, Style::Hit)?;
    }
    let outcomes = [
        (sums.hit, "hit", Style::Hit),
        (sums.review, "to review", Style::Review),
        (sums.not_screenable, "not screenable", Style::Vague),
        (sums.unreadable, "unreadable", Style::Vague),
        (sums.clear, "clear", Style::Clear),
    ];
    let mut pieces: Vec<(String, Style)> = vec![("Result".into(), Style::Strong)];
    let mut gap = "   ";
    for (count, word, style) in outcomes {
        if count > 0 || word == "hit" {
            let style = if count > 0 { style } else { Style::Plain };
            pieces.push((gap.into(), Style::Plain));
            pieces.push((format!("{count} {word}"), style));
            gap = ", ";
        }
    }
    let pieces: Vec<(&str, Style)> = pieces.iter().map(|(t, s)| (t.as_str(), *s)).collect();
    sheet.pieces(&pieces)?;
    if let Some(sectoral) = &summary.sectoral
        && sectoral.applies + sectoral.may_apply > 0
    {
        let applies = format!("{} under a ban by code", sectoral.applies);
        let may_apply = format!(", {} perhaps", sectoral.may_apply);
        sheet.pieces(&[
            ("         ", Style::Plain),
            (&applies, Truth::from(sectoral.applies > 0).into()),
            (&may_apply, Style::Plain),
        ])?;
    }
    sheet.blank()?;
    let mut label = "found";
    for found in &summary.entries {
        if found.lines.count == 0 {
            continue;
        }
        let style = if found.hit > 0 {
            Style::Hit
        } else {
            Style::Review
        };
        let text = format!(
            "{}  {}: {}",
            found.entry,
            found.title,
            places(&found.lines, many)
        );
        sheet.field(2, (label, style), COLUMN, &text)?;
        label = "";
    }
    if let Some(sectoral) = &summary.sectoral {
        self::sectoral(&mut sheet, sectoral, many)?;
    }
    for question in &summary.ask {
        let text = format!("{}: {}", places(&question.lines, many), question.ask);
        sheet.field(2, ("ask", Style::Ask), COLUMN, &text)?;
    }
    if summary.more_to_ask > 0 {
        let text = format!("and {} further questions, told above", summary.more_to_ask);
        sheet.field(2, ("", Style::Plain), COLUMN, &text)?;
    }
    for skipped in &summary.skipped {
        let reason = skipped.reason.as_str().replace('-', " ");
        let rows: Vec<String> = skipped
            .lines
            .first
            .iter()
            .map(|l| l.row.to_string())
            .collect();
        let more = if skipped.lines.count > rows.len() as u64 {
            ", …"
        } else {
            ""
        };
        let text = format!(
            "{} {reason}{}: {} {}{more}",
            skipped.lines.count,
            if skipped.lines.count == 1 { "" } else { "s" },
            if skipped.lines.count == 1 {
                "row"
            } else {
                "rows"
            },
            rows.join(", ")
        );
        sheet.field(2, ("skipped", Style::Quiet), COLUMN, &text)?;
    }
    if sums.waived_findings > 0 {
        let many = if sums.waived_findings == 1 { "" } else { "s" };
        let text = format!("{} finding{many}, told above", sums.waived_findings);
        sheet.field(2, ("waived", Style::Quiet), COLUMN, &text)?;
    }
    if let Some(since) = &summary.since_baseline {
        let text = format!(
            "{} new, {} changed, {} unchanged, {} gone",
            since.new, since.changed, since.unchanged, since.gone
        );
        let bans = since.fresh_bans + since.fresh_open_bans;
        let fresh = since.fresh_hits + since.fresh_reviews + bans > 0;
        let style = if fresh { Style::Hit } else { Style::Quiet };
        sheet.field(2, ("baseline", style), COLUMN, &text)?;
    }
    let mut label = "judged by";
    for used in &summary.editions {
        sheet.field(2, (label, Style::Quiet), COLUMN, &judged_by(used))?;
        label = "";
    }
    let text = format!(
        "{} rows = {} screened + {} not screenable + {} unreadable + {} skipped; {} findings = \
         {} hit + {} review + {} cleared = {} open + {} waived",
        sums.rows,
        sums.screened,
        sums.not_screenable,
        sums.unreadable,
        sums.skipped,
        sums.findings,
        sums.hit_findings,
        sums.review_findings,
        sums.cleared_findings,
        sums.open_findings,
        sums.waived_findings
    );
    sheet.field(2, ("sums", Style::Quiet), COLUMN, &text)?;
    if let Some(sectoral) = &summary.sectoral {
        let text = format!(
            "{} goods items = {} sectoral ban applies + {} may apply + {} no code + {} country not \
             known + {} no ban",
            sectoral.items(),
            sectoral.applies,
            sectoral.may_apply,
            sectoral.no_code,
            sectoral.country_not_known,
            sectoral.does_not_apply
        );
        sheet.field(2, ("", Style::Quiet), COLUMN, &text)?;
    }
    for manifest in &summary.manifests {
        let text = format!(
            "{}, {}, {} rows",
            manifest.name, manifest.encoding, manifest.rows
        );
        sheet.field(2, ("manifest", Style::Quiet), COLUMN, &text)?;
        let hash = manifest
            .sha256
            .as_deref()
            .unwrap_or("not known: reading broke off");
        sheet.field(2, ("sha256", Style::Quiet), COLUMN, hash)?;
    }
    text_lists::details(&mut sheet, header)?;
    sheet.blank()?;
    let words = "Clear means that nothing was found under these lists on this date, no more. \
                 This is not legal advice: a case is decided on the text of the instrument.";
    sheet.text(0, words, Style::Quiet)
}

/// The bans by code: what applies, and in one line each what can't be told.
fn sectoral<W: Write>(
    sheet: &mut Sheet<W>,
    sums: &SectoralSums,
    many: bool,
) -> std::io::Result<()> {
    let mut label = "sectoral";
    for found in &sums.measures {
        let style = if found.applies > 0 {
            Style::Hit
        } else {
            Style::Review
        };
        let word = match (found.applies, found.may_apply) {
            (_, 0) => "applies".to_owned(),
            (0, _) => "may apply".to_owned(),
            (applies, may) => format!("applies to {applies}, may apply to {may}"),
        };
        let text = format!(
            "{}  {}, {}, {word}: {}",
            found.measure,
            found.title,
            found.direction.as_str(),
            places(&found.lines, many)
        );
        sheet.field(2, (label, style), COLUMN, &text)?;
        label = "";
    }
    for (lines, text) in [
        (
            &sums.lines_country_not_known,
            "the code is under a sectoral ban; whether the shipment goes to or comes from its \
             country is not stated",
        ),
        (
            &sums.lines_no_code,
            "no code is declared, so sectoral bans can't be judged",
        ),
    ] {
        if lines.count > 0 {
            let text = format!("{}: {text}", places(lines, many));
            sheet.field(2, (label, Style::Review), COLUMN, &text)?;
            label = "";
        }
    }
    Ok(())
}

/// `s-2016-308@2016-04-04 of 2017-06-01 to 2017-08-17: 3 lines; in force: S/2016/308 since …`
fn judged_by(used: &EditionUsed) -> String {
    let days = if used.first == used.last {
        used.first.to_string()
    } else {
        format!("{} to {}", used.first, used.last)
    };
    let lines = if used.items == 1 { "line" } else { "lines" };
    let asked = used.list.instruments.iter().filter(|i| i.asked);
    let by: Vec<String> = asked
        .filter(|i| i.in_force == Truth::True)
        .map(|i| format!("{} {}", i.symbol, i.when))
        .collect();
    let by = if by.is_empty() {
        "since when is not known".to_owned()
    } else {
        by.join(", ")
    };
    let still: Vec<String> = used.list.still.iter().map(ToString::to_string).collect();
    let older = if still.is_empty() {
        String::new()
    } else {
        format!(" (older wording, for {})", still.join(", "))
    };
    format!(
        "{}{older}, {} {lines} of {days}; in force: {by}",
        used.list.edition_id, used.items
    )
}

/// `line 3`, `lines 3, 7, 9 and 12 more`.
fn places(lines: &Lines, many: bool) -> String {
    let names: Vec<String> = lines
        .first
        .iter()
        .map(|l| {
            if many {
                format!("{} of {}", l.line_id, l.manifest)
            } else {
                l.line_id.clone()
            }
        })
        .collect();
    let word = if lines.count == 1 { "line" } else { "lines" };
    let more = lines.count.saturating_sub(names.len() as u64);
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("{word} {}{rest}", names.join(", "))
}
