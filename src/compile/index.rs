//! The index over all terms: one overlapping search, then word boundaries.
//!
//! Leftmost-longest search would hide `carbon fibre` inside `carbon fibre prepreg`, so the search
//! is overlapping. Each term is found by its longest fixed piece; boundaries, open endings and
//! the words around it are checked on the words of the skeleton. The search itself sees no blanks,
//! so that words written together, apart or letter by letter cost no second search: a phrase must
//! begin and end where words of the line do, and what lies between must be no more than a break.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::phrase::{Phrase, WordPattern, needs_no_boundary, parse_term};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{CueClass, Terms};
use crate::text::{Document, Word, is_unspaced};

/// How a concept's term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Names the concept by itself.
    Strong,
    /// Names it beside support.
    Weak,
    /// Supports a weak name.
    Support,
    /// Names something else.
    Lookalike,
}

/// What a matched phrase is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A concept, by its number in the ruleset.
    Concept(usize, Strength),
    /// A role, by its number in the ruleset.
    Role(usize),
    /// A cue.
    Cue(CueClass),
    /// A word that says nothing of the goods.
    Vague,
}

/// A phrase found in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// First byte in the folded line.
    pub start: usize,
    /// One past the last byte in the folded line.
    pub end: usize,
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub last: usize,
    /// Segment of the first word.
    pub segment: usize,
    /// What it is about.
    pub topic: Topic,
    /// Whether other words may stand between its parts (`a + b`).
    pub pair: bool,
    /// How it is written.
    pub form: Form,
}

/// How a phrase is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// As it should be.
    Plain,
    /// Its words together: `MASSSPECTROMETER`.
    Together,
    /// A word of it apart, or letter by letter: `SPECTRO METER`.
    Apart,
    /// Its last word first: `ACID, NITRIC`.
    Turned,
}

/// How far apart the phrases of `a + b` may stand, in words.
const WIDEST_GAP: usize = 8;

#[derive(Debug)]
pub(super) struct Index {
    automaton: AhoCorasick,
    /// For each piece the automaton knows: the phrases found by it.
    by_piece: Vec<Vec<usize>>,
    phrases: Vec<IndexedPhrase>,
    /// Terms of several phrases.
    pairs: Vec<(Topic, usize)>,
}

#[derive(Debug)]
struct IndexedPhrase {
    phrase: Phrase,
    chunk: (usize, usize),
    uses: Vec<Use>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Use {
    Whole(Topic),
    Part { pair: usize, number: usize },
}

#[derive(Default)]
pub(super) struct IndexBuilder {
    phrases: Vec<IndexedPhrase>,
    known: HashMap<Phrase, usize>,
    pairs: Vec<(Topic, usize)>,
}

impl IndexBuilder {
    pub fn add(&mut self, topic: Topic, terms: &Terms) {
        for (language, words) in terms {
            for word in words {
                for parts in parse_term(word, language) {
                    self.add_term(topic, parts);
                }
            }
        }
    }

    fn add_term(&mut self, topic: Topic, parts: Vec<Phrase>) {
        if let [_] = parts[..] {
            for phrase in parts {
                self.add_phrase(phrase, Use::Whole(topic));
            }
            return;
        }
        let pair = self.pairs.len();
        self.pairs.push((topic, parts.len()));
        for (number, phrase) in parts.into_iter().enumerate() {
            self.add_phrase(phrase, Use::Part { pair, number });
        }
    }

    fn add_phrase(&mut self, phrase: Phrase, what: Use) {
        let number = *self.known.entry(phrase.clone()).or_insert_with(|| {
            let (from, to, _) = phrase.chunk();
            self.phrases.push(IndexedPhrase {
                phrase,
                chunk: (from, to),
                uses: Vec::new(),
            });
            self.phrases.len() - 1
        });
        if !self.phrases[number].uses.contains(&what) {
            self.phrases[number].uses.push(what);
        }
    }

