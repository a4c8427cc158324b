//! `explain`: every entry looked at, why and why not; or what an entry says.

use std::io::Write;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::report::{ItemRecord, plain, write_evaluation, write_item};
use tidewaiter::screen::{Circumstances, Considered};
use tidewaiter::vocab::Day;
use tidewaiter::{Error, ErrorKind, GoodsItem, Result, Ruleset, Screener};

use crate::args::Explain;
use crate::output::{Sink, written};

pub fn run(args: &Explain) -> Result<u8> {
    let lists = super::lists::select(&[], &args.sources)?;
    let mut sink = Sink::open(None)?;
    if let Some(id) = &args.entry {
        let found = lists
            .iter()
            .filter_map(|list| Some((list, list.entry(id)?)));
        let mut entries = found.peekable();
        if entries.peek().is_none() {
            return Err(no_entry(id, &lists));
        }
        for (list, entry) in entries {
            written(super::list::write_entry(&mut sink, list, entry))?;
            written(writeln!(sink))?;
        }
    }
    if let Some(goods) = &args.goods {
        let rules = Ruleset::compile(lists, Lexicon::embedded())?;
        let item = GoodsItem {
            hs: args.hs.clone(),
            cas: args.cas.clone(),
            line_id: "1".into(),
            row: 1,
            ..GoodsItem::new(goods.as_str())
        };
        judge(&mut sink, &rules, item, args.entry.as_deref())?;
    }
    sink.finish()?;
    Ok(0)
}

fn judge(sink: &mut Sink, rules: &Ruleset, item: GoodsItem, only: Option<&str>) -> Result<()> {
    let screener = Screener::new(rules);
    let mut considered = screener.explain(&item);
    let mut screened = screener.screen(&item);
    if let Some(id) = only {
        considered.retain(|c| c.entry == id);
        screened = screened.for_entry(id);
    }
    // A shipment is not what is asked about: the goods alone are.
    let known = Circumstances::on(Day::from(jiff::civil::Date::ZERO));
    let mut record = ItemRecord::new("goods", item, screened, rules, &known);
    record.measures.clear();
    let colour = sink.colour();
    written(write_item(&mut *sink, &record, true, colour))?;
    written(not_found(sink, &considered))?;
    if only.is_some() {
        written(supposed(sink, &considered, colour))?;
    }
    Ok(())
}

/// What the limits of the entry asked about would say, were these its goods.
fn supposed(out: &mut impl Write, considered: &[Considered], colour: bool) -> std::io::Result<()> {
    for supposed in considered.iter().flat_map(|entry| &entry.supposed) {
        writeln!(out, "If these were {}:", supposed.goods)?;
        write_evaluation(&mut *out, &supposed.criteria, colour)?;
    }
    Ok(())
}

fn not_found(out: &mut impl Write, considered: &[Considered]) -> std::io::Result<()> {
    let without: Vec<&Considered> = considered.iter().filter(|c| c.finding.is_none()).collect();
    let (near, far): (Vec<&Considered>, Vec<&Considered>) =
        without.into_iter().partition(|c| c.came_near());
    if !near.is_empty() {
        writeln!(out, "Came near, and is not under the entry:")?;
    }
    for entry in &near {
        writeln!(out, "  {}  {}", entry.entry, entry.title)?;
        for reason in &entry.reasons {
            let words = plain(reason.evidence.text.trim());
            writeln!(
                out,
                "    “{words}” ({}): {}",
                reason.evidence.means, reason.text
            )?;
        }
    }
    if !far.is_empty() {
        writeln!(
            out,
            "Looked at, and no word, CAS number or HS code of these goods speaks of it:"
        )?;
    }
    for of_list in far.chunk_by(|a, b| a.list == b.list) {
        let list = &of_list[0].list;
        let all = considered.iter().filter(|c| c.list == *list).count();
        match of_list.len() {
            some if some == all => writeln!(out, "  {list}: all {all} entries")?,
            some => writeln!(out, "  {list}: {some} of {all} entries")?,
        }
    }
    Ok(())
}

fn no_entry(id: &str, lists: &[tidewaiter::list::ControlList]) -> Error {
    let all = lists.iter().flat_map(|list| &list.entries);
    let alike: Vec<&str> = all
        .map(|entry| entry.id.as_str())
        .filter(|known| known.to_lowercase().ends_with(&id.to_lowercase()))
        .collect();
    let advice = match alike.as_slice() {
        [] => {
            let ids: Vec<&str> = lists.iter().map(|list| list.head.id.as_str()).collect();
            format!(
                "tidewaiter list show LIST prints all entries of a list: {}",
                ids.join(", ")
            )
        }
        alike => format!("did you mean {}?", alike.join(" or ")),
    };
    Error::new(
        ErrorKind::Option,
        format!("there is no entry {id:?}; {advice}"),
    )
}
