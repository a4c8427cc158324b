//! The identity of a finding over re-runs.
//!
//! Tomorrow's manifest has the same goods on another line, next year's report a new verdict on
//! them: an audit wants to see that it is the same finding. So a fingerprint is made of the list,
//! the entry and the goods, not of the line number, the verdict or the evidence.
//!
//! Version 1, so that anyone can compute it: the SHA-256 of these lines of UTF-8, each ended by a
//! line feed, in lower-case hexadecimal:
//!
//! ```text
//! tidewaiter finding 1
//! LIST
//! ENTRY
//! description<TAB>DESCRIPTION
//! hs<TAB>HS                      only where a code is declared
//! cas<TAB>CAS                    only where a number is declared
//! parameter<TAB>NAME<TAB>VALUE   one for each parameter column with a value
//! ```
//!
//! where the goods' words are in Unicode form NFKC, in lower case, without blanks at the ends, and
//! each run of blanks is one space.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::manifest::{GoodsItem, Parameter};

/// The fingerprint of the finding on a goods item under an entry: 64 hexadecimal digits.
///
/// ```
/// use tidewaiter::{GoodsItem, report::fingerprint};
/// let one = fingerprint("s-2017-822", "VIII.A1.004", &GoodsItem::new("NITRIC ACID  68%"));
/// let same = fingerprint("s-2017-822", "VIII.A1.004", &GoodsItem::new(" nitric acid 68％"));
/// let other = fingerprint("s-2017-822", "VIII.A1.004", &GoodsItem::new("nitric acid 5%"));
/// assert_eq!(one, same);
/// assert_ne!(one, other);
/// ```
#[must_use]
pub fn fingerprint(list: &str, entry: &str, item: &GoodsItem) -> String {
    let mut text = format!("tidewaiter finding 1\n{list}\n{entry}\n");
    add_goods(
        &mut text,
        &item.description,
        &item.hs,
        &item.cas,
        &item.parameters,
    );
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// The identity of the goods of a record alone, in the words of a fingerprint: two reports that
/// share none are about different goods.
pub(super) fn goods_digest(
    description: &str,
    hs: &Option<String>,
    cas: &Option<String>,
    parameters: &[Parameter],
) -> String {
    let mut text = String::from("tidewaiter goods 1\n");
    add_goods(&mut text, description, hs, cas, parameters);
    hexadecimal(&Sha256::digest(text.as_bytes())[..8])
}

fn add_goods(
    text: &mut String,
    description: &str,
    hs: &Option<String>,
    cas: &Option<String>,
    parameters: &[Parameter],
) {
    let mut line = |cells: &[&str]| {
        text.push_str(&cells.join("\t"));
        text.push('\n');
    };
    line(&["description", &plainest(description)]);
    for (name, cell) in [("hs", hs), ("cas", cas)] {
        if let Some(cell) = cell {
            line(&[name, &plainest(cell)]);
        }
    }
    for parameter in parameters {
        let (name, value) = (plainest(&parameter.name), plainest(&parameter.value));
        line(&["parameter", &name, &value]);
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| DIGITS[usize::from(digit)]).collect()
}

/// Words without what writers do differently: Unicode form, case, blanks.
pub(crate) fn plainest(text: &str) -> String {
    if text.is_ascii() {
        // The same, without looking letters up.
        let mut plain = String::with_capacity(text.len());
        for word in text
            .split_ascii_whitespace()
            .flat_map(|word| word.split('\x0B'))
        {
            if !plain.is_empty() && !word.is_empty() {
                plain.push(' ');
            }
            plain.push_str(word);
        }
        plain.make_ascii_lowercase();
        return plain;
    }
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_what_its_description_says() {
        let item = GoodsItem::new("Nitric\u{3000}Acid ")
            .with_hs("2808.00")
            .with_parameter("A", "1 %");
        let expected = "tidewaiter finding 1\nl\ne\ndescription\tnitric acid\nhs\t2808.00\n\
                        parameter\ta\t1 %\n";
        let digest: String = Sha256::digest(expected.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(fingerprint("l", "e", &item), digest);
    }

    #[test]
    fn ascii_is_read_as_everything_is() {
        for text in [
            "",
            "  A\tb \x0b\x0c C\r\n",
            "x\x0by",
            "\x0b",
            "a\x1cb",
            "Nitric  ACID 68 %",
        ] {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            assert_eq!(plainest(text), words.join(" "), "{text:?}");
        }
    }

    #[test]
    fn line_and_quantity_are_not_part_of_it_and_the_goods_are() {
        let item = GoodsItem::new("x");
        let moved = GoodsItem {
            line_id: "9".into(),
            row: 10,
            quantity: Some("5".into()),
            ..item.clone()
        };
        assert_eq!(fingerprint("l", "e", &item), fingerprint("l", "e", &moved));
        for other in [
            GoodsItem::new("y"),
            GoodsItem::new("x").with_hs("1"),
            GoodsItem::new("x").with_cas("1"),
            GoodsItem::new("x").with_parameter("a", "b"),
        ] {
            assert_ne!(fingerprint("l", "e", &item), fingerprint("l", "e", &other));
        }
        assert_ne!(fingerprint("l", "e", &item), fingerprint("l", "f", &item));
    }
}
