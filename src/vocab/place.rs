//! Places that tell a country: ports, cities, border crossings.
//!
//! They are data (`data/lexicon/places.toml`), with the source of every code. The table is short on
//! purpose: it has the places of the DPRK, those of the Republic of Korea that "Korea" alone leaves
//! open, and the border places abroad. A place that isn't in it is unknown, never "elsewhere".

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::country::{Country, LONGEST, key, parts};
use crate::embedded::PLACES;

/// A place that is known by its name or its UN/LOCODE.
///
/// ```
/// use tidewaiter::vocab::{Country, KnownPlace};
/// let place = KnownPlace::recognise("Port of Namp'o").unwrap();
/// assert_eq!((place.name.as_str(), place.country), ("Nampo", Country::DPRK));
/// assert!(KnownPlace::recognise("Dandong").unwrap().border);
/// assert!(KnownPlace::recognise("Springfield").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownPlace {
    /// Its usual name in English.
    pub name: String,
    /// The country it is in.
    pub country: Country,
    /// Its UN/LOCODEs.
    #[serde(default)]
    pub locodes: Vec<String>,
    /// Its names, in any language.
    names: Vec<String>,
    /// Whether it is abroad, at the border with the DPRK.
    #[serde(default)]
    pub border: bool,
    /// Whether another country has a place of that name too: then it tells nothing.
    #[serde(default)]
    shared: bool,
    /// Where its names and codes come from.
    pub source: String,
    /// What nobody has checked.
    #[serde(default)]
    pub unverified: Vec<String>,
}

/// How a text speaks of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Way {
    /// The goods go there.
    To,
    /// The goods come from there.
    From,
    /// The goods pass it.
    Via,
}

/// What a goods text says of the DPRK or of its border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub way: Way,
    /// The bytes of the text, the cue included.
    pub span: Range<usize>,
    pub country: Country,
    pub place: Option<&'static KnownPlace>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    place: Vec<KnownPlace>,
    cues: BTreeMap<Way, Cues>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Cues {
    before: Vec<String>,
    touching_before: Vec<String>,
    touching_behind: Vec<String>,
}

struct Table {
    file: File,
    /// Names and codes that tell a country, by their key, with the number of their place.
    keys: HashMap<String, usize>,
    /// Words before a name in the goods text.
    before: HashMap<String, Way>,
    /// Names written without blanks, the longest first: text, country, place.
    touching: Vec<(String, Option<usize>)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = PLACES.read();
    let mut keys = HashMap::new();
    let mut touching = Vec::new();
    for (number, place) in file.place.iter().enumerate().filter(|(_, p)| !p.shared) {
        for name in place.names.iter().chain(&place.locodes) {
            keys.insert(key(name), number);
            if is_cjk(name) && (place.country == Country::DPRK || place.border) {
                touching.push((name.clone(), Some(number)));
            }
        }
    }
    // 조선 is the word for shipbuilding too.
    let names = Country::names_of_dprk().iter();
    let names = names.filter(|name| is_cjk(name) && *name != "조선");
    touching.extend(names.map(|name| (name.clone(), None)));
    touching.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let before = file.cues.iter().flat_map(|(way, cues)| {
        let words = cues.before.iter();
        words.map(|word| (key(word), *way))
    });
    Table {
        before: before.collect(),
        keys,
        touching,
        file,
    }
});

/// Words that stand beside the name of a place.
const BESIDE: [&str; 15] = [
    "port",
    "of",
    "the",
    "city",
    "harbour",
    "harbor",
    "seaport",
    "airport",
    "terminal",
    "station",
    "korea",
    "корея",
    "порт",
    "г",
    "hafen",
];
/// What is written behind the name of a place without a blank.
const BEHIND: [&str; 9] = ["港", "市", "口岸", "항", "시", "역", "站", "구", "区"];
/// How many words may stand between a cue and the name: "for delivery to our buyer in".
const BETWEEN: usize = 4;
/// The words of the longest name.
const LONGEST_NAME: usize = 8;
/// How much of a text is looked through.
const TEXT: usize = 20_000;

impl KnownPlace {
    /// The place that a cell of a manifest names, alone or in an address. Nothing where it names
    /// two in different countries, or where another country has a place of that name.
    #[must_use]
    pub fn recognise(text: &str) -> Option<&'static KnownPlace> {
        if text.len() > LONGEST {
            return None;
        }
        let table = &*TABLE;
        let whole = table.place(&key(text));
        let mut found: Option<&KnownPlace> = whole;
        for part in parts(text) {
            let place = table.whole(part).or_else(|| table.within(part));
            match (found, place) {
                (Some(earlier), Some(place)) if earlier.country != place.country => return None,
                // The DPRK's own places tell more than those at its border.
                (None, Some(place)) => found = Some(place),
                _ => {}
            }
        }
        found
    }
}

