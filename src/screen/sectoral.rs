//! Is the shipment under a ban of whole chapters and headings?
//!
//! A third answer beside the goods and the measures of item lists, and a measure of its own: here
//! the declared code is the criterion, and the words decide nothing. Since a chapter is half of
//! all trade, it is judged only where the shipment goes to a country of the ban, comes from one,
//! or names one. Where the country simply isn't known, the code is counted and no more: one
//! line of the summary, not one finding for every machine.

use schemars::JsonSchema;
use serde::Serialize;

use super::finding::Finding;
use super::measure::{
    Circumstances, Condition, Direction, Question, bound_by, country_and_bound, in_force,
};
use super::route::{Place, Route};
use crate::list::{
    Act, CitationStatus, CodeAnswer, CodeList, CodeMeasure, CodeRow, CodeSystem, Order,
};
use crate::logic::Truth;
use crate::manifest::GoodsItem;
use crate::vocab::{Country, HsCode};

/// The answer of the code lists on one goods item: the strongest that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectoralAnswer {
    /// No ban by code: the code is under none, or none is in force for this shipment.
    DoesNotApply,
    /// The code is under a ban, but nothing tells whether the shipment concerns its country.
    CountryNotKnown,
    /// The shipment concerns the country of a ban and declares no code.
    NoCode,
    /// A fact is missing.
    MayApply,
    /// A ban applies.
    Applies,
}

impl SectoralAnswer {
    /// The words used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            SectoralAnswer::DoesNotApply => "does-not-apply",
            SectoralAnswer::CountryNotKnown => "country-not-known",
            SectoralAnswer::NoCode => "no-code",
            SectoralAnswer::MayApply => "may-apply",
            SectoralAnswer::Applies => "applies",
        }
    }
}

/// What the code lists say of one goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sectoral {
    /// The strongest answer.
    pub answer: SectoralAnswer,
    /// The bans whose codes the declared one is under, or may be, in the order of the lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bans: Vec<SectoralBan>,
    /// Whether the words of the goods agree with the declared code; they never decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// One ban by code and one goods item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectoralBan {
    /// The code list's id.
    pub list: String,
    /// The measure's id.
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Which way.
    pub direction: Direction,
    /// Whether any act applies.
    pub applies: Truth,
    /// The code of the ban.
    pub row: BanCode,
    /// The acts that order it, each with its conditions.
    pub acts: Vec<SectoralAct>,
    /// The facts to ask for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Exceptions, remarks, what nobody has checked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// The code of a ban that the declared code is under, or may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BanCode {
    /// The declared code, as written.
    pub declared: String,
    /// The code of the ban; of a range, the first.
    pub code: String,
    /// The last code of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whose code it is.
    pub system: CodeSystem,
    /// The goods it covers, in our own words.
    pub goods: String,
    /// Whether only a part of the code is covered.
    pub part: bool,
    /// Whether the declared code is under it.
    pub truth: Truth,
    /// Why.
    pub why: String,
}

/// One act of a ban by code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectoralAct {
    /// The instrument's id.
    pub instrument: String,
    /// Its symbol.
    pub symbol: String,
    /// The article, annex or paragraph.
    pub item: String,
    /// How sure it is that this act orders the ban.
    pub status: CitationStatus,
    /// The answer: the code and all of the conditions.
    pub applies: Truth,
    /// The conditions beside the code.
    pub conditions: Vec<Condition>,
}

impl SectoralAct {
    /// Why it applies (all conditions), doesn't (those that fail) or is undetermined (those that
    /// are open).
    #[must_use]
    pub fn why(&self) -> String {
        let telling = self.conditions.iter().filter(|c| c.truth == self.applies);
        let mut whys: Vec<&str> = telling.map(|c| c.why.as_str()).collect();
        if whys.is_empty() {
            whys.push("the code leaves it open");
        }
        whys.join(", ")
    }
}

