//! Units, roles, conversions and implied figures of the lexicon.

use std::borrow::Cow;

use serde::Deserialize;

use super::{LintCode, Names, Run};
use crate::lexicon::{Lexicon, Role, UnitSource};
use crate::list::tree::{Node, Text};
use crate::vocab::Number;

pub(super) fn check(run: &mut Run, names: &Names) {
    for (what, table) in [("unit", "unit"), ("role", "role")] {
        let nodes = run.tables(table);
        run.unique(what, "id", nodes);
    }
    for (file, unit) in run.tables("unit") {
        if let Some(factor) = unit.text("factor")
            && factor.value.parse::<Number>().is_err()
        {
            let message = format!(
                "the factor {:?} is no number and no quotient of two",
                factor.value
            );
            run.add(file, factor.start, LintCode::BadFigure, message);
        }
        if let Some(role) = unit.text("role") {
            names.check_role(run, file, role);
        }
    }
    for (file, role) in run.tables("role") {
        check_role(run, names, file, role);
    }
    for (file, table) in run.tables("conversion") {
        check_conversion(run, names, file, table);
    }
    for (file, fact) in run.tables("implied") {
        names.check_concepts(
            run,
            file,
            &fact.text("concept").into_iter().collect::<Vec<_>>(),
            &[],
        );
        check_bounds(run, names, file, fact);
    }
}

/// The roles and units that a file of a list brings.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Measures {
    role: Vec<Role>,
    unit: Vec<UnitSource>,
}

/// The lexicon with the roles and units of a list's files, as far as they can be read. Reports ids
/// that it has already.
pub(super) fn take_up<'l>(run: &mut Run, lexicon: &'l Lexicon) -> Cow<'l, Lexicon> {
    for (what, taken) in [
        (
            "unit",
            (|l, id| l.units().by_id(id).is_some()) as fn(&Lexicon, &str) -> bool,
        ),
        ("role", |l, id| l.role(id).is_some()),
    ] {
        for (file, node) in run.tables(what) {
            if let Some(id) = node.text("id").filter(|id| taken(lexicon, id.value)) {
                let message = format!(
                    "the lexicon has a {what} {:?} already; give it another id",
                    id.value
                );
                run.add(file, id.start, LintCode::DuplicateId, message);
            }
        }
    }
    let mut measured = Cow::Borrowed(lexicon);
    for (_, text) in run.texts {
        // What can't be read is reported by the schema, and what stands twice above.
        let own: Measures = toml::from_str(text).unwrap_or_default();
        for unit in own.unit {
            let _ = measured.to_mut().add_unit(unit);
        }
        for role in own.role {
            let _ = measured.to_mut().add_role(role);
        }
    }
    measured
}

fn check_role(run: &mut Run, names: &Names, file: usize, role: Node) {
    let Some(dimension) = role.text("dimension") else {
        return;
    };
    names.check_dimension(run, file, dimension);
    for unit in role.texts("units") {
        if names.dimension_of_unit(unit.value).is_none() {
            let message = format!(
                "unit {:?} is not known; {}",
                unit.value,
                names.units_of(dimension.value)
            );
            run.add(file, unit.start, LintCode::UnknownUnit, message);
        }
    }
    for other in role.texts("alike") {
        names.check_role(run, file, other);
    }
    if let Some(below) = role.text("below") {
        let who = role.text("id").map_or("", |id| id.value);
        names.check_figure(run, file, (below.value, below.start), dimension.value, who);
    }
}

fn check_conversion(run: &mut Run, names: &Names, file: usize, table: Node) {
    if let Some(from) = table.text("from") {
        names.check_dimension(run, file, from);
    }
    let substance: Vec<Text> = table.text("substance").into_iter().collect();
    names.check_concepts(run, file, &substance, &[]);
    let Some(to) = table.text("to") else { return };
    names.check_dimension(run, file, to);
    let who = format!("the conversion to {}", to.value);
    let mut last: Option<Number> = None;
    for point in table.rows("points") {
        let Some((stated, values)) = point.split_first() else {
            continue;
        };
        match stated.value.parse::<Number>() {
            Ok(number) => {
                if last.as_ref().is_some_and(|last| *last >= number) {
                    let message =
                        format!("the point {:?} is not above the one before", stated.value);
                    run.add(file, stated.start, LintCode::BadFigure, message);
                }
                last = Some(number);
            }
            Err(_) => {
                let message = format!("the stated value {:?} is no number", stated.value);
                run.add(file, stated.start, LintCode::BadFigure, message);
            }
        }
        if values.is_empty() || values.len() > 2 {
            let message = "a point is a stated value and the one it stands for, or the lowest and the highest";
            run.add(file, stated.start, LintCode::BadFigure, message);
        }
        for value in values {
            names.check_figure(run, file, (value.value, value.start), to.value, &who);
        }
    }
}

pub(super) fn check_bounds(run: &mut Run, names: &Names, file: usize, fact: Node) {
    let bounds = ["at_least", "at_most"].map(|key| fact.text(key));
    if bounds.iter().all(Option::is_none) {
        let message = "the concept implies no figure; write `at_least` or `at_most`";
        run.add(file, fact.start, LintCode::OneComparison, message);
    }
    let Some(role) = fact.text("role") else {
        return;
    };
    names.check_role(run, file, role);
    let Some(dimension) = names.dimension_of_role(role.value) else {
        return;
    };
    for bound in bounds.into_iter().flatten() {
        let who = format!("the implied {}", role.value);
        names.check_figure(run, file, (bound.value, bound.start), dimension, &who);
    }
}
