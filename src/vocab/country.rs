//! Countries.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::place::KnownPlace;
use crate::embedded::COUNTRIES;
use crate::error::{Error, ErrorKind};

/// A country by its ISO 3166-1 alpha-2 code.
///
/// A measure may hang on the country of destination, and manifests write it in every language.
/// [`recognise`](Country::recognise) knows a set of names and says nothing of others: an unknown
/// destination is unknown, never "elsewhere". "Korea" alone may be either and is unknown too.
///
/// ```
/// use tidewaiter::vocab::Country;
/// assert_eq!(Country::recognise("D.P.R.K."), Some(Country::DPRK));
/// assert_eq!(Country::recognise("朝鲜"), Some(Country::DPRK));
/// assert_eq!(Country::recognise("Korea, Republic of"), Some("KR".parse()?));
/// assert_eq!(Country::recognise("Port of Nampho"), Some(Country::DPRK));
/// assert_eq!(Country::recognise("Korea"), None);
/// assert_eq!(Country::recognise("somewhere"), None);
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Country {
    code: [u8; 2],
}

/// The longest cell that is looked at.
pub(super) const LONGEST: usize = 400;

fn rows() -> BTreeMap<String, Vec<String>> {
    COUNTRIES.read()
}

static TABLE: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (code, names) in &rows() {
        let Some(country) = Country::from_letters(code) else {
            continue;
        };
        for name in names.iter().chain([code]) {
            table.insert(key(name), country);
        }
    }
    table
});

impl Country {
    /// The Democratic People's Republic of Korea.
    pub const DPRK: Country = Country { code: *b"KP" };

    /// The alpha-2 code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// The country that a cell of a manifest names: by code, by name, by a place that is known
    /// ([`KnownPlace`]), or by both ("Nampo, DPRK"). Nothing where two countries are named.
    #[must_use]
    pub fn recognise(text: &str) -> Option<Country> {
        if text.len() > LONGEST {
            return None;
        }
        match (Country::by_name(text), KnownPlace::recognise(text)) {
            // A border place abroad says less than the name of a country.
            (Some(country), Some(place)) if place.country != country && !place.border => None,
            (Some(country), _) => Some(country),
            // Two countries are named: their places decide nothing.
            (None, Some(place)) if !names_any(text) => Some(place.country),
            (None, _) => None,
        }
    }

    /// The country whose name, or whose code, this is: no other words beside it.
    pub(crate) fn named(key: &str) -> Option<Country> {
        TABLE.get(key).copied()
    }

    /// All names and codes of the DPRK, as written in the table.
    pub(crate) fn names_of_dprk() -> &'static [String] {
        static NAMES: LazyLock<Vec<String>> =
            LazyLock::new(|| rows().remove("KP").unwrap_or_default());
        &NAMES
    }

    /// The country that a cell names by code or name.
    fn by_name(text: &str) -> Option<Country> {
        if let Some(country) = TABLE.get(&key(text)) {
            return Some(*country);
        }
        let parts = parts(text);
        let mut found = None;
        let mut rest = &parts[..];
        while let [_, after @ ..] = rest {
            // The longest run first: "Pyongyang, Korea, Democratic People's Republic of".
            let run = (1..=rest.len()).rev().find_map(|length| {
                let country = TABLE.get(&key(&rest[..length].concat()))?;
                (length > 1 || !is_small_code(rest[0])).then_some((*country, length))
            });
            match (found, run) {
                (Some(earlier), Some((country, _))) if earlier != country => return None,
                (_, Some((country, length))) => {
                    found = Some(country);
                    rest = &rest[length..];
                }
                _ => rest = after,
            }
        }
        let northern = speaks_of_the_north(text);
        match found {
            None if northern || parts.iter().any(|part| begins_with_dprk(part)) => {
                Some(Country::DPRK)
            }
            Some(country) if northern && country != Country::DPRK => None,
            found => found,
        }
    }

    fn from_letters(text: &str) -> Option<Country> {
        let [a, b] = text.as_bytes() else { return None };
        let code = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
        code.iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Country { code })
    }
}

