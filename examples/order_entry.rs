//! An order-entry check: each order line is screened before it is booked.
//!
//! ```sh
//! cargo run --example order_entry
//! ```
//!
//! Nothing is read but the order itself: no file, no clock, no environment.

use tidewaiter::lexicon::Lexicon;
use tidewaiter::report::ItemRecord;
use tidewaiter::screen::Circumstances;
use tidewaiter::{GoodsItem, Outcome, Result, Ruleset, Screener, Truth, list};

/// What order entry does with a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Decision {
    /// Book it.
    Book,
    /// Ask the customer these questions first.
    Ask(Vec<String>),
    /// Hold it for the export-control officer, for this reason.
    Hold(String),
}

/// Screens order lines.
pub struct OrderDesk {
    rules: Ruleset,
    known: Circumstances,
}

impl OrderDesk {
    /// A desk for one day; an exporter under Chinese law.
    pub fn new(today: &str) -> Result<OrderDesk> {
        let known = Circumstances {
            exporter: Some("CN".parse()?),
            ..Circumstances::on(today.parse()?)
        };
        let register = list::Register::new(list::embedded().to_vec())?;
        let lists = register.in_force_on(known.as_of, &[])?.lists;
        Ok(OrderDesk {
            rules: Ruleset::compile(lists, Lexicon::embedded())?,
            known,
        })
    }

    /// What to do with a line.
    pub fn decide(&self, item: GoodsItem) -> Decision {
        let screened = Screener::new(&self.rules).screen(&item);
        let record = ItemRecord::new("order", item, screened, &self.rules, &self.known);
        let questions = || {
            let findings = record.findings.iter();
            findings.flat_map(|f| f.finding.missing.clone()).collect()
        };
        // Listed goods that certainly go where no ban reaches may be booked; where that isn't
        // certain, they are held.
        let banned = Truth::any(record.measures.iter().map(|m| m.applies));
        match (record.outcome, banned) {
            (Outcome::Clear, _) => Decision::Book,
            (Outcome::NotScreenable, _) => Decision::Ask(vec!["say what the goods are".into()]),
            (_, Truth::False) => Decision::Book,
            (Outcome::Review, _) => Decision::Ask(questions()),
            (Outcome::Hit, _) => {
                let entries: Vec<&str> = record
                    .findings
                    .iter()
                    .map(|f| f.finding.entry.as_str())
                    .collect();
                Decision::Hold(format!("listed under {}", entries.join(", ")))
            }
        }
    }
}

#[allow(clippy::print_stdout, reason = "an example shows something")]
fn main() -> Result<()> {
    let desk = OrderDesk::new("2026-01-15")?;
    for (goods, to) in [
        ("MIG welder 350 A DC", "KP"),
        ("MIG welder", "KP"),
        ("Cotton shirts", "KP"),
        ("Spare parts", "KP"),
    ] {
        let decision = desk.decide(GoodsItem::new(goods).with_destination(to));
        println!("{goods} to {to}: {decision:?}");
    }
    Ok(())
}
