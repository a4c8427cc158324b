//! Does a measure apply to this shipment?
//!
//! The second question, kept apart from the first: whether goods are under an entry is decided by
//! the goods alone, and no country changes that. A measure hangs on who is bound, on the
//! direction, on the countries and on the day, each of them three-valued. A destination that isn't
//! stated or isn't understood is unknown, never "elsewhere".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::route::{Place, Route, not_known};
use crate::list::{ControlList, Instrument};
use crate::logic::Truth;
use crate::manifest::GoodsItem;
use crate::vocab::{Country, Day, EU_MEMBERS, Jurisdiction};

/// What is known of shipments beside their manifest, and the decisive date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// The decisive date.
    pub as_of: Day,
    /// The country of destination of goods items that state none.
    pub destination: Option<Country>,
    /// The country whose law binds the exporter.
    pub exporter: Option<Country>,
    /// Whose instruments are asked about; none: everybody's.
    pub jurisdictions: Vec<Jurisdiction>,
}

impl Circumstances {
    /// A decisive date and nothing else.
    #[must_use]
    pub fn on(as_of: Day) -> Circumstances {
        Circumstances {
            as_of,
            destination: None,
            exporter: None,
            jurisdictions: Vec::new(),
        }
    }
}

/// Which way goods cross the border of those who are bound.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Out, to a destination of the measure.
    Export,
    /// In, from an origin that the measure names.
    Import,
}

impl Direction {
    /// The word used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Export => "export",
            Direction::Import => "import",
        }
    }
}

/// What a measure hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Whether it bans this direction at all.
    Measure,
    /// Whether the goods go to, or come from, a country of the measure.
    Country,
    /// Whether the exporter, or importer, is bound.
    Bound,
    /// Whether the instrument is in force on the decisive date.
    InForce,
}

/// One condition of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition {
    /// What is asked.
    pub question: Question,
    /// The answer.
    pub truth: Truth,
    /// Why, in plain words.
    pub why: String,
}

/// Whether the measure of one instrument applies to a shipment, in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Measure {
    /// The list's id.
    pub list: String,
    /// The instrument's id.
    pub instrument: String,
    /// The instrument's symbol.
    pub symbol: String,
    /// Which way.
    pub direction: Direction,
    /// The answer: all of the conditions.
    pub applies: Truth,
    /// The conditions.
    pub conditions: Vec<Condition>,
}

impl Measure {
    /// Why it applies (all conditions), doesn't (those that fail) or is undetermined (those that
    /// are open).
    #[must_use]
    pub fn why(&self) -> String {
        let telling = self.conditions.iter().filter(|c| c.truth == self.applies);
        let whys: Vec<&str> = telling.map(|c| c.why.as_str()).collect();
        whys.join(", ")
    }
}

/// Whether the measures of a list apply to the shipment of a goods item: one answer for each
/// instrument and direction, in the order of the list.
///
/// ```
/// use tidewaiter::screen::{Circumstances, Direction, measures};
/// use tidewaiter::{GoodsItem, Truth, list};
/// let known = Circumstances::on("2020-01-01".parse()?);
/// let to = |place: &str| {
///     let item = GoodsItem::new("TRIBUTYL PHOSPHATE").with_destination(place);
///     let mut lists = list::embedded().iter();
///     let list = lists.find(|list| list.head.id == "s-2017-822").unwrap();
///     measures(list, &item, &known)[0].applies
/// };
/// assert_eq!(to("Nampo, DPRK"), Truth::True);
/// assert_eq!(to("Hamburg, Germany"), Truth::False);
/// assert_eq!(to("T.B.A."), Truth::Unknown);
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[must_use]
pub fn measures(list: &ControlList, item: &GoodsItem, known: &Circumstances) -> Vec<Measure> {
    let route = Route::read(item, known.destination);
    let mut all = Vec::new();
    let asked = |i: &&Instrument| i.is_of(&known.jurisdictions);
    for instrument in list.instruments.iter().filter(asked) {
        for direction in [Direction::Export, Direction::Import] {
            let Some(banned) = bans(instrument, direction) else {
                continue;
            };
            let mut conditions = vec![banned];
            conditions.extend(country_and_bound(
                instrument,
                direction,
                &route,
                known.exporter,
            ));
            conditions.push(in_force(instrument, known.as_of));
            all.push(Measure {
                list: list.head.id.clone(),
                instrument: instrument.id.clone(),
                symbol: instrument.symbol.clone(),
                direction,
                applies: Truth::all(conditions.iter().map(|c| c.truth)),
                conditions,
            });
        }
    }
    all
}

