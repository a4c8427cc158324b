//! One form for Han characters that are written in several.
//!
//! 質譜儀, 质谱仪 and the mixtures of both that hurried people type are one word, and 圧 is 壓.
//! Folding maps traditional and Japanese forms to the simplified one, in the text and in the terms
//! alike, so a term needs to be declared in one script only.

use std::sync::LazyLock;

/// The form that stands for a character.
pub(super) fn plain_form(c: char) -> char {
    static TABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let lines = include_str!("../../data/lexicon/han.txt").lines();
        let mut table: Vec<(char, char)> = lines
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut chars = line.chars();
                Some((chars.next()?, chars.next()?))
            })
            .collect();
        table.sort_unstable();
        table
    });
    if !('\u{3400}'..='\u{9fff}').contains(&c) {
        return c;
    }
    match TABLE.binary_search_by_key(&c, |(from, _)| *from) {
        Ok(at) => TABLE[at].1,
        Err(_) => c,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::fold_phrase;

    #[test]
    fn forms_of_one_word_fold_alike() {
        for (a, b) in [
            ("質譜儀", "质谱仪"),
            ("質谱儀", "质谱仪"),
            ("軟體", "软体"),
            ("圧力", "压力"),
            ("壓力", "压力"),
            ("気体", "气体"),
        ] {
            assert_eq!(fold_phrase(a), fold_phrase(b), "{a} {b}");
        }
    }
}