/// What stands between commas, brackets and the like.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let is_cut = |c: char| ",/|;()[]-–—:，、；（）：\n".contains(c);
    text.split(is_cut)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .take(12)
        .collect()
}

/// Whether any part is the name of a country: then a cell that names none by all of its words
/// names several.
fn names_any(text: &str) -> bool {
    let named = |part: &&str| TABLE.contains_key(&key(part)) && !is_small_code(part);
    parts(text).iter().any(named)
}

/// Whether a name of the DPRK stands before an address without a blank: 朝鲜平壤市.
fn begins_with_dprk(part: &str) -> bool {
    let names = Country::names_of_dprk().iter();
    names
        .filter(|name| name.chars().count() > 1 && name.chars().all(is_ideograph))
        .filter_map(|name| part.strip_prefix(name.as_str()))
        // 朝鲜族 are the Koreans of China.
        .any(|rest| !rest.starts_with('族'))
}

fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a part is rather a word than a code: "de" and "in" stand in many addresses.
fn is_small_code(part: &str) -> bool {
    part.chars().count() <= 3 && part.chars().any(char::is_lowercase)
}

/// Whether the words name the DPRK in the midst of others. "Korea" beside them is then no sign
/// of the Republic of Korea.
fn speaks_of_the_north(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .map(key)
        .collect();
    let north = [
        "north",
        "northern",
        "democratic",
        "dpr",
        "dem",
        "nord",
        "norte",
    ];
    let korea = words
        .iter()
        .any(|word| word.starts_with("kore") || word.starts_with("core"));
    words.iter().any(|word| word == "dprk")
        || (korea && words.iter().any(|word| north.contains(&word.as_str())))
}

/// A name in its comparable form: letters and digits in lower case, without accents.
pub(crate) fn key(name: &str) -> String {
    if name.is_ascii() {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    let letters = name.nfkd().filter(|c| c.is_alphanumeric());
    letters
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

impl FromStr for Country {
    type Err = Error;

    fn from_str(text: &str) -> Result<Country, Error> {
        Country::from_letters(text.trim())
            .filter(|country| TABLE.get(&key(country.as_str())) == Some(country))
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::Value,
                    format!(
                        "{text:?} is not a country; give its ISO 3166-1 code of two letters: KP"
                    ),
                )
            })
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.to_string()
    }
}

impl TryFrom<String> for Country {
    type Error = Error;

    fn try_from(text: String) -> Result<Country, Error> {
        text.parse()
    }
}

