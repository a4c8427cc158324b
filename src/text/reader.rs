//! Finding quantities in a folded line: number, unit, range or bound, and where they stand.
//!
//! The reader says what is written, not what it is for: whether `50 Hz` is a supply or an output
//! frequency is decided later, by cue words (see the roles of the lexicon).
//!
//! One pass from left to right. The work at each number is bounded, so the time is linear in the
//! line's length whatever it holds.

use super::is_unspaced;
use super::link::{Link, read_link};
use super::number::{Form, Grammar, Habit, read_with};
use super::numeral::{begins_numeral, date_length, read_numeral};
use super::quantity::Quantity;
use crate::lexicon::{Near, Unit, Units, WordUse};
use crate::vocab::Number;

/// Most quantities that one goods line is read for; a line with more is a table, not a line.
const MOST_QUANTITIES: usize = 200;
/// Most figures of one range, list or size.
pub(super) const MOST_FIGURES: usize = 8;
/// Units before which `1/2` is a half and not one of two.
const HALVED: &[&str] = &["in", "ft", "NPS", "hp", "US gal", "imp gal", "lb", "TR"];
/// Dimensions that have values below zero.
const SIGNED: &[&str] = &["temperature", "power-level"];
/// Largest size without a unit that may be in inches.
const INCHES: i64 = 60;

/// Reads all quantities of a folded line, from left to right.
///
/// ```
/// use tidewaiter::{lexicon::Lexicon, text::{Document, read_quantities}};
/// let document = Document::new(["Converter 0–400 Hz, 90 kVA"]);
/// let quantities = read_quantities(document.line(), Lexicon::embedded().units());
/// assert_eq!(quantities.len(), 2);
/// assert_eq!(quantities[0].high.as_ref().unwrap().to_string(), "400");
/// ```
#[must_use]
pub fn read_quantities(line: &str, units: &Units) -> Vec<Quantity> {
    let mut reader = Reader {
        line,
        units,
        grammar: Grammar::all(Habit::default()),
        found: Vec::new(),
        chain: 0,
    };
    let mut at = 0;
    let mut previous = ' ';
    let mut segment = 0;
    while let Some(c) = line[at..].chars().next() {
        if reader.found.len() >= MOST_QUANTITIES {
            break;
        }
        if at >= segment {
            // What stands in another segment was written by somebody else.
            let text = line[at..].split([';', '\n']).next().unwrap_or("");
            let point_groups = units.words().point_groups(text);
            reader.grammar = Grammar::all(Habit::of(text, point_groups));
            segment = at + text.len() + 1;
        }
        let digit_next = line[at + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit());
        let next = if c.is_ascii_digit() || (c == '.' && digit_next && !previous.is_alphanumeric())
        {
            Some(reader.number(at))
        } else if is_unspaced(c) || (c.is_alphabetic() && !previous.is_alphanumeric()) {
            reader.number_in_words(at, previous)
        } else {
            None
        };
        let next = next.unwrap_or(at).max(at + c.len_utf8());
        previous = line[..next].chars().next_back().unwrap_or(' ');
        at = next;
    }
    reader.found
}

pub(super) struct Reader<'a> {
    pub line: &'a str,
    pub units: &'a Units,
    pub grammar: Grammar,
    pub found: Vec<Quantity>,
    /// The number of the next expression.
    pub chain: usize,
}

/// One figure of a chain.
struct Part<'a> {
    value: Number,
    other: Option<Number>,
    start: usize,
    end: usize,
    unit: Option<&'a Unit>,
    /// Whether a minus sign stands before it.
    negative: bool,
}