    pub fn build(self) -> Result<Index> {
        let mut pieces: Vec<String> = Vec::new();
        let mut by_piece: Vec<Vec<usize>> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (number, indexed) in self.phrases.iter().enumerate() {
            let (_, _, text) = indexed.phrase.chunk();
            let piece = *numbers.entry(text.clone()).or_insert_with(|| {
                pieces.push(text);
                by_piece.push(Vec::new());
                pieces.len() - 1
            });
            by_piece[piece].push(number);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&pieces)
            .map_err(|e| Error::new(ErrorKind::List, format!("the term index: {e}")))?;
        Ok(Index {
            automaton,
            by_piece,
            phrases: self.phrases,
            pairs: self.pairs,
        })
    }
}

impl Index {
    /// The phrases whose words are worth reading where they are misspelt, each with whether it
    /// names goods, qualities or parts. The others tell what a name means: a context word that
    /// isn't read would raise an alarm. What are codes (`is_code`) isn't there.
    pub fn telling_phrases(
        &self,
        is_code: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (&Phrase, bool)> {
        let topic = |what: &Use| match what {
            Use::Whole(topic) => *topic,
            Use::Part { pair, .. } => self.pairs[*pair].0,
        };
        let names = |topic: Topic| match topic {
            Topic::Concept(_, strength) => matches!(strength, Strength::Strong | Strength::Weak),
            Topic::Cue(class) => matches!(class, CueClass::PartNoun | CueClass::ChemicalNoun),
            Topic::Role(_) | Topic::Vague => false,
        };
        let says_nothing = move |topic: Topic| match topic {
            Topic::Vague => true,
            Topic::Concept(concept, _) => is_code(concept),
            Topic::Role(_) | Topic::Cue(_) => false,
        };
        self.phrases.iter().filter_map(move |indexed| {
            let topics = indexed.uses.iter().map(topic);
            let mut telling = topics.filter(|topic| !says_nothing(*topic)).peekable();
            telling.peek()?;
            Some((&indexed.phrase, telling.any(names)))
        })
    }

    /// All phrases found, sorted by their place.
    pub fn find(&self, document: &Document) -> Vec<Match> {
        let mut found = Vec::new();
        let mut parts: HashMap<usize, Vec<(usize, Match)>> = HashMap::new();
        for hit in self.automaton.find_overlapping_iter(document.skeleton()) {
            for &number in &self.by_piece[hit.pattern().as_usize()] {
                self.check(
                    document,
                    number,
                    hit.start(),
                    hit.end(),
                    &mut found,
                    &mut parts,
                );
            }
        }
        self.finish(found, parts)
    }

    /// The same by looking for every phrase at every place: slow, and the oracle of the tests.
    #[cfg(test)]
    pub fn find_naively(&self, document: &Document) -> Vec<Match> {
        let mut found = Vec::new();
        let mut parts = HashMap::new();
        let skeleton = document.skeleton();
        for (number, indexed) in self.phrases.iter().enumerate() {
            let (_, _, text) = indexed.phrase.chunk();
            for start in (0..skeleton.len()).filter(|at| skeleton.is_char_boundary(*at)) {
                if skeleton[start..].starts_with(&text) {
                    let end = start + text.len();
                    self.check(document, number, start, end, &mut found, &mut parts);
                }
            }
        }
        self.finish(found, parts)
    }

    fn check(
        &self,
        document: &Document,
        number: usize,
        start: usize,
        end: usize,
        found: &mut Vec<Match>,
        parts: &mut HashMap<usize, Vec<(usize, Match)>>,
    ) {
        let indexed = &self.phrases[number];
        let Some(place) = verify(document, indexed, start, end) else {
            return;
        };
        for &what in &indexed.uses {
            match what {
                Use::Whole(topic) => found.push(Match { topic, ..place }),
                Use::Part { pair, number } => {
                    parts.entry(pair).or_default().push((number, place));
                }
            }
        }
    }

    fn finish(
        &self,
        mut found: Vec<Match>,
        parts: HashMap<usize, Vec<(usize, Match)>>,
    ) -> Vec<Match> {
        for (pair, mut places) in parts {
            let (topic, count) = self.pairs[pair];
            places.sort_unstable_by_key(|(number, place)| (*number, place.first, place.last));
            let of = |number: usize| {
                let from = places.partition_point(|(n, _)| *n < number);
                let to = places.partition_point(|(n, _)| *n <= number);
                &places[from..to]
            };
            for (_, first) in of(0) {
                let mut chosen = vec![*first];
                for wanted in 1..count {
                    // Of two `bellows` the nearer one belongs to the valve.
                    let near = nearest(of(wanted), first)
                        .filter(|place| nearest(of(0), place).is_some_and(|back| back == first));
                    chosen.extend(near);
                }
                let apart = |m: &Match| m.segment != first.segment || gap(m, first) > WIDEST_GAP;
                if chosen.len() < count || chosen.iter().any(apart) {
                    continue;
                }
                let from = chosen.iter().min_by_key(|m| m.start).unwrap_or(first);
                let to = chosen.iter().max_by_key(|m| m.end).unwrap_or(first);
                found.push(Match {
                    end: to.end,
                    last: to.last,
                    topic,
                    pair: true,
                    form: chosen.iter().map(|m| m.form).max().unwrap_or(Form::Plain),
                    ..*from
                });
            }
        }
        found.sort_unstable();
        // The plain form comes first and stands for all.
        found.dedup_by(|b, a| Match { form: a.form, ..*b } == *a);
        found
    }
}

/// The place that is nearest to another, of places in order.
fn nearest<'a>(places: &'a [(usize, Match)], to: &Match) -> Option<&'a Match> {
    let at = places.partition_point(|(_, place)| place.first < to.first);
    let around = places[at.saturating_sub(1)..].iter().take(2);
    around
        .map(|(_, place)| place)
        .min_by_key(|place| (gap(place, to), place.first))
}