/// Whether the measure bans this direction; nothing where it says that it doesn't.
fn bans(instrument: &Instrument, direction: Direction) -> Option<Condition> {
    let word = direction.as_str();
    let (truth, why) = match (instrument.measure.as_str(), direction) {
        ("export-and-import-ban", _)
        | ("export-ban", Direction::Export)
        | ("import-ban", Direction::Import) => (Truth::True, format!("{word} is banned")),
        ("export-ban" | "import-ban", _) => return None,
        // A measure of a newer format: nobody may take it for none.
        (other, _) => (
            Truth::Unknown,
            format!("whether {other:?} bans {word} is not known to this version"),
        ),
    };
    Some(Condition {
        question: Question::Measure,
        truth,
        why,
    })
}

/// Whether the country is one of the instrument, and whether who ships or receives is bound.
pub(super) fn country_and_bound(
    instrument: &Instrument,
    direction: Direction,
    route: &Route,
    exporter: Option<Country>,
) -> [Condition; 2] {
    match direction {
        Direction::Export => export(instrument, route, exporter),
        Direction::Import => import(instrument, route),
    }
}

fn export(instrument: &Instrument, route: &Route, exporter: Option<Country>) -> [Condition; 2] {
    let (truth, why) = route.goes_to(&instrument.destinations);
    let country = Condition {
        question: Question::Country,
        truth,
        why,
    };
    let who = instrument.binds.join(", ");
    let (truth, why) = match (binds(instrument, exporter), exporter) {
        (Truth::True, None) => (Truth::True, format!("binds every member of the {who}")),
        (Truth::True, Some(country)) => (Truth::True, format!("binds exporters of {country}")),
        (Truth::False, Some(country)) => (
            Truth::False,
            format!("binds {who}, not exporters of {country}"),
        ),
        (_, None) => (
            Truth::Unknown,
            "whose law binds the exporter is not stated".into(),
        ),
        (_, Some(country)) => (
            Truth::Unknown,
            format!("whether {who} binds exporters of {country} is not known"),
        ),
    };
    let bound = Condition {
        question: Question::Bound,
        truth,
        why,
    };
    [country, bound]
}

fn import(instrument: &Instrument, route: &Route) -> [Condition; 2] {
    let (truth, why) = route.comes_from(&instrument.destinations);
    let country = Condition {
        question: Question::Country,
        truth,
        why,
    };
    let who = instrument.binds.join(", ");
    let (truth, why) = match route.destination() {
        Place::Known(to) => match binds(instrument, Some(*to)) {
            Truth::True => (Truth::True, format!("binds importers of {to}")),
            Truth::False => (Truth::False, format!("binds {who}, not importers of {to}")),
            Truth::Unknown => (
                Truth::Unknown,
                format!("whether {who} binds importers of {to} is not known"),
            ),
        },
        open => (Truth::Unknown, not_known("destination", open)),
    };
    let bound = Condition {
        question: Question::Bound,
        truth,
        why,
    };
    [country, bound]
}

pub(super) fn in_force(instrument: &Instrument, as_of: Day) -> Condition {
    let truth = instrument.in_force_on(as_of);
    let why = match truth {
        Truth::True => {
            let span = instrument.in_force.iter().find(|i| i.contains(as_of));
            span.map_or_else(String::new, |span| format!("in force {span}"))
        }
        Truth::False => format!("not in force on {as_of}"),
        Truth::Unknown => "when it is in force is not known".into(),
    };
    Condition {
        question: Question::InForce,
        truth,
        why,
    }
}

/// Whether an instrument binds those under a country's law.
fn binds(instrument: &Instrument, country: Option<Country>) -> Truth {
    if instrument.binds.is_empty() {
        return Truth::Unknown;
    }
    Truth::any(instrument.binds.iter().map(|who| bound_by(who, country)))
}

/// Whether those whom a word of `binds` names are under a country's law.
pub(super) fn bound_by(who: &str, country: Option<Country>) -> Truth {
    match (who, country) {
        // All states but a handful are members: a sanction of the Council is taken to bind.
        ("UN", None) => Truth::True,
        ("UN", Some(country)) if OUTSIDE_UN.contains(&country.as_str()) => Truth::Unknown,
        ("UN", Some(_)) => Truth::True,
        (_, None) => Truth::Unknown,
        ("EU", Some(country)) => EU_MEMBERS.contains(&country.as_str()).into(),
        ("UK", Some(country)) => (country.as_str() == "GB").into(),
        (code, Some(country)) => match code.parse::<Country>() {
            Ok(bound) => (bound == country).into(),
            Err(_) => Truth::Unknown,
        },
    }
}

