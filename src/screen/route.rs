//! Where a shipment goes, comes from and passes.
//!
//! A manifest says it in many places: the destination, the ports, the consignee's address, the
//! goods text. The destination and the origin decide; where they aren't stated or not understood
//! the answer is unknown, never "elsewhere". Everything else only adds: a port of discharge in the
//! DPRK brings the goods there whatever the destination says, a transit or a word in the goods
//! text makes a question of it. A place near the border is abroad: worth a note, no more.

use schemars::JsonSchema;
use serde::Serialize;

use crate::logic::Truth;
use crate::manifest::{Field, GoodsItem};
use crate::vocab::{Country, KnownPlace, Way, said_in};

/// What a shipment says of a country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nothing.
    #[default]
    NotStated,
    /// Words that name no country we know, or more than one.
    NotUnderstood(String),
    /// A country.
    Known(Country),
}

impl Place {
    /// Reads a cell; where it is empty, the default counts. A cell that isn't understood is not
    /// replaced by the default: it says something, we don't know what.
    ///
    /// ```
    /// use tidewaiter::{Country, screen::Place};
    /// let default = Some(Country::DPRK);
    /// assert_eq!(Place::read(None, default), Place::Known(Country::DPRK));
    /// assert_eq!(Place::read(Some("Deutschland"), default), Place::Known("DE".parse()?));
    /// assert!(matches!(Place::read(Some("Korea"), default), Place::NotUnderstood(_)));
    /// # Ok::<(), tidewaiter::Error>(())
    /// ```
    #[must_use]
    pub fn read(cell: Option<&str>, default: Option<Country>) -> Place {
        let cell = cell.map(str::trim).filter(|cell| !cell.is_empty());
        match (cell, default) {
            (Some(cell), _) => Country::recognise(cell)
                .map_or_else(|| Place::NotUnderstood(cell.into()), Place::Known),
            (None, Some(country)) => Place::Known(country),
            (None, None) => Place::NotStated,
        }
    }
}

/// A place that a goods item states for its shipment, and what it tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stop {
    /// The field that states it: `destination`, `port-of-discharge`, `description` …
    pub field: String,
    /// Its words there.
    pub text: String,
    /// The country, where the words tell one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The place, where it is known by its name or UN/LOCODE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What is worth knowing of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip)]
    way: Option<Way>,
}

/// All that a goods item states of its shipment's way.
#[derive(Clone, Debug)]
pub struct Route {
    destination: Place,
    origin: Place,
    stops: Vec<Stop>,
}

impl Route {
    /// Reads the fields of a goods item that name places; `default` is the destination of items
    /// that state none.
    ///
    /// ```
    /// use tidewaiter::{Country, GoodsItem, Truth, screen::Route};
    /// let item = GoodsItem {
    ///     port_of_discharge: Some("KPNAM".into()),
    ///     ..GoodsItem::new("PUMPS").with_destination("China")
    /// };
    /// let (truth, why) = Route::read(&item, None).goes_to(&["KP".to_owned()]);
    /// assert_eq!(truth, Truth::True);
    /// assert_eq!(why, "is discharged in KP (\"KPNAM\")");
    /// ```
    #[must_use]
    pub fn read(item: &GoodsItem, default: Option<Country>) -> Route {
        let mut stops = Vec::new();
        let mut stop = |field: Field, cell: Option<&str>, way| {
            if let Some(text) = cell.map(str::trim).filter(|text| !text.is_empty()) {
                stops.push(Stop::new(field, text, way));
            }
        };
        for (field, cell, way) in [
            (Field::Destination, &item.destination, Way::To),
            (Field::PortOfDischarge, &item.port_of_discharge, Way::To),
            (Field::ConsigneeAddress, &item.consignee_address, Way::To),
            (Field::Origin, &item.origin, Way::From),
            (Field::PortOfLoading, &item.port_of_loading, Way::From),
        ] {
            stop(field, cell.as_deref(), way);
        }
        let is_cut = |c: char| ";,/>→、；，|\n".contains(c);
        for piece in item
            .transit
            .iter()
            .flat_map(|cell| cell.split(is_cut).take(12))
        {
            stop(Field::Transit, Some(piece), Way::Via);
        }
        for said in said_in(&item.description) {
            stops.push(Stop {
                field: Field::Description.as_str().to_owned(),
                text: item.description[said.span].to_owned(),
                country: Some(said.country),
                place: said.place.map(|place| place.name.clone()),
                note: note(said.place),
                way: Some(said.way),
            });
        }
        Route {
            destination: Place::read(item.destination.as_deref(), default),
            origin: Place::read(item.origin.as_deref(), None),
            stops,
        }
    }