/// How many words stand between two places.
fn gap(a: &Match, b: &Match) -> usize {
    if a.first >= b.last {
        a.first - b.last
    } else {
        b.first.saturating_sub(a.last)
    }
}

/// Whether a phrase really stands where its piece was found.
fn verify(document: &Document, indexed: &IndexedPhrase, start: usize, end: usize) -> Option<Match> {
    let words = document.words();
    let skeleton = document.skeleton();
    let phrase = &indexed.phrase;
    let pattern = &phrase.words;
    let (from, to) = indexed.chunk;
    let mut first = document.word_at(start);
    let mut last = document.word_at(end - 1);
    let (a, b) = (words.get(first)?, words.get(last)?);
    let unspaced_start = needs_no_boundary(skeleton[start..].chars().next());
    let unspaced_end = needs_no_boundary(skeleton[..end].chars().next_back());
    if !(pattern[from].open_left || start == a.start || unspaced_start) {
        return None;
    }
    let tail = &skeleton[end..b.end];
    let plural = phrase.plural && to == pattern.len() && matches!(tail, "s" | "es");
    if !(pattern[to - 1].open_right || tail.is_empty() || plural || unspaced_end) {
        return None;
    }
    let form = written(document, &pattern[from..to], first, last, start)?;
    let mut line_start = if pattern[from].open_left && !unspaced_start {
        a.line_start
    } else {
        a.line_start + document.line_offset(first, start - a.start)
    };
    let mut line_end = if (pattern[to - 1].open_right || plural) && !unspaced_end {
        b.line_end
    } else {
        b.line_start + document.line_offset(last, end - b.start)
    };
    for wanted in pattern[..from].iter().rev() {
        first = first.checked_sub(1)?;
        let word = words[first];
        if !matches_word(wanted, &skeleton[word.start..word.end], true) {
            return None;
        }
        line_start = word.line_start;
    }
    for wanted in &pattern[to..] {
        last += 1;
        let word = words.get(last)?;
        let text = &skeleton[word.start..word.end];
        let plural = phrase.plural && std::ptr::eq(wanted, pattern.last()?);
        let bare = plural
            .then(|| text.strip_suffix("es").or_else(|| text.strip_suffix('s')))
            .flatten();
        if !matches_word(wanted, text, false)
            && !bare.is_some_and(|bare| matches_word(wanted, bare, false))
        {
            return None;
        }
        line_end = word.line_end;
    }
    if phrase.turned && !has_sign(document, &words[first], words.get(first + 1)?) {
        return None;
    }
    Some(Match {
        start: line_start,
        end: line_end,
        first,
        last: last + 1,
        segment: words[first].segment,
        topic: Topic::Vague,
        pair: false,
        form: if phrase.turned { Form::Turned } else { form },
    })
}