/// Judges a goods item against code lists; nothing without code lists. `contrary` is a finding on
/// the words that the declared code doesn't fit: it is told, and decides nothing.
///
/// ```
/// use tidewaiter::screen::{Circumstances, SectoralAnswer, sectoral};
/// use tidewaiter::{GoodsItem, list};
/// let known = Circumstances::on("2020-01-01".parse()?);
/// let answer = |item: GoodsItem| {
///     sectoral(list::embedded_code_lists(), &item, None, &known).unwrap().answer
/// };
/// let pump = GoodsItem::new("CENTRIFUGAL PUMP").with_hs("8413.70");
/// assert_eq!(answer(pump.clone().with_destination("KP")), SectoralAnswer::Applies);
/// let german = GoodsItem { origin: Some("DE".into()), ..pump.clone() };
/// assert_eq!(answer(german.with_destination("FR")), SectoralAnswer::DoesNotApply);
/// assert_eq!(answer(pump), SectoralAnswer::CountryNotKnown);
/// # Ok::<(), tidewaiter::Error>(())
/// ```
#[must_use]
pub fn sectoral(
    lists: &[CodeList],
    item: &GoodsItem,
    contrary: Option<&Finding>,
    known: &Circumstances,
) -> Option<Sectoral> {
    if lists.is_empty() {
        return None;
    }
    let route = Route::read(item, known.destination);
    let code = item
        .hs
        .as_deref()
        .and_then(|text| text.parse::<HsCode>().ok());
    let mut answer = SectoralAnswer::DoesNotApply;
    let mut bans = Vec::new();
    for list in lists {
        for measure in &list.measures {
            let shipment = Shipment {
                list,
                route: &route,
                known,
                declared: item.hs.as_deref().unwrap_or_default(),
            };
            let row = code.as_ref().map(|code| shipment.row(measure, code));
            if let Some(None) = row {
                continue;
            }
            let concerns = shipment.concerns(measure);
            let Some(Some((row, met))) = row else {
                if concerns == Concern::Named {
                    answer = answer.max(SectoralAnswer::NoCode);
                }
                continue;
            };
            if concerns == Concern::Elsewhere {
                continue;
            }
            if concerns == Concern::NotKnown {
                answer = answer.max(SectoralAnswer::CountryNotKnown);
                continue;
            }
            let ban = shipment.ban(measure, row, met);
            answer = answer.max(match ban.applies {
                Truth::True => SectoralAnswer::Applies,
                Truth::Unknown => SectoralAnswer::MayApply,
                Truth::False => SectoralAnswer::DoesNotApply,
            });
            bans.push(ban);
        }
    }
    let words = code.filter(|_| !bans.is_empty());
    Some(Sectoral {
        answer,
        words: words.and_then(|code| words_on(&code, item, &bans, contrary)),
        bans,
    })
}

/// Whether a shipment concerns the country of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Concern {
    Elsewhere,
    /// Nothing stated tells.
    NotKnown,
    /// It goes there or comes from there, or something stated names it.
    Named,
}

struct Shipment<'a> {
    list: &'a CodeList,
    route: &'a Route,
    known: &'a Circumstances,
    declared: &'a str,
}

