//! The example programs do what they say.

#![allow(dead_code, reason = "each example has a main of its own")]

#[path = "../examples/order_entry.rs"]
mod order_entry;
#[path = "../examples/screen_file.rs"]
mod screen_file;

use order_entry::{Decision, OrderDesk};
use tidewaiter::GoodsItem;

#[test]
fn order_entry_holds_asks_and_books() {
    let desk = OrderDesk::new("2026-01-15").expect("a desk");
    let decide = |goods: &str, to: &str| desk.decide(GoodsItem::new(goods).with_destination(to));
    let held = Decision::Hold("listed under VIII.A2.005".into());
    assert_eq!(decide("MIG welder 350 A DC", "KP"), held);
    assert_eq!(decide("MIG welder 350 A DC", "on request"), held);
    assert!(matches!(decide("MIG welder", "KP"), Decision::Ask(q) if q[0].contains("180 A")));
    assert!(matches!(decide("Spare parts", "KP"), Decision::Ask(_)));
    assert_eq!(decide("Cotton shirts", "KP"), Decision::Book);
}

#[test]
fn screen_file_screens_a_file() {
    let mut out = Vec::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/examples/manifest.csv");
    let summary = screen_file::screen(path, "2026-01-15", &mut out).expect("a report");
    assert_eq!(summary.sums.rows, 11);
    let out = String::from_utf8(out).expect("UTF-8");
    assert!(out.lines().any(|line| line.contains("\"VIII.A2.005\"")));
}