/// Whether a comma, a dash or a bracket stands behind a word: `ACID, NITRIC`.
fn has_sign(document: &Document, word: &Word, next: &Word) -> bool {
    document.line()[word.line_end..next.line_start].contains([',', '-', ':', '('])
}

/// Fewest letters of a phrase whose words may be written together: `glovebox`.
const SHORTEST_JOINED: usize = 8;
/// Fewest letters of a phrase whose words may be broken: `SPECTRO METER`.
const SHORTEST_BROKEN: usize = 7;
/// The same in scripts without blanks.
const SHORTEST_BROKEN_UNSPACED: usize = 4;
/// Fewest letters of a phrase in a line whose letters all stand alone.
const SHORTEST_IN_SPACED_LINE: usize = 9;
/// Most breaks inside a phrase, unless every letter stands alone.
const MOST_BREAKS: usize = 2;

/// How words that have these letters are the phrase: written as it should be, together, or apart;
/// nothing where they are other words.
fn written(
    document: &Document,
    pattern: &[WordPattern],
    first: usize,
    last: usize,
    start: usize,
) -> Option<Form> {
    let words = &document.words()[first..=last];
    let mut wanted = Vec::with_capacity(pattern.len());
    let mut at = start;
    for word in &pattern[..pattern.len() - 1] {
        at += word.literal.len();
        wanted.push(at);
    }
    let breaks = |word: &Word| (word.start > start).then_some(word.start);
    let exact = words.len() == wanted.len() + 1
        && words.iter().filter_map(breaks).eq(wanted.iter().copied());
    if exact {
        return Some(Form::Plain);
    }
    let chars = || pattern.iter().flat_map(|w| w.literal.chars());
    let letters = chars().count();
    let unspaced = chars().all(is_unspaced);
    let has_digits = chars().any(|c| c.is_ascii_digit());
    let is_break = |at: usize| words.iter().any(|w| w.start == at);
    let joined = wanted.iter().any(|at| !is_break(*at));
    if joined && !(letters >= SHORTEST_JOINED || unspaced) {
        return None;
    }
    let mut broken = 0;
    for pair in words.windows(2) {
        if pair[1].start <= start || wanted.contains(&pair[1].start) {
            continue;
        }
        let gap = &document.line()[pair[0].line_end..pair[1].line_start];
        let harmless = gap.chars().count() <= 3 && gap.chars().all(|c| " -._*'\n|~/".contains(c));
        if !harmless {
            return None;
        }
        broken += 1;
    }
    if broken == 0 {
        return Some(if joined && !unspaced {
            Form::Together
        } else {
            Form::Plain
        });
    }
    let single = |w: &Word| document.skeleton()[w.start..w.end].chars().count() == 1;
    // In a line that is letter-spaced as a whole, nothing tells where a short word begins.
    let delimited = |at: Option<usize>, near: &Word| {
        let other = at.and_then(|at| document.words().get(at));
        other.is_none_or(|o| {
            let (from, to) = (
                o.line_end.min(near.line_end),
                o.line_start.max(near.line_start),
            );
            !single(o) || document.line()[from..to].chars().count() > 1
        })
    };
    let apart = unspaced
        || letters >= SHORTEST_IN_SPACED_LINE
        || delimited(first.checked_sub(1), &words[0])
            && delimited(Some(last + 1), &words[words.len() - 1]);
    let spaced_out =
        words.iter().all(single) && words.len() >= if unspaced { 2 } else { 4 } && apart;
    let shortest = if unspaced {
        SHORTEST_BROKEN_UNSPACED
    } else {
        SHORTEST_BROKEN
    };
    let all_single = words.len() > 2 && words.iter().all(single);
    let fits = spaced_out || !all_single && letters >= shortest && broken <= MOST_BREAKS;
    (fits && !has_digits).then_some(Form::Apart)
}

fn matches_word(pattern: &WordPattern, word: &str, before: bool) -> bool {
    let literal = pattern.literal.as_str();
    let unspaced = needs_no_boundary(literal.chars().next());
    match (pattern.open_left, pattern.open_right) {
        (true, true) => word.contains(literal),
        (true, false) => word.ends_with(literal),
        (false, true) => word.starts_with(literal),
        (false, false) if unspaced && before => word.ends_with(literal),
        (false, false) if unspaced => word.starts_with(literal),
        (false, false) => word == literal,
    }
}