impl Table {
    fn place(&self, key: &str) -> Option<&KnownPlace> {
        self.keys.get(key).map(|number| &self.file.place[*number])
    }

    /// The place that a part names and nothing else.
    fn whole(&self, part: &str) -> Option<&KnownPlace> {
        if let Some(place) = self.place(&key(part)) {
            return Some(place);
        }
        if let Some(bare) = BEHIND.iter().find_map(|behind| part.strip_suffix(behind))
            && let Some(place) = self.place(&key(bare))
        {
            return Some(place);
        }
        let words = words(part).into_iter().map(|(_, word)| word);
        let telling: String = words.filter(|w| !BESIDE.contains(&w.as_str())).collect();
        self.place(&telling)
    }

    /// The place of the DPRK that an address names among other words.
    fn within(&self, part: &str) -> Option<&KnownPlace> {
        let names = self.touching.iter();
        let begins = |name: &str| part.starts_with(name) && name.chars().count() > 1;
        let mut touching = names.filter_map(|(name, number)| {
            let place = &self.file.place[(*number)?];
            (place.country == Country::DPRK && begins(name)).then_some(place)
        });
        touching.next().or_else(|| {
            let words = words(part);
            let runs = (0..words.len()).flat_map(|from| (1..=3).map(move |length| (from, length)));
            runs.filter_map(|(from, length)| words.get(from..from + length))
                .filter_map(|run| {
                    self.place(&run.iter().map(|(_, w)| w.as_str()).collect::<String>())
                })
                .find(|place| place.country == Country::DPRK)
        })
    }
}

/// What a goods text says of the DPRK, its places and its border: "transit via Nampo", "for
/// DPRK", 运往朝鲜. Names without such a cue are left alone: they stand in the names of goods.
pub(crate) fn said_in(text: &str) -> Vec<Said> {
    let text = &text[..text.floor_char_boundary(TEXT)];
    let mut all = said_in_words(text);
    if text.chars().any(is_cjk_char) {
        all.extend(said_in_runs(text));
    }
    all.sort_by_key(|said| (said.span.start, said.span.end));
    all.dedup_by(|second, first| second.span.start < first.span.end);
    all
}

fn said_in_words(text: &str) -> Vec<Said> {
    let words = words(text);
    let mut all = Vec::new();
    for (at, (cue, word)) in words.iter().enumerate() {
        let Some(way) = TABLE.before.get(word) else {
            continue;
        };
        // The cue that stands nearest to the name tells the way.
        let is_cue = |from: &usize| {
            words
                .get(*from)
                .is_some_and(|(_, w)| TABLE.before.contains_key(w))
        };
        let mut further = (at + 1..=at + 1 + BETWEEN).take_while(|from| !is_cue(from));
        let named = further.find_map(|from| {
            let run = |length: usize| words.get(from..from + length);
            (1..=LONGEST_NAME).rev().filter_map(run).find_map(|run| {
                let name: String = run.iter().map(|(_, word)| word.as_str()).collect();
                // Two and three letters stand for many things in the names of goods.
                let place = TABLE
                    .place(&name)
                    .filter(|p| p.border || p.country == Country::DPRK);
                let country = Country::named(&name).or(place.map(|p| p.country))?;
                let end = run.last()?.0.end;
                (name.chars().count() > 3).then_some((country, place, end))
            })
        });
        if let Some((country, place, end)) = named
            && (country == Country::DPRK || place.is_some())
        {
            all.push(Said {
                way: *way,
                span: cue.start..end,
                country,
                place,
            });
        }
    }
    all
}

fn said_in_runs(text: &str) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    for (name, number) in &TABLE.touching {
        let place = number.map(|number| &TABLE.file.place[number]);
        for (start, _) in text.match_indices(name.as_str()) {
            let end = start + name.len();
            if all
                .iter()
                .any(|said| said.span.start <= start && end <= said.span.end)
            {
                continue;
            }
            let is_between = |c: char| c.is_whitespace() || ":：".contains(c);
            let head = text[..start].trim_end_matches(is_between);
            let tail = BEHIND
                .iter()
                .find_map(|behind| text[end..].strip_prefix(behind))
                .unwrap_or(&text[end..]);
            let tail = tail.trim_start();
            let found = TABLE.file.cues.iter().find_map(|(way, cues)| {
                let before = cues.touching_before.iter().find(|cue| head.ends_with(*cue));
                let behind = cues
                    .touching_behind
                    .iter()
                    .find(|cue| tail.starts_with(*cue));
                let span = match (before, behind) {
                    (Some(cue), _) => head.len() - cue.len()..end,
                    (None, Some(cue)) => start..text.len() - tail.len() + cue.len(),
                    (None, None) => return None,
                };
                Some((*way, span))
            });
            if let Some((way, span)) = found {
                all.push(Said {
                    way,
                    span,
                    country: place.map_or(Country::DPRK, |place| place.country),
                    place,
                });
            }
        }
    }
    all
}

