//! Reading document numbers out of remittance text: whole tokens only, so that `12` is never found
//! inside `INV-123`.

use std::collections::{BTreeMap, BTreeSet};

/// A number or token in the form it is compared in: capitals, outer punctuation gone.
pub(super) fn canonical(token: &str) -> String {
    token.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase()
}

/// Most words of one number.
const MOST_WORDS: usize = 8;

/// The places of the known numbers that a text names, each once; of a number within a longer one,
/// the longer one.
pub(super) fn named<'t>(
    numbers: &BTreeMap<String, Vec<usize>>,
    texts: impl IntoIterator<Item = &'t str>,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for text in texts {
        // A number with separators inside is still one reference when it is the whole text.
        if let Some(places) = numbers.get(&canonical(text)) {
            found.extend(places.iter().copied());
            continue;
        }
        for phrase in text.split(|c: char| ",;:()[]\"'+&".contains(c)) {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let mut rest = words.as_slice();
            while !rest.is_empty() {
                let longest = (1..=rest.len().min(MOST_WORDS)).rev().find_map(|count| {
                    let places = numbers.get(&canonical(&rest.get(..count)?.join(" ")))?;
                    Some((count, places))
                });
                found.extend(longest.into_iter().flat_map(|(_, places)| places.iter().copied()));
                rest = rest.get(longest.map_or(1, |(count, _)| count)..).unwrap_or_default();
            }
        }
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

    #[test]
    fn a_number_of_several_words_is_one_wherever_it_stands() {
        let numbers: BTreeMap<_, _> = ["1111", "2222 3333", "1111 4444", "A: 7"]
            .iter()
            .enumerate()
            .map(|(place, number)| (canonical(number), vec![place]))
            .collect();
        for (text, expected) in [
            ("2222 3333", vec![1]),
            ("for 1111 2222 3333 thanks", vec![0, 1]),
            ("1111  4444", vec![2]),
            ("1111, 4444", vec![0]),
            ("2222", vec![]),
            ("a: 7", vec![3]),
        ] {
            assert_eq!(named(&numbers, [text]).into_iter().collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
