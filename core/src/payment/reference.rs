//! Reading document numbers out of remittance text: whole tokens only, so that `12` is never found
//! inside `INV-123`.

use std::collections::{BTreeMap, BTreeSet};

/// A number or token in the form it is compared in: capitals, outer punctuation gone.
pub(super) fn canonical(token: &str) -> String {
    token.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase()
}

/// The places of the known numbers that a text names, each once.
pub(super) fn named<'t>(
    numbers: &BTreeMap<String, Vec<usize>>,
    texts: impl IntoIterator<Item = &'t str>,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for text in texts {
        let mut note =
            |token: &str| found.extend(numbers.get(&canonical(token)).into_iter().flatten().copied());
        // A number with blanks inside is still one reference when it is the whole text.
        note(text);
        text.split(|c: char| c.is_whitespace() || ",;:()[]\"'+&".contains(c)).for_each(note);
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{canonical, named};

    #[test]
    fn whole_tokens_only() {
        let numbers: BTreeMap<_, _> = ["INV-12", "INV-123", "2026/7"]
            .iter()
            .enumerate()
            .map(|(place, number)| (canonical(number), vec![place]))
            .collect();
        for (text, expected) in [
            ("payment inv-12, thanks", vec![0]),
            ("INV-123.", vec![1]),
            ("INV-12,INV-123", vec![0, 1]),
            ("12", vec![]),
            ("XINV-12", vec![]),
            ("ref:2026/7", vec![2]),
        ] {
            assert_eq!(named(&numbers, [text]).into_iter().collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
