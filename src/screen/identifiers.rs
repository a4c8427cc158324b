//! Codes that identify goods: CAS numbers anywhere in the item, the declared HS code. EC and UN
//! numbers are names in the lexicon; here only those with a wrong check digit are told.

use super::finding::Evidence;
use crate::issue::{Issue, Severity};
use crate::manifest::GoodsItem;
use crate::vocab::{CasNumber, EcNumber, HsCode};

/// CAS numbers with a right check digit, in their own field, the description and the parameters.
/// One with a wrong check digit in its own field is an issue; elsewhere it may be any number.
pub(super) fn read_cas(item: &GoodsItem, issues: &mut Vec<Issue>) -> Vec<(CasNumber, Evidence)> {
    let mut found = Vec::new();
    let fields = item
        .cas
        .as_deref()
        .map(|text| ("cas", "", text))
        .into_iter()
        .chain([("description", "", item.description.as_str())])
        .chain(
            item.parameters
                .iter()
                .map(|p| ("parameter: ", p.name.as_str(), p.value.as_str())),
        );
    for (field, name, text) in fields {
        for (start, piece) in pieces(text) {
            match piece.parse::<CasNumber>() {
                Ok(number) => found.push((
                    number,
                    Evidence {
                        field: format!("{field}{name}"),
                        start,
                        end: start + piece.len(),
                        text: piece.to_owned(),
                        means: "CAS number".to_owned(),
                        reading: None,
                    },
                )),
                // EC numbers stand in the same column, and are read as words.
                Err(error) if field == "cas" && piece.parse::<EcNumber>().is_err() => {
                    issues.push(Issue::new(
                        "cas-check-digit",
                        Severity::Warning,
                        format!("{}; it was used as text only", error.message()),
                    ))
                }
                Err(_) => {}
            }
        }
    }
    found
}

/// Whether a cell has an EC number.
pub(super) fn has_ec_number(text: &str) -> bool {
    pieces(text).any(|(_, piece)| piece.parse::<EcNumber>().is_ok())
}

/// Tells of numbers in a column of EC numbers whose check digit is wrong.
pub(super) fn check_ec(item: &GoodsItem, issues: &mut Vec<Issue>) {
    let is_ec = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        let letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        matches!(
            letters.as_str(),
            "ec" | "ecno" | "ecnr" | "ecnumber" | "einecs" | "einecsno" | "einecsnumber"
        )
    };
    for parameter in item.parameters.iter().filter(|p| is_ec(&p.name)) {
        for (_, piece) in pieces(&parameter.value) {
            if let Err(error) = piece.parse::<EcNumber>() {
                issues.push(Issue::new(
                    "ec-check-digit",
                    Severity::Warning,
                    format!("{}; it was used as text only", error.message()),
                ));
            }
        }
    }
}

/// Runs of digits and hyphens that have both, with their places.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let belongs = |c: char| c.is_ascii_digit() || c == '-';
        let start = rest + text[rest..].find(|c: char| c.is_ascii_digit())?;
        let length = text[start..]
            .find(|c| !belongs(c))
            .unwrap_or(text.len() - start);
        rest = start + length;
        Some((start, text[start..rest].trim_end_matches('-')))
    })
    .filter(|(_, piece)| piece.contains('-'))
}

/// The declared HS code, when it has the form of one.
pub(super) fn read_hs(item: &GoodsItem, issues: &mut Vec<Issue>) -> Option<(HsCode, Evidence)> {
    let text = item.hs.as_deref().filter(|text| !text.trim().is_empty())?;
    let Ok(code) = text.parse::<HsCode>() else {
        issues.push(Issue::new(
            "hs-form",
            Severity::Note,
            format!(
                "{:?} is no HS code of 4 to 12 digits; it was not used",
                text.trim()
            ),
        ));
        return None;
    };
    let evidence = Evidence {
        field: "hs".to_owned(),
        start: 0,
        end: text.len(),
        text: text.to_owned(),
        means: "HS code".to_owned(),
        reading: None,
    };
    Some((code, evidence))
}
