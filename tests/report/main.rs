//! The report document: its looks in every format, its schemas, its facts.

mod by_date;
mod facts;
mod fixture;
mod formats;
mod schema;
mod stored;
#[path = "../support/mod.rs"]
mod support;