    /// Whether the shipment goes to one of these countries, by ISO 3166-1 alpha-2 code, and why.
    /// No countries mean all.
    #[must_use]
    pub fn goes_to(&self, targets: &[String]) -> (Truth, String) {
        if targets.is_empty() {
            return (Truth::True, "goes to any country".into());
        }
        if let Some(country) = self.bound_for(targets) {
            return (Truth::True, format!("goes to {country}"));
        }
        let stated = [
            (Field::PortOfDischarge, "is discharged in"),
            (Field::ConsigneeAddress, "the consignee is in"),
        ];
        if let Some(why) = self.stated_in(&stated, targets) {
            return (Truth::True, why);
        }
        if let Some(why) = self.hinted(targets, Way::To) {
            return (Truth::Unknown, why);
        }
        match (&self.destination, self.country(Field::PortOfDischarge)) {
            (Place::Known(country), _) => (
                Truth::False,
                format!("goes to {country}, not to {}", targets.join(", ")),
            ),
            (Place::NotStated, Some(country)) => (
                Truth::False,
                format!("is discharged in {country}, not in {}", targets.join(", ")),
            ),
            (open, _) => (Truth::Unknown, not_known("destination", open)),
        }
    }

    /// Whether the shipment comes from one of these countries, and why. What goes to one of them
    /// doesn't come from it.
    #[must_use]
    pub fn comes_from(&self, targets: &[String]) -> (Truth, String) {
        if let Some(country) = self.bound_for(targets) {
            return (Truth::False, format!("goes to {country}, not from it"));
        }
        if targets.is_empty() {
            return (Truth::True, "comes from any country".into());
        }
        let stated = [
            (Field::Origin, "comes from"),
            (Field::PortOfLoading, "is loaded in"),
        ];
        if let Some(why) = self.stated_in(&stated, targets) {
            return (Truth::True, why);
        }
        if let Some(why) = self.hinted(targets, Way::From) {
            return (Truth::Unknown, why);
        }
        match &self.origin {
            Place::Known(country) => (
                Truth::False,
                format!("comes from {country}, not from {}", targets.join(", ")),
            ),
            open => (Truth::Unknown, not_known("origin", open)),
        }
    }

    /// Where the shipment goes.
    #[must_use]
    pub fn destination(&self) -> &Place {
        &self.destination
    }

    /// Whether anything stated names one of these countries; without it, an unknown destination
    /// is only a gap.
    #[must_use]
    pub fn names(&self, targets: &[String]) -> bool {
        self.bound_for(targets).is_some()
            || self.stops.iter().any(|stop| is_one(stop.country, targets))
    }

    /// The places that say more than the country of destination or origin, as they are reported.
    #[must_use]
    pub fn telling(&self) -> Vec<Stop> {
        let plain = |stop: &&Stop| {
            let plain = [Field::Destination.as_str(), Field::Origin.as_str()];
            stop.place.is_some() || !plain.contains(&stop.field.as_str())
        };
        self.stops.iter().filter(plain).cloned().collect()
    }

    fn bound_for(&self, targets: &[String]) -> Option<Country> {
        match self.destination {
            Place::Known(country) => Some(country).filter(|c| is_one(Some(*c), targets)),
            _ => None,
        }
    }

    fn country(&self, field: Field) -> Option<Country> {
        let stop = self
            .stops
            .iter()
            .find(|stop| stop.field == field.as_str())?;
        stop.country
    }

    fn stated_in(&self, fields: &[(Field, &str)], targets: &[String]) -> Option<String> {
        fields.iter().find_map(|(field, words)| {
            let of_field =
                |stop: &&Stop| stop.field == field.as_str() && is_one(stop.country, targets);
            let stop = self.stops.iter().find(of_field)?;
            let country = stop.country?;
            Some(if *field == Field::Origin {
                format!("{words} {country}")
            } else {
                format!("{words} {country} ({:?})", stop.text)
            })
        })
    }

    /// Words that make a question of it: a transit, the goods text.
    fn hinted(&self, targets: &[String], way: Way) -> Option<String> {
        let fits = |stop: &&Stop| {
            let weak = [Field::Transit.as_str(), Field::Description.as_str()];
            weak.contains(&stop.field.as_str())
                && (stop.way == Some(Way::Via) || stop.way == Some(way))
                && is_one(stop.country, targets)
        };
        let stop = self.stops.iter().find(fits)?;
        let country = stop.country?;
        Some(if stop.way == Some(Way::Via) {
            format!(
                "passes {country} ({:?}); whether it stays there is not stated",
                stop.text
            )
        } else {
            format!(
                "the goods text says {:?}; ask where they go and come from",
                stop.text
            )
        })
    }
}

