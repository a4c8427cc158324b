//! The index over all terms: one overlapping search, then word boundaries.
//!
//! Leftmost-longest search would hide `carbon fibre` inside `carbon fibre prepreg`, so the search
//! finds all terms that begin at a place. Each term is found by its longest fixed piece; boundaries, open endings and
//! the words around it are checked on the words of the skeleton. The search itself sees no blanks,
//! so that words written together, apart or letter by letter cost no second search: a phrase must
//! begin and end where words of the line do, and what lies between must be no more than a break.

use super::phrase::{Phrase, Phrases, WordPattern, needs_no_boundary};
use super::pieces::Pieces;
use super::words::{Word as KnownWord, Words};
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

#[derive(Debug, Default)]
pub(super) struct Index {
    phrases: Phrases,
    /// What each phrase is for, phrase by phrase; and where those of each begin.
    uses: Vec<Use>,
    first_use: Vec<u32>,
    /// Terms of several phrases.
    pairs: Vec<(Topic, usize)>,
    /// Pieces that begin where a word does, or in a script without blanks.
    at_words: Pieces,
    /// Pieces that begin anywhere.
    anywhere: Pieces,
    /// For each piece: the phrases found by it; and where those of each begin.
    by_piece: Vec<u32>,
    first_of_piece: Vec<u32>,
}

/// A word of a phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct TellingWord {
    pub word: KnownWord,
    pub open_left: bool,
    pub open_right: bool,
    /// Whether its plural counts as well.
    pub plural: bool,
    /// Whether the phrase names goods, qualities or parts.
    pub names: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Use {
    Whole(Topic),
    Part { pair: usize, number: usize },
}

/// A part of a term of several phrases, found at a place.
struct Part {
    pair: usize,
    number: usize,
    place: Match,
}

#[derive(Default)]
pub(super) struct IndexBuilder {
    phrases: Phrases,
    uses: Vec<(u32, Use)>,
    pairs: Vec<(Topic, usize)>,
}

impl IndexBuilder {
    pub fn add(&mut self, topic: Topic, terms: &Terms) {
        let (uses, pairs) = (&mut self.uses, &mut self.pairs);
        for (language, words) in terms {
            for word in words {
                self.phrases.add(word, language, |phrases| {
                    if let [phrase] = phrases {
                        uses.push((*phrase as u32, Use::Whole(topic)));
                        return;
                    }
                    let pair = pairs.len();
                    pairs.push((topic, phrases.len()));
                    let parts = phrases.iter().enumerate();
                    uses.extend(
                        parts.map(|(number, phrase)| (*phrase as u32, Use::Part { pair, number })),
                    );
                });
            }
        }
    }

    pub fn build(self) -> Index {
        let phrases = self.phrases;
        let (first_use, uses) = grouped(phrases.len(), &self.uses);
        let (mut at_words, mut anywhere) = (Pieces::default(), Pieces::default());
        at_words.reserve(phrases.len());
        // A phrase that stands for each piece, to know the piece again.
        let mut sample: Vec<u32> = Vec::new();
        let mut members = Vec::with_capacity(phrases.len());
        for number in 0..phrases.len() {
            let phrase = phrases.get(number);
            let piece = phrases.piece(phrase);
            let unspaced = needs_no_boundary(piece.chars().next());
            let open = phrases.words(phrase)[phrase.from].open_left;
            let pieces = if open && !unspaced {
                &mut anywhere
            } else {
                &mut at_words
            };
            let count = sample.len() as u32;
            let same =
                |other: u32| phrases.piece(phrases.get(sample[other as usize] as usize)) == piece;
            let at = pieces.add(piece, same, || count);
            if at == count {
                sample.push(number as u32);
            }
            members.push((at, number as u32));
        }
        let (first_of_piece, by_piece) = grouped(sample.len(), &members);
        Index {
            phrases,
            uses,
            first_use,
            pairs: self.pairs,
            at_words,
            anywhere,
            by_piece,
            first_of_piece,
        }
    }
}

