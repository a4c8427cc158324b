//! Series of makers, and numbers of substances.

use super::{LintCode, Names, Run};
use crate::list::tree::{Node, Text};
use crate::vocab::EcNumber;

pub(super) fn check(run: &mut Run, names: &Names) {
    let makers = run.tables("maker");
    run.unique("maker", "id", makers.iter().copied());
    let known: Vec<&str> = makers
        .iter()
        .filter_map(|(_, maker)| maker.text("id").map(|id| id.value))
        .collect();
    for (file, product) in run.tables("product") {
        run.one_of(file, product, "maker", &known);
        let mut concepts: Vec<Text> = product.text("kind").into_iter().collect();
        concepts.extend(product.texts("implies"));
        names.check_concepts(run, file, &concepts, &[]);
        for figure in product.tables("figures") {
            super::measures::check_bounds(run, names, file, figure);
        }
    }
    for (file, identifier) in run.tables("identifier") {
        let concept: Vec<Text> = identifier.text("concept").into_iter().collect();
        names.check_concepts(run, file, &concept, &[]);
        check_number(run, file, identifier);
    }
}

fn check_number(run: &mut Run, file: usize, identifier: Node) {
    let (Some(kind), Some(number)) = (identifier.text("kind"), identifier.text("number")) else {
        return;
    };
    let wrong = match kind.value {
        "ec" => number.value.parse::<EcNumber>().err(),
        _ => None,
    };
    if let Some(error) = wrong {
        run.add(file, number.start, LintCode::BadEc, error.message());
    } else if kind.value == "un"
        && !(number.value.len() == 4 && number.value.bytes().all(|d| d.is_ascii_digit()))
    {
        let message = format!("{:?} is no UN number: it has four digits", number.value);
        run.add(file, number.start, LintCode::BadUn, message);
    }
}
