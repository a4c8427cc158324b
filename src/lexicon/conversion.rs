//! Sizes and strengths that stand for a figure of another dimension.

use serde::Deserialize;

use super::unit::Units;
use crate::error::Result;
use crate::vocab::Number;

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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    conversion: Vec<Row>,
    implied: Vec<ImpliedRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    from: String,
    to: String,
    between: bool,
    substance: Option<String>,
    source: String,
    points: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImpliedRow {
    concept: String,
    role: String,
    at_least: Option<String>,
    at_most: Option<String>,
    source: String,
}

pub(super) fn parse(
    name: &str,
    text: &str,
    units: &Units,
) -> Result<(Vec<Conversion>, Vec<Implied>)> {
    let table: Table = super::parse_toml(name, text)?;
    let value = |text: &str| -> Result<Number> {
        let (number, unit) = units.parse_value(text)?;
        Ok(unit.to_base(&number))
    };
    let mut conversions = Vec::new();
    for row in table.conversion {
        let mut points = Vec::new();
        for point in &row.points {
            let stated: Number = point.first().map_or("", String::as_str).parse()?;
            let low = value(point.get(1).map_or("", String::as_str))?;
            let high = point.get(2).map_or(Ok(low.clone()), |text| value(text))?;
            points.push((stated, low, high));
        }
        conversions.push(Conversion {
            from: row.from,
            to: row.to,
            substance: row.substance,
            source: row.source,
            between: row.between,
            points,
        });
    }
    let implied = table.implied.into_iter().map(|row| {
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
        })
    });
    Ok((conversions, implied.collect::<Result<_>>()?))
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
