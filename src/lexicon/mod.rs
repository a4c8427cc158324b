//! How goods, quantities and turns of phrase are called in the trade.
//!
//! The lexicon is data (`data/lexicon`), so that someone who reads Korean but no Rust can review
//! it. Control lists refer to its concepts by id.

mod conversion;
mod figure_words;
mod table;
mod unit;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use conversion::{Conversion, Implied, Status};
pub(crate) use figure_words::WordUse;
pub use table::{Concept, ConceptKind, Cue, CueClass, Role, Sense, Terms, Vague};
pub(crate) use unit::Near;
pub use unit::{Unit, Units};

use crate::error::{Error, ErrorKind, Location, Result};

/// Concepts, units, roles, cue words and vague words.
///
/// ```
/// use tidewaiter::lexicon::Lexicon;
/// let lexicon = Lexicon::embedded();
/// assert!(lexicon.concept("mass-spectrometer").is_some());
/// assert_eq!(lexicon.units().by_id("kW").unwrap().dimension, "power");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    concepts: BTreeMap<String, Concept>,
    roles: BTreeMap<String, Role>,
    cues: Vec<Cue>,
    vague: Vec<Vague>,
    units: Units,
    conversions: Vec<Conversion>,
    implied: Vec<Implied>,
}

macro_rules! embed {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $file)))),*]
    };
}

const UNITS: &str = include_str!("../../data/lexicon/units.toml");
const NEIGHBOURS: &str = include_str!("../../data/lexicon/neighbours.txt");
const CONVERSIONS: &str = include_str!("../../data/lexicon/conversions.toml");
const FILES: &[(&str, &str)] = embed![
    "data/lexicon/roles.toml",
    "data/lexicon/cues.toml",
    "data/lexicon/vague.toml",
    "data/lexicon/makers.toml",
    "data/lexicon/terms/nuclear.toml",
    "data/lexicon/terms/plant.toml",
    "data/lexicon/terms/materials.toml",
    "data/lexicon/terms/radiation-and-chemicals.toml",
    "data/lexicon/terms/processing.toml",
    "data/lexicon/terms/electronics-and-software.toml",
];

impl Lexicon {
    /// The lexicon that is built into the library.
    ///
    /// # Panics
    /// Never in a released build: the tests load the embedded files.
    #[must_use]
    pub fn embedded() -> &'static Lexicon {
        static EMBEDDED: OnceLock<Lexicon> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let loaded = Lexicon::load(UNITS, CONVERSIONS, FILES.iter().copied());
            loaded.expect("the embedded lexicon is tested to load")
        })
    }

    /// The names and texts of the embedded files, for the linter.
    #[must_use]
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        FILES
    }

    /// Reads a lexicon from a units table, a conversions table and other files, each with its name.
    ///
    /// # Errors
    /// When a file isn't TOML of its form, or a concept stands twice.
    pub fn load<'a>(
        units: &str,
        conversions: &str,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Lexicon> {
        let units = Units::parse("data/lexicon/units.toml", units)?;
        let (conversions, implied) =
            conversion::parse("data/lexicon/conversions.toml", conversions, &units)?;
        let mut lexicon = Lexicon {
            units,
            conversions,
            implied,
            ..Lexicon::default()
        };
        for (name, text) in files {
            let table: table::Table = parse_toml(name, text)?;
            for concept in table.concept {
                let id = concept.id.clone();
                if lexicon.concepts.insert(id.clone(), concept).is_some() {
                    return Err(Error::new(
                        ErrorKind::List,
                        format!("concept {id:?} stands twice"),
                    )
                    .at(Location::new(name)));
                }
            }
            lexicon
                .roles
                .extend(table.role.into_iter().map(|role| (role.id.clone(), role)));
            lexicon.cues.extend(table.cue);
            lexicon.vague.extend(table.vague);
        }
        Ok(lexicon)
    }

    /// The concept with an id.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.get(id)
    }

    /// All concepts, by id.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.values()
    }

    /// The role with an id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.get(id)
    }

    /// All roles, by id.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values()
    }

    /// The cue words.
    #[must_use]
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// The words that say nothing of the goods.
    #[must_use]
    pub fn vague(&self) -> &[Vague] {
        &self.vague
    }

    /// Real words that are near to a word of a term and are never taken for it.
    pub fn neighbours(&self) -> impl Iterator<Item = &str> {
        NEIGHBOURS.lines().filter(|line| !line.starts_with('#'))
    }

    /// Tables from one dimension to another.
    #[must_use]
    pub fn conversions(&self) -> &[Conversion] {
        &self.conversions
    }

    /// Figures that concepts imply.
    #[must_use]
    pub fn implied(&self) -> &[Implied] {
        &self.implied
    }

    /// The units.
    #[must_use]
    pub fn units(&self) -> &Units {
        &self.units
    }
}

/// Reads TOML into a type; an error points at its line and column.
pub(crate) fn parse_toml<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| {
        let place = Location::new(name);
        let place = match e.span() {
            Some(span) => place.at_offset(text, span.start),
            None => place,
        };
        Error::new(ErrorKind::List, e.message().trim().to_owned()).at(place)
    })
}