impl Shipment<'_> {
    fn concerns(&self, measure: &CodeMeasure) -> Concern {
        let mut concern = Concern::Elsewhere;
        for act in &measure.acts {
            let Some(instrument) = self.list.instrument(&act.instrument) else {
                continue;
            };
            let targets = &instrument.destinations;
            let (truth, _) = match measure.direction {
                Direction::Export => self.route.goes_to(targets),
                Direction::Import => self.route.comes_from(targets),
            };
            match truth {
                Truth::False => {}
                Truth::Unknown if !self.route.names(targets) => concern = Concern::NotKnown,
                Truth::True | Truth::Unknown => return Concern::Named,
            }
        }
        concern
    }

    /// The row that the code is under most plainly: the truest, then the longest.
    fn row<'m>(
        &self,
        measure: &'m CodeMeasure,
        code: &HsCode,
    ) -> Option<(&'m CodeRow, CodeAnswer)> {
        let tariff = self.tariff(measure.direction);
        let tariff = tariff.as_deref();
        let rows = measure.rows.iter();
        rows.filter(|row| row.holds_code(code, tariff) != Truth::False)
            .map(|row| (row, row.covers(code, tariff)))
            .max_by_key(|(row, answer)| {
                (
                    answer.truth,
                    !row.part,
                    std::cmp::Reverse(row.system.digits()),
                )
            })
    }

    /// Whose tariff the declared code is of: that of the country where it is declared.
    fn tariff(&self, direction: Direction) -> Option<String> {
        let country: Country = match (direction, self.route.destination()) {
            (Direction::Export, _) => self.known.exporter?,
            (Direction::Import, Place::Known(country)) => *country,
            (Direction::Import, _) => return None,
        };
        Some(match bound_by("EU", Some(country)) {
            Truth::True => "EU".to_owned(),
            _ => country.to_string(),
        })
    }

    fn ban(&self, measure: &CodeMeasure, row: &CodeRow, met: CodeAnswer) -> SectoralBan {
        let acts: Vec<SectoralAct> = measure
            .acts
            .iter()
            .filter_map(|act| self.act(measure, row, met.truth, act))
            .collect();
        let applies = Truth::any(acts.iter().map(|act| act.applies));
        let mut missing: Vec<String> = Vec::new();
        if applies == Truth::Unknown {
            missing.extend(met.ask.clone());
            if row.part {
                let ask = format!(
                    "say whether the goods are {}: {} is banned",
                    row.goods,
                    row.name()
                );
                missing.push(ask);
            }
            missing.extend(
                measure
                    .only
                    .iter()
                    .map(|only| format!("say whether it holds: {only}")),
            );
        }
        let exceptions = measure
            .exceptions
            .iter()
            .map(|text| format!("exception: {text}"));
        let unverified = measure
            .unverified
            .iter()
            .map(|text| format!("not verified: {text}"));
        let notes = row.note.iter().chain(&measure.notes).cloned();
        SectoralBan {
            list: self.list.head.id.clone(),
            measure: measure.id.clone(),
            title: measure.title.clone(),
            direction: measure.direction,
            applies,
            row: BanCode {
                declared: self.declared.to_owned(),
                code: row.code.clone(),
                to: row.to.clone(),
                system: row.system,
                goods: row.goods.clone(),
                part: row.part,
                truth: met.truth,
                why: met.why,
            },
            acts,
            missing,
            notes: exceptions.chain(notes).chain(unverified).collect(),
        }
    }

    fn act(
        &self,
        measure: &CodeMeasure,
        row: &CodeRow,
        code: Truth,
        act: &Act,
    ) -> Option<SectoralAct> {
        let instrument = self.list.instrument(&act.instrument)?;
        let mut conditions = vec![ordered(measure, row, act)];
        conditions.extend(country_and_bound(
            instrument,
            measure.direction,
            self.route,
            self.known.exporter,
        ));
        conditions.push(self.begun(in_force(instrument, self.known.as_of), row, act));
        let all = conditions.iter().map(|condition| condition.truth);
        Some(SectoralAct {
            instrument: instrument.id.clone(),
            symbol: instrument.symbol.clone(),
            item: act.item.clone(),
            status: act.status,
            applies: Truth::all(all.chain([code])),
            conditions,
        })
    }

    /// Whether the act had begun for this row on the decisive date.
    fn begun(&self, in_force: Condition, row: &CodeRow, act: &Act) -> Condition {
        let since = row.since.get(&act.instrument).unwrap_or(&act.since);
        let begun = since.begun_on(self.known.as_of);
        let (truth, why) = match (begun, &act.earlier) {
            (Truth::False, Some(earlier)) => (
                Truth::Unknown,
                format!("before {since} an older act may have banned it: {earlier}"),
            ),
            (Truth::False, None) => (Truth::False, format!("applies only since {since}")),
            (Truth::Unknown, _) => (
                Truth::Unknown,
                format!("began in {since}, the day is not known"),
            ),
            (Truth::True, _) if in_force.truth == Truth::False => (in_force.truth, in_force.why),
            (Truth::True, _) => (Truth::True, format!("since {since}")),
        };
        Condition {
            question: Question::InForce,
            truth,
            why,
        }
    }
}

/// What the act orders: what stays open after the code, however well it is known.
fn ordered(measure: &CodeMeasure, row: &CodeRow, act: &Act) -> Condition {
    let direction = measure.direction.as_str();
    let (truth, why) = match act.order {
        Order::Ceiling => (
            Truth::Unknown,
            "a ceiling for all deliveries together, no ban of one".to_owned(),
        ),
        Order::Other => (
            Truth::Unknown,
            "what it orders is not known to this version".to_owned(),
        ),
        Order::Ban if act.status == CitationStatus::Open => (
            Truth::Unknown,
            "that this act orders the ban is not confirmed".to_owned(),
        ),
        Order::Ban if measure.only.is_some() => (
            Truth::Unknown,
            format!("{direction} is banned under a condition that no code tells"),
        ),
        Order::Ban if row.part => (
            Truth::Unknown,
            format!("{direction} of a part of the code is banned: {}", row.goods),
        ),
        Order::Ban => (Truth::True, format!("{direction} is banned")),
    };
    Condition {
        question: Question::Measure,
        truth,
        why,
    }
}

/// Whether the words of the goods agree with the declared code, or speak of other goods.
fn words_on(
    code: &HsCode,
    item: &GoodsItem,
    bans: &[SectoralBan],
    contrary: Option<&Finding>,
) -> Option<String> {
    let said = stems(&item.description);
    let agree = bans.iter().find_map(|ban| {
        let goods = stems(&ban.row.goods);
        let stem = goods.into_iter().find(|stem| said.contains(stem))?;
        Some(format!("the goods text agrees: it says “{stem}…” too"))
    });
    let contrary = contrary.map(|finding| {
        format!(
            "the goods text speaks of {} ({}), and {code} is no usual code of that: check which is \
             wrong",
            finding.goods, finding.entry
        )
    });
    contrary.or(agree)
}

/// The beginnings of the longer words: enough to know "pumps" in "PUMP".
fn stems(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words
        .filter(|word| word.chars().count() > 4)
        .take(200)
        .map(|word| word.to_lowercase().chars().take(5).collect())
        .filter(|stem: &String| !["other", "parts", "artic", "above", "under"].contains(&&**stem))
        .collect()
}
