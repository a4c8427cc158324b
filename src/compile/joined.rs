//! Letters without blanks between the words, parted into words.
//!
//! `GATEVALVES` and `ENMONEL` are words in a hurry; `G A T E  V A L V E` and its like are what forms
//! with a box for each letter make of them, or people who hide. A word of a line is parted only
//! where every piece is a word and one of them names goods; letters that stand alone are parted as
//! well as can be, for nothing else explains them.

/// Words that stand between others, of any of the languages; folded.
const SMALL_WORDS: &[&str] = &[
    "a", "al", "am", "and", "auf", "aus", "avec", "bang", "bis", "by", "cho", "com", "con", "da",
    "das", "de", "del", "der", "des", "die", "do", "du", "dung", "e", "el", "em", "en", "et",
    "for", "from", "fur", "im", "in", "la", "le", "les", "los", "mit", "of", "on", "or", "para",
    "por", "pour", "sans", "sem", "sin", "the", "to", "und", "von", "with", "y", "zu", "zum",
    "zur", "без", "в", "для", "до", "и", "из", "к", "на", "от", "по", "под", "при", "с", "со",
];
/// Fewest letters of a word that is parted.
const SHORTEST: usize = 7;
/// Fewest letters of a piece that names goods, and of any other that is no small word.
const SHORTEST_NAMING: usize = 5;
const SHORTEST_PIECE: usize = 4;
/// Fewest letters of a piece that has one of three beside it.
const SHORTEST_BESIDE_SHORT: usize = 6;
/// Fewest letters of a word of more than two pieces.
const SHORTEST_OF_MANY: usize = 14;
/// Most letters that are parted at once.
const LONGEST: usize = 160;
/// Longest piece, in letters.
const LONGEST_PIECE: usize = 24;

fn is_small(piece: &str) -> bool {
    SMALL_WORDS.binary_search(&piece).is_ok()
}

/// The words of a word, divided by blanks, where each is one and one `names` goods.
pub(super) fn all_words(
    word: &str,
    is_word: impl Fn(&str) -> bool,
    names: impl Fn(&str) -> bool,
) -> Option<String> {
    let length = word.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return None;
    }
    let long_enough = |piece: &str, least: usize| piece.chars().count() >= least;
    let fits = |piece: &str| {
        piece.chars().count() >= 2 && is_small(piece)
            || long_enough(piece, SHORTEST_PIECE) && is_word(piece)
    };
    let naming = |piece: &str| long_enough(piece, SHORTEST_NAMING) && names(piece);
    // `ARCWELDING`, `ANODESFOR`: what stands beside may be short where the other is long.
    let beside = |piece: &str, other: &str| {
        fits(piece)
            || long_enough(other, SHORTEST_BESIDE_SHORT) && long_enough(piece, 3) && is_word(piece)
    };
    let governs = |small: &str, other: &str| {
        long_enough(small, 3)
            && is_small(small)
            && long_enough(other, SHORTEST_NAMING)
            && is_word(other)
    };
    for (at, _) in word.char_indices().skip(2) {
        let (first, second) = word.split_at(at);
        if naming(first) && beside(second, first)
            || naming(second) && beside(first, second)
            || governs(first, second)
            || governs(second, first)
        {
            return Some(format!("{first} {second}"));
        }
    }
    if length < SHORTEST_OF_MANY {
        return None;
    }
    let parted = most_words(word, &is_word)?;
    let sound = parted
        .split(' ')
        .all(|piece| is_small(piece) || fits(piece));
    (sound && parted.split(' ').any(naming)).then_some(parted)
}

/// Letters parted so that words cover as much of them as can be, in as few pieces as can be.
/// Nothing where no word is found.
pub(super) fn most_words(letters: &str, is_word: impl Fn(&str) -> bool) -> Option<String> {
    let mut bounds: Vec<usize> = letters.char_indices().map(|(at, _)| at).collect();
    bounds.push(letters.len());
    let count = bounds.len() - 1;
    if count > LONGEST {
        return None;
    }
    // For each end: the least cost, where the last piece begins, and whether it is a word.
    let mut best: Vec<(usize, usize, bool)> = vec![(usize::MAX, 0, false); count + 1];
    best[0] = (0, 0, true);
    for to in 1..=count {
        for from in to.saturating_sub(LONGEST_PIECE)..to {
            let piece = &letters[bounds[from]..bounds[to]];
            let length = to - from;
            let cost = if length >= SHORTEST_PIECE && is_word(piece) {
                3
            } else if is_small(piece) {
                4
            } else if length == 1 {
                5
            } else {
                continue;
            };
            let known = length > 1;
            let total = best[from].0.saturating_add(cost);
            if total < best[to].0 {
                best[to] = (total, from, known);
            }
        }
    }
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    let mut to = count;
    while to > 0 {
        let (_, from, known) = best[to];
        match pieces.last_mut() {
            // Letters that no word covers stay together.
            Some((start, _, false)) if !known => *start = from,
            _ => pieces.push((from, to, known)),
        }
        to = from;
    }
    pieces.reverse();
    let words: Vec<&str> = pieces
        .iter()
        .map(|&(from, to, _)| &letters[bounds[from]..bounds[to]])
        .collect();
    pieces
        .iter()
        .any(|(_, _, known)| *known)
        .then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[&str] = &[
        "gate",
        "valve",
        "valves",
        "monel",
        "reservoir",
        "tank",
        "inox",
    ];

    fn is_word(piece: &str) -> bool {
        WORDS.contains(&piece)
    }

    #[test]
    fn small_words_are_in_order() {
        assert!(SMALL_WORDS.is_sorted());
    }

    #[test]
    fn words_written_together_are_parted() {
        let names = |piece: &str| ["valve", "valves", "monel"].contains(&piece);
        for (word, parted) in [
            ("gatevalves", Some("gate valves")),
            ("enmonel", Some("en monel")),
            ("reservoirenmonel", Some("reservoir en monel")),
            ("monelite", None),
            ("gatetank", None),
            ("valved", None),
        ] {
            assert_eq!(all_words(word, is_word, names).as_deref(), parted, "{word}");
        }
    }

    #[test]
    fn letters_that_stand_alone_become_words() {
        for (letters, parted) in [
            ("tankinox", Some("tank inox")),
            ("reservoirenxqwmonel", Some("reservoir en xqw monel")),
            ("xqw", None),
        ] {
            assert_eq!(most_words(letters, is_word).as_deref(), parted, "{letters}");
        }
    }
}
