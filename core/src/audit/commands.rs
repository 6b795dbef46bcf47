use std::collections::BTreeMap;

use super::key::Key;

/// Which record answers which command: an open table over the commands in the order of their records. However long
/// the log is and however its ids are made, finding one touches a place of the table and the id that it names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Commands {
    /// By sequence, from 1.
    keys: Vec<Key>,
    /// A power of two of places, at most half of them taken, and [`NEAR`] more behind the last.
    places: Vec<Place>,
    /// Those that found every place near theirs taken: whoever makes ids that fall together gets an ordered map.
    crowded: BTreeMap<Key, u64>,
}

/// A record, by its sequence, and how its command is spread; no record has the sequence 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    seq: u32,
    spread: u32,
}

/// How many places are looked at.
const NEAR: usize = 32;

impl Commands {
    /// The sequence of the record of a command.
    pub(super) fn find(&self, key: &Key) -> Option<u64> {
        let spread = key.spread();
        for place in self.places.get(self.near(spread)).unwrap_or_default() {
            if place.seq == 0 {
                return None;
            }
            let seq = u64::from(place.seq);
            if place.spread == spread && self.key(seq) == Some(key) {
                return Some(seq);
            }
        }
        self.crowded.get(key).copied()
    }

    /// Adds the command of the next record, which must not be there.
    pub(super) fn push(&mut self, key: Key) {
        self.keys.push(key);
        if self.keys.len().saturating_mul(2) <= self.size() {
            return self.put(self.keys.len());
        }
        let places = self.keys.len().saturating_mul(2).next_power_of_two().max(64);
        self.places = vec![Place::default(); places.saturating_add(NEAR)];
        self.crowded.clear();
        (1..=self.keys.len()).for_each(|number| self.put(number));
    }

    fn put(&mut self, number: usize) {
        let seq = u64::try_from(number).unwrap_or(u64::MAX);
        let Some(spread) = self.key(seq).map(Key::spread) else { return };
        let near = self.near(spread);
        let free = self.places.get_mut(near).and_then(|near| near.iter_mut().find(|place| place.seq == 0));
        match (free, u32::try_from(seq)) {
            (Some(free), Ok(seq)) => *free = Place { seq, spread },
            _ => self.crowded.extend(self.key(seq).cloned().map(|key| (key, seq))),
        }
    }

    fn key(&self, seq: u64) -> Option<&Key> {
        self.keys.get(usize::try_from(seq).ok()?.checked_sub(1)?)
    }

    const fn size(&self) -> usize {
        self.places.len().saturating_sub(NEAR)
    }

    /// The places in which a command with this spread can stand.
    fn near(&self, spread: u32) -> core::ops::Range<usize> {
        let first = usize::try_from(spread).unwrap_or(0) & self.size().saturating_sub(1);
        first..first.saturating_add(NEAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn keys(texts: impl Iterator<Item = String>) -> Vec<Key> {
        texts.map(|text| Key::of(&Id::of_digits(&text))).collect()
    }

    /// Adds one after another and looks for all of them every time: for those that are there and those that are not.
    fn finds_all(keys: &[Key]) -> Commands {
        let mut commands = Commands::default();
        for (place, key) in keys.iter().enumerate() {
            commands.push(key.clone());
            let looked = keys.iter().enumerate().skip(place.saturating_sub(70));
            for (other, key) in looked.take(140) {
                let expected = (other <= place).then(|| u64::try_from(other).unwrap_or(0).saturating_add(1));
                assert_eq!(commands.find(key), expected);
            }
        }
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(commands.find(key), u64::try_from(place).ok().map(|place| place.saturating_add(1)));
        }
        commands
    }

    #[test]
    fn every_command_is_found_and_no_other() {
        assert_eq!(Commands::default().find(&Key::of(&Id::of_digits("c1"))), None);
        let short = finds_all(&keys((0..2_000).map(|number| format!("c{number}"))));
        assert_eq!(short.crowded.len(), 0);
        finds_all(&keys((0..300).map(|number| format!("a-command-with-a-long-name-{number}"))));
    }

    #[test]
    fn commands_that_fall_together_are_found_too() {
        let texts = (0..).map(|number: u32| format!("c{number}"));
        let together = |text: &String| Key::of(&Id::of_digits(text)).spread() & 0xff == 0x5a;
        let commands = finds_all(&keys(texts.filter(together).take(100)));
        assert_eq!(commands.crowded.len(), 68);
    }
}