impl Stop {
    fn new(field: Field, text: &str, way: Way) -> Stop {
        let place = KnownPlace::recognise(text);
        let country = Country::recognise(text);
        let place = place.filter(|place| country == Some(place.country));
        Stop {
            field: field.as_str().to_owned(),
            text: text.to_owned(),
            country,
            place: place.map(|place| place.name.clone()),
            note: note(place),
            way: Some(way),
        }
    }
}

fn note(place: Option<&KnownPlace>) -> Option<String> {
    let place = place.filter(|place| place.border)?;
    Some(format!(
        "{} is abroad, in {}, at the border with the DPRK",
        place.name, place.country
    ))
}

fn is_one(country: Option<Country>, targets: &[String]) -> bool {
    country.is_some_and(|country| targets.iter().any(|code| code == country.as_str()))
}

pub(super) fn not_known(what: &str, place: &Place) -> String {
    match place {
        Place::NotUnderstood(text) => {
            format!("the {what} {text:?} names no country that we can tell")
        }
        Place::NotStated | Place::Known(_) => format!("the {what} is not stated"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kp() -> Vec<String> {
        vec!["KP".to_owned()]
    }

    fn item(fields: &[(Field, &str)]) -> GoodsItem {
        let mut item = GoodsItem::new("PUMPS");
        for (field, text) in fields {
            let text = (*text).to_owned();
            match field {
                Field::Destination => item.destination = Some(text),
                Field::Origin => item.origin = Some(text),
                Field::Transit => item.transit = Some(text),
                Field::PortOfLoading => item.port_of_loading = Some(text),
                Field::PortOfDischarge => item.port_of_discharge = Some(text),
                Field::ConsigneeAddress => item.consignee_address = Some(text),
                _ => item.description = text,
            }
        }
        item
    }

    #[test]
    fn places_add_up_and_only_the_destination_denies() {
        use Field::{ConsigneeAddress, Description, Destination, PortOfDischarge, Transit};
        for (fields, expected) in [
            (&[(Destination, "KP")][..], Truth::True),
            (&[(Destination, "Nampo")], Truth::True),
            (&[(Destination, "Korea")], Truth::Unknown),
            (&[(Destination, "Busan, Korea")], Truth::False),
            (&[(Destination, "South Korea")], Truth::False),
            (
                &[(Destination, "CN"), (PortOfDischarge, "Chongjin")],
                Truth::True,
            ),
            (
                &[
                    (Destination, "CN"),
                    (ConsigneeAddress, "Central District, Pyongyang"),
                ],
                Truth::True,
            ),
            (
                &[(Destination, "CN"), (Transit, "Dalian; Nampo")],
                Truth::Unknown,
            ),
            (&[(Destination, "CN"), (Transit, "Dandong")], Truth::False),
            (&[(Destination, "Dandong, China")], Truth::False),
            (
                &[(Destination, "CN"), (Description, "PUMPS FOR DPRK")],
                Truth::Unknown,
            ),
            (
                &[(Destination, "CN"), (Description, "PUMPS FROM DPRK")],
                Truth::False,
            ),
            (&[(PortOfDischarge, "Hamburg, Germany")], Truth::False),
            (
                &[
                    (Destination, "T.B.A."),
                    (PortOfDischarge, "Hamburg, Germany"),
                ],
                Truth::Unknown,
            ),
            (&[], Truth::Unknown),
        ] {
            let route = Route::read(&item(fields), None);
            let (truth, why) = route.goes_to(&kp());
            assert_eq!(truth, expected, "{fields:?}: {why}");
        }
    }

    #[test]
    fn what_is_loaded_in_the_dprk_comes_from_it() {
        use Field::{Description, Destination, Origin, PortOfLoading, Transit};
        for (fields, expected) in [
            (&[(Origin, "朝鲜")][..], Truth::True),
            (&[(Origin, "RU"), (PortOfLoading, "Rajin")], Truth::True),
            (&[(Origin, "RU"), (Transit, "Rason")], Truth::Unknown),
            (&[(Origin, "CN"), (Description, "朝鲜产煤")], Truth::Unknown),
            (&[(Origin, "Hunchun")], Truth::False),
            (&[(Origin, "KP"), (Destination, "KP")], Truth::False),
            (&[(PortOfLoading, "Shanghai, China")], Truth::Unknown),
        ] {
            let (truth, why) = Route::read(&item(fields), None).comes_from(&kp());
            assert_eq!(truth, expected, "{fields:?}: {why}");
        }
    }

    #[test]
    fn a_border_place_is_a_note() {
        let route = Route::read(&item(&[(Field::Destination, "Dandong")]), None);
        let stops = route.telling();
        assert_eq!(stops[0].country, Some("CN".parse().expect("a country")));
        assert!(
            stops[0]
                .note
                .as_deref()
                .is_some_and(|note| note.contains("border"))
        );
        assert!(!route.names(&kp()));
    }
}
