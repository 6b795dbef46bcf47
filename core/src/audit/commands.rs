use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use super::key::Key;

/// Sequences by command.
type Sequences = HashMap<Key, u64, BuildHasherDefault<DefaultHasher>>;

/// Which record answers which command. Each command is looked for twice, mostly in vain, and never in order: an ordered
/// map would touch new memory at each of its levels where ids come in no order. What is kept is only ever looked
/// up, and hashed without a secret, so that the same records give the same state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Commands {
    asked: Sequences,
    /// Those of ready commands: their ids are made, and no command of a person stands in their way.
    ready: Sequences,
}

impl Commands {
    /// The sequence of the record of a command.
    pub(super) fn find(&self, key: &Key, ready: bool) -> Option<u64> {
        let sequences = if ready { &self.ready } else { &self.asked };
        sequences.get(key).copied()
    }

    /// Adds the command of the next record, which must not be there.
    pub(super) fn insert(&mut self, key: Key, ready: bool, seq: u64) {
        let sequences = if ready { &mut self.ready } else { &mut self.asked };
        sequences.insert(key, seq);
    }
}
