//! Criteria: the form of the tree, roles, comparisons, units.

use super::{LintCode, Names, Run};
use crate::list::tree::Node;

pub(super) const COMPARISONS: &[&str] = &[
    "greater_than",
    "at_least",
    "less_than",
    "at_most",
    "overlaps",
    "within",
    "outside",
    "covers",
];
const RANGES: &[&str] = &["overlaps", "within", "outside", "covers"];
const ENDS: &[&str] = &["[]", "(]", "[)", "()"];
pub(super) const GROUPS: &[&str] = &["all", "any"];
/// Keys of leaves that name concepts of the kind of the key.
pub(super) const ATTRIBUTES: &[&str] = &["material", "form", "purpose", "type", "function"];

/// Checks a criterion and those beneath it; `who` is the entry and the number of its goods.
pub(super) fn check(run: &mut Run, names: &Names, file: usize, node: Node, who: &str) {
    let what: Vec<&str> = GROUPS
        .iter()
        .chain(&["not", "quantity"])
        .chain(ATTRIBUTES)
        .copied()
        .filter(|key| node.has(key))
        .collect();
    if what.len() > 1 {
        let message = format!(
            "a criterion is one group or one leaf, this one has {}; join them with `all`",
            what.join(" and ")
        );
        run.add(file, node.start, LintCode::CriterionForm, message);
    }
    for group in GROUPS.iter().filter(|key| node.has(key)) {
        let members = node.tables(group);
        if members.is_empty() {
            let message = format!("the group `{group}` is empty");
            run.add(file, node.place(group), LintCode::CriterionForm, message);
        }
        for member in members {
            check(run, names, file, member, who);
        }
    }
    if let Some(inner) = node.table("not") {
        check(run, names, file, inner, who);
    }
    for kind in ATTRIBUTES.iter().filter(|key| node.has(key)) {
        let concepts = node.texts(kind);
        if concepts.is_empty() {
            let message = format!("`{kind}` names no concept");
            run.add(file, node.place(kind), LintCode::CriterionForm, message);
        }
        names.check_concepts(run, file, &concepts, kinds_for(kind));
    }
    check_quantity(run, names, file, node, who);
}

/// The kinds of concepts that an attribute may name. A substance can be goods and what other goods
/// are made of.
fn kinds_for(attribute: &str) -> &'static [&'static str] {
    match attribute {
        "material" => &["material", "goods"],
        "form" => &["form"],
        "purpose" => &["purpose"],
        "type" => &["type"],
        _ => &["function"],
    }
}

fn check_quantity(run: &mut Run, names: &Names, file: usize, node: Node, who: &str) {
    let comparisons: Vec<&str> = COMPARISONS
        .iter()
        .copied()
        .filter(|key| node.has(key))
        .collect();
    if let Some(ends) = node.text("ends") {
        let message = if !comparisons.iter().any(|key| RANGES.contains(key)) {
            Some("`ends` tells which ends of a range are inside, and there is none".to_owned())
        } else if !ENDS.contains(&ends.value) {
            Some(format!(
                "{:?} tells no ends of a range; write one of {}",
                ends.value,
                ENDS.join(", ")
            ))
        } else {
            None
        };
        if let Some(message) = message {
            run.add(file, ends.start, LintCode::CriterionForm, message);
        }
    }
    let Some(role) = node.text("quantity") else {
        if let Some(first) = comparisons.first() {
            let message = format!("`{first}` compares nothing; say the role as `quantity`");
            run.add(file, node.place(first), LintCode::OneComparison, message);
        }
        return;
    };
    names.check_role(run, file, role);
    match comparisons.as_slice() {
        [_] => {}
        [] => {
            let message = format!(
                "the quantity {:?} is compared with nothing; write one of {}",
                role.value,
                COMPARISONS.join(", ")
            );
            run.add(file, role.start, LintCode::OneComparison, message);
        }
        [_, second, ..] => {
            let message = format!(
                "the quantity {:?} has more than one comparison ({}); write each as a leaf of its own in `all`",
                role.value,
                comparisons.join(", ")
            );
            run.add(file, node.place(second), LintCode::OneComparison, message);
        }
    }
    let Some(dimension) = names.dimension_of_role(role.value) else {
        return;
    };
    for key in comparisons {
        let Some(figure) = node.text(key) else {
            continue;
        };
        let ends: Vec<&str> = figure.value.split(" to ").collect();
        let wanted = if RANGES.contains(&key) { 2 } else { 1 };
        if ends.len() != wanted {
            let message = match wanted {
                2 => format!(
                    "`{key}` takes a range, {:?} is none; write \"300 Hz to 600 Hz\"",
                    figure.value
                ),
                _ => format!("`{key}` takes one figure, {:?} is a range", figure.value),
            };
            run.add(file, figure.start, LintCode::BadFigure, message);
            continue;
        }
        let who = format!("criterion {who} on {}", role.value);
        for end in ends {
            names.check_figure(run, file, (end, figure.start), dimension, &who);
        }
    }
}