/// What belongs to each number, in order of the numbers; and where each begins, with the end.
fn grouped<T: Copy>(count: usize, members: &[(u32, T)]) -> (Vec<u32>, Vec<T>) {
    let mut first = vec![0u32; count + 1];
    for (number, _) in members {
        first[*number as usize + 1] += 1;
    }
    for at in 0..count {
        first[at + 1] += first[at];
    }
    let mut next = first.clone();
    let mut order = vec![0; members.len()];
    for (at, (number, _)) in members.iter().enumerate() {
        let place = &mut next[*number as usize];
        order[*place as usize] = at;
        *place += 1;
    }
    (first, order.into_iter().map(|at| members[at].1).collect())
}

impl Index {
    /// The words that are worth reading where they are misspelt: of names, and of what tells what
    /// a name means, for a context word that isn't read would raise an alarm.
    /// What are codes (`is_code`) isn't there.
    pub fn telling_words(
        &self,
        is_code: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = TellingWord> {
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
        (0..self.phrases.len()).flat_map(move |number| {
            let topics = self.uses_of(number).iter().map(topic);
            let mut topics = topics.filter(|topic| !says_nothing(*topic)).peekable();
            let telling = topics.peek().is_some();
            let names = topics.any(names);
            let phrase = self.phrases.get(number);
            let words = self.phrases.words(phrase);
            let words = if telling { words } else { &[] };
            words.iter().enumerate().map(move |(at, word)| TellingWord {
                word: word.word,
                open_left: word.open_left,
                open_right: word.open_right,
                plural: phrase.plural && at + 1 == phrase.words() && !word.open_right,
                names,
            })
        })
    }

    /// Every word of every phrase.
    pub fn words(&self) -> &Words {
        self.phrases.vocabulary()
    }

    fn uses_of(&self, phrase: usize) -> &[Use] {
        &self.uses[self.first_use[phrase] as usize..self.first_use[phrase + 1] as usize]
    }

    fn phrases_of(&self, piece: u32) -> &[u32] {
        let piece = piece as usize;
        let (from, to) = (self.first_of_piece[piece], self.first_of_piece[piece + 1]);
        &self.by_piece[from as usize..to as usize]
    }

    /// All phrases found, sorted by their place.
    pub fn find(&self, document: &Document) -> Vec<Match> {
        let mut found = Vec::new();
        let mut parts = Vec::new();
        let skeleton = document.skeleton().as_bytes();
        for (at, word) in document.words().iter().enumerate() {
            for start in word.start..word.end {
                let rest = &skeleton[start..];
                let mut begins = |piece: u32| {
                    let phrases = self.phrases_of(piece);
                    // They have the same piece.
                    let text = self.phrases.piece(self.phrases.get(phrases[0] as usize));
                    if rest.starts_with(text.as_bytes()) {
                        let place = (at, start, start + text.len());
                        for &number in phrases {
                            self.check(document, number as usize, place, &mut found, &mut parts);
                        }
                    }
                };
                // A letter of three bytes may be of a script without blanks.
                if start == word.start || rest[0] >= 0xe0 {
                    self.at_words.beginning(rest, &mut begins);
                }
                self.anywhere.beginning(rest, &mut begins);
            }
        }
        self.finish(found, parts)
    }

    /// The same by looking for every phrase at every place: slow, and the oracle of the tests.
    #[cfg(test)]
    pub fn find_naively(&self, document: &Document) -> Vec<Match> {
        let mut found = Vec::new();
        let mut parts = Vec::new();
        let skeleton = document.skeleton();
        for number in 0..self.phrases.len() {
            let text = self.phrases.piece(self.phrases.get(number));
            for start in (0..skeleton.len()).filter(|at| skeleton.is_char_boundary(*at)) {
                if skeleton[start..].starts_with(text) {
                    let place = (document.word_at(start), start, start + text.len());
                    self.check(document, number, place, &mut found, &mut parts);
                }
            }
        }
        self.finish(found, parts)
    }

    /// Takes up what a phrase is for, if it stands where its piece does: in a word, from a byte to
    /// another.
    fn check(
        &self,
        document: &Document,
        number: usize,
        place: (usize, usize, usize),
        found: &mut Vec<Match>,
        parts: &mut Vec<Part>,
    ) {
        let Some(place) = self.verify(document, self.phrases.get(number), place) else {
            return;
        };
        for &what in self.uses_of(number) {
            match what {
                Use::Whole(topic) => found.push(Match { topic, ..place }),
                Use::Part { pair, number } => {
                    parts.push(Part {
                        pair,
                        number,
                        place,
                    });
                }
            }
        }
    }

    /// Whether a phrase really stands where its piece was found.
    fn verify(
        &self,
        document: &Document,
        phrase: &Phrase,
        (mut first, start, end): (usize, usize, usize),
    ) -> Option<Match> {
        let words = document.words();
        let skeleton = document.skeleton();
        let pattern = self.phrases.words(phrase);
        let matches = |pattern: &WordPattern, word: &str, before: bool| {
            matches_word(pattern, self.phrases.literal(pattern), word, before)
        };
        let (from, to) = (phrase.from, phrase.to);
        let a = words.get(first)?;
        let mut last = first;
        if end > a.end {
            last = document.word_at(end - 1);
        }
        let b = words.get(last)?;
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
        let piece = &skeleton[start..end];
        let form = written(document, &pattern[from..to], piece, first, last, start)?;
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
            if !matches(wanted, &skeleton[word.start..word.end], true) {
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
            if !matches(wanted, text, false)
                && !bare.is_some_and(|bare| matches(wanted, bare, false))
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

    fn finish(&self, mut found: Vec<Match>, mut parts: Vec<Part>) -> Vec<Match> {
        parts.sort_by_key(|part| (part.pair, part.number, part.place.first, part.place.last));
        for places in parts.chunk_by(|a, b| a.pair == b.pair) {
            let (topic, count) = self.pairs[places[0].pair];
            let of = |number: usize| {
                let from = places.partition_point(|part| part.number < number);
                let to = places.partition_point(|part| part.number <= number);
                &places[from..to]
            };
            for Part { place: first, .. } in of(0) {
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
fn nearest<'a>(places: &'a [Part], to: &Match) -> Option<&'a Match> {
    let at = places.partition_point(|part| part.place.first < to.first);
    let around = places[at.saturating_sub(1)..].iter().take(2);
    around
        .map(|part| &part.place)
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
    piece: &str,
    first: usize,
    last: usize,
    start: usize,
) -> Option<Form> {
    let words = &document.words()[first..=last];
    // Where the words of the phrase begin, but for the first.
    let wanted = || {
        let words = pattern[..pattern.len() - 1].iter();
        words.scan(start, |at, word| {
            *at += word.len();
            Some(*at)
        })
    };
    let begins = |word: &Word| (word.start > start).then_some(word.start);
    if words.len() == pattern.len() && words.iter().filter_map(begins).eq(wanted()) {
        return Some(Form::Plain);
    }
    let chars = || piece.chars();
    let letters = chars().count();
    let unspaced = chars().all(is_unspaced);
    let has_digits = chars().any(|c| c.is_ascii_digit());
    let is_break = |at: usize| words.iter().any(|w| w.start == at);
    let joined = wanted().any(|at| !is_break(at));
    if joined && !(letters >= SHORTEST_JOINED || unspaced) {
        return None;
    }
    let mut broken = 0;
    for pair in words.windows(2) {
        if pair[1].start <= start || wanted().any(|at| at == pair[1].start) {
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

fn matches_word(pattern: &WordPattern, literal: &str, word: &str, before: bool) -> bool {
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
