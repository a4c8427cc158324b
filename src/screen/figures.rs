//! Which figure is which: the role of each quantity, from its unit and the cue words beside it.

use crate::compile::{Match, Ruleset, Topic};
use crate::lexicon::Role;
use crate::text::{Document, Quantity};

/// A quantity and the role that its unit or a cue word gives it.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub quantity: Quantity,
    pub role: Option<String>,
}

/// Words between a cue and its figure.
const REACH: usize = 4;

/// Gives each quantity its role. Figures that are part of a name (`316 L`) are left out.
pub(super) fn assign_roles(
    rules: &Ruleset,
    document: &Document,
    matches: &[Match],
    names: &[Match],
    quantities: Vec<Quantity>,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    // The `L` of `316 L` is no cue for a length.
    let in_name = |m: &Match| names.iter().any(|n| n.start <= m.start && m.end <= n.end);
    let cues: Vec<(&Role, Match)> = matches
        .iter()
        .filter_map(|m| match m.topic {
            Topic::Role(number) if !in_name(m) => Some((rules.role(number), *m)),
            _ => None,
        })
        .collect();
    let roles = rules.lexicon().roles().filter(|role| role.bare);
    let bare: Vec<&str> = roles.map(|role| role.dimension.as_str()).collect();
    for at in 0..quantities.len() {
        let quantity = &quantities[at];
        let named = names
            .iter()
            .any(|m| m.start < quantity.end && quantity.start < m.end);
        if named {
            continue;
        }
        let role = if is_mains(document, &quantities, at) {
            Some("supply-frequency".to_owned())
        } else if quantity.place == 0
            && quantity.dimension == "length"
            && document.line()[..quantity.start].ends_with(['ø', 'φ'])
        {
            Some("nominal-diameter".to_owned())
        } else {
            let cue = nearest_cue(document, &cues, &bare, &quantities, at);
            quantity
                .role
                .clone()
                .or_else(|| cue.map(|role| role.id.clone()))
        };
        figures.push(Figure {
            quantity: quantity.clone(),
            role,
        });
    }
    figures
}

/// `380V 50Hz`, `220V/1PH/60HZ`, `50/60Hz`: the mains, not what the goods put out.
fn is_mains(document: &Document, quantities: &[Quantity], at: usize) -> bool {
    let q = &quantities[at];
    let mains = |q: &Quantity| {
        q.unit == "Hz"
            && q.is_exact()
            && q.low.as_ref().is_some_and(|v| {
                let hertz = v.to_string();
                hertz == "50" || hertz == "60"
            })
    };
    if !mains(q) {
        return false;
    }
    let line = document.line();
    let near = |other: &Quantity| {
        let gap = if other.end <= q.start {
            line.get(other.end..q.start)
        } else {
            line.get(q.end..other.start)
        };
        gap.is_some_and(|gap| gap.len() <= 12 && !gap.contains([';', '\n']) && !gap.contains("out"))
    };
    quantities.iter().enumerate().any(|(n, other)| {
        n != at
            && near(other)
            && (other.dimension == "voltage"
                || (mains(other) && other.low != q.low && {
                    let gap = line
                        .get(quantities[n.min(at)].start..quantities[n.max(at)].start)
                        .unwrap_or("");
                    gap.contains('/')
                }))
    })
}

/// The role whose cue word stands nearest, before the figure rather than behind it.
fn nearest_cue<'r>(
    document: &Document,
    cues: &[(&'r Role, Match)],
    bare: &[&str],
    quantities: &[Quantity],
    at: usize,
) -> Option<&'r Role> {
    let q = &quantities[at];
    let line = document.line();
    // `OD 60 x 45 x 10 mm`: a word before sizes tells what the first one is.
    let sizes = quantities.iter().filter(|other| other.chain == q.chain);
    let first = sizes.map(|other| other.start).min().unwrap_or(q.start);
    let mut best: Option<(usize, usize, &'r Role)> = None;
    for (role, m) in cues {
        if role.dimension != q.dimension
            && !(role.dimension == "fraction" && q.dimension == "amount-concentration")
        {
            continue;
        }
        if q.place > 0 && m.end <= first {
            continue;
        }
        let (gap, behind) = if m.end <= q.start {
            (line.get(m.end..q.start).unwrap_or(""), 0)
        } else if m.start >= q.end {
            (line.get(q.end..m.start).unwrap_or(""), 1)
        } else {
            continue;
        };
        let crosses = quantities.iter().enumerate().any(|(n, other)| {
            n != at
                && other.dimension == q.dimension
                && other.chain != q.chain
                && other.start >= m.end.min(q.end)
                && other.end <= m.start.max(q.start)
        });
        // A figure that counts without a word needn't hold on to one.
        if behind == 1
            && bare.contains(&q.dimension.as_str())
            && is_of_the_next(line, cues, quantities, at, m)
        {
            continue;
        }
        let words = gap.split_whitespace().count();
        let broken = gap.contains([';', '\n']) || (behind == 1 && gap.contains(','));
        if crosses || broken || words > REACH {
            continue;
        }
        let rank = (
            words * 2 + behind * 3,
            usize::MAX - (m.end - m.start),
            *role,
        );
        if best.is_none_or(|b| (rank.0, rank.1) < (b.0, b.1)) {
            best = Some(rank);
        }
    }
    best.map(|(_, _, role)| role)
}

/// Whether a cue behind a figure stands right before another one that has no cue of its own
/// behind it: in `20 L working volume 14 L` the words belong to the second.
fn is_of_the_next(
    line: &str,
    cues: &[(&Role, Match)],
    quantities: &[Quantity],
    at: usize,
    cue: &Match,
) -> bool {
    let close = |from: usize, to: usize| {
        line.get(from..to)
            .is_some_and(|gap| gap.len() <= 3 && gap.chars().all(|c| " :=.".contains(c)))
    };
    let q = &quantities[at];
    quantities.iter().any(|next| {
        next.dimension == q.dimension
            && next.chain != q.chain
            && close(cue.end, next.start)
            && !cues
                .iter()
                .any(|(role, own)| role.dimension == q.dimension && close(next.end, own.start))
    })
}
