//! Lines that don't say what the goods are.

use crate::compile::{Match, Topic};
use crate::lexicon::CueClass;
use crate::text::{Document, Word};

/// Whether no word of the line says what the goods are: each is vague, a number or a code.
pub(super) fn is_vague(document: &Document, matches: &[Match]) -> bool {
    let words = document.words();
    let skeleton = document.skeleton();
    let text = |word: &Word| &skeleton[word.start..word.end];
    let is_number = |word: &Word| skeleton.as_bytes()[word.start].is_ascii_digit();
    // A long word that no vague phrase could cover is told at once.
    let vague = |m: &Match| matches!(m.topic, Topic::Vague | Topic::Cue(CueClass::CivilClaim));
    let telling = |word: &Word| word.end - word.start > 4 && !is_number(word);
    if !matches.iter().any(vague) && words.iter().any(telling) {
        return false;
    }
    let mut covered: Vec<(usize, usize)> = matches
        .iter()
        // A claim of civil use says nothing of the goods either.
        .filter(|m| vague(m))
        .map(|m| (m.start, m.end))
        .collect();
    covered.sort_unstable();
    let mut names_goods = vec![false; words.len()];
    for m in matches
        .iter()
        .filter(|m| m.topic == Topic::Cue(CueClass::ShortNoun))
    {
        names_goods[m.first..m.last].fill(true);
    }
    let mut next = 0;
    let mut reached = 0;
    words.iter().enumerate().all(|(at, word)| {
        // A word of one or two letters is a code or an abbreviation; so are letters that touch
        // digits (`RT500A`).
        let ascii = text(word).is_ascii();
        let touches = |other: Option<&Word>| {
            other.is_some_and(|o| {
                is_number(o) && (o.line_start == word.line_end || o.line_end == word.line_start)
            })
        };
        let neighbour = |step: isize| words.get(at.checked_add_signed(step)?);
        let code = ascii
            && !names_goods[at]
            && (word.end - word.start <= 2
                || word.end - word.start <= 4 && (touches(neighbour(1)) || touches(neighbour(-1))));
        if is_number(word) || code {
            return true;
        }
        // In unspaced scripts several vague words may share one run of characters.
        while let Some(&(start, end)) = covered.get(next)
            && start <= word.line_start.max(reached)
        {
            reached = reached.max(end);
            next += 1;
        }
        reached >= word.line_end
    })
}