/// The words of a text with their bytes, in their comparable form.
fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_word(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = key(&text[from..at]);
                if !word.is_empty() {
                    all.push((from..at, word));
                }
                start = None;
            }
            _ => {}
        }
    }
    all
}

fn is_cjk(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_cjk_char)
}

fn is_cjk_char(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn said(text: &str) -> Vec<(Way, String, String)> {
        let all = said_in(text).into_iter();
        all.map(|s| (s.way, text[s.span].to_owned(), s.country.to_string()))
            .collect()
    }

    #[test]
    fn a_name_or_code_tells_one_country_only() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for place in &TABLE.file.place {
            assert!(!place.source.is_empty(), "{}", place.name);
            for name in place.names.iter().chain(&place.locodes) {
                let other = seen.insert(key(name), &place.name);
                assert!(
                    other.is_none_or(|other| other == place.name),
                    "{name}: {other:?}"
                );
                assert_eq!(Country::named(&key(name)), None, "{name} is a country's");
            }
            for code in &place.locodes {
                assert!(code.len() == 5 && code.starts_with(place.country.as_str()));
            }
        }
        assert!(seen.len() > 250, "{}", seen.len());
    }

    #[test]
    fn ports_are_known_by_their_spellings_and_codes() {
        for (name, cells) in [
            (
                "Nampo",
                "Nampo|NAMPHO|Namp'o|Nam Po|Chinnampo|KPNAM|南浦|南浦港|남포항|Нампхо",
            ),
            (
                "Rajin, Rason, Sonbong",
                "Rajin|Najin|Rason|Rajin-Sonbong|Rasŏn|罗先|羅津港|라진|Раджин",
            ),
            (
                "Chongjin",
                "Chongjin|Ch'ongjin|Port of Chongjin|清津|청진|Чхонджин|KPCHO",
            ),
            ("Sinuiju", "Sinuiju|Sinŭiju|新义州|新義州市|신의주|Синыйджу"),
            (
                "Pyongyang",
                "Pyongyang|P'yŏngyang|Pjöngjang|平壤|평양시|Пхеньян|KPFNJ",
            ),
            (
                "Kimchaek, formerly Songjin",
                "Kimchaek|Songjin|Kim Chaek|金策|김책",
            ),
            ("Haeju", "Haeju|HAEJU PORT|해주"),
            ("Hungnam", "Hungnam|Hŭngnam|兴南港|흥남"),
        ] {
            for cell in cells.split('|') {
                let found = KnownPlace::recognise(cell).map(|place| place.name.as_str());
                assert_eq!(found, Some(name), "{cell}");
            }
        }
        for cell in [
            "",
            "Naples",
            "Kosong",
            "海州",
            "Nampo / Busan",
            "KPXYZ",
            "Kpeme",
        ] {
            assert_eq!(KnownPlace::recognise(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_text_says_where_goods_go_only_with_a_cue() {
        for (text, way, part) in [
            ("PUMPS, TRANSIT VIA NAMPO", Way::Via, "VIA NAMPO"),
            ("SPARE PARTS FOR DPRK", Way::To, "FOR DPRK"),
            (
                "valves for delivery to North Korea",
                Way::To,
                "to North Korea",
            ),
            ("Ersatzteile für Nordkorea", Way::To, "für Nordkorea"),
            ("Насосы для КНДР", Way::To, "для КНДР"),
            ("水泵 运往朝鲜", Way::To, "运往朝鲜"),
            ("水泵 经由 新义州口岸", Way::Via, "经由 新义州"),
            ("펌프 북한행", Way::To, "북한행"),
            ("ポンプ 北朝鮮向け", Way::To, "北朝鮮向け"),
            ("coal from the DPRK", Way::From, "from the DPRK"),
            ("朝鲜产煤", Way::From, "朝鲜产"),
        ] {
            let expected = vec![(way, part.to_owned(), "KP".to_owned())];
            assert_eq!(said(text), expected, "{text}");
        }
        assert_eq!(said("PUMPS VIA DANDONG")[0].2, "CN");
        for text in [
            "朝鲜蓟罐头",
            "조선용 강판",
            "KOREAN GINSENG FOR KOREA",
            "PUMP FOR KP SERIES",
            "NORTH KOREA STAMPS CATALOGUE",
            "FOR SOUTH KOREA",
            "to Republic of Korea",
            "",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }
}
