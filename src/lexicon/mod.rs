//! How goods, quantities and turns of phrase are called in the trade.
//!
//! The lexicon is data (`data/lexicon`), so that someone who reads Korean but no Rust can review
//! it. Control lists refer to its concepts by id.

mod conversion;
mod figure_words;
mod table;
mod trade;
mod unit;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, OnceLock};

pub use conversion::{Conversion, Implied, Status};
pub use table::{
    Concept, ConceptKind, ConversionSource, Cue, CueClass, FigureWord, Generic, ImpliedSource,
    LexiconFile, Role, Sense, StandsAlone, Terms, UnitSource, Vague, WordUse,
};
pub use trade::{
    Abbreviation, IdentifierSource, Maker, NumberKind, NumberWords, ProductFigure, ProductSource,
};
pub(crate) use unit::Near;
pub use unit::{Unit, Units};

use crate::embedded;
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
    /// Shared with the rulesets that are compiled from them.
    concepts: BTreeMap<String, Arc<Concept>>,
    roles: BTreeMap<String, Role>,
    cues: Vec<Cue>,
    vague: Vec<Vague>,
    generic: Vec<Generic>,
    units: Units,
    conversions: Vec<Conversion>,
    implied: Vec<Implied>,
    abbreviations: Vec<Abbreviation>,
}

const NEIGHBOURS: &str = include_str!("../../data/lexicon/neighbours.txt");
impl Lexicon {
    /// The lexicon that is built into the library.
    ///
    /// # Panics
    /// Never in a released build: the tests load the embedded files.
    #[must_use]
    pub fn embedded() -> &'static Lexicon {
        static EMBEDDED: OnceLock<Lexicon> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let files = embedded::LEXICON.iter();
            let loaded = Lexicon::build(files.map(|file| (file.name, file.read())));
            loaded.expect("the embedded lexicon is tested to load")
        })
    }

    /// The names and texts of the embedded files, for the linter.
    #[must_use]
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        &embedded::LEXICON_TEXTS
    }

    /// Reads a lexicon from its files, each with its name.
    ///
    /// Unknown keys are ignored, since a newer format may say more; the linter
    /// ([`crate::list::lint_lexicon`]) finds them.
    ///
    /// # Errors
    /// When a file isn't TOML of its form, a concept stands twice, or a figure can't be read.
    pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Lexicon> {
        let files = files
            .into_iter()
            .map(|(name, text)| parse_toml(name, text).map(|file| (name, file)));
        Lexicon::build(files.collect::<Result<Vec<_>>>()?)
    }

    fn build<'a>(files: impl IntoIterator<Item = (&'a str, LexiconFile)>) -> Result<Lexicon> {
        let mut lexicon = Lexicon::default();
        let (mut units, mut words) = (Vec::new(), Vec::new());
        let (mut conversions, mut implied) = (Vec::new(), Vec::new());
        let (mut makers, mut products) = (Vec::new(), Vec::new());
        let (mut number_words, mut identifiers) = (Vec::new(), Vec::new());
        for (name, file) in files {
            for concept in file.concept {
                lexicon
                    .add(concept)
                    .map_err(|e| e.at(Location::new(name)))?;
            }
            lexicon
                .roles
                .extend(file.role.into_iter().map(|role| (role.id.clone(), role)));
            lexicon.cues.extend(file.cue);
            lexicon.vague.extend(file.vague);
            lexicon.generic.extend(file.generic);
            units.extend(file.unit);
            words.extend(file.words);
            conversions.extend(file.conversion);
            implied.extend(file.implied);
            makers.extend(file.maker);
            products.extend(file.product);
            number_words.extend(file.number_words);
            identifiers.extend(file.identifier);
            lexicon.abbreviations.extend(file.abbreviation);
        }
        let (mut codes, facts) = trade::products(products, &makers, &lexicon.concepts);
        codes.extend(trade::identifiers(
            identifiers,
            &number_words,
            &lexicon.concepts,
        ));
        for concept in codes {
            lexicon.add(concept)?;
        }
        implied.extend(facts);
        lexicon.vague.extend(makers.into_iter().map(|maker| Vague {
            class: "maker".to_owned(),
            source: String::new(),
            terms: maker.terms,
        }));
        lexicon.units = Units::build(units, words)?;
        (lexicon.conversions, lexicon.implied) =
            conversion::build(conversions, implied, &lexicon.units)?;
        Ok(lexicon)
    }

    /// Takes up a concept, as the words of a list of one's own.
    ///
    /// # Errors
    /// When there is a concept with its id.
    pub fn add(&mut self, concept: Concept) -> Result<()> {
        match self.concepts.entry(concept.id.clone()) {
            Entry::Vacant(free) => {
                free.insert(Arc::new(concept));
                Ok(())
            }
            Entry::Occupied(taken) => {
                let message = format!("there is a concept {:?} already", taken.key());
                Err(Error::new(ErrorKind::List, message))
            }
        }
    }

    /// Takes up a role, as the measures of a list of one's own.
    ///
    /// # Errors
    /// When there is a role with its id.
    pub fn add_role(&mut self, role: Role) -> Result<()> {
        match self.roles.entry(role.id.clone()) {
            Entry::Vacant(free) => {
                free.insert(role);
                Ok(())
            }
            Entry::Occupied(taken) => {
                let message = format!(
                    "there is a role {:?} already; give it another id",
                    taken.key()
                );
                Err(Error::new(ErrorKind::List, message))
            }
        }
    }

    /// Takes up a unit, as the measures of a list of one's own. A spelling that another unit has
    /// stays with that one.
    ///
    /// # Errors
    /// When there is a unit with its id, or its factor is no number.
    pub fn add_unit(&mut self, unit: UnitSource) -> Result<()> {
        if self.units.by_id(&unit.id).is_some() {
            let message = format!("there is a unit {:?} already; give it another id", unit.id);
            return Err(Error::new(ErrorKind::List, message));
        }
        self.units.add(unit)
    }

    /// The concept with an id.
    #[must_use]
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.get(id).map(|concept| &**concept)
    }

    /// All concepts, by id.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.concepts.values().map(|concept| &**concept)
    }

    /// The same, to be kept.
    pub(crate) fn shared_concepts(&self) -> impl Iterator<Item = &Arc<Concept>> {
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

    /// The words that are too common to name controlled goods by themselves.
    #[must_use]
    pub fn generic(&self) -> &[Generic] {
        &self.generic
    }

    /// Real words that are near to a word of a term and are never taken for it.
    pub fn neighbours(&self) -> impl Iterator<Item = &str> {
        NEIGHBOURS.lines().filter(|line| !line.starts_with('#'))
    }

    /// Words that are cut short, with what they stand for.
    #[must_use]
    pub fn abbreviations(&self) -> &[Abbreviation] {
        &self.abbreviations
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