impl JsonSchema for Country {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Country".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{2}$" })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Country, key};

    fn code(text: &str) -> Option<String> {
        Country::recognise(text).map(|country| country.to_string())
    }

    #[test]
    fn the_two_koreas_are_never_mixed_up() {
        for north in [
            "KP",
            "kp",
            "PRK",
            "408",
            "DPRK",
            "D.P.R.K.",
            "DPR Korea",
            "North Korea",
            "N. Korea",
            "Korea DPR",
            "NORTH-KOREA",
            "Democratic People's Republic of Korea",
            "Democratic People’s Republic of Korea",
            "Korea (Democratic People's Rep.)",
            "Korea, Democratic People's Republic of",
            "Korea (North)",
            "朝鲜",
            "北朝鮮",
            "朝鮮",
            "朝鮮民主主義人民共和國",
            "북한",
            "조선",
            "조선민주주의인민공화국",
            "КНДР",
            "Северная Корея",
            "Nordkorea",
            "Corée du Nord",
            "Corea del Norte",
            "Coreia do Norte",
            "Triều Tiên",
            "Nampo DPRK",
            "Pyongyang, Korea, Democratic People's Republic of",
            "Nampo port (North Korea)",
            "Nampo, North Korea via Dandong",
            "Nampo, DPRK",
            "Pyongyang / North Korea",
            "KP - North Korea",
            "Korea, North",
            "Sinuiju (KP)",
            "Korea, Democratic People's Republic of",
            "Nampo",
            "Port of Nampho",
            "NAMPO PORT",
            "KPNAM",
            "KP NAM",
            "KP-CHO",
            "Rajin-Sonbong",
            "Nampo, Korea",
            "Chongjin Korea",
            "朝鲜平壤市",
            "朝鲜 南浦港",
            "新义州口岸",
            "罗先",
            "청진항",
            "Порт Вонсан",
            "Пхеньян, КНДР",
            "12 Sungri Street, Central District, Pyongyang",
        ] {
            assert_eq!(code(north).as_deref(), Some("KP"), "{north}");
        }
        for south in [
            "KR",
            "KOR",
            "410",
            "South Korea",
            "S. Korea",
            "Republic of Korea",
            "Korea, Republic of",
            "Korea (Rep.)",
            "ROK",
            "대한민국",
            "한국",
            "韩国",
            "南朝鲜",
            "韓国",
            "南韓",
            "Южная Корея",
            "Республика Корея",
            "Südkorea",
            "Corée du Sud",
            "Corea del Sur",
            "Coreia do Sul",
            "Hàn Quốc",
            "Busan, South Korea",
            "Korea, South",
            "Busan, Korea",
            "BUSAN KOREA",
            "KRPUS",
            "釜山港",
            "Seoul, Rep. of Korea",
        ] {
            assert_eq!(code(south).as_deref(), Some("KR"), "{south}");
        }
    }

    #[test]
    fn partners_codes_and_unknowns() {
        for (text, wanted) in [
            ("CN", "CN"),
            ("CHN", "CN"),
            ("中国", "CN"),
            ("P.R. China", "CN"),
            ("Dalian, China", "CN"),
            ("Россия", "RU"),
            ("Russian Federation", "RU"),
            ("Japan", "JP"),
            ("日本", "JP"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("Deutschland", "DE"),
            ("GERMANY", "DE"),
            ("DE", "DE"),
            ("UK", "GB"),
            ("Việt Nam", "VN"),
            ("Hong Kong", "HK"),
            ("CN (China)", "CN"),
            ("Côte d'Ivoire", "CI"),
            ("ZWE", "ZW"),
            ("Dandong", "CN"),
            ("Dandong, Liaoning", "CN"),
            ("珲春", "CN"),
            ("Khasan", "RU"),
            ("Tumen, Russia", "RU"),
        ] {
            assert_eq!(code(text).as_deref(), Some(wanted), "{text}");
        }
        for unknown in [
            "",
            "-",
            "somewhere",
            "XX",
            "CN/KP",
            "China or Korea DPR / Japan",
            "12345",
            "made in, de facto",
            "Korea",
            "KOREA",
            "Корея",
            "Kosong",
            "海州",
            "Nampo, South Korea",
            "Busan, DPRK",
            "延边朝鲜族自治州",
            "CN/KP, Dandong",
        ] {
            assert_eq!(code(unknown), None, "{unknown}");
        }
        for bad in ["XX", "KPN", "", "K", "朝", "12"] {
            assert!(bad.parse::<Country>().is_err(), "{bad}");
        }
    }

    #[test]
    fn every_name_stands_under_one_country() {
        let rows = super::rows();
        assert_eq!(rows.len(), 249);
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (code, names) in &rows {
            assert_eq!(
                names[0].len(),
                3,
                "{code}: the first name is the alpha-3 code"
            );
            for name in names.iter().chain([code]) {
                let earlier = seen.insert(key(name), code);
                assert!(
                    earlier.is_none_or(|other| other == code),
                    "{name}: {earlier:?}, {code}"
                );
            }
        }
    }
}
