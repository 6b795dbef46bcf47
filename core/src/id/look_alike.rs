use std::collections::{BTreeMap, BTreeSet};

use unicode_security::confusable_detection::skeleton;

/// What a text has in common with all that a person takes for it: the skeleton of Unicode Technical Standard 39, in lower
/// case and without blanks around. A skeleton is compared and never shown or kept.
fn shape_of(text: &str) -> String {
    skeleton(text.trim()).collect::<String>().to_lowercase()
}

/// Pairs of names that a person takes for each other, as places in the list; those of one owner are not told apart.
///
/// Letters of other alphabets that look alike, accents that are composed or not, invisible characters and capitals make
/// no difference.
pub(crate) fn look_alikes<'n, O: Clone + Eq>(
    names: impl IntoIterator<Item = (O, &'n str)>,
) -> Vec<(usize, usize)> {
    let mut first: BTreeMap<String, (usize, O)> = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    for (place, (owner, name)) in names.into_iter().enumerate() {
        // Capitals are told apart from small letters of other shape before they are made small, and after.
        for shape in BTreeSet::from([shape_of(name), shape_of(&name.to_lowercase())]) {
            match first.get(&shape) {
                Some((other, known)) if *known != owner => drop(pairs.insert((*other, place))),
                Some(_) => {}
                None => drop(first.insert(shape, (place, owner.clone()))),
            }
        }
    }
    pairs.into_iter().collect()
}
