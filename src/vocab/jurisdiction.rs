//! Whose law is asked about.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Country;
use crate::error::{Error, ErrorKind};

/// Whose law is asked about: `UN`, `EU`, `UK`, or a country by its ISO 3166-1 code.
///
/// It chooses instruments by whom they bind. A member state of the European Union has the
/// instruments that bind the Union and its own. The United Nations are a jurisdiction of their
/// own: what the Council decides binds China too, but what China has enacted, and since when, is
/// another question, and this type asks that one.
///
/// ```
/// use tidewaiter::vocab::Jurisdiction;
/// let china: Jurisdiction = "cn".parse()?;
/// assert!(china.has("CN") && !china.has("UN"));
/// let germany: Jurisdiction = "DE".parse()?;
/// assert!(germany.has("EU") && germany.has("DE") && !germany.has("FR"));
/// assert_eq!("GB".parse::<Jurisdiction>()?.to_string(), "UK");
/// assert!("Atlantis".parse::<Jurisdiction>().is_err());
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub struct Jurisdiction(String);

impl Jurisdiction {
    /// Whether an instrument that binds `bound` (a word of its `binds`) is of this jurisdiction.
    #[must_use]
    pub fn has(&self, bound: &str) -> bool {
        let same = |code: &str| code == bound || (code == "UK" && bound == "GB");
        same(&self.0) || (bound == "EU" && EU_MEMBERS.contains(&self.0.as_str()))
    }
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Jurisdiction {
    type Err = Error;

    fn from_str(text: &str) -> Result<Jurisdiction, Error> {
        let code = text.trim().to_ascii_uppercase();
        let code = match code.as_str() {
            "UN" | "EU" | "UK" => code,
            "GB" => "UK".to_owned(),
            _ => match code.parse::<Country>() {
                Ok(country) => country.as_str().to_owned(),
                Err(_) => {
                    let message = format!(
                        "{text:?} is no jurisdiction; write UN, EU, UK or a country's ISO 3166-1 \
                         code: CN"
                    );
                    return Err(Error::new(ErrorKind::Value, message));
                }
            },
        };
        Ok(Jurisdiction(code))
    }
}

impl From<Jurisdiction> for String {
    fn from(jurisdiction: Jurisdiction) -> String {
        jurisdiction.0
    }
}

impl TryFrom<String> for Jurisdiction {
    type Error = Error;

    fn try_from(text: String) -> Result<Jurisdiction, Error> {
        text.parse()
    }
}

/// The member states of the European Union since 2020-02-01 (general knowledge, 27).
pub(crate) const EU_MEMBERS: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];