/// Codes of the country table that are no UN members and under none's flag, or where that is
/// disputed (general knowledge): whether they are bound isn't decided here.
const OUTSIDE_UN: [&str; 6] = ["AQ", "EH", "PS", "TW", "VA", "XK"];

#[cfg(test)]
mod tests {
    use super::*;

    fn known(exporter: Option<&str>, as_of: &str) -> Circumstances {
        Circumstances {
            exporter: exporter.map(|code| code.parse().expect("a country")),
            ..Circumstances::on(as_of.parse().expect("a day"))
        }
    }

    fn list() -> &'static ControlList {
        let mut lists = crate::list::embedded().iter();
        lists
            .find(|list| list.head.id == "s-2017-822")
            .expect("embedded")
    }

    fn answer(
        item: &GoodsItem,
        known: &Circumstances,
        instrument: &str,
    ) -> Vec<(Direction, Truth)> {
        measures(list(), item, known)
            .iter()
            .filter(|m| m.instrument == instrument)
            .map(|m| (m.direction, m.applies))
            .collect()
    }

    #[test]
    fn an_export_ban_needs_destination_exporter_and_day() {
        let to = |place: &str| GoodsItem::new("x").with_destination(place);
        for (item, exporter, day, expected) in [
            (to("KP"), Some("CN"), "2018-04-08", Truth::True),
            (to("KP"), Some("CN"), "2018-04-07", Truth::False),
            (to("KP"), Some("KR"), "2018-04-08", Truth::False),
            (to("KP"), None, "2018-04-08", Truth::Unknown),
            (to("DE"), None, "2018-04-08", Truth::False),
            (to("Pyongyang?"), Some("CN"), "2018-04-08", Truth::True),
            (to("Korea"), Some("CN"), "2018-04-08", Truth::Unknown),
            (
                GoodsItem::new("x"),
                Some("CN"),
                "2018-04-08",
                Truth::Unknown,
            ),
        ] {
            let got = answer(&item, &known(exporter, day), "cn-36-2018");
            assert_eq!(
                got,
                [(Direction::Export, expected)],
                "{item:?} {exporter:?} {day}"
            );
        }
    }

    #[test]
    fn an_import_ban_binds_the_importer_and_looks_at_the_origin() {
        let from = |origin: Option<&str>, to: &str| GoodsItem {
            origin: origin.map(str::to_owned),
            ..GoodsItem::new("x").with_destination(to)
        };
        for (item, expected) in [
            (from(Some("朝鲜"), "France"), Truth::True),
            (from(Some("JP"), "France"), Truth::False),
            (from(None, "France"), Truth::Unknown),
            (from(Some("KP"), "Japan"), Truth::False),
            (from(Some("KP"), "KP"), Truth::False),
        ] {
            let got = answer(&item, &known(None, "2020-01-01"), "eu-2017-1509");
            assert_eq!(got[1], (Direction::Import, expected), "{item:?}");
        }
    }

    #[test]
    fn learning_a_fact_never_reverses_a_definite_answer() {
        let places = [None, Some("KP"), Some("DE"), Some("CN")];
        for exporter in [None, Some("CN"), Some("DE"), Some("KR")] {
            for destination in places {
                for origin in places {
                    let item = GoodsItem {
                        destination: destination.map(str::to_owned),
                        origin: origin.map(str::to_owned),
                        ..GoodsItem::new("x")
                    };
                    let list = list();
                    let full = measures(list, &item, &known(exporter, "2020-01-01"));
                    for forgotten in [
                        measures(list, &item, &known(None, "2020-01-01")),
                        measures(
                            list,
                            &GoodsItem {
                                destination: None,
                                ..item.clone()
                            },
                            &known(exporter, "2020-01-01"),
                        ),
                        measures(
                            list,
                            &GoodsItem {
                                origin: None,
                                ..item.clone()
                            },
                            &known(exporter, "2020-01-01"),
                        ),
                    ] {
                        for (less, more) in forgotten.iter().zip(&full) {
                            // Who exports is taken to be a UN member until something else is said.
                            if less.applies != Truth::Unknown {
                                assert_eq!(less.applies, more.applies, "{less:?} {more:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn an_unknown_start_and_a_measure_of_a_newer_format_stay_open() {
        let item = GoodsItem::new("x").with_destination("KP");
        let got = answer(&item, &known(Some("GB"), "2020-01-01"), "uk-2019-411");
        assert_eq!(got, [(Direction::Export, Truth::Unknown)]);
        let mut list = list().clone();
        list.instruments[0].measure = "licence".into();
        let answers = measures(&list, &item, &known(None, "2020-01-01"));
        assert_eq!(answers[0].applies, Truth::Unknown);
        assert!(answers[0].why().contains("licence"), "{}", answers[0].why());
    }
}
