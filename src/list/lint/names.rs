//! What a file may refer to: concepts, roles, units.

use std::collections::{BTreeMap, BTreeSet};

use super::{LintCode, Run};
use crate::lexicon::Lexicon;
use crate::list::tree::{Node, Text};
use crate::vocab::Number;

/// Ids that are known, and what is known of them.
#[derive(Default)]
pub(super) struct Names {
    /// Concept to its kind.
    concepts: BTreeMap<String, String>,
    /// Role to its dimension.
    roles: BTreeMap<String, String>,
    /// Unit to its dimension.
    units: BTreeMap<String, String>,
    /// Units by dimension, in the order of the table.
    dimensions: BTreeMap<String, Vec<String>>,
    /// Concepts of the lexicon beneath a list.
    taken: BTreeSet<String>,
}

impl Names {
    /// The lexicon's names and the list's own.
    pub fn of_list(lexicon: &Lexicon, run: &Run) -> Names {
        let mut names = Names::default();
        for concept in lexicon.concepts() {
            names.taken.insert(concept.id.clone());
            names
                .concepts
                .insert(concept.id.clone(), concept.kind.as_str().to_owned());
        }
        for role in lexicon.roles() {
            names.roles.insert(role.id.clone(), role.dimension.clone());
        }
        for unit in lexicon.units().iter() {
            names.unit(&unit.id, &unit.dimension);
        }
        names.defined(run);
        names
    }

    /// The names that the files of a lexicon define.
    pub fn of_lexicon(run: &Run) -> Names {
        let mut names = Names::default();
        names.defined(run);
        names
    }

    /// Takes up what the files define.
    fn defined(&mut self, run: &Run) {
        self.own(&run.tables("concept"));
        for (_, role) in run.tables("role") {
            if let (Some(id), Some(dimension)) = (role.text("id"), role.text("dimension")) {
                self.roles.insert(id.value.into(), dimension.value.into());
            }
        }
        for (_, unit) in run.tables("unit") {
            if let (Some(id), Some(dimension)) = (unit.text("id"), unit.text("dimension")) {
                self.unit(id.value, dimension.value);
            }
        }
    }

    fn own(&mut self, concepts: &[(usize, Node)]) {
        for (_, concept) in concepts {
            if let (Some(id), Some(kind)) = (concept.text("id"), concept.text("kind")) {
                self.concepts.insert(id.value.into(), kind.value.into());
            }
        }
    }

    fn unit(&mut self, id: &str, dimension: &str) {
        self.units.insert(id.into(), dimension.into());
        let listed = self.dimensions.entry(dimension.into()).or_default();
        listed.push(id.into());
    }

    /// Whether the lexicon beneath a list has a concept.
    pub fn is_taken(&self, concept: &str) -> bool {
        self.taken.contains(concept)
    }

    pub fn dimension_of_role(&self, role: &str) -> Option<&str> {
        self.roles.get(role).map(String::as_str)
    }

    pub fn dimension_of_unit(&self, unit: &str) -> Option<&str> {
        self.units.get(unit).map(String::as_str)
    }

    /// `units of power are W, kW, MW`.
    pub fn units_of(&self, dimension: &str) -> String {
        match self.dimensions.get(dimension) {
            Some(units) => format!("units of {dimension} are {}", units.join(", ")),
            None => format!("there is no unit of {dimension}"),
        }
    }

    /// Reports a dimension that no unit has.
    pub fn check_dimension(&self, run: &mut Run, file: usize, dimension: Text) {
        if !self.dimensions.contains_key(dimension.value) {
            let near = run
                .found
                .suggestion(dimension.value, self.dimensions.keys().map(String::as_str));
            let message = format!("no unit measures {:?}{near}", dimension.value);
            run.add(file, dimension.start, LintCode::WrongDimension, message);
        }
    }

    /// Reports a role that isn't known.
    pub fn check_role(&self, run: &mut Run, file: usize, role: Text) {
        if !self.roles.contains_key(role.value) {
            let near = run
                .found
                .suggestion(role.value, self.roles.keys().map(String::as_str));
            let message = format!("{:?} is no role of the lexicon{near}", role.value);
            run.add(file, role.start, LintCode::UnknownRole, message);
        }
    }

    /// Reports concepts that aren't known, or of none of the kinds asked for; no kind: any.
    pub fn check_concepts(&self, run: &mut Run, file: usize, ids: &[Text], kinds: &[&str]) {
        let fits = |kind: &String| kinds.is_empty() || kinds.contains(&kind.as_str());
        for id in ids {
            match self.concepts.get(id.value) {
                None => {
                    let names = self.concepts.iter().filter(|(_, kind)| fits(kind));
                    let names = names.map(|(name, _)| name.as_str());
                    let near = run.found.suggestion(id.value, names);
                    let message = format!("{:?} is no concept of the lexicon{near}", id.value);
                    run.add(file, id.start, LintCode::UnknownConcept, message);
                }
                Some(found) if !fits(found) => {
                    let message = format!(
                        "the concept {:?} is of the kind {found}, here the kind is {}",
                        id.value,
                        kinds.join(" or ")
                    );
                    run.add(file, id.start, LintCode::WrongConceptKind, message);
                }
                Some(_) => {}
            }
        }
    }

    /// Reports a figure that isn't a number with a unit of the dimension; `who` has it.
    pub fn check_figure(
        &self,
        run: &mut Run,
        file: usize,
        (figure, start): (&str, usize),
        dimension: &str,
        who: &str,
    ) {
        let (number, unit) = figure.trim().split_once(' ').unwrap_or((figure.trim(), ""));
        if number.parse::<Number>().is_err() {
            let message = format!(
                "the figure {figure:?} of {who} is not a number, a blank and a unit; {}",
                self.units_of(dimension)
            );
            run.add(file, start, LintCode::BadFigure, message);
            return;
        }
        if unit.is_empty() && dimension.starts_with("count") {
            return;
        }
        match self.dimension_of_unit(unit) {
            // That the dimension has no unit is reported where it is named.
            Some(_) if !self.dimensions.contains_key(dimension) => {}
            Some(found) if found == dimension => {}
            Some(found) => {
                let message = format!(
                    "unit {unit:?} of {who} measures {found}; {}",
                    self.units_of(dimension)
                );
                run.add(file, start, LintCode::WrongDimension, message);
            }
            None => {
                let message = format!(
                    "unit {unit:?} of {who} is not known; {}",
                    self.units_of(dimension)
                );
                run.add(file, start, LintCode::UnknownUnit, message);
            }
        }
    }
}
