//! Figures behind their unit: nominal sizes, pressure ratings, classes, schedules.

use super::is_unspaced;
use super::link::{Link, read_link};
use super::number::{Grammar, read_with};
use super::quantity::Quantity;
use super::reader::{MOST_FIGURES, Reader};
use crate::lexicon::{Near, Unit};

impl Reader<'_> {
    /// `DN 200`, `PN40`, `Class 600`, `SCH 80S`.
    pub fn behind_its_unit(&mut self, at: usize) -> Option<usize> {
        let grammar = Grammar {
            blank_groups: false,
            slash: false,
            bare_power: false,
            ..self.grammar
        };
        let with_fraction = Grammar {
            slash: true,
            ..grammar
        };
        let before = self.line[..at].trim_end_matches([' ', '.', ':', '=', '-']);
        let near = Near::new(self.line, at);
        let mut figure = read_with(&self.line[at..], grammar)?;
        let (unit, length) = self.units.prefix_of(&figure.value, before, &near)?;
        let start = before.len() - length;
        if start < self.end() {
            return None;
        }
        if unit.dimension == "length" {
            figure = read_with(&self.line[at..], with_fraction)?;
        }
        let mut end = at + figure.length;
        let own = self
            .units
            .suffix_of(&figure.value, &self.line[end..], &near);
        let mut q = Quantity::exact((start, end), unit, unit.to_base(&figure.value));
        q.other = figure.other.map(|other| unit.to_base(&other));
        match own {
            // `PN 4.0 MPa`, `DN 8"`: the unit behind is the one that counts.
            Some((own, length))
                if (unit.dimension == "pressure" && own.dimension == "pressure")
                    || (unit.dimension == "nominal-size" && own.id == "in") =>
            {
                end += length;
                let role = q.role.take();
                q = Quantity::exact((start, end), own, own.to_base(&figure.value));
                q.role = role;
            }
            // `DN200mm`, `CL300#`, `NPS 8"`: it says nothing new.
            Some((own, length))
                if own.dimension == unit.dimension
                    || (unit.dimension == "nominal-size" && own.id == "mm")
                    || (unit.dimension == "length" && own.id == "in") =>
            {
                end += length;
            }
            // Chinese nominal pressures are in MPa: `PN1.6`.
            None if unit.id == "PN" && self.line[at..end].contains('.') => {
                let mega = self.units.by_id("MPa");
                q.other = mega.map(|mega| mega.to_base(&figure.value));
            }
            _ => {}
        }
        if unit.dimension == "pipe-schedule" && self.line[end..].starts_with('s') {
            end += 1;
        }
        q.end = end;
        q.chain = self.chain;
        self.chain += 1;
        let exact = q.other.is_none();
        self.bound(&mut q);
        self.found.push(q);
        if exact {
            end = self.more_behind_the_unit(unit, grammar, end);
        }
        Some(end)
    }

    /// The rest of `DN50/80/100` and `DN15-100`.
    fn more_behind_the_unit(&mut self, unit: &Unit, grammar: Grammar, mut end: usize) -> usize {
        for _ in 1..MOST_FIGURES {
            let Some(joined) = read_link(&self.line[end..], self.units) else {
                break;
            };
            let start = end + joined.length;
            let Some(figure) = read_with(&self.line[start..], grammar) else {
                break;
            };
            let stop = start + figure.length;
            let near = Near::new(self.line, start);
            let behind = &self.line[stop..];
            let other_unit = self
                .units
                .suffix_of(&figure.value, behind, &near)
                .is_some_and(|(own, _)| own.id != "mm" && own.dimension != unit.dimension);
            let glued = behind.starts_with(|c: char| c.is_alphabetic() && !is_unspaced(c));
            if !unit.allows(&figure.value) || (glued && !behind.starts_with("mm")) || other_unit {
                break;
            }
            let value = unit.to_base(&figure.value);
            let Some(last) = self.found.last_mut() else {
                break;
            };
            match joined.link {
                Link::Alternative => {
                    let mut q = Quantity::exact((start, stop), unit, unit.to_base(&figure.value));
                    q.chain = last.chain;
                    self.found.push(q);
                }
                Link::Range if last.is_exact() && last.low.as_ref() < Some(&value) => {
                    last.reach(value);
                    last.end = stop;
                }
                _ => break,
            }
            end = stop;
        }
        end
    }
}
