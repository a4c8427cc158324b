//! `explain`: why goods are judged so, or what an entry says.

use std::io::Write;

use tidewaiter::lexicon::Lexicon;
use tidewaiter::list::embedded;
use tidewaiter::report::{Format, ItemRecord, ReportWriter};
use tidewaiter::{Error, ErrorKind, GoodsItem, Result, Ruleset, Screener};

use crate::args::Explain;
use crate::output::{Sink, written};

pub fn run(args: &Explain) -> Result<u8> {
    let mut sink = Sink::open(None)?;
    if let Some(id) = &args.entry {
        let entry = embedded()
            .iter()
            .find_map(|list| list.entry(id))
            .ok_or_else(|| {
                let message =
                    format!("there is no entry {id:?}; list show s-2017-822 prints them all");
                Error::new(ErrorKind::Option, message)
            })?;
        written(super::list::write_entry(&mut sink, entry))?;
    }
    let Some(goods) = &args.goods else {
        sink.finish()?;
        return Ok(0);
    };
    let rules = Ruleset::compile(embedded().to_vec(), Lexicon::embedded())?;
    let item = GoodsItem {
        hs: args.hs.clone(),
        cas: args.cas.clone(),
        line_id: "1".into(),
        row: 1,
        ..GoodsItem::new(goods.as_str())
    };
    let mut screened = Screener::new(&rules).screen(&item);
    if let Some(id) = &args.entry {
        screened.findings.retain(|finding| &finding.entry == id);
        if screened.findings.is_empty() {
            let text =
                format!("{id}: no word, CAS number or HS code of these goods names its subject\n");
            written(sink.write_all(text.as_bytes()))?;
        }
    }
    let colour = sink.colour();
    let record = ItemRecord {
        manifest: "goods".into(),
        line_id: item.line_id,
        row: item.row,
        outcome: screened.outcome,
        description: item.description,
        destination: None,
        findings: screened.findings,
        issues: screened.issues,
    };
    written(ReportWriter::new(Format::Text, &mut sink, true, colour).item(&record))?;
    sink.finish()?;
    Ok(0)
}
