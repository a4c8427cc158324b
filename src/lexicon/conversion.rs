//! Sizes and strengths that stand for a figure of another dimension.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::table::{ConversionSource, ImpliedSource};
use super::unit::Units;
use crate::error::Result;
use crate::vocab::Number;

/// How far the figures of a table were compared with their source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// They were compared with a copy of it.
    Verified,
    /// They were computed from such figures.
    Derived,
    /// They were written from memory.
    #[default]
    Unverified,
}

/// A table from one dimension to another.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// Dimension of the stated figure.
    pub from: String,
    /// Dimension of what it stands for.
    pub to: String,
    /// The concept that the table is for; none: all goods.
    pub substance: Option<String>,
    /// Where the table comes from.
    pub source: String,
    /// Whether anybody compared it with that.
    pub status: Status,
    /// With which copy, or what is from memory.
    pub checked: String,
    between: bool,
    /// Stated value, lowest and highest value it stands for, in base units.
    points: Vec<(Number, Number, Number)>,
}

/// A figure that a concept implies.
#[derive(Clone, Debug)]
pub struct Implied {
    /// The concept.
    pub concept: String,
    /// The role of the figure.
    pub role: String,
    /// Its least value, in the base unit, where the table says one.
    pub low: Option<Number>,
    /// Its greatest value, in the base unit, where the table says one.
    pub high: Option<Number>,
    /// The figure as the table writes it.
    pub written: String,
    /// Where the fact comes from.
    pub source: String,
    /// Whether anybody compared it with that.
    pub status: Status,
}

pub(super) fn build(
    conversions: Vec<ConversionSource>,
    implied: Vec<ImpliedSource>,
    units: &Units,
) -> Result<(Vec<Conversion>, Vec<Implied>)> {
    let value = |text: &str| -> Result<Number> {
        let (number, unit) = units.parse_value(text)?;
        Ok(unit.to_base(&number))
    };
    let mut tables = Vec::new();
    for row in conversions {
        let mut points = Vec::new();
        for point in &row.points {
            let stated: Number = point.first().map_or("", String::as_str).parse()?;
            let low = value(point.get(1).map_or("", String::as_str))?;
            let high = point.get(2).map_or(Ok(low.clone()), |text| value(text))?;
            points.push((stated, low, high));
        }
        tables.push(Conversion {
            from: row.from,
            to: row.to,
            substance: row.substance,
            source: row.source,
            status: row.status,
            checked: row.checked,
            between: row.between,
            points,
        });
    }
    let implied = implied.into_iter().map(|row| {
        let bound = |text: &Option<String>| text.as_deref().map(value).transpose();
        let words = [("at least", &row.at_least), ("at most", &row.at_most)];
        let words = words.into_iter().filter_map(|(word, text)| {
            let text = text.as_ref()?;
            Some(format!("{word} {text}"))
        });
        Ok(Implied {
            low: bound(&row.at_least)?,
            high: bound(&row.at_most)?,
            written: words.collect::<Vec<_>>().join(", "),
            concept: row.concept,
            role: row.role,
            source: row.source,
            status: row.status,
        })
    });
    Ok((tables, implied.collect::<Result<_>>()?))
}

impl Conversion {
    /// The least and the greatest value that a stated value stands for.
    #[must_use]
    pub fn apply(&self, stated: &Number) -> Option<(Number, Number)> {
        if let Some((_, low, high)) = self.points.iter().find(|(value, ..)| value == stated) {
            return Some((low.clone(), high.clone()));
        }
        let after = self.points.iter().position(|(value, ..)| value > stated)?;
        let (before, after) = (self.points.get(after.checked_sub(1)?)?, &self.points[after]);
        self.between.then(|| (before.1.clone(), after.2.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn table(from: &str, substance: Option<&str>) -> &'static Conversion {
        let mut tables = Lexicon::embedded().conversions().iter();
        tables
            .find(|t| t.from == from && t.substance.as_deref() == substance)
            .expect(from)
    }

    /// What a stated value stands for, in a unit.
    fn shown(table: &Conversion, stated: &str, unit: &str) -> Option<(String, String)> {
        let unit = Lexicon::embedded().units().by_id(unit).expect(unit);
        let (low, high) = table.apply(&stated.parse().expect("a number"))?;
        Some((
            unit.from_base(&low).to_string(),
            unit.from_base(&high).to_string(),
        ))
    }

    #[test]
    fn figures_of_the_tables() {
        let acid = Some("nitric-acid");
        let monel = Some("monel");
        let austenitic = Some("austenitic-stainless");
        for (from, substance, stated, unit, low, high) in [
            ("nominal-size", None, "200", "in", "8", "8"),
            ("nominal-size", None, "63", "in", "2", "2.5"),
            ("nominal-size", None, "300", "in", "12", "12"),
            ("pressure-class", monel, "600", "psi", "1200", "1200"),
            ("pressure-class", austenitic, "300", "psi", "600", "720"),
            ("pressure-class", austenitic, "600", "psi", "1200", "1440"),
            ("pressure-class", None, "150", "psi", "230", "290"),
            ("jis-class", None, "20", "MPa", "2", "3.4"),
            ("jis-class", None, "30", "MPa", "3.5", "5.1"),
            ("amount-concentration", acid, "3.539", "%", "20", "20"),
            ("amount-concentration", acid, "2", "%", "11", "12"),
            ("mass-concentration", acid, "223", "%", "20", "20"),
            ("density", acid, "1.115", "%", "20", "20"),
            ("density", acid, "1.4", "%", "52", "68"),
            ("baume", acid, "15", "%", "19.4", "19.9"),
            ("baume", acid, "42", "%", "66", "68"),
            ("power-level", None, "20", "mW", "100", "100"),
        ] {
            let found = shown(table(from, substance), stated, unit);
            let expected = Some((low.to_owned(), high.to_owned()));
            assert_eq!(found, expected, "{from} {stated}");
        }
        assert_eq!(shown(table("jis-class", None), "40", "MPa"), None);
        assert_eq!(shown(table("pressure-class", None), "350", "psi"), None);
    }

    #[test]
    fn points_rise_and_the_special_table_stands_first() {
        let tables = Lexicon::embedded().conversions();
        for (at, table) in tables.iter().enumerate() {
            for pair in table.points.windows(2) {
                assert!(pair[0].0 < pair[1].0, "{}: {}", table.from, pair[1].0);
                assert!(pair[0].1 <= pair[1].1 && pair[0].2 <= pair[1].2 || !table.between);
            }
            assert!(table.points.iter().all(|(_, low, high)| low <= high));
            let general_before = tables[..at].iter().any(|earlier| {
                (&earlier.from, &earlier.to) == (&table.from, &table.to)
                    && earlier.substance.is_none()
            });
            assert!(!general_before, "{} is never looked at", table.from);
            assert!(!table.checked.is_empty());
        }
    }
}
