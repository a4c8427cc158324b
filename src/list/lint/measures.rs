//! Units, roles, conversions and implied figures of the lexicon.

use super::{LintCode, Names, Run};
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