impl Part<'_> {
    /// The value in the base unit, below zero where the dimension has such values.
    fn in_base(&self, unit: &Unit) -> Number {
        let signed = self.negative && SIGNED.contains(&unit.dimension.as_str());
        if signed {
            unit.to_base(&(&Number::from(0) - &self.value))
        } else {
            unit.to_base(&self.value)
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads what begins with the digit at `at`; returns where to go on.
    fn number(&mut self, at: usize) -> usize {
        let (before, rest) = self.line.split_at(at);
        if !before.ends_with(|c: char| c.is_ascii_digit())
            && let Some(length) = date_length(rest)
        {
            return at + length;
        }
        if let Some(end) = self.behind_its_unit(at) {
            return end;
        }
        // `SUS304 500 L` is no 304 500 litres.
        let grammar = Grammar {
            blank_groups: !before.ends_with(char::is_alphabetic),
            ..self.grammar
        };
        let Some(first) = self.part(at, grammar) else {
            let code = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
            return at + rest.bytes().take_while(|b| code(b)).count().max(1);
        };
        self.before_its_unit(first)
    }

    /// A figure with its unit behind it, and what it is joined to.
    fn before_its_unit(&mut self, first: Part<'a>) -> usize {
        let at = first.start;
        let before = &self.line[..at];
        let trimmed = before.trim_end_matches(' ');
        let go_on = first.end;
        if ["±", "+/-", "+-"]
            .iter()
            .any(|sign| trimmed.ends_with(sign))
        {
            return go_on;
        }
        let diameter = ends_with_diameter(trimmed);
        let named = trimmed.trim_end_matches(['.', ':', '=', ' ']);
        let size = self.units.words().size(named).is_some();
        let glued = !diameter
            && self.end() != at
            && before.ends_with(|c: char| c.is_alphabetic() && !is_unspaced(c))
            && !ends_with_times(before);
        let word = self.units.words().before(named.trim_end_matches('#'));
        let mut coded = if glued {
            !self.units.words().may_be_glued(before)
        } else {
            word == Some(WordUse::Code)
        };
        let letter = glued && ends_with_one_letter(before);
        let between = word == Some(WordUse::Between);
        let negative = is_minus(before) || word == Some(WordUse::Minus);
        let (parts, link, end) = self.chain_of(first, between, negative);
        let bare = if diameter || size {
            self.units.by_id("mm")
        } else {
            None
        };
        let Some(unit) = parts.iter().rev().find_map(|p| p.unit).or(bare) else {
            if link == Some(Link::Size) && parts.len() > 2 && !coded {
                self.sizes_without_unit(&parts);
                return end;
            }
            return go_on;
        };
        if negative && unit.dimension == "pressure" {
            return end;
        }
        // `12V7` is a code, `380V50Hz` is not.
        let behind = &self.line[end..];
        if behind.starts_with(|c: char| c.is_ascii_digit())
            && self.line[..end].ends_with(char::is_alphabetic)
            && !self.stands_by_a_unit(end)
        {
            coded = true;
        }
        // `L500mm` is a length, `T500A` a model.
        coded |= letter && unit.dimension != "length";
        let stated_unit = parts.iter().any(|p| p.unit.is_some());
        let most = Number::from(INCHES);
        let inches = !stated_unit && size && !diameter && parts.iter().all(|p| p.value <= most);
        let chain = self.chain;
        self.chain += 1;
        if link == Some(Link::Range) && parts.len() == 2 {
            let low = parts[0].unit.unwrap_or(unit);
            let mut q = Quantity::exact((at, end), unit, parts[0].in_base(low));
            q.reach(parts[1].in_base(unit));
            // `10-5 Pa` may have lost the sign of a power of ten.
            let ten = parts[0].value == Number::from(10) && unit.dimension == "pressure";
            if ten && parts[0].unit.is_none() {
                q.other = lost_power(&self.line[parts[1].start..]).map(|n| unit.to_base(&n));
            }
            (q.chain, q.coded) = (chain, coded);
            self.found.push(q);
            return end;
        }
        let counted = link == Some(Link::Size) && !matches!(&*unit.dimension, "length" | "area");
        let single = parts.len() == 1 || counted;
        let last = parts.len() - 1;
        for (place, part) in parts.iter().enumerate() {
            let own = parts[place..].iter().find_map(|p| p.unit).unwrap_or(unit);
            if counted && place < last {
                continue;
            }
            let mut q = Quantity::exact((part.start, part.end), own, part.in_base(own));
            q.other = part.other.as_ref().map(|other| own.to_base(other));
            if inches {
                let inch = self.units.by_id("in");
                q.other = q
                    .other
                    .or_else(|| inch.map(|inch| inch.to_base(&part.value)));
            }
            q.place = if link == Some(Link::Size) && !counted {
                place
            } else {
                0
            };
            if counted {
                q.count = parts[..last]
                    .iter()
                    .map(|part| part.value.clone())
                    .reduce(|product, count| product * count);
            }
            (q.chain, q.coded) = (chain, coded);
            if single {
                if own.dimension == "fraction" && self.is_other_share(&q) {
                    return end;
                }
                self.bound(&mut q);
            }
            let cube = single && q.dimension == "length" && self.is_cube(q.end);
            for place in 1..if cube { 3 } else { 1 } {
                let mut side = q.clone();
                side.place = place;
                self.found.push(side);
            }
            self.found.push(q);
        }
        end
    }

    /// `134X60X20`: three sizes or more in a unit that isn't said; their quotients need none.
    fn sizes_without_unit(&mut self, parts: &[Part<'_>]) {
        for (place, part) in parts.iter().enumerate() {
            self.found.push(Quantity {
                place,
                chain: self.chain,
                ..Quantity::without_unit((part.start, part.end), part.value.clone())
            });
        }
        self.chain += 1;
    }

    /// Whether the words behind a size say that it is the edge of a cube.
    fn is_cube(&self, end: usize) -> bool {
        let behind = self.line[end..].trim_start_matches([' ', '-', ',']);
        let word = self.units.words().behind(behind);
        word.is_some_and(|(usage, ..)| usage == WordUse::Cube)
    }

    /// The figures joined to the first one, the kind of link, and where they end.
    fn chain_of(
        &self,
        mut first: Part<'a>,
        between: bool,
        negative: bool,
    ) -> (Vec<Part<'a>>, Option<Link>, usize) {
        let mut end = first.end;
        if between && let Some(unit) = first.unit {
            // In `de 300 a 600 Hz` the `a` is no ampere.
            let number_end = self.end_of_number(&first);
            if let Some(joined) = read_link(&self.line[number_end..], self.units)
                && joined.link == Link::RangeIfBetween
                && let Some(next) = self.part(number_end + joined.length, self.grammar)
                && next.unit.is_some_and(|u| u.dimension != unit.dimension)
            {
                (first.unit, first.end, end) = (None, number_end, number_end);
            }
        }
        first.negative = negative;
        let mut parts = vec![first];
        let mut kind = None;
        while parts.len() < MOST_FIGURES {
            let Some(joined) = read_link(&self.line[end..], self.units) else {
                break;
            };
            let mut grammar = self.grammar;
            // In a list of figures a slash divides two of them.
            grammar.slash = joined.link != Link::Alternative;
            grammar.commas = !joined.commas;
            let Some(mut part) = self.part(end + joined.length, grammar) else {
                break;
            };
            let known = parts.iter().find_map(|p| p.unit);
            if joined.link == Link::Tolerance {
                if known.is_none() && part.unit.is_some_and(|u| u.dimension != "fraction") {
                    let last = parts.len() - 1;
                    parts[last].unit = part.unit;
                }
                end = part.end;
                continue;
            }
            let fits = match (known, part.unit) {
                (Some(a), Some(b)) => a.dimension == b.dimension,
                (Some(_), None) => false,
                (None, _) => true,
            };
            let link = match joined.link {
                Link::RangeIfBetween if between => Link::Range,
                Link::RangeIfBetween if known.is_some() => Link::Alternative,
                Link::RangeIfBetween => break,
                link => link,
            };
            // A range has two ends, and a chain is of one kind.
            let one_kind = kind.is_none_or(|k| k == link && k != Link::Range);
            if !fits || !one_kind {
                break;
            }
            part.negative = joined.negative;
            kind = Some(link);
            end = part.end;
            parts.push(part);
        }
        (parts, kind, end)
    }

    /// The figure at a place, with the unit behind it.
    fn part(&self, start: usize, grammar: Grammar) -> Option<Part<'a>> {
        let read = |grammar: Grammar| {
            let figure = read_with(&self.line[start..], grammar)?;
            let end = start + figure.length;
            let unit = self.unit_behind(end, &figure.value, start);
            Some((figure, end, unit))
        };
        let (mut figure, mut end, mut unit) = read(grammar)?;
        let unit_of = |unit: &Option<(&'a Unit, usize, Option<Number>)>| unit.as_ref().map(|u| u.0);
        let again = match figure.form {
            Form::Plain => false,
            Form::Slash => match unit_of(&unit) {
                Some(unit) => !HALVED.contains(&unit.id.as_str()),
                None => self.line[end..].starts_with('/'),
            },
            Form::BarePower => unit_of(&unit).is_none_or(|unit| unit.dimension == "length"),
        };
        if again {
            let plain = Grammar {
                slash: figure.form != Form::Slash && grammar.slash,
                bare_power: figure.form != Form::BarePower && grammar.bare_power,
                ..grammar
            };
            (figure, end, unit) = read(plain)?;
        }
        let mut part = Part {
            value: figure.value,
            other: figure.other,
            start,
            end,
            unit: None,
            negative: false,
        };
        if let Some((unit, length, times)) = unit {
            part.unit = Some(unit);
            part.end += length;
            if let Some(times) = times {
                part.other = part.other.map(|other| other * times.clone());
                part.value = part.value * times;
            }
        }
        Some(part)
    }

    fn end_of_number(&self, part: &Part<'_>) -> usize {
        let figure = read_with(&self.line[part.start..], self.grammar);
        part.start + figure.map_or(0, |figure| figure.length)
    }

    /// A unit behind a number, with blanks or a hyphen between, its length from the number's end,
    /// and what stands between to multiply the number with (`1.5万`).
    fn unit_behind(
        &self,
        end: usize,
        value: &Number,
        at: usize,
    ) -> Option<(&'a Unit, usize, Option<Number>)> {
        let rest = &self.line[end..];
        let near = Near::new(self.line, at);
        let mut body = rest.trim_start_matches(' ');
        if rest.len() - body.len() > 2 {
            return None;
        }
        if let Some(behind) = body.strip_prefix('-')
            && behind.starts_with(|c: char| c.is_alphabetic())
        {
            body = behind;
        }
        let length = |unit: usize, body: &str| rest.len() - body.len() + unit;
        if let Some((unit, bytes)) = self.units.suffix_of(value, body, &near) {
            let (spelled, behind) = body.split_at(bytes);
            let behind = behind.trim_start_matches([' ', '.', ':', '=']);
            let inch = unit.id == "in" && body.starts_with("in ") && body.len() < rest.len();
            let word = self.units.words().behind(behind);
            let no_inch = inch && word.is_some_and(|(usage, ..)| usage == WordUse::NoInch);
            // In `1.4404 DN300` the letters belong to the figure behind them.
            let next = behind.starts_with(|c: char| c.is_ascii_digit());
            if next && self.units.stands_before(spelled) {
                return None;
            }
            return (!no_inch).then(|| (unit, length(bytes, body), None));
        }
        let (usage, times, bytes) = self.units.words().behind(body)?;
        let times = times.filter(|_| usage == WordUse::Times)?;
        let body = body[bytes..].trim_start_matches([' ', '.']);
        let (unit, bytes) = self.units.suffix_of(value, body, &near)?;
        Some((unit, length(bytes, body), Some(times.clone())))
    }

    /// Whether the number at a place has a unit of its own.
    fn stands_by_a_unit(&self, at: usize) -> bool {
        let figure = self.part(at, self.grammar);
        figure.is_some_and(|part| part.unit.is_some())
    }

    /// `五百升`, `百分之六十八`, `dual-channel`.
    fn number_in_words(&mut self, at: usize, previous: char) -> Option<usize> {
        let rest = &self.line[at..];
        let near = Near::new(self.line, at);
        if let Some(share) = rest.strip_prefix("百分之") {
            let start = self.line.len() - share.len();
            let (value, length) = match read_with(share, self.grammar) {
                Some(figure) => (figure.value, figure.length),
                None => read_numeral(share)?,
            };
            let unit = self.units.by_id("%")?;
            return Some(self.push_single(Quantity::exact(
                (at, start + length),
                unit,
                unit.to_base(&value),
            )));
        }
        // `第三路` is the third of them, not three.
        if previous == '第' {
            return None;
        }
        if let Some((value, length)) = self.units.words().count(rest) {
            let body = rest[length..].trim_start_matches([' ', '-']);
            let unit = self.units.suffix_of(value, body, &near);
            if let Some((unit, bytes)) =
                unit.filter(|(unit, _)| unit.dimension.starts_with("count-"))
            {
                let end = self.line.len() - body.len() + bytes;
                return Some(self.push_single(Quantity::exact(
                    (at, end),
                    unit,
                    unit.to_base(value),
                )));
            }
        }
        if previous.is_numeric() || begins_numeral(previous) {
            return None;
        }
        let (value, length) = read_numeral(rest)?;
        let (unit, bytes) = self.units.suffix_of(&value, &rest[length..], &near)?;
        let written_out = matches!(
            &*unit.dimension,
            "volume" | "power" | "pressure" | "current" | "mass" | "frequency"
        ) || unit.dimension.starts_with("count-");
        let span = (at, at + length + bytes);
        written_out.then(|| self.push_single(Quantity::exact(span, unit, unit.to_base(&value))))
    }

    fn push_single(&mut self, mut q: Quantity) -> usize {
        q.chain = self.chain;
        self.chain += 1;
        self.bound(&mut q);
        let end = q.end;
        self.found.push(q);
        end
    }

    /// Where the last quantity ends.
    pub fn end(&self) -> usize {
        self.found.last().map_or(0, |q| q.end)
    }
}

/// Whether a text ends with a minus sign that is no hyphen.
fn is_minus(before: &str) -> bool {
    before.strip_suffix('-').is_some_and(|rest| {
        rest.is_empty() || rest.ends_with([' ', '(', ':', '=', ',', '\n', '~', '/'])
    })
}

/// Whether a text ends with a sign for a diameter; `ф` may be the end of a Russian word.
fn ends_with_diameter(text: &str) -> bool {
    text.strip_suffix(['ø', 'φ', 'ф'])
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphabetic() && !is_unspaced(c)))
}

/// Ten to the power of minus the digits that a text begins with.
fn lost_power(text: &str) -> Option<Number> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let exponent: i32 = text.get(..digits)?.parse().ok()?;
    (digits <= 2 && exponent <= 14).then(|| Number::from_parts("1", -exponent))?
}

fn ends_with_one_letter(text: &str) -> bool {
    let mut chars = text.chars().rev();
    chars.next().is_some_and(char::is_alphabetic) && !chars.next().is_some_and(char::is_alphabetic)
}

/// Whether a text ends with a sign of multiplication behind a figure: `20x`.
fn ends_with_times(text: &str) -> bool {
    text.strip_suffix(['x', 'х'])
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
}
