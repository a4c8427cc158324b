//! What a misspelt name was meant to be.

/// The name that a word is nearest to, if any is near.
pub(crate) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let near = names
        .into_iter()
        .filter(|name| name.len().abs_diff(word.len()) <= 3)
        .map(|name| (strsim::osa_distance(word, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 5)
        .min();
    near.map(|(_, name)| name)
}
